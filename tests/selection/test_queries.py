"""What is read of a selection: settled marks, own result, the funnel's numbers, the windows to object."""

import pytest

from rantau.applications.models import Application
from rantau.selection import queries
from rantau.selection.actions import objections, offers
from rantau.selection.models import Listing
from tests.selection.build import HOUR, applicant, examined, final, mark, objected, provisional, sat, world

pytestmark = pytest.mark.django_db
FIVE = {"ani": 9000, "budi": 8000, "citra": 7000, "dedi": 6000, "eka": 100}


def test_a_mark_counts_when_all_its_examiners_have_locked(at, chance):
    w = world(at, chance, "ani")
    sitting, ani = sat(w)["ani"], w.people["ani"]
    mark(w, sitting, "care_test", 8000, lock=False)
    mark(w, sitting, "employer_interview", 200, "examiner")
    assert queries.settled(ani) == {"report": 8000}
    mark(w, sitting, "employer_interview", 300, "colleague")
    assert queries.settled(ani) == {"report": 8000, "employer_interview": 250}


def test_everybody_reads_their_own_line(at, chance):
    w = world(at, chance, *FIVE)
    examined(w, **FIVE)
    assert queries.own_result(w.people["ani"]) is None
    round_ = provisional(w)
    mine = queries.own_result(w.people["citra"])
    assert (mine["round"], mine["outcome"].outcome, mine["outcome"].rank) == (round_, "reserve", 3)
    assert mine["marks"] == {"report": 8000, "care_test": 7000, "employer_interview": 200}
    assert mine["distance"] == mine["outcome"].total - mine["cut"] < 0
    unranked = queries.own_result(w.people["eka"])
    assert (unranked["outcome"].reason, unranked["distance"]) == ("below_pass:care_test", None)
    assert queries.outcome_of(round_, mine["code"]) == mine["outcome"]
    assert queries.outcome_of(round_, "R-0000000000") is None
    late = applicant(w, "fajar")
    assert queries.own_result(late) is None


def test_who_may_object_to_what_and_until_when(at, chance):
    w = world(at, chance, "ani")
    refused_ = applicant(w, "budi", step="refuse")
    assert queries.may_object(refused_, at=refused_.objection_until) == "verification"
    assert queries.may_object(refused_, at=refused_.objection_until + HOUR) == ""
    examined(w, ani=8000)
    assert queries.may_object(w.people["ani"], at=w.at) == ""
    round_ = provisional(w)
    ani = Application.objects.get(pk=w.people["ani"].pk)
    assert queries.may_object(ani, at=round_.objections_until) == "mark"
    assert queries.may_object(ani, at=round_.objections_until + HOUR) == ""
    objected(w, "ani")
    assert queries.may_object(ani, at=w.at) == ""
    assert queries.objection_of(ani).criterion == "care_test"


def test_the_funnel_counts_people_and_not_steps(at, chance):
    w = world(at, chance, *FIVE)
    applicant(w, "fajar", step="refuse")
    examined(w, **{name: value for name, value in FIVE.items() if name != "dedi"})
    provisional(w)
    objections.decide(objection=objected(w, "eka"), upheld=False, answer="Benar.", person=w.second, at=w.at)
    final(w)
    for application in w.people.values():
        application.refresh_from_db()
    offers.answer(application=w.people["ani"], accepts=True, person=w.people["ani"].person, at=w.at)
    offers.answer(application=w.people["budi"], accepts=False, person=w.people["budi"].person, at=w.at)
    assert queries.funnel(w.intake) == {
        "registered": 6,
        "submitted": 0,  # the builder starts with filed documents
        "verified": 5,
        "returned": 0,
        "withdrawn": 0,
        "ineligible": 1,
        "tested": 4,
        "ranked": 3,
        "selected": 2,
        "reserve": 1,
        "objections": 1,
        "upheld": 0,
        "offered": 3,
        "accepted": 1,
        "declined": 1,
        "silent": 0,
        "released": 0,
        "from_reserve": 1,
    }
    assert tuple(queries.funnel(w.intake)) == queries.FUNNEL


def test_the_reserve_stands_in_the_order_of_the_final_round(at, chance):
    w = world(at, chance, *FIVE)
    examined(w, **FIVE)
    assert (queries.reserve(w.intake), queries.vacancies(w.intake)) == ([], 0)
    provisional(w)
    final(w)
    names = {a.pk: name for name, a in w.people.items()}
    assert [names[a.pk] for a in queries.reserve(w.intake)] == ["citra", "dedi"]
    assert queries.latest(w.intake).kind == "final"
    assert Listing.objects.count() == 5
