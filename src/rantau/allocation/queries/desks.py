"""What officers' screens of an allocation read: how many lists there are, what is free, what a run would publish."""

from collections import Counter
from typing import Any

from rantau.allocation.models import Allocation, Place

from . import SEATED, newest, rules, titles, wishers
from .public import published


def counts(allocation: Allocation) -> dict[str, int]:
    """Return how many people would be divided now and how many of them have a list: never a list itself."""
    found = [wisher for _, wisher in wishers(allocation)]
    lists = sum(bool(wisher.wishes) for wisher in found)
    return {"people": len(found), "lists": lists, "without": len(found) - lists}


def preview(allocation: Allocation) -> dict[str, Any] | None:
    """Return the newest run as it is or would be public, or None before the first."""
    run = newest(allocation)
    return published(run) if run else None


def standing(allocation: Allocation) -> dict[str, Any]:
    """Return how places stand now.

    Keys: answers (state → people), places (code, title, capacity, held), unplaced (people with a seat and no place).
    """
    rows = list(Place.objects.filter(allocation=allocation).values_list("place", "state"))
    held = Counter(place for place, state in rows if state in SEATED)
    named = titles(allocation)
    return {
        "answers": Counter(state for _, state in rows),
        "places": [
            {"code": p.code, "title": named[p.code], "capacity": p.capacity, "held": held[p.code]}
            for p in rules(allocation).places
        ],
        "unplaced": sum(wisher.held is None for _, wisher in wishers(allocation)),
    }
