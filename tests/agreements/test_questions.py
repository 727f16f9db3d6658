"""Questions are asked, answered with a source, approved by a second person, and become a version of the programme."""

import datetime as dt

import pytest

from rantau.agreements import access
from rantau.agreements.actions import mandates
from rantau.agreements.actions import questions as actions
from rantau.agreements.models import Asked, Mandate
from rantau.agreements.queries import questions
from rantau.engine import programme as engine
from rantau.engine.chance import seeded
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.ledger import queries as ledger
from rantau.programmes import queries as programmes
from tests import build
from tests.agreements.asked import BASE, LETTER, ON, acting, officer, propose, refused
from tests.engine.programmes import RUSAL

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
STIPEND = {"pay.stipend": {"amount": "20000.00", "currency": "RUB"}}


@pytest.fixture
def real(at, chance):
    return build.programme(at=at, chance=chance, rehearsal=False)


@pytest.fixture
def played(at, chance):
    return build.programme(at=at, chance=chance)


def row(programme, about="pay.base", *, at, answers=None):
    found = questions.standing(programme, questions.public(programme) if answers is None else answers, at=at)
    return next((one for one in found if one.ask.about == about), None)


def current(programme):
    return programmes.get(programme.code)


def test_an_answer_becomes_a_version_when_a_second_person_approves(real, at):
    rusal, boss = acting(real, "rusal", at=at), officer(real, Role.COORDINATOR, at=at)
    answer = propose(real, rusal, at=at)
    assert (answer.state, answer.office, answer.base) == ("proposed", "rusal", real.version)
    assert answer.source == {
        "key": "rusal-2026-04-20",
        "title": LETTER["title"],
        "address": LETTER["address"],
        "on": "2026-04-20",
    }
    assert [(c.path, c.kind) for c in questions.changes(answer)] == [("pay.base", "answered")]
    assert current(real).version == real.version
    actions.approve(answer=answer, person=boss, at=at + DAY)
    now = current(real)
    terms = programmes.terms(now.version)
    assert (terms.pay.base.value.amount, terms.pay.base.sources, terms.pay.base.on) == (
        "90000.00",
        ("rusal-2026-04-20",),
        ON,
    )
    assert (answer.state, answer.decided_at, questions.version(answer)) == ("approved", at + DAY, now.version)
    first, second = [(e.action, e.actor, e.facts) for e in ledger.history(f"answer:{answer.ref}")]
    digest = engine.digest(terms)
    assert first == (
        "propose",
        rusal.ref,
        {"from": "new", "to": "proposed", "about": "pay.base", "office": "rusal", "digest": digest},
    )
    assert second == (
        "approve",
        boss.ref,
        {"from": "proposed", "to": "approved", "about": "pay.base", "digest": digest},
    )
    assert [e.facts["digest"] for e in ledger.history("programme:rusal-2026") if e.action == "version"][-1] == digest


def test_a_joint_question_is_answered_by_any_member_and_nobody_else(real, at):
    for office in ("kp2mi", "rusal"):
        person = acting(real, office, at=at)
        answer = propose(real, person, at=at, about="costs", values={"costs.visa.free": True})
        assert answer.office == office
        actions.take_back(answer=answer, person=person, at=at)
    for office in ("esdm", "kedubes-rusia"):
        stranger = acting(real, office, at=at)
        with refused("mandate.missing", office="kp2mi-rusal"):
            propose(real, stranger, at=at, about="costs", values={"costs.visa.free": True})


def test_only_a_mandate_in_force_that_covers_answers_lets_an_office_answer(real, at):
    reader = acting(real, "rusal", "sign", at=at, name="Penanda tangan")
    late = acting(real, "rusal", at=at, name="Dulu", days=1)
    ended = acting(real, "rusal", at=at, name="Selesai")
    mandates.end(mandate=Mandate.objects.get(person=ended), person=officer(real, Role.OPERATOR, at=at), at=at)
    nobody = build.person(at=at, chance=seeded("nobody"))
    verifier = officer(real, Role.VERIFIER, at=at)
    employer = officer(real, Role.EMPLOYER, at=at)
    for person, when in ((reader, at), (late, at + 2 * DAY), (ended, at), (nobody, at), (verifier, at), (employer, at)):
        with refused("mandate.missing", power="answer"):
            propose(real, person, at=when)


