"""Which step a division needs next, and how many divisions of an intake wait for a coordinator."""

import datetime as dt

from rantau.allocation.models import Allocation
from rantau.engine.placing import KINDS
from rantau.engine.refusal import Refusal
from rantau.programmes.models import Intake
from rantau.selection import queries as selection

from . import of, pending, possible

READY = ("announce", "decide", "publish", "again")
"""Steps that a coordinator can take now."""


def step(intake: Intake, kind: str, found: Allocation | None, *, at: dt.datetime) -> str:
    """Return the next step of a division."""
    if found is None:
        return before(intake, kind)
    if found.state == "open":
        return "open" if found.wishes_until and at <= found.wishes_until else "closing"
    if found.state == "published" and found.answers_until and at <= found.answers_until:
        return "answers"
    waits = pending(found)
    steps = {"closed": "waits" if waits else "decide", "decided": "publish", "published": "waits" if waits else "again"}
    return steps.get(found.state, "settled")


def before(intake: Intake, kind: str) -> str:
    """Return the step before anything is announced: `announce`, or why it is not possible."""
    unknown = missing(intake, kind)
    if unknown is None:
        return "undivided"
    if unknown:
        return "unpublished"
    final = selection.round_of(intake, "final")
    return "announce" if final is not None and final.state == "published" else "not_yet"


def missing(intake: Intake, kind: str) -> tuple[str, ...] | None:
    """Return the paths of what has to be published before a division can be announced, None where nothing is divided."""
    try:
        possible(intake, kind)
    except Refusal as refusal:
        return None if refusal.code == "placing.undivided" else tuple(refusal.facts["missing"])
    return ()


def waits(intake: Intake, *, at: dt.datetime) -> int:
    """Return how many divisions of an intake need a coordinator now."""
    return sum(step(intake, kind, of(intake, kind), at=at) in READY for kind in KINDS)
