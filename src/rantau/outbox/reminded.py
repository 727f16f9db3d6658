"""Who is reminded of a deadline, or told that it moved: whoever still has to act when the message is sent, nobody else."""

import datetime as dt
from functools import partial
from typing import Any

from rantau.agreements.queries import concerned
from rantau.allocation import queries as allocation
from rantau.allocation.queries import concerned as allocated
from rantau.applications import queries as applications
from rantau.departure import queries as departure
from rantau.people import queries as people
from rantau.programmes import queries as programmes
from rantau.selection import queries as selection

from .about import About, Find, office, own, ref


def _unfinished(entry: Any, *, state: str) -> list[About]:
    intake = programmes.intake_by_ref(ref(entry))
    return [about for one in applications.by_state(intake, state) for about in own(one, by=intake.closes_at)]


def _asked(entry: Any, *, state: str, by: str) -> list[About]:
    found = applications.by_ref(ref(entry))
    return own(found, by=getattr(found, by)) if found.state == state else []


def _invited(entry: Any) -> list[About]:
    found = applications.nomination_by_ref(ref(entry))
    return _schools([found], at=entry.at) if found.state == "invited" else []


def _schools(found: Any, *, at: dt.datetime) -> list[About]:
    return [
        About(person, one.intake.programme, one.intake.version, "nominations", by=one.lives_until)
        for one in found
        for person in applications.nominators(one, at=at)
    ]


def _wishes(entry: Any) -> list[About]:
    found = allocated.allocation(ref(entry))
    return [about for one in allocated.unwished(found) for about in own(one, by=found.wishes_until)]


def _place(entry: Any) -> list[About]:
    found = allocation.place_by_ref(ref(entry))
    return own(found.application, by=found.answer_by) if found.state == "offered" else []


def _recovery(entry: Any) -> list[About]:
    found = people.recovery_by_ref(ref(entry))
    if found.state != "open":
        return []
    programme = programmes.get(found.scope)
    menders = people.menders(found, at=entry.at)
    return [About(one, programme, programme.version, "recovery", by=found.lives_until) for one in menders]


def _reply(entry: Any) -> list[About]:
    found = concerned.unanswered(ref(entry), at=entry.at)
    return office(found, view="agreement", args=(found.code,))


def _moved(entry: Any) -> list[About]:
    """Return everybody of whom something is asked by the day to which deadlines moved: each once."""
    shift = programmes.shift_by_ref(ref(entry))
    intake, until = shift.intake, shift.to_at
    found = {one.pk: one for one in applications.waiting_until(intake, until)}
    later = (*allocated.waiting_until(intake, until), *departure.waiting_until(intake, until))
    for one in (*selection.objecting_until(intake, until), *later):
        found.setdefault(one.pk, one)
    told = [about for one in found.values() for about in own(one, by=until)]
    return told + _schools(applications.invited_until(intake, until), at=entry.at)


REMINDED: dict[str, Find] = {
    "draft_soon": partial(_unfinished, state="draft"),
    "guardian_soon": partial(_unfinished, state="guardian"),
    "file_soon": partial(_asked, state="called", by="file_by"),
    "mend_soon": partial(_asked, state="returned", by="file_by"),
    "offer_soon": partial(_asked, state="offered", by="answer_by"),
    "wishes_soon": _wishes,
    "place_soon": _place,
    "deadline_moved": _moved,
}
"""The kinds that tell people of a day of theirs."""

OFFICES: dict[str, Find] = {"reply_soon": _reply}
"""The kinds that tell those who act for an office of a day."""

STAFF: dict[str, Find] = {"nomination_soon": _invited, "recovery_soon": _recovery}
"""The kinds that tell a school's people, and officers, of a day."""
