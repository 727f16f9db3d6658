"""Pages of open questions: what everybody reads, what an office types, what a second person decides, what nobody else sees."""

import pytest
from django.test import Client
from django.urls import reverse

from rantau.agreements.actions import questions as actions
from rantau.agreements.models import Answer, Asked
from rantau.engine.chance import seeded
from rantau.engine.flow import Role
from rantau.engine.programme import known_values
from rantau.programmes import queries as programmes
from rantau.web.questions.sentences import PLACES
from rantau.web.questions.words import place
from tests import build
from tests.agreements.asked import acting, everything, officer, propose
from tests.engine.answers import given_at
from tests.engine.programmes import example, rehearsed, rusal

pytestmark = pytest.mark.django_db
SECRET = {"pay.base": {"amount": "91234.00", "currency": "RUB"}}
SOURCE = {"title": "Surat RUSAL", "address": "RUSAL 14/2026", "on_0": "20", "on_1": "4", "on_2": "2026"}


@pytest.fixture
def real(at, chance):
    return build.programme(at=at, chance=chance, rehearsal=False)


@pytest.fixture(autouse=True)
def _today(monkeypatch, at):
    monkeypatch.setattr("rantau.web.middleware.timezone.now", lambda: at)


def current(programme):
    return programmes.get(programme.code)


def typed(terms, *paths):
    """Return what a person types at some paths, as the form sends it."""
    sent = {}
    for path in paths:
        parts = given_at(terms, path)
        if path == "dates.departs_on":
            sent |= {f"{path}:_{n}": part for n, part in enumerate(("15", "9", "2026"))}
        else:
            sent |= {f"{path}:{part}": words for part, words in parts.items()}
    return sent


@pytest.mark.parametrize("prefix", ["", "/en", "/ru"])
def test_everybody_reads_what_is_open_until_when_and_how_late(client: Client, real, prefix):
    page = client.get(f"{prefix}/program/rusal-2026/pertanyaan/")
    assert page.status_code == 200
    owed = [(part["office"].office.code, part["office"].open, part["office"].over) for part in page.context["owed"]]
    assert owed == [("kp2mi", 7, 4), ("rusal", 12, 12), ("kp2mi-rusal", 7, 5)]
    assert (page.context["asked"], page.context["over"], page.context["answers"]) == (26, 21, [])


def test_the_page_says_the_day_and_the_milestone_it_comes_from(visit, real):
    words = visit(None, "questions", "rusal-2026").words
    assert "4 days over" in words
    assert "Answer wanted by Thursday, 30 April 2026; people need it before: Registration opens" in words
    assert "no date announced" in words


def test_a_day_that_was_set_is_read_by_everybody(visit, real, at):
    boss = officer(real, Role.COORDINATOR, at=at)
    assert visit(boss, "question_due", "rusal-2026", "milestones").status_code == 200
    late = {"due_on_0": "1", "due_on_1": "5", "due_on_2": "2026"}
    refused = visit(boss, "question_due", "rusal-2026", "milestones", data=late, post=True)
    assert (refused.status_code, Asked.objects.count()) == (422, 0)
    set_ = visit(boss, "question_due", "rusal-2026", "milestones", data=late | {"due_on_0": "10"}, post=True)
    assert (set_.status_code, Asked.objects.get().about) == (302, "milestones")
    words = visit(None, "questions", "rusal-2026").words
    assert "Answer wanted by Sunday, 10 May 2026; the programme asked for it on 4 May 2026" in words


ONE_OF_EACH_KIND = (
    *("fields_split", "fields", "phases", "posting_rule", "pay.base", "pay.by_grade", "pay.gross_or_net"),
    *("dates.departs_on", "eligibility", "selection"),
)


def test_every_open_question_has_a_form_that_takes_a_sensible_answer(visit, real, at):
    boss, terms = officer(real, Role.COORDINATOR, at=at), rusal()
    for question in terms.questions():
        page = visit(boss, "question_answer", "rusal-2026", question.about)
        assert [group.path for group in page.context["form"].groups()] == list(question.paths)
        if question.about not in ONE_OF_EACH_KIND:
            continue
        sent = visit(
            boss,
            "question_answer",
            "rusal-2026",
            question.about,
            data=SOURCE | typed(terms, *question.paths),
            post=True,
        )
        assert sent.status_code == 302, (question.about, sent.context["form"].errors)
    answered = {answer.about: sorted(answer.values) for answer in Answer.objects.all()}
    assert answered == {q.about: sorted(q.paths) for q in terms.questions() if q.about in ONE_OF_EACH_KIND}


WRONG = [
    ({}, {"__all__": "The answer is empty. Fill in at least one value."}),
    (
        {"pay.base:amount": "90.000", "pay.base:currency": "RUB"},
        {"pay.base:amount": "Write the amount without separators"},
    ),
    ({"pay.base:amount": "90000", "pay.base:currency": "RUB", "title": ""}, {"title": "Write what it is called"}),
    ({"pay.base:amount": "90000", "pay.base:currency": "RUB", "address": "http://rusal.ru"}, {"address": "https://"}),
    ({"pay.base:amount": "90000", "pay.base:currency": "RUB", "on_0": "5", "on_1": "5"}, {"on": "cannot lie ahead"}),
]


