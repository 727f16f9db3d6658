"""Lost access is mended by two, once, within 48 hours, and every step is on record."""

import datetime as dt

import pytest

from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.ledger import queries as ledger
from rantau.people import actions, queries
from rantau.people.models import Person, Recovery
from tests import build

from .conftest import CHAIN, SCOPE

LATE = dt.timedelta(hours=48, seconds=1)


@pytest.fixture
def siti(make, at, chance):
    person = make(name="Siti", phone="+6281234567890", password="sandi lama siti")
    build.bare_registration(person=person, code="A-1", scope=SCOPE, at=at, chance=chance)
    return person


@pytest.fixture
def officers(make):
    return make(Role.SCHOOL, name="Guru"), make(Role.VERIFIER, name="Petugas")


@pytest.fixture
def opened(siti, officers, chain, at, chance):
    return actions.open_recovery(of=siti, scope=SCOPE, chain=chain, person=officers[0], at=at, chance=chance)


def history(recovery: Recovery) -> list[tuple[str, str]]:
    """Return what the ledger says of a recovery: step and actor."""
    return [(e.action, e.actor) for e in ledger.history(f"recovery:{recovery.ref}")]


def state() -> str:
    """Return the state of the one recovery."""
    return Recovery.objects.get().state


def refused(code: str, act) -> None:
    """Assert that an action is refused and leaves everything as it was."""
    before = (list(Recovery.objects.values()), ledger.checkpoint(CHAIN), list(Person.objects.values("password")))
    with pytest.raises(Refusal) as refusal:
        act()
    assert refusal.value.code == code
    assert (
        list(Recovery.objects.values()),
        ledger.checkpoint(CHAIN),
        list(Person.objects.values("password")),
    ) == before


def test_two_officers_and_a_word_set_a_new_password(siti, officers, opened, at, chance):
    word = actions.approve_recovery(recovery=opened, person=officers[1], at=at, chance=chance)
    assert word[:2] == "P-"
    assert Recovery.objects.get().secret != word
    actions.use_recovery(word=word.lower().replace("-", " "), password="sandi baru siti", at=at)
    assert Person.objects.get(pk=siti.pk).check_password("sandi baru siti")
    assert history(opened) == [("open", officers[0].ref), ("approve", officers[1].ref), ("use", siti.ref)]
    assert state() == "used"
    assert list(ledger.faults()) == []


def test_the_same_officer_cannot_approve(officers, opened, at, chance):
    refused(
        "step.same_person",
        lambda: actions.approve_recovery(recovery=opened, person=officers[0], at=at, chance=chance),
    )


def test_the_person_cannot_approve_even_as_an_officer(siti, opened, at, chance):
    actions.grant(to=siti, role=Role.OPERATOR, scope=SCOPE, at=at, person=siti)
    refused("step.same_person", lambda: actions.approve_recovery(recovery=opened, person=siti, at=at, chance=chance))


def test_a_stranger_and_another_programme_s_officer_cannot(opened, make, at, chance):
    for person in (make(), make(Role.VERIFIER, scope="lain"), make(Role.EXAMINER)):
        refused("step.role", lambda p=person: actions.approve_recovery(recovery=opened, person=p, at=at, chance=chance))


def test_only_officers_open_and_never_for_themselves(siti, make, chain, at, chance):
    clerk = make(Role.OPERATOR)

    def opening(of: Person, person: Person):
        return lambda: actions.open_recovery(of=of, scope=SCOPE, chain=chain, person=person, at=at, chance=chance)

    refused("step.role", opening(siti, make()))
    refused("recovery.self", opening(clerk, clerk))


def test_two_officers_cannot_become_a_third(siti, officers, make, chain, at, chance):
    inspector = make(Role.INSPECTOR, scope="*")
    for of in (inspector, actions.ensure_system(at=at, chance=chance)):
        refused(
            "recovery.staff",
            lambda of=of: actions.open_recovery(
                of=of, scope=SCOPE, chain=chain, person=officers[0], at=at, chance=chance
            ),
        )


def test_one_case_at_a_time(siti, officers, opened, chain, at, chance):
    def again(when: dt.datetime):
        return actions.open_recovery(of=siti, scope=SCOPE, chain=chain, person=officers[1], at=when, chance=chance)

    refused("recovery.open", lambda: again(at))
    assert again(at + LATE).state == "open"


