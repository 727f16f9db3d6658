"""The account's home: who I am, my desks, my consents, my password."""

import pytest
from django.core.cache import cache
from django.test import Client

from rantau.engine.flow import Role
from rantau.ledger.actions import open_chain
from rantau.people import actions
from rantau.people.models import Consent, Person
from rantau.programmes.models import Programme

SECRET = "tiga kata siti"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def siti(at, chance):
    return actions.register(at=at, chance=chance, name="Siti", phone="+6281234567890", password=SECRET)


@pytest.fixture
def budi(at, chance):
    person = actions.register(at=at, chance=chance, name="Budi Rahasia", email="budi@contoh.id", password=SECRET)
    actions.consent(person=person, purposes={"statistics": "d"}, scope="lain", at=at)
    return person


@pytest.fixture
def home(siti, client):
    client.force_login(siti)
    return lambda: client.get("/en/akun/")


def test_without_signing_in_there_is_no_account(client):
    response = client.get("/en/akun/")
    assert (response.status_code, response.url) == (302, "/en/akun/masuk/?next=/en/akun/")


def test_the_account_shows_its_own_and_nothing_of_others(home, budi, at, siti):
    actions.consent(person=siti, purposes={"selection": "d", "kelak": "d"}, scope="contoh", at=at)
    shown = home().content.decode()
    assert [
        word
        for word in ("Siti", "+6281234567890", "contoh", "kelak", "Given on Monday, 4 May 2026.")
        if word not in shown
    ] == []
    assert [word for word in ("Budi", "budi@contoh.id", "lain") if f"{word}<" in shown] == []


def test_roles_open_the_desks_that_exist(home, siti, at):
    for code in ("satu", "dua"):
        programme = Programme.objects.create(code=code, kind="example")
        open_chain(programme.chain, quiet=True)
    actions.grant(to=siti, role=Role.OPERATOR, scope="satu", at=at, person=siti)
    actions.grant(to=siti, role=Role.INSPECTOR, scope="*", at=at, person=siti)
    desks = home().context["desks"]
    assert [(str(d.role), d.scope) for d in desks] == [
        ("Inspector", "dua"),
        ("Inspector", "satu"),
        ("Operator", "satu"),
    ]
    assert [(str(name), url) for name, url in desks[-1].links] == [
        ("Lost access", "/en/program/satu/pemulihan/"),
        ("Who may act for the offices", "/en/program/satu/mandat/"),
        ("Messages", "/en/program/satu/meja/pesan/"),
        ("Exchange with the ministry's system", "/en/program/satu/meja/pertukaran/"),
    ]


def test_a_consent_is_withdrawn_from_the_account(home, siti, client, at):
    actions.consent(person=siti, purposes={"selection": "d"}, scope="contoh", at=at)
    response = client.post("/en/akun/persetujuan/cabut/", {"purpose": "selection", "scope": "contoh"})
    assert (response.status_code, response.url) == (302, "/en/akun/")
    assert Consent.objects.get().withdrawn_at is not None
    assert "Withdraw this consent" not in home().content.decode()
    again = client.post("/en/akun/persetujuan/cabut/", {"purpose": "selection", "scope": "contoh"})
    assert again.status_code == 409


def test_nobody_withdraws_for_another(home, budi, client):
    response = client.post("/en/akun/persetujuan/cabut/", {"purpose": "statistics", "scope": "lain"})
    assert (response.status_code, Consent.objects.get().withdrawn_at) == (409, None)
    assert client.get("/en/akun/persetujuan/cabut/").status_code == 405


def test_the_password_changes_and_other_devices_are_signed_out(siti, client):
    elsewhere = Client()
    for each in (client, elsewhere):
        each.force_login(siti)
    sent = {"oldpassword": SECRET, "password1": "empat kata baru siti", "password2": "empat kata baru siti"}
    response = client.post("/en/akun/kata-sandi/", sent)
    assert (response.status_code, response.url) == (302, "/en/akun/")
    assert Person.objects.get().check_password("empat kata baru siti")
    assert [c.get("/en/akun/").status_code for c in (client, elsewhere)] == [200, 302]


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"oldpassword": "salah"}, {"oldpassword": ["This is not your present password."]}),
        ({"password2": "lain"}, {"password2": ["You must type the same password each time."]}),
        ({"password1": "password", "password2": "password"}, {"password1": ["This password is too common."]}),
    ],
)
def test_a_wrong_change_changes_nothing(siti, client, change, errors):
    client.force_login(siti)
    sent = {"oldpassword": SECRET, "password1": "empat kata baru siti", "password2": "empat kata baru siti"} | change
    assert client.post("/en/akun/kata-sandi/", sent).context["form"].errors == errors
    assert Person.objects.get().check_password(SECRET)


def test_who_has_no_password_sets_a_first_one(client, at, chance):
    person = actions.register(at=at, chance=chance)
    client.force_login(person)
    assert client.get("/en/akun/kata-sandi/").url == "/en/akun/kata-sandi/pertama/"
    assert client.get("/en/akun/kata-sandi/pertama/").status_code == 200
    client.post("/en/akun/kata-sandi/pertama/", {"password1": "kata pertama siti", "password2": "kata pertama siti"})
    assert Person.objects.get().check_password("kata pertama siti")
