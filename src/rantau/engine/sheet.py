"""Columns of text by name, read as ids, whole numbers and seats by type; what cannot be used is named by line and column."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .columns import Whole
from .instance import LARGEST
from .shape import Unreadable


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns of text, all of one length; `line` tells where a row stands in what it was read from."""

    name: str
    columns: Mapping[str, Sequence[str]]
    line: Callable[[int], int]

    def wrong(self, row: int, column: str, why: str) -> Unreadable:
        """Return what is said about a value that cannot be used."""
        return Unreadable(f"{self.name}: line {self.line(row)}, {column}", why)

    def ids(self) -> dict[str, int]:
        """Return the number of each id in sorted order.

        :raises Unreadable: an empty id, or one that appears twice
        """
        names = self.columns["id"]
        seen: set[str] = set()
        for row, name in enumerate(names):
            if name in seen:
                raise self.wrong(row, "id", f"{name} appears twice")
            seen.add(name)
        if "" in names:
            raise self.wrong(names.index(""), "id", "is empty")
        return {name: number for number, name in enumerate(sorted(names))}

    def known(self, column: str, numbers: Mapping[str, int]) -> Whole:
        """Return the number of each row's id.

        :raises Unreadable: an id that is not known
        """
        names = self.columns[column]
        found = [numbers.get(name, -1) for name in names]
        if -1 in found:
            row = found.index(-1)
            raise self.wrong(row, column, f"{names[row]} is not known" if names[row] else "is empty")
        return np.array(found, dtype=np.int64)

    def whole(self, column: str, least: int = -LARGEST) -> Whole:
        """Return whole numbers, one a row.

        :raises Unreadable: anything else, a number written in another way than it is printed, or one out of bounds
        """
        given = self.columns[column]
        try:
            found = list(map(int, given))
        except ValueError:
            found = []
        within = least <= min(found, default=least) and max(found, default=least) <= LARGEST
        if not within or list(map(str, found)) != list(given):
            row = next(i for i, text in enumerate(given) if not _is_whole(text, least))
            raise self.wrong(row, column, f"{given[row]!r} is no whole number from {least} to {LARGEST}")
        return np.array(found, dtype=np.int64)

    def some(self, column: str) -> tuple[Whole, Whole] | None:
        """Return the whole numbers of a column that may be absent or have gaps, and in which rows there is one."""
        given = self.columns.get(column, ())
        rows = [row for row, text in enumerate(given) if text]
        if not rows:
            return None
        part = Sheet(self.name, {column: [given[row] for row in rows]}, lambda row: self.line(rows[row]))
        return part.whole(column), np.array(rows, dtype=np.int64)

    def seats(self, column: str) -> list[dict[str, int]]:
        """Return seats by type, row by row, from text such as `female:3 east:2`.

        :raises Unreadable: another form, or a type twice
        """
        return [self._seats(row, column, text) if text else {} for row, text in enumerate(self.columns.get(column, ()))]

    def _seats(self, row: int, column: str, text: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for part in text.split(" "):
            kind, _, seats = part.rpartition(":")
            if not kind or not _is_whole(seats, 0):
                raise self.wrong(row, column, f"{part!r} is not of the form type:seats")
            if kind in found:
                raise self.wrong(row, column, f"{kind} appears twice")
            found[kind] = int(seats)
        return found


def _is_whole(text: str, least: int) -> bool:
    try:
        return str(int(text)) == text and least <= int(text) <= LARGEST
    except ValueError:
        return False
