"""Which step a division needs next, and how many divisions of an intake wait for a coordinator."""

import datetime as dt
from typing import Any

from rantau.allocation import queries
from rantau.engine.placing import KINDS
from rantau.engine.refusal import Refusal
from rantau.programmes.queries import terms
from rantau.selection import queries as selection

READY = ("announce", "decide", "publish", "again")
"""Steps that a coordinator can take now."""


def step(intake: Any, kind: str, found: Any, *, at: dt.datetime) -> str:
    """Return the next step of a division."""
    if found is None:
        return before(intake, kind)
    if found.state == "open":
        return "open" if at <= found.wishes_until else "closing"
    if found.state == "published" and at <= found.answers_until:
        return "answers"
    waits = queries.pending(found, at=at)
    steps = {"closed": "waits" if waits else "decide", "decided": "publish", "published": "waits" if waits else "again"}
    return steps.get(found.state, "settled")


def before(intake: Any, kind: str) -> str:
    """Return the step before anything is announced: `announce`, or why it is not possible."""
    unknown = missing(intake, kind)
    if unknown is None:
        return "undivided"
    if unknown:
        return "unpublished"
    final = selection.round_of(intake, "final")
    return "announce" if final is not None and final.state == "published" else "not_yet"


def missing(intake: Any, kind: str) -> tuple[str, ...] | None:
    """Return the paths of what has to be published before a division can be announced, None where nothing is divided."""
    windows = terms(intake.version).windows
    days = {"windows.wish_days": windows.wish_days, "windows.place_days": windows.place_days}
    paths: tuple[str, ...] = ()
    try:
        queries.possible(intake, kind)
    except Refusal as refusal:
        if refusal.code == "placing.undivided":
            return None
        paths = tuple(refusal.facts["missing"])
    return (*paths, *(path for path, fact in days.items() if fact.value is None))


def waits(intake: Any, *, at: dt.datetime) -> int:
    """Return how many divisions of an intake need a coordinator now."""
    return sum(step(intake, kind, queries.of(intake, kind), at=at) in READY for kind in KINDS)
