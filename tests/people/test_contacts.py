"""What people type, and the one form it is kept in."""

import pytest

from rantau.engine import codes
from rantau.engine.chance import seeded
from rantau.engine.refusal import Refusal
from rantau.people import contacts

CODE = codes.draw("A", seeded("code"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("081234567890", "+6281234567890"),
        ("0812 3456 7890", "+6281234567890"),
        ("0812-3456-7890", "+6281234567890"),
        ("0812.3456.7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("62 812 3456 7890", "+6281234567890"),
        ("+62 812-3456-7890", "+6281234567890"),
        ("+62 (0)812 3456 7890", "+6281234567890"),
        ("006281234567890", "+6281234567890"),
        ("81234567890", "+6281234567890"),
        (" 0812\u20113456\u00a07890 ", "+6281234567890"),
        ("0899123456", "+62899123456"),
        ("0815 1234 56789", "+62815123456789"),
        ("021 5795 0000", "+622157950000"),
        ("+7 916 123-45-67", "+79161234567"),
        ("+81 90-1234-5678", "+819012345678"),
        ("+49 151 23456789", "+4915123456789"),
    ],
)
def test_a_phone_number_becomes_e164(typed, kept):
    assert contacts.phone(typed) == kept
    assert contacts.contact(typed) == kept
    assert contacts.login(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0812",
        "08123",
        "telepon",
        "0812ABC4567",
        "+999 123456",
        "8 916 123 45 67 89 0",
        "+",
        "1" * 40,
        "0812;345678",
    ],
)
def test_what_is_no_phone_number_is_refused(typed):
    with pytest.raises(Refusal) as refusal:
        contacts.phone(typed)
    assert refusal.value.code == "contact.phone"


@pytest.mark.parametrize(
    ("typed", "kept"), [(" Siti@Sekolah.SCH.id ", "siti@sekolah.sch.id"), ("a.b+c@x.co", "a.b+c@x.co")]
)
def test_an_address_becomes_lower_case(typed, kept):
    assert contacts.contact(typed) == kept
    assert contacts.login(typed) == kept


@pytest.mark.parametrize(
    "typed", ["@", "a@b", "a@b.", "a@@b.id", "a b@c.id", "<a@b.id>", "a@b..id", f"{'a' * 250}@b.id"]
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(Refusal) as refusal:
        contacts.contact(typed)
    assert refusal.value.code == "contact.email"


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), CODE.replace("-", ""), f" {CODE[:6]} {CODE[6:]} "])
def test_a_registration_code_is_read_as_people_type_it(typed):
    assert contacts.login(typed) == CODE


def test_what_nobody_signs_in_with_stays_as_it_is():
    assert contacts.login(" siapa saja ") == "siapa saja"


def test_twelve_digits_are_a_phone_and_never_a_code():
    digits = [f"0812345678{n:02d}" for n in range(100)]
    assert [contacts.login(d) for d in digits] == [f"+62{d[1:]}" for d in digits]
    assert any(codes.read(d) for d in digits)  # some of them could be read as a code
