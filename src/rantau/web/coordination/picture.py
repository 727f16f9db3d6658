"""The drawing and the table of demand: what is asked for by year beside what is trained, unknown shown as unknown."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from rantau.coordination.queries.demand import Picture

from .sentences import TRADES


def totals(found: Picture, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return a row for each trade and year: the places by ministry in the order of the columns, and all."""
    return [
        {
            "trade": TRADES[one.trade],
            "year": one.year,
            "by_office": [
                {"name": names.get(code, code), "places": one.by_office.get(code, 0)} for code in found.offices
            ],
            "places": one.places,
        }
        for one in found.totals
    ]


def years(found: Picture) -> list[dict[str, Any]]:
    """Return a bar for each year: places asked for, and seats at home whose work is known to begin in it, None for none."""
    asked: Counter[int] = Counter()
    for row in found.rows:
        asked[row.year] += row.places
    trained: Counter[int] = Counter()
    for one in found.supply:
        if one.home and one.year is not None and one.seats.value is not None:
            trained[one.year] += one.seats.value
    shown = sorted({*asked, *trained})
    most = max((*asked.values(), *trained.values()), default=0) or 1
    return [
        {
            "year": year,
            "asked": asked[year],
            "asked_width": f"{100 * asked[year] / most:.1f}%",
            "trained": trained.get(year),
            "trained_width": f"{100 * trained[year] / most:.1f}%",
        }
        for year in shown
    ]


def supply(found: Picture) -> list[dict[str, Any]]:
    """Return what is trained for each place of work, with the trade that we count it under."""
    return [{"supply": one, "trade": TRADES[one.trade] if one.trade else ""} for one in found.supply]
