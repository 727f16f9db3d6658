"""Accepting clause by clause, legal review, desks by other hands, signatures, and what comes into force with the last."""

import datetime as dt

import pytest

from rantau.agreements import queries
from rantau.agreements.actions import approving, deadlines, drafting, negotiating
from rantau.agreements.models import Agreement, Duty
from rantau.ledger.models import Entry
from rantau.paper import keys, sealing
from rantau.programmes import queries as programmes
from tests import build as people
from tests.agreements import build
from tests.selection.build import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return build.world()


def accept(w, agreement, office, *codes, number=1):
    return negotiating.accept(agreement=agreement, number=number, clauses=codes, person=w.of(office, "accept"), at=w.at)


def comment(w, agreement, office, text="Belum jelas.", clause="contract", number=1):
    return negotiating.comment(
        agreement=agreement,
        number=number,
        clause=clause,
        text=text,
        person=w.of(office, "accept"),
        at=w.at,
        chance=w.chance,
    )


def sign(w, agreement, office, **given):
    return approving.sign(agreement=agreement, person=w.of(office, "sign"), at=w.at, chance=w.chance, **given)


def test_a_side_agrees_with_the_last_clause_it_accepts(w):
    agreement = build.tabled(w)
    codes = list(queries.digests(queries.newest(agreement)))
    assert accept(w, agreement, "rusal", *codes[1:]).state == "reading"
    with refused("agreement.clause", clause="nothing"):
        accept(w, agreement, "rusal", "nothing")
    assert accept(w, agreement, "rusal", codes[0]).state == "agreed"
    with refused("agreement.closed", state="agreed"):
        accept(w, agreement, "rusal", codes[0])


def test_an_acceptance_can_be_taken_back_while_others_are_open(w):
    agreement = build.tabled(w)
    accept(w, agreement, "rusal", "contract")
    given = {"agreement": agreement, "number": 1, "person": w.of("rusal", "accept"), "at": w.at}
    negotiating.take_back(clause="contract", **given)
    side = agreement.sides.get(office="rusal")
    assert queries.accepted(side, queries.newest(agreement)) == frozenset()
    with refused("agreement.clause", clause="contract"):
        negotiating.take_back(clause="contract", **given)


def test_who_is_consulted_comments_and_decides_nothing(w):
    agreement = build.tabled(w)
    with refused("agreement.consulted"):
        accept(w, agreement, "kbri-moskow", "contract")
    made = comment(w, agreement, "kbri-moskow")
    assert (made.side.office, made.draft.number) == ("kbri-moskow", 1)
    with refused("agreement.text"):
        comment(w, agreement, "kbri-moskow", text="  ")


def test_a_comment_is_answered_once_by_somebody_who_says_something(w):
    agreement = build.tabled(w)
    made = comment(w, agreement, "rusal")
    with refused("agreement.text"):
        negotiating.settle(comment=made, answer="", person=w.of("kp2mi", "accept"), at=w.at)
    negotiating.settle(comment=made, answer="Dihitung sejak mulai kerja.", person=w.of("kp2mi", "accept"), at=w.at)
    assert (made.settled_by, made.answer) == ("kp2mi", "Dihitung sejak mulai kerja.")
    with refused("agreement.settled"):
        negotiating.settle(comment=made, answer="Lagi.", person=w.of("rusal", "accept"), at=w.at)


def test_nobody_answers_a_version_that_is_no_longer_the_newest(w):
    agreement = build.tabled(w)
    new = build.reworded(agreement, "contract")
    drafting.put(agreement=agreement, clause=new, after="", person=w.of("rusal", "draft"), at=w.at)
    drafting.table(agreement=agreement, person=w.of("rusal", "draft"), at=w.at)
    with refused("agreement.newer", number=2):
        accept(w, agreement, "kp2mi", "contract", number=1)
    with refused("agreement.newer", number=2):
        comment(w, agreement, "kp2mi", number=1)


