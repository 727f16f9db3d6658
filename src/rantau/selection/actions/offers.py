"""Offers: accept, decline, silence at the deadline; the reserve moves up in order, each move a step."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F

from rantau.applications import access as applications
from rantau.applications.actions import calling
from rantau.applications.models import Application
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.engine.reminding import soon
from rantau.ledger.actions import lock
from rantau.ledger.steps import take, take_all
from rantau.people import queries as people
from rantau.people.models import Person
from rantau.programmes.models import Intake
from rantau.programmes.queries import deadline, terms
from rantau.selection import queries
from rantau.selection.models import Round

SYSTEM = frozenset({Role.SYSTEM})


@transaction.atomic
def answer(*, application: Application, accepts: bool, person: Person, at: dt.datetime) -> Application:
    """Accept or decline an offered seat; a declined one is offered to the next in the reserve at once.

    :raises Refusal: `step.role`, `step.state`, `step.late`
    """
    roles = applications.roles(person, application, at=at)
    take(application, "accept" if accepts else "decline", actor=person.ref, roles=roles, at=at)
    if not accepts:
        fill(intake=application.intake, at=at)
    return application


@transaction.atomic
def fill(*, intake: Intake, at: dt.datetime) -> list[Application]:
    """Offer every free seat to the next in the reserve, in order, until the reserve is no longer called. Idempotent."""
    lock(intake.chain)  # two at once would count the same free seat
    last = queries.reserve_until(intake)
    free = 0 if last and at > last else queries.vacancies(intake)
    moved = queries.reserve(intake)[:free] if free else []
    until = deadline(at, terms(intake.version).windows.offer_days.value or 0)
    for application in moved:
        application.answer_by, application.remind_at = until, soon(at, until)
    take_all([(a, "offer", {"from_reserve": True}) for a in moved], actor=people.system().ref, roles=SYSTEM, at=at)
    Application.objects.bulk_update(moved, ["answer_by", "remind_at"], batch_size=500)
    return moved


@transaction.atomic
def due(*, intake: Intake, at: dt.datetime) -> int:
    """Remind of offers; count silence past the deadline as a decline and move the reserve up. Idempotent."""
    reminded = calling.remind(intake=intake, steps={"offered": "remind_offer"}, by="answer_by", at=at)
    late = Application.objects.filter(intake=intake, state="offered", answer_by__lt=at).select_related(
        "intake__programme"
    )
    rows: list[tuple[Application, str, dict[str, Any]]] = [(a, "silence", {}) for a in late.order_by("pk")]
    take_all(rows, actor=people.system().ref, roles=SYSTEM, at=at)
    return reminded + len(rows) + len(fill(intake=intake, at=at))


@transaction.atomic
def add_seat(*, application: Application, reason: str, person: Person, at: dt.datetime) -> Application:
    """Correct an error found after the final round: the wronged person gets an extra seat, nobody is pushed out.

    :raises Refusal: `reason.empty`, `round.not_final`, `step.*`
    """
    if not reason.strip():
        raise Refusal("reason.empty")
    final = queries.round_of(application.intake, "final")
    if final is None or final.state != "published":
        raise Refusal("round.not_final")
    roles = applications.roles(person, application, at=at)
    application.answer_by = deadline(at, terms(application.intake.version).windows.offer_days.value or 0)
    application.remind_at = soon(at, application.answer_by)
    application.note = reason.strip()
    take(application, "seat", actor=person.ref, roles=roles, at=at, extra=True)
    application.save(update_fields=["answer_by", "note", "remind_at"])
    Round.objects.filter(pk=final.pk).update(extra_seats=F("extra_seats") + 1)
    return application
