"""Two real processes on one allocation: one of them wins, the other is refused in words, and nothing is done twice."""

from pathlib import Path

import pytest

from rantau.allocation.models import Allocation, Place, Run
from rantau.ledger import queries as ledger
from rantau.ledger.models import Entry
from tests.allocation.build import announce, close, placed, published, seated, wish
from tests.ledger.test_race import Course
from tests.selection.build import states

BOTH = {name: ("anak", "lansia") for name in ("ani", "budi", "citra", "dedi")}


@pytest.fixture
def course(committed, tmp_path):
    return Course(tmp_path, Path(__file__).with_name("racer.py"))


def test_an_allocation_is_announced_once(course, at, chance):
    w = seated(at, chance)
    races = [["announce", w.intake.ref, w.staff[name].ref, w.at.isoformat()] for name in ("coordinator", "second")]
    assert sorted(course.run(*races)) == ["", "allocation.exists"]
    assert Allocation.objects.count() == Entry.objects.filter(action="announce").count() == 1
    assert list(ledger.faults()) == []


def test_a_decision_is_run_once(course, at, chance):
    w = seated(at, chance)
    allocation = announce(w)
    for name, places in BOTH.items():
        wish(w, allocation, name, *places)
    close(w, allocation)
    races = [["decide", allocation.ref, w.staff[name].ref, w.at.isoformat()] for name in ("coordinator", "second")]
    first, second = sorted(course.run(*races))
    assert first == ""
    assert second in ("allocation.changed", "step.state")
    assert Run.objects.count() == 1
    assert list(ledger.faults()) == []


def test_a_place_is_answered_once(course, at, chance):
    w = seated(at, chance)
    published(w, **BOTH)
    ani = Place.objects.get(application=w.people["ani"])
    races = [["answer", ani.ref, says, w.at.isoformat()] for says in ("accept", "decline")]
    accepted, declined = course.run(*races)
    assert sorted((accepted, declined)) in (["", "allocation.not_yours"], ["", "step.state"])
    assert Place.objects.get(pk=ani.pk).state == ("accepted" if not accepted else "declined")
    assert list(ledger.faults()) == []


def test_two_who_give_up_at_once_call_the_reserve_in_order_and_each_once(course, at, chance):
    w = seated(at, chance)
    allocation = published(w, **BOTH)
    refs = [Place.objects.get(application=w.people[name]).ref for name in ("ani", "citra")]
    assert course.run(*(["answer", ref, "decline", w.at.isoformat()] for ref in refs)) == ["", ""]
    assert {name: state for name, (_, state) in placed(w, allocation).items() if state != "offered"} == {
        "ani": "declined",
        "citra": "declined",
    }
    assert (states(w)["eka"], states(w)["fajar"]) == ("offered", "offered")
    called = Entry.objects.filter(action="offer", facts__from_reserve=True)
    assert called.count() == 2
    assert list(ledger.faults()) == []
