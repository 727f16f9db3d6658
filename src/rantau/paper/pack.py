"""What a person takes along, as it is printed: sections in one language, and a card to cut out."""

import datetime as dt
from typing import Any

from rantau.engine.canonical import Frozen

from .labels import LABELS, MADE_UP, REHEARSAL, UNOFFICIAL
from .layout import day, drawn


class Line(Frozen):
    """One row of a section: what it is, what is said of it, whether that is still open, where it is written."""

    label: str
    value: str
    open: bool = False
    source: str = ""


class Section(Frozen):
    """One section: a title, paragraphs, rows, points."""

    title: str
    text: tuple[str, ...] = ()
    rows: tuple[Line, ...] = ()
    points: tuple[str, ...] = ()


class Card(Frozen):
    """The card to cut out, of the size of a bank card: a name and numbers; `address` is a public page, never a person's."""

    title: str
    name: str
    rows: tuple[Line, ...]
    words: str
    address: str
    qr: str
    cut: str


class Pack(Frozen):
    """A departure pack in one language; the same value is always printed as the same bytes."""

    language: str
    title: str
    subtitle: str
    name: str
    code: str
    on: dt.date
    sections: tuple[Section, ...]
    card: Card
    rehearsal: bool
    official: bool


def laid_out(pack: Pack) -> dict[str, Any]:
    """Return everything that is printed of a pack, as JSON data."""
    return {
        **pack.plain(),
        "date": day(pack.on, pack.language),
        "page": LABELS[pack.language]["page"],
        "qr": drawn(pack.card.address),
        "behind": [REHEARSAL] * pack.rehearsal,
        "notices": [MADE_UP] * pack.rehearsal + [UNOFFICIAL] * (not pack.official),
    }
