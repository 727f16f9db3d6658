"""Whether a selection can still be completed when each person fills one reserved place: by augmenting paths.

People flow from the seats through nested caps and their cell to a reserved place or an open one. The sets of people who
can fill reserved places are a transversal matroid, so no reserved place once used is lost again while people are added
(Sönmez and Yenmez 2022, "meritorious horizontal"); with nested caps one path answers each question.
"""

from collections.abc import Sequence

from .cells import Pool

SOURCE, SINK, ROOT, OPEN, FIRST = range(5)
"""The fixed nodes; floors follow, then caps and cells as they are met."""


class Augmenting:
    """The look-ahead for one place each: `size`, `used` and `admit` as in `Counting`. Caps must be nested or disjoint.

    `held` is how many people of each cell there are to choose from at first: all of the pool's, or fewer. Arcs come in
    pairs, forth and back; `_room` is what can still be pushed. On the pair that leads into a cell that is: undecided
    people who are not in the selection at hand, and undecided people who are.
    """

    def __init__(self, pool: Pool, held: Sequence[int]) -> None:
        self._pool, self._held = pool, held
        self._head: list[int] = []
        self._room: list[int] = []
        self._out: list[list[int]] = [[] for _ in range(FIRST + len(pool.floors))]
        self._caps: dict[int, int] = {}
        self._into: dict[int, int] = {}
        self._arc(SOURCE, ROOT, pool.seats)
        opened = self._arc(OPEN, SINK, 0)
        for floor, seats in enumerate(pool.floors):
            self._arc(FIRST + floor, SINK, seats)
        for cell, people in enumerate(held):
            if people:
                self._enter(cell)
        self.used = self._augment()
        self._room[opened] = pool.seats
        self.size = self.used + self._augment()
        self._room[opened] = 0

    def admit(self, cell: int) -> bool:
        """Return whether the next person of a cell is selected, and keep it so; a cell that was refused stays closed.

        A refusal is final: whoever is like the person refused, with less merit, could be exchanged for that person.
        """
        arc = self._into[cell]
        if self._room[arc ^ 1]:
            self._room[arc ^ 1] -= 1
            return True
        path = self._way_out(cell)
        if not path:
            self._room[arc] = 0
            return False
        self._push(path, 1)
        self._room[arc] -= 1
        return True

    def reaches(self, cell: int, *, lower: Sequence[int], upper: Sequence[int]) -> bool:
        """Return whether one more of a cell fits into the selection at hand, from which others may go.

        Of each cell at least `lower` people stay and at most `upper` are there to choose from. Everybody held at first
        must have found a seat.
        """
        if cell not in self._into:
            self._enter(cell)
        for other, arc in self._into.items():
            held = self._held[other]
            self._room[arc], self._room[arc ^ 1] = upper[other] - held, held - lower[other]
        return bool(self._way_out(cell))

    def _enter(self, cell: int) -> None:
        """Lay the arcs from the root through the caps of a cell into it, and on to the floors."""
        above = ROOT
        for cap in self._pool.cells[cell].chain:
            if cap not in self._caps:
                self._caps[cap] = self._node()
                self._arc(above, self._caps[cap], self._pool.caps[cap])
            above = self._caps[cap]
        node = self._node()
        self._into[cell] = self._arc(above, node, self._held[cell])
        for place in (OPEN, *(FIRST + floor for floor in sorted(self._pool.cells[cell].floors))):
            self._arc(node, place, self._pool.seats + 1)

    def _node(self) -> int:
        self._out.append([])
        return len(self._out) - 1

    def _arc(self, tail: int, head: int, room: int) -> int:
        arc = len(self._head)
        self._head += [head, tail]
        self._room += [room, 0]
        self._out[tail].append(arc)
        self._out[head].append(arc + 1)
        return arc

    def _augment(self) -> int:
        """Push as much as possible from source to sink; return how much that was."""
        total = 0
        while path := self._path(SOURCE, SINK):
            amount = min(self._room[arc] for arc in path)
            self._push(path, amount)
            total += amount
        return total

    def _way_out(self, cell: int) -> list[int]:
        """Return a path on which one more person of a cell drives somebody undecided out; none when there is none."""
        arc = self._into[cell]
        return self._path(self._head[arc], self._head[arc ^ 1]) if self._room[arc] else []

    def _path(self, start: int, goal: int) -> list[int]:
        """Return the arcs of a path with room on it, from the goal back to the start, or an empty list."""
        by = {start: -1}
        open_ends = [start]
        while open_ends:
            for arc in self._out[open_ends.pop()]:
                head = self._head[arc]
                if self._room[arc] and head not in by:
                    by[head] = arc
                    if head == goal:
                        return self._traced(by, goal)
                    open_ends.append(head)
        return []

    def _traced(self, by: dict[int, int], goal: int) -> list[int]:
        path, node = [], goal
        while (arc := by[node]) >= 0:
            path.append(arc)
            node = self._head[arc ^ 1]
        return path

    def _push(self, path: Sequence[int], amount: int) -> None:
        for arc in path:
            self._room[arc] -= amount
            self._room[arc ^ 1] += amount
