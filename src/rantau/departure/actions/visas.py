"""Visas: asked for people whose passport was seen and who may be shown to the host state, answered by its mission."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from rantau.departure import access, queries
from rantau.departure.models import Clearance, Visa
from rantau.departure.queries import visas as found
from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.reasons import VISA_REFUSALS
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import append, lock
from rantau.ledger.steps import take_all
from rantau.people import access as people
from rantau.people import actions as persons
from rantau.people import queries as known
from rantau.people.models import Consent, Person
from rantau.programmes.models import Intake

from .beginning import SYSTEM, ask


@transaction.atomic
def ask_for(*, clearances: Sequence[Clearance], person: Person, at: dt.datetime, chance: Chance) -> list[Visa]:
    """Ask for people's visas; each is shown to the host state's mission from now on, which is on record for each.

    :raises Refusal: `visa.nobody`, `visa.passport`, `visa.basis` and `visa.asked` with the codes of those for whom it
        cannot be asked yet, `role.missing`
    """
    if not clearances:
        raise Refusal("visa.nobody")
    lock(clearances[0].chain)
    roles = people.require(person, Role.COORDINATOR, scope=_scope(clearances[0]), at=at)
    _may_be_asked(clearances)
    made = [Visa(ref=codes.reference(chance), clearance=one, asked_at=at) for one in clearances]
    Visa.objects.bulk_create(made)
    take_all([(one, "ask", {}) for one in made], actor=person.ref, roles=roles, at=at)
    for one in made:
        append(
            chain=one.chain,
            actor=person.ref,
            subject=f"visa:{one.ref}",
            action="shown",
            at=at,
            facts={"fields": list(found.SHOWN), "purpose": found.PURPOSE, "basis": found.basis(one.clearance)},
        )
    return made


def _may_be_asked(clearances: Sequence[Clearance]) -> None:
    why: dict[str, list[str]] = {}
    for one in clearances:
        if word := found.hindered(one):
            why.setdefault(word, []).append(one.code)
    if "asked" in why:
        raise Refusal("visa.asked", codes=why["asked"])
    if "passport" in why:
        raise Refusal("visa.passport", codes=why["passport"])
    if "basis" in why:
        raise Refusal("visa.basis", codes=why["basis"])


@transaction.atomic
def issue(
    *, visas: Sequence[Visa], valid_from: dt.date, valid_until: dt.date, person: Person, at: dt.datetime
) -> list[Visa]:
    """Record that visas were issued, all for the same days, as the host state's mission or from its letter; all or none.

    :raises Refusal: `visa.nobody`, `visa.dates`, `step.role`, `step.state`
    """
    if valid_until <= valid_from:
        raise Refusal("visa.dates")
    return _answer(visas, "issue", {"valid_from": valid_from, "valid_until": valid_until}, person, at)


@transaction.atomic
def refuse(*, visas: Sequence[Visa], reason: str, person: Person, at: dt.datetime) -> list[Visa]:
    """Record that the host state refused visas, with the reason it gave, from a list; all or none.

    :raises Refusal: `visa.nobody`, `visa.reason`, `step.role`, `step.state`
    """
    if reason not in VISA_REFUSALS:
        raise Refusal("visa.reason")
    return _answer(visas, "refuse", {"reason": reason}, person, at)


@transaction.atomic
def take_back(*, visa: Visa, person: Person, at: dt.datetime) -> Visa:
    """Take back what was asked: the host state's mission sees the person no longer.

    :raises Refusal: `step.role`, `step.state`
    """
    lock(visa.chain)
    take_all([(visa, "take_back", {})], actor=person.ref, roles=_roles(person, visa, at), at=at)
    return visa


@transaction.atomic
def permit(*, clearance: Clearance, person: Person, at: dt.datetime, text: str) -> Consent:
    """Keep that a person may be shown to the host state's mission for their visa; `text` is the wording's digest.

    :raises Refusal: `step.role` for anybody else
    """
    _own(clearance, person)
    return persons.consent(person=person, purposes={found.PURPOSE: text}, scope=_scope(clearance), at=at)[0]


@transaction.atomic
def forbid(*, clearance: Clearance, person: Person, at: dt.datetime) -> int:
    """Take that permission back; a visa asked on it is taken back at once, and the mission sees the person no longer.

    :raises Refusal: `step.role` for anybody else, `consent.none`
    """
    _own(clearance, person)
    lock(clearance.chain)
    persons.withdraw_consent(person=person, purpose=found.PURPOSE, scope=_scope(clearance), at=at)
    return _unfounded(Visa.objects.filter(clearance=clearance, state="asked"), at)


@transaction.atomic
def due(*, intake: Intake, at: dt.datetime) -> int:
    """Take back what was asked for people whom nothing allows to be shown any more. Idempotent."""
    lock(intake.chain)
    return _unfounded(Visa.objects.filter(clearance__application__intake=intake, state="asked"), at)


def _unfounded(asked: Any, at: dt.datetime) -> int:
    rows: list[tuple[Any, str, dict[str, Any]]] = [
        (one, "take_back", {}) for one in queries.with_way(asked).order_by("pk") if not found.basis(one.clearance)
    ]
    take_all(rows, actor=known.system().ref, roles=SYSTEM, at=at)
    return len(rows)


def _answer(visas: Sequence[Visa], step: str, fields: dict[str, Any], person: Person, at: dt.datetime) -> list[Visa]:
    if not visas:
        raise Refusal("visa.nobody")
    lock(visas[0].chain)
    take_all([(one, step, {}) for one in visas], actor=person.ref, roles=_roles(person, visas[0], at), at=at)
    for one in visas:
        one.decided_at = at
        for name, value in fields.items():
            setattr(one, name, value)
    Visa.objects.bulk_update(visas, ["decided_at", *fields])
    for one in visas:
        ask(clearance=one.clearance, at=at)
    return list(visas)


def _roles(person: Person, visa: Visa, at: dt.datetime) -> frozenset[Role]:
    return access.roles(person, visa.clearance, at=at)


def _own(clearance: Clearance, person: Person) -> None:
    if clearance.application.person_id != person.pk:
        raise Refusal("step.role", flow="visa", step="permit")


def _scope(clearance: Clearance) -> str:
    return str(clearance.application.intake.programme.code)
