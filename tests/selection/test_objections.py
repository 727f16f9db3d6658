"""Objections: once, in the window, decided with a reason by somebody who took no part; upheld means put right."""

import pytest

from rantau.applications.models import Application
from rantau.selection import queries
from rantau.selection.actions import objections
from rantau.selection.models import Mark, Objection
from tests.selection.build import HOUR, applicant, examined, objected, provisional, refused, world

pytestmark = pytest.mark.django_db


def published(at, chance, **marks):
    w = world(at, chance, *marks)
    examined(w, **marks)
    return w, provisional(w)


def decide(w, objection, person="second", **changed):
    given = {"upheld": False, "answer": "Lembar nilai dibaca ulang.", "person": w.staff[person], "at": w.at}
    return objections.decide(objection=objection, **{**given, **changed})


def test_an_objection_is_lodged_once_in_the_window(at, chance):
    w, round_ = published(at, chance, ani=8000, budi=7000)
    ani = w.people["ani"]
    with refused("objection.empty"):
        objections.lodge(application=ani, person=ani.person, text=" ", at=w.at, chance=w.chance, criterion="care_test")
    with refused("mark.criterion", known=["care_test", "employer_interview"]):
        objected(w, "ani", "report")
    with refused("step.role"):
        objections.lodge(
            application=ani, person=w.coordinator, text="x", at=w.at, chance=w.chance, criterion="care_test"
        )
    made = objected(w, "ani")
    assert (made.against, made.criterion, made.state) == ("mark", "care_test", "lodged")
    with refused("objection.closed"):
        objected(w, "ani")
    w.later(round_.objections_until - w.at + HOUR)
    with refused("objection.closed"):
        objected(w, "budi")


def test_a_rejected_objection_has_its_answer_and_changes_nothing(at, chance):
    w, _ = published(at, chance, ani=8000)
    objection = objected(w, "ani")
    with refused("objection.answer"):
        decide(w, objection, answer=" ")
    decide(w, objection)
    kept = Objection.objects.get()
    assert (kept.state, kept.answer, kept.decided_by) == ("rejected", "Lembar nilai dibaca ulang.", w.second)
    assert queries.changed_marks(w.intake) == 0
    with refused("step.state"):
        decide(w, objection)


def test_an_upheld_objection_corrects_the_mark(at, chance):
    w, _ = published(at, chance, ani=8000, budi=7000)
    objection = objected(w, "ani")
    own = Mark.objects.get(application=w.people["ani"], criterion="care_test")
    other = Mark.objects.get(application=w.people["budi"], criterion="care_test")
    for wrong in ({}, {"mark": own}, {"value": 9000}, {"mark": other, "value": 9000}):
        with refused("objection.correction", criterion="care_test"):
            decide(w, objection, upheld=True, **wrong)
    with refused("mark.range"):
        decide(w, objection, upheld=True, mark=own, value=10100)
    decide(w, Objection.objects.get(), upheld=True, mark=own, value=8500)
    own.refresh_from_db()
    assert (own.value, own.changed, Objection.objects.get().state) == (8500, 1, "upheld")
    assert queries.own_result(w.people["ani"])["marks"]["care_test"] == 8000  # the published list stays as it is


def test_who_gave_the_mark_does_not_judge_it(at, chance):
    w, _ = published(at, chance, ani=8000)
    objection = objected(w, "ani")
    for name in ("examiner", "coordinator", "verifier"):
        w.staff[name].grants.create(role="coordinator", scope=w.scope, from_at=w.at, given_by="x")
    with refused("step.same_person"):
        decide(w, objection, person="examiner")
    with refused("step.same_person"):
        decide(w, objection, person="verifier")  # they verified the file
    with refused("step.role"):
        decide(w, objection, person="auditor")
    decide(w, objection, person="coordinator")


def test_who_refused_a_file_does_not_judge_the_objection_to_it(at, chance):
    w = world(at, chance)
    w.people["ani"] = applicant(w, "ani", step="refuse")
    objection = objected(w, "ani", "")
    with refused("step.same_person"):
        decide(w, objection, person="verifier", upheld=True)
    decide(w, objection, person="other_verifier", upheld=True)
    kept = Application.objects.get()
    assert (kept.state, kept.reason) == ("verified", "")


def test_who_was_excluded_before_the_call_is_called_after_all(at, chance):
    w = world(at, chance)
    w.people["ani"] = applicant(w, "ani", step="exclude")
    objection = objected(w, "ani", "")
    with refused("step.same_person"):
        decide(w, objection, person="coordinator", upheld=True)
    decide(w, objection, person="second", upheld=True)
    kept = Application.objects.get()
    assert (kept.state, kept.file_by > w.at) == ("called", True)
