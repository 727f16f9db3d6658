"""The yes-or-no oracle behind floors and caps: whether there are whole numbers within limits; it never chooses."""

from collections.abc import Sequence
from typing import Any

import highspy
import numpy as np
from highspy import HighsModelStatus as Status


def quiet(**options: bool | int | str) -> Any:
    """Return a solver that prints nothing and works alone, always in the same way.

    Not `Highs`, whose callbacks greet on standard output as soon as it is made, but the class below it.
    """
    solver = highspy._Highs()  # type: ignore[attr-defined]  # exported, but missing from the package's stubs
    for option, value in {"output_flag": False, "threads": 1, "random_seed": 0, **options}.items():
        solver.setOptionValue(option, value)
    return solver


def answered(solver: Any) -> bool:
    """Run a solver and return whether anything fits.

    :raises ArithmeticError: when it says neither yes nor no: an answer that is missing is no `no`
    """
    solver.run()
    status = solver.getModelStatus()
    if status not in (Status.kOptimal, Status.kInfeasible):
        raise ArithmeticError(f"the solver says neither yes nor no: {status}")
    return bool(status == Status.kOptimal)


def whole_numbers(columns: int, rows: Sequence[Sequence[int]], limits: Sequence[tuple[int, int]]) -> list[int] | None:
    """Return whole numbers, zero or more, one a column, whose sum over each row's columns lies in its limits, or None.

    Solved by HiGHS as a feasibility question; which of many answers comes back must not matter to the caller.

    :raises ArithmeticError: when the solver says neither yes nor no
    """
    if not columns:
        return [] if all(low <= 0 <= high for low, high in limits) else None
    solver = quiet()
    solver.addVars(columns, np.zeros(columns), np.full(columns, highspy.kHighsInf))
    solver.changeColsIntegrality(
        columns, np.arange(columns, dtype=np.int32), np.full(columns, highspy.HighsVarType.kInteger)
    )
    for row, (low, high) in zip(rows, limits, strict=True):
        solver.addRow(float(low), float(high), len(row), np.array(row, dtype=np.int32), np.ones(len(row)))
    if not answered(solver):
        return None
    values = [round(value) for value in solver.getSolution().col_value]
    for row, (low, high) in zip(rows, limits, strict=True):
        assert low <= sum(values[column] for column in row) <= high  # whole numbers are checked, not believed
    return values
