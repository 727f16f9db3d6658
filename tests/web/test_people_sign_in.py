"""Signing up, in and out: one field, shared phones, borrowed devices, limits that spare the neighbour."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from rantau.engine import codes
from rantau.engine.chance import seeded
from rantau.people import actions, queries
from rantau.people.models import Key, Person

PHONE, SECRET = "+6281234567890", "tiga kata siti"
CODE = codes.draw("A", seeded("code"))
WRONG = "Phone number, e-mail or code and password do not belong together. Check both and try again."
TOO_MANY = "Too many wrong passwords for this login. Wait 15 minutes, or have your access mended at your school."
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def siti(at, chance):
    person = actions.register(at=at, chance=chance, name="Siti", phone=PHONE, email="siti@contoh.id", password=SECRET)
    actions.add_handle(person=person, value=CODE)
    return person


def page(name: str) -> str:
    """Return an address in English, whose words stand in the source."""
    return address(name, "en")


def address(name: str, language: str) -> str:
    """Return an address in a language."""
    with override(language):
        return reverse(name)


def sign_up(client: Client, login: str, **more: str):
    """Send the sign-up form."""
    sent = {"username": login, "password1": SECRET, "password2": SECRET, "device": "borrowed", **more}
    return client.post(page("account_signup"), sent)


def sign_in(client: Client, login: str, password: str = SECRET, **more: str):
    """Send the sign-in form."""
    return client.post(page("account_login"), {"login": login, "password": password, **more})


def who(client: Client) -> str:
    """Return the reference of who is signed in, or an empty text."""
    pk = client.session.get("_auth_user_id")
    return Person.objects.get(pk=pk).ref if pk else ""


# --- signing up ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "phone", "email"),
    [("0812 3456 7890", PHONE, ""), ("+7 916 123-45-67", "+79161234567", ""), ("Siti@Contoh.ID", "", "siti@contoh.id")],
)
def test_signing_up_makes_a_person_with_a_key_and_signs_in(client, typed, phone, email):
    response = sign_up(client, typed, name="Siti")
    person = Person.objects.get()
    assert (response.status_code, response.url) == (302, page("account"))
    assert (person.phone, person.email, person.name, person.locale) == (phone, email, "Siti", "en")
    assert Key.objects.get().person == person
    assert who(client) == person.ref
    assert person.check_password(SECRET)


def test_a_known_phone_signs_up_like_an_unknown_one(siti):
    known, unknown = Client(), Client()
    answers = [sign_up(known, "081234567890"), sign_up(unknown, "081234567891")]
    assert {(a.status_code, a.url) for a in answers} == {(302, page("account"))}
    assert len({siti.ref, who(known), who(unknown)}) == 3


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        (
            {"username": "0812"},
            "username",
            "This is no phone number. Write it like 0812 3456 7890; numbers of other countries begin with +.",
        ),
        ({"username": "a@b"}, "username", "This is no e-mail address. Write it like nama@contoh.id."),
        ({"password2": "lain sekali"}, "password2", "You must type the same password each time."),
        (
            {"password1": "pendek", "password2": "pendek"},
            "password1",
            "This password is too short. It must contain at least 8 characters.",
        ),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client, change, field, words):
    response = (
        sign_up(client, "0812 3456 7890", **change) if "username" not in change else sign_up(client, change["username"])
    )
    assert response.context["form"].errors == {field: [words]}
    assert (response.status_code, Person.objects.count(), who(client)) == (200, 0, "")


def test_a_full_phone_is_said_before_anything_is_made(client, at, chance):
    for _ in range(queries.SHARED):
        actions.register(at=at, chance=chance, phone=PHONE)
    response = sign_up(client, "081234567890")
    assert list(response.context["form"].errors) == ["username"]
    assert Person.objects.count() == queries.SHARED


# --- signing in ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed",
    ["0812 3456 7890", "6281234567890", "+62 812-3456-7890", "SITI@contoh.id", CODE, CODE.lower().replace("-", " ")],
)
def test_one_field_takes_phone_address_and_code(client, siti, typed):
    response = sign_in(client, typed)
    assert (response.status_code, response.url) == (302, page("account"))
    assert who(client) == siti.ref


def test_no_answer_tells_whether_somebody_is_known(siti):
    tried = [
        ("081234567890", "salah"),
        ("081299999999", SECRET),
        ("x@contoh.id", SECRET),
        ("A-1", SECRET),
        (CODE, "salah"),
    ]
    answers = [sign_in(Client(), *each) for each in tried]
    assert [a.status_code for a in answers] == [200] * 5
    assert [a.context["form"].errors for a in answers] == [{"__all__": [WRONG]}] * 5


def test_three_people_share_a_phone(siti, at, chance):
    others = [actions.register(at=at, chance=chance, phone=PHONE, password=f"kata kakak {n}") for n in range(2)]
    clients = [Client() for _ in range(3)]
    for client, password in zip(clients, [SECRET, "kata kakak 0", "kata kakak 1"], strict=True):
        sign_in(client, "081234567890", password)
    assert [who(c) for c in clients] == [siti.ref, *(p.ref for p in others)]


def test_a_family_with_one_phone_and_one_password_is_asked_who_it_is(client, siti, at, chance):
    budi = actions.register(at=at, chance=chance, name="Budi", phone=PHONE, password=SECRET)
    actions.register(at=at, chance=chance, name="Tetangga", phone=PHONE, password="sandi tetangga")
    asked = sign_in(client, "081234567890")
    assert asked.context["form"].fields["who"].choices == [(siti.ref, "Siti"), (budi.ref, "Budi")]
    assert who(client) == ""
    assert b"Tetangga" not in asked.content
    sign_in(client, "081234567890", who=budi.ref)
    assert who(client) == budi.ref


def test_choosing_somebody_does_not_replace_their_password(client, siti, at, chance):
    other = actions.register(at=at, chance=chance, name="Tetangga", phone=PHONE, password="sandi tetangga")
    sign_in(client, "081234567890", who=other.ref)
    assert who(client) == siti.ref


def test_a_safe_next_page_is_followed_and_a_strange_one_is_not(siti):
    for target, url in (("/en/akun/kata-sandi/", "/en/akun/kata-sandi/"), ("https://jahat.example/", page("account"))):
        assert sign_in(Client(), CODE, next=target).url == url


# --- whose device ----------------------------------------------------------------------------------------------------
def age(client: Client) -> int | None:
    """Return how long the browser keeps the session's cookie: seconds, or None until it is closed."""
    return client.cookies["sessionid"]["max-age"] or None


