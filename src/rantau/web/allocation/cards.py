"""Where a person stands in each division, short: the phase in words, and what is due by when."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from rantau.allocation import queries
from rantau.allocation.queries.standing import phase
from rantau.web.applications.pages import address

from .sentences import OWN, PHASES
from .words import titled


def cards(person: Any, application: Any, *, at: dt.datetime) -> list[dict[str, Any]]:
    """Return one card for each division that concerns a person's application: title, status, what is due by when."""
    return [_card(application, own, at) for own in queries.of_person(person, application)]


def _card(application: Any, own: Mapping[str, Any], at: dt.datetime) -> dict[str, Any]:
    allocation, place = own["allocation"], own["place"]
    now = phase(own, application, at=at)
    label, _means, _following, tone = PHASES[now]
    return {
        "title": OWN[allocation.kind],
        "url": address("own_allocation", application, kind=allocation.kind),
        "words": label,
        "tone": tone,
        "place": titled(queries.titles(allocation))[place.place] if place else "",
        "until": allocation.wishes_until if now == "wishing" else place.answer_by if now == "offered" else None,
        "listed": len(own["wishes"]) if now == "wishing" else None,
    }
