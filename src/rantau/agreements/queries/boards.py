"""The board of duties: who owes what by when, by office and month, and how each stands today."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rantau.agreements import access
from rantau.agreements.models import Duty
from rantau.engine import duties as engine
from rantau.engine.flow import Role
from rantau.engine.programme import Office
from rantau.engine.refusal import Refusal
from rantau.ledger import queries as ledger
from rantau.people import access as people
from rantau.people.models import Person
from rantau.programmes.models import Programme
from rantau.programmes.queries import day, terms

OPEN = ("open", "late")
"""States in which a duty still waits for its evidence."""


@dataclass(frozen=True)
class Owed:
    """One duty on the board: who owes it, on which day, and how it stands: due, soon, late, done, excused, waiting."""

    duty: Duty
    office: Office
    due: dt.date | None
    standing: str
    own: bool


def owed(person: Person, programme: Programme, *, at: dt.datetime) -> list[Owed]:
    """Return the duties that a person may see, those without a day last.

    :raises Refusal: `mandate.missing`
    """
    own = access.offices(person, programme, at=at)
    return _rows(access.duties(person, programme, at=at), programme, own, at=at)


def told(programme: Programme, *, at: dt.datetime) -> list[Owed]:
    """Return the duties that anybody may see: those of agreements whose words anybody may read."""
    found = Duty.objects.filter(programme=programme, agreement__state__in=access.PUBLIC)
    return _rows(found.select_related("programme", "agreement"), programme, frozenset(), at=at)


def board(person: Person, programme: Programme, *, at: dt.datetime) -> tuple[list[Owed], bool]:
    """Return the duties a person sees, and whether that is the board of the offices or what anybody may see."""
    try:
        return owed(person, programme, at=at), True
    except Refusal:
        return told(programme, at=at), False


def one(person: Person, programme: Programme, code: str, *, at: dt.datetime) -> tuple[Owed, bool]:
    """Return one duty a person sees, and whether as its offices do or as anybody; or raise DoesNotExist."""
    try:
        found, full = access.duties(person, programme, at=at).filter(code=code).exclude(state="ended").first(), True
    except Refusal:
        found, full = None, False
    if found is None:
        shown = Duty.objects.filter(programme=programme, agreement__state__in=access.PUBLIC).exclude(state="ended")
        found, full = shown.select_related("programme", "agreement").get(code=code), False
    rows = _rows([found], programme, access.offices(person, programme, at=at), at=at)
    if not rows:
        raise Duty.DoesNotExist
    return rows[0], full


def _rows(duties: Iterable[Duty], programme: Programme, own: frozenset[str], *, at: dt.datetime) -> list[Owed]:
    names = {one.code: one for one in terms(programme.version).offices}
    found = [
        Owed(
            duty=duty,
            office=names[duty.office],
            due=day(duty.due_at) if duty.due_at else None,
            standing=standing(duty, at=at),
            own=duty.office in own,
        )
        for duty in duties
        if duty.office in names and duty.state != "ended"
    ]
    return sorted(found, key=lambda one: (one.due is None, one.due or dt.date.max, one.duty.pk))


def standing(duty: Duty, *, at: dt.datetime) -> str:
    """Return how a duty stands at an instant, also before anybody marked it late."""
    return engine.standing(day(duty.due_at) if duty.due_at else None, day(at), duty.state)


def months(rows: list[Owed]) -> list[tuple[dt.date | None, list[Owed]]]:
    """Return the board's rows by the first day of their month; None holds those that wait for a milestone's day."""
    found: dict[dt.date | None, list[Owed]] = {}
    for one in rows:
        found.setdefault(one.due.replace(day=1) if one.due else None, []).append(one)
    return list(found.items())


def counts(rows: list[Owed]) -> list[tuple[Office, Counter[str]]]:
    """Return for each office, in the order of the board, how many of its duties stand how."""
    found: dict[str, Counter[str]] = {}
    names: dict[str, Office] = {}
    for one in rows:
        names[one.office.code] = one.office
        found.setdefault(one.office.code, Counter())[one.standing] += 1
    return [(names[code], count) for code, count in found.items()]


def get(person: Person, programme: Programme, code: str, *, at: dt.datetime) -> Duty:
    """Return one duty by code, or raise DoesNotExist where the person may not see it.

    :raises Refusal: `mandate.missing`
    """
    return access.duties(person, programme, at=at).get(code=code)


def possible(person: Person, duty: Duty, *, at: dt.datetime) -> frozenset[str]:
    """Return what a person could do with a duty now: show, doubt, excuse. The actions check again."""
    held = access.mandates(person, duty.programme, at=at)
    answering = access.acting(duty.programme, {one.office for one in held if "answer" in one.powers})
    own = access.acting(duty.programme, {one.office for one in held})
    found = set()
    if duty.office in answering and duty.state in OPEN:
        found.add("show")
    coordinates = Role.COORDINATOR in people.roles(person, scope=duty.programme.code, at=at)
    if duty.office not in own and (duty.excused_by in own if duty.excused_by else coordinates):
        found |= {"excuse"} if duty.state in OPEN else {"doubt"} if duty.state == "done" else set()
    return frozenset(found)


@dataclass(frozen=True)
class Happened:
    """One thing that happened to a duty: which step, when, and for which office where the step says so."""

    step: str
    at: dt.datetime
    office: Office | None
    late: bool


def history(duty: Duty) -> list[Happened]:
    """Return what happened to a duty, oldest first; persons are not named."""
    names = {one.code: one for one in terms(duty.programme.version).offices}
    return [
        Happened(
            step=entry.action,
            at=entry.at,
            office=names.get(entry.facts.get("office", "")),
            late=bool(entry.facts.get("late")),
        )
        for entry in ledger.history(f"duty:{duty.ref}")
    ]


def changes(programme: Programme) -> dict[str, tuple[dt.datetime, int]]:
    """Return for each duty's reference when it last changed and how often it has."""
    return {subject.partition(":")[2]: found for subject, found in ledger.changes(programme.chain, "duty").items()}
