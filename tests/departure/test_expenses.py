"""What was paid: recorded by offices for what is theirs, corrected and never changed, and a participant's money reported."""

import pytest

from rantau.departure.actions import charges
from rantau.departure.actions import expenses as actions
from rantau.departure.models import Charge, Expense
from rantau.departure.queries import costs
from rantau.engine.refusal import Refusal
from rantau.ledger.models import Entry
from rantau.people import queries as people
from rantau.programmes.queries import day
from tests.departure import build
from tests.departure.test_charges import answered

pytestmark = pytest.mark.django_db


def paid(w, person=None, **given):
    said = {"item": "medical", "payer": "dinas-contoh", "amount": 350_000, "currency": "IDR", "on": day(w.at)}
    said |= {"evidence": "Kuitansi 7", "person": person or w.coordinator, "whose": ""} | given
    return actions.record(intake=w.intake, at=w.at, chance=w.chance, **said)


def test_offices_record_what_is_theirs_and_read_no_more(at, chance):
    w = build.world(at, chance)
    employer, code = w.staff["employer"], build.way(w, "ani").code
    assert costs.payers(employer, w.programme, at=w.at) == ["panti-contoh", "participant"]
    own = paid(w, employer, payer="panti-contoh", item="training")
    other = paid(w, whose=code.lower().replace("-", " "))
    asked = paid(w, payer="participant", whose=code)
    assert other.clearance == build.way(w, "ani")
    assert list(costs.expenses(employer, w.programme, at=w.at)) == [own]
    assert set(costs.expenses(w.coordinator, w.programme, at=w.at)) == {own, other, asked}
    with build.refused("expense.payer"):
        paid(w, employer)
    for person in (w.staff["protector"], w.staff["host_mission"], build.teacher(w), w.people["ani"].person):
        with build.refused("role.missing", roles=["coordinator", "employer", "ministry"]):
            paid(w, person)
        with pytest.raises(Refusal):
            costs.expenses(person, w.programme, at=w.at)


def test_what_cannot_be_recorded(at, chance):
    w = build.world(at, chance)
    for code, given in {
        "charge.item": {"item": "gold"},
        "expense.person": {"whose": "D-0000000000"},
        "expense.whose": {"payer": "participant"},
        "expense.day": {"on": day(w.at + build.DAY)},
        "expense.evidence": {"evidence": " "},
    }.items():
        with build.refused(code, **({"item": "gold"} if code == "charge.item" else {})):
            paid(w, **given)


def test_money_of_a_participant_for_training_or_placement_opens_a_report_at_once(at, chance):
    w = build.world(at, chance)
    code = build.way(w, "ani").code
    for item in ("training", "ticket", "medical"):
        paid(w, payer="participant", item=item, whose=code)
    found = Charge.objects.order_by("pk").values_list("item", "cost_kind", "amount", "paid", "state", "clearance__code")
    assert list(found) == [
        ("training", "training", 350_000, True, "reported", code),
        ("ticket", "placement", 350_000, True, "reported", code),
    ]
    actors = Entry.objects.filter(subject__startswith="charge:").values_list("actor", flat=True)
    assert list(actors) == [people.system().ref] * 2
    assert {kind: tuple(n) for kind, n in costs.reports(w.programme).items()} == {
        "training": (1, 0), "placement": (1, 0), "personal": (0, 0), "": (0, 0)
    }  # fmt: skip


def test_a_wrong_row_is_taken_back_by_one_against_it_once(at, chance):
    w = build.world(at, chance)
    wrong = paid(w)
    give = {"expense": wrong, "at": w.at, "chance": chance, "person": w.coordinator}
    with build.refused("expense.evidence"):
        actions.correct(evidence="", **give)
    with build.refused("expense.payer"):
        actions.correct(evidence="Salah", **give | {"person": w.staff["employer"]})
    against = actions.correct(evidence="Salah ketik", **give)
    assert (against.amount, against.corrects, Expense.objects.get(pk=wrong.pk).amount) == (-350_000, wrong, 350_000)
    for expense in (wrong, against):
        with build.refused("expense.corrected"):
            actions.correct(evidence="Lagi", **give | {"expense": expense})
    assert costs.sums(w.programme) == []


def test_sums_tell_nobody_apart_where_fewer_than_five_are_named(at, chance):
    w = build.world(at, chance)
    paid(w)
    paid(w, amount=50_000, whose=build.way(w, "ani").code)
    paid(w, amount=9_900, currency="USD", item="ticket", payer="panti-contoh")
    assert [tuple(one) for one in costs.sums(w.programme)] == [
        ("ticket", "panti-contoh", "USD", 9_900, False),
        ("medical", "dinas-contoh", "IDR", 350_000, True),
    ]


def test_an_answered_report_alone_shows_that_training_was_paid_for(at, chance):
    w = build.world(at, chance)
    ani = build.way(w, "ani")
    paid(w, payer="participant", item="training", whose=ani.code)
    [charge] = Charge.objects.select_related("clearance__application__intake__programme__version")
    assert costs.paid_for_training(w.programme, at=w.at) is None
    for answer in ("repaid", "unproven", "lawful"):
        answered(w, charge, answer=answer)
        assert costs.paid_for_training(w.programme, at=w.at) is None
        charge.reopened_at = None
        charge.save()
        charges.reopen(charge=charge, person=ani.application.person, at=w.at)
        Charge.objects.update(reopened_at=None)
    answered(w, charge)
    assert costs.paid_for_training(w.programme, at=w.at) == (day(w.at), "Kantor mengakui.")
    assert costs.paid_for_training(w.programme, at=w.at - build.DAY) is None
