"""How coordination pages name things: offices in the reader's language, and the pages that a reader may go to."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from rantau.agreements.access import ROLES
from rantau.coordination import queries
from rantau.programmes.queries import terms
from rantau.web.ui import values

ROOMS = {
    "meetings": _("Meetings"),
    "demand": _("Demand for skills"),
    "demand_desk": _("Our ministry's demand"),
    "interest": _("My interests"),
    "interests": _("Who has declared"),
}
"""The pages of coordination in their order, by address."""


def offices(programme: Any) -> dict[str, str]:
    """Return the programme's offices by code, in the reader's language; the empty code is the coordinator."""
    named = {one.code: values.text(one.name)[0] for one in terms(programme.version).offices}
    return {"": now("Coordinator"), **named}


def parties(programme: Any) -> dict[str, str]:
    """Return the offices that can be invited, by code."""
    named = offices(programme)
    return {one.code: named[one.code] for one in terms(programme.version).offices if one.kind in ROLES}


def rooms(request: Any, here: str) -> list[dict[str, Any]]:
    """Return the pages of coordination that a reader may go to: {"words", "url", "here"}."""
    scope = request.programme.code
    found = queries.rooms(request.user, request.programme, at=request.at)
    return [
        {"words": words, "url": reverse(name, args=[scope]), "here": name == here}
        for name, words in ROOMS.items()
        if name in found
    ]
