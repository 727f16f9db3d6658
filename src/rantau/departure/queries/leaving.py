"""Reading the last stretch: a clearance computed again, groups, who is missing, the coordinator's board."""

import datetime as dt
from typing import NamedTuple

from rantau.departure import access
from rantau.departure.models import Clearance, Group
from rantau.engine import clearance as engine
from rantau.engine.canonical import digest
from rantau.engine.flow import Role
from rantau.ledger import queries as ledger
from rantau.people import vault
from rantau.people.models import Person
from rantau.programmes.models import Intake

from . import counts, members, under_way, worst_first

ADDRESS = "arrival_address"
"""What the sealed address is bound to."""
FUNNEL = ("preparing", "cleared", "departed", "arrived", "home", "refused", "withdrawn")
"""The states of a way in the order in which they are shown."""


class Recomputed(NamedTuple):
    """A clearance computed again from what was kept: what was missing then, and whether the ledger knows these bytes."""

    missing: tuple[engine.Missing, ...]
    digest: str
    kept: bool


def recompute(clearance: Clearance) -> Recomputed | None:
    """Return the newest clearance of a person computed again from what was frozen with it, or None before the first."""
    if not clearance.findings:
        return None
    frozen = engine.State.read(clearance.findings)
    seal = digest(frozen)
    entries = ledger.history(f"clearance:{clearance.ref}").filter(action="clear")
    last = entries.values_list("facts", flat=True).last()
    return Recomputed(engine.missing(frozen), seal, bool(last) and last["findings"] == seal)


class Lacking(NamedTuple):
    """Somebody on the way and what they lack."""

    clearance: Clearance
    gaps: tuple[engine.Missing, ...]


class Board(NamedTuple):
    """The coordinator's view of an intake's ways: how many stand where, its groups, who lacks what, worst first."""

    counts: dict[str, int]
    groups: list[tuple[Group, int, int]]  # with how many people, how many of them cleared or gone
    lacking: list[Lacking]
    ready: list[Clearance]


def board(intake: Intake, *, at: dt.datetime) -> Board:
    """Return where all people of an intake stand."""
    found = worst_first(under_way(intake).filter(state__in=("preparing", "cleared")), at=at)
    by_state = counts(intake)
    return Board(
        counts={name: by_state.get(name, 0) for name in FUNNEL},
        groups=[_group(one) for one in Group.objects.filter(intake=intake).order_by("departs_at", "code")],
        lacking=[Lacking(one, gaps) for one, gaps in found if gaps],
        ready=[one for one, gaps in found if not gaps and one.state == "preparing"],
    )


def _group(group: Group) -> tuple[Group, int, int]:
    states = [one.state for one in members(group)]
    return group, len(states), sum(state != "preparing" for state in states)


class Expected(NamedTuple):
    """A group as the home mission sees it: who is on the way, who has arrived, who is missing."""

    group: Group
    on_the_way: list[Clearance]
    arrived: list[Clearance]
    missing: list[Clearance]


def expected(person: Person, *, scope: str, at: dt.datetime) -> list[Expected]:
    """Return the groups that have left and those to come, newest departure first, for those who watch arrivals."""
    found = access.groups(person, scope=scope, at=at).filter(state__in=("announced", "departed", "closed"))
    return [_expected(one, at) for one in found.order_by("-departs_at", "code")]


def _expected(group: Group, at: dt.datetime) -> Expected:
    gone = [one for one in members(group) if one.departed_at]
    late = [one for one in gone if missing(one, at=at)]
    return Expected(
        group=group,
        on_the_way=[one for one in gone if one.state == "departed" and one not in late],
        arrived=[one for one in gone if one.state in ("arrived", "home")],
        missing=late,
    )


def missing(clearance: Clearance, *, at: dt.datetime) -> bool:
    """Return whether somebody's arrival is overdue, whether or not the alarm has been taken yet."""
    return bool(clearance.state == "departed" and clearance.arrive_by and at > clearance.arrive_by)


def address(clearance: Clearance, *, person: Person, at: dt.datetime) -> str:
    """Return where somebody lives, to themselves, the home mission and protection; nothing to everybody else."""
    if not access.roles(person, clearance, at=at) & (access.TOLD | {Role.OWNER}):
        return ""
    return vault.unseal_text(clearance.application.person, ADDRESS, clearance.address)
