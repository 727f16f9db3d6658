"""Contacts and one-time codes: confirmed by who has them, limited by person and address, never readable in a table."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection

from rantau.engine import codes as drawn
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import actions, queries
from rantau.people.actions import reaching
from rantau.people.models import Code, Contact
from tests.people.conftest import SCOPE

MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
PHONE = "+6281234567890"


@pytest.fixture(autouse=True)
def _channels(settings):
    """Open every channel."""
    settings.CHANNELS = dict.fromkeys(("email", "whatsapp", "sms", "telegram"), "console")


@pytest.fixture
def give(at, chance):
    """Return a maker of contacts, confirmed unless said otherwise."""

    def contact(person, channel="sms", typed=PHONE, *, confirmed=True):
        made = reaching.add_contact(person=person, channel=channel, typed=typed, at=at, chance=chance)
        if confirmed:
            made.confirmed_at = at
            made.save()
        return made

    return contact


def refused(code, do, **given):
    """Do what has to be refused, and see that no row of contacts and codes changed but for the tries."""
    tables = [Contact.objects.order_by("pk").values(), Code.objects.order_by("pk").values()]

    def rows():
        return [[{k: v for k, v in row.items() if k != "tries"} for row in table.all()] for table in tables]

    before = rows()
    with pytest.raises(Refusal) as caught:
        do(**given)
    assert caught.value.code == code
    assert rows() == before
    return caught.value


def other(digits):
    """Return six digits that are not these."""
    return f"{(int(digits) + 1) % 10**6:06}"


def test_a_contact_counts_once_its_code_was_typed(make, at, chance):
    siti = make(email="siti@contoh.id")
    assert queries.routes(siti) == [("email", "siti@contoh.id")]
    contact = reaching.add_contact(person=siti, channel="sms", typed="0812 3456 7890", at=at, chance=chance)
    code = reaching.ask_code(contact=contact, at=at, chance=chance)
    assert queries.routes(siti) == [("email", "siti@contoh.id")]
    digits = queries.digits(code)
    assert re.fullmatch(r"\d{6}", digits)
    refused("code.wrong", reaching.confirm_contact, contact=contact, typed=other(digits), at=at)
    refused("code.wrong", reaching.confirm_contact, contact=contact, typed=digits, at=at + 10 * MINUTE)
    reaching.confirm_contact(contact=contact, typed=f" {digits[:3]} {digits[3:]} ", at=at + 9 * MINUTE)
    assert queries.routes(siti) == [("sms", PHONE)]
    refused("code.wrong", reaching.confirm_contact, contact=contact, typed=digits, at=at + 9 * MINUTE)


def test_five_wrong_guesses_burn_a_code(make, give, at, chance):
    contact = give(make(), confirmed=False)
    code = reaching.ask_code(contact=contact, at=at, chance=chance)
    digits = queries.digits(code)
    for _ in range(5):
        refused("code.wrong", reaching.confirm_contact, contact=contact, typed=other(digits), at=at)
    refused("code.wrong", reaching.confirm_contact, contact=contact, typed=digits, at=at)
    assert Code.objects.get().tries == 5


def test_a_new_code_ends_the_one_before(make, give, at, chance):
    contact = give(make(), confirmed=False)
    first = queries.digits(reaching.ask_code(contact=contact, at=at, chance=chance))
    second = queries.digits(reaching.ask_code(contact=contact, at=at, chance=chance))
    refused("code.wrong", reaching.confirm_contact, contact=contact, typed=first, at=at)
    assert reaching.confirm_contact(contact=contact, typed=second, at=at).confirmed_at == at


def test_three_codes_in_a_quarter_of_an_hour_and_ten_in_a_day_even_if_the_contact_is_added_anew(make, give, at, chance):
    person = make()
    for _ in range(3):
        reaching.ask_code(contact=give(person, confirmed=False), at=at, chance=chance)
        reaching.remove_contact(contact=Contact.objects.get())
    contact = give(person, confirmed=False)
    late = refused("code.wait", reaching.ask_code, contact=contact, at=at + 14 * MINUTE, chance=chance)
    assert late.facts == {"until": at + 15 * MINUTE}
    for number in range(3, 10):
        reaching.ask_code(contact=contact, at=at + 15 * MINUTE * number, chance=chance)
    late = refused("code.wait", reaching.ask_code, contact=contact, at=at + 20 * 60 * MINUTE, chance=chance)
    assert late.facts == {"until": at + DAY}
    assert reaching.ask_code(contact=contact, at=at + DAY, chance=chance).sealed


def test_one_address_is_not_flooded_by_many_accounts(make, give, at, chance):
    for _ in range(reaching.ADDRESS // 3):
        contact = give(make(), confirmed=False)
        for _ in range(3):
            reaching.ask_code(contact=contact, at=at, chance=chance)
    refused("code.wait", reaching.ask_code, contact=give(make(), confirmed=False), at=at, chance=chance)


def test_no_table_holds_a_code_or_a_contact_in_clear(make, give, at, chance):
    person = make()
    contact = give(person, "telegram", "87654321", confirmed=False)
    code = reaching.ask_code(contact=contact, at=at, chance=chance)
    digits = queries.digits(code)
    with connection.cursor() as cursor:
        for table in ("people_code", "people_contact"):
            cursor.execute(f"SELECT * FROM {table}")
            said = " ".join(
                bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell)
                for row in cursor.fetchall()
                for cell in row
            )
            assert (code.ref in said or contact.ref in said, "87654321" in said) == (True, False)
            assert not re.search(rf"(?<![0-9a-f]){digits}(?![0-9a-f])", said)
    reaching.handed_over(code=code)
    assert Code.objects.get().sealed is None
    assert reaching.confirm_contact(contact=contact, typed=digits, at=at).confirmed_at == at


def test_the_preferred_contact_comes_first_and_a_closed_channel_is_passed_over(make, give, at, settings):
    person = make(phone="+6281111111111")
    sms, telegram = give(person), give(person, "telegram", "87654321")
    assert queries.routes(person) == [("sms", PHONE), ("telegram", "87654321")]
    reaching.prefer_contact(contact=telegram)
    assert queries.routes(person) == [("telegram", "87654321"), ("sms", PHONE)]
    refused("contact.unconfirmed", reaching.prefer_contact, contact=give(person, "email", "a@b.id", confirmed=False))
    settings.CHANNELS = {"sms": "console"}
    assert queries.routes(person) == [("sms", PHONE)]
    reaching.remove_contact(contact=sms)
    assert queries.routes(person) == [("sms", "+6281111111111")]
    settings.CHANNELS = {"email": "console"}
    assert queries.routes(person) == []


def test_what_cannot_be_a_contact_is_refused(make, at, chance, settings):
    given = {"person": make(), "at": at, "chance": chance}
    refused("contact.phone", reaching.add_contact, channel="whatsapp", typed="a@b.id", **given)
    refused("contact.email", reaching.add_contact, channel="email", typed="0812", **given)
    refused("contact.telegram", reaching.add_contact, channel="telegram", typed="@siti", **given)
    for number in range(6):
        reaching.add_contact(channel="telegram", typed=f"{number + 1}0000", **given)
    assert reaching.add_contact(channel="telegram", typed="10000", **given).order == 1
    refused("contact.many", reaching.add_contact, channel="telegram", typed="70000", **given)
    settings.CHANNELS = {"sms": ""}
    refused("contact.closed", reaching.add_contact, channel="sms", typed=PHONE, **given)
    refused("zone.unknown", reaching.set_zone, person=given["person"], zone="Mars/Phobos")


def test_a_contact_is_its_person_s_alone_and_goes_with_them(make, give, at, chance):
    siti, budi = make(), make()
    contact = give(siti)
    reaching.ask_code(contact=contact, at=at, chance=chance)
    with pytest.raises(ObjectDoesNotExist):
        queries.contact(contact.ref, person=budi)
    actions.forget(person=siti)
    assert (Contact.objects.count(), Code.objects.count()) == (0, 0)


def test_old_codes_are_dropped(make, give, at, chance):
    reaching.ask_code(contact=give(make()), at=at, chance=chance)
    assert (reaching.drop_codes(at=at + 2 * DAY), reaching.drop_codes(at=at + 2 * DAY + MINUTE)) == (0, 1)


# --- signing in ----------------------------------------------------------------------------------------------------------
def test_who_has_a_confirmed_contact_signs_in_by_a_code_once(make, give, at, chance):
    siti = make(phone=PHONE)
    contact = give(siti, "email", "siti@contoh.id")
    code = drawn.draw("A", chance)
    actions.add_handle(person=siti, value=code)
    (sent,) = reaching.ask_sign_in(login=code, at=at, chance=chance)
    assert (sent.contact, sent.purpose) == (contact, "sign_in")
    digits = queries.digits(sent)
    refused("code.wrong", reaching.sign_in, login=code, typed=other(digits), at=at)
    refused("code.wrong", reaching.sign_in, login="+6289999999999", typed=digits, at=at)
    refused("code.wrong", reaching.confirm_contact, contact=contact, typed=digits, at=at)
    assert reaching.sign_in(login=PHONE, typed=digits, at=at) == [siti]
    refused("code.wrong", reaching.sign_in, login=code, typed=digits, at=at)


def test_nobody_else_gets_a_code_and_nobody_learns_it(make, give, at, chance):
    nobody = {"at": at, "chance": chance}
    assert reaching.ask_sign_in(login="lain@contoh.id", **nobody) == []
    make(email="tanpa@contoh.id")
    assert reaching.ask_sign_in(login="tanpa@contoh.id", **nobody) == []
    give(make(email="belum@contoh.id"), confirmed=False)
    assert reaching.ask_sign_in(login="belum@contoh.id", **nobody) == []
    officer = make(Role.VERIFIER, email="petugas@contoh.id")
    give(officer)
    assert reaching.ask_sign_in(login="petugas@contoh.id", **nobody) == []
    pupil = make(email="murid@contoh.id")
    give(pupil)
    for _ in range(3):
        assert len(reaching.ask_sign_in(login="murid@contoh.id", **nobody)) == 1
    assert reaching.ask_sign_in(login="murid@contoh.id", **nobody) == []


def test_who_was_given_an_office_since_is_not_let_in_by_a_code(make, give, at, chance):
    pupil = make(email="murid@contoh.id")
    give(pupil)
    (sent,) = reaching.ask_sign_in(login="murid@contoh.id", at=at, chance=chance)
    actions.grant(to=pupil, role=Role.VERIFIER, scope=SCOPE, at=at, person=pupil)
    refused("code.wrong", reaching.sign_in, login="murid@contoh.id", typed=queries.digits(sent), at=at)


def test_a_family_behind_one_phone_gets_one_message_and_chooses(make, give, at, chance):
    siti, budi = make(phone=PHONE, name="Siti"), make(phone=PHONE, name="Budi")
    for person in (siti, budi):
        give(person)
    (sent,) = reaching.ask_sign_in(login=PHONE, at=at, chance=chance)
    digits = queries.digits(sent)
    given = {"login": PHONE, "typed": digits, "at": at}
    assert reaching.sign_in(**given) == [siti, budi]
    assert reaching.sign_in(who=budi.ref, **given) == [budi]
    refused("code.wrong", reaching.sign_in, who=siti.ref, **given)
