"""Whether whole numbers exist within bounds: every no is true, and its proof holds."""

import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.cells import pool
from rantau.engine.feasibility import Bounds, Solver
from rantau.engine.oracle import answered, quiet
from rantau.engine.quotas import read
from tests.engine.quota_strategies import instances

VECTORS = json.loads((Path(__file__).parent / "vectors" / "quotas.json").read_text())


def _question(plain):
    people = pool(read(plain))
    rows = Bounds(people)
    rows.column_lower[rows.floors] = rows.column_upper[rows.floors]
    rows.row_upper[rows.total] = people.seats
    return people, rows


def _rows(rows, columns):
    """Return what every row adds up to."""
    found = [0] * len(rows.row_lower)
    for column, count in enumerate(columns):
        for entry in range(rows.start[column], rows.start[column + 1]):
            found[rows.row[entry]] += rows.value[entry] * count
    return found


def _fit(rows):
    """Return whether any columns within their bounds keep every row within its bounds, by trying all."""
    ranges = [range(low, high + 1) for low, high in zip(rows.column_lower, rows.column_upper, strict=True)]
    return any(
        all(
            low <= row <= high
            for low, row, high in zip(rows.row_lower, _rows(rows, columns), rows.row_upper, strict=True)
        )
        for columns in product(*ranges)
    )


@given(st.data())
def test_the_answer_is_what_trying_all_numbers_gives(data):
    counting = data.draw(st.sampled_from(("one_to_all", "one_to_one")))
    _, rows = _question(data.draw(instances(counting, floors=2, most=4)))
    answer = Solver(rows).ask()
    assert answer.fits == _fit(rows)
    if answer.fits:
        rows.column_lower[rows.cells] = rows.column_upper[rows.cells] = answer.counts
        assert _fit(rows)
    elif answer.proof.multipliers.any():
        assert rows.slack(answer.proof) < 0


def test_a_no_that_only_whole_numbers_give_is_given_without_proof():
    plain = next(v["instance"] for v in VECTORS if v["name"].startswith("three pairs"))
    _, rows = _question(plain)
    answer = Solver(rows).ask()
    assert (answer.fits, answer.proof.multipliers.any()) == (False, False)
    assert not rows.refused(answer.proof).any()


def test_a_proof_refuses_every_cell_it_speaks_of_and_serves_again():
    groups = ["x"], ["y"], ["x", "z"], ["z"]
    people = [{"id": f"p{i}", "score": -i, "groups": found} for i, found in enumerate(groups)]
    caps = [{"group": group, "seats": 1} for group in "xyz"]
    rule = {"floors": [{"group": "z", "seats": 1}], "caps": caps}
    found, rows = _question({"candidates": people, "seats": 1, "rule": rule})
    solver = Solver(rows)
    rows.column_lower[0] += 1
    first = solver.ask()
    rows.column_lower[0] -= 1
    refused = rows.refused(first.proof)
    assert [bool(refused[cell]) for cell in found.cell_of] == [True, True, False, False]
    rows.column_lower[1] += 1
    again = solver.ask()
    assert not again.fits
    assert np.array_equal(again.proof.multipliers, first.proof.multipliers)


def test_a_solver_that_breaks_off_has_not_said_no():
    solver = quiet(presolve="off", solver="simplex", simplex_iteration_limit=0)
    solver.addVars(2, np.zeros(2), np.full(2, 5.0))
    for low, factors in ((3.0, [1.0, 2.0]), (4.0, [2.0, 1.0])):
        solver.addRow(low, low, 2, np.array([0, 1], dtype=np.int32), np.array(factors))
    with pytest.raises(ArithmeticError, match="neither yes nor no"):
        answered(solver)
