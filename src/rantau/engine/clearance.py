"""Whether a person may leave: documents, preparation, visa, insurance and group in, what is still missing out."""

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from .canonical import Frozen
from .preparation import Row, Standing

TRUTHS = ("missing", "form", "seen", "confirmed")
"""How far a document is known to be true: not there, its form valid, seen by an officer, confirmed by its source."""
Truth = Literal["missing", "form", "seen", "confirmed"]


class Document(Frozen):
    """One document that is due before departure, as it stands: how far it is true, and the last day it holds."""

    code: str
    truth: Truth
    due_on: dt.date | None = None
    ends_on: dt.date | None = None


class State(Frozen):
    """Everything that decides over one person's clearance, frozen: `departs_on` is their group's day, None without one."""

    documents: tuple[Document, ...]
    preparation: tuple[Row, ...]
    visa: Literal["", "asked", "issued", "refused"]
    departs_on: dt.date | None
    met_by: bool


class Missing(Frozen):
    """One thing that is missing: a code, what it is about, and by when it is due, where that is known."""

    code: str
    about: str = ""
    due_on: dt.date | None = None


def missing(state: State) -> tuple[Missing, ...]:
    """Return what is missing before a person may leave, in a fixed order; none means that they may be cleared.

    A document must at least have been seen by an officer, and hold on the day of departure. Codes: `document.missing`,
    `document.unseen`, `document.ends`, `topic.missing`, `topic.begun`, `topic.again`, `visa.missing`, `visa.refused`,
    `group.missing`, `group.unmet` (nobody is named who meets them).
    """
    found = [gap for document in state.documents for gap in _document(document, state.departs_on)]
    found += [
        Missing(code=f"topic.{row.standing}", about=row.topic)
        for row in state.preparation
        if row.standing is not Standing.DONE
    ]
    if state.visa != "issued":
        found.append(Missing(code="visa.refused" if state.visa == "refused" else "visa.missing"))
    if state.departs_on is None:
        found.append(Missing(code="group.missing"))
    elif not state.met_by:
        found.append(Missing(code="group.unmet"))
    return tuple(found)


def worst_first(rows: Sequence[tuple[str, Sequence[Missing]]], *, on: dt.date) -> tuple[str, ...]:
    """Return people (their keys) by how bad it stands: longest overdue first, then what is due soonest, then most missing.

    Who lacks nothing comes last; equal ones by key.
    """
    return tuple(key for key, gaps in sorted(rows, key=lambda row: _weight(row[0], row[1], on)))


def _weight(key: str, gaps: Sequence[Missing], on: dt.date) -> tuple[int, int, int, str]:
    days = [(gap.due_on - on).days for gap in gaps if gap.due_on]
    soonest = min(days, default=100_000)
    return 0 if gaps else 1, soonest, -len(gaps), key


def _document(document: Document, departs_on: dt.date | None) -> list[Missing]:
    about, due_on = document.code, document.due_on
    if document.truth == "missing":
        return [Missing(code="document.missing", about=about, due_on=due_on)]
    found = []
    if document.truth == "form":
        found.append(Missing(code="document.unseen", about=about, due_on=due_on))
    if document.ends_on and departs_on and document.ends_on < departs_on:
        found.append(Missing(code="document.ends", about=about, due_on=due_on))
    return found
