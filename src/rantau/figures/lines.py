"""The journey line as positions: what was promised, what is known, and where we are, between two Januaries."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from rantau.engine.programme import Programme as Terms


@dataclass(frozen=True)
class Span:
    """The years a line shows; positions are percentages of its length."""

    first: int
    last: int

    def x(self, on: dt.date) -> float:
        """Return where a day lies, held inside the line."""
        start, end = dt.date(self.first, 1, 1), dt.date(self.last + 1, 1, 1)
        return min(max(100 * (on - start).days / (end - start).days, 0), 100)


@dataclass(frozen=True)
class Stage:
    """One row of the journey: an event (one day or month) or a stretch of months, as promised and as known.

    `promised` says the first day and, for a stretch, the day after its end; None while nothing is announced. `known` is
    the day it is known to have begun. `approximate` says that only a month was named.
    """

    number: int
    code: str
    kind: str
    title: Any
    promised: dt.date | None
    until: dt.date | None
    known: dt.date | None
    approximate: bool
    fact: Any


@dataclass(frozen=True)
class Line:
    """A drawn journey: its stages in order, the years, and the positions a drawing needs."""

    key: str
    on: dt.date
    span: Span
    stages: tuple[Stage, ...]

    @property
    def here(self) -> str:
        """Return where today lies."""
        return _percent(self.span.x(self.on))

    @property
    def here_anchor(self) -> str:
        """Return to which side the words at today's mark run, so that they stay inside the drawing."""
        x = self.span.x(self.on)
        return "start" if x < 20 else "end" if x > 80 else "middle"

    @property
    def years(self) -> list[dict[str, Any]]:
        """Return the years with their first day's and their middle's position."""
        width = 100 / (self.span.last + 1 - self.span.first)
        return [
            {"year": year, "x": _percent(n * width), "middle": _percent((n + 0.5) * width)}
            for n, year in enumerate(range(self.span.first, self.span.last + 1))
        ]

    @property
    def stretches(self) -> list[dict[str, Any]]:
        """Return the promised stretches, and how far each is known to have been walked."""
        rows = []
        for stage in self.stages:
            if stage.kind == "event" or stage.promised is None or stage.until is None:
                continue
            start, end = self.span.x(stage.promised), self.span.x(stage.until)
            begun = self.span.x(stage.known) if stage.known else None
            reached = min(self.span.x(self.on), self.span.x(stage.until))
            rows.append(
                {
                    "stage": stage,
                    "x": _percent(start),
                    "width": _percent(end - start),
                    "middle": _percent((start + end) / 2),
                    "second": len(rows) % 2 == 1,
                    "roomy": end - start > 30,
                    "real_x": None if begun is None else _percent(begun),
                    "real_width": None if begun is None else _percent(max(reached - begun, 0)),
                }
            )
        return rows

    @property
    def stops(self) -> list[dict[str, Any]]:
        """Return the events with a promised day or month: filled once known, hollow until then."""
        return [
            {"stage": stage, "x": _percent(max(self.span.x(stage.promised), 1.5)), "known": stage.known is not None}
            for stage in self.stages
            if stage.kind == "event" and stage.promised is not None
        ]


def line(terms: Terms, *, key: str, on: dt.date, known: dict[str, dt.date]) -> Line:
    """Return a programme's journey; `known` holds the days on which events and stretches are known to have begun."""
    dates = terms.dates
    events = [
        ("meeting", dates.meeting, _day(dates.meeting.value), False),
        ("recruitment", dates.recruitment, _month(dates.recruitment.value), True),
        ("departure", *_departure(terms)),
    ]
    stages = [
        Stage(n, code, "event", None, promised, None, known.get(code), approximate, fact)
        for n, (code, fact, promised, approximate) in enumerate(events, 1)
    ]
    start = _departure(terms)[1]
    for phase in terms.phases:
        months = phase.months.value
        end = add_months(start, months) if start and isinstance(months, int) else None
        stages.append(
            Stage(
                number=len(stages) + 1,
                code=phase.code,
                kind=phase.kind,
                title=phase.title,
                promised=start,
                until=end,
                known=known.get(phase.code),
                approximate=True,
                fact=phase.months,
            )
        )
        start = end
    return Line(key=key, on=on, span=_span(stages, on), stages=tuple(stages))


def add_months(on: dt.date, months: int) -> dt.date:
    """Return the first day of the month that many months later."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def _departure(terms: Terms) -> tuple[Any, dt.date | None, bool]:
    """Return the fact that says when people depart, its day or the first of its month, and whether only a month."""
    exact, month = terms.dates.departs_on, terms.dates.departure
    if exact.value is not None and month.value is None:
        return exact, exact.value, False
    return month, _month(month.value), True


def _day(value: Any) -> dt.date | None:
    return value if isinstance(value, dt.date) else None


def _month(value: Any) -> dt.date | None:
    return dt.date(int(value[:4]), int(value[5:]), 1) if isinstance(value, str) else None


def _span(stages: list[Stage], on: dt.date) -> Span:
    days = [day for stage in stages for day in (stage.promised, stage.until, stage.known) if day] or [on]
    return Span(first=min(min(days).year, on.year), last=max(max(days).year, on.year))


def _percent(x: float) -> str:
    return f"{x:.2f}%"
