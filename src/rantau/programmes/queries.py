"""What anyone may read about programmes: the typed version, intakes, milestones, the programme's own time, deadlines."""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from rantau.engine import milestones
from rantau.engine.programme import Programme as Terms
from rantau.engine.programme import opening_problems
from rantau.engine.programme_file import overlay, parse, parse_assumptions

from .models import Intake, Outage, Programme, Reached, Shift, Version

ZONE = ZoneInfo("Asia/Jakarta")
"""The zone in which every `…_on` and every deadline of a programme is reckoned."""


def get(code: str) -> Programme:
    """Return a programme by code."""
    return Programme.objects.select_related("version").get(code=code)


def all_programmes() -> QuerySet[Programme]:
    """Return every programme, real ones first, rehearsals last."""
    return Programme.objects.select_related("version").order_by("rehearsal", "position", "code")


def front() -> Programme | None:
    """Return the programme of the front page: the first real one."""
    return all_programmes().filter(rehearsal=False, kind="real").first()


def rehearsals() -> QuerySet[Programme]:
    """Return the programmes that are played."""
    return all_programmes().filter(rehearsal=True)


@lru_cache(maxsize=64)
def typed(text: str, assumptions: str = "") -> Terms:
    """Return a programme file, overlaid with a rehearsal's assumptions, as the engine's value.

    :raises Refusal: `programme.invalid` with the file's problems
    """
    read = parse(text, "programme")
    return overlay(read, parse_assumptions(assumptions, "assumptions")) if assumptions else read


def terms(version: Version | None) -> Terms:
    """Return a stored version as the engine's typed value; no stored programme is without one."""
    assert version is not None
    return typed(version.text, version.assumptions)


def intake(programme: Programme) -> Intake | None:
    """Return the programme's newest intake, or None before the first is planned."""
    return programme.intakes.select_related("programme", "version").order_by("-opens_at", "-pk").first()


def intake_by_code(code: str) -> Intake:
    """Return an intake by code."""
    return Intake.objects.select_related("programme", "version").get(code=code)


def intake_by_ref(ref: str) -> Intake:
    """Return the intake that a ledger subject names."""
    return Intake.objects.select_related("programme", "version").get(ref=ref)


def shift_by_ref(ref: str) -> Shift:
    """Return the move of an intake's deadlines that a ledger subject names."""
    return Shift.objects.select_related("intake__programme", "intake__version").get(ref=ref)


def outages(programme: Programme) -> QuerySet[Outage]:
    """Return the outages of a programme, newest first, each with what it moved."""
    return programme.outages.prefetch_related("shifts__intake").order_by("-from_at", "-pk")


def outage(programme: Programme, ref: str) -> Outage:
    """Return an outage of a programme, or raise DoesNotExist."""
    return programme.outages.select_related("programme").get(ref=ref)


def reached(programme: Programme, *, at: dt.datetime) -> dict[str, dt.date]:
    """Return the milestones of the current version that are known to be reached at an instant, each with its day.

    Known are: announced days that are published and have come, rows that were recorded, selection rules from the day on
    which the version that has all of them was stored, an intake from the day it opened.
    """
    if programme.version is None:
        return {}
    on = day(at)
    rows = dict(standing(programme).values_list("milestone", "on"))
    found = {}
    for row in terms(programme.version).milestones:
        known = rows.get(row.code) if row.by in ("hand", "agreement") else _shown(programme, row.by, row.announced)
        if known and known <= on:
            found[row.code] = known
    return found


def standing(programme: Programme) -> QuerySet[Reached]:
    """Return the recorded milestones that nobody withdrew, in the order of their days."""
    return programme.reached.filter(state="reached").order_by("on", "pk")


def nodes(programme: Programme, known: Mapping[str, dt.date]) -> tuple[milestones.Node, ...]:
    """Return the current version's milestones for the engine; `known` says which are reached, and when."""
    if programme.version is None:
        return ()
    said = terms(programme.version)
    found = []
    for row in said.milestones:
        first, last = said.announced(row) or (None, None)
        found.append(
            milestones.Node(
                code=row.code,
                after=row.after,
                days=row.days.value,
                first=first,
                last=last,
                reached=known.get(row.code),
            )
        )
    return tuple(found)


def plan(programme: Programme, *, at: dt.datetime) -> milestones.Plan:
    """Return what is computed of the milestones, by what this area knows of them; `figures` knows of more."""
    return milestones.plan(nodes(programme, reached(programme, at=at)), today=day(at))


def unmet(programme: Programme, *, at: dt.datetime) -> tuple[str, ...]:
    """Return the milestones that have to be reached before an intake may open, and are not."""
    found = nodes(programme, reached(programme, at=at))
    said = terms(programme.version).milestones if found else ()
    opens = next((row.code for row in said if row.by == "intake"), None)
    return milestones.missing(found, opens) if opens else ()


def agreed(programme: Programme, kind: str) -> tuple[str, ...]:
    """Return the milestones that an agreement of a kind shows once it is in force."""
    return tuple(row.code for row in terms(programme.version).milestones if row.agreement == kind)


def _shown(programme: Programme, by: str, announced: str) -> dt.date | None:
    """Return the day on which our own records show that something was reached."""
    assert programme.version is not None
    said = terms(programme.version)
    if by == "announced":
        fact = getattr(said.dates, announced) if announced else None
        return fact.value if fact and fact.status == "published" and isinstance(fact.value, dt.date) else None
    if by == "opening":
        return None if opening_problems(said, rehearsal=programme.rehearsal) else day(programme.version.stored_at)
    if by == "intake":
        opened = programme.intakes.exclude(state="planned").order_by("opens_at").first()
        return day(opened.opens_at) if opened else None
    return None


def now(programme: Programme, at: dt.datetime) -> dt.datetime:
    """Return the programme's time: its own in a rehearsal, the real one otherwise."""
    return programme.clock_at or at


def day(at: dt.datetime) -> dt.date:
    """Return the date of an instant in the programmes' zone."""
    return at.astimezone(ZONE).date()


def instant(on: dt.date, hour: int = 0, minute: int = 0, second: int = 0) -> dt.datetime:
    """Return an instant of a date in the programmes' zone, in UTC."""
    return dt.datetime(on.year, on.month, on.day, hour, minute, second, tzinfo=ZONE).astimezone(dt.UTC)


def deadline(at: dt.datetime, days: int) -> dt.datetime:
    """Return the end of the nth day after an instant, 23:59:59 in the programmes' zone: one instant for everybody."""
    return instant(day(at) + dt.timedelta(days=days), 23, 59, 59)
