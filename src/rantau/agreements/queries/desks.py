"""What the offices at the table see: where each side stands, clause by clause, what a person may do next, what differs."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rantau.agreements import access
from rantau.agreements.models import Agreement, Comment, Draft, Mandate, Side, Working
from rantau.engine.clauses import Clause
from rantau.engine.programme import Office
from rantau.people.models import Person
from rantau.programmes.queries import terms

from . import accepted, approvals, clauses, digests, newest

WRITES = ("draft", "tabled", "agreed")


@dataclass(frozen=True)
class Standing:
    """Where one side is with the newest version: clauses accepted of all, what its desks did, what it waits for."""

    side: Side
    office: Office
    accepted: int
    clauses: int
    passed: tuple[Any, ...]
    late: bool


@dataclass(frozen=True)
class Line:
    """One clause of a version: its number, who accepted its words, the comments that are open and settled."""

    number: int
    clause: Clause
    accepted: tuple[Office, ...]
    missing: tuple[Office, ...]
    comments: tuple[Comment, ...]


def standings(agreement: Agreement, draft: Draft, *, at: dt.datetime) -> list[Standing]:
    """Return where each side stands, in the order of the parties."""
    names, whole = _offices(agreement), len(digests(draft))
    return [
        Standing(
            side=side,
            office=names[side.office],
            accepted=len(accepted(side, draft)),
            clauses=whole,
            passed=tuple(approvals(side, draft)),
            late=side.state == "reading" and side.reply_by is not None and at > side.reply_by,
        )
        for side in agreement.sides.select_related("agreement__programme").order_by("position")
        if side.office in names
    ]


def lines(agreement: Agreement, draft: Draft) -> list[Line]:
    """Return a version clause by clause: its words, who accepted them and who has not, what was said about it."""
    names = _offices(agreement)
    sides = [side for side in agreement.sides.order_by("position") if side.part != "consulted"]
    have = {side.pk: accepted(side, draft) for side in sides}
    said: dict[str, list[Comment]] = {}
    for comment in Comment.objects.filter(draft__agreement=agreement).select_related("side", "draft").order_by("pk"):
        said.setdefault(comment.clause, []).append(comment)
    return [
        Line(
            number=number,
            clause=clause,
            accepted=_named(names, (one.office for one in sides if clause.code in have[one.pk])),
            missing=_named(names, (one.office for one in sides if clause.code not in have[one.pk])),
            comments=tuple(said.get(clause.code, ())),
        )
        for number, clause in enumerate(clauses(draft), 1)
    ]


def _named(names: dict[str, Office], offices: Iterable[str]) -> tuple[Office, ...]:
    return tuple(names[office] for office in offices if office in names)


def _offices(agreement: Agreement) -> dict[str, Office]:
    return {one.code: one for one in terms(agreement.programme.version).offices}


def working(person: Person, agreement: Agreement, *, at: dt.datetime) -> Working | None:
    """Return the working copy of the office a person writes for, or None before one was begun."""
    own = [one.office for one in access.mandates(person, agreement.programme, at=at) if "draft" in one.powers]
    return Working.objects.filter(agreement=agreement, office__in=own).select_related("base").first()


def acting(person: Person, agreement: Agreement, *, at: dt.datetime) -> tuple[Side, Mandate] | None:
    """Return the side and a mandate by which a person takes part in an agreement, or None for who only reads it."""
    sides = {one.office: one for one in agreement.sides.select_related("agreement__programme")}
    for mandate in access.mandates(person, agreement.programme, at=at):
        if mandate.office in sides:
            return sides[mandate.office], mandate
    return None


def next_desk(side: Side, draft: Draft) -> str:
    """Return what the desk of a side's chain is called that comes next, or nothing after the last."""
    done = sum(one.step == "endorse" for one in approvals(side, draft))
    return str(side.desks[done]) if done < len(side.desks) else ""


def possible(person: Person, agreement: Agreement, *, at: dt.datetime) -> frozenset[str]:
    """Return what a person could do with an agreement now: write, table, annex, chain, withdraw, accept, comment, clear,
    approve, send_back, sign, terminate. The actions check again; this only chooses what a page offers."""
    sides = {one.office: one for one in agreement.sides.select_related("agreement__programme")}
    found: set[str] = set()
    for mandate in access.mandates(person, agreement.programme, at=at):
        side = sides.get(mandate.office)
        if side is not None:
            found |= _by(mandate, side, agreement, person)
    return frozenset(found)


def _by(mandate: Mandate, side: Side, agreement: Agreement, person: Person) -> set[str]:
    powers, draft = set(mandate.powers), newest(agreement)
    found = {"comment"} if "accept" in powers and agreement.state == "tabled" else set()
    if side.part == "consulted" or draft is None:
        return found
    if "draft" in powers and agreement.state in WRITES and side.state != "signed":
        found |= _writing(side, agreement)
    fresh = all(one.person_id != person.pk for one in approvals(side, draft))
    if agreement.state == "tabled":
        found |= _approving(powers, side, fresh=fresh)
    if "sign" in powers and side.part == "signs":
        found |= {"sign"} if (agreement.state, side.state, fresh) == ("agreed", "approved", True) else set()
        found |= {"terminate"} if agreement.state == "in_force" else set()
    return found


def _approving(powers: set[str], side: Side, *, fresh: bool) -> set[str]:
    offered = {
        "accept": "accept" in powers and side.state == "reading",
        "clear": "legal" in powers and side.state == "agreed" and bool(side.desks),
        "approve": "approve" in powers and side.state == "cleared" and fresh,
        "send_back": bool(powers & {"legal", "approve", "sign"}) and side.state in ("agreed", "cleared", "approved"),
    }
    return {name for name, offer in offered.items() if offer}


def _writing(side: Side, agreement: Agreement) -> set[str]:
    mine = side.office == agreement.drafted_by
    if agreement.state == "draft" and not mine:
        return set()
    found = {"write", "table"}
    if not agreement.sides.filter(state__in=["cleared", "approved", "signed"]).exists():
        found.add("annex")
    if side.state in ("new", "reading", "agreed"):
        found.add("chain")
    if mine:
        found.add("withdraw")
    return found
