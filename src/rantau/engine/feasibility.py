"""Whether whole numbers of people per cell exist between bounds: a solver says yes or no, and a no is proved.

The linear relaxation is asked first. Its no comes with multipliers of the rows (Farkas 1902), which are rounded to whole
numbers and checked here in whole numbers; its yes counts when it is whole. Otherwise, and where no rounding holds, the
integer programme is asked. Which numbers the solver finds never matters, only whether there are any.
"""

from functools import cached_property
from typing import Any, NamedTuple

import highspy
import numpy as np
from numpy.typing import NDArray

from .cells import Pool
from .oracle import answered, quiet

Whole = NDArray[np.int64]

SCALES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 24, 60)
"""What the smallest multiplier is taken for when all are rounded to whole numbers."""

NEAR = 1e-6
"""How far from a whole number the solver's values may lie; it works to 1e-7, so rows of whole numbers still hold."""


KEPT = 4
"""How many proofs are tried again before the solver is asked."""

NOBODY: Whole = np.zeros(0, dtype=np.int64)


class Proof(NamedTuple):
    """Why nothing fits: each row taken as often as its multiplier says (a negative one turns it around) and all added
    up ask more of the columns times `weights` than their bounds allow."""

    multipliers: Whole
    weights: Whole


class Answer(NamedTuple):
    """Whether anything fits; then how many of each cell; if not, the proof (of weights 0 where none was found)."""

    fits: bool
    counts: Whole
    proof: Proof


class Bounds:
    """The question, as lower and upper bounds in whole numbers that the asker may change.

    Columns: people of each cell; places used of each floor; with one place each, people of a cell in a floor's places.
    Rows: for each floor, people that count for it less places used; for each cap, people; all people; all places used;
    with one place each, people of a cell in places less people of the cell.
    """

    def __init__(self, pool: Pool) -> None:
        cells, floors, caps, self.most = len(pool.cells), len(pool.floors), len(pool.caps), sum(pool.sizes)
        self.cells, self.floors, self.caps = slice(cells), slice(cells, cells + floors), slice(floors, floors + caps)
        self.total, self.used = floors + caps, floors + caps + 1
        columns = _columns(pool, self.used)
        self.start = np.cumsum([0] + [len(column) for column in columns])
        self.row = np.array([row for column in columns for row, _ in column], dtype=np.int64)
        self.value = np.array([value for column in columns for _, value in column], dtype=np.int64)
        seats = [min(floor, self.most + 1) for floor in pool.floors]
        pairs = len(columns) - cells - floors
        self.column_lower = np.zeros(len(columns), dtype=np.int64)
        self.column_upper = np.array([*pool.sizes, *seats, *[self.most] * pairs], dtype=np.int64)
        rows = int(self.row.max(initial=self.used)) + 1
        self.row_lower = np.zeros(rows, dtype=np.int64)
        self.row_upper = np.full(rows, max(self.most, sum(seats)), dtype=np.int64)
        self.row_upper[self.caps] = [min(cap, self.most) for cap in pool.caps]
        self.row_lower[self.used + 1 :], self.row_upper[self.used + 1 :] = -self.most, 0

    def proof(self, multipliers: Whole) -> Proof:
        """Return the rows added up."""
        return Proof(multipliers, np.add.reduceat(multipliers[self.row] * self.value, self.start[:-1]))

    def slack(self, proof: Proof) -> int:
        """Return how much more the columns can reach than a proof asks of them: below 0 it shows that nothing fits."""
        times, weights = proof
        asked = np.where(times > 0, times * self.row_lower, times * self.row_upper).sum()
        return int(np.where(weights > 0, weights * self.column_upper, weights * self.column_lower).sum() - asked)

    def refused(self, proof: Proof) -> NDArray[np.bool_]:
        """Return for each cell whether a proof shows that nothing fits with one more than its lower bound."""
        found: NDArray[np.bool_] = self.slack(proof) + np.minimum(proof.weights[self.cells], 0) < 0
        return found


