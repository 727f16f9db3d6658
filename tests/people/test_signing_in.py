"""Who a login and a password let in."""

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from rantau.engine.refusal import Refusal
from rantau.people import actions, queries
from rantau.people.models import Key, Person

PHONE = "+6281234567890"


def enter(login: str, password: str, who: str = "") -> Person | None:
    """Return whom the backend lets in."""
    return authenticate(RequestFactory().post("/"), username=login, password=password, who=who)


def test_three_people_share_a_phone_and_the_password_decides(make):
    three = [make(phone=PHONE, password=f"sandi-{n}-rahasia") for n in range(3)]
    assert [enter(PHONE, f"sandi-{n}-rahasia") for n in range(3)] == three
    assert enter(PHONE, "sandi-3-rahasia") is None


def test_an_address_can_be_shared_too(make):
    two = [make(email="a@b.id", password=f"sandi-{n}-rahasia") for n in range(2)]
    assert [enter("a@b.id", f"sandi-{n}-rahasia") for n in range(2)] == two


def test_same_phone_and_same_password_let_nobody_into_the_other_s_account(make):
    first, second = make(phone=PHONE, password="sandi keluarga"), make(phone=PHONE, password="sandi keluarga")
    stranger = make(phone=PHONE, password="sandi tetangga")
    assert enter(PHONE, "sandi keluarga") is None
    assert enter(PHONE, "sandi keluarga", who=second.ref) == second
    assert enter(PHONE, "sandi keluarga", who=first.ref) == first
    assert enter(PHONE, "sandi keluarga", who=stranger.ref) is None


def test_the_request_keeps_whom_the_password_opens_and_nobody_else(make):
    pair = [make(phone=PHONE, password="sandi keluarga") for _ in range(2)]
    make(phone=PHONE, password="sandi tetangga")
    request = RequestFactory().post("/")
    authenticate(request, username=PHONE, password="sandi keluarga")
    assert request.namesakes == pair


def test_a_registration_code_signs_in(make):
    person = make(phone=PHONE, password="sandi rahasia")
    actions.add_handle(person=person, value="A-1")
    assert enter("A-1", "sandi rahasia") == person
    assert enter("A-2", "sandi rahasia") is None


@pytest.mark.parametrize("login", ["", "+620", "x@y.id", "A-9"])
def test_nobody_signs_in_with_what_nobody_has(make, login):
    make(password="sandi rahasia")
    assert enter(login, "sandi rahasia") is None


def test_without_a_password_nobody_signs_in(make, at, chance):
    make(phone=PHONE)
    system = actions.ensure_system(at=at, chance=chance)
    assert actions.ensure_system(at=at, chance=chance) == system
    assert [enter(PHONE, password) for password in ("", "!")] == [None, None]
    assert Person.objects.filter(is_system=True).count() == 1


def test_an_inactive_person_stays_out(make):
    person = make(phone=PHONE, password="sandi rahasia")
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert enter(PHONE, "sandi rahasia") is None


def test_a_phone_holds_as_many_as_can_sign_in_by_it(make):
    for n in range(queries.SHARED):
        make(phone=PHONE, password=f"sandi-{n}-rahasia")
    with pytest.raises(Refusal) as refusal:
        make(phone=PHONE)
    assert (refusal.value.code, refusal.value.facts) == ("contact.full", {"limit": queries.SHARED})
    assert Person.objects.count() == Key.objects.count() == queries.SHARED
    assert enter(PHONE, f"sandi-{queries.SHARED - 1}-rahasia") == Person.objects.order_by("pk").last()


def test_registering_gives_a_reference_and_a_key(make):
    first, second = make(), make()
    assert len({first.ref, second.ref}) == 2
    assert {len(p.ref) for p in (first, second)} == {26}
    assert bytes(first.key.wrapped) != bytes(second.key.wrapped)
