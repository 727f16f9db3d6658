"""Reading visas: for whom one can be asked, on what ground somebody is shown to the host state, and what it is shown."""

import datetime as dt
from typing import NamedTuple

from rantau.agreements import queries as agreements
from rantau.departure import access
from rantau.departure.models import Clearance, Visa
from rantau.engine.flow import Role
from rantau.engine.flows_leaving import ANSWERS_VISAS
from rantau.people import access as people
from rantau.people import queries as persons
from rantau.people.models import Person
from rantau.programmes.models import Intake

from . import papers, rule, terms, under_way

PURPOSE = "visa"
"""The purpose of the consent to be shown to the host state."""
SHOWN = ("name", "code", "asked_at")
"""Everything that the host state's mission is shown of a person."""
SEEN = ("seen", "confirmed", "waived")
STATE_AGREEMENT = "data_sharing"
"""The kind of agreement that binds both sides in how data are kept (UU 27/2022 art. 56(3))."""


class Shown(NamedTuple):
    """One person for whom a visa was asked, as the host state's mission sees them: this and nothing more."""

    ref: str
    name: str
    code: str
    asked_at: dt.datetime


def basis(clearance: Clearance) -> str:
    """Return on what ground a person is shown to the host state's mission: `agreement`, `consent`, or nothing.

    UU 27/2022 art. 56: to a state that protects as well, else under binding safeguards, else by consent. Whether the host
    state protects as well nobody has said, so it is an agreement in force that its mission signed, or the person's own word.
    """
    programme = clearance.application.intake.programme
    offices = [one.code for one in terms(clearance).offices if one.kind == ANSWERS_VISAS]
    signed = agreements.of(programme, "in_force").filter(kind=STATE_AGREEMENT)
    if signed.filter(sides__office__in=offices, sides__state="signed").exists():
        return "agreement"
    person = clearance.application.person
    return "consent" if PURPOSE in persons.consents(person, scope=programme.code) else ""


def passport_seen(clearance: Clearance) -> bool:
    """Return whether every paper of identity that leaves with the person was seen by an officer: the passport is one."""
    found = [one for one in papers(clearance) if rule(clearance, one.kind).kind == "identity"]
    return bool(found) and all(one.state in SEEN for one in found)


def newest(clearance: Clearance) -> Visa | None:
    """Return the newest visa that was asked for a person and not taken back."""
    return Visa.objects.filter(clearance=clearance).exclude(state="taken_back").order_by("asked_at", "pk").last()


def hindered(clearance: Clearance) -> str:
    """Return why a visa cannot be asked for a person now: `asked` already, no `passport` seen, no `basis`; or nothing."""
    visa = newest(clearance)
    if clearance.state not in ("preparing", "cleared") or (visa and visa.state in ("asked", "issued")):
        return "asked"
    if not passport_seen(clearance):
        return "passport"
    return "" if basis(clearance) else "basis"


def askable(intake: Intake) -> tuple[list[Clearance], list[tuple[Clearance, str]]]:
    """Return for whom a visa can be asked now, and who waits for what; who has one or is asked for is in neither."""
    ready, waiting = [], []
    for one in under_way(intake).filter(state__in=("preparing", "cleared")):
        why = hindered(one)
        if not why:
            ready.append(one)
        elif why != "asked":
            waiting.append((one, why))
    return ready, waiting


def shown(person: Person, *, scope: str, at: dt.datetime) -> list[Shown]:
    """Return those whose visa was asked and not answered, to the office that answers; longest waiting first.

    :raises Refusal: `role.missing`
    """
    people.require(person, Role(ANSWERS_VISAS), scope=scope, at=at)
    waiting = access.visas(person, scope=scope, at=at).filter(state="asked").order_by("asked_at", "clearance__code")
    return [Shown(one.ref, one.clearance.application.person.name, one.clearance.code, one.asked_at) for one in waiting]
