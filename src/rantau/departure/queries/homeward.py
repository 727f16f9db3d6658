"""Reading ways home: whose is open, and why for those who may know."""

import datetime as dt
from typing import NamedTuple

from rantau.departure import access
from rantau.departure.models import Clearance, Homeward
from rantau.engine.flow import Role
from rantau.engine.programme import Office
from rantau.people import vault
from rantau.people.models import Person

from . import terms

NOTE = "homeward_note"
"""What the sealed text is bound to."""
OPEN = ("open", "planned", "travelling")


class Why(NamedTuple):
    """Why somebody comes home, as far as it was said."""

    reason: str
    note: str


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


def offices(homeward: Homeward) -> tuple[Office, ...]:
    """Return the offices of the programme of which one may pay the way home."""
    return tuple(one for one in terms(homeward.clearance).offices if one.kind != "press")
