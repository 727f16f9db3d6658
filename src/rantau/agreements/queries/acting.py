"""Who may act: an office's mandates on a day, for the desk with names and for anybody without."""

import datetime as dt
from dataclasses import dataclass

from rantau.agreements.access import ROLES
from rantau.agreements.models import Mandate
from rantau.engine.flow import Role
from rantau.engine.programme import Office
from rantau.people import access as people
from rantau.people.models import Person
from rantau.programmes.models import Programme
from rantau.programmes.queries import day, terms

OFFICERS = (Role.COORDINATOR, Role.OPERATOR)
"""Who records, confirms and ends mandates."""


@dataclass(frozen=True)
class Represented:
    """An office that may be party to an agreement, and whether somebody may act for it; no person is named."""

    office: Office
    held: bool


def parties(programme: Programme) -> list[Office]:
    """Return the offices that may be party to an agreement of a programme, in its order."""
    return [one for one in terms(programme.version).offices if one.kind in ROLES]


def offices(programme: Programme, *, at: dt.datetime) -> list[Represented]:
    """Return for each office that may be party whether a mandate for it is in force."""
    held = {one.office for one in Mandate.objects.filter(programme=programme, state="in_force") if one.holds(day(at))}
    return [Represented(office=one, held=one.code in held) for one in parties(programme)]


def office(programme: Programme, code: str) -> Office | None:
    """Return an office by code, or None where the programme names it no more."""
    return next((one for one in terms(programme.version).offices if one.code == code), None)


def state(mandate: Mandate, *, at: dt.datetime) -> str:
    """Return how a mandate stands on a day: recorded, early, in_force, past, ended."""
    if mandate.state != "in_force" or mandate.holds(day(at)):
        return mandate.state
    return "early" if day(at) < mandate.from_on else "past"


def officer(person: Person, programme: Programme, *, at: dt.datetime) -> bool:
    """Return whether a person records and confirms mandates of a programme."""
    return bool(people.roles(person, scope=programme.code, at=at) & set(OFFICERS))


def require_officer(person: Person, programme: Programme, *, at: dt.datetime) -> None:
    """Return if a person records and confirms mandates of a programme.

    :raises Refusal: `role.missing`
    """
    people.require(person, *OFFICERS, scope=programme.code, at=at)