def test_a_word_works_once(officers, opened, at, chance):
    word = actions.approve_recovery(recovery=opened, person=officers[1], at=at, chance=chance)
    actions.use_recovery(word=word, password="sandi baru siti", at=at)
    refused("recovery.unknown", lambda: actions.use_recovery(word=word, password="sandi lain lagi", at=at))


@pytest.mark.parametrize("word", ["", "P-", "P-00000000000", "apa saja"])
def test_an_unknown_word_opens_nothing(opened, at, word):
    refused("recovery.unknown", lambda: actions.use_recovery(word=word, password="sandi lain lagi", at=at))


def test_everything_ends_after_48_hours(officers, opened, at, chance):
    refused(
        "step.late",
        lambda: actions.approve_recovery(recovery=opened, person=officers[1], at=at + LATE, chance=chance),
    )
    word = actions.approve_recovery(recovery=opened, person=officers[1], at=at, chance=chance)
    refused("step.late", lambda: actions.use_recovery(word=word, password="sandi baru siti", at=at + LATE))


def test_what_is_past_lapses_once(officers, opened, at, chance):
    system = actions.ensure_system(at=at, chance=chance)
    refused("step.early", lambda: actions.lapse_recovery(recovery=opened, person=system, at=at))
    assert list(queries.recoveries_past(scope=SCOPE, at=at)) == []
    assert list(queries.recoveries_past(scope=SCOPE, at=at + LATE)) == [opened]
    actions.lapse_recovery(recovery=opened, person=system, at=at + LATE)
    assert state() == "lapsed"
    assert list(queries.recoveries_past(scope=SCOPE, at=at + LATE)) == []


def test_officers_find_by_code_and_strangers_do_not(siti, officers, make, at):
    assert queries.recoverable("A-1", person=officers[0], scope=SCOPE, at=at) == siti
    with pytest.raises(Person.DoesNotExist):
        queries.recoverable("A-2", person=officers[0], scope=SCOPE, at=at)
    for person in (make(), make(Role.VERIFIER, scope="lain"), make(Role.AUDITOR)):
        with pytest.raises(Refusal) as refusal:
            queries.recoverable("A-1", person=person, scope=SCOPE, at=at)
        assert refusal.value.code == "role.missing"


def test_another_programme_s_officers_do_not_find_a_code(siti, make, at):
    other = make(Role.COORDINATOR, scope="lain")
    with pytest.raises(Person.DoesNotExist):
        queries.recoverable("A-1", person=other, scope="lain", at=at)


def test_a_list_shows_its_own_programme_alone(officers, opened, make, at):
    assert list(queries.recoveries_for(officers[1], scope=SCOPE, at=at)) == [opened]
    other = make(Role.VERIFIER, scope="lain")
    assert list(queries.recoveries_for(other, scope="lain", at=at)) == []
    with pytest.raises(Recovery.DoesNotExist):
        queries.recovery(opened.ref, person=other, scope="lain", at=at)


def test_a_school_sees_its_own_pupils_and_what_it_opened(siti, officers, opened, make, at):
    schools = {code: actions.keep_organisation(code=code, kind="school", name=code) for code in ("satu", "dua")}
    heads = {}
    for code, school in schools.items():
        heads[code] = make()
        actions.grant(to=heads[code], role=Role.SCHOOL, scope=SCOPE, at=at, person=heads[code], organisation=school)
    siti.applications.update(school=schools["satu"])
    seen = {code: list(queries.recoveries_for(head, scope=SCOPE, at=at)) for code, head in heads.items()}
    assert seen == {"satu": [opened], "dua": []}
    assert list(queries.recoveries_for(officers[0], scope=SCOPE, at=at)) == [opened]
    with pytest.raises(Recovery.DoesNotExist):
        queries.recovery(opened.ref, person=heads["dua"], scope=SCOPE, at=at)


def test_who_was_given_a_role_meanwhile_is_not_mended(siti, officers, opened, at, chance):
    actions.grant(to=siti, role=Role.VERIFIER, scope="lain", at=at, person=siti)
    refused(
        "recovery.staff",
        lambda: actions.approve_recovery(recovery=opened, person=officers[1], at=at, chance=chance),
    )
