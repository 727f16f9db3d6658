"""Exact values on their way out: fractions and square roots of fractions, rounded once to whole numbers, half to even."""

import math
from collections.abc import Sequence
from fractions import Fraction

from .scoring import half_even


def nearest(value: Fraction) -> int:
    """Return the nearest integer to a fraction; exactly between two, the even one."""
    return half_even(value.numerator, value.denominator)


def nearest_root(base: Fraction, square: Fraction, *, sign: int = 1) -> int:
    """Return the nearest integer to `base + sign x sqrt(square)`, half to even, without any approximation.

    Over one denominator d the value is (p + sign x sqrt(n)) / d with whole p, n, d. Where n is no square it is irrational
    and never half way, and the integer square root of 4n tells on which side of the half it lies.

    :raises ValueError: for a negative square
    """
    if square < 0:
        raise ValueError("a negative number has no square root")
    below = math.lcm(base.denominator, square.denominator)
    whole, under = int(base * below), int(square * below * below)
    root = math.isqrt(under)
    if root * root == under:
        return half_even(whole + sign * root, below)
    twice = math.isqrt(4 * under)
    return (2 * whole + below + (twice if sign > 0 else -twice - 1)) // (2 * below)


def variance(count: int, total: int, squares: int) -> Fraction:
    """Return the variance of whole numbers from how many, their sum, and the sum of their squares.

    It is divided by the count and not by one less: these very numbers are described, not a sample of others.
    """
    return Fraction(count * squares - total * total, count * count)


def covariance(left: Sequence[int | Fraction], right: Sequence[int | Fraction]) -> Fraction:
    """Return the covariance of two rows of numbers that belong together, divided by the count."""
    both = sum((Fraction(a) * b for a, b in zip(left, right, strict=True)), Fraction(0))
    return both / len(left) - Fraction(sum(left)) * Fraction(sum(right)) / len(left) ** 2
