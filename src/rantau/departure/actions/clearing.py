"""Clearing a person to leave, opening that again, and the ends before departure: an outcome with its reason, or giving up."""

import datetime as dt
from typing import Any

from django.db import transaction

from rantau.applications import access as applications
from rantau.departure import access, queries
from rantau.departure.models import Clearance
from rantau.engine import clearance as engine
from rantau.engine.canonical import digest
from rantau.engine.reasons import CLEARANCE_REFUSALS
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import lock
from rantau.ledger.steps import take, take_all
from rantau.people import queries as people
from rantau.people.models import Person
from rantau.programmes.models import Intake
from rantau.selection.actions import offers

from .beginning import SYSTEM, ask, end


@transaction.atomic
def clear(*, clearance: Clearance, person: Person, at: dt.datetime) -> Clearance:
    """Clear a person to leave: nothing may be missing. What was checked is kept, its digest goes to the ledger.

    :raises Refusal: `clearance.missing` with what is missing, `step.role`, `step.state`
    """
    lock(clearance.chain)
    roles = access.roles(person, clearance, at=at)
    ask(clearance=clearance, at=at)
    state = queries.state(clearance)
    take(clearance, "clear", actor=person.ref, roles=roles, at=at, findings=digest(state))
    gaps = engine.missing(state)
    if gaps:
        raise Refusal("clearance.missing", missing=[gap.plain() for gap in gaps])
    clearance.findings = state.plain()
    clearance.save(update_fields=["findings"])
    return clearance


@transaction.atomic
def reopen(*, clearance: Clearance, note: str, person: Person, at: dt.datetime) -> Clearance:
    """Take a person's clearance back, because something does not hold any more; what was checked stays on record.

    :raises Refusal: `reason.empty`, `step.role`, `step.state`
    """
    if not note.strip():
        raise Refusal("reason.empty")
    lock(clearance.chain)
    clearance.note = note.strip()
    take(clearance, "reopen", actor=person.ref, roles=access.roles(person, clearance, at=at), at=at)
    clearance.save(update_fields=["note"])
    return clearance


@transaction.atomic
def due(*, intake: Intake, at: dt.datetime) -> int:
    """Take back every clearance for which something is missing since: a paper ended, a group was cancelled. Idempotent."""
    lock(intake.chain)
    return check(queries.under_way(intake).filter(state="cleared"), at=at)


def check(clearances: Any, *, at: dt.datetime) -> int:
    """Take back the clearance of those for whom something is missing now, and return of how many; why is facts by code."""
    rows: list[tuple[Any, str, dict[str, Any]]] = []
    for one in clearances:
        if one.state == "cleared" and (gaps := queries.gaps(one)):
            rows.append((one, "reopen", {"missing": sorted({gap.code for gap in gaps})}))
    take_all(rows, actor=people.system().ref, roles=SYSTEM, at=at)
    return len(rows)


@transaction.atomic
def refuse(*, clearance: Clearance, reason: str, note: str, person: Person, at: dt.datetime) -> Clearance:
    """End a person's way because the host state, an examination or a paper stands against it; the seat goes on by rule.

    The seat is offered to the reserve at once where the rule still allows it (`offers.fill`). What was under way ends.

    :raises Refusal: `clearance.reason`, `reason.empty`, `step.role`, `step.state`
    """
    if reason not in CLEARANCE_REFUSALS:
        raise Refusal("clearance.reason")
    if not note.strip():
        raise Refusal("reason.empty")
    application = clearance.application
    lock(clearance.chain)
    clearance.reason, clearance.note = reason, note.strip()
    take(clearance, "refuse", actor=person.ref, roles=access.roles(person, clearance, at=at), at=at)
    clearance.save(update_fields=["reason", "note"])
    roles = applications.roles(person, application, at=at)
    take(application, "release", actor=person.ref, roles=roles, at=at)
    end(clearance, at=at)
    offers.fill(intake=application.intake, at=at)
    return clearance


@transaction.atomic
def withdraw(*, clearance: Clearance, person: Person, at: dt.datetime) -> Clearance:
    """Give the seat up before departure: it is offered to the reserve where the rule still allows it, without penalty.

    :raises Refusal: `step.role`, `step.state`
    """
    application = clearance.application
    lock(clearance.chain)
    take(clearance, "withdraw", actor=person.ref, roles=access.roles(person, clearance, at=at), at=at)
    roles = applications.roles(person, application, at=at)
    take(application, "forgo", actor=person.ref, roles=roles, at=at)
    end(clearance, at=at)
    offers.fill(intake=application.intake, at=at)
    return clearance
