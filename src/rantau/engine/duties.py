"""When a duty is owed, and how it stands on a day."""

import calendar
import datetime as dt
from collections.abc import Mapping

from .clauses import DutyTerm

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
MOST = 120
SOON = 14


def dates(
    term: DutyTerm, *, starts: dt.date, ends: dt.date, milestones: Mapping[str, dt.date | None]
) -> tuple[dt.date | None, ...]:
    """Return the days on which a term is owed; one None where it waits for a milestone that has no day yet."""
    timing = term.timing
    if timing.every:
        return tuple(_repeated(MONTHS[timing.every], timing.day, starts, ends))
    if timing.before:
        on = milestones.get(timing.before)
        return (on - dt.timedelta(days=timing.days),) if on else (None,)
    return (starts + dt.timedelta(days=timing.days),)


def _repeated(step: int, day: int, starts: dt.date, ends: dt.date) -> list[dt.date]:
    found: list[dt.date] = []
    for number in range(1, MOST + 1):
        year, month = divmod(starts.year * 12 + starts.month - 1 + step * number, 12)
        on = dt.date(year, month + 1, min(day, calendar.monthrange(year, month + 1)[1]))
        if on > ends:
            break
        found.append(on)
    return found


def standing(due: dt.date | None, on: dt.date, state: str) -> str:
    """Return `done`, `excused`, `late`, `soon`, `due` or `waiting` for a duty on a day."""
    if state in ("done", "excused", "ended"):
        return state
    if due is None:
        return "waiting"
    if on > due or state == "late":
        return "late"
    return "soon" if (due - on).days <= SOON else "due"
