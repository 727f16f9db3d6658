"""Where the signs of the board of duties lie: a row for each office, a cell for each month of a year."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from rantau.agreements.queries.boards import Owed

from .standings import STANDINGS

MONTHS = 12
ORDER = (("late", ("late",)), ("open", ("soon", "due")), ("done", ("done", "excused")))
"""The sign of a cell is that of its most urgent duty."""


def rows(owed: Sequence[Owed], year: int) -> list[dict[str, Any]]:
    """Return for each office that owes something in a year its twelve cells: sign, number, position."""
    found: dict[str, list[list[Owed]]] = {}
    names = {}
    for one in owed:
        if one.due and one.due.year == year:
            names[one.office.code] = one.office
            found.setdefault(one.office.code, [[] for _ in range(MONTHS)])[one.due.month - 1].append(one)
    return [
        {
            "office": names[code],
            "cells": [_cell(number, cell) for number, cell in enumerate(cells)],
            "months": [_month(number, cell, year) for number, cell in enumerate(cells) if cell],
        }
        for code, cells in found.items()
    ]


def _cell(number: int, cell: list[Owed]) -> dict[str, Any]:
    width = 100 / MONTHS
    standings = {one.standing for one in cell}
    return {
        "x": f"{number * width:.2f}%",
        "width": f"{width - 0.8:.2f}%",
        "middle": f"{number * width + width / 2:.2f}%",
        "sign": next((sign for sign, of in ORDER if standings & set(of)), ""),
        "number": len(cell),
        "month": number + 1,
    }


def _month(number: int, cell: list[Owed], year: int) -> dict[str, Any]:
    """Return a month in words: its first day and how many duties stand how."""
    counts = Counter(one.standing for one in cell)
    said = [{"words": words, "number": counts[code]} for code, (words, _tone) in STANDINGS.items() if counts[code]]
    return {"on": dt.date(year, number + 1, 1), "cells": said}
