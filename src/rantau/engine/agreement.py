"""How well examiners agree: Krippendorff's alpha, intraclass correlations and Cronbach's alpha, in exact fractions."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Literal

from .refusal import Refusal

GOOD, PROVISIONAL, CONSISTENT = Fraction(4, 5), Fraction(667, 1000), Fraction(7, 10)
"""From what alpha and ICC(2,k) are relied on, from what alpha is relied on for now, and Cronbach's for a paper."""

Ratings = Sequence[Sequence[Fraction | None]]
"""Rows are items, columns are raters; None is a rating that was not given."""


def alpha(ratings: Ratings, metric: str) -> Fraction:
    """Return Krippendorff's alpha, `1 - observed / expected disagreement`; missing ratings are left out.

    Squared differences of two values by metric: nominal 0 or 1; ordinal, of their mid-ranks among all pairable values;
    interval, `(a - b)^2`; ratio, `((a - b) / (a + b))^2`, for values from zero upwards.

    :raises Refusal: `scoring.unpaired` when no item has two ratings, `scoring.no_variation` when all are the same
    Source: K. Krippendorff, Content Analysis (2004), chapter 11.
    """
    items = [Counter(value for value in row if value is not None) for row in ratings]
    items = [values for values in items if values.total() > 1]
    everything: Counter[Fraction] = sum(items, Counter())
    if not everything:
        raise Refusal("scoring.unpaired")
    if len(everything) == 1:
        raise Refusal("scoring.no_variation")
    apart = _distance(metric, everything)
    n = everything.total()
    observed = sum((apart(values) / (values.total() - 1) for values in items), Fraction(0)) / n
    return 1 - observed / (apart(everything) / (n * (n - 1)))


def _distance(metric: str, everything: Counter[Fraction]) -> Callable[[Counter[Fraction]], Fraction]:
    """Return what sums the squared differences of all ordered pairs among counted values."""
    if metric == "nominal":
        return lambda values: Fraction(values.total() ** 2 - sum(n * n for n in values.values()))
    if metric == "ratio":
        return _relative
    if metric == "interval":
        return lambda values: _squared(values, {value: value for value in values})
    order = sorted(everything)
    upto = accumulate(everything[value] for value in order)
    ranks = {value: Fraction(2 * end - everything[value], 2) for value, end in zip(order, upto, strict=True)}
    return lambda values: _squared(values, ranks)


def _squared(values: Counter[Fraction], position: Mapping[Fraction, Fraction]) -> Fraction:
    total = sum((n * position[value] for value, n in values.items()), Fraction(0))
    squares = sum((n * position[value] ** 2 for value, n in values.items()), Fraction(0))
    return 2 * (values.total() * squares - total * total)


def _relative(values: Counter[Fraction]) -> Fraction:
    found = Fraction(0)
    for a, m in values.items():
        for b, n in values.items():
            if a != b:
                found += m * n * ((a - b) / (a + b)) ** 2
    return found


def icc(ratings: Ratings) -> dict[str, Fraction | None]:
    """Return the six intraclass correlations of complete ratings, None where one would divide by zero.

    ICC(1,·): each item has raters of its own; (2,·): the raters stand for others; (3,·): these raters and no others.
    (·,1) speaks of one rater's rating, (·,k) of the mean of all.

    :raises Refusal: `scoring.incomplete` for a missing rating, fewer than two items or raters
    Source: P. E. Shrout and J. L. Fleiss, Psychological Bulletin 86 (1979), 420-428.
    """
    n, k = len(ratings), len(ratings[0]) if ratings else 0
    values = [[value for value in row if value is not None] for row in ratings]
    if n < 2 or k < 2 or any(len(row) != k for row in values):
        raise Refusal("scoring.incomplete", items=n, raters=k)
    everything = sum((sum(row, Fraction(0)) for row in values), Fraction(0))
    square = sum((value * value for row in values for value in row), Fraction(0))
    centre = everything**2 / (n * k)
    rows = sum((sum(row, Fraction(0)) ** 2 for row in values), Fraction(0)) / k - centre
    columns = sum((sum(column, Fraction(0)) ** 2 for column in zip(*values, strict=True)), Fraction(0)) / n - centre
    between, within = rows / (n - 1), (square - centre - rows) / (n * (k - 1))
    raters, rest = columns / (k - 1), (square - centre - rows - columns) / ((n - 1) * (k - 1))
    return {
        "ICC(1,1)": _part(between - within, between + (k - 1) * within),
        "ICC(1,k)": _part(between - within, between),
        "ICC(2,1)": _part(between - rest, between + (k - 1) * rest + k * (raters - rest) / n),
        "ICC(2,k)": _part(between - rest, between + (raters - rest) / n),
        "ICC(3,1)": _part(between - rest, between + (k - 1) * rest),
        "ICC(3,k)": _part(between - rest, between),
    }


def of_mean(single: Fraction, raters: int) -> Fraction:
    """Return the correlation of the mean of `raters` ratings from that of one (Spearman and Brown)."""
    return raters * single / (1 + (raters - 1) * single)


def cronbach(ratings: Ratings) -> Fraction:
    """Return Cronbach's alpha of a test: rows are people, columns are its questions, all answered.

    :raises Refusal: `scoring.incomplete`; `scoring.no_variation` when everybody has the same total
    """
    found = icc(ratings)["ICC(3,k)"]
    if found is None:
        raise Refusal("scoring.no_variation")
    return found


def standing(
    value: Fraction, *, good: Fraction = GOOD, provisional: Fraction = PROVISIONAL
) -> Literal["good", "provisional", "low"]:
    """Return how far a figure of agreement carries: relied on, relied on for now, or not to be used."""
    return "good" if value >= good else "provisional" if value >= provisional else "low"


def _part(above: Fraction, below: Fraction) -> Fraction | None:
    return above / below if below else None
