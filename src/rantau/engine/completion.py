"""Whether a selection can still be completed under floors and caps of any kind, and why none can be made at all."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .cells import Pool
from .feasibility import Bounds, Solver, Whole


class Completion:
    """The look-ahead for overlapping groups: `size`, `used` and `admit` as in `Counting`.

    Hard floors must hold; `used` is 0 when they cannot. Otherwise as many places of the floors as possible are used.
    """

    def __init__(self, pool: Pool, *, hard: bool) -> None:
        self._pool = pool
        self._bounds = Bounds(pool)
        self._solver = Solver(self._bounds)
        self._counts: Whole = np.zeros(len(pool.cells), dtype=np.int64)
        self._taken, self._closed = self._counts.copy(), np.zeros(len(pool.cells), dtype=bool)
        self._in_cap = [0] * len(pool.caps)
        self.size = self.used = 0
        if hard and not self._holds_floors():
            return
        rows, total, used = self._bounds, self._bounds.total, self._bounds.used
        rows.row_upper[total] = pool.seats
        self.size = rows.row_upper[total] = self._most(total, pool.seats)
        self.used = self._most(used, int(rows.column_upper[rows.floors].sum()))

    def admit(self, cell: int) -> bool:
        """Return whether the next person of a cell is selected, and keep it so; a cell that was refused stays closed.

        A refusal is final: whoever is like the person refused, with less merit, could be exchanged for that person.
        A proof of one refusal refuses every cell that it speaks of.
        """
        if self._closed[cell]:
            return False
        caps = self._pool.cells[cell].caps
        if any(self._in_cap[cap] >= self._pool.caps[cap] for cap in caps):
            self._close(np.arange(len(self._closed)) == cell)
            return False
        self._bounds.column_lower[cell] += 1
        if self._counts[cell] == self._taken[cell] and not self._completed(cell):
            return False
        self._taken[cell] += 1
        for cap in caps:
            self._in_cap[cap] += 1
        return True

    def _holds_floors(self) -> bool:
        """Make the floors binding and return whether they can hold."""
        rows = self._bounds
        rows.column_lower[rows.floors] = rows.column_upper[rows.floors]
        rows.row_upper[rows.total] = self._pool.seats
        return self._solver.ask().fits

    def _most(self, row: int, high: int) -> int:
        """Return the largest number from 0 to `high` that a row can reach, keep it, and keep how it was reached."""
        low, asked = -1, high
        while low < high:
            self._bounds.row_lower[row] = asked
            answer = self._solver.ask()
            if answer.fits:
                low, self._counts = asked, answer.counts
            else:
                high = asked - 1
            asked = (low + high + 1) // 2
        self._bounds.row_lower[row] = low
        return low

    def _completed(self, cell: int) -> bool:
        """Ask with one more person of the cell; keep what was found, or close whatever the answer refuses."""
        answer = self._solver.ask()
        if answer.fits:
            self._counts = answer.counts
            return True
        self._bounds.column_lower[cell] -= 1
        refused = self._bounds.refused(answer.proof)
        refused[cell] = True
        self._close(refused)
        return False

    def _close(self, refused: NDArray[np.bool_]) -> None:
        self._closed |= refused
        people = self._bounds.column_upper[self._bounds.cells]
        people[refused] = self._taken[refused]


class Conflict(NamedTuple):
    """Floors, caps (by their place in the rule) and perhaps the number of seats, which cannot hold together."""

    floors: tuple[int, ...]
    caps: tuple[int, ...]
    seats: bool


def conflict(pool: Pool) -> Conflict:
    """Return what of a rule cannot hold together, so that without any one of it the rest can.

    One after another, floors first, then caps, then the seats, is left out for good if the rest still cannot hold.
    """
    rows = Bounds(pool)
    solver = Solver(rows)
    rows.column_lower[rows.floors] = rows.column_upper[rows.floors]
    rows.row_upper[rows.total] = pool.seats

    def needed(bound: Whole, places: Iterable[int], free: int) -> list[int]:
        found = []
        for place in places:
            bound[place], kept = free, int(bound[place])
            if solver.ask().fits:
                bound[place] = kept
                found.append(place)
        return found

    floors = needed(rows.column_lower[rows.floors], range(len(pool.floors)), 0)
    caps = needed(rows.row_upper[rows.caps], range(len(pool.caps)), rows.most)
    seats = needed(rows.row_upper, [rows.total], rows.most)
    return Conflict(tuple(floors), tuple(caps), bool(seats))
