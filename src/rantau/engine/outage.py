"""What a time in which our service was down does to deadlines: they move, for everyone equally, and never earlier."""

import datetime as dt
from collections.abc import Mapping

from .canonical import Frozen

LEAST = dt.timedelta(hours=24)
"""Everybody has at least so long once the service is back, and at least as long as was lost."""


class Outage(Frozen):
    """From when until when the whole service could not be reached."""

    from_at: dt.datetime
    until_at: dt.datetime


class Moves(Frozen):
    """How many deadlines of each kind moved, and how many had been counted as missed before the outage was known."""

    moved: Mapping[str, int] = {}
    missed: Mapping[str, int] = {}


def end(outage: Outage, zone: dt.tzinfo) -> dt.datetime:
    """Return the one instant to which deadlines move: 23:59:59 of the day, in a zone, on which the lost time is given back.

    The lost time, but 24 hours at the least, counts from the end of the outage.
    """
    back = outage.until_at + max(outage.until_at - outage.from_at, LEAST)
    return back.astimezone(zone).replace(hour=23, minute=59, second=59, microsecond=0).astimezone(dt.UTC)


def moved(deadline: dt.datetime, outage: Outage, zone: dt.tzinfo) -> dt.datetime:
    """Return a deadline after an outage: at `end` if it lay between the outage's beginning and that instant, else as it was.

    So no deadline moves earlier, equal ones stay equal, none overtakes another, and the same outage moves nothing twice.
    """
    last = end(outage, zone)
    return last if outage.from_at <= deadline < last else deadline


def counted(kind: str, *, moved: int, missed: int) -> Moves:
    """Return the counts of one kind; what is none is not mentioned."""
    return Moves(moved={kind: moved} if moved else {}, missed={kind: missed} if missed else {})


def together(*found: Moves) -> Moves:
    """Return the counts of several areas as one; each kind belongs to one area."""
    return Moves(
        moved={kind: number for one in found for kind, number in one.moved.items()},
        missed={kind: number for one in found for kind, number in one.missed.items()},
    )
