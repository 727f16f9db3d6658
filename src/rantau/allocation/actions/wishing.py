"""Announcing an allocation, wishing, asking to be exempt, and closing the lists."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from rantau.allocation import queries
from rantau.allocation.models import Allocation, Exemption, Wishes
from rantau.applications import access as applications
from rantau.applications.models import Application
from rantau.engine import codes
from rantau.engine.canonical import digest
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.engine.reminding import soon
from rantau.ledger.actions import append, lock
from rantau.ledger.steps import take
from rantau.people import access as people
from rantau.people import queries as people_queries
from rantau.people import vault
from rantau.people.models import Person
from rantau.programmes.models import Intake
from rantau.programmes.queries import deadline, terms
from rantau.selection import queries as selection

LONGEST = 300
"""Characters of a reason, and of an answer to it."""


@transaction.atomic
def announce(*, intake: Intake, kind: str, person: Person, at: dt.datetime, chance: Chance) -> Allocation:
    """Freeze the rules and open the lists: from now on no rule changes, and nobody has wished yet.

    :raises Refusal: `allocation.exists`, `allocation.no_final` before the final round, `placing.*`, `role.missing`
    """
    roles = people.require(person, Role.COORDINATOR, scope=intake.programme.code, at=at)
    lock(intake.chain)  # two at once would both find none
    if queries.of(intake, kind):
        raise Refusal("allocation.exists", kind=kind)
    final = selection.round_of(intake, "final")
    if final is None or final.state != "published":
        raise Refusal("allocation.no_final")
    rules, closes = queries.possible(intake, kind), deadline(at, terms(intake.version).windows.wish_days.value or 0)
    allocation = Allocation.objects.create(
        ref=codes.reference(chance),
        intake=intake,
        kind=kind,
        rules=rules.plain(),
        announced_at=at,
        wishes_until=closes,
        remind_at=soon(at, closes),
    )
    take(allocation, "announce", actor=person.ref, roles=roles, at=at, kind=kind, rules=digest(rules))
    return allocation


@transaction.atomic
def wish(
    *, allocation: Allocation, application: Application, places: Sequence[str], person: Person, at: dt.datetime
) -> Wishes:
    """Keep a person's list, best first, in place of the one before; only that a list was given is in the ledger.

    :raises Refusal: `allocation.not_open`, `allocation.not_yours`, `allocation.unknown_place`, `allocation.twice`,
        `allocation.barred` (place, why), `allocation.empty`
    """
    _own(allocation, application, person, at)
    barred = queries.open_places(allocation, application)
    for at_, place in enumerate(places):
        if place not in barred:
            raise Refusal("allocation.unknown_place", place=place)
        if place in places[:at_]:
            raise Refusal("allocation.twice", place=place)
        if barred[place]:
            raise Refusal("allocation.barred", place=place, why=barred[place])
    if not places:
        raise Refusal("allocation.empty")
    subject = f"application:{application.ref}"
    append(
        chain=allocation.chain, actor=person.ref, subject=subject, action="wish", at=at, facts={"kind": allocation.kind}
    )
    kept, _ = Wishes.objects.update_or_create(
        allocation=allocation, application=application, defaults={"list": list(places), "at": at}
    )
    return kept


def _own(allocation: Allocation, application: Application, person: Person, at: dt.datetime) -> None:
    """Refuse whoever may not change their part of an allocation now; nobody closes it until the transaction ends."""
    lock(allocation.chain)
    allocation.refresh_from_db(fields=["state"])
    application.refresh_from_db(fields=["state"])
    if application.person_id != person.pk or application.intake_id != allocation.intake_id:
        raise Refusal("allocation.not_yours")
    if not queries.may_wish(application):
        raise Refusal("allocation.not_yours")
    if allocation.state != "open" or allocation.wishes_until is None or at > allocation.wishes_until:
        raise Refusal("allocation.not_open", until=allocation.wishes_until)


@transaction.atomic
def ask_exemption(
    *,
    allocation: Allocation,
    application: Application,
    place: str,
    why: str,
    person: Person,
    at: dt.datetime,
    chance: Chance,
) -> Exemption:
    """Ask not to be sent to a place; the reason is sealed, and an officer who sees no wishes decides before the lists close.

    :raises Refusal: `allocation.not_open`, `allocation.not_yours`, `allocation.unknown_place`, `exemption.exists`,
        `exemption.why` (longest)
    """
    _own(allocation, application, person, at)
    if place not in {one.code for one in queries.rules(allocation).places}:
        raise Refusal("allocation.unknown_place", place=place)
    if not why.strip() or len(why.strip()) > LONGEST:
        raise Refusal("exemption.why", longest=LONGEST)
    if queries.requests(allocation, application).filter(place=place).exclude(state="taken_back").exists():
        raise Refusal("exemption.exists", place=place)
    exemption = Exemption.objects.create(
        ref=codes.reference(chance),
        allocation=allocation,
        application=application,
        place=place,
        why=vault.seal_text(application.person, queries.EXEMPTING, why.strip(), chance=chance),
        asked_at=at,
    )
    roles = applications.roles(person, application, at=at)
    take(exemption, "ask", actor=person.ref, roles=roles, at=at, place=place)
    return exemption


@transaction.atomic
def take_back(*, exemption: Exemption, person: Person, at: dt.datetime) -> Exemption:
    """Take a request back before it is decided; its reason is deleted.

    :raises Refusal: `step.role`, `step.state`
    """
    roles = applications.roles(person, exemption.application, at=at)
    take(exemption, "take_back", actor=person.ref, roles=roles, at=at)
    exemption.why = None
    exemption.save(update_fields=["why"])
    return exemption


@transaction.atomic
def judge(*, exemption: Exemption, grants: bool, answer: str, person: Person, at: dt.datetime) -> Exemption:
    """Grant or refuse an exemption, with an answer in words; a place granted away leaves the person's list.

    :raises Refusal: `exemption.answer` (longest), `step.role`, `step.state`
    """
    if not answer.strip() or len(answer.strip()) > LONGEST:
        raise Refusal("exemption.answer", longest=LONGEST)
    roles = applications.roles(person, exemption.application, at=at) - {Role.OWNER}
    step = "grant" if grants else "refuse"
    take(exemption, step, actor=person.ref, roles=roles, at=at, place=exemption.place)
    exemption.answer, exemption.decided_by, exemption.decided_at = answer.strip(), person, at
    exemption.save(update_fields=["answer", "decided_by", "decided_at"])
    if grants:
        for kept in Wishes.objects.filter(allocation=exemption.allocation, application=exemption.application):
            kept.list = [place for place in kept.list if place != exemption.place]
            kept.save(update_fields=["list"])
    return exemption


@transaction.atomic
def close(*, allocation: Allocation, at: dt.datetime) -> Allocation:
    """Close the lists once their day is over; taken by nobody's hand.

    :raises Refusal: `step.early`, `step.state`
    """
    take(
        allocation,
        "close",
        actor=people_queries.system().ref,
        roles=frozenset({Role.SYSTEM}),
        at=at,
        lists=Wishes.objects.filter(allocation=allocation).count(),
    )
    return allocation


@transaction.atomic
def remind(*, allocation: Allocation, at: dt.datetime) -> Allocation:
    """Remind once, before the lists close, everybody who may wish and has not.

    :raises Refusal: `step.early`, `step.state`
    """
    take(allocation, "remind", actor=people_queries.system().ref, roles=frozenset({Role.SYSTEM}), at=at)
    allocation.remind_at = None
    allocation.save(update_fields=["remind_at"])
    return allocation
