"""Who is told what on the way to the departure and home again: people, officers, teachers, protection officers."""

import datetime as dt
from functools import partial
from typing import Any

from rantau.departure import queries as departure
from rantau.departure.queries import concerned, costs, lessons

from .about import About, Find, own, ref


# --- what concerns people on their way -------------------------------------------------------------------------------------
def _leaving(entry: Any) -> list[About]:
    """Return one message for each person and officer whom a step on the way concerns, each to their own page."""
    found = concerned.of(entry.subject, entry.action, entry.facts, at=entry.at)
    mine = [About(one.person, *_programme(one), "own_leaving", (one.code,), one.code, by) for one, by in found.owners]
    programme, version = (found.programme, found.programme.version) if found.programme else (None, None)
    return mine + [About(person, programme, version, found.page, (), found.code) for person in found.officers]


def _programme(application: Any) -> tuple[Any, Any]:
    return application.intake.programme, application.intake.version


# --- lessons before departure, and money that was asked --------------------------------------------------------------
def _lesson(entry: Any) -> list[About]:
    """Return one message for everybody who is called to a lesson."""
    found = lessons.by_ref(ref(entry))
    programme = found.intake.programme
    return [
        About(
            one.application.person,
            programme,
            programme.version,
            "own_lessons",
            (one.application.code,),
            code=one.application.code,
            by=found.starts_at,
        )
        for one in lessons.called(found)
    ]


def _charge(entry: Any) -> list[About]:
    """Return one message for each protection officer."""
    found = costs.by_ref(ref(entry))
    programme = found.clearance.application.intake.programme
    people = costs.protectors(found, at=entry.at)
    where = {"view": "charge_desk", "args": (found.code,), "code": found.code, "by": found.answer_by}
    return [About(person, programme, programme.version, **where) for person in people]


def _charged(entry: Any) -> list[About]:
    """Return the message for who made a report."""
    found = costs.by_ref(ref(entry))
    application = found.clearance.application
    programme, args = application.intake.programme, (application.code, found.code)
    return [About(application.person, programme, programme.version, "charge_sent", args)]


PREPARING: dict[str, Find] = {
    "lesson": _lesson,
    "lesson_cancelled": _lesson,
    "charge_reported": _charge,
    "charge_waiting": _charge,
    "charge_answered": _charged,
}
"""The kinds that tell of lessons before departure, and of money that was asked."""

LEAVING: dict[str, Find] = dict.fromkeys(
    (
        "cleared",
        "uncleared",
        "released",
        "group",
        "group_cancelled",
        "not_boarded",
        "arrived",
        "arrival_missing",
        "visa_asked",
        "visa_issued",
        "visa_refused",
        "homeward",
        "homeward_plan",
    ),
    _leaving,
)
"""The kinds that tell people on their way, and the offices that care for them there."""


# --- the documents that are asked on the way ---------------------------------------------------------------------------------
def _way(entry: Any) -> list[About]:
    return _own_page(departure.by_ref(ref(entry)))


def _paper(entry: Any, *, by: str) -> list[About]:
    found = departure.paper_by_ref(ref(entry))
    return _own_page(found.clearance, by=getattr(found, by))


def _own_page(clearance: Any, *, by: dt.datetime | None = None) -> list[About]:
    """Return the message for somebody on their way to departure, who reads on at their own page of it."""
    [about] = own(clearance.application, by=by)
    return [about._replace(view="own_departure")]


WAY: dict[str, Find] = {
    "preparing": _way,
    **dict.fromkeys(("paper_soon", "paper_late", "paper_returned", "paper_renew"), partial(_paper, by="due_at")),
    "paper_expired": partial(_paper, by="expires_at"),
}
"""The kinds that tell a person that their way begins, and of a day of a document; which one it is stands on the page alone."""
