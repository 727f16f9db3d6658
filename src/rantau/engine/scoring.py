"""Marks into scores: means, two examiners and a third, weighted totals, and who is called; one rounding each."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, Protocol

from .canonical import Frozen
from .refusal import Refusal


class Weighed(Protocol):
    """What a total needs of a criterion: its code, its highest mark (hundredths), its weight (of 100)."""

    @property
    def code(self) -> str: ...
    @property
    def maximum(self) -> int: ...
    @property
    def weight(self) -> int: ...


class Settled(Frozen):
    """The mark that examiners arrived at, in hundredths; no value while a third examiner has to look."""

    value: int | None
    needs_third: bool


def half_even(numerator: int, denominator: int) -> int:
    """Return the nearest integer to a fraction with a positive denominator; exactly between two, the even one."""
    whole, rest = divmod(numerator, denominator)
    up = 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1)
    return whole + up


def mean(values: Sequence[int]) -> int:
    """Return the mean of marks in hundredths, rounded once, half to even.

    :raises Refusal: `scoring.empty` when there is nothing to average
    """
    if not values:
        raise Refusal("scoring.empty")
    return half_even(sum(values), len(values))


def closest(marks: Mapping[str, int]) -> dict[str, int]:
    """Return the marks that count, by examiner: both of two; of three the two that lie closest, ties upward.

    :raises Refusal: `scoring.examiners` for any other number of marks
    """
    if len(marks) not in (2, 3):
        raise Refusal("scoring.examiners", marks=len(marks))
    order = sorted(marks, key=lambda who: (marks[who], who))
    if len(order) == 2:
        return {who: marks[who] for who in order}
    low, middle, high = (marks[who] for who in order)
    kept = order[:2] if middle - low < high - middle else order[1:]
    return {who: marks[who] for who in kept}


def settle(marks: Sequence[int], *, tolerance: int | None, gate: int | None = None) -> Settled:
    """Return what two or three examiners' marks (hundredths) come to.

    Two marks: their mean, or a third examiner when they differ by more than `tolerance` (None: never) or lie on
    different sides of `gate`, the lowest mark that passes (None: no gate). Three marks: the mean of the two that lie
    closest; when both gaps are equal, of the upper two.

    :raises Refusal: `scoring.examiners` for any other number of marks
    """
    kept = closest({str(i): mark for i, mark in enumerate(marks)})
    if len(marks) == 2:
        low, high = sorted(marks)
        apart = tolerance is not None and high - low > tolerance
        if apart or (gate is not None and low < gate <= high):
            return Settled(value=None, needs_third=True)
    return Settled(value=mean(tuple(kept.values())), needs_third=False)


class Counted(Frozen):
    """The marks of a piece that count, by examiner, or whose marks it waits for: the `pair`'s or the `third`'s.

    `third` tells whether a third examiner's mark was weighed, be it among those that count or not.
    """

    marks: dict[str, int] = {}
    waits: Literal["", "pair", "third"] = ""
    third: bool = False


def counted(
    pair: Mapping[str, int | None],
    third: int | None,
    *,
    name: str,
    tolerance: int | None,
    gate: int | None,
    again: bool = False,
) -> Counted:
    """Return which marks of a piece count: the pair's, or with the third's (of `name`) the two that lie closest.

    The third's mark counts only where `settle` asks for it, or where the piece is looked at `again`: nobody may choose
    afterwards which marks to take.

    :raises Refusal: `scoring.examiners` unless the pair is two
    """
    given = {who: mark for who, mark in pair.items() if mark is not None}
    if len(pair) != 2:
        raise Refusal("scoring.examiners", marks=len(pair))
    if len(given) < 2:
        return Counted(waits="pair")
    if not again and not settle(tuple(given.values()), tolerance=tolerance, gate=gate).needs_third:
        return Counted(marks=given)
    return Counted(waits="third") if third is None else Counted(marks=closest({**given, name: third}), third=True)


def total(marks: Mapping[str, int], criteria: Sequence[Weighed]) -> int:
    """Return the weighted total in hundredths of 100 points: the sum of weight x mark / maximum, rounded once.

    Marks and maxima are in hundredths, weights are whole and sum to 100, so the result lies between 0 and 10000.
    """
    common = math.lcm(*(c.maximum for c in criteria))
    return half_even(sum(100 * c.weight * marks[c.code] * (common // c.maximum) for c in criteria), common)


def call(rows: Iterable[tuple[str, int]], places: int) -> tuple[str, ...]:
    """Return the codes called to the next stage: the best `places` by average and everyone tied with the last of them.

    Rows are (code, average in hundredths); the answer is ordered by average, then code. No lot decides here.
    """
    order = sorted(rows, key=lambda row: (-row[1], row[0]))
    if places < 1 or len(order) <= places:
        return tuple(code for code, _ in order[: max(places, 0)])
    cut = order[places - 1][1]
    return tuple(code for code, average in order if average >= cut)
