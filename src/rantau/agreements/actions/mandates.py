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
from rantau.people import actions
from rantau.people.models import Person
from rantau.programmes.models import Programme
from rantau.programmes.queries import instant, terms


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
        `grant.apart` for a role that must not come together with this office, `step.role`
    """
    lock(programme.chain)
    _check(of, programme, office, powers, from_on=from_on, until_on=until_on, person=person, at=at)
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


def _check(
    of: Person,
    programme: Programme,
    office: str,
    powers: Sequence[str],
    *,
    from_on: dt.date,
    until_on: dt.date,
    person: Person,
    at: dt.datetime,
) -> None:
    kind = next((one.kind for one in terms(programme.version).offices if one.code == office), "")
    if of.pk == person.pk:
        raise Refusal("mandate.self")
    if kind not in ROLES:
        raise Refusal("mandate.office", office=office)
    if not powers or set(powers) - set(POWERS):
        raise Refusal("mandate.powers", allowed=list(POWERS))
    if until_on < from_on:
        raise Refusal("mandate.dates", begins=from_on, ends=until_on)
    actions.apart(of, ROLES[kind], scope=programme.code, at=at)


@transaction.atomic
def confirm(*, mandate: Mandate, person: Person, at: dt.datetime) -> Mandate:
    """Confirm a recorded mandate as the second officer, after seeing its basis; the office's role comes with it.

    :raises Refusal: `mandate.office`, `grant.apart`, `step.role`, `step.state`, `step.same_person`
    """
    lock(mandate.chain)
    kind = next((one.kind for one in terms(mandate.programme.version).offices if one.code == mandate.office), "")
    if kind not in ROLES:
        raise Refusal("mandate.office", office=mandate.office)
    scope = mandate.programme.code
    actions.grant(
        to=mandate.person,
        role=ROLES[kind],
        scope=scope,
        at=at,
        from_at=instant(mandate.from_on),
        until_at=instant(mandate.until_on, 23, 59, 59),
        person=person,
    )
    roles = people.roles(person, scope=scope, at=at)
    take(mandate, "confirm", actor=person.ref, roles=roles, at=at, barred=frozenset({mandate.person.ref}))
    return mandate


@transaction.atomic
def end(*, mandate: Mandate, person: Person, at: dt.datetime) -> Mandate:
    """End a mandate at once, and the office's role where no other mandate gives it; what was done by it stands.

    :raises Refusal: `step.role`, `step.state`
    """
    lock(mandate.chain)
    programme = mandate.programme
    take(mandate, "end", actor=person.ref, roles=people.roles(person, scope=programme.code, at=at), at=at)
    kinds = {one.code: one.kind for one in terms(programme.version).offices}
    kind = kinds.get(mandate.office, "")
    left = Mandate.objects.filter(programme=programme, person=mandate.person, state="in_force")
    if kind in ROLES and not any(kinds.get(one.office) == kind for one in left):
        actions.revoke(of=mandate.person, role=ROLES[kind], scope=programme.code, at=at)
    return mandate
