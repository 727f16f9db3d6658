"""The table of handlers: kind of job to what it does."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from rantau.agreements.queries import concerned
from rantau.allocation import queries as allocation
from rantau.applications import queries as applications
from rantau.departure.queries import concerned as leaving
from rantau.ledger.jobs import Handler
from rantau.programmes.queries import terms
from rantau.selection import queries as selection

from . import actions, letters


class About(NamedTuple):
    """What a message needs: its person (None when they were erased since), the programme, where to read on, a day."""

    person: Any
    programme: Any
    version: Any
    view: str = "programme"
    args: tuple[str, ...] = ()
    code: str = ""
    by: dt.datetime | None = None


Find = Callable[[Any], list[About]]
"""What finds, for a ledger entry, everybody who is told of it: the person of the record, or the people of offices."""


def tell(kind: str, entry: Any, *, find: Find) -> None:
    """Tell everybody whom an entry concerns what happened: each once, by e-mail, or keep that they have no address.

    Nobody is told about a rehearsal, whatever its chain says. One person's mailbox that fails keeps nobody else waiting;
    the failure is passed on at the end: nothing is kept as delivered to them, the job fails, and `actions.retry` queues
    it again.
    """
    failure: OSError | None = None
    for about in find(entry):
        if about.person is None or about.programme.rehearsal or actions.delivered(entry.pk, kind, about.person):
            continue
        letter, message = _letter(kind, about), f"<{kind}.{entry.hash}@rantau>"
        try:
            actions.deliver(entry=entry.pk, kind=kind, person=about.person, letter=letter, message=message)
        except OSError as error:  # what a gateway raises, SMTP's own exceptions among them
            failure = failure or error
    if failure:
        raise failure


def _letter(kind: str, about: About) -> letters.Letter:
    with translation.override(about.person.locale):
        page = reverse(about.view, args=[about.programme.code, *about.args])
        safety = reverse("safety")
    return letters.write(
        kind,
        locale=about.person.locale,
        programme=terms(about.version).title,
        page=f"{settings.SITE}{page}",
        safety=f"{settings.SITE}{safety}",
        code=about.code,
        by=about.by,
    )


def _ref(entry: Any) -> str:
    return str(entry.subject.partition(":")[2])


# --- what concerns a person ----------------------------------------------------------------------------------------------
def _application(entry: Any, *, by: str) -> list[About]:
    found = applications.by_ref(_ref(entry))
    return _about(found, by=getattr(found, by) if by else None)


def _about(application: Any, *, by: dt.datetime | None = None) -> list[About]:
    intake, code = application.intake, application.code
    return [About(application.person, intake.programme, intake.version, "application", (code,), code=code, by=by)]


def _nomination(entry: Any) -> list[About]:
    found = applications.nomination_by_ref(_ref(entry))
    return [About(found.person, found.intake.programme, found.intake.version, by=found.lives_until)]


def _sitting(entry: Any) -> list[About]:
    found = selection.sitting_by_ref(_ref(entry))
    return _about(found.application, by=found.session.starts_at)


def _objection(entry: Any) -> list[About]:
    return _about(selection.objection_by_ref(_ref(entry)).application)


def _place(entry: Any) -> list[About]:
    found = allocation.place_by_ref(_ref(entry))
    return _about(found.application, by=found.answer_by)


# --- what concerns people on their way -------------------------------------------------------------------------------------
def _leaving(entry: Any) -> list[About]:
    """Return one message for each person and officer whom a step on the way concerns, each to their own page."""
    found = leaving.of(entry.subject, entry.action, entry.facts, at=entry.at)
    own = [About(one.person, *_programme(one), "own_leaving", (one.code,), one.code, by) for one, by in found.owners]
    programme, version = (found.programme, found.programme.version) if found.programme else (None, None)
    return own + [About(person, programme, version, found.page, (), found.code) for person in found.officers]


def _programme(application: Any) -> tuple[Any, Any]:
    return application.intake.programme, application.intake.version


# --- what concerns offices -----------------------------------------------------------------------------------------------
def _office(found: Any, **where: Any) -> list[About]:
    """Return one message for each person who acts for the offices concerned."""
    programme = found.programme
    return [
        About(person, programme, programme.version, code=found.code, by=found.by, **where) for person in found.people
    ]


def _tabled(entry: Any) -> list[About]:
    return _agreement(concerned.agreement(_ref(entry), powers=concerned.READING, at=entry.at))


def _settled(entry: Any) -> list[About]:
    return _agreement(concerned.agreement(_ref(entry), at=entry.at))


def _side(entry: Any) -> list[About]:
    return _agreement(concerned.side(_ref(entry), at=entry.at))


def _agreement(found: Any) -> list[About]:
    return _office(found, view="agreement", args=(found.code,))


def _answer(entry: Any) -> list[About]:
    return _office(concerned.answer(_ref(entry), at=entry.at), view="question_proposal", args=(_ref(entry),))


def _duty(entry: Any, *, escalated: bool = False) -> list[About]:
    found = concerned.duty(_ref(entry), escalated=escalated, at=entry.at)
    return _office(found, view="duty", args=(found.code,))


APPLICATIONS = {
    "receipt": "closes_at",
    "ineligible": "objection_until",
    "called": "file_by",
    "not_called": "",
    "verified": "",
    "returned": "file_by",
    "selected": "",
    "reserve": "",
    "unsuccessful": "",
    "offer": "answer_by",
}
"""The kinds that an application's steps emit, each with the deadline it names."""

PEOPLE: dict[str, Find] = {
    **{kind: partial(_application, by=by) for kind, by in APPLICATIONS.items()},
    "invitation": _nomination,
    "call_up": _sitting,
    "upheld": _objection,
    "rejected": _objection,
    "place": _place,
    "risen": _place,
}
"""The kinds that tell a person of their own record."""

OFFICES: dict[str, Find] = {
    "tabled": _tabled,
    "concluded": _settled,
    "terminated": _settled,
    "reply_late": _side,
    "answered": _answer,
    "duty_soon": _duty,
    "duty_late": _duty,
    "duty_escalated": partial(_duty, escalated=True),
    "duty_doubted": _duty,
}
"""The kinds that tell those who act for an office of its record."""

LEAVING: dict[str, Find] = dict.fromkeys(
    (
        "cleared",
        "reopened",
        "released",
        "group",
        "group_cancelled",
        "missed",
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

FINDERS = PEOPLE | OFFICES | LEAVING

HANDLERS: dict[str, Handler] = {kind: partial(tell, kind, find=find) for kind, find in FINDERS.items()}
