"""What people type to be reached or to sign in, brought into one form: E.164 numbers, lower-case addresses, codes."""

import re

import phonenumbers

from rantau.engine import codes
from rantau.engine.refusal import Refusal

HOME = "ID"
"""The region of a number that is written without a country: `0812…`, `812…`, `62812…`."""

_WRITTEN = re.compile(r"\+?[\d\s().\-/\u2010-\u2015\u00a0]+")
_ADDRESS = re.compile(r"[^@\s<>\"'(),:;\\]+@[^@\s<>\"'(),:;\\.]+(\.[^@\s<>\"'(),:;\\.]+)+")
_INDONESIAN_MOBILE = re.compile(r"8\d{8,11}")
_LONGEST_ADDRESS = 254


def phone(typed: str) -> str:
    """Return a phone number as E.164.

    Numbers of other countries need their `+`. A number has to exist in its country's numbering plan; an Indonesian
    mobile number need only have the right length, because new prefixes are given out faster than plans are published.

    :raises Refusal: `contact.phone`
    """
    text = typed.strip()
    if not _WRITTEN.fullmatch(text):
        raise Refusal("contact.phone")
    if text.startswith("0062"):
        text = f"+{text[2:]}"
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        raise Refusal("contact.phone") from None
    mobile = number.country_code == 62 and _INDONESIAN_MOBILE.fullmatch(str(number.national_number))
    if not mobile and not phonenumbers.is_valid_number(number):
        raise Refusal("contact.phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email(typed: str) -> str:
    """Return an e-mail address in lower case.

    :raises Refusal: `contact.email`
    """
    text = typed.strip().lower()
    if len(text) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(text):
        raise Refusal("contact.email")
    return text


def contact(typed: str) -> str:
    """Return a phone number or an e-mail address, whichever was typed, in its one form.

    :raises Refusal: `contact.phone`, `contact.email`
    """
    return email(typed) if "@" in typed else phone(typed)


def login(typed: str) -> str:
    """Return what is typed to sign in (phone, e-mail or registration code) in its one form, or the text as it is.

    What cannot be anybody's login is no refusal here: a wrong login and a wrong password read the same.
    """
    try:
        return contact(typed)
    except Refusal:
        return codes.read(typed) or typed.strip()


CHANNELS = ("email", "whatsapp", "sms", "telegram")
"""By what a message can reach somebody, in the order in which pages offer it."""

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Europe/Moscow", "Asia/Krasnoyarsk")
"""Whose clock says when it is night for somebody: the three of Indonesia, and where participants study and work."""


def telegram(typed: str) -> str:
    """Return the number by which Telegram knows an account: digits, nothing else.

    :raises Refusal: `contact.telegram`
    """
    text = typed.strip()
    if not re.fullmatch(r"[1-9]\d{4,14}", text):
        raise Refusal("contact.telegram")
    return text


def address(channel: str, typed: str) -> str:
    """Return what was typed as an address of a channel in its one form.

    :raises Refusal: `contact.phone`, `contact.email`, `contact.telegram`
    """
    return {"email": email, "telegram": telegram}.get(channel, phone)(typed)
