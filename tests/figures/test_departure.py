"""What becomes of the sentence about the departure: a part of the seats, all of them in time, all of them late."""

import datetime as dt

import pytest

from rantau.departure.models import Clearance
from rantau.figures import queries
from rantau.programmes.queries import terms
from tests.departure import build
from tests.selection.build import DAY

pytestmark = pytest.mark.django_db


def left(w, *names, on):
    """Write that people left; leaving has tests of its own."""
    for name in names:
        Clearance.objects.filter(pk=build.way(w, name).pk).update(state="departed", departed_at=on)


def known(w, at):
    return [(one.says, one.on) for one in facts(w, at) if one.measure == "departure"]


def filled(w, at):
    return [one.says for one in facts(w, at) if one.measure == "seats.filled"]


def facts(w, at):
    return queries.evidence(terms(w.programme.version), w.intake, queries.accepted(w.intake), at=at)


def test_a_departure_is_kept_when_as_many_as_seats_left_in_time(at, chance):
    w = build.world(at, chance)
    said = terms(w.programme.version)
    assert said.seats.value == 4
    due = next((claim.due for claim in said.claims if claim.measure == "departure"), None)
    assert due is not None
    day = dt.datetime.combine(due, dt.time(3), tzinfo=dt.UTC)
    assert known(w, day) == []
    left(w, "ani", "budi", "citra", on=day - DAY)
    assert known(w, day) == [("partly", due - dt.timedelta(days=1))]
    assert filled(w, day) == ["kept"]
    left(w, "dedi", on=day)
    assert known(w, day) == [("kept", due)]
    left(w, "dedi", on=day + DAY)
    assert known(w, day) == [("partly", due - dt.timedelta(days=1))]
    assert known(w, day + DAY) == [("partly", due + dt.timedelta(days=1))]


def test_seats_are_filled_by_who_left_once_nobody_is_still_to_leave(at, chance):
    w = build.world(at, chance)
    left(w, "ani", "budi", "citra", on=w.at)
    assert filled(w, w.at) == ["kept"]
    Clearance.objects.filter(pk=build.way(w, "dedi").pk).update(state="withdrawn")
    assert filled(w, w.at) == ["partly"]
