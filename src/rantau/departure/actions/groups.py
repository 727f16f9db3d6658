"""Groups that leave together: planned, announced, revised, left, closed or cancelled; people put in and taken out."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from rantau.departure import access, queries
from rantau.departure.models import Clearance, Group
from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import append, lock
from rantau.ledger.steps import take, take_all
from rantau.people import access as people
from rantau.people import queries as persons
from rantau.people.models import Person
from rantau.programmes.models import Intake

from .beginning import SYSTEM, ask
from .clearing import check

ARRIVE = dt.timedelta(hours=24)
"""How long after the planned arrival a person who has not been reported counts as missing."""
STAYS = ("preparing", "cleared")
"""States in which a person may be put in a group."""


@transaction.atomic
def plan(*, intake: Intake, person: Person, at: dt.datetime, chance: Chance, **fields: Any) -> Group:
    """Plan a group: `departs_at`, `arrives_at`, `route`, and as far as known `gather`, `met_by`, `met_phone`.

    :raises Refusal: `group.past`, `group.order`, `step.role`
    """
    lock(intake.chain)
    group = Group(ref=codes.reference(chance), code=codes.draw("G", chance), intake=intake, changed_at=at, **fields)
    _days(group, at)
    group.save()
    take(group, "plan", actor=person.ref, roles=_roles(person, group, at), at=at)
    return group


@transaction.atomic
def change(*, group: Group, person: Person, at: dt.datetime, **fields: Any) -> Group:
    """Change a group; where it was announced everybody in it is told. The days of their documents move with it.

    :raises Refusal: `group.past`, `group.order`, `group.unmet`, `step.role`, `step.state`
    """
    lock(group.chain)
    for name, value in fields.items():
        setattr(group, name, value)
    _days(group, at)
    step = "revise" if group.state == "announced" else "change"
    if step == "revise" and not group.met_by:
        raise Refusal("group.unmet")
    take(group, step, actor=person.ref, roles=_roles(person, group, at), at=at)
    group.changed_at = at
    group.save()
    _move(queries.members(group), at)
    return group


@transaction.atomic
def announce(*, group: Group, person: Person, at: dt.datetime) -> Group:
    """Tell everybody in a group when they leave and who meets them; somebody must.

    :raises Refusal: `group.unmet`, `group.past`, `step.role`, `step.state`
    """
    lock(group.chain)
    take(group, "announce", actor=person.ref, roles=_roles(person, group, at), at=at)
    _days(group, at)
    if not group.met_by:
        raise Refusal("group.unmet")
    group.changed_at = at
    group.save(update_fields=["changed_at"])
    return group


@transaction.atomic
def put(*, group: Group, clearances: Sequence[Clearance], person: Person, at: dt.datetime) -> int:
    """Put people in a group and return how many are new there; who joins an announced one is told.

    :raises Refusal: `group.over`, `group.member` with the codes of those who prepare no departure, `role.missing`
    """
    people.require(person, Role.COORDINATOR, scope=group.intake.programme.code, at=at)
    lock(group.chain)
    _open(group)
    other = [one.code for one in clearances if one.state not in STAYS or one.chain != group.chain]
    if other:
        raise Refusal("group.member", codes=other)
    new = [one for one in clearances if one.group_id != group.pk]
    for one in new:
        one.group = group
        _entry(one, "group", person, at, {"group": group.code})
    Clearance.objects.bulk_update(new, ["group"])
    if new and group.state == "announced":
        roles = _roles(person, group, at)
        take(group, "revise", actor=person.ref, roles=roles, at=at, joined=[one.ref for one in new])
    _move(new, at)
    return len(new)


@transaction.atomic
def take_out(*, group: Group, clearances: Sequence[Clearance], person: Person, at: dt.datetime) -> int:
    """Take people out of a group and return how many; who was cleared is not, without a group.

    :raises Refusal: `group.over`, `group.member`, `role.missing`
    """
    people.require(person, Role.COORDINATOR, scope=group.intake.programme.code, at=at)
    lock(group.chain)
    _open(group)
    other = [one.code for one in clearances if one.group_id != group.pk or one.state not in STAYS]
    if other:
        raise Refusal("group.member", codes=other)
    return _out(clearances, person, at)


@transaction.atomic
def depart(*, group: Group, person: Person, at: dt.datetime) -> Group:
    """Record that a group has left, everybody in it; who is not cleared must be taken out before.

    :raises Refusal: `group.empty`, `group.not_cleared` with their codes, `step.early`, `step.role`, `step.state`
    """
    lock(group.chain)
    roles = _roles(person, group, at)
    take(group, "depart", actor=person.ref, roles=roles, at=at)
    gone = queries.members(group)
    if not gone:
        raise Refusal("group.empty")
    unready = [one.code for one in gone if one.state != "cleared"]
    if unready:
        raise Refusal("group.not_cleared", codes=unready)
    for one in gone:
        one.departed_at, one.arrive_by = group.departs_at, group.arrives_at + ARRIVE
        one.alarmed_at = None
    take_all([(one, "depart", {"group": group.code}) for one in gone], actor=person.ref, roles=roles, at=at)
    Clearance.objects.bulk_update(gone, ["departed_at", "arrive_by", "alarmed_at"])
    _move(gone, at)
    return group


@transaction.atomic
def miss(*, clearance: Clearance, person: Person, at: dt.datetime) -> Clearance:
    """Record that somebody did not board: they are at home and need another group.

    :raises Refusal: `step.role`, `step.state`
    """
    lock(clearance.chain)
    take(clearance, "miss", actor=person.ref, roles=access.roles(person, clearance, at=at), at=at)
    clearance.departed_at = clearance.arrive_by = clearance.alarmed_at = clearance.group = None
    clearance.save(update_fields=["departed_at", "arrive_by", "alarmed_at", "group"])
    _move([clearance], at)
    check([clearance], at=at)
    return clearance


@transaction.atomic
def cancel(*, group: Group, person: Person, at: dt.datetime) -> Group:
    """Cancel a group: everybody in it is told and stays at home, and who was cleared is not, until they have another.

    :raises Refusal: `step.role`, `step.state`
    """
    lock(group.chain)
    left = queries.members(group)
    roles = _roles(person, group, at)
    take(group, "cancel", actor=person.ref, roles=roles, at=at, members=[one.ref for one in left])
    group.changed_at = at
    group.save(update_fields=["changed_at"])
    _out(left, person, at)
    return group


@transaction.atomic
def close(*, group: Group, person: Person, at: dt.datetime) -> Group:
    """Close a group of whom nobody is on the way any more.

    :raises Refusal: `group.travelling`, `step.role`, `step.state`
    """
    lock(group.chain)
    take(group, "close", actor=person.ref, roles=_roles(person, group, at), at=at)
    on_the_way = [one.code for one in queries.members(group) if one.state == "departed"]
    if on_the_way:
        raise Refusal("group.travelling", codes=on_the_way)
    return group


@transaction.atomic
def due(*, intake: Intake, at: dt.datetime) -> int:
    """Close every group that has left and of whom nobody is on the way any more. Idempotent."""
    lock(intake.chain)
    gone = Group.objects.filter(intake=intake, state="departed").exclude(members__state="departed")
    rows: list[tuple[Any, str, dict[str, Any]]] = [(one, "close", {}) for one in gone.select_related("intake")]
    take_all(rows, actor=persons.system().ref, roles=SYSTEM, at=at)
    return len(rows)


def _roles(person: Person, group: Group, at: dt.datetime) -> frozenset[Role]:
    return people.roles(person, scope=group.intake.programme.code, at=at)


def _days(group: Group, at: dt.datetime) -> None:
    if group.departs_at <= at:
        raise Refusal("group.past")
    if group.arrives_at <= group.departs_at:
        raise Refusal("group.order")


def _open(group: Group) -> None:
    if group.state not in ("planned", "announced"):
        raise Refusal("group.over")


def _out(clearances: Sequence[Clearance], person: Person, at: dt.datetime) -> int:
    for one in clearances:
        one.group = None
        _entry(one, "group", person, at, {"group": ""})
    Clearance.objects.bulk_update(clearances, ["group"])
    _move(clearances, at)
    check(clearances, at=at)
    return len(clearances)


def _move(clearances: Iterable[Clearance], at: dt.datetime) -> None:
    for one in clearances:
        ask(clearance=one, at=at)


def _entry(clearance: Clearance, action: str, person: Person, at: dt.datetime, facts: dict[str, Any]) -> None:
    append(
        chain=clearance.chain,
        actor=person.ref,
        subject=f"clearance:{clearance.ref}",
        action=action,
        at=at,
        facts=facts,
    )
