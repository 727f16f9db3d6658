"""Where the bars of a division lie: for each place its seats, those who wished it first, and those placed there."""

from collections.abc import Iterable, Mapping
from typing import Any

ROOM = 88
"""The longest bar in percent of the drawing: what is left holds its number."""


def bars(places: Iterable[Mapping[str, Any]], titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return each place's title, numbers and lengths of the bars, all places on one scale."""
    places = list(places)
    whole = max((place[key] for place in places for key in ("capacity", "first", "placed")), default=0) or 1
    return [
        {
            "title": titles[place["code"]],
            **{key: _bar(place[key], whole) for key in ("capacity", "first", "placed")},
        }
        for place in places
    ]


def _bar(number: int, whole: int) -> dict[str, Any]:
    length = ROOM * number / whole
    return {"number": number, "width": f"{length:.1f}%", "words_at": f"{length + 1.5:.1f}%"}
