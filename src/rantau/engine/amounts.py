"""Amounts of money as people write them, read into a currency's smallest unit."""

import re
from decimal import Decimal
from typing import TypeVar

from .programme_rules import DECIMALS
from .refusal import Refusal

T = TypeVar("T")

LARGEST = 10**15
"""Smallest units that one amount may have: more is a slip of the finger."""

_SIGNS = (
    ("IDR", r"rp\.?|idr|rupiah|рупи[йяи]"),
    ("USD", r"us\s?\$|usd|\$|dollars?|dolar|долл?(?:ар(?:ов|а)?)?\.?"),
    ("RUB", r"rub(?:l?es?|el)?|₽|руб(?:лей|ля|ль|\.)?"),
    ("JPY", r"jpy|¥|yen"),
)
_TIMES = (
    (1_000_000, r"juta|jt|million|mln|млн|миллион(?:ов|а)?"),
    (1_000, r"ribu|rb|thousand|тыс(?:яч[аи]?|\.)?|k"),
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def read(text: str) -> tuple[int, str]:
    """Return an amount in its smallest unit and its currency: `Rp1.500.000`, `1500000`, `1,5 juta`, `250 USD`.

    Without a currency it is rupiah. A separator before exactly three digits groups thousands, as Indonesians and Russians
    write it; before one or two it is the decimal one.

    :raises Refusal: `amount.unreadable` for anything else, for nothing and for more than anybody asks
    """
    rest, currency = _taken(text.strip().lower().rstrip("-,. "), _SIGNS, "IDR")
    rest, times = _taken(rest, _TIMES, 1)
    digits = re.sub(r"(?<=\d)[\s\u00a0\u202f'](?=\d{3}(?!\d))", "", rest.strip())
    if not _NUMBER.fullmatch(digits):
        raise Refusal("amount.unreadable")
    units = _number(digits, whole=times == 1 and currency in DECIMALS) * times * 10 ** DECIMALS.get(currency, 2)
    if units != int(units) or not 0 < units < LARGEST:
        raise Refusal("amount.unreadable")
    return int(units), currency


def _taken(text: str, table: tuple[tuple[T, str], ...], otherwise: T) -> tuple[str, T]:
    """Return the text without the word that the table knows at its beginning or end, and what that word means."""
    for meaning, words in table:
        found = re.fullmatch(rf"(?:(?:{words})\s*)?(.*?)(?:\s*(?:{words}))?", text)
        if found and found[1] != text:
            return found[1].strip(), meaning
    return text, otherwise


def _number(digits: str, *, whole: bool) -> Decimal:
    """Return digits with separators as a number; several kinds of separator, or one that is no group, ends in decimals."""
    parts = re.split(r"[.,]", digits)
    marks = re.findall(r"[.,]", digits)
    grouped = all(len(part) == 3 for part in parts[1:]) and len(set(marks)) <= 1 and 1 <= len(parts[0]) <= 3
    if not marks or grouped:
        return Decimal("".join(parts))
    if (
        not all(len(part) == 3 for part in parts[1:-1])
        or marks[-1] in marks[:-1]
        or len(parts[-1]) > (2 if whole else 3)
    ):
        raise Refusal("amount.unreadable")
    return Decimal(f"{''.join(parts[:-1])}.{parts[-1]}")
