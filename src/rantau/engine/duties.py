"""When a duty is owed and how it stands on a day: an agreement's term, its dates and the milestones in, days out."""

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import islice

from .clauses import DutyTerm

MOST = 120
"""A repeated duty is owed at most this often under one agreement."""
SOON = 14
"""A duty is soon due in the last two weeks before its day, and on it."""
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def dates(
    term: DutyTerm, *, starts: dt.date, ends: dt.date, milestones: Mapping[str, dt.date | None]
) -> tuple[dt.date | None, ...]:
    """Return the days on which a duty is owed under an agreement in force from `starts` to `ends`.

    `milestones` holds the day on which each of the programme's milestones was reached, is expected or was announced.
    None stands for a day that nobody knows yet: (None,) says that the duty is owed and has no date. A duty that waits for
    a milestone which the programme does not have is not owed. No duty is owed before the agreement is in force, and a
    repeated one is owed for every calendar period that ends while it is, `MOST` times at the most.
    """
    timing = term.timing
    anchor = timing.before or timing.after
    if anchor and anchor not in milestones:
        return ()
    day = milestones[anchor] if anchor else starts
    if day is None:
        return (None,)
    if timing.every:
        first = max(starts, day)
        return tuple(islice(_repeated(MONTHS[timing.every], timing.day, first, ends), MOST))
    shift = dt.timedelta(days=timing.days)
    return (max(starts, day - shift if timing.before else day + shift),)


def _repeated(length: int, day: int, first: dt.date, ends: dt.date) -> Iterator[dt.date]:
    month = (first.year * 12 + first.month - 1) // length * length
    while True:
        month += length
        after = dt.date(month // 12, month % 12 + 1, 1)
        if after > ends + dt.timedelta(days=1):
            return
        yield after.replace(day=day)


def standing(due: dt.date | None, on: dt.date, state: str) -> str:
    """Return `done`, `excused`, `ended`, `late`, `soon`, `due` or `waiting` (no date) for a duty on a day."""
    if state in ("done", "excused", "ended"):
        return state
    if due is None:
        return "waiting"
    if on > due or state == "late":
        return "late"
    return "soon" if (due - on).days <= SOON else "due"
