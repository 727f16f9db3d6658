"""A way to departure begins with the accepted seat and ends with it, asks for what its rules ask, by days reckoned backwards."""

import datetime as dt

import pytest

from rantau.applications.models import Application
from rantau.departure import queries
from rantau.departure.actions import beginning
from rantau.departure.models import Clearance, Paper
from rantau.programmes.queries import day
from tests.departure import build

pytestmark = pytest.mark.django_db


def test_everybody_who_accepted_begins_once(at, chance):
    w = build.world(at, chance)
    begun = Clearance.objects.order_by("pk").values_list("application__state", "state")
    assert list(begun) == [("accepted", "preparing")] * 4
    assert build.begin(w) == 0


def test_documents_are_asked_by_days_reckoned_back_from_the_departure(at, chance):
    w = build.world(at, chance)
    asked = {one.kind: one.due_at and day(one.due_at) for one in queries.papers(build.way(w, "ani"))}
    assert asked == {
        "passport": dt.date(2027, 4, 28),
        "family-consent": dt.date(2027, 4, 28),
        "health": dt.date(2027, 5, 18),
        "study-visa": dt.date(2027, 5, 28),
    }


def test_a_document_after_the_arrival_is_asked_once_the_arrival_is_known(at, chance):
    w = build.world(at, chance)
    arrived = at + build.DAY
    Clearance.objects.filter(application=w.people["ani"]).update(arrived_at=arrived, departed_at=at, state="arrived")
    beginning.ask(clearance=build.way(w, "ani"), at=w.at)
    assert build.paper(w, "ani", "registration").due_at == arrived + 24 * build.HOUR
    assert not Paper.objects.filter(clearance=build.way(w, "budi"), kind="registration").exists()


def test_who_gives_the_seat_up_is_asked_for_nothing_more(at, chance):
    w = build.world(at, chance)
    Application.objects.filter(pk=w.people["budi"].pk).update(state="declined")
    assert build.begin(w) == 1
    assert build.way(w, "budi").state == "withdrawn"
    assert set(Paper.objects.filter(clearance=build.way(w, "budi")).values_list("state", flat=True)) == {"ended"}
    assert build.begin(w) == 0


def test_who_steps_in_late_has_days_all_the_same(at, chance):
    w = build.world(at, chance)
    w.later(dt.datetime(2027, 5, 1, tzinfo=dt.UTC) - w.at)
    Application.objects.filter(pk=w.people["eka"].pk).update(state="accepted")
    build.begin(w)
    assert day(build.paper(w, "eka", "passport").due_at) == dt.date(2027, 5, 8)
    assert day(build.paper(w, "ani", "passport").due_at) == dt.date(2027, 4, 28)
    w.later(build.DAY)
    assert build.begin(w) == 0
    assert day(build.paper(w, "eka", "passport").due_at) == dt.date(2027, 5, 8)
