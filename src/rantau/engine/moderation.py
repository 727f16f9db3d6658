"""School marks made comparable: a school's marks carry the order, a common test of the same pupils carries the level."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal, NamedTuple

from .canonical import Frozen
from .exact import nearest_root, variance

PRIOR = 20
"""A school of n pupils speaks for itself with the weight n / (n + 20); the rest is the nation's."""
FEWEST = 10
NARROWEST = 200
"""Below ten pupils, or a spread of marks (standard deviation) below 2.00 points, only the common test counts."""


Why = Literal["moderated", "few_pupils", "narrow_marks", "no_test"]


class Pupil(Frozen):
    """One pupil: own code, school, average of the school's marks and mark of the common test, both in hundredths.

    Without a common test there is nothing to compare with, and no moderated mark: not sitting it never pays.
    """

    code: str
    school: str
    mark: int
    test: int | None


class Moments(Frozen):
    """What a group's marks and tests come to, in whole numbers, so that groups add up and nothing is rounded on the way."""

    n: int
    marks: int
    marks_squared: int
    tests: int
    tests_squared: int


class Levels(Frozen):
    """Every school's moments and the nation's, frozen when the common test is over: who leaves later changes nothing."""

    schools: dict[str, Moments]
    national: Moments


class Moderated(Frozen):
    """One pupil's mark as the school gave it and as it compares, in hundredths, with `n` and the reason.

    `why` is `moderated`; `few_pupils` or `narrow_marks` where the common test stands alone; `no_test` without a value.
    """

    code: str
    raw: int
    moderated: int | None
    n: int
    why: Why


class _Level(NamedTuple):
    mark: Fraction
    mark_variance: Fraction
    test: Fraction
    test_variance: Fraction


def moments(pupils: Iterable[Pupil]) -> Moments:
    """Return the moments of those pupils who have both a mark and a common test."""
    both = [(p.mark, p.test) for p in pupils if p.test is not None]
    return Moments(
        n=len(both),
        marks=sum(mark for mark, _ in both),
        marks_squared=sum(mark * mark for mark, _ in both),
        tests=sum(test for _, test in both),
        tests_squared=sum(test * test for _, test in both),
    )


def freeze(pupils: Iterable[Pupil]) -> Levels:
    """Return the levels of everybody who sat the common test."""
    schools: dict[str, list[Pupil]] = {}
    for pupil in pupils:
        schools.setdefault(pupil.school, []).append(pupil)
    everybody = [pupil for group in schools.values() for pupil in group]
    return Levels(
        schools={school: moments(group) for school, group in sorted(schools.items())}, national=moments(everybody)
    )


def moderate(pupil: Pupil, *, levels: Levels, maximum: int = 10000) -> Moderated:
    """Return a pupil's moderated mark.

    `m' = mean_T + sd_T x (m - mean_m) / sd_m`, where T is the common test of the same school's pupils, and each mean and
    variance is `w x school + (1 - w) x national` with `w = n / (n + 20)`. Rounded once, kept within 0 and `maximum`.
    """
    own = levels.schools.get(pupil.school, moments(()))
    why = _why(pupil, own)
    value = pupil.test
    if why == "moderated":
        value = _moved(pupil.mark, _shrunk(own, levels.national), maximum)
    return Moderated(code=pupil.code, raw=pupil.mark, moderated=value, n=own.n, why=why)


def _why(pupil: Pupil, own: Moments) -> Why:
    if pupil.test is None:
        return "no_test"
    if own.n < FEWEST:
        return "few_pupils"
    if variance(own.n, own.marks, own.marks_squared) < NARROWEST**2:
        return "narrow_marks"
    return "moderated"


def _shrunk(own: Moments, national: Moments) -> _Level:
    """Return the school's means and variances, drawn towards the nation's."""
    weight = Fraction(own.n, own.n + PRIOR)
    here, there = _level(own), _level(national)
    return _Level(*(weight * a + (1 - weight) * b for a, b in zip(here, there, strict=True)))


def _level(group: Moments) -> _Level:
    return _Level(
        mark=Fraction(group.marks, group.n),
        mark_variance=variance(group.n, group.marks, group.marks_squared),
        test=Fraction(group.tests, group.n),
        test_variance=variance(group.n, group.tests, group.tests_squared),
    )


def _moved(mark: int, level: _Level, maximum: int) -> int:
    away = mark - level.mark
    square = level.test_variance / level.mark_variance * away * away
    return min(max(nearest_root(level.test, square, sign=1 if away >= 0 else -1), 0), maximum)
