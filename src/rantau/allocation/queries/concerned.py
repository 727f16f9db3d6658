"""Whom something that happened to an allocation concerns: everybody who may wish, who has not, whose day has moved."""

import datetime as dt

from rantau.allocation.models import Allocation, Exemption
from rantau.applications.models import Application
from rantau.applications.queries import by_state
from rantau.programmes.models import Intake

from . import may_wish, wishes

TAKES_PART = ("accepted", "offered", "reserve")
"""States in which a person may wish (`may_wish`)."""


def allocation(ref: str) -> Allocation:
    """Return the allocation that a ledger subject names."""
    return Allocation.objects.select_related("intake__programme", "intake__version").get(ref=ref)


def exemption(ref: str) -> Exemption:
    """Return the request that a ledger subject names."""
    return Exemption.objects.select_related("application__intake__programme", "application__person").get(ref=ref)


def wishing(found: Allocation) -> list[Application]:
    """Return everybody who may wish."""
    return [one for one in by_state(found.intake, *TAKES_PART) if may_wish(one)]


def unwished(found: Allocation) -> list[Application]:
    """Return everybody who may wish and of whom no list is known; nobody once the lists are closed."""
    return [one for one in wishing(found) if not wishes(found, one)] if found.state == "open" else []


def waiting_until(intake: Intake, until: dt.datetime) -> list[Application]:
    """Return of whom a list or an answer about a place is asked until this instant."""
    found = []
    for one in Allocation.objects.filter(intake=intake).select_related("intake__programme").order_by("pk"):
        if one.state == "open" and one.wishes_until == until:
            found += wishing(one)
        places = one.places.filter(state__in=("offered", "waiting"), answer_by=until)
        found += [place.application for place in places.select_related("application__person").order_by("pk")]
    return found
