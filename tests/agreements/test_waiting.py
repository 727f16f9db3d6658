"""Duties that wait for a milestone: they get their day when it is reached, and the repeated ones begin then."""

import datetime as dt

import pytest

from rantau.agreements.models import Duty
from rantau.programmes.queries import day
from tests.agreements import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return build.world()


def term(w, code):
    found = Duty.objects.filter(programme=w.programme, term=code).order_by("number")
    return [(one.number, one.due_at and str(day(one.due_at)), one.state) for one in found]


def test_what_is_owed_before_a_milestone_looks_at_the_announced_day(w):
    build.in_force(w, "implementing_arrangement")
    assert term(w, "sanctions-check") == [(1, "2026-08-02", "open")]  # 30 days before 1 September


def test_what_is_owed_after_a_milestone_waits_for_it(w):
    build.in_force(w, "implementing_arrangement")
    before = Duty.objects.count()
    assert (term(w, "arrival-report"), term(w, "study-report")) == ([(1, None, "open")], [(1, None, "open")])
    assert Duty.objects.get(term="study-report").waits_for == "departure"
    build.due(w, dt.datetime(2026, 9, 20, tzinfo=dt.UTC))
    assert term(w, "arrival-report") == [(1, None, "open")]
    build.due(w, dt.datetime(2026, 9, 21, tzinfo=dt.UTC), departure=dt.date(2026, 9, 19))
    assert term(w, "arrival-report") == [(1, "2026-09-22", "open")]
    assert term(w, "study-report")[:3] == [
        (1, "2026-10-10", "open"),
        (2, "2026-11-10", "open"),
        (3, "2026-12-10", "open"),
    ]
    begun = Duty.objects.count()
    assert begun > before
    assert build.due(w, dt.datetime(2026, 9, 21, tzinfo=dt.UTC), departure=dt.date(2026, 9, 19)) == 0
    assert Duty.objects.count() == begun
