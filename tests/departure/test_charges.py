"""Money that was asked: reported by the person alone, read by protection alone, answered in time, reopened once."""

import pytest

from rantau.departure import access
from rantau.departure.actions import charges as actions
from rantau.departure.actions import deadlines
from rantau.departure.actions.charges import Told
from rantau.departure.models import Charge
from rantau.departure.queries import costs
from rantau.engine.refusal import Refusal
from rantau.ledger.models import Entry
from rantau.programmes.queries import deadline
from tests.departure import build
from tests.departure.build import DAY

pytestmark = pytest.mark.django_db
WORDS = "Pak guru minta uang muka"


def reported(w, name="ani", item="training"):
    way = build.way(w, name)
    who = {"person": way.application.person, "at": w.at, "chance": w.chance}
    return actions.report(clearance=way, item=item, **who)


def told(w, charge, **given):
    said = Told(**{"amount": 1_500_000, "currency": "IDR", "asked_by": "school", "paid": True, "note": WORDS} | given)
    owner = charge.clearance.application.person
    return actions.tell(charge=charge, told=said, person=owner, at=w.at, chance=w.chance)


def answered(w, charge, **given):
    said = {"answer": "unlawful", "note": "Diteruskan.", "reply": "Kantor mengakui.", "person": w.staff["protector"]}
    return actions.answer(charge=charge, at=w.at, **said | given)


def steps():
    found = Entry.objects.filter(subject__startswith="charge:").order_by("position")
    return [(entry.action, entry.actor, entry.facts) for entry in found]


def test_a_report_keeps_its_class_of_the_day_and_the_ledger_neither_words_nor_who(at, chance):
    w = build.world(at, chance)
    charge = told(w, reported(w))
    assert (charge.code[:2], charge.cost_kind, charge.answer_by) == ("U-", "training", deadline(w.at, 7))
    assert costs.words(charge) == WORDS
    assert WORDS.encode() not in bytes(charge.note)
    assert [(action, actor == charge.ref) for action, actor, _ in steps()] == [("report", True), ("tell", True)]
    assert [{k: v for k, v in said.items() if k not in ("from", "to")} for _, _, said in steps()] == [
        {"item": "training", "kind": "training"},
        {"paid": True},
    ]
    assert reported(w, item="other").cost_kind == ""
    assert costs.reports(w.programme)["training"] == (1, 0)


def test_nobody_reports_or_tells_for_somebody_else_and_only_what_can_be_read(at, chance):
    w = build.world(at, chance)
    way, charge = build.way(w, "ani"), reported(w)
    for person in (w.coordinator, w.staff["protector"], w.people["budi"].person):
        with build.refused("charge.own"):
            actions.report(clearance=way, item="training", person=person, at=w.at, chance=chance)
        with build.refused("charge.own"):
            actions.tell(charge=charge, told=Told(), person=person, at=w.at, chance=chance)
        with build.refused("charge.own"):
            actions.reopen(charge=charge, person=person, at=w.at)
    with build.refused("charge.item", item="gold"):
        reported(w, item="gold")
    with build.refused("charge.asker"):
        told(w, charge, asked_by="the moon")
    with build.refused("charge.long", longest=2000):
        told(w, charge, note="x" * 2001)


def test_protection_alone_reads_reports_and_a_person_their_own(at, chance):
    w = build.world(at, chance)
    charge, teacher = told(w, reported(w)), build.teacher(w)
    ani = w.people["ani"]
    assert access.charge(w.staff["protector"], charge.code, scope=w.scope, at=w.at) == charge
    assert access.own_charge(ani.person, ani.code, charge.code, scope=w.scope) == charge
    others = [w.staff[name] for name in ("employer", "host_mission", "home_mission", "operator")]
    for person in (w.coordinator, teacher, ani.person, *others):
        with pytest.raises(Refusal) as caught:
            access.charges(person, scope=w.scope, at=w.at)
        assert caught.value.code == "role.missing"
    ani.assisted_by = teacher
    ani.save()
    for person in (teacher, w.people["budi"].person):
        with pytest.raises(Charge.DoesNotExist):
            access.own_charge(person, ani.code, charge.code, scope=w.scope)


def test_a_report_is_answered_reopened_once_and_answered_again(at, chance):
    w = build.world(at, chance)
    charge = told(w, reported(w))
    for code, given in {
        "charge.answer": {"answer": "forgotten"},
        "charge.note": {"note": " "},
        "charge.reply": {"reply": ""},
    }.items():
        with build.refused(code):
            answered(w, charge, **given)
    with build.refused("role.missing", roles=["protection"]):
        answered(w, charge, person=w.coordinator)
    answered(w, charge)
    with build.refused("step.state", flow="charge", step="tell", state="answered"):
        told(w, charge)
    w.later(DAY)
    actions.reopen(charge=charge, person=w.people["ani"].person, at=w.at)
    assert (charge.state, charge.answer_by) == ("reported", deadline(w.at, 7))
    answered(w, charge, answer="repaid", reply="")
    with build.refused("charge.reopened"):
        actions.reopen(charge=charge, person=w.people["ani"].person, at=w.at)
    assert [action for action, _, _ in steps()] == ["report", "tell", "answer", "reopen", "answer"]


def test_a_report_that_waits_too_long_is_reminded_of_every_seven_days(at, chance):
    w = build.world(at, chance)
    charge = reported(w)
    assert deadlines.due(intake=w.intake, at=charge.answer_by) == 0
    late = charge.answer_by + DAY
    assert [deadlines.due(intake=w.intake, at=late) for _ in range(2)] == [1, 0]
    assert [deadlines.due(intake=w.intake, at=late + 8 * DAY) for _ in range(2)] == [1, 0]
    answered(w, charge)
    assert deadlines.due(intake=w.intake, at=late + 90 * DAY) == 0