def test_legal_review_comes_first_and_needs_a_named_chain(w):
    agreement = build.tabled(w)
    with refused("agreement.chain"):
        approving.clear(agreement=agreement, person=w.of("rusal", "legal"), at=w.at)
    build.accept_all(w, agreement, "rusal")
    drafting.chain(agreement=agreement, desks=["Direksi"], person=w.of("rusal", "draft"), at=w.at)
    with refused("step.state"):
        approving.approve(agreement=agreement, person=w.of("rusal", "approve"), at=w.at)
    approving.clear(agreement=agreement, person=w.of("rusal", "legal"), at=w.at)
    assert approving.approve(agreement=agreement, person=w.of("rusal", "approve"), at=w.at).state == "approved"


def test_each_desk_is_another_person(w):
    agreement = build.tabled(w)
    build.accept_all(w, agreement, "rusal")
    drafting.chain(agreement=agreement, desks=["Satu", "Dua"], person=w.of("rusal", "draft"), at=w.at)
    lawyer = people.person(at=build.AT, chance=w.chance)
    build.mandate(w, lawyer, "rusal", ("legal", "approve", "sign"))
    approving.clear(agreement=agreement, person=lawyer, at=w.at)
    with refused("step.same_person"):
        approving.approve(agreement=agreement, person=lawyer, at=w.at)
    assert approving.approve(agreement=agreement, person=w.of("rusal", "approve"), at=w.at).state == "cleared"
    with refused("step.same_person"):
        approving.approve(agreement=agreement, person=w.of("rusal", "approve"), at=w.at)
    desk = queries.approvals(agreement.sides.get(office="rusal"), queries.newest(agreement))
    assert [(one.step, one.desk) for one in desk] == [("clear", ""), ("endorse", "Satu")]


def test_what_is_sent_back_begins_again_and_the_same_hands_may_pass_it(w):
    agreement = build.tabled(w)
    build.accept_all(w, agreement, "rusal")
    build.approve_all(w, agreement, "rusal")
    with refused("agreement.text"):
        approving.send_back(agreement=agreement, person=w.of("rusal", "approve"), at=w.at, reason=" ")
    side = approving.send_back(agreement=agreement, person=w.of("rusal", "approve"), at=w.at, reason="Pasal 4.")
    assert (side.state, queries.approvals(side, queries.newest(agreement))) == ("reading", [])
    build.accept_all(w, agreement, "rusal")
    build.approve_all(w, agreement, "rusal")
    assert build.sides(agreement)["rusal"] == "approved"


def test_it_is_agreed_when_the_last_side_that_decides_has_approved(w):
    agreement = build.agreed(w)
    assert (agreement.state, build.sides(agreement)) == (
        "agreed",
        {
            "kp2mi": "approved",
            "rusal": "approved",
            "kedubes-rusia": "approved",
            "kbri-moskow": "reading",
            "kemenperin": "reading",
            "esdm": "reading",
        },
    )
    with refused("agreement.closed", state="agreed"):
        approving.send_back(agreement=agreement, person=w.of("rusal", "sign"), at=w.at, reason="Terlambat.")


def test_only_signatories_sign_and_only_what_is_agreed(w):
    agreement = build.tabled(w)
    with refused("agreement.closed", state="tabled"):
        sign(w, agreement, "kp2mi")
    for office in ("kp2mi", "rusal", "kedubes-rusia"):
        build.accept_all(w, agreement, office)
        build.approve_all(w, agreement, office)
    with refused("agreement.no_signatory"):
        sign(w, agreement, "kedubes-rusia")
    with refused("mandate.missing", power="sign"):
        approving.sign(agreement=agreement, person=w.of("rusal", "approve"), at=w.at, chance=w.chance)
    assert sign(w, agreement, "kp2mi").state == "agreed"
    with refused("step.state"):
        sign(w, agreement, "kp2mi")


def test_the_last_signature_puts_it_in_force_with_its_duties_and_its_milestone(w):
    agreement = build.in_force(w)
    assert (agreement.state, agreement.ends_at) == ("in_force", dt.datetime(2031, 1, 26, 16, 59, 59, tzinfo=dt.UTC))
    owed = Duty.objects.filter(agreement=agreement)
    assert {one.state for one in owed} == {"open"}
    alarms = [(one.office, programmes.day(one.due_at)) for one in owed.filter(term="renewal").order_by("office")]
    assert alarms == [("kp2mi", dt.date(2030, 7, 30)), ("rusal", dt.date(2030, 7, 30))]  # 180 days before its last
    assert programmes.reached(w.programme, at=w.at)["memorandum"] == dt.date(2026, 1, 27)
    steps = list(Entry.objects.filter(subject=f"agreement:{agreement.ref}").order_by("position"))
    assert [one.action for one in steps] == ["draft", "table", "agree", "conclude", "start"]


