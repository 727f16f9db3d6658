"""Reading ways home: whose is open, why for those who may know, whom the person allowed to be told."""

import datetime as dt
from typing import NamedTuple

from rantau.departure import access
from rantau.departure.models import Clearance, Homeward, Kin
from rantau.engine.flow import Role
from rantau.engine.programme import Office
from rantau.engine.reasons import TOLD_OF
from rantau.people import vault
from rantau.people.models import Person

from . import terms

NOTE = "homeward_note"
KIN_NAME = "kin_name"
KIN_PHONE = "kin_phone"
"""What the sealed texts are bound to."""
OPEN = ("open", "planned", "travelling")


class Why(NamedTuple):
    """Why somebody comes home, as far as it was said."""

    reason: str
    note: str


class Known(NamedTuple):
    """Whom a person wants told, and of what."""

    name: str
    phone: str
    of: tuple[str, ...]


def current(clearance: Clearance) -> Homeward | None:
    """Return a person's way home that is open, or None."""
    return Homeward.objects.filter(clearance=clearance, state__in=OPEN).first()


def newest(clearance: Clearance) -> Homeward | None:
    """Return a person's newest way home, or None."""
    found = Homeward.objects.filter(clearance=clearance).order_by("opened_at", "pk").last()
    if found:
        found.clearance = clearance
    return found


def why(homeward: Homeward, *, person: Person, at: dt.datetime) -> Why | None:
    """Return why somebody comes home, to themselves, the home mission and protection; None to everybody else."""
    held = access.roles(person, homeward.clearance, at=at)
    if not held & (access.TOLD | {Role.OWNER}):
        return None
    owner = homeward.clearance.application.person
    return Why(homeward.reason, vault.unseal_text(owner, NOTE, homeward.note))


def kin(clearance: Clearance) -> Known | None:
    """Return whom a person wants told, to themselves; offices ask `kin_of` and `kin_for_arrival`."""
    found = Kin.objects.filter(clearance=clearance).first()
    if found is None:
        return None
    owner = clearance.application.person
    return Known(
        vault.unseal_text(owner, KIN_NAME, found.name),
        vault.unseal_text(owner, KIN_PHONE, found.phone),
        tuple(found.of),
    )


def kin_of(homeward: Homeward) -> Known | None:
    """Return whom a person allowed to be told of this way home, or None; a death too only where they said so."""
    found = kin(homeward.clearance)
    return found if found and TOLD_OF[homeward.reason] in found.of else None


def kin_for_arrival(clearance: Clearance) -> Known | None:
    """Return whom a person allowed to be told of their arrival, and so be called where it is missing; or None."""
    found = kin(clearance)
    return found if found and "arrival" in found.of else None


def offices(homeward: Homeward) -> tuple[Office, ...]:
    """Return the offices of the programme of which one may pay the way home."""
    return tuple(one for one in terms(homeward.clearance).offices if one.kind != "press")
