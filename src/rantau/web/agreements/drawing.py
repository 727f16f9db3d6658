"""Where the stations of an agreement lie on its line, and which of them it has passed."""

from typing import Any

from .words import LINE

FIRST, LAST = 3, 97
"""Where the line's first and last station lie, in percent."""


def drawn(state: str, *, key: str) -> dict[str, Any] | None:
    """Return the stations with their place, words and whether they were passed; None for what left the line."""
    if state not in LINE:
        return None
    codes = list(LINE)
    here, step = codes.index(state), (LAST - FIRST) / (len(codes) - 1)
    return {
        "key": key,
        "here": LINE[state],
        "stations": [
            {
                "words": LINE[code],
                "x": f"{FIRST + step * number:.2f}%",
                "y": 14 if number % 2 else 66,
                "anchor": "start" if not number else "end" if number == len(codes) - 1 else "middle",
                "passed": number < here,
                "now": number == here,
            }
            for number, code in enumerate(codes)
        ],
        "walked": f"{FIRST + step * here:.2f}%",
        "first": f"{FIRST}%",
        "last": f"{LAST}%",
    }
