"""Money as pages: every fee with its source, a report in two taps that nobody else reads, sums that tell nobody apart."""

import pytest

from rantau.departure.models import Charge, Expense
from rantau.programmes.queries import day
from tests.departure import build
from tests.departure.test_charges import WORDS, answered, reported, told
from tests.departure.test_expenses import paid

pytestmark = pytest.mark.django_db


def test_two_taps_make_a_report_and_more_is_told_after(at, chance, visit):
    w = build.world(at, chance)
    ani = w.people["ani"]
    page = visit(ani.person, "charge", w.scope, ani.code)
    assert (page.status_code, page.words.count('type="radio"')) == (200, 5)
    assert visit(ani.person, "charge", w.scope, ani.code, post=True).status_code == 422
    answer = visit(ani.person, "charge", w.scope, ani.code, post=True, data={"item": "training"})
    charge = Charge.objects.get()
    assert answer.url.endswith(f"/uang/{charge.code}/")
    page = visit(ani.person, "charge_sent", w.scope, ani.code, charge.code)
    assert "0800 1000" in page.words
    wrong = {"amount": "banyak", "paid": "yes", "asked_by": "school", "note": WORDS}
    back = visit(ani.person, "charge_sent", w.scope, ani.code, charge.code, post=True, data=wrong)
    assert (back.status_code, WORDS in back.words, "This amount cannot be read." in back.words) == (422, True, True)
    right = wrong | {"amount": "1,5 juta"}
    assert visit(ani.person, "charge_sent", w.scope, ani.code, charge.code, post=True, data=right).status_code == 302
    charge.refresh_from_db()
    assert (charge.amount, charge.currency, charge.paid, charge.asked_by) == (1_500_000, "IDR", True, "school")
    assert "Rp 1,500,000" in visit(ani.person, "charge_sent", w.scope, ani.code, charge.code).words


def test_protection_answers_and_the_person_reads_it_and_may_open_it_again_once(at, chance, visit):
    w = build.world(at, chance)
    charge, ani = told(w, reported(w)), w.people["ani"]
    desk = visit(w.staff["protector"], "charge_desk", w.scope, charge.code)
    assert (WORDS in desk.words, "Rp 1,500,000" in desk.words) == (True, True)
    said = {"answer": "unlawful", "note": "Kami teruskan.", "reply": ""}
    back = visit(w.staff["protector"], "charge_desk", w.scope, charge.code, post=True, data=said)
    assert (back.status_code, "The other side has to be heard" in back.words) == (422, True)
    said["reply"] = "Kantor mengakui."
    done = visit(w.staff["protector"], "charge_desk", w.scope, charge.code, post=True, data=said)
    assert done.status_code == 302
    page = visit(ani.person, "charge_sent", w.scope, ani.code, charge.code)
    assert "Kami teruskan." in page.words
    assert [
        visit(ani.person, "charge_reopen", w.scope, ani.code, charge.code, post=True).status_code for _ in "ab"
    ] == [
        302,
        409,
    ]


def test_nobody_else_reads_a_report_nor_who_made_it(at, chance, visit):
    w = build.world(at, chance)
    charge, ani, teacher = told(w, reported(w)), w.people["ani"], build.teacher(w)
    others = [w.coordinator, teacher, *(w.staff[name] for name in ("employer", "host_mission", "home_mission"))]
    for person in others:
        for name in ("charges", "charge_desk"):
            args = (w.scope, charge.code) if name == "charge_desk" else (w.scope,)
            assert visit(person, name, *args).status_code == 403
        assert visit(person, "charge_sent", w.scope, ani.code, charge.code).status_code == 404
        for page in ("costs", "fees", "expenses"):
            said = visit(person, page, w.scope).words
            assert [text for text in (WORDS, charge.code, ani.person.name, ani.code) if text in said] == []
    counts = visit(w.coordinator, "expenses", w.scope).words
    assert 'Training: promised free</th><td class="number">1</td><td class="number">0</td>' in counts
    assert "fewer than 5" in visit(None, "costs", w.scope).words
    answered(w, charge)
    assert "open: 0, answered: fewer than 5" in visit(None, "costs", w.scope).words


def test_fees_name_class_payer_fee_and_place_and_the_real_programme_s_gaps(at, chance, visit):
    w = build.world(at, chance)
    page = visit(None, "fees", w.scope).words
    for words in ("Nobody may ask you for money for training", "Training: promised free", "Rp 350,000", "Loket", "yes"):
        assert words in page
    paid(w)
    paid(w, amount=70_000, item="training", payer="participant", whose=build.way(w, "ani").code)
    table = visit(None, "costs", w.scope).words
    assert "Rp 350,000" in table
    assert ("Rp 70,000" in table, "for fewer than five people, not shown" in table) == (False, True)


def test_an_office_records_what_it_paid_and_takes_a_wrong_row_back(at, chance, visit):
    w = build.world(at, chance)
    on, employer = day(w.at), w.staff["employer"]
    said = {"item": "training", "payer": "panti-contoh", "amount": "Rp2.000.000", "evidence": "Transfer 9", "whose": ""}
    said |= {"on_0": str(on.day), "on_1": str(on.month), "on_2": str(on.year)}
    assert visit(employer, "expenses", w.scope, post=True, data=said).status_code == 302
    bad = visit(employer, "expenses", w.scope, post=True, data=said | {"payer": "participant"})
    assert (bad.status_code, "If a participant paid" in bad.words, Expense.objects.count()) == (422, True, 1)
    ref = Expense.objects.get().ref
    assert visit(w.staff["protector"], "expense_correct", w.scope, ref, post=True).status_code == 403
    answer = visit(employer, "expense_correct", w.scope, ref, post=True, data={"evidence": "Salah"})
    assert (answer.status_code, sorted(Expense.objects.values_list("amount", flat=True))) == (
        302,
        [-2_000_000, 2_000_000],
    )
