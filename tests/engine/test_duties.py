"""When a duty is owed, by whom, and how it stands."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.clauses import DutyTerm, Timing
from rantau.engine.duties import MOST, dates, standing
from rantau.engine.known import Text

STARTS, ENDS = dt.date(2026, 3, 2), dt.date(2031, 3, 1)


def _term(**timing):
    words = Text(id="Menyerahkan berkas")
    return DutyTerm(code="pay-file", owner="employer", what=words, evidence=words, timing=Timing(**timing))


def _dates(milestones=None, starts=STARTS, ends=ENDS, **timing):
    return dates(_term(**timing), starts=starts, ends=ends, milestones=milestones or {})


def test_a_duty_owed_once():
    assert _dates(days=14) == (dt.date(2026, 3, 16),)
    assert _dates({"departure": dt.date(2026, 9, 15)}, days=3, after="departure") == (dt.date(2026, 9, 18),)
    assert _dates({"departure": dt.date(2026, 9, 15)}, days=30, before="departure") == (dt.date(2026, 8, 16),)


def test_a_day_before_the_agreement_is_in_force_is_its_first_day():
    assert _dates({"departure": dt.date(2026, 3, 20)}, days=30, before="departure") == (STARTS,)
    assert _dates({"selection": dt.date(2025, 1, 1)}, days=30, after="selection") == (STARTS,)
    assert _dates({"departure": dt.date(2020, 1, 1)}, after="departure", every="year")[0] == dt.date(2027, 1, 5)


@pytest.mark.parametrize(
    "timing", [{"before": "departure"}, {"after": "departure"}, {"after": "departure", "every": "half"}]
)
def test_a_milestone_without_a_day_gives_no_date_and_one_that_is_not_there_no_duty(timing):
    assert _dates({"departure": None}, days=1, **timing) == (None,)
    assert _dates({"selection": STARTS}, days=1, **timing) == ()


def test_periods_that_end_while_the_agreement_is_in_force():
    assert _dates(every="month", ends=dt.date(2026, 5, 31)) == tuple(dt.date(2026, month, 5) for month in (4, 5, 6))
    assert _dates(every="month", ends=dt.date(2026, 5, 30)) == tuple(dt.date(2026, month, 5) for month in (4, 5))
    assert _dates(every="quarter", day=15, ends=dt.date(2026, 12, 31)) == (
        dt.date(2026, 4, 15),
        dt.date(2026, 7, 15),
        dt.date(2026, 10, 15),
        dt.date(2027, 1, 15),
    )
    assert _dates(every="half", day=1, ends=dt.date(2027, 3, 1)) == (dt.date(2026, 7, 1), dt.date(2027, 1, 1))
    assert _dates(every="year", day=28)[-1] == dt.date(2031, 1, 28)
    assert _dates({"departure": dt.date(2026, 9, 15)}, after="departure", every="quarter")[0] == dt.date(2026, 10, 5)
    assert _dates({"departure": dt.date(2032, 1, 1)}, after="departure", every="quarter") == ()


def test_a_period_that_ended_on_the_first_day_counts():
    assert _dates(every="month", starts=dt.date(2026, 3, 31), ends=dt.date(2026, 4, 1)) == (dt.date(2026, 4, 5),)
    assert _dates(every="month", starts=dt.date(2026, 4, 1), ends=dt.date(2026, 4, 1)) == ()


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)),
    st.integers(0, 4000),
    st.sampled_from(["month", "quarter", "half", "year"]),
    st.integers(1, 28),
)
def test_every_period_once_and_never_too_many(starts, length, every, day):
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[every]
    found = _dates(starts=starts, ends=starts + dt.timedelta(days=length), every=every, day=day)
    assert len(found) <= MOST
    assert {on.day for on in found} <= {day}
    assert {(on.month - 1) % months for on in found} <= {0}
    numbers = [(on.year * 12 + on.month) for on in found]
    assert numbers == list(range(numbers[0], numbers[0] + months * len(numbers), months)) if numbers else True
    assert all(starts < on.replace(day=1) <= starts + dt.timedelta(days=length + 1) for on in found)


def test_at_most_so_often():
    assert len(_dates(every="month", ends=dt.date(2040, 1, 1))) == MOST == 120


@pytest.mark.parametrize(
    ("due", "state", "expected"),
    [
        (None, "open", "waiting"),
        (dt.date(2026, 5, 16), "open", "due"),
        (dt.date(2026, 5, 15), "open", "soon"),
        (dt.date(2026, 5, 1), "open", "soon"),
        (dt.date(2026, 4, 30), "open", "late"),
        (dt.date(2026, 4, 30), "late", "late"),
        (dt.date(2026, 6, 30), "late", "late"),
        (dt.date(2026, 4, 30), "done", "done"),
        (None, "done", "done"),
        (dt.date(2026, 4, 30), "excused", "excused"),
        (None, "ended", "ended"),
    ],
)
def test_standing(due, state, expected):
    assert standing(due, dt.date(2026, 5, 1), state) == expected