def test_a_coordinator_records_what_an_office_published_and_another_approves(real, at):
    first, second = (officer(real, Role.COORDINATOR, at=at, name=name) for name in ("satu", "dua"))
    answer = propose(real, first, at=at)
    assert answer.office == "rusal"
    with refused("step.same_person"):
        actions.approve(answer=answer, person=first, at=at)
    with refused("step.same_person"):
        actions.refuse(answer=answer, reason="Tidak.", person=first, at=at)
    actions.approve(answer=answer, person=second, at=at)
    assert answer.state == "approved"


def test_who_decides_is_a_coordinator_the_ministry_or_who_approves_for_it(real, at):
    answer = propose(real, acting(real, "rusal", at=at), at=at)
    employer = acting(real, "rusal", "answer", "approve", at=at, name="Direktur")
    drafter = acting(real, "kp2mi", "answer", "sign", at=at, name="Penyusun")
    for person in (employer, drafter, officer(real, Role.AUDITOR, at=at), officer(real, Role.EMPLOYER, at=at)):
        with refused("step.role", step="approve"):
            actions.approve(answer=answer, person=person, at=at)
        with refused("step.role", step="refuse"):
            actions.refuse(answer=answer, reason="Tidak.", person=person, at=at)
    director = acting(real, "kp2mi", "approve", at=at, name="Direktur Jenderal")
    assert access.decides(director, real, at=at) == {Role.MINISTRY}
    assert access.decides(officer(real, Role.MINISTRY, at=at), real, at=at) == {Role.MINISTRY}
    actions.approve(answer=answer, person=director, at=at)
    assert answer.state == "approved"


def test_a_refusal_has_a_reason_and_leaves_the_programme_as_it_was(real, at):
    answer, boss = propose(real, acting(real, "rusal", at=at), at=at), officer(real, Role.COORDINATOR, at=at)
    for reason in ("  ", "x" * 1001):
        with refused("answer.reason", longest=1000):
            actions.refuse(answer=answer, reason=reason, person=boss, at=at)
    actions.refuse(answer=answer, reason=" Surat tidak ditandatangani. ", person=boss, at=at)
    assert (answer.state, answer.reason, current(real).version) == (
        "refused",
        "Surat tidak ditandatangani.",
        real.version,
    )
    with refused("step.state"):
        actions.approve(answer=answer, person=officer(real, Role.MINISTRY, at=at), at=at)
    assert propose(real, answer.person, at=at).state == "proposed"


def test_while_an_answer_waits_there_is_no_second_one_to_the_same_question(real, at):
    rusal = acting(real, "rusal", at=at)
    propose(real, rusal, at=at)
    with refused("answer.open", about="pay.base"):
        propose(real, rusal, at=at)
    assert propose(real, rusal, at=at, about="pay.stipend", values=STIPEND).state == "proposed"


def test_who_proposed_takes_back_or_a_colleague_of_the_office(real, at):
    rusal, colleague = acting(real, "rusal", at=at), acting(real, "rusal", at=at, name="Rekan")
    answer = propose(real, rusal, at=at)
    for person in (
        officer(real, Role.COORDINATOR, at=at),
        acting(real, "kp2mi", at=at),
        build.person(at=at, chance=seeded("x")),
    ):
        with refused("mandate.missing"):
            actions.take_back(answer=answer, person=person, at=at)
    actions.take_back(answer=answer, person=colleague, at=at)
    assert answer.state == "taken_back"
    with refused("step.state"):
        actions.take_back(answer=answer, person=rusal, at=at)


