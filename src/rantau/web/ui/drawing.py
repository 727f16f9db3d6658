"""Where a journey's stages lie on its drawing: percentages of the line between two Januaries."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

EDGE = 1.5
"""How far from the left end, in percent, a stop may lie and still be drawn whole."""
APART = 3.6
"""How far apart, in percent, two numbers over stops can be read on a small phone."""


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
class Line:
    """A drawn journey: its stages in order, the years, and the positions a drawing needs."""

    key: str
    on: dt.date
    span: Span
    stages: tuple[Any, ...]

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
        found: list[dict[str, Any]] = []
        label = 0.0
        for stage in self.stages:
            if stage.kind == "event" and stage.promised is not None:
                x = max(self.span.x(stage.promised), EDGE)
                label = max(x, label + APART if found else 0)
                found.append(
                    {"stage": stage, "x": _percent(x), "label_x": _percent(label), "known": stage.known is not None}
                )
        return found


def drawn(stages: Iterable[Any], *, key: str, on: dt.date) -> Line:
    """Return the drawing of `figures.queries.Stage`s on a day; `key` tells several drawings of a page apart."""
    stages = tuple(stages)
    days = [day for stage in stages for day in (stage.promised, stage.until, stage.known) if day] or [on]
    span = Span(first=min(min(days).year, on.year), last=max(max(days).year, on.year))
    return Line(key=key, on=on, span=span, stages=stages)


def _percent(x: float) -> str:
    return f"{x:.2f}%"
