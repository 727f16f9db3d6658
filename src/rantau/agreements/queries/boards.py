"""The board of duties: who owes what by when, by office and month, and how each stands today."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from rantau.agreements import access
from rantau.agreements.models import Duty
from rantau.engine import duties as engine
from rantau.engine.programme import Office
from rantau.people.models import Person
from rantau.programmes.models import Programme
from rantau.programmes.queries import day, terms


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
    names = {one.code: one for one in terms(programme.version).offices}
    own = access.offices(person, programme, at=at)
    rows = access.duties(person, programme, at=at).exclude(state="ended")
    found = [
        Owed(
            duty=duty,
            office=names[duty.office],
            due=day(duty.due_at) if duty.due_at else None,
            standing=standing(duty, at=at),
            own=duty.office in own,
        )
        for duty in rows
        if duty.office in names
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
