"""Why somebody was not selected under floors and caps, as a reason that anyone can look at again.

The question behind a reason is: with everybody better selected or refused as they were, and at least as many people
selected in the end, could this person have been selected if some floors or caps did not bind? A floor that stayed short
binds with the places of it that were used.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from .augmenting import Augmenting
from .cells import Cell, Pool, inside
from .feasibility import Answer, Bounds, Solver

Free = frozenset[int]
"""Floors, or caps, that do not bind, by their place in the rule."""

NONE: Free = frozenset()


@dataclass
class Turn:
    """Where the order stands: the place and the cell of the person looked at, and for each cell how many of its people
    are selected already and how many were not refused yet."""

    place: int
    cell: int
    lower: list[int]
    upper: list[int]


class Question(Protocol):
    """Whether a person can be selected at his or her turn when some floors and caps do not bind."""

    def lets_in(self, turn: Turn, floors: Free, caps: Free) -> bool:
        """Return whether enough people can still be selected with this person among them."""
        ...


class Exchange:
    """The question answered by replacing one person of a selection: all there is to ask when groups are nested."""

    def __init__(self, pool: Pool, counts: Sequence[int]) -> None:
        self._pool, self._counts = pool, counts
        self._cells = [cell for cell, count in enumerate(counts) if count]
        self._in_floor = inside(counts, [cell.floors for cell in pool.cells], number=len(pool.floors))
        self._in_cap = inside(counts, [cell.caps for cell in pool.cells], number=len(pool.caps))
        self._short = {floor for floor, seats in enumerate(pool.floors) if self._in_floor[floor] < seats}
        self._seat_left = sum(counts) < pool.seats

    def stands(self, turn: Turn, selected: Iterable[int]) -> bool:
        """Return whether it has everybody selected before a turn, given the cells of such, and nobody refused."""
        kept = all(self._counts[cell] >= turn.lower[cell] for cell in selected)
        return kept and all(self._counts[cell] <= turn.upper[cell] for cell in self._cells)

    def lets_in(self, turn: Turn, floors: Free, caps: Free) -> bool:
        """Return whether the person is in the selection, fits in, or can replace somebody with less merit."""
        if self._counts[turn.cell] > turn.lower[turn.cell]:
            return self._short <= floors
        ours, pool = self._pool.cells[turn.cell], self._pool
        if any(self._in_floor[floor] + (floor in ours.floors) < pool.floors[floor] for floor in self._short - floors):
            return False
        full = {cap for cap in ours.caps - caps if self._in_cap[cap] >= pool.caps[cap]}
        if self._seat_left and not full:
            return True
        others = (pool.cells[cell] for cell in self._cells if self._counts[cell] > turn.lower[cell])
        return any(full <= other.caps and self._spares(other, ours, floors) for other in others)

    def _spares(self, other: Cell, ours: Cell, floors: Free) -> bool:
        """Return whether floors that bind hold when one of `ours` stands in the place of one of `other`."""
        least, people = self._pool.floors, self._in_floor
        return all(people[floor] - (floor not in ours.floors) >= least[floor] for floor in other.floors - floors)


class Path:
    """The question where each person fills one place and caps are nested: answered by an augmenting path."""

    def __init__(self, pool: Pool, counts: Sequence[int]) -> None:
        self._pool, self._counts = replace(pool, seats=sum(counts)), counts
        self._asked: dict[tuple[Free, Free], Augmenting] = {}

    def lets_in(self, turn: Turn, floors: Free, caps: Free) -> bool:
        """Return whether the person can drive out somebody with less merit."""
        if (floors, caps) not in self._asked:
            bound = tuple(0 if floor in floors else seats for floor, seats in enumerate(self._pool.floors))
            most = tuple(sum(turn.upper) if cap in caps else seats for cap, seats in enumerate(self._pool.caps))
            self._asked[floors, caps] = Augmenting(replace(self._pool, floors=bound, caps=most), self._counts)
        return self._asked[floors, caps].reaches(turn.cell, lower=turn.lower, upper=turn.upper)


class Asking:
    """The question under floors and caps of any kind: by exchange if that is enough, otherwise by the solver.

    What the solver found is kept: a selection, for exchanges while it stands; a proof that leans on some floors, which
    answers now and later, for every cell it refuses, without any other floor just the same.
    """

    def __init__(self, pool: Pool, counts: Sequence[int]) -> None:
        self._pool, self._bounds = pool, Bounds(pool)
        self._solver, self._place = Solver(self._bounds), -1
        self._cells = [cell for cell, count in enumerate(counts) if count]
        self._found = [] if pool.one_to_one else [Exchange(pool, counts)]
        self._bounds.row_lower[self._bounds.total] = sum(counts)
        self._bounds.row_upper[self._bounds.total] = pool.seats
        self._floors, self._caps = self._bounds.column_upper[self._bounds.floors].copy(), self._bounds.row_upper.copy()
        self._leaning: list[set[Free]] = [set() for _ in pool.cells]

    def lets_in(self, turn: Turn, floors: Free, caps: Free) -> bool:
        """Return whether enough people can still be selected with this person among them."""
        if not caps and any(floors.isdisjoint(support) for support in self._leaning[turn.cell]):
            return False
        if self._place != turn.place:
            self._place, self._found = turn.place, [one for one in self._found if one.stands(turn, self._cells)]
        if any(found.lets_in(turn, floors, caps) for found in reversed(self._found)):
            return True
        rows = self._bounds
        rows.column_lower[rows.cells], rows.column_upper[rows.cells] = turn.lower, turn.upper
        rows.column_lower[rows.floors], rows.row_upper[rows.caps] = self._floors, self._caps[rows.caps]
        rows.column_lower[rows.floors][sorted(floors)], rows.row_upper[rows.caps][sorted(caps)] = 0, rows.most
        rows.column_lower[turn.cell] += 1
        answer = self._solver.ask()
        rows.column_lower[turn.cell] -= 1
        if not caps:
            self._keep(answer, floors)
        return answer.fits

    def _keep(self, answer: Answer, floors: Free) -> None:
        if not answer.fits:
            leans = answer.proof.weights[self._bounds.floors] < 0
            for cell in np.flatnonzero(self._bounds.refused(answer.proof)).tolist():
                self._leaning[cell].add(frozenset(np.flatnonzero(leans).tolist()) - floors)
        elif not self._pool.one_to_one:
            self._found.append(Exchange(self._pool, answer.counts.tolist()))


def unfilled(pool: Pool, counts: Sequence[int]) -> tuple[int, ...]:
    """Return for each floor how many of its places the selected people, by cell, leave unused.

    With one place each, floors are filled in their order where the people leave a choice.
    """
    if not pool.one_to_one:
        people = inside(counts, [cell.floors for cell in pool.cells], number=len(pool.floors))
        return tuple(max(0, seats - has) for seats, has in zip(pool.floors, people, strict=True))
    bare = replace(pool, cells=tuple(Cell(cell.floors, NONE, ()) for cell in pool.cells), caps=(), seats=sum(counts))
    left, used = [], 0
    for floor, seats in enumerate(pool.floors):
        first = tuple(seats if i <= floor else 0 for i, seats in enumerate(pool.floors))
        now = Augmenting(replace(bare, floors=first), counts).used
        left.append(seats - (now - used))
        used = now
    return tuple(left)


def reasons(
    pool: Pool, selected: Sequence[int], question: Question, floors: Sequence[str], caps: Sequence[str]
) -> dict[str, str]:
    """Return the reason of everyone who is not among the selected (places in merit order), given the groups' names.

    - `BELOW_CUTOFF`, `TIE_LOST`: every seat went to somebody better; with the same score as the last selected the lot
      decided.
    - `CAP_FULL:<group>`: the first cap whose places all went to people of the group who are better.
    - `FLOOR_NEEDS:<group>`: the first floor without which the person could have been selected; where no floor alone is
      enough, several joined by `+`, none of which can be left out.
    - `CAP_FULL:<group>` too where even without any floor the person could not: caps that are full in the end, without
      which he or she could, joined in the same way.
    """
    walk = _Walk(pool, selected, question)
    found = {}
    chosen, last = set(selected), selected[-1] if selected else -1
    for place, cell in enumerate(pool.cell_of):
        if place in chosen:
            walk.select(cell)
            continue
        if len(selected) == pool.seats and place > last:
            tied = bool(selected) and pool.scores[place] == pool.scores[last]
            found[pool.ids[place]] = "TIE_LOST" if tied else "BELOW_CUTOFF"
            continue
        code, groups = walk.refuse(place, cell)
        names = floors if code == "FLOOR_NEEDS" else caps
        found[pool.ids[place]] = f"{code}:{'+'.join(names[group] for group in groups)}"
    return found


class _Walk:
    """The way down the order: who is selected so far, and what each refusal of a cell was found to be."""

    def __init__(self, pool: Pool, selected: Sequence[int], question: Question) -> None:
        self._pool, self._question = pool, question
        self._turn = Turn(0, 0, [0] * len(pool.cells), list(pool.sizes))
        self._in_cap = [0] * len(pool.caps)
        in_end = inside(
            [1] * len(selected), [pool.cells[pool.cell_of[p]].caps for p in selected], number=len(pool.caps)
        )
        self._full = {cap for cap, people in enumerate(in_end) if people >= pool.caps[cap]}
        self._floors = [floor for floor, seats in enumerate(pool.floors) if seats]
        self._found: dict[int, tuple[str, Free]] = {}

    def select(self, cell: int) -> None:
        """Count one more selected person of a cell."""
        self._turn.lower[cell] += 1
        for cap in self._pool.cells[cell].caps:
            self._in_cap[cap] += 1

    def refuse(self, place: int, cell: int) -> tuple[str, list[int]]:
        """Return why the next person of a cell is refused before the last selected, and count him or her out."""
        caps = sorted(self._pool.cells[cell].caps)
        full = next((cap for cap in caps if self._in_cap[cap] >= self._pool.caps[cap]), -1)
        if full >= 0:
            code, groups = "CAP_FULL", frozenset([full])
        else:
            self._turn.place, self._turn.cell = place, cell
            code, groups = self._found[cell] = self._explain(cell)
        self._turn.upper[cell] -= 1
        return code, sorted(groups)

    def _explain(self, cell: int) -> tuple[str, Free]:
        """Return floors, or caps, that keep the person out.

        What kept the last person of the cell out keeps this one out too if it is still enough: there is only less to
        choose from, so whatever was not enough then is not enough now.
        """
        if cell in self._found and self._works(*self._found[cell]):
            return self._found[cell]
        found = _fewest(self._floors, lambda floors: self._works("FLOOR_NEEDS", floors))
        if found:
            return "FLOOR_NEEDS", found
        full = sorted(self._full & self._pool.cells[cell].caps)
        return "CAP_FULL", _fewest(full, lambda caps: self._works("CAP_FULL", caps))

    def _works(self, code: str, groups: Free) -> bool:
        if code == "FLOOR_NEEDS":
            return self._question.lets_in(self._turn, groups, NONE)
        return self._question.lets_in(self._turn, frozenset(self._floors), groups)


def _fewest(groups: Sequence[int], works: Callable[[Free], bool]) -> Free:
    """Return the first group that works alone, else groups of which none can be left out, the first named kept."""
    for group in groups:
        if works(frozenset([group])):
            return frozenset([group])
    kept = frozenset(groups)
    if not groups or not works(kept):
        return NONE
    for group in reversed(groups):
        if works(kept - {group}):
            kept -= {group}
    return kept
