"""What coordination puts on a person's account: the ways to its pages, and that a declaration of interest is still owed."""

import datetime as dt
from typing import Any

from django.urls import reverse

from rantau.coordination import queries
from rantau.programmes import queries as programmes

from .words import ROOMS


def cards(person: Any, *, at: dt.datetime) -> list[dict[str, Any]]:
    """Return a card for each programme in which a person takes part: {"scope", "links", "asked", "declare"}."""
    found = []
    for programme in programmes.all_programmes():
        then = programmes.now(programme, at)
        rooms = queries.rooms(person, programme, at=then)
        if "interest" not in rooms:
            continue
        links = [(words, reverse(name, args=[programme.code])) for name, words in ROOMS.items() if name in rooms]
        asked = queries.interests.asked(person, programme, at=then)
        declare = reverse("interest", args=[programme.code])
        found.append({"scope": programme.code, "links": links, "asked": asked, "declare": declare})
    return found
