"""The yes-or-no oracle behind floors and caps: whether there are whole numbers within limits; it never chooses."""

from collections.abc import Sequence

import highspy
import numpy as np


def whole_numbers(columns: int, rows: Sequence[Sequence[int]], limits: Sequence[tuple[int, int]]) -> list[int] | None:
    """Return whole numbers, zero or more, one a column, whose sum over each row's columns lies in its limits, or None.

    Solved by HiGHS as a feasibility question; which of many answers comes back must not matter to the caller.
    """
    if not columns:
        return [] if all(low <= 0 <= high for low, high in limits) else None
    solver = highspy._Highs()  # type: ignore[attr-defined]  # the class without callbacks: the one with them prints a banner
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.addVars(columns, np.zeros(columns), np.full(columns, highspy.kHighsInf))
    solver.changeColsIntegrality(
        columns, np.arange(columns, dtype=np.int32), np.full(columns, highspy.HighsVarType.kInteger)
    )
    for row, (low, high) in zip(rows, limits, strict=True):
        solver.addRow(float(low), float(high), len(row), np.array(row, dtype=np.int32), np.ones(len(row)))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    values = [round(value) for value in solver.getSolution().col_value]
    for row, (low, high) in zip(rows, limits, strict=True):
        assert low <= sum(values[column] for column in row) <= high  # whole numbers are checked, not believed
    return values
