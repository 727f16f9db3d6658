"""The table of handlers: kind of job to what it does."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from rantau.allocation import queries as allocation
from rantau.applications import queries as applications
from rantau.ledger.jobs import Handler
from rantau.programmes.queries import terms
from rantau.selection import queries as selection

from . import actions, letters


class About(NamedTuple):
    """What a message needs of the record its entry is about; `person` is None when they were erased since."""

    person: Any
    intake: Any
    view: str
    code: str = ""
    by: dt.datetime | None = None


def tell(kind: str, entry: Any, *, find: Callable[[str], About]) -> None:
    """Tell the person of an entry's record what happened: once, by e-mail, or keep that they have no address.

    Nobody is told about a rehearsal, whatever its chain says. A gateway's failure is passed on: nothing is kept as
    delivered, the job fails, and `actions.retry` queues it again.
    """
    about = find(entry.subject.partition(":")[2])
    if about.person is None or about.intake.programme.rehearsal or actions.delivered(entry.pk, kind):
        return
    actions.deliver(
        entry=entry.pk,
        kind=kind,
        person=about.person,
        letter=_letter(kind, about),
        message=f"<{kind}.{entry.hash}@rantau>",
    )


def _letter(kind: str, about: About) -> letters.Letter:
    scope = about.intake.programme.code
    with translation.override(about.person.locale):
        page = reverse(about.view, args=[scope, about.code] if about.code else [scope])
        safety = reverse("safety")
    return letters.write(
        kind,
        locale=about.person.locale,
        programme=terms(about.intake.version).title,
        page=f"{settings.SITE}{page}",
        safety=f"{settings.SITE}{safety}",
        code=about.code,
        by=about.by,
    )


def _application(ref: str, *, by: str) -> About:
    found = applications.by_ref(ref)
    return _about(found, by=getattr(found, by) if by else None)


def _about(application: Any, *, by: dt.datetime | None = None) -> About:
    return About(application.person, application.intake, "application", application.code, by)


def _nomination(ref: str) -> About:
    found = applications.nomination_by_ref(ref)
    return About(found.person, found.intake, "programme", by=found.lives_until)


def _sitting(ref: str) -> About:
    found = selection.sitting_by_ref(ref)
    return _about(found.application, by=found.session.starts_at)


def _objection(ref: str) -> About:
    return _about(selection.objection_by_ref(ref).application)


def _place(ref: str) -> About:
    found = allocation.place_by_ref(ref)
    return _about(found.application, by=found.answer_by)


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

FINDERS: dict[str, Callable[[str], About]] = {
    **{kind: partial(_application, by=by) for kind, by in APPLICATIONS.items()},
    "invitation": _nomination,
    "call_up": _sitting,
    "upheld": _objection,
    "rejected": _objection,
    "place": _place,
    "risen": _place,
}

HANDLERS: dict[str, Handler] = {kind: partial(tell, kind, find=find) for kind, find in FINDERS.items()}
