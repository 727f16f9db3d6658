"""How values are read by people: instants with their zone, days, scores, money, codes, and the texts of programmes."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import get_language, gettext, gettext_lazy

HOME = "Asia/Jakarta"
ZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
    "Europe/Moscow": gettext_lazy("Moscow time"),
    "Asia/Krasnoyarsk": gettext_lazy("Krasnoyarsk time"),
}
COUNTRIES = {
    "ID": gettext_lazy("Indonesia"),
    "RU": gettext_lazy("Russia"),
    "JP": gettext_lazy("Japan"),
    "KR": gettext_lazy("South Korea"),
    "DE": gettext_lazy("Germany"),
}
EXPONENTS = {"IDR": 0, "JPY": 0, "KRW": 0, "VND": 0}
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


def instant(at: dt.datetime, zone: str = HOME) -> str:
    """Return an instant as weekday, date and time with the zone by name."""
    local = at.astimezone(ZoneInfo(zone))
    clock = formats.date_format(local, "H.i" if get_language() == "id" else "H:i")
    return f"{weekday(local.date())}, {clock} {ZONES.get(zone, zone)}"


def weekday(on: dt.date) -> str:
    """Return a date with its weekday."""
    return formats.date_format(on, "l, j E Y" if get_language() == "ru" else "l, j F Y")


def plain_day(on: dt.date) -> str:
    """Return a date without its weekday."""
    return formats.date_format(on, "j E Y" if get_language() == "ru" else "j F Y")


def month(text: str) -> str:
    """Return `2026-05` as a month and a year."""
    return formats.date_format(dt.date(int(text[:4]), int(text[5:]), 1), "F Y")


def number(value: int | Decimal, decimals: int = 0) -> str:
    """Return a number grouped and pointed as the reader writes it."""
    return formats.number_format(value, decimals, use_l10n=True, force_grouping=True)


def points(hundredths: int) -> str:
    """Return hundredths as a number with two decimals."""
    return number(Decimal(hundredths) / 100, 2)


def amount(value: Decimal, currency: str) -> str:
    """Return an amount with its currency; decimals only where they say something."""
    shown = number(value, 0 if value == value.to_integral_value() else 2)
    return f"Rp {shown}" if currency == "IDR" else f"{shown} {currency}"


def minor(units: int, currency: str) -> str:
    """Return an amount given in the currency's smallest unit."""
    return amount(Decimal(units).scaleb(-EXPONENTS.get(currency, 2)), currency)


def grouped(code: str) -> str:
    """Return a code in groups that can be read aloud: `A-7K3Q F9X2 MW5`."""
    kind, _, body = code.partition("-")
    return f"{kind}-{' '.join(body[i : i + 4] for i in range(0, len(body), 4))}" if body else code


def text(value: Any) -> tuple[str, str]:
    """Return a programme's text for the reader and the language it is in: Indonesian where no other is written."""
    language = (get_language() or "id")[:2]
    shown, fallback = value.in_(language)
    return shown, "id" if fallback else language


def spoken(value: Any) -> str:
    """Return any value of a programme as people read it."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int | Decimal):
        return number(value)
    if isinstance(value, dt.datetime):
        return instant(value)
    if isinstance(value, dt.date):
        return weekday(value)
    if isinstance(value, tuple | list):
        return ", ".join(spoken(item) for item in value)
    if isinstance(value, str):
        return month(value) if MONTH.fullmatch(value) else value
    if hasattr(value, "currency"):
        return amount(Decimal(value.amount), value.currency)
    return text(value if hasattr(value, "in_") else value.title)[0]
