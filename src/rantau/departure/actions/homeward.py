"""Coming home: opened without an explanation, planned, travelled, arrived or stayed; the family is told by consent alone."""

import datetime as dt

from django.db import transaction

from rantau.departure import access
from rantau.departure.models import Clearance, Homeward
from rantau.departure.queries import family
from rantau.departure.queries import homeward as found
from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.engine.reasons import GOING_HOME
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import append, lock
from rantau.ledger.steps import take
from rantau.people import queries as persons
from rantau.people import vault
from rantau.people.models import Person

from .beginning import SYSTEM, end_papers

UNEXPLAINED = "leaving"
"""What is recorded where nobody is asked for a reason."""


@transaction.atomic
def open_way(
    *, clearance: Clearance, person: Person, at: dt.datetime, chance: Chance, reason: str = UNEXPLAINED, note: str = ""
) -> Homeward:
    """Open somebody's way home: by themselves without any reason, or by an office that cares for them there.

    The ledger knows that it was opened, and the reason only as a value under the person's own key.

    :raises Refusal: `homeward.reason`, `homeward.home` where they are at home, `homeward.open` where one is open, `step.role`
    """
    if reason not in GOING_HOME:
        raise Refusal("homeward.reason")
    lock(clearance.chain)
    clearance.refresh_from_db(fields=["state"])
    if clearance.state not in ("departed", "arrived"):
        raise Refusal("homeward.home")
    if found.current(clearance):
        raise Refusal("homeward.open")
    owner = clearance.application.person
    way = Homeward.objects.create(
        ref=codes.reference(chance),
        code=codes.draw("H", chance),
        clearance=clearance,
        reason=reason,
        note=vault.seal_text(owner, found.NOTE, note.strip(), chance=chance),
        opened_at=at,
    )
    why = vault.fingerprint(owner, f"{way.ref}:{reason}")
    take(way, "open", actor=person.ref, roles=access.roles(person, clearance, at=at), at=at, reason=why)
    return way


@transaction.atomic
def plan(
    *,
    homeward: Homeward,
    travels_at: dt.datetime,
    arrives_at: dt.datetime,
    route: str,
    met_by: str,
    payer: str,
    person: Person,
    at: dt.datetime,
) -> Homeward:
    """Plan or re-plan the way: when, by what way, who meets them, which office pays; an empty payer is an open question.

    It is never a debt of the person: only an office of the programme can be named.

    :raises Refusal: `homeward.order`, `homeward.payer`, `step.role`, `step.state`
    """
    if arrives_at <= travels_at:
        raise Refusal("homeward.order")
    offices = {one.code for one in found.offices(homeward)}
    if payer and payer not in offices:
        raise Refusal("homeward.payer")
    _step(homeward, "plan", person, at)
    homeward.travels_at, homeward.arrives_at = travels_at, arrives_at
    homeward.route, homeward.met_by, homeward.payer = route.strip(), met_by.strip(), payer
    homeward.save(update_fields=["travels_at", "arrives_at", "route", "met_by", "payer"])
    return homeward


@transaction.atomic
def travel(*, homeward: Homeward, person: Person, at: dt.datetime) -> Homeward:
    """Record that they have begun the way home.

    :raises Refusal: `step.role`, `step.state`
    """
    return _step(homeward, "travel", person, at)


@transaction.atomic
def arrive(*, homeward: Homeward, person: Person, at: dt.datetime) -> Homeward:
    """Record that they are home: their way ends, the seat they accepted stays theirs on record, nothing more is asked.

    :raises Refusal: `step.role`, `step.state`
    """
    _step(homeward, "arrive", person, at)
    homeward.home_at = at
    homeward.save(update_fields=["home_at"])
    clearance = homeward.clearance
    take(clearance, "come_home", actor=persons.system().ref, roles=SYSTEM, at=at)
    clearance.home_at = at
    clearance.save(update_fields=["home_at"])
    end_papers(clearance, at=at)
    return homeward


@transaction.atomic
def stay(*, homeward: Homeward, person: Person, at: dt.datetime) -> Homeward:
    """Record that they stay after all.

    :raises Refusal: `step.role`, `step.state`
    """
    return _step(homeward, "stay", person, at)


@transaction.atomic
def close(*, homeward: Homeward, outcome: str, person: Person, at: dt.datetime) -> Homeward:
    """Close the way home with what became of it, in words.

    :raises Refusal: `reason.empty`, `step.role`, `step.state`
    """
    if not outcome.strip():
        raise Refusal("reason.empty")
    _step(homeward, "close", person, at)
    homeward.outcome = outcome.strip()
    homeward.save(update_fields=["outcome"])
    return homeward


@transaction.atomic
def tell_family(*, homeward: Homeward, person: Person, at: dt.datetime) -> Homeward:
    """Record that the family was told, by an office that knows why: only of what the person allowed. No name is in it.

    :raises Refusal: `step.role`, `kin.untold` where the person allowed nobody to be told of this
    """
    if not access.roles(person, homeward.clearance, at=at) & access.TOLD:
        raise Refusal("step.role", flow="homeward", step="tell_family")
    if not family.tellable(homeward.clearance, family.event_of(homeward.reason)):
        raise Refusal("kin.untold")
    append(
        chain=homeward.chain,
        actor=person.ref,
        subject=f"homeward:{homeward.ref}",
        action="family_told",
        at=at,
        facts={},
    )
    homeward.family_told_at = at
    homeward.save(update_fields=["family_told_at"])
    return homeward


def _step(homeward: Homeward, name: str, person: Person, at: dt.datetime) -> Homeward:
    lock(homeward.chain)
    take(homeward, name, actor=person.ref, roles=access.roles(person, homeward.clearance, at=at), at=at)
    return homeward
