"""Whom a step on the way concerns: the person themself, or the officers who act on it; no reason is ever part of it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet

from rantau.applications.models import Application
from rantau.applications.queries import by_ref as application_by_ref
from rantau.departure.models import Clearance, Group, Homeward, Visa
from rantau.engine.flow import Role
from rantau.engine.flows_leaving import ANSWERS_VISAS
from rantau.people.models import Person
from rantau.people.queries import holders
from rantau.programmes.models import Programme

from . import by_ref, members, with_way

CARE = (Role.HOME_MISSION, Role.COORDINATOR, Role.PROTECTION)


class Concerned(NamedTuple):
    """Applications whose person is told, each with a day; and officers with the desk that they read, for one code."""

    owners: list[tuple[Application, dt.datetime | None]]
    officers: tuple[Person, ...] = ()
    programme: Programme | None = None
    page: str = ""
    code: str = ""


def of(subject: str, action: str, facts: Mapping[str, Any], *, at: dt.datetime) -> Concerned:
    """Return whom a ledger entry about a way, a group, a visa, a way home or a released seat concerns."""
    flow, _, ref = subject.partition(":")
    if flow == "group":
        return _group(ref, facts)
    if flow == "visa":
        return _visa(with_way(Visa.objects).get(ref=ref), action, at)
    if flow == "homeward":
        return _homeward(ref, at)
    if flow == "application":
        return Concerned([(application_by_ref(ref), None)])
    return _way(by_ref(ref), action, at)


def _group(ref: str, facts: Mapping[str, Any]) -> Concerned:
    """Return everybody in a group; where people joined or it was cancelled, those whom the entry names."""
    group = Group.objects.get(ref=ref)
    named = facts.get("joined") or facts.get("members")
    ways = [by_ref(one) for one in named] if named is not None else members(group)
    day = None if group.state == "cancelled" else group.departs_at
    return Concerned([(one.application, day) for one in ways])


def _way(clearance: Clearance, action: str, at: dt.datetime) -> Concerned:
    if action == "arrive":
        roles = (Role.HOME_MISSION,) if clearance.arrived_by == Role.OWNER else ()
        return _officers(clearance, roles, "arrivals", clearance.code, at)
    if action == "alarm":
        together = Clearance.objects.filter(group=clearance.group_id, alarmed_at=clearance.alarmed_at)
        return _once(clearance, together, CARE, "arrivals", at)
    return Concerned([(clearance.application, None)])


def _visa(visa: Visa, action: str, at: dt.datetime) -> Concerned:
    if action == "ask":
        intake = visa.clearance.application.intake
        together = Visa.objects.filter(clearance__application__intake=intake, asked_at=visa.asked_at)
        found = _once(visa, together, (Role(ANSWERS_VISAS),), "visa_list", at)
        return found._replace(code="")
    return Concerned([(visa.clearance.application, None)])


def _homeward(ref: str, at: dt.datetime) -> Concerned:
    way = Homeward.objects.get(ref=ref)
    clearance = by_ref(way.clearance.ref)
    officers = _officers(clearance, CARE, "homewards", way.code, at)
    return officers._replace(owners=[(clearance.application, way.travels_at)])


def _once(one: Any, together: QuerySet[Any], roles: tuple[Role, ...], page: str, at: dt.datetime) -> Concerned:
    """Return the officers, where several things happened at once, for the first of them alone."""
    clearance = one if isinstance(one, Clearance) else one.clearance
    first = together.order_by("pk").first()
    return _officers(clearance, roles if first and first.pk == one.pk else (), page, clearance.code, at)


def _officers(clearance: Clearance, roles: tuple[Role, ...], page: str, code: str, at: dt.datetime) -> Concerned:
    programme = clearance.application.intake.programme
    found: dict[int, Person] = {}
    for role in roles:
        for grant in holders(role, scope=programme.code):
            if grant.holds(scope=programme.code, at=at) and grant.person.is_active:
                found.setdefault(grant.person_id, grant.person)
    own = clearance.application.person_id
    return Concerned([], tuple(one for key, one in found.items() if key != own), programme, page, code)
