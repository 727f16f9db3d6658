"""Objections: one a person, in the window, against an officer's error, decided by somebody else, with a reason."""

import datetime as dt

from django.db import transaction

from rantau.applications import access as applications
from rantau.applications.models import Application
from rantau.applications.queries import subject
from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.engine.refusal import Refusal
from rantau.engine.reminding import soon
from rantau.ledger import queries as ledger
from rantau.ledger.steps import take
from rantau.people.models import Person
from rantau.programmes.queries import deadline, terms
from rantau.selection import queries
from rantau.selection.models import Mark, Objection

from . import marking


@transaction.atomic
def lodge(
    *, application: Application, person: Person, text: str, at: dt.datetime, chance: Chance, criterion: str = ""
) -> Objection:
    """Lodge the one objection: against the verification, or against a mark (then `criterion` names which).

    :raises Refusal: `objection.closed` outside the window or a second time, `objection.empty`, `mark.criterion`, `step.role`
    """
    against = queries.may_object(application, at=at)
    if not against:
        raise Refusal("objection.closed")
    if not text.strip():
        raise Refusal("objection.empty")
    known = sorted(c.code for c in queries.criteria(application.intake) if c.kind != "report")
    if against == "mark" and criterion not in known:
        raise Refusal("mark.criterion", known=known)
    objection = Objection.objects.create(
        ref=codes.reference(chance),
        application=application,
        against=against,
        criterion=criterion if against == "mark" else "",
        text=text.strip(),
        lodged_at=at,
    )
    take(
        objection,
        "lodge",
        actor=person.ref,
        roles=applications.roles(person, application, at=at),
        at=at,
        against=against,
    )
    return objection


@transaction.atomic
def decide(
    *,
    objection: Objection,
    upheld: bool,
    answer: str,
    person: Person,
    at: dt.datetime,
    mark: Mark | None = None,
    value: int | None = None,
) -> Objection:
    """Decide an objection with a reason; nobody who took part in what it is about may.

    Upheld against a verification, the application goes on; upheld against a mark, `mark` gets the corrected `value`.

    :raises Refusal: `objection.answer`, `objection.correction`, `step.same_person`, `step.*`
    """
    if not answer.strip():
        raise Refusal("objection.answer")
    application = objection.application
    barred = queries.barred(objection)
    roles = applications.roles(person, application, at=at)
    take(objection, "uphold" if upheld else "reject", actor=person.ref, roles=roles, at=at, barred=barred)
    if upheld and objection.against == "verification":
        _go_on(application, person=person, at=at, barred=barred)
    if upheld and objection.against == "mark":
        if (
            mark is None
            or value is None
            or (mark.application_id, mark.criterion) != (application.pk, objection.criterion)
        ):
            raise Refusal("objection.correction", criterion=objection.criterion)
        marking.correct(mark=mark, value=value, objection=objection.ref, person=person, at=at, barred=barred)
    objection.answer, objection.decided_at, objection.decided_by = answer.strip(), at, person
    objection.save(update_fields=["answer", "decided_at", "decided_by"])
    return objection


def _go_on(application: Application, *, person: Person, at: dt.datetime, barred: frozenset[str]) -> None:
    """Put a wrongly refused application back where it would be: verified, or called when its files were never seen."""
    refused = ledger.actors(subject(application), "refuse")
    roles = applications.roles(person, application, at=at)
    step = "reinstate" if refused else "recall"
    if step == "recall":
        application.file_by = deadline(at, terms(application.intake.version).windows.file_days.value or 0)
        application.remind_at = soon(at, application.file_by)
    take(application, step, actor=person.ref, roles=roles, at=at, barred=barred)
    application.reason = application.note = ""
    application.save(update_fields=["reason", "note", "file_by", "remind_at"])
