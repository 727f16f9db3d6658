"""School marks made comparable: exact roots, the school's order at the common test's level, and when it stands alone."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rantau.engine.exact import nearest_root
from rantau.engine.moderation import Levels, Moderated, Moments, Pupil, freeze, moderate, moments

VECTORS = json.loads((Path(__file__).parent / "vectors" / "comparable.json").read_text())["moderation"]
fraction = st.fractions(-100, 100, max_denominator=60)
mark = st.integers(0, 10000)


def pupils(groups, school="S"):
    """Return pupils by (mark, test, how many)."""
    many = [(mark, test) for mark, test, count in groups for _ in range(count)]
    return [Pupil(code=f"{school}-{i:03}", school=school, mark=m, test=t) for i, (m, t) in enumerate(many)]


def at_most(base, square, sign, bound):
    """Tell exactly whether base + sign x sqrt(square) <= bound."""
    room = bound - base
    if sign > 0:
        return room >= 0 and square <= room * room
    return room >= 0 or square >= room * room


@given(fraction, st.fractions(0, 100, max_denominator=60), st.sampled_from([1, -1]))
def test_a_root_is_rounded_to_the_nearest_and_half_way_to_the_even(base, square, sign):
    found, half = nearest_root(base, square, sign=sign), Fraction(1, 2)
    assert at_most(base, square, sign, found + half)
    assert at_most(-base, square, -sign, -(found - half))
    on_a_half = [bound for bound in (found + half, found - half) if (bound - base) ** 2 == square]
    if any((bound - base) * sign >= 0 for bound in on_a_half):
        assert found % 2 == 0


@given(fraction, fraction, st.sampled_from([1, -1]))
def test_a_root_that_is_a_fraction_is_rounded_like_one(base, root, sign):
    assert nearest_root(base, root * root, sign=sign) == round(base + sign * abs(root))


def test_nothing_negative_has_a_root():
    with pytest.raises(ValueError, match="no square root"):
        nearest_root(Fraction(0), Fraction(-1))


@pytest.mark.parametrize("vector", VECTORS["pupils"], ids=str)
def test_golden_pupils(vector):
    levels = Levels(schools={"S": moments(pupils(vector["school"]))}, national=moments(pupils(VECTORS["national"])))
    pupil = Pupil(code="A", school="S", mark=vector["mark"], test=vector["test"])
    n = sum(count for *_, count in vector["school"])
    expected = Moderated(code="A", raw=vector["mark"], moderated=vector["moderated"], n=n, why=vector["why"])
    assert moderate(pupil, levels=levels) == expected


@given(st.lists(st.tuples(st.sampled_from("XY"), mark, st.none() | mark), max_size=30), st.randoms())
def test_the_order_of_pupils_never_matters(rows, shuffler):
    everybody = [Pupil(code=f"{i:03}", school=s, mark=m, test=t) for i, (s, m, t) in enumerate(rows)]
    levels = freeze(everybody)
    shuffler.shuffle(everybody)
    assert freeze(everybody) == levels
    assert levels.national.n == sum(group.n for group in levels.schools.values())


def _grown(low, high, tests):
    """Return 24 pupils of one school with marks between low and high beside given tests."""
    return [
        Pupil(code=f"{i:02}", school="S", mark=low + (high - low) * i // 23, test=tests[i % len(tests)])
        for i in range(24)
    ]


@given(mark, mark, st.lists(mark, min_size=2, max_size=8))
def test_a_higher_mark_in_one_school_never_ends_below_a_lower_one(low, high, tests):
    assume(high - low > 1500)
    group = _grown(low, high, tests)
    levels = freeze([*group, *pupils(VECTORS["national"], "N")])
    moved = [moderate(pupil, levels=levels) for pupil in group]
    assert {m.why for m in moved} == {"moderated"}
    assert [m.moderated for m in moved] == sorted(m.moderated for m in moved)
    assert all(0 <= m.moderated <= 10000 for m in moved)


@given(st.integers(0, 3000), st.lists(st.integers(3000, 6000), min_size=2, max_size=6))
def test_marks_that_a_school_adds_to_everybody_count_at_most_by_the_nation_s_share(extra, tests):
    national = moments(pupils(VECTORS["national"], "N"))
    fair, kind = (
        [moderate(p, levels=Levels(schools={"S": moments(group)}, national=national), maximum=10**6) for p in group]
        for group in (_grown(4000, 7000, tests), _grown(4000 + extra, 7000 + extra, tests))
    )
    own = moments(_grown(4000, 7000, tests))
    share = Fraction(20, own.n + 20)
    weights = (1 - share, share)
    level = [
        sum(
            w * Fraction(g.n * squares - total * total, g.n * g.n)
            for w, (g, total, squares) in zip(weights, two, strict=True)
        )
        for two in (
            [(own, own.tests, own.tests_squared), (national, national.tests, national.tests_squared)],
            [(own, own.marks, own.marks_squared), (national, national.marks, national.marks_squared)],
        )
    ]
    most = nearest_root(Fraction(0), (share * extra) ** 2 * level[0] / level[1])
    assert {k.why for k in kind} == {"moderated"}
    assert all(abs(k.moderated - f.moderated - most) <= 2 or f.moderated == 0 for f, k in zip(fair, kind, strict=True))


def test_whoever_leaves_after_the_freeze_changes_nobody():
    group = pupils([(8000, 4000, 10), (9000, 6000, 10)])
    levels = freeze(group)
    before = [moderate(pupil, levels=levels) for pupil in group[1:]]
    assert levels.schools == {"S": moments(group)}
    assert moments(group[1:]) != moments(group)
    assert [moderate(pupil, levels=levels) for pupil in group[1:]] == before


def test_a_school_that_nobody_knows_leaves_the_common_test():
    nobody = Moments(n=0, marks=0, marks_squared=0, tests=0, tests_squared=0)
    pupil = Pupil(code="A", school="new", mark=9000, test=5000)
    found = moderate(pupil, levels=Levels(schools={}, national=nobody))
    assert (found.moderated, found.n, found.why) == (5000, 0, "few_pupils")
