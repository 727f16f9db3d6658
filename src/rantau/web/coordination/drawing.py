"""Where the bars of milestones lie: a row each on one scale of months, positions in percent of its width."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import formats

from rantau.engine.milestones import Node, Row

LABELS = 4
"""How many names of months can be read beside each other on a small phone."""
THIN = 1.2
"""The width in percent below which nothing is seen."""


@dataclass(frozen=True)
class Scale:
    """The months a drawing shows, from the first day of one to the first day of another."""

    first: dt.date
    end: dt.date

    def x(self, on: dt.date) -> float:
        """Return where a day lies, held inside the drawing."""
        return min(max(100 * (on - self.first).days / (self.end - self.first).days, 0), 100)

    def span(self, first: dt.date, end: dt.date) -> dict[str, str]:
        """Return position and width of a stretch of days."""
        x = self.x(first)
        width = max(self.x(end) - x, THIN)
        return {"x": percent(min(x, 100 - THIN)), "width": percent(width)}

    @property
    def months(self) -> list[dict[str, Any]]:
        """Return the months that carry a name, evenly far apart, January with its year."""
        count = (self.end.year - self.first.year) * 12 + self.end.month - self.first.month
        apart = next(step for step in (1, 2, 3, 4, 6, 12, 24, 60, 1200) if count <= step * LABELS)
        found = []
        for number in range(0, count, apart):
            year, month = divmod(self.first.year * 12 + self.first.month - 1 + number, 12)
            on = dt.date(year, month + 1, 1)
            words = formats.date_format(on, "M Y" if not number or month == 0 else "M") if apart < 12 else str(year)
            found.append({"x": percent(self.x(on)), "words": words, "first": number == 0})
        return found


def scale(days: Iterable[dt.date]) -> Scale:
    """Return a scale of whole months that holds every day, with some room behind the last."""
    days = list(days)
    last = max(days) + dt.timedelta(days=20)
    year, month = divmod(last.year * 12 + last.month, 12)
    return Scale(first=min(days).replace(day=1), end=dt.date(year, month + 1, 1))


def days_of(nodes: Iterable[Node], rows: Iterable[Row], today: dt.date) -> list[dt.date]:
    """Return every day that a drawing of milestones shows."""
    found = [today, *(row.expected for row in rows)]
    return found + [on for node in nodes for on in (node.first, node.last) if on]


def bar(node: Node, row: Row, on: Scale, *, critical: bool) -> dict[str, Any]:
    """Return what is drawn for a milestone: what was announced, the work, the day it was reached or is expected."""
    begun = row.expected - dt.timedelta(days=node.days or 0)
    late = bool(row.late and node.last)
    return {
        "announced": on.span(node.first, node.last + dt.timedelta(days=1)) if node.first and node.last else None,
        "work": on.span(begun, row.expected) if node.days and row.holds == "after" else None,
        "late": on.span(node.last, row.expected) if late and node.last else None,
        "x": percent(on.x(row.expected)),
        "reached": node.reached is not None,
        "open": not row.exact,
        "critical": critical,
    }


def move(before: dt.date, after: dt.date, on: Scale) -> dict[str, Any]:
    """Return what is drawn for a milestone that slips: where it was, where it comes, the way between."""
    return {"from": percent(on.x(before)), "to": percent(on.x(after)), "way": on.span(before, after)}


def percent(x: float) -> str:
    """Return a position as a drawing reads it, in every language with a point."""
    return f"{x:.2f}%"
