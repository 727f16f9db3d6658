"""Lost access at the office, from the first officer to the new password."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client

from rantau.engine import codes
from rantau.engine.chance import seeded
from rantau.engine.flow import Role
from rantau.ledger import queries as ledger
from rantau.ledger.actions import open_chain
from rantau.people import actions
from rantau.people.models import Person, Recovery
from rantau.programmes.models import Programme
from tests import build

CODE = codes.draw("A", seeded("code"))
DESK, NEW = "/en/program/satu/pemulihan/", "empat kata baru siti"
CLOCK = dt.datetime(2027, 1, 4, 3, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def programme():
    cache.clear()
    made = Programme.objects.create(code="satu", kind="example", rehearsal=True, clock_at=CLOCK)
    open_chain(made.chain, quiet=True)
    return made


@pytest.fixture
def siti(at, chance):
    person = actions.register(at=at, chance=chance, name="Siti Aminah", phone="+6281234567890", password="lama sekali")
    build.bare_registration(person=person, code=CODE, scope="satu", at=at, chance=chance)
    return person


@pytest.fixture
def office(at, chance):
    """Return a maker of browsers in which a person of a role is signed in."""

    def browser(role: Role | None, scope: str = "satu") -> Client:
        person = actions.register(at=at, chance=chance, name=f"Petugas {role}")
        if role:
            actions.grant(to=person, role=role, scope=scope, at=at, person=person)
        client = Client()
        client.force_login(person)
        return client

    return browser


def test_two_officers_mend_it_together(siti, office):
    first, second, hers = office(Role.SCHOOL), office(Role.VERIFIER), Client()
    found = first.post(DESK, {"code": CODE.lower()})
    assert found.context["found"] == siti
    assert b"+6281234567890" not in found.content
    assert first.post(f"{DESK}buka/", {"code": CODE}).status_code == 302
    recovery = Recovery.objects.get()
    assert first.post(f"{DESK}{recovery.ref}/").status_code == 409  # the same officer
    assert list(second.get(DESK).context["under_way"]) == [recovery]
    word = second.post(f"{DESK}{recovery.ref}/").context["word"]
    response = hers.post("/en/akun/pulihkan/", {"word": word, "password1": NEW, "password2": NEW})
    assert (response.status_code, response.url) == (302, "/en/akun/masuk/")
    assert Person.objects.get(pk=siti.pk).check_password(NEW)
    assert [e.action for e in ledger.history(f"recovery:{recovery.ref}")] == ["open", "approve", "use"]
    assert {e.at for e in ledger.history(f"recovery:{recovery.ref}")} == {CLOCK}  # the rehearsal's own time
    again = hers.post("/en/akun/pulihkan/", {"word": word, "password1": NEW, "password2": NEW})
    assert again.context["form"].errors == {"word": ["This one-time word is not known or was used already."]}


def test_after_48_hours_the_word_is_too_late(siti, office, programme):
    first, second = office(Role.OPERATOR), office(Role.COORDINATOR)
    first.post(f"{DESK}buka/", {"code": CODE})
    word = second.post(f"{DESK}{Recovery.objects.get().ref}/").context["word"]
    Programme.objects.update(clock_at=CLOCK + dt.timedelta(hours=48, seconds=1))
    response = Client().post("/en/akun/pulihkan/", {"word": word, "password1": NEW, "password2": NEW})
    assert list(response.context["form"].errors) == ["word"]
    assert Person.objects.get(pk=siti.pk).check_password("lama sekali")
    assert list(first.get(DESK).context["under_way"]) == []


@pytest.mark.parametrize("password", [("pendek", "pendek"), (NEW, "lain sekali"), ("", "")])
def test_a_bad_password_does_not_use_up_the_word(siti, office, password):
    office(Role.OPERATOR).post(f"{DESK}buka/", {"code": CODE})
    word = office(Role.COORDINATOR).post(f"{DESK}{Recovery.objects.get().ref}/").context["word"]
    sent = {"word": word, "password1": password[0], "password2": password[1]}
    assert Client().post("/en/akun/pulihkan/", sent).status_code == 200
    assert Recovery.objects.get().state == "approved"


@pytest.mark.parametrize(("role", "scope"), [(None, ""), (Role.AUDITOR, "satu"), (Role.VERIFIER, "dua")])
def test_others_neither_see_nor_do(siti, office, role, scope):
    office(Role.OPERATOR).post(f"{DESK}buka/", {"code": CODE})
    recovery, browser = Recovery.objects.get(), office(role, scope)
    answers = [
        browser.get(DESK),
        browser.post(DESK, {"code": CODE}),
        browser.post(f"{DESK}buka/", {"code": CODE}),
        browser.post(f"{DESK}{recovery.ref}/"),
    ]
    assert [a.status_code for a in answers] == [403] * 4
    assert [a for a in answers if b"Siti" in a.content] == []
    assert Recovery.objects.get().state == "open"


def test_without_signing_in_there_is_no_desk(client, siti):
    assert [client.get(DESK).status_code, client.post(f"{DESK}buka/", {"code": CODE}).status_code] == [302, 302]
    assert Recovery.objects.count() == 0


@pytest.mark.parametrize("typed", ["Siti", "081234567890", "A-00000000001", ""])
def test_people_are_found_by_code_alone(siti, office, typed):
    response = office(Role.OPERATOR).post(DESK, {"code": typed})
    assert response.context["found"] is None
    assert list(response.context["form"].errors) == ["code"]
    assert b"Siti Aminah" not in response.content


def test_a_code_that_nobody_has_finds_nobody(siti, office):
    response = office(Role.OPERATOR).post(DESK, {"code": codes.draw("A", seeded("another"))})
    assert response.context["form"].errors == {
        "code": ["Nobody has this registration code. Compare each character with the receipt."]
    }


def test_another_programme_s_case_is_not_there(siti, office):
    office(Role.OPERATOR).post(f"{DESK}buka/", {"code": CODE})
    Programme.objects.create(code="dua", kind="example")
    other = office(Role.OPERATOR, "dua")
    assert other.post(f"/en/program/dua/pemulihan/{Recovery.objects.get().ref}/").status_code == 404
