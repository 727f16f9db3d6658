"""What anybody may know of a programme's agreements: how far each is, whom it waits for, and its words once in force."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from rantau.agreements.access import PUBLIC
from rantau.agreements.models import Agreement
from rantau.engine.programme import Programme as Terms
from rantau.programmes.models import Programme
from rantau.programmes.queries import day, terms

from . import newest, of


@dataclass(frozen=True)
class Told:
    """One agreement as the public sees it; `waits` are offices that have not answered or signed yet.

    `clauses` is how many it has, `agreed` how many of them every side has accepted: numbers, no words.
    """

    agreement: Agreement
    number: int
    since: dt.date | None
    waits: tuple[Any, ...]
    readable: bool


def told(programme: Programme) -> list[Told]:
    """Return the agreements that were tabled, oldest first; a draft nobody has tabled is nobody's news."""
    known = terms(programme.version)
    return [_told(one, known) for one in of(programme).exclude(state__in=["new", "draft", "withdrawn"])]


def _told(agreement: Agreement, known: Terms) -> Told:
    draft = newest(agreement)
    since = {"tabled": agreement.tabled_at, "agreed": draft and draft.made_at}.get(agreement.state, agreement.starts_at)
    behind = {"tabled": ("new", "reading", "agreed", "cleared"), "agreed": ("approved",)}.get(agreement.state, ())
    parts = {"tabled": ("signs", "agrees"), "agreed": ("signs",)}.get(agreement.state, ())
    waiting = agreement.sides.filter(state__in=behind, part__in=parts).order_by("position")
    names = {one.code: one for one in known.offices}
    return Told(
        agreement=agreement,
        number=draft.number if draft else 0,
        since=day(since) if since else None,
        waits=tuple(names[side.office] for side in waiting if side.office in names),
        readable=agreement.state in PUBLIC,
    )


def evidence(programme: Programme) -> dict[str, tuple[Literal["kept", "partly"], dt.date, str]]:
    """Return for each kind of agreement what our records show: (kept or partly, since which day, its code).

    In force is `kept`; a text that is before the parties is `partly`: it was promised to be drafted and agreed.
    """
    found: dict[str, tuple[Literal["kept", "partly"], dt.date, str]] = {}
    for one in of(programme).exclude(state__in=["new", "draft", "withdrawn"]):
        if one.starts_at:
            found[one.kind] = ("kept", day(one.starts_at), one.code)
        elif one.tabled_at and found.get(one.kind, ("partly",))[0] != "kept":
            found[one.kind] = ("partly", day(one.tabled_at), one.code)
    return found


def sealed_as(programme: Programme, data: bytes) -> Agreement | None:
    """Return the agreement anybody may read whose sealed file has the very same bytes, or None."""
    for one in of(programme, *PUBLIC).exclude(sealed=None):
        if bytes(one.sealed or b"") == data:
            return one
    return None
