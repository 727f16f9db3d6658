"""The page for parents, to be read aloud in two minutes: what is real, free, unknown, and whom to call."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rantau.agreements.queries import public as agreements
from rantau.departure import queries as departure
from rantau.engine.programme import Programme as Terms
from rantau.figures import queries as figures
from rantau.programmes.queries import day
from rantau.web.ui.values import COUNTRIES

from . import words


@require_safe
def parents(request: HttpRequest, programme: str) -> HttpResponse:
    """Say in short sentences what a parent asks first, of any programme, by what is known at this instant."""
    found = figures.announcement(request.programme, at=request.at)
    terms = found.terms
    left = departure.departed(request.programme, at=request.at).order_by("departed_at").first()
    context = {
        "terms": terms,
        "open": found.open,
        "memorandum": _memorandum(request.programme),
        "sides": [office for office in terms.offices if office.kind in ("ministry", "employer")],
        "costs": words.costs(terms),
        "study": words.span(terms, work=False),
        "work": words.span(terms, work=True),
        "country": COUNTRIES.get(terms.host_country, terms.host_country),
        "unplaced": any(phase.place.value is None for phase in terms.phases),
        "leaving": words.leaving(found, day(left.departed_at) if left else None),
        "mission": next((office for office in terms.offices if office.kind == "home_mission"), None),
        "payer": _payer(terms),
    }
    return render(request, "family/parents.html", context)


def _memorandum(programme: Any) -> Any:
    """Return the day since which a memorandum is in force, or None while we know of none."""
    rows = agreements.told(programme)
    return next((one.since for one in rows if one.agreement.kind == "mou" and one.agreement.state == "in_force"), None)


def _payer(terms: Terms) -> Any:
    """Return the office that pays the way home, or None where nobody has said."""
    code = terms.departing.return_payer.value
    return next((office for office in terms.offices if office.code == code), None)