def test_an_agreement_whose_milestone_waits_for_another_reaches_it_later(w):
    sharing = build.in_force(w, "data_sharing")
    assert "data-sharing" not in programmes.reached(w.programme, at=w.at)
    w.at += build.DAY
    build.in_force(w)
    assert programmes.reached(w.programme, at=w.at)["data-sharing"] == dt.date(2026, 1, 28)
    assert sharing.state == "in_force"


def test_nobody_rewrites_what_somebody_has_signed(w):
    agreement = build.agreed(w)
    sign(w, agreement, "kp2mi")
    new = build.reworded(agreement, "contract")
    drafting.put(agreement=agreement, clause=new, after="", person=w.of("rusal", "draft"), at=w.at)
    with refused("agreement.signing"):
        drafting.table(agreement=agreement, person=w.of("rusal", "draft"), at=w.at)
    with refused("agreement.closed", state="agreed"):
        drafting.put(agreement=agreement, clause=new, after="", person=w.of("kp2mi", "draft"), at=w.at)


def test_a_mandate_that_ended_signs_nothing(w):
    agreement = build.agreed(w)
    w.at = dt.datetime(2027, 1, 21, 3, tzinfo=dt.UTC)
    with refused("mandate.missing", power="sign"):
        sign(w, agreement, "kp2mi")


def test_every_signature_seals_the_same_text_once_more(w):
    key = keys.make_seal("Peragaan", passphrase="", at=build.AT - build.DAY, years=3)
    seal = sealing.open_seal(key, passphrase="")
    agreement = build.agreed(w)
    for office in ("kp2mi", "rusal"):
        sign(w, agreement, office, seal=seal)
    agreement = Agreement.objects.get(pk=agreement.pk)
    found = sealing.read(bytes(agreement.sealed))
    assert [(one.field, one.name, one.holds) for one in found] == [
        ("sign-kp2mi", "kp2mi: Direktur", True),
        ("sign-rusal", "rusal: Direktur", True),
    ]


def test_a_signatory_gives_notice_and_its_open_duties_end_with_it(w):
    agreement = build.in_force(w)

    def give(office, reason="Proyek berhenti.", ends_on=dt.date(2026, 4, 30)):
        person = w.of(office, "sign")
        approving.terminate(agreement=agreement, person=person, at=w.at, reason=reason, ends_on=ends_on)

    with refused("agreement.text"):
        give("rusal", reason=" ")
    with refused("agreement.no_signatory"):
        give("kedubes-rusia")
    for day in (dt.date(2026, 1, 26), dt.date(2031, 1, 27)):
        with refused("agreement.notice", first=dt.date(2026, 1, 27), last=dt.date(2031, 1, 26)):
            give("rusal", ends_on=day)
    give("rusal")
    assert (agreement.state, agreement.ends_at) == ("in_force", dt.datetime(2026, 4, 30, 16, 59, 59, tzinfo=dt.UTC))
    w.programme.clock_at = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
    w.programme.save()
    deadlines.take(programme=w.programme, at=w.at, reached={})
    assert (Agreement.objects.get().state, set(Duty.objects.values_list("state", flat=True))) == ("ended", {"ended"})


def test_its_last_day_ends_it_and_silence_is_noted_once(w):
    agreement = build.in_force(w)
    build.tabled(w, "technical_proposal")
    after = agreement.ends_at + dt.timedelta(seconds=1)
    w.programme.clock_at = after
    w.programme.save()
    assert deadlines.take(programme=w.programme, at=after, reached={}) > 0
    agreement.refresh_from_db()
    assert (agreement.state, Duty.objects.filter(agreement=agreement, state__in=["open", "late"]).count()) == (
        "ended",
        0,
    )
    reminded = Entry.objects.filter(action="remind", subject__startswith="side:")
    assert sorted(one.facts["office"] for one in reminded) == ["esdm", "kedubes-rusia", "kemenperin", "kp2mi", "rusal"]
    assert deadlines.take(programme=w.programme, at=after, reached={}) == 0