UNUSABLE = [
    ("question.unknown", {"about": "pay.nothing"}, {"about": "pay.nothing"}),
    ("question.unknown", {"about": "pay"}, {"about": "pay"}),
    ("answer.empty", {"values": {}}, {}),
    ("answer.paths", {"values": BASE | STIPEND}, {"paths": ["pay.stipend"]}),
    ("answer.paths", {"values": {"seats": 500}}, {"paths": ["seats"]}),
    ("answer.source", {"title": " "}, {"what": "title"}),
    ("answer.source", {"address": ""}, {"what": "address"}),
    ("answer.source", {"on": None}, {"what": "day"}),
    ("answer.source", {"on": dt.date(2026, 5, 5)}, {"what": "day"}),
    ("answer.invalid", {"values": {"pay.base": {"amount": "1", "currency": "RUB"}}}, {}),
]


@pytest.mark.parametrize(("code", "given", "facts"), UNUSABLE, ids=lambda part: str(part)[:40])
def test_what_cannot_be_an_answer_is_refused_and_leaves_nothing_behind(real, at, code, given, facts):
    rusal = acting(real, "rusal", at=at)
    with refused(code, **facts):
        propose(real, rusal, at=at, **given)


def test_what_was_published_is_asked_no_more(real, at):
    boss = officer(real, Role.COORDINATOR, at=at)
    actions.approve(answer=propose(real, acting(real, "rusal", at=at), at=at), person=boss, at=at)
    with refused("question.unknown", about="pay.base"):
        propose(current(real), boss, at=at)


def test_an_answer_is_written_into_the_newest_version_where_nothing_stands_in_its_way(real, at):
    boss, rusal = officer(real, Role.COORDINATOR, at=at), acting(real, "rusal", at=at)
    first = propose(real, rusal, at=at)
    second = propose(real, rusal, at=at, about="pay.stipend", values=STIPEND)
    actions.approve(answer=second, person=boss, at=at)
    actions.approve(answer=first, person=boss, at=at)
    now = programmes.terms(current(real).version)
    assert (now.pay.base.value.amount, now.pay.stipend.value.amount) == ("90000.00", "20000.00")
    assert [source.key for source in now.sources if source.key.startswith("rusal-")] == ["rusal-2026-04-20"]
    assert [(c.path, c.kind) for c in questions.changes(first)] == [("pay.base", "answered")]
    assert questions.version(first) == current(real).version


def test_an_answer_is_stale_once_the_programme_says_something_there(real, at):
    boss, rusal = officer(real, Role.COORDINATOR, at=at), acting(real, "rusal", at=at)
    answer = propose(real, rusal, at=at)
    said = 'base = { value = { amount = "80000.00", currency = "RUB" }, sources = ["suara"], on = 2026-04-01 }'
    build.programmes.store(text=RUSAL.replace('\nbase = "unpublished"', f"\n{said}"), person=boss, at=at)
    with refused("answer.stale", paths=["pay.base"]):
        actions.approve(answer=answer, person=boss, at=at)
    actions.refuse(answer=answer, reason="Sudah diumumkan.", person=boss, at=at)


def test_in_a_rehearsal_an_answer_takes_the_place_of_an_assumption(played, at):
    kp2mi, boss = acting(played, "kp2mi", at=at), officer(played, Role.COORDINATOR, at=at)
    before = row(played, "eligibility", at=at)
    assert (before.open, "eligibility.min_age" in before.assumed) == ((), True)
    answer = propose(played, kp2mi, at=at, about="eligibility", values={"eligibility.min_age": 19})
    actions.approve(answer=answer, person=boss, at=at)
    now = current(played)
    assert (now.code, now.clock_at, now.rehearsal) == ("rusal-2026-peragaan", at, True)
    who = programmes.terms(now.version).eligibility
    assert (who.min_age.status, who.min_age.value, who.max_age.status) == ("published", 19, "assumed")
    after = row(now, "eligibility", at=at)
    assert ("eligibility.min_age" in after.assumed, after.approved) == (False, [answer])


