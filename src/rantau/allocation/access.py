"""Who may see wishes, exemptions and runs: a person their own, officers what they decide, anybody what is published."""

import datetime as dt

from django.db.models import QuerySet

from rantau.engine.flow import Role
from rantau.people import access as people
from rantau.people.models import Person
from rantau.programmes.models import Programme

from .models import Allocation, Exemption


def visible(programme: Programme) -> QuerySet[Allocation]:
    """Return a programme's announced allocations: their rules, counts and published runs are anybody's to read."""
    found = Allocation.objects.select_related("intake__programme", "intake__version")
    return found.filter(intake__programme=programme).exclude(state="new").order_by("announced_at", "pk")


def get(programme: Programme, kind: str) -> Allocation:
    """Return a programme's newest announced allocation of a kind, or raise DoesNotExist."""
    return visible(programme).filter(kind=kind).latest("announced_at")


def desk(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Allocation]:
    """Return the allocations that a coordinator runs, or an auditor reads.

    :raises Refusal: `role.missing`
    """
    people.require(person, Role.COORDINATOR, Role.AUDITOR, scope=scope, at=at)
    found = Allocation.objects.select_related("intake__programme", "intake__version")
    return found.filter(intake__programme__code=scope).order_by("announced_at", "pk")


def exemptions(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Exemption]:
    """Return the requests that an officer may decide, never their own; who decides sees no wishes here.

    :raises Refusal: `role.missing`
    """
    people.require(person, Role.PROTECTION, Role.COORDINATOR, scope=scope, at=at)
    found = Exemption.objects.select_related("allocation__intake__programme", "application__person")
    return found.filter(allocation__intake__programme__code=scope).exclude(application__person=person).order_by("pk")
