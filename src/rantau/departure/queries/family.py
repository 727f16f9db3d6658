"""Those at home: whom a person wants told and of what, who read it, the monthly notes and what a shared link shows."""

import datetime as dt
from typing import NamedTuple

from rantau.departure import access
from rantau.departure.models import Clearance, Kin
from rantau.engine.flow import Role
from rantau.engine.reasons import KIN_EVENTS
from rantau.engine.refusal import Refusal
from rantau.ledger import queries as ledger
from rantau.ledger.actions import append
from rantau.people import vault
from rantau.people.models import Person

READERS = (Role.HOME_MISSION, Role.PROTECTION)
"""Roles that read whom a person abroad wants told, for one event at a time."""


class Named(NamedTuple):
    """Somebody at home whom a person wants told: their name, an E.164 number, of which events, since when."""

    name: str
    phone: str
    of: tuple[str, ...]
    given_at: dt.datetime


class Reading(NamedTuple):
    """That somebody in a role read whom to tell, for an event; the owner sees every one."""

    at: dt.datetime
    role: str
    event: str


def event_of(reason: str) -> str:
    """Return the event that stands for a reason of coming home: what was not asked for by name is told as coming home."""
    return reason if reason in KIN_EVENTS else "coming_home"


def named(clearance: Clearance) -> Named | None:
    """Return whom a person named, for their own page; None while they named nobody, or where their key was destroyed."""
    found = Kin.objects.filter(clearance=clearance).first()
    if found is None:
        return None
    owner = clearance.application.person
    try:
        name, phone = (vault.unseal_text(owner, f"kin_{part}", getattr(found, part)) for part in ("name", "phone"))
    except LookupError:
        return None
    return Named(name=name, phone=phone, of=tuple(found.of), given_at=found.given_at)


def tellable(clearance: Clearance, event: str) -> bool:
    """Return whether a person named somebody who may be told of an event; who it is stays unread."""
    found = Kin.objects.filter(clearance=clearance).first()
    return found is not None and event in found.of


def kin(clearance: Clearance, event: str, *, person: Person, at: dt.datetime) -> Named:
    """Return whom a person abroad wants told of an event, to an office that may know; that it was read is put on record.

    `event` is one of `reasons.KIN_EVENTS`. The home mission and the protection officers may know, of people who have left
    home, and only for an event to which the person agreed. The owner sees who read it, for what and when.

    :raises Refusal: `role.missing`, `kin.at_home` before they left, `kin.unnamed`, `kin.untold` for another event
    """
    held = access.roles(person, clearance, at=at)
    role = next((one for one in READERS if one in held), None)
    if role is None:
        raise Refusal("role.missing", roles=sorted(one.value for one in READERS))
    if clearance.state not in access.ABROAD:
        raise Refusal("kin.at_home")
    found = named(clearance)
    if found is None:
        raise Refusal("kin.unnamed")
    if event not in found.of:
        raise Refusal("kin.untold")
    facts = {"event": event, "role": role.value}
    append(chain=clearance.chain, actor=person.ref, subject=subject(clearance), action="read", at=at, facts=facts)
    return found


def subject(clearance: Clearance) -> str:
    """Return the name under which the ledger keeps what happened to the person somebody named."""
    return f"kin:{clearance.ref}"


def readings(clearance: Clearance) -> list[Reading]:
    """Return who read whom to tell, in which role, for which event, newest first."""
    found = ledger.history(subject(clearance)).filter(action="read").order_by("-position")
    return [Reading(at=one.at, role=one.facts["role"], event=one.facts["event"]) for one in found]