class Solver:
    """The solver, asked again and again about the same rows under changing bounds."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._relaxed = _solver(bounds, whole=False)
        self._nothing = bounds.proof(np.zeros_like(bounds.row_lower))
        self._known: list[Proof] = []

    def ask(self) -> Answer:
        """Return whether anything fits between the bounds as they are now.

        :raises ArithmeticError: when the solver says neither yes nor no
        """
        for proof in reversed(self._known):
            if self._bounds.slack(proof) < 0:
                return Answer(False, NOBODY, proof)
        fits, counts = self._run(self._relaxed)
        if not fits:
            proof = self._proof()
            if self._bounds.slack(proof) < 0:
                self._known = [*self._known[1 - KEPT :], proof]
                return Answer(False, NOBODY, proof)
        if not fits or not self._rounded(counts):
            fits, counts[:] = self._run(self._whole)
        return Answer(fits, np.rint(counts).astype(np.int64), self._nothing)

    @cached_property
    def _whole(self) -> Any:
        return _solver(self._bounds, whole=True)

    def _rounded(self, counts: NDArray[np.float64]) -> bool:
        """Return whether the numbers found are whole, or become so when one after another is rounded up and asked again.

        That is a short way to a yes; where it leads nowhere nothing is known.
        """
        lower, fits = self._bounds.column_lower, True
        kept = lower.copy()
        while fits and (away := np.abs(counts - np.rint(counts))).max(initial=0) >= NEAR:
            cell = int(np.argmax(np.where(away < NEAR, 0, counts - np.floor(counts))))
            lower[cell] = np.ceil(counts[cell])
            fits, counts[:] = self._run(self._relaxed)
        lower[:] = kept
        return fits

    def _run(self, solver: Any) -> tuple[bool, NDArray[np.float64]]:
        now = self._bounds
        columns, rows = np.arange(len(now.column_lower), dtype=np.int32), np.arange(len(now.row_lower), dtype=np.int32)
        solver.changeColsBounds(len(columns), columns, now.column_lower.astype(float), now.column_upper.astype(float))
        solver.changeRowsBounds(len(rows), rows, now.row_lower.astype(float), now.row_upper.astype(float))
        if not len(columns):  # then every row is 0
            return bool((now.row_lower <= 0).all()), np.zeros(0)
        if not answered(solver):
            return False, np.zeros(now.cells.stop)
        return True, np.array(solver.getSolution().col_value)[now.cells]

    def _proof(self) -> Proof:
        """Return the relaxation's no with whole multipliers, or a proof that shows nothing when no rounding holds."""
        _, found, ray = self._relaxed.getDualRay()
        ray = np.array(ray if found else [])
        sizes = np.abs(ray[np.abs(ray) > NEAR])
        proof = self._nothing
        for scale in SCALES if sizes.size and sizes.max() / sizes.min() < 1 / NEAR else ():
            for sign in (1, -1):
                multipliers = np.rint(ray * (sign * scale / sizes.min())).astype(np.int64)
                proof = self._bounds.proof(multipliers)
                if self._bounds.slack(proof) < 0:
                    return proof
        return proof


def _columns(pool: Pool, used: int) -> list[list[tuple[int, int]]]:
    """Return the entries (row, value) of every column; rows of cells with places follow the row of all places used."""
    floors = len(pool.floors)
    people, pairs, link = [], [], used
    for cell in pool.cells:
        column = [(floors + cap, 1) for cap in sorted(cell.caps)] + [(used - 1, 1)]
        if not pool.one_to_one:
            column += [(floor, 1) for floor in sorted(cell.floors)]
        elif cell.floors:
            link += 1
            column.append((link, -1))
            pairs += [[(floor, 1), (link, 1)] for floor in sorted(cell.floors)]
        people.append(column)
    return [*people, *([(floor, -1), (used, 1)] for floor in range(floors)), *pairs]


def _solver(bounds: Bounds, *, whole: bool) -> Any:
    """Return the solver with the rows laid down: warm from question to question, or for whole numbers of people."""
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(bounds.column_lower), len(bounds.row_lower)
    model.col_cost_ = np.zeros(model.num_col_)
    model.col_lower_, model.col_upper_ = bounds.column_lower.astype(float), bounds.column_upper.astype(float)
    model.row_lower_, model.row_upper_ = bounds.row_lower.astype(float), bounds.row_upper.astype(float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = bounds.start.astype(np.int32), bounds.row.astype(np.int32)
    model.a_matrix_.value_ = bounds.value.astype(float)
    solver = quiet() if whole else quiet(presolve="off", solver="simplex")
    if whole:
        kinds = [highspy.HighsVarType.kInteger] * bounds.cells.stop
        model.integrality_ = kinds + [highspy.HighsVarType.kContinuous] * (model.num_col_ - bounds.cells.stop)
    solver.passModel(model)
    return solver