@pytest.mark.parametrize(("given", "errors"), WRONG, ids=str)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_kept(visit, real, at, given, errors):
    boss, before = officer(real, Role.COORDINATOR, at=at), everything()
    page = visit(boss, "question_answer", "rusal-2026", "pay.base", data=SOURCE | given, post=True)
    assert (page.status_code, set(page.context["form"].errors)) == (422, set(errors))
    assert [words for words in errors.values() if words not in page.words] == []
    assert everything()["Answer"] == before["Answer"]


def test_values_that_contradict_each_other_are_named_beside_their_field(visit, real, at):
    boss = officer(real, Role.COORDINATOR, at=at)
    given = SOURCE | {"eligibility.min_age:": "30", "eligibility.max_age:": "20"}
    page = visit(boss, "question_answer", "rusal-2026", "eligibility", data=given, post=True)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["eligibility.max_age:"])
    assert "20 comes before 30" in page.words
    page = visit(
        boss, "question_answer", "rusal-2026", "eligibility", data=given | {"eligibility.max_age:": "99"}, post=True
    )
    assert "Write a whole number from 15 to 70." in page.words


def test_an_answer_is_shown_value_by_value_and_becomes_public_with_the_approval(visit, real, at):
    rusal_, boss = acting(real, "rusal", at=at), officer(real, Role.COORDINATOR, at=at)
    sent = SOURCE | {"pay.base:amount": "91234", "pay.base:currency": "RUB"}
    made = visit(rusal_, "question_answer", "rusal-2026", "pay.base", data=sent, post=True)
    ref = Answer.objects.get().ref
    assert made.url == f"/en/program/rusal-2026/meja/jawaban/{ref}/"
    own = visit(rusal_, "question_proposal", "rusal-2026", ref)
    assert "A second person decides: you proposed it." in own.words
    assert "See the proposed answer" in visit(rusal_, "question_answer", "rusal-2026", "pay.base").words
    page = visit(boss, "question_proposal", "rusal-2026", ref)
    (row,) = page.context["changes"]
    assert (row["place"], row["before"], row["after"]) == (
        "Pay in the first month",
        {"status": "unpublished", "says": []},
        {"status": "published", "says": ["91,234 RUB"]},
    )
    assert "RUSAL 14/2026" in page.words
    assert visit(boss, "question_proposal", "rusal-2026", ref, data={"says": "approve"}, post=True).status_code == 302
    words = visit(None, "questions", "rusal-2026").words
    assert [
        text for text in ("Answered since", "91,234 RUB", "Surat RUSAL", "Answered for RUSAL") if text not in words
    ] == []
    assert current(real).version.digest[:16] in words


def test_without_a_reason_nothing_is_refused(visit, real, at):
    answer, boss = propose(real, acting(real, "rusal", at=at), at=at), officer(real, Role.COORDINATOR, at=at)
    page = visit(boss, "question_proposal", "rusal-2026", answer.ref, data={"says": "refuse"}, post=True)
    assert (page.status_code, Answer.objects.get().state) == (422, "proposed")
    given = {"says": "refuse", "reason": "Surat tanpa tanda tangan."}
    assert visit(boss, "question_proposal", "rusal-2026", answer.ref, data=given, post=True).status_code == 302
    for reader in (answer.person, boss):
        assert "Surat tanpa tanda tangan." in visit(reader, "question_desk", "rusal-2026").words
    assert "Surat tanpa tanda tangan." not in visit(None, "questions", "rusal-2026").words


def test_its_office_takes_an_answer_back(visit, real, at):
    rusal_ = acting(real, "rusal", at=at)
    answer = propose(real, rusal_, at=at)
    visit(rusal_, "question_proposal", "rusal-2026", answer.ref, data={"says": "take_back"}, post=True)
    assert Answer.objects.get().state == "taken_back"


def test_a_stale_answer_says_what_to_do(visit, real, at):
    rusal_, boss = acting(real, "rusal", at=at), officer(real, Role.COORDINATOR, at=at)
    answer = propose(real, rusal_, at=at)
    said = 'base = { value = { amount = "80000.00", currency = "RUB" }, sources = ["suara"], on = 2026-04-01 }'
    text = build.RUSAL.read_text().replace('\nbase = "unpublished"', f"\n{said}")
    build.programmes.store(text=text, person=boss, at=at)
    page = visit(boss, "question_proposal", "rusal-2026", answer.ref, data={"says": "approve"}, post=True)
    assert (page.status_code, "at the same place: pay.base" in page.words) == (409, True)


