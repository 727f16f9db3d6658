"""Recording by whom an office is represented: on a written basis, between two days, confirmed by a second officer."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from rantau.agreements.access import POWERS, ROLES
from rantau.agreements.models import Mandate
from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import lock
from rantau.ledger.steps import take
from rantau.people import access as people
from rantau.people.models import Person
from rantau.programmes.models import Programme
from rantau.programmes.queries import terms

APART = {"host_mission": frozenset({"home_mission", "protection", "coordinator", "verifier", "school", "examiner"})}
"""Roles that nobody may hold who acts for an office of a kind: the host mission never reaches what protects people."""


@transaction.atomic
def record(
    *,
    of: Person,
    programme: Programme,
    office: str,
    powers: Sequence[str],
    capacity: str,
    basis: str,
    from_on: dt.date,
    until_on: dt.date,
    person: Person,
    at: dt.datetime,
    chance: Chance,
) -> Mandate:
    """Record that a person may act for an office; it is in force only once a second officer has confirmed it.

    :raises Refusal: `mandate.self`, `mandate.office` (no office that can act here), `mandate.powers`, `mandate.dates`,
        `mandate.apart` for a role or another mandate that must not come together with this office, `step.role`
    """
    lock(programme.chain)
    kind = next((one.kind for one in terms(programme.version).offices if one.code == office), "")
    if of.pk == person.pk:
        raise Refusal("mandate.self")
    if kind not in ROLES:
        raise Refusal("mandate.office", office=office)
    if not powers or set(powers) - set(POWERS):
        raise Refusal("mandate.powers", allowed=list(POWERS))
    if until_on < from_on:
        raise Refusal("mandate.dates", begins=from_on, ends=until_on)
    check_apart(of, programme, kind, at=at)
    mandate = Mandate.objects.create(
        ref=codes.reference(chance),
        programme=programme,
        person=of,
        office=office,
        powers=[power for power in POWERS if power in powers],
        capacity=capacity,
        basis=basis,
        from_on=from_on,
        until_on=until_on,
        recorded_at=at,
    )
    roles = people.roles(person, scope=programme.code, at=at)
    take(
        mandate,
        "record",
        actor=person.ref,
        roles=roles,
        at=at,
        office=office,
        powers=mandate.powers,
        until=str(until_on),
    )
    return mandate


def check_apart(of: Person, programme: Programme, kind: str, *, at: dt.datetime) -> None:
    """Return if a person may act for an office of that kind beside everything else they are here.

    :raises Refusal: `mandate.apart`
    """
    held = {role.value for role in people.roles(of, scope=programme.code, at=at)}
    kinds = {one.code: one.kind for one in terms(programme.version).offices}
    others = Mandate.objects.filter(programme=programme, person=of).exclude(state="ended")
    held |= {ROLES[kinds[other.office]].value for other in others if kinds.get(other.office) in ROLES}
    for one, barred in APART.items():
        if (kind == one and held & barred) or (ROLES[kind].value in barred and ROLES[one].value in held):
            raise Refusal("mandate.apart", roles=sorted(held & (barred | {ROLES[one].value})))


@transaction.atomic
def confirm(*, mandate: Mandate, person: Person, at: dt.datetime) -> Mandate:
    """Confirm a recorded mandate as the second officer, after seeing its basis.

    :raises Refusal: `mandate.apart`, `step.role`, `step.state`, `step.same_person`
    """
    lock(mandate.chain)
    kind = next((one.kind for one in terms(mandate.programme.version).offices if one.code == mandate.office), "")
    if kind not in ROLES:
        raise Refusal("mandate.office", office=mandate.office)
    check_apart(mandate.person, mandate.programme, kind, at=at)
    roles = people.roles(person, scope=mandate.programme.code, at=at)
    take(mandate, "confirm", actor=person.ref, roles=roles, at=at, barred=frozenset({mandate.person.ref}))
    return mandate


@transaction.atomic
def end(*, mandate: Mandate, person: Person, at: dt.datetime) -> Mandate:
    """End a mandate at once; what was done by it stands.

    :raises Refusal: `step.role`, `step.state`
    """
    take(mandate, "end", actor=person.ref, roles=people.roles(person, scope=mandate.programme.code, at=at), at=at)
    return mandate
