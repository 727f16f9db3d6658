"""Where a person stands in a division: the phase, whether something better may come, and what they can answer now."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from rantau.applications.models import Application

from . import SEATED, result

CLOSED = ("NOT_ELIGIBLE", "OPENING_CLOSED")
"""Reasons that no later run can change."""


def phase(own: Mapping[str, Any], application: Application, *, at: dt.datetime) -> str:
    """Return where a person stands, also where a deadline has passed that nobody has acted on yet."""
    place, allocation = own["place"], own["allocation"]
    if place is not None:
        if place.state in SEATED and application.state != "accepted":
            return "left"
        late = place.state == "offered" and place.answer_by is not None and at > place.answer_by
        return "silent" if late else str(place.state)
    if own["run"] is None:
        return "wishing" if allocation.state == "open" and at <= allocation.wishes_until else "closed"
    if own["code"] not in result(own["run"])["assignment"]:
        return "over" if allocation.state == "settled" else "later"
    return "ended" if allocation.state == "settled" else "unplaced"


def better(own: Mapping[str, Any]) -> bool:
    """Return whether a place higher on the list could still become free for the person."""
    above = [line["code"] for line in own["lines"]]
    above = above[: above.index("PLACED")] if "PLACED" in above else []
    return any(code not in CLOSED for code in above)


def may_answer(own: Mapping[str, Any], application: Application, *, at: dt.datetime) -> list[str]:
    """Return the answers that a person can give now, in the order of the form."""
    place = own["place"]
    if place is None or phase(own, application, at=at) not in ("offered", "waiting"):
        return []
    if place.answer_by is not None and at > place.answer_by:
        return ["decline"]
    return ["accept", *(["wait"] if place.state == "offered" and better(own) else []), "decline"]
