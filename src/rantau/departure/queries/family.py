"""Those at home: whom a person wants told and of what, who read it, the monthly notes and what a shared link shows."""

import datetime as dt
from typing import NamedTuple

from rantau.departure import access
from rantau.departure.models import Clearance, Kin, Note
from rantau.engine.canonical import digest
from rantau.engine.flow import Role
from rantau.engine.reasons import KIN_EVENTS
from rantau.engine.refusal import Refusal
from rantau.ledger import queries as ledger
from rantau.ledger.actions import append
from rantau.people import vault
from rantau.people.models import Person
from rantau.programmes.queries import day, now

READERS = (Role.HOME_MISSION, Role.PROTECTION)
"""Roles that read whom a person abroad wants told, for one event at a time."""

LINKS = 20
"""Links to notes that a person may make in a year."""


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


class Written(NamedTuple):
    """A note as its writer sees it; `shared_until` only while the link still shows it."""

    ref: str
    month: dt.date
    text: str
    written_at: dt.datetime
    named: bool
    shared_until: dt.datetime | None


class Shared(NamedTuple):
    """What a link shows and no more; `first_name` is empty unless the writer wanted it, `rehearsal` marks what is played."""

    month: dt.date
    text: str
    first_name: str
    rehearsal: bool


def notes(clearance: Clearance, *, at: dt.datetime) -> list[Written]:
    """Return a person's notes for their own page, the newest month first; of what they threw away nothing is left."""
    found = Note.objects.filter(clearance=clearance).exclude(text=None).order_by("-month")
    owner = clearance.application.person
    return [
        Written(
            ref=one.ref,
            month=one.month,
            text=vault.unseal_text(owner, f"note:{one.ref}", one.text),
            written_at=one.written_at,
            named=one.named,
            shared_until=one.shared_until if one.shared_until and at <= one.shared_until else None,
        )
        for one in found
    ]


def note(clearance: Clearance, ref: str) -> Note:
    """Return a person's note by its reference, or raise DoesNotExist where there is none or its words are gone."""
    found = Note.objects.exclude(text=None).select_related("clearance__application__person")
    return found.get(clearance=clearance, ref=ref)


def links_left(person: Person, *, at: dt.datetime) -> int:
    """Return how many links to notes a person may still make in the year of an instant."""
    made = Note.objects.filter(clearance__application__person=person).values_list("links", flat=True)
    year = str(day(at).year)
    return max(LINKS - sum(on.startswith(year) for days in made for on in days), 0)


def shared(secret: str, *, at: dt.datetime) -> Shared:
    """Return what the link with this secret shows, or raise DoesNotExist: unknown, taken back, over and erased are alike.

    `at` is real time; a rehearsal's link lives by its own.
    """
    found = Note.objects.exclude(text=None).select_related("clearance__application__intake__programme")
    one = found.select_related("clearance__application__person").get(secret=digest(secret))
    application = one.clearance.application
    programme, owner = application.intake.programme, application.person
    if one.shared_until is None or now(programme, at) > one.shared_until:
        raise Note.DoesNotExist
    try:
        text = vault.unseal_text(owner, f"note:{one.ref}", one.text)
    except LookupError:
        raise Note.DoesNotExist from None
    first = owner.name.split()[0] if one.named and owner.name.split() else ""
    return Shared(month=one.month, text=text, first_name=first, rehearsal=programme.rehearsal)
