"""Sessions: planning, calling, attendance, a second date; each refusal leaves everything as it was."""

import pytest
from django_tasks_db.models import DBTaskResult

from rantau.ledger.models import Entry
from rantau.selection.actions import sessions
from rantau.selection.models import Session, Sitting
from tests.selection.build import HOUR, TESTS, applicant, refused, sat, session, world

pytestmark = pytest.mark.django_db


def plan(w, person="coordinator", **changed):
    given = {
        "intake": w.intake,
        "criteria": ["care_test"],
        "place": "Balai",
        "starts_at": w.at + HOUR,
        "seats": 2,
        "travel": "own",
        "person": w.staff[person],
        "at": w.at,
        "chance": w.chance,
    }
    return sessions.plan(**{**given, **changed})


def test_a_session_is_planned(at, chance):
    w = world(at, chance)
    made = plan(w)
    kept = Session.objects.get()
    assert (kept.code, kept.criteria, kept.place, kept.seats, kept.travel) == (
        made.code,
        ["care_test"],
        "Balai",
        2,
        "own",
    )


@pytest.mark.parametrize(
    ("changed", "code", "facts"),
    [
        ({"criteria": []}, "session.criteria", {"known": list(TESTS)}),
        ({"criteria": ["report"]}, "session.criteria", {}),
        ({"travel": "someone"}, "session.travel", {"allowed": ["programme", "school", "own", "unpublished"]}),
        ({"person": "examiner"}, "role.missing", {"roles": ["coordinator"]}),
    ],
)
def test_a_session_that_cannot_be_is_refused(at, chance, changed, code, facts):
    w = world(at, chance)
    with refused(code, **facts):
        plan(w, **changed)


def test_a_session_lies_ahead(at, chance):
    w = world(at, chance)
    with refused("session.past", starts=w.at):
        plan(w, starts_at=w.at)


def test_people_are_called_once_for_each_test_while_seats_last(at, chance):
    w = world(at, chance, "ani", "budi", "citra")
    first = session(w, "care_test", seats=2)
    called = sessions.assign(session=first, person=w.coordinator, at=w.at, chance=w.chance)
    assert sorted(s.application.code for s in called) == sorted(a.code for a in w.people.values())[:2]
    assert len({s.piece for s in called}) == 2
    assert Entry.objects.filter(action="assign").count() == 2
    assert DBTaskResult.objects.count() == 3 + 2  # a receipt for each verification, a call-up for each sitting
    with refused("session.full", seats=2):
        sessions.assign(session=first, person=w.coordinator, at=w.at, chance=w.chance)
    second = session(w, "care_test")
    rest = sessions.assign(session=second, person=w.coordinator, at=w.at, chance=w.chance)
    assert [s.application.code for s in rest] == sorted(a.code for a in w.people.values())[2:]
    with refused("session.nobody"):
        sessions.assign(session=second, person=w.coordinator, at=w.at, chance=w.chance)


def test_only_a_coordinator_calls_and_only_before_it_starts(at, chance):
    w = world(at, chance, "ani")
    planned = session(w)
    with refused("role.missing"):
        sessions.assign(session=planned, person=w.examiner, at=w.at, chance=w.chance)
    w.later(HOUR)
    with refused("session.past"):
        sessions.assign(session=planned, person=w.coordinator, at=w.at, chance=w.chance)


def test_attendance_is_recorded_after_the_start_and_once(at, chance):
    w = world(at, chance, "ani", "budi")
    called = sessions.assign(session=session(w), person=w.coordinator, at=w.at, chance=w.chance)
    with refused("step.early"):
        sessions.record(sittings=called, came=True, person=w.examiner, at=w.at)
    w.later(2 * HOUR)
    with refused("step.role"):
        sessions.record(sittings=called, came=True, person=w.verifier, at=w.at)
    sessions.record(sittings=called[:1], came=True, person=w.examiner, at=w.at)
    sessions.record(sittings=called[1:], came=False, person=w.coordinator, at=w.at)
    assert [s.state for s in Sitting.objects.order_by("pk")] == ["attended", "missed"]
    with refused("step.state", state="attended"):
        sessions.record(sittings=called, came=True, person=w.examiner, at=w.at)
    assert sessions.record(sittings=[], came=True, person=w.examiner, at=w.at) == []


def test_who_did_not_come_gets_a_second_date_for_the_same_tests(at, chance):
    w = world(at, chance, "ani", "budi")
    by_name = sat(w, absent=("budi",))
    second = session(w)
    with refused("step.state", state="attended"):
        sessions.second_date(sitting=by_name["ani"], session=second, person=w.coordinator, at=w.at)
    with refused("step.role"):
        sessions.second_date(sitting=by_name["budi"], session=second, person=w.examiner, at=w.at)
    other = session(w, "care_test")
    with refused("session.criteria", known=list(TESTS)):
        sessions.second_date(sitting=by_name["budi"], session=other, person=w.coordinator, at=w.at)
    piece = by_name["budi"].piece
    sessions.second_date(sitting=by_name["budi"], session=second, person=w.coordinator, at=w.at)
    moved = Sitting.objects.get(piece=piece)
    assert (moved.state, moved.session) == ("assigned", second)


def test_a_second_date_needs_a_seat_and_a_future(at, chance):
    w = world(at, chance, "ani", "budi")
    by_name = sat(w, absent=("budi",))
    full = session(w, seats=1)
    w.people["citra"] = applicant(w, "citra")
    sessions.assign(session=full, person=w.coordinator, at=w.at, chance=w.chance)
    with refused("session.full", seats=1):
        sessions.second_date(sitting=by_name["budi"], session=full, person=w.coordinator, at=w.at)
    late = session(w)
    w.later(2 * HOUR)
    with refused("session.past"):
        sessions.second_date(sitting=by_name["budi"], session=late, person=w.coordinator, at=w.at)
