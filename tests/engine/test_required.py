"""When a document is due, how long it holds, what cannot be true of it."""

import calendar
import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.known import Text, Unpublished
from rantau.engine.programme_departure import DocumentRule
from rantau.engine.required import Given, doubts, due, ends, months_later

HOME = ZoneInfo("Asia/Jakarta")
LEAVES = dt.datetime(2027, 6, 7, 9, 30, tzinfo=HOME)
TODAY, DEPARTS = dt.date(2027, 1, 10), dt.date(2027, 6, 7)
instants = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2034, 1, 1), timezones=st.just(HOME))
days = st.dates(dt.date(2020, 1, 1), dt.date(2034, 12, 31))


def rule(length=40, side="before", event="departure", unit="days", **more):
    """Return a rule of an invented document."""
    about = {"code": "x", "title": Text(id="X"), "phase": "student", "kind": "identity", "standing": "reading"}
    when = {"side": side, "event": event, "unit": unit, "length": length}
    return DocumentRule(**about, basis=Text(id="Rekaan."), due=when, **more)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (rule(0), dt.datetime(2027, 6, 7, 23, 59, 59, tzinfo=HOME)),
        (rule(40), dt.datetime(2027, 4, 28, 23, 59, 59, tzinfo=HOME)),
        (rule(1, "after"), dt.datetime(2027, 6, 8, 23, 59, 59, tzinfo=HOME)),
        (rule(24, "after", unit="hours"), dt.datetime(2027, 6, 8, 9, 30, tzinfo=HOME)),
        (rule(24, "before", unit="hours"), dt.datetime(2027, 6, 6, 9, 30, tzinfo=HOME)),
        (rule(Unpublished(owes="ministry")), None),
        (rule(40, event="arrival"), None),
    ],
)
def test_days_end_at_midnight_hours_run_from_the_instant_and_what_is_unknown_has_no_day(made, expected):
    assert due(made, {"departure": LEAVES, "arrival": None}) == expected


@given(event=instants, short=st.integers(0, 500), more=st.integers(0, 500), unit=st.sampled_from(("days", "hours")))
def test_a_longer_time_before_is_never_later_and_after_never_sooner(event, short, more, unit):
    events = {"departure": event}
    assert due(rule(short + more, unit=unit), events) <= due(rule(short, unit=unit), events)
    assert due(rule(short + more, "after", unit=unit), events) >= due(rule(short, "after", unit=unit), events)


@given(event=instants, number=st.integers(0, 83))
def test_a_day_gives_at_least_its_hours_and_less_than_one_day_more(event, number):
    by_days = due(rule(number, "after"), {"departure": event})
    by_hours = due(rule(number * 24, "after", unit="hours"), {"departure": event})
    assert dt.timedelta(0) <= by_days - by_hours + dt.timedelta(seconds=1) <= dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2027, 1, 31), 1, dt.date(2027, 2, 28)),
        (dt.date(2028, 1, 31), 1, dt.date(2028, 2, 29)),
        (dt.date(2028, 2, 29), 12, dt.date(2029, 2, 28)),
        (dt.date(2028, 2, 29), 48, dt.date(2032, 2, 29)),
        (dt.date(2026, 12, 31), 2, dt.date(2027, 2, 28)),
        (dt.date(2026, 5, 1), 60, dt.date(2031, 5, 1)),
    ],
)
def test_months_end_where_the_month_does(day, months, expected):
    assert months_later(day, months) == expected


@given(day=days, months=st.integers(1, 240))
def test_months_later_is_the_same_day_or_the_last_one_of_that_month(day, months):
    found = months_later(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == min(day.day, calendar.monthrange(found.year, found.month)[1])


def test_the_end_is_as_typed_else_reckoned_from_the_issue():
    issued, typed = dt.date(2026, 5, 1), dt.date(2030, 1, 1)
    assert ends(rule(valid=60), Given(issued_on=issued, expires_on=typed)) == typed
    assert ends(rule(valid=60), Given(issued_on=issued)) == dt.date(2031, 5, 1)
    assert ends(rule(valid=Unpublished(owes="x")), Given(issued_on=issued)) is None
    assert ends(rule(valid=60), Given()) is None


@pytest.mark.parametrize(
    ("issued", "expires", "departs", "expected"),
    [
        (dt.date(2026, 5, 1), dt.date(2031, 5, 1), DEPARTS, []),
        (TODAY, DEPARTS, DEPARTS, []),
        (None, None, None, [("issued_on", "required"), ("expires_on", "required")]),
        (dt.date(2027, 1, 11), dt.date(2031, 5, 1), DEPARTS, [("issued_on", "future")]),
        (dt.date(2026, 5, 1), dt.date(2026, 5, 1), DEPARTS, [("expires_on", "order")]),
        (dt.date(2026, 5, 1), dt.date(2027, 1, 9), DEPARTS, [("expires_on", "over")]),
        (dt.date(2026, 5, 1), TODAY, None, []),
        (dt.date(2026, 5, 1), dt.date(2027, 6, 6), DEPARTS, [("expires_on", "before_departure")]),
        (dt.date(2026, 5, 1), dt.date(2027, 6, 6), None, []),
    ],
)
def test_what_cannot_be_true_is_named_once_with_its_field(issued, expires, departs, expected):
    asked = rule(asks=("issued_on", "expires_on"))
    found = doubts(asked, Given(issued_on=issued, expires_on=expires), on=TODAY, departs_on=departs)
    assert [(one.field, one.code) for one in found] == expected


def test_what_was_not_asked_for_is_not_missed():
    assert doubts(rule(), Given(), on=TODAY, departs_on=DEPARTS) == ()
