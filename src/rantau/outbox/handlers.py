"""The table of handlers: kind of job to what it does."""

from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from rantau.agreements.queries import concerned
from rantau.allocation import queries as allocation
from rantau.applications import queries as applications
from rantau.ledger.jobs import Handler
from rantau.programmes.queries import terms
from rantau.selection import queries as selection

from . import actions, decided, leaving, letters, reminded, short
from .about import About, Find, office, own, ref
from .gateways import Said, Undelivered


def tell(kind: str, entry: Any, *, find: Find) -> None:
    """Tell everybody whom an entry concerns what happened, each once, by their own channel and outside their night.

    Nobody is told about a rehearsal, whatever its chain says, and nobody who is made up. One person's mailbox that fails
    keeps nobody else waiting; the failure is passed on at the end: the job fails, and `actions.retry` queues it again.
    """
    failure: Undelivered | None = None
    for about in find(entry):
        if about.person is None or about.programme.rehearsal or about.person.rehearsal:
            continue
        told = actions.begin(entry=entry.pk, kind=kind, person=about.person, scope=about.programme.code)
        if told.state in actions.DONE:
            continue
        said, message = _said(kind, about), f"<{kind}.{entry.hash}@rantau>"
        try:
            actions.deliver(delivery=told, said=said, message=message, at=timezone.now())
        except Undelivered as error:
            failure = failure or error
    if failure:
        raise failure


def _said(kind: str, about: About) -> Said:
    locale = about.person.locale
    with translation.override(locale):
        page = reverse(about.view, args=[about.programme.code, *about.args])
        safety, account = reverse("safety"), reverse("account")
    letter = letters.write(
        kind,
        locale=locale,
        programme=terms(about.version).title,
        page=f"{settings.SITE}{page}",
        safety=f"{settings.SITE}{safety}",
        code=about.code,
        by=about.by,
    )
    return Said(*letter, short.news(locale, programme=about.programme.code, page=f"{settings.SITE}{account}"))


# --- what concerns a person ----------------------------------------------------------------------------------------------
def _application(entry: Any, *, by: str) -> list[About]:
    found = applications.by_ref(ref(entry))
    return own(found, by=getattr(found, by) if by else None)


def _nomination(entry: Any) -> list[About]:
    found = applications.nomination_by_ref(ref(entry))
    return [About(found.person, found.intake.programme, found.intake.version, by=found.lives_until)]


def _sitting(entry: Any) -> list[About]:
    found = selection.sitting_by_ref(ref(entry))
    return own(found.application, by=found.session.starts_at)


def _objection(entry: Any) -> list[About]:
    return own(selection.objection_by_ref(ref(entry)).application)


def _place(entry: Any) -> list[About]:
    found = allocation.place_by_ref(ref(entry))
    return own(found.application, by=found.answer_by)


# --- what concerns offices -----------------------------------------------------------------------------------------------
def _tabled(entry: Any) -> list[About]:
    return _agreement(concerned.agreement(ref(entry), powers=concerned.READING, at=entry.at))


def _settled(entry: Any) -> list[About]:
    return _agreement(concerned.agreement(ref(entry), at=entry.at))


def _side(entry: Any) -> list[About]:
    return _agreement(concerned.side(ref(entry), at=entry.at))


def _agreement(found: Any) -> list[About]:
    return office(found, view="agreement", args=(found.code,))


def _answer(entry: Any) -> list[About]:
    return office(concerned.answer(ref(entry), at=entry.at), view="question_proposal", args=(ref(entry),))


def _duty(entry: Any, *, escalated: bool = False) -> list[About]:
    found = concerned.duty(ref(entry), escalated=escalated, at=entry.at)
    return office(found, view="duty", args=(found.code,))


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
    **reminded.REMINDED,
    **decided.PEOPLE,
    **leaving.WAY,
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
    **reminded.OFFICES,
    **decided.OFFICES,
}
"""The kinds that tell those who act for an office of its record."""

STAFF: dict[str, Find] = {**reminded.STAFF, **decided.STAFF}
"""The kinds that tell a school's people, and officers."""


FINDERS = PEOPLE | OFFICES | leaving.LEAVING | leaving.PREPARING | STAFF

HANDLERS: dict[str, Handler] = {kind: partial(tell, kind, find=find) for kind, find in FINDERS.items()}
