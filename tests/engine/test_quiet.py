"""Nobody is woken by a message that can wait, and none waits longer than ten hours."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.quiet import LONGEST, awake
from rantau.people.contacts import ZONES

NIGHT = {"evening": 21, "morning": 7}
INSTANTS = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2040, 1, 1), timezones=st.just(dt.UTC))


@given(at=INSTANTS, name=st.sampled_from(ZONES))
def test_nothing_arrives_in_quiet_hours_and_nothing_waits_longer_than_a_night(at, name):
    zone = ZoneInfo(name)
    then = awake(at, zone=zone, **NIGHT)
    assert 7 <= then.astimezone(zone).hour < 21
    assert dt.timedelta(0) <= then - at <= LONGEST
    if 7 <= at.astimezone(zone).hour < 21:
        assert then == at


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ("2026-06-01T20:59:59", "2026-06-01T20:59:59"),
        ("2026-06-01T21:00:00", "2026-06-02T07:00:00"),
        ("2026-12-31T23:30:00", "2027-01-01T07:00:00"),
        ("2026-06-02T00:00:00", "2026-06-02T07:00:00"),
        ("2026-06-02T06:59:59", "2026-06-02T07:00:00"),
        ("2026-06-02T07:00:00", "2026-06-02T07:00:00"),
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Europe/Moscow"])
def test_the_night_ends_at_seven_where_the_person_is(zone, local, expected):
    there = ZoneInfo(zone)
    at, then = (dt.datetime.fromisoformat(text).replace(tzinfo=there) for text in (local, expected))
    assert awake(at, zone=there, **NIGHT) == then


def test_without_quiet_hours_nothing_waits():
    at = dt.datetime(2026, 6, 1, 20, tzinfo=dt.UTC)
    assert awake(at, zone=ZoneInfo("Asia/Jakarta"), evening=0, morning=0) == at
