"""Offers: accepted, declined, silent; the reserve moves up in order; a correction adds a seat and pushes nobody out."""

import pytest

from rantau.applications.models import Application
from rantau.ledger.models import Entry
from rantau.selection import queries
from rantau.selection.actions import objections, offers
from rantau.selection.models import Mark
from tests.selection.build import DAY, HOUR, examined, final, objected, outcomes, provisional, refused, states, world

pytestmark = pytest.mark.django_db
FIVE = {"ani": 9000, "budi": 8000, "citra": 7000, "dedi": 6000, "eka": 5600}


def finished(at, chance):
    w = world(at, chance, *FIVE)
    examined(w, **FIVE)
    provisional(w)
    final(w)
    for application in w.people.values():
        application.refresh_from_db()
    return w


def answer(w, name, accepts):
    return offers.answer(application=w.people[name], accepts=accepts, person=w.people[name].person, at=w.at)


def test_from_the_provisional_list_to_the_reserve_in_order(at, chance):
    w = world(at, chance, *FIVE)
    examined(w, **FIVE)
    provisional(w)
    objections.decide(
        objection=objected(w, "dedi"),
        upheld=True,
        answer="Tertukar.",
        person=w.second,
        at=w.at,
        mark=Mark.objects.get(application=w.people["dedi"], criterion="care_test"),
        value=9900,
    )
    assert [n for n, o in outcomes(final(w), w) if o == "selected"] == ["dedi", "ani"]
    for application in w.people.values():
        application.refresh_from_db()
    assert w.people["dedi"].answer_by == w.people["ani"].answer_by
    answer(w, "dedi", True)
    answer(w, "ani", False)
    assert states(w) == {
        "dedi": "accepted",
        "ani": "declined",
        "budi": "offered",
        "citra": "reserve",
        "eka": "unsuccessful",
    }
    w.people["budi"].refresh_from_db()
    w.later(w.people["budi"].answer_by - w.at + HOUR)
    assert offers.due(intake=w.intake, at=w.at) == 2  # one silence, one moved up
    assert offers.due(intake=w.intake, at=w.at) == 0
    assert (states(w)["budi"], states(w)["citra"]) == ("silent", "offered")
    assert Entry.objects.filter(action="offer", facts__from_reserve=True).count() == 2
    assert (queries.vacancies(w.intake), queries.reserve(w.intake)) == (0, [])


def test_only_the_owner_answers_in_time_and_once(at, chance):
    w = finished(at, chance)
    ani = w.people["ani"]
    with refused("step.role"):
        offers.answer(application=ani, accepts=True, person=w.coordinator, at=w.at)
    with refused("step.late", until=ani.answer_by):
        offers.answer(application=ani, accepts=True, person=ani.person, at=ani.answer_by + HOUR)
    with refused("step.state", state="reserve"):
        answer(w, "citra", True)
    answer(w, "ani", True)
    with refused("step.state", state="accepted"):
        answer(w, "ani", False)


def test_a_correction_after_the_final_round_adds_a_seat(at, chance):
    w = finished(at, chance)
    eka = w.people["eka"]
    with refused("reason.empty"):
        offers.add_seat(application=eka, reason=" ", person=w.coordinator, at=w.at)
    with refused("step.role"):
        offers.add_seat(application=eka, reason="Nilai tertukar.", person=w.verifier, at=w.at)
    with refused("step.state", state="offered"):
        offers.add_seat(application=w.people["ani"], reason="Nilai tertukar.", person=w.coordinator, at=w.at)
    offers.add_seat(application=eka, reason=" Nilai tertukar. ", person=w.coordinator, at=w.at)
    assert states(w) == {
        "ani": "offered",
        "budi": "offered",
        "citra": "reserve",
        "dedi": "reserve",
        "eka": "offered",
    }
    kept = Application.objects.get(pk=eka.pk)
    assert (kept.note, kept.answer_by > w.at, queries.round_of(w.intake, "final").extra_seats) == (
        "Nilai tertukar.",
        True,
        1,
    )
    assert (queries.vacancies(w.intake), offers.fill(intake=w.intake, at=w.at)) == (0, [])


def test_no_seat_is_added_before_the_final_round(at, chance):
    w = world(at, chance, "ani")
    with refused("round.not_final"):
        offers.add_seat(application=w.people["ani"], reason="x", person=w.coordinator, at=w.at)
    assert offers.fill(intake=w.intake, at=w.at) == []
    assert offers.due(intake=w.intake, at=w.at + DAY) == 0
