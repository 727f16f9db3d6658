"""Whether a selection can still be completed when all groups are nested or disjoint: by counting, without search.

The selections of the largest size that use the most reserved places are the bases of a matroid (caps are laminar, and
the reserved places used are a sum of concave functions of laminar counts: a valuated matroid; Dress and Wenzel 1992,
Murota 2003). So a best selection is found by adding one person after another where it gains most, and a person can be
taken into some best selection exactly when he or she can replace one person of the one at hand.
"""

from heapq import heapify, heappop, heappush

from .cells import Pool


class Counting:
    """The nested look-ahead: `size` and `used` are the most people and reserved places; `admit` decides one by one."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._in_floor, self._in_cap = [0] * len(pool.floors), [0] * len(pool.caps)
        self._counts, self._taken = [0] * len(pool.cells), [0] * len(pool.cells)
        self._closed = [False] * len(pool.cells)
        self.size = 0
        self.used = 0
        self._fill()
        self._spare = {cell for cell, count in enumerate(self._counts) if count}

    def admit(self, cell: int) -> bool:
        """Return whether the next person of a cell is selected, and keep it so; a cell that was refused stays closed.

        A refusal is final: whoever is like the person refused, with less merit, could be exchanged for that person.
        """
        if self._closed[cell]:
            return False
        if self._counts[cell] == self._taken[cell]:
            other = next((other for other in sorted(self._spare) if self._replaces(cell, other)), -1)
            if other < 0:
                self._closed[cell] = True
                return False
            self._move(other, -1)
            self._move(cell, 1)
            self._settle(other)
        self._taken[cell] += 1
        self._settle(cell)
        return True

    def _fill(self) -> None:
        """Select as many as possible, those first who use most reserved places; what a person gains only shrinks."""
        heap = [(-self._gain(cell), cell) for cell in range(len(self._pool.cells))]
        heapify(heap)
        while heap and self.size < self._pool.seats:
            gain, cell = heappop(heap)
            room = self._room(cell)
            if room and -gain == self._gain(cell):
                self._move(cell, room)
                self.size += room
                self.used -= gain * room
            if room:
                heappush(heap, (-self._gain(cell), cell))

    def _gain(self, cell: int) -> int:
        floors = self._pool.floors
        return sum(self._in_floor[floor] < floors[floor] for floor in self._pool.cells[cell].floors)

    def _room(self, cell: int) -> int:
        """Return how many of a cell can be added while each gains the same as the first."""
        groups, pool = self._pool.cells[cell], self._pool
        room = [pool.sizes[cell] - self._counts[cell], pool.seats - self.size]
        room += [pool.caps[cap] - self._in_cap[cap] for cap in groups.caps]
        gaining = [pool.floors[floor] - self._in_floor[floor] for floor in groups.floors]
        return min(room + [left for left in gaining if left > 0])

    def _replaces(self, cell: int, other: int) -> bool:
        """Return whether a person of `cell` in the place of one of `other` keeps caps and reserved places used."""
        ours, theirs, pool = self._pool.cells[cell], self._pool.cells[other], self._pool
        if any(self._in_cap[cap] >= pool.caps[cap] for cap in ours.caps - theirs.caps):
            return False
        gain = sum(self._in_floor[floor] < pool.floors[floor] for floor in ours.floors - theirs.floors)
        return gain >= sum(self._in_floor[floor] <= pool.floors[floor] for floor in theirs.floors - ours.floors)

    def _move(self, cell: int, people: int) -> None:
        self._counts[cell] += people
        for floor in self._pool.cells[cell].floors:
            self._in_floor[floor] += people
        for cap in self._pool.cells[cell].caps:
            self._in_cap[cap] += people

    def _settle(self, cell: int) -> None:
        """Note whether people of a cell are at hand that were not decided yet."""
        if self._counts[cell] > self._taken[cell]:
            self._spare.add(cell)
        else:
            self._spare.discard(cell)
