"""What a printed document is before it is printed: its words in each language, its clauses, who signs it."""

import datetime as dt
import unicodedata
from collections.abc import Iterator
from typing import Any, Literal

from rantau.engine.canonical import Frozen
from rantau.engine.refusal import Refusal

Words = dict[str, str]
"""A text by language (`id`, `en`, `ru`); one that is not written is printed in another language, marked as such."""

LANGUAGES = ("id", "en", "ru")
"""Every language a document can be printed in, in the order in which one stands in for another."""

Status = Literal["draft", "agreed", "signed", "in_force", "ended"]


class Table(Frozen):
    """A table inside a clause; every row has as many cells as the head."""

    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]


class Clause(Frozen):
    """One numbered clause: a title, paragraphs (each on a line of its own), then its items, then its table."""

    number: str
    title: Words
    text: Words
    items: tuple[Words, ...] = ()
    table: Table | None = None


class Signatory(Frozen):
    """Who signs for a party, in which capacity, and when; lines to write on where that is still open."""

    party: Words
    name: str = ""
    capacity: Words | str = ""
    on: dt.date | None = None


class Paper(Frozen):
    """A document as it is printed; `digest` is the SHA-256 of the text it prints, `address` where it can be checked.

    The same value is always printed as the same bytes.
    """

    kind: str
    title: Words
    subtitle: Words
    code: str
    version: str
    digest: str
    on: dt.date
    parties: tuple[Words, ...]
    clauses: tuple[Clause, ...]
    signatories: tuple[Signatory, ...]
    annexes: tuple[Clause, ...] = ()
    status: Status
    rehearsal: bool
    official: bool
    address: str = ""


def alike(text: str) -> Words:
    """Return a text that is the same in every language: a number, a name, a code."""
    return dict.fromkeys(LANGUAGES, text)


def said(words: Words | str, language: str) -> tuple[str, str]:
    """Return a text and the language it is in: the one asked for, or the first other one that is written."""
    if isinstance(words, str):
        return words, language
    for one in (language, *LANGUAGES):
        if words.get(one):
            return words[one], one
    return "", language


def printable(paper: Frozen) -> None:
    """Refuse what no eye sees but a machine obeys: control characters, turned reading direction, private characters.

    :raises Refusal: `paper.glyphs` with the characters found
    """
    found = sorted({sign for text in _texts(paper.plain()) for sign in text if _unseen(sign)})
    if found:
        raise Refusal("paper.glyphs", found=[named(sign) for sign in found])


def named(sign: str) -> str:
    """Return a character as people can look it up: itself where it can be shown, and its number."""
    number = f"U+{ord(sign):04X}"
    return number if unicodedata.category(sign)[0] in "CZM" else f"{sign} ({number})"


def _unseen(sign: str) -> bool:
    return unicodedata.category(sign).startswith("C") and sign not in "\n\r\t\N{SOFT HYPHEN}"


def _texts(plain: Any) -> Iterator[str]:
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict):
        for value in plain.values():
            yield from _texts(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from _texts(value)