def test_an_answer_in_part_leaves_the_rest_open(real, at):
    boss = officer(real, Role.COORDINATOR, at=at)
    answer = propose(real, acting(real, "kp2mi", at=at), at=at, about="nomination", values={"nomination.days": 7})
    actions.approve(answer=answer, person=boss, at=at)
    found = row(current(real), "nomination", at=at)
    assert (found.open, found.approved) == (("nomination.required", "nomination.school_quota"), [answer])


def test_the_day_set_last_counts_and_every_one_is_in_the_ledger(real, at):
    boss = officer(real, Role.COORDINATOR, at=at)
    found = row(real, at=at)
    assert (found.due, found.set_at, found.over) == (dt.date(2026, 4, 30), None, 4)
    for days in (3, 10):
        actions.ask(programme=real, about="pay.base", due_on=(at + days * DAY).date(), person=boss, at=at + days * DAY)
    found = row(real, at=at + 12 * DAY)
    assert (found.due, found.set_at, found.over) == ((at + 10 * DAY).date(), at + 10 * DAY, 2)
    asked = [e.facts for e in ledger.history("programme:rusal-2026") if e.action == "ask"]
    assert asked == [{"about": "pay.base", "due": "2026-05-07"}, {"about": "pay.base", "due": "2026-05-14"}]
    assert row(real, "milestones", at=at).due is None


def test_who_may_not_set_a_day_and_which_day_is_none(real, at):
    boss = officer(real, Role.COORDINATOR, at=at)
    for person in (
        acting(real, "rusal", at=at),
        acting(real, "kp2mi", "sign", at=at),
        officer(real, Role.AUDITOR, at=at),
    ):
        with refused("role.missing"):
            actions.ask(programme=real, about="pay.base", due_on=at.date(), person=person, at=at)
    with refused("question.unknown"):
        actions.ask(programme=real, about="seats", due_on=at.date(), person=boss, at=at)
    with refused("question.due"):
        actions.ask(programme=real, about="pay.base", due_on=at.date() - DAY, person=boss, at=at)
    assert Asked.objects.count() == 0


def test_a_proposal_is_read_by_those_it_concerns_alone(real, at):
    pay = propose(real, acting(real, "rusal", at=at), at=at)
    kp2mi = acting(real, "kp2mi", at=at)
    joint = propose(real, kp2mi, at=at, about="posting_rule", values={"posting_rule": {"id": "Undian"}})
    seen = {
        "rusal": acting(real, "rusal", "sign", at=at, name="Rekan"),
        "kp2mi": kp2mi,
        "embassy": acting(real, "kedubes-rusia", at=at),
        **{role.value: officer(real, role, at=at) for role in (Role.COORDINATOR, Role.AUDITOR, Role.MINISTRY)},
    }
    found = {who: [a.about for a in access.answers(person, real, at=at)] for who, person in seen.items()}
    assert found == {
        "rusal": ["pay.base", "posting_rule"],
        "kp2mi": ["posting_rule"],
        "embassy": [],
        **{role: ["pay.base", "posting_rule"] for role in ("coordinator", "auditor", "ministry")},
    }
    for person in (build.person(at=at, chance=seeded("y")), officer(real, Role.VERIFIER, at=at)):
        with pytest.raises(Refusal, match=r"mandate\.missing"):
            access.answers(person, real, at=at)
    assert list(questions.public(real)) == []
    assert [a for one in questions.standing(real, questions.public(real), at=at) for a in one.answers] == []
    assert {pay.state, joint.state} == {"proposed"}


def test_the_offices_are_counted(real, at):
    boss = officer(real, Role.COORDINATOR, at=at)
    actions.approve(answer=propose(real, acting(real, "rusal", at=at), at=at), person=boss, at=at)
    now = current(real)
    rows = questions.standing(now, questions.public(now), at=at)
    found = questions.by_office(rows, programmes.terms(now.version).offices)
    assert [(o.office.code, len(o.rows), o.open, o.over, o.answered) for o in found] == [
        ("kp2mi", 7, 7, 4, 0),
        ("rusal", 12, 11, 11, 1),
        ("kp2mi-rusal", 7, 7, 5, 0),
    ]
    assert row(now, at=at).open == ()
