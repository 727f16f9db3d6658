"""Reading an answer to an open question: what a person typed becomes a plain value, and where it is written a source."""

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .canonical import Frozen
from .known import Words
from .programme import Source
from .programme_rules import DECIMALS
from .programme_shapes import Shape
from .refusal import Refusal

NUMBER = re.compile(r"-?\d{1,12}")
POINTS = re.compile(r"\d{1,6}(?:[.,]\d{1,2})?")
AMOUNT = re.compile(r"\d{1,15}(?:[.,]\d{1,2})?")
MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
CURRENCY = re.compile(r"[A-Z]{3}")
WEB = re.compile(r"https://[^\s/?#]+\.[^\s]+")
LANGUAGES = ("id", "en", "ru")
TITLE, ADDRESS = 300, 400
"""How long the title of a source may be, and its address."""

Given = Mapping[str, str]
"""What was typed at one path, by part: `id`, `en`, `ru` of a text, `amount` and `currency` of money, else under `""`."""


class Origin(Frozen):
    """Where an answer is written: title, address (https) or number of the document, and the day it was said."""

    title: Words
    address: Words
    on: dt.date


def origin(*, title: str, address: str, on: dt.date | None, today: dt.date) -> Origin:
    """Return where an answer is written.

    :raises Refusal: `answer.source` with `what`: title, address (an address on the web has to be https), day (one that
        has not come is none)
    """
    title, address = " ".join(title.split()), " ".join(address.split())
    if not title or len(title) > TITLE:
        raise Refusal("answer.source", what="title")
    if not address or len(address) > ADDRESS or ("://" in address and not WEB.fullmatch(address)):
        raise Refusal("answer.source", what="address")
    if on is None or on > today:
        raise Refusal("answer.source", what="day")
    return Origin(title=title, address=address, on=on)


def source_of(where: Origin, *, office: str, known: Sequence[Source]) -> Source:
    """Return the entry of sources for where an answer is written: the one that says the same, else one with a new key."""
    for source in known:
        if (source.title, source.address, source.on) == (where.title, where.address, where.on):
            return source
    keys, wanted, number = {source.key for source in known}, f"{office}-{where.on}", 1
    while (key := wanted if number == 1 else f"{wanted}-{number}") in keys:
        number += 1
    return Source(key=key, title=where.title, address=where.address, on=where.on)


def typed(shape: Shape, given: Given) -> Any:
    """Return the plain value of what was typed at a path, or None where nothing was.

    :raises Refusal: `answer.value` with the path, the kind and its bounds
    """
    if not any(text.strip() for text in given.values()):
        return None
    parts = {name: text.strip() for name, text in given.items()}
    try:
        return READERS[shape.kind](shape, parts)
    except (ValueError, RecursionError):
        raise Refusal("answer.value", path=shape.path, kind=shape.kind, least=shape.least, most=shape.most) from None


def _number(shape: Shape, given: Given) -> int:
    return _bounded(shape, int(_match(NUMBER, "".join(given[""].split()))))


def _hundredths(shape: Shape, given: Given) -> int:
    whole, _, part = _match(POINTS, given[""]).replace(",", ".").partition(".")
    return _bounded(shape, int(whole) * 100 + int(part.ljust(2, "0")))


def _bounded(shape: Shape, number: int) -> int:
    if (shape.least is not None and number < shape.least) or (shape.most is not None and number > shape.most):
        raise ValueError(number)
    return number


def _choice(shape: Shape, given: Given) -> str:
    if given[""] not in shape.options:
        raise ValueError(given[""])
    return given[""]


def _yes_no(shape: Shape, given: Given) -> bool:
    return ("no", "yes").index(given[""]) == 1


def _day(shape: Shape, given: Given) -> str:
    return dt.date.fromisoformat(_match(DAY, given[""])).isoformat()


def _text(shape: Shape, given: Given) -> dict[str, str]:
    if not given.get("id"):
        raise ValueError("id")
    return {name: given[name] for name in LANGUAGES if given.get(name)}


def _money(shape: Shape, given: Given) -> dict[str, str]:
    currency = _match(CURRENCY, given.get("currency", "").upper())
    whole, _, part = _match(AMOUNT, "".join(given.get("amount", "").split())).replace(",", ".").partition(".")
    decimals = DECIMALS.get(currency, 2)
    if part.strip("0") and not decimals:
        raise ValueError(part)
    amount = str(int(whole))
    return {"amount": f"{amount}.{part.ljust(2, '0')}" if decimals else amount, "currency": currency}


def _amounts(shape: Shape, given: Given) -> list[dict[str, str]]:
    lines = [line.rpartition(" ") for line in given[""].splitlines() if line.strip()]
    return [_money(shape, {"amount": amount, "currency": currency}) for amount, _, currency in lines]


def _codes(shape: Shape, given: Given) -> list[str]:
    return [code for code in re.split(r"[\s,;]+", given[""]) if code]


def _table(shape: Shape, given: Given) -> Any:
    return _plain(tomllib.loads(given[""]))


def _rows(shape: Shape, given: Given) -> Any:
    found = _table(shape, given)
    if set(found) != {"value"} or not isinstance(found["value"], list):
        raise ValueError("value")
    return found["value"]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float):
        raise ValueError(value)
    return value


def _match(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(text)
    return text


READERS: dict[str, Callable[[Shape, Given], Any]] = {
    "yes_no": _yes_no,
    "number": _number,
    "hundredths": _hundredths,
    "month": lambda shape, given: _match(MONTH, given[""]),
    "day": _day,
    "words": lambda shape, given: given[""],
    "text": _text,
    "money": _money,
    "amounts": _amounts,
    "choice": _choice,
    "codes": _codes,
    "table": _table,
    "rows": _rows,
}
