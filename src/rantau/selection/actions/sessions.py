"""Test sessions: plan, call people to them, record who came, give a second date."""

import datetime as dt

from django.db import transaction

from rantau.applications.models import Application
from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.ledger.steps import take, take_all
from rantau.people import access as people
from rantau.people.models import Person
from rantau.programmes.models import Intake
from rantau.selection import queries
from rantau.selection.models import Session, Sitting

TRAVEL = ("programme", "school", "own", "unpublished")
"""Who pays the way to a test; `unpublished` is shown as a question."""


@transaction.atomic
def plan(
    *,
    intake: Intake,
    criteria: list[str],
    place: str,
    starts_at: dt.datetime,
    seats: int,
    travel: str,
    person: Person,
    at: dt.datetime,
    chance: Chance,
) -> Session:
    """Plan a session for some of the intake's criteria.

    :raises Refusal: `role.missing`, `session.criteria`, `session.past`, `session.travel`
    """
    people.require(person, Role.COORDINATOR, scope=intake.programme.code, at=at)
    tested = [c.code for c in queries.criteria(intake) if c.kind != "report"]
    if not criteria or not set(criteria) <= set(tested):
        raise Refusal("session.criteria", known=tested)
    _ahead(starts_at, at)
    if travel not in TRAVEL:
        raise Refusal("session.travel", allowed=list(TRAVEL))
    return Session.objects.create(
        intake=intake,
        code=codes.draw("S", chance),
        criteria=criteria,
        place=place,
        starts_at=starts_at,
        seats=seats,
        travel=travel,
    )


def _ahead(starts_at: dt.datetime, at: dt.datetime) -> None:
    if starts_at <= at:
        raise Refusal("session.past", starts=starts_at)


@transaction.atomic
def assign(*, session: Session, person: Person, at: dt.datetime, chance: Chance) -> list[Sitting]:
    """Call verified people who have no sitting for the session's criteria yet, by province and code, while seats last.

    :raises Refusal: `role.missing`, `session.past`, `session.full`, `session.nobody`
    """
    roles = people.require(person, Role.COORDINATOR, scope=session.intake.programme.code, at=at)
    _ahead(session.starts_at, at)
    free = session.seats - session.sittings.count()
    if free < 1:
        raise Refusal("session.full", seats=session.seats)
    waiting = Application.objects.filter(intake=session.intake, state="verified").select_related("intake__programme")
    called = {
        pk
        for pk, criteria in Sitting.objects.filter(session__intake=session.intake).values_list(
            "application", "session__criteria"
        )
        if set(criteria) & set(session.criteria)
    }
    chosen = [a for a in waiting.order_by("province", "code") if a.pk not in called][:free]
    if not chosen:
        raise Refusal("session.nobody")
    sittings = [
        Sitting(ref=codes.reference(chance), session=session, application=a, piece=codes.draw("T", chance))
        for a in chosen
    ]
    Sitting.objects.bulk_create(sittings, batch_size=500)
    take_all([(s, "assign", {"session": session.code}) for s in sittings], actor=person.ref, roles=roles, at=at)
    return sittings


@transaction.atomic
def record(*, sittings: list[Sitting], came: bool, person: Person, at: dt.datetime) -> list[Sitting]:
    """Record who came, or who did not.

    :raises Refusal: `step.role`, `step.early`, `step.state`
    """
    if sittings:
        roles = people.roles(person, scope=sittings[0].session.intake.programme.code, at=at)
        step = "attend" if came else "miss"
        take_all([(s, step, {}) for s in sittings], actor=person.ref, roles=roles, at=at)
    return sittings


@transaction.atomic
def second_date(*, sitting: Sitting, session: Session, person: Person, at: dt.datetime) -> Sitting:
    """Call somebody who did not come to a second date.

    :raises Refusal: `session.past`, `session.full`, `session.criteria`, `step.role`, `step.state`
    """
    _ahead(session.starts_at, at)
    if session.sittings.count() >= session.seats:
        raise Refusal("session.full", seats=session.seats)
    if set(session.criteria) != set(sitting.session.criteria):
        raise Refusal("session.criteria", known=sitting.session.criteria)
    roles = people.roles(person, scope=session.intake.programme.code, at=at)
    take(sitting, "reassign", actor=person.ref, roles=roles, at=at, session=session.code)
    sitting.session = session
    sitting.save(update_fields=["session"])
    return sitting
