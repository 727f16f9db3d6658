"""Ratings read from a file, and what `rantau agreement` answers: canonical JSON with numbers of at most six decimals."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from .agreement import Ratings, alpha, icc
from .canonical import canonical
from .exact import nearest
from .refusal import Refusal
from .shape import Unreadable, fit, parse, text

FORMAT = "rantau.agreement/1"
METRICS = ("nominal", "ordinal", "interval", "ratio")
LONGEST = 30
"""Digits before and after the point that a rating may have: more is no measurement, and would take ages."""
PLACES = 6


def read(data: bytes) -> tuple[list[list[Fraction | None]], str]:
    """Return ratings and metric from JSON, `{"ratings": [[…]], "metric": "interval"}`; the metric may be left out.

    :raises Unreadable: with the path of the first value that does not fit
    """
    file = parse(data, decimals=True)
    fit(file, {"ratings": [lambda row: type(row) is list], "metric?": text})
    metric = file.get("metric", "interval")
    if metric not in METRICS:
        raise Unreadable("metric", "should be nominal, ordinal, interval or ratio")
    rows = file["ratings"]
    for i, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise Unreadable(f"ratings[{i}]", f"should have {len(rows[0])} ratings, as the first row has")
    return [[_rating(v, metric, f"ratings[{i}][{j}]") for j, v in enumerate(row)] for i, row in enumerate(rows)], metric


def _rating(value: Any, metric: str, path: str) -> Fraction | None:
    if value is None:
        return None
    if type(value) not in (int, Decimal):
        raise Unreadable(path, "should be a number or null")
    parts = Decimal(value).as_tuple()
    if len(parts.digits) + int(parts.exponent) > LONGEST or int(parts.exponent) < -LONGEST:
        raise Unreadable(path, f"should have at most {LONGEST} digits before the point, and after it")
    if metric == "ratio" and value < 0:
        raise Unreadable(path, "should not be negative on a ratio scale")
    return Fraction(value)


def answer(ratings: Ratings, metric: str) -> dict[str, Any]:
    """Return the agreement of the ratings: alpha, and the intraclass correlations where the ratings are complete.

    Where a figure does not exist it is None, and `why` (`icc_why`) says it: `unpaired`, `no_variation`, `incomplete`.
    `pairable` counts the ratings of items that have at least two.
    """
    given = [sum(value is not None for value in row) for row in ratings]
    found: dict[str, Any] = {
        "format": FORMAT,
        "metric": metric,
        "items": len(ratings),
        "raters": len(ratings[0]) if ratings else 0,
        "pairable": sum(n for n in given if n > 1),
    }
    try:
        found["alpha"] = alpha(ratings, metric)
    except Refusal as refusal:
        found |= {"alpha": None, "why": refusal.code.removeprefix("scoring.")}
    try:
        correlations = icc(ratings)
    except Refusal as refusal:
        return found | {"icc": None, "icc_why": refusal.code.removeprefix("scoring.")}
    if all(value is None for value in correlations.values()):
        return found | {"icc": None, "icc_why": "no_variation"}
    return found | {"icc": correlations}


def dump(found: dict[str, Any]) -> bytes:
    """Return the answer's bytes: canonical JSON with `format` first and a line feed at the end."""
    rest = {key: value for key, value in found.items() if key != "format"}
    return b'{"format":' + canonical(found["format"]) + b"," + _plain(rest)[1:] + b"\n"


def _plain(value: Any) -> bytes:
    if isinstance(value, Fraction):
        return decimal(value).encode()
    if isinstance(value, dict):
        return b"{" + b",".join(canonical(key) + b":" + _plain(value[key]) for key in sorted(value)) + b"}"
    return canonical(value)


def decimal(value: Fraction) -> str:
    """Return a fraction as a decimal number, rounded once to six places, half to even, without idle zeros."""
    scaled = nearest(value * 10**PLACES)
    whole, rest = divmod(abs(scaled), 10**PLACES)
    return f"{'-' if scaled < 0 else ''}{whole}.{rest:0{PLACES}}".rstrip("0").rstrip(".")
