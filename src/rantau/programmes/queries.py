"""What anyone may read about programmes: the typed version, intakes, the programme's own time, deadlines."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from rantau.engine.programme import Programme as Terms
from rantau.engine.programme_file import overlay, parse, parse_assumptions

from .models import Intake, Programme, Version

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
