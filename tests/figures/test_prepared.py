"""Of the basics before departure and of free training the promise page says what records show, and accuses by no report."""

import pytest

from rantau.departure.actions.lessons import Mark
from rantau.departure.models import Charge, Clearance
from rantau.figures import queries
from rantau.programmes.queries import day
from tests.departure import build
from tests.departure.test_charges import answered, reported, told
from tests.departure.test_lessons import held, plan

pytestmark = pytest.mark.django_db
BASICS = ("first-russian", "safety")


def shown(w):
    return {one.measure: (one.says, one.on) for one in queries.prepared(w.programme, at=w.at)}


def taught(w, topic, number, **marks):
    held(
        w, plan(w, w.coordinator, topic=topic, starts_at=w.at + number * build.DAY, minutes=180), w.coordinator, **marks
    )


def left(w, *names):
    Clearance.objects.filter(application__in=[w.people[name] for name in names]).update(
        state="departed", departed_at=w.at
    )


def test_basics_are_kept_when_everybody_who_left_had_done_them_and_partly_when_some_had(at, chance):
    w = build.world(at, chance)
    for number, topic in enumerate(BASICS, 1):
        taught(w, topic, number, budi=Mark("absent"))
    assert shown(w) == {}
    left(w, "budi")
    assert shown(w) == {}
    left(w, "ani")
    assert shown(w) == {"basics.taught": ("partly", day(w.at))}
    Clearance.objects.filter(application=w.people["budi"]).update(state="preparing", departed_at=None)
    assert shown(w) == {"basics.taught": ("kept", day(w.at))}


def test_a_report_that_nobody_answered_is_no_evidence_and_an_answered_one_brings_the_reply(at, chance):
    w = build.world(at, chance)
    charge = told(w, reported(w))
    assert shown(w) == {}
    answered(w, charge)
    assert shown(w) == {"training.cost": ("broken", day(w.at))}
    [found] = queries.prepared(w.programme, at=w.at)
    assert (found.note.id, "guru" in str(found)) == ("Kantor mengakui.", False)
    for change in ({"paid": False}, {"answer": "repaid"}, {"cost_kind": "personal"}, {"state": "reported"}):
        Charge.objects.filter(pk=charge.pk).update(
            **{"paid": True, "answer": "unlawful", "cost_kind": "training", "state": "answered"} | change
        )
        assert shown(w) == {}
