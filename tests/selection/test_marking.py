"""Marks: entered by one's own hand, locked, changed only by two, given up where there is a conflict."""

import pytest

from rantau.selection import queries
from rantau.selection.actions import marking
from rantau.selection.models import Conflict, Mark
from tests.selection.build import examined, frozen, mark, refused, sat, sitting_of, world

pytestmark = pytest.mark.django_db


def enter(w, sitting, value, criterion="care_test", person="examiner"):
    return marking.enter(
        sitting=sitting, criterion=criterion, value=value, person=w.staff[person], at=w.at, chance=w.chance
    )


def test_a_mark_is_entered_corrected_and_locked_by_its_examiner(at, chance):
    w = world(at, chance, "ani")
    sitting = sat(w)["ani"]
    first = enter(w, sitting, 8140)
    again = enter(w, sitting, 8240)
    assert (again.pk, Mark.objects.get().value) == (first.pk, 8240)
    with refused("mark.not_own"):
        marking.lock(marks=[again], person=w.colleague, at=w.at)
    marking.lock(marks=[again], person=w.examiner, at=w.at)
    assert (Mark.objects.get().state, queries.settled(w.people["ani"])) == (
        "locked",
        {"report": 8000, "care_test": 8240},
    )
    with refused("mark.locked", piece=sitting.piece):
        enter(w, sitting, 9000)
    with refused("step.state"):
        marking.lock(marks=[again], person=w.examiner, at=w.at)
    assert marking.lock(marks=[], person=w.examiner, at=w.at) == []


@pytest.mark.parametrize(
    ("given", "code", "facts"),
    [
        ({"value": 10001}, "mark.range", {"value": 10001, "maximum": 10000}),
        ({"value": -1}, "mark.range", {"maximum": 10000}),
        ({"value": 150, "criterion": "employer_interview"}, "mark.whole", {"value": 150}),
        ({"value": 8000, "criterion": "report"}, "mark.criterion", {"known": ["care_test", "employer_interview"]}),
        ({"value": 8000, "person": "coordinator"}, "role.missing", {"roles": ["examiner"]}),
    ],
)
def test_a_mark_that_cannot_be_is_refused(at, chance, given, code, facts):
    w = world(at, chance, "ani")
    sitting = sat(w)["ani"]
    with refused(code, **facts):
        enter(w, sitting, **given)


def test_who_did_not_come_gets_no_mark(at, chance):
    w = world(at, chance, "ani")
    sitting = sat(w, absent=("ani",))["ani"]
    with refused("mark.absent", piece=sitting.piece):
        enter(w, sitting, 8000)


def test_two_may_mark_before_the_freeze_and_nobody_more_after_it(at, chance):
    w = world(at, chance, "ani", "budi")
    sittings = examined(w, ani=8000, budi=9000)
    mark(w, sittings["ani"], "care_test", 9000, "colleague")
    assert queries.settled(w.people["ani"])["care_test"] == 8500
    with refused("mark.enough", piece=sittings["ani"].piece):
        enter(w, sittings["ani"], 100, person="third")
    frozen(w)
    with refused("mark.enough", piece=sittings["budi"].piece):
        enter(w, sittings["budi"], 100, person="colleague")


def test_a_locked_mark_changes_only_by_a_second_person(at, chance):
    w = world(at, chance, "ani")
    (given,) = mark(w, sat(w)["ani"], "care_test", 8000)
    with refused("reason.empty"):
        marking.dispute(mark=given, proposed=8500, reason=" ", person=w.examiner, at=w.at)
    with refused("mark.range", maximum=10000):
        marking.dispute(mark=given, proposed=10500, reason="salah salin", person=w.examiner, at=w.at)
    with refused("step.role"):
        marking.dispute(mark=given, proposed=8500, reason="salah salin", person=w.verifier, at=w.at)
    marking.dispute(mark=given, proposed=8500, reason=" salah salin ", person=w.examiner, at=w.at)
    assert queries.pending(w.intake) == {"marks": 1, "missing": 1}
    with refused("step.same_person"):
        marking.settle(mark=given, agrees=True, person=w.examiner, at=w.at)
    marking.settle(mark=given, agrees=True, person=w.colleague, at=w.at)
    kept = Mark.objects.get()
    assert (kept.value, kept.changed, kept.proposed, kept.reason, kept.state) == (
        8500,
        1,
        None,
        "salah salin",
        "locked",
    )
    assert queries.changed_marks(w.intake) == 1


def test_a_change_that_the_second_person_does_not_see_leaves_the_mark(at, chance):
    w = world(at, chance, "ani")
    given = mark(w, sat(w)["ani"], "employer_interview", 200)[0]
    with refused("mark.whole"):
        marking.dispute(mark=given, proposed=250, reason="salah salin", person=w.examiner, at=w.at)
    marking.dispute(mark=given, proposed=300, reason="salah salin", person=w.examiner, at=w.at)
    marking.settle(mark=given, agrees=False, person=w.coordinator, at=w.at)
    kept = Mark.objects.get(pk=given.pk)
    assert (kept.value, kept.changed, kept.state) == (200, 0, "locked")
    assert queries.changed_marks(w.intake) == 0
    with refused("step.state"):
        marking.settle(mark=given, agrees=True, person=w.coordinator, at=w.at)


def test_a_conflict_takes_the_piece_and_the_unlocked_mark_away(at, chance):
    w = world(at, chance, "ani")
    sitting = sat(w)["ani"]
    enter(w, sitting, 8000)
    marking.declare_conflict(application=w.people["ani"], person=w.examiner, at=w.at)
    marking.declare_conflict(application=w.people["ani"], person=w.examiner, at=w.at)
    assert (Conflict.objects.count(), Mark.objects.count()) == (1, 0)
    with refused("mark.conflict", piece=sitting.piece):
        enter(w, sitting, 8000)
    with pytest.raises(type(sitting).DoesNotExist):
        sitting_of(w, "examiner", sitting)
    assert sitting_of(w, "colleague", sitting) == sitting


def test_a_conflict_comes_too_late_when_the_mark_counts(at, chance):
    w = world(at, chance, "ani")
    mark(w, sat(w)["ani"], "care_test", 8000)
    with refused("conflict.late"):
        marking.declare_conflict(application=w.people["ani"], person=w.examiner, at=w.at)
    with refused("role.missing"):
        marking.declare_conflict(application=w.people["ani"], person=w.auditor, at=w.at)


def test_nobody_marks_their_own_work(at, chance):
    w = world(at, chance, "ani")
    sitting = sat(w)["ani"]
    w.people["ani"].person.grants.create(role="examiner", scope=w.scope, from_at=w.at, given_by="x")
    with refused("mark.conflict"):
        marking.enter(
            sitting=sitting,
            criterion="care_test",
            value=9000,
            person=w.people["ani"].person,
            at=w.at,
            chance=w.chance,
        )


def test_many_marks_are_entered_and_the_refused_ones_named(at, chance):
    w = world(at, chance, "ani", "budi", "citra")
    sittings = sat(w, absent=("budi",))
    values = {sittings["ani"].piece: 8000, sittings["budi"].piece: 7000, sittings["citra"].piece: 20000}
    refusals = marking.enter_all(
        sittings=list(sittings.values()),
        criterion="care_test",
        values=values,
        person=w.examiner,
        at=w.at,
        chance=w.chance,
    )
    assert {piece: r.code for piece, r in refusals.items()} == {
        sittings["budi"].piece: "mark.absent",
        sittings["citra"].piece: "mark.range",
    }
    assert [(m.application, m.value) for m in Mark.objects.all()] == [(w.people["ani"], 8000)]