def unused(client: Client, minutes: int) -> None:
    """Make the session look as if nothing had happened for some minutes."""
    session = client.session
    session["seen"] = (dt.datetime.fromisoformat(session["seen"]) - dt.timedelta(minutes=minutes)).isoformat()
    session.save()


@pytest.mark.parametrize(
    ("device", "kept"), [("", None), ("borrowed", None), ("sesuatu", None), ("own", 14 * 24 * 3600)]
)
def test_a_device_is_borrowed_unless_it_is_said_to_be_one_s_own(siti, device, kept):
    entered, fresh = Client(), Client()
    sign_in(entered, CODE, device=device)
    if device != "sesuatu":
        assert age(entered) == kept
    else:
        assert who(entered) == ""
    sign_up(fresh, "081234567899", device=device)
    assert (who(fresh) == "") == (device == "sesuatu")
    if who(fresh):
        assert age(fresh) == kept


def test_a_borrowed_phone_forgets_after_half_an_hour(siti, client):
    sign_in(client, CODE)
    unused(client, 29)
    assert client.get(page("account")).status_code == 200
    unused(client, 31)
    response = client.get(page("account"))
    assert (response.status_code, response.url) == (302, f"{page('account_login')}?next={page('account')}")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert who(client) == ""


def test_use_keeps_a_borrowed_session_alive(siti, client):
    sign_in(client, CODE)
    for _ in range(3):
        unused(client, 20)
        assert client.get(page("account")).status_code == 200


def test_one_s_own_phone_stays_signed_in(siti, client):
    sign_in(client, CODE, device="own")
    unused(client, 60 * 24)
    assert client.get(page("account")).status_code == 200


def test_signing_out_leaves_nothing(siti, client):
    sign_in(client, CODE, device="own")
    asked = client.get(page("account_logout"))
    assert (asked.status_code, who(client)) == (200, siti.ref)
    response = client.post(page("account_logout"))
    assert (response.status_code, response.url) == (302, page("account_left"))
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert (client.cookies["sessionid"].value, client.cookies["sessionid"]["max-age"]) == ("", 0)
    assert [name for name, cookie in client.cookies.items() if cookie.value] == ["csrftoken"]
    left = client.get(page("account_left"))
    assert b"Nothing of yours stays on this device" in left.content


@pytest.mark.parametrize("name", ["account", "account_change_password", "account_logout"])
def test_personal_pages_are_kept_by_no_cache(siti, client, name):
    sign_in(client, CODE)
    assert "no-store" in client.get(page(name))["Cache-Control"]


# --- limits ----------------------------------------------------------------------------------------------------------
def test_a_school_behind_one_address_is_not_shut_out(siti, at, chance):
    budi = actions.register(at=at, chance=chance, name="Budi", phone="+6281234567891", password="tiga kata budi")
    for _ in range(8):
        assert sign_in(Client(), "081234567890", "salah").context["form"].errors == {"__all__": [WRONG]}
    shut = Client()
    assert sign_in(shut, "081234567890").context["form"].errors == {"__all__": [TOO_MANY]}
    assert who(shut) == ""
    neighbour = Client()
    sign_in(neighbour, "081234567891", "tiga kata budi")
    assert who(neighbour) == budi.ref


def test_another_way_of_writing_a_number_is_the_same_number(siti):
    for n in range(8):
        sign_in(Client(), ["081234567890", "+62 812 3456 7890", "62812-3456-7890"][n % 3], "salah")
    assert sign_in(Client(), "0812 3456 7890").context["form"].errors == {"__all__": [TOO_MANY]}


def test_an_unknown_login_is_limited_like_a_known_one():
    for _ in range(8):
        sign_in(Client(), "081255555555", "salah")
    assert sign_in(Client(), "081255555555").context["form"].errors == {"__all__": [TOO_MANY]}


def test_right_passwords_never_use_up_the_limit(siti):
    for _ in range(10):
        client = Client()
        sign_in(client, CODE)
        assert who(client) == siti.ref


def test_forty_pupils_sign_up_in_one_lesson():
    clients = [Client() for _ in range(40)]
    for n, client in enumerate(clients):
        sign_up(client, f"0812345600{n:02d}")
    assert Person.objects.count() == len({who(c) for c in clients}) == 40


@pytest.mark.parametrize("language", ["id", "en", "ru"])
@pytest.mark.parametrize("name", ["account_login", "account_signup", "recover", "account_left"])
def test_every_open_page_speaks_three_languages(client, language, name):
    response = client.get(address(name, language))
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()
