"""Arrivals: reported by the person or by the home mission, and the alarm when nobody reported one in time."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from rantau.departure import access
from rantau.departure.models import Clearance
from rantau.departure.queries.leaving import ADDRESS
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import lock
from rantau.ledger.steps import take, take_all
from rantau.people import access as people
from rantau.people import queries as persons
from rantau.people import vault
from rantau.people.models import Person
from rantau.programmes.models import Intake

from .beginning import SYSTEM, ask


@transaction.atomic
def report(
    *,
    clearance: Clearance,
    person: Person,
    at: dt.datetime,
    chance: Chance,
    arrived_at: dt.datetime | None = None,
    address: str = "",
) -> Clearance:
    """Report an arrival, one's own or, as the home mission, somebody's; `address` is sealed, `arrived_at` else now.

    :raises Refusal: `arrival.time` where it lies before the departure or in the future, `step.role`, `step.state`
    """
    lock(clearance.chain)
    roles = access.roles(person, clearance, at=at)
    take(clearance, "arrive", actor=person.ref, roles=roles, at=at)
    _arrive(clearance, roles, arrived_at or at, at)
    if address.strip():
        owner = clearance.application.person
        clearance.address = vault.seal_text(owner, ADDRESS, address.strip(), chance=chance)
    clearance.save(update_fields=["arrived_at", "arrived_by", "address"])
    ask(clearance=clearance, at=at)
    return clearance


@transaction.atomic
def report_all(
    *, clearances: Sequence[Clearance], arrived_at: dt.datetime, person: Person, at: dt.datetime
) -> list[Clearance]:
    """Report that several people arrived, as the home mission that has seen or heard each of them; all or none.

    :raises Refusal: `arrival.nobody`, `arrival.time`, `role.missing`, `step.state`
    """
    if not clearances:
        raise Refusal("arrival.nobody")
    lock(clearances[0].chain)
    roles = people.require(person, Role.HOME_MISSION, scope=_scope(clearances[0]), at=at)
    take_all([(one, "arrive", {}) for one in clearances], actor=person.ref, roles=roles, at=at)
    for one in clearances:
        _arrive(one, roles, arrived_at, at)
    Clearance.objects.bulk_update(clearances, ["arrived_at", "arrived_by"])
    for one in clearances:
        ask(clearance=one, at=at)
    return list(clearances)


@transaction.atomic
def move_in(*, clearance: Clearance, address: str, person: Person, at: dt.datetime, chance: Chance) -> Clearance:
    """Keep where a person lives now, sealed; they alone say it, and an empty one takes it back.

    :raises Refusal: `step.role`, `arrival.none` before they have arrived
    """
    if clearance.application.person_id != person.pk:
        raise Refusal("step.role", flow="clearance", step="address")
    if clearance.state != "arrived":
        raise Refusal("arrival.none")
    clearance.address = vault.seal_text(person, ADDRESS, address.strip(), chance=chance)
    clearance.save(update_fields=["address"])
    return clearance


@transaction.atomic
def due(*, intake: Intake, at: dt.datetime) -> int:
    """Raise the alarm, once, for everybody who left and was not reported as arrived in time. Idempotent."""
    lock(intake.chain)
    found = Clearance.objects.filter(application__intake=intake, state="departed", arrive_by__lt=at, alarmed_at=None)
    late = list(found.select_related("application__intake__programme").order_by("code"))
    rows: list[tuple[Any, str, dict[str, Any]]] = [(one, "alarm", {}) for one in late]
    take_all(rows, actor=persons.system().ref, roles=SYSTEM, at=at)
    for one in late:
        one.alarmed_at = at
    Clearance.objects.bulk_update(late, ["alarmed_at"])
    return len(late)


def _arrive(clearance: Clearance, roles: frozenset[Role], arrived_at: dt.datetime, at: dt.datetime) -> None:
    assert clearance.departed_at is not None  # nobody arrives who has not left
    if not clearance.departed_at <= arrived_at <= at:
        raise Refusal("arrival.time")
    clearance.arrived_at = arrived_at
    clearance.arrived_by = Role.OWNER if Role.OWNER in roles else Role.HOME_MISSION


def _scope(clearance: Clearance) -> str:
    return str(clearance.application.intake.programme.code)
