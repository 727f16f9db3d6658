"""Marks of different tests on one scale: against a frozen reference group, weighed, with the weights they truly carry."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from .canonical import Frozen
from .exact import covariance, nearest, nearest_root, variance
from .refusal import Refusal
from .scoring import half_even

CENTRE, DEVIATION, FURTHEST = 5000, 1000, 3000
"""The scale in tenths: mean 500.0, standard deviation 100.0, nobody further than 300.0 from the mean."""


class Group(Frozen):
    """A reference group, frozen: how many were tested, the sum of their marks and of the squares (hundredths)."""

    n: int
    total: int
    squares: int


class Gate(Frozen):
    """A condition beside the score: the lowest mark (hundredths) that passes. It opens or closes and weighs nothing."""

    code: str
    minimum: int


class Weights(Frozen):
    """What each criterion was meant to weigh and what it weighs, in hundredths of a per cent, each rounded once.

    The effective weight is a share of the composite's variance; none (`no_variation`) where all composites are equal.
    """

    nominal: dict[str, int]
    effective: dict[str, int]
    why: str = ""


def freeze(marks: Iterable[int]) -> Group:
    """Return the reference group of these marks: everybody tested in that field and session.

    The group stays as it was: people who withdraw later, or come later, change nobody's score.

    :raises Refusal: `scoring.reference` when there is no spread to measure by
    """
    kept = list(marks)
    group = Group(n=len(kept), total=sum(kept), squares=sum(mark * mark for mark in kept))
    if len(set(kept)) < 2:
        raise Refusal("scoring.reference", n=group.n)
    return group


def standardise(mark: int, group: Group) -> int:
    """Return a mark on the common scale, in tenths: `500 + 100 x (mark - mean) / sd`, between 200.0 and 800.0.

    The standard deviation is the group's own (divided by n). Exact, rounded once to a tenth, half to even.
    """
    away = mark - Fraction(group.total, group.n)
    square = (DEVIATION * away) ** 2 / variance(group.n, group.total, group.squares)
    found = nearest_root(Fraction(CENTRE), square, sign=1 if away >= 0 else -1)
    return min(max(found, CENTRE - FURTHEST), CENTRE + FURTHEST)


def composite(scores: Mapping[str, int], weights: Mapping[str, int]) -> int:
    """Return the weighted mean of standardised scores (tenths) in hundredths of the same scale, rounded once.

    :raises Refusal: `scoring.weights` unless the weights are positive whole numbers that sum to 100
    """
    _check(weights)
    return half_even(sum(weight * scores[code] for code, weight in weights.items()), 10)


def closed(marks: Mapping[str, int], gates: Sequence[Gate]) -> str:
    """Return the first gate that stays closed, `absent:<code>` or `below:<code>`; empty when all are open."""
    for gate in gates:
        if gate.code not in marks:
            return f"absent:{gate.code}"
        if marks[gate.code] < gate.minimum:
            return f"below:{gate.code}"
    return ""


def weigh(rows: Sequence[Mapping[str, int]], weights: Mapping[str, int]) -> Weights:
    """Return nominal and effective weights: `w_i x cov(score_i, composite) / var(composite)` over the rows.

    A test on which all are alike decides nothing, whatever it was meant to weigh. The shares sum to one before they are
    rounded, and one can be negative: a test that ranks people against the others.

    :raises Refusal: `scoring.weights`
    """
    _check(weights)
    nominal = {code: 100 * weight for code, weight in weights.items()}
    whole = [sum(weight * row[code] for code, weight in weights.items()) for row in rows]
    if len(set(whole)) < 2:
        return Weights(nominal=nominal, effective={}, why="no_variation")
    of_all = covariance(whole, whole)
    share = {code: weight * covariance([row[code] for row in rows], whole) / of_all for code, weight in weights.items()}
    return Weights(nominal=nominal, effective={code: nearest(10000 * part) for code, part in share.items()})


def _check(weights: Mapping[str, int]) -> None:
    if sum(weights.values()) != 100 or min(weights.values()) < 1:
        raise Refusal("scoring.weights", weights=dict(weights))