def test_nobody_but_those_it_concerns_reads_a_proposal(visit, real, at):
    answer = propose(real, acting(real, "rusal", at=at), at=at, values=SECRET)
    readers = {
        "rusal": acting(real, "rusal", "sign", at=at, name="Rekan"),
        "kp2mi": acting(real, "kp2mi", at=at, name="Wakil"),
        "embassy": acting(real, "kedubes-rusia", at=at, name="Atase"),
        "home": acting(real, "kbri-moskow", at=at, name="Konsul"),
        "auditor": officer(real, Role.AUDITOR, at=at),
        "verifier": officer(real, Role.VERIFIER, at=at),
        "stranger": build.person(at=at, chance=seeded("stranger")),
        "nobody": None,
    }
    found = {}
    for name, person in readers.items():
        pages = [
            visit(person, "question_proposal", "rusal-2026", answer.ref),
            visit(person, "question_desk", "rusal-2026"),
            visit(person, "questions", "rusal-2026"),
        ]
        found[name] = [page.status_code for page in pages], any("91,234" in page.words for page in pages)
    assert found == {
        "rusal": ([200, 200, 200], True),
        "kp2mi": ([404, 200, 200], False),
        "embassy": ([404, 200, 200], False),
        "home": ([404, 200, 200], False),
        "auditor": ([200, 200, 200], True),
        "verifier": ([403, 403, 200], False),
        "stranger": ([403, 403, 200], False),
        "nobody": ([302, 302, 200], False),
    }


def test_who_may_not_answer_or_decide_changes_nothing(visit, real, at):
    answer = propose(real, acting(real, "rusal", at=at), at=at)
    others = [acting(real, "kedubes-rusia", at=at), acting(real, "rusal", "sign", at=at, name="Lain")]
    others += [officer(real, role, at=at) for role in (Role.AUDITOR, Role.EMPLOYER, Role.VERIFIER)]
    before = everything()
    sent = SOURCE | {"pay.stipend:amount": "91234", "pay.stipend:currency": "RUB"}
    due = {"due_on_0": "10", "due_on_1": "5", "due_on_2": "2026"}
    for person in others:
        asked = visit(person, "question_answer", "rusal-2026", "pay.stipend", data=sent, post=True)
        decided = visit(person, "question_proposal", "rusal-2026", answer.ref, data={"says": "approve"}, post=True)
        day = visit(person, "question_due", "rusal-2026", "pay.stipend", data=due, post=True)
        assert (asked.status_code, decided.status_code in (403, 404), day.status_code) == (403, True, 403)
    assert everything() == before


def test_the_desk_shows_a_person_the_questions_of_their_offices(visit, real, at):
    desks = {
        "rusal": (acting(real, "rusal", at=at), ["rusal", "kp2mi-rusal"]),
        "embassy": (acting(real, "kedubes-rusia", at=at, name="Atase"), []),
        "boss": (officer(real, Role.COORDINATOR, at=at), ["kp2mi", "rusal", "kp2mi-rusal"]),
    }
    for person, offices in desks.values():
        desk = visit(person, "question_desk", "rusal-2026").context["desk"]
        assert [part.office.code for part in desk.owed] == offices
    assert (
        "Nothing is asked of the offices that you act for."
        in visit(desks["embassy"][0], "question_desk", "rusal-2026").words
    )


def test_a_rehearsal_marks_what_it_assumes_and_takes_an_answer_for_it(visit, at, chance):
    played = build.programme(at=at, chance=chance)
    boss, second = (officer(played, Role.COORDINATOR, at=at, name=name) for name in ("satu", "dua"))
    page = visit(None, "questions", played.code)
    assert "eligibility" in [row.ask.about for row in page.context["assumed"]]
    assert "Assumed in this rehearsal now: 18" in visit(boss, "question_answer", played.code, "eligibility").words
    sent = SOURCE | {"eligibility.min_age:": "19"}
    visit(boss, "question_answer", played.code, "eligibility", data=sent, post=True)
    answer = Answer.objects.get()
    (row,) = visit(second, "question_proposal", played.code, answer.ref).context["changes"]
    assert (row["before"], row["after"]) == (
        {"status": "assumed", "says": ["18"]},
        {"status": "published", "says": ["19"]},
    )
    actions.approve(answer=answer, person=second, at=at)
    assert [one["answer"] for one in visit(None, "questions", played.code).context["answers"]] == [answer]


def test_every_value_of_the_shipped_programmes_has_a_name():
    for terms in (rusal(), rehearsed(), example()):
        named = {path: place(terms, path) for path, _ in known_values(terms) if ".criteria." not in path}
        assert [path for path, words in named.items() if words == path] == []
    assert len(PLACES) == len(set(PLACES))


def test_nothing_is_asked_at_a_place_that_is_none(visit, real, at):
    boss = officer(real, Role.COORDINATOR, at=at)
    assert visit(boss, "question_answer", "rusal-2026", "seats").status_code == 404
    assert visit(boss, "question_proposal", "rusal-2026", "nothing").status_code == 404
    actions.approve(answer=propose(real, acting(real, "rusal", at=at), at=at), person=boss, at=at)
    again = visit(boss, "question_answer", "rusal-2026", "pay.base")
    assert (again.status_code, "the question was answered" in again.words) == (409, True)
    assert reverse("questions", args=["rusal-2026"]) == "/program/rusal-2026/pertanyaan/"
