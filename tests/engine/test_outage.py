"""Deadlines after an outage: never earlier, equal ones equal, in their order, once; and reminders in their windows."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.outage import Outage, counted, end, moved, together
from rantau.engine.reminding import LEAST, MOST, soon

ZONE = dt.timezone(dt.timedelta(hours=7))
START = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)
instants = st.integers(0, 40 * 86400).map(lambda seconds: START + seconds * SECOND)
outages = st.tuples(instants, st.integers(1, 14 * 86400)).map(
    lambda drawn: Outage(from_at=drawn[0], until_at=drawn[0] + drawn[1] * SECOND)
)


@given(st.lists(instants, min_size=2, max_size=5), outages)
def test_nobody_loses_time_and_nobody_overtakes(deadlines, outage):
    after = [moved(one, outage, ZONE) for one in sorted(deadlines)]
    assert after == sorted(after)
    assert all(new >= old for new, old in zip(after, sorted(deadlines), strict=True))
    assert [moved(one, outage, ZONE) for one in after] == after


@given(instants, outages)
def test_who_was_touched_has_a_day_and_what_was_lost_and_who_was_not_keeps_the_day(deadline, outage):
    lost, after = outage.until_at - outage.from_at, moved(deadline, outage, ZONE)
    if deadline < outage.from_at:
        assert after == deadline
    else:
        assert after >= outage.until_at + max(lost, DAY) - SECOND
    if after != deadline:
        assert after == end(outage, ZONE)
        local = after.astimezone(ZONE)
        assert (local.hour, local.minute, local.second, local.microsecond) == (23, 59, 59, 0)
        assert after - outage.until_at < max(lost, DAY) + DAY


@given(instants, st.integers(2, 60 * 86400))
def test_a_reminder_comes_in_the_second_half_of_its_window_and_not_earlier_than_a_week_before_the_end(begins, seconds):
    ends = begins + seconds * SECOND
    at = soon(begins, ends)
    assert begins + (ends - begins) / 2 <= at < ends
    assert ends - at <= MOST
    assert ends - at >= min(LEAST, (ends - begins) / 2) - SECOND


@pytest.mark.parametrize(
    ("deadline", "touched"),
    [("2026-06-05T09:59:59", False), ("2026-06-05T10:00:00", True), ("2026-06-06T23:59:58", True)],
)
def test_an_outage_touches_what_falls_between_its_beginning_and_the_new_day(deadline, touched):
    outage = Outage(
        from_at=dt.datetime(2026, 6, 5, 10, tzinfo=ZONE), until_at=dt.datetime(2026, 6, 5, 10, 30, tzinfo=ZONE)
    )
    at = dt.datetime.fromisoformat(deadline).replace(tzinfo=ZONE)
    last = dt.datetime(2026, 6, 6, 23, 59, 59, tzinfo=ZONE)
    assert moved(at, outage, ZONE) == (last if touched else at)
    assert moved(last + SECOND, outage, ZONE) == last + SECOND


def test_counts_of_several_areas_are_one():
    found = together(counted("a", moved=2, missed=0), counted("b", moved=0, missed=1), counted("c", moved=0, missed=0))
    assert (found.moved, found.missed) == ({"a": 2}, {"b": 1})
