"""Running the decision, publishing it, answers, and running it again: nobody who stays can lose."""

import datetime as dt
import hashlib
from typing import Any

from django.db import transaction

from rantau.allocation import queries
from rantau.allocation.models import Allocation, Place, Run
from rantau.applications import access as applications
from rantau.applications.models import Application
from rantau.engine import allocation as engine
from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.engine.completing import Infeasible
from rantau.engine.flow import Role
from rantau.engine.instance import read
from rantau.engine.placing import Wisher
from rantau.engine.placing import instance as instance_of
from rantau.engine.refusal import Refusal
from rantau.engine.reminding import soon
from rantau.ledger.actions import lock
from rantau.ledger.steps import take, take_all
from rantau.people import access as people
from rantau.people import queries as people_queries
from rantau.people.models import Person
from rantau.programmes.queries import deadline, terms
from rantau.selection import queries as selection
from rantau.selection.actions import offers

SYSTEM = frozenset({Role.SYSTEM})


def decide(*, allocation: Allocation, person: Person, at: dt.datetime) -> Run:
    """Place everybody who has a seat: the first time from the lists, later again from the answers, upward only.

    :raises Refusal: `allocation.pending` (what is still open), `allocation.window` while places may be answered,
        `allocation.nobody`, `allocation.infeasible` (conflict, short in words, shortfall),
        `allocation.changed` where somebody answered while it ran, `role.missing`, `step.*`
    """
    roles = people.require(person, Role.COORDINATOR, scope=allocation.intake.programme.code, at=at)
    _check_ready(allocation, at)
    wishers = [wisher for _, wisher in queries.wishers(allocation)]
    if not wishers:
        raise Refusal("allocation.nobody")
    before = queries.newest(allocation)
    number = before.number + 1 if before else 1
    given, result = _place(allocation, wishers, number)
    with transaction.atomic():
        lock(allocation.chain)
        allocation.refresh_from_db(fields=["state", "answers_until"])
        _check_ready(allocation, at)
        if [wisher for _, wisher in queries.wishers(allocation)] != wishers or queries.newest(allocation) != before:
            raise Refusal("allocation.changed")
        take(
            allocation,
            "decide",
            actor=person.ref,
            roles=roles,
            at=at,
            run=number,
            mechanism=result["mechanism"],
            instance=result["certificate"]["instance"],
            result=result["digest"],
            placed=result["certificate"]["placed"],
        )
        return Run.objects.create(
            allocation=allocation,
            number=number,
            instance=engine.dump(given),
            result=engine.dump(result),
            decided_at=at,
        )


def _check_ready(allocation: Allocation, at: dt.datetime) -> None:
    _check_pending(allocation)
    if allocation.answers_until and at <= allocation.answers_until:
        raise Refusal("allocation.window", until=allocation.answers_until)


def _check_pending(allocation: Allocation) -> None:
    waiting = queries.pending(allocation)
    if waiting:
        raise Refusal("allocation.pending", waiting=[f"{key}: {count}" for key, count in waiting.items()])


def _place(allocation: Allocation, wishers: list[Wisher], number: int) -> tuple[dict[str, Any], dict[str, Any]]:
    intake = allocation.intake
    final = selection.public_bytes(intake, "final")
    rules = queries.rules(allocation)
    about = {
        "programme": intake.programme.code,
        "intake": intake.code,
        "kind": allocation.kind,
        "run": number,
        "round": hashlib.sha256(final).hexdigest(),
        **({"rehearsal": True} if intake.programme.rehearsal else {}),
    }
    given = instance_of(rules, wishers, about=about)
    try:
        return given, engine.allocate(read(given), rules.mechanism)
    except Infeasible as error:
        short = [f"{row['group']}: {row['available']} / {row['required']}" for row in error.shortfall]
        raise Refusal(
            "allocation.infeasible", conflict=error.conflict, short=short, shortfall=error.shortfall
        ) from error


@transaction.atomic
def publish(*, allocation: Allocation, person: Person, at: dt.datetime, chance: Chance) -> Run:
    """Publish the newest run by another officer's hand; every new or better place is offered, answered by one day.

    :raises Refusal: `step.*` (`step.same_person` for who decided)
    """
    roles = people.roles(person, scope=allocation.intake.programme.code, at=at)
    run = queries.newest(allocation)
    file = hashlib.sha256(bytes(run.result)).hexdigest() if run else ""
    take(allocation, "publish", actor=person.ref, roles=roles, at=at, run=run and run.number, file=file)
    assert run is not None  # the flow has decided before it publishes
    allocation.answers_until = deadline(at, terms(allocation.intake.version).windows.place_days.value or 0)
    allocation.save(update_fields=["answers_until"])
    run.published_at = at
    run.save(update_fields=["published_at"])
    _offer(allocation, queries.result(run)["assignment"], person=person, roles=roles, at=at, chance=chance)
    return run


def _offer(
    allocation: Allocation,
    assignment: dict[str, str | None],
    *,
    person: Person,
    roles: frozenset[Role],
    at: dt.datetime,
    chance: Chance,
) -> None:
    by_code = {wisher.code: application for application, wisher in queries.wishers(allocation)}
    held = {place.application_id: place for place in Place.objects.filter(allocation=allocation)}
    new, risen = [], []
    for code, where in sorted(assignment.items()):
        application = by_code.get(code)
        if where is None or application is None:
            continue
        place = held.get(application.pk)
        if place is None:
            new.append(Place(ref=codes.reference(chance), allocation=allocation, application=application, place=where))
        elif place.place != where:
            place.place, place.allocation = where, allocation  # one allocation and one intake for all
            risen.append(place)
    assert allocation.answers_until is not None  # set by whoever publishes
    for place in (*new, *risen):
        place.answer_by, place.remind_at = allocation.answers_until, soon(at, allocation.answers_until)
    Place.objects.bulk_create(new, batch_size=500)
    Place.objects.bulk_update(risen, ["place", "answer_by", "remind_at"], batch_size=500)
    take_all([(p, "offer", {"place": p.place}) for p in new], actor=person.ref, roles=roles, at=at)
    take_all([(p, "rise", {"place": p.place}) for p in risen], actor=person.ref, roles=roles, at=at)


@transaction.atomic
def answer(*, place: Place, says: str, person: Person, at: dt.datetime) -> Place:
    """Accept a place, keep it and wait for a better one, or decline it.

    Who declines a field gives up the seat in the programme: the next of the reserve is called. To decline is never late.

    :raises Refusal: `allocation.not_yours` once the seat in the programme is given up, `step.role`, `step.state`,
        `step.late`
    """
    lock(place.chain)
    place.refresh_from_db(fields=["place", "state", "answer_by"])
    place.application.refresh_from_db(fields=["state"])
    if place.application.state != "accepted":
        raise Refusal("allocation.not_yours")
    roles = applications.roles(person, place.application, at=at) & {Role.OWNER}
    take(place, says, actor=person.ref, roles=roles, at=at, place=place.place)
    if says == "decline":
        _give_up([place.application], place.allocation, "forgo", actor=person.ref, roles=roles, at=at)
    return place


def _give_up(
    people_: list[Application],
    allocation: Allocation,
    step: str,
    *,
    actor: str,
    roles: frozenset[Role],
    at: dt.datetime,
) -> None:
    if allocation.kind != "field" or not people_:
        return
    take_all(
        [(application, step, {"kind": allocation.kind}) for application in people_], actor=actor, roles=roles, at=at
    )
    offers.fill(intake=allocation.intake, at=at)


@transaction.atomic
def due(*, allocation: Allocation, at: dt.datetime) -> int:
    """Remind, count silence past the day as a decline, end the places of people who left the programme. Idempotent."""
    system = people_queries.system().ref
    held = Place.objects.filter(allocation=allocation, state__in=queries.SEATED)
    held = held.select_related("application__intake__programme", "allocation__intake__programme").order_by("pk")
    gone = [place for place in held if place.application.state != "accepted"]
    stay = [place for place in held if place.application.state == "accepted"]
    take_all([(place, "leave", {}) for place in gone], actor=system, roles=SYSTEM, at=at)
    asked = [place for place in stay if place.state == "offered" and place.answer_by]
    late = [place for place in asked if place.answer_by < at]
    soon_ = [place for place in asked if place.remind_at and place.remind_at < at <= place.answer_by]
    take_all([(place, "remind", {}) for place in soon_], actor=system, roles=SYSTEM, at=at)
    Place.objects.filter(pk__in=[place.pk for place in soon_]).update(remind_at=None)
    take_all([(place, "silence", {"place": place.place}) for place in late], actor=system, roles=SYSTEM, at=at)
    _give_up([place.application for place in late], allocation, "forfeit", actor=system, roles=SYSTEM, at=at)
    return len(gone) + len(soon_) + len(late)


@transaction.atomic
def finish(*, allocation: Allocation, person: Person, at: dt.datetime) -> Allocation:
    """End the rounds: who still waits keeps the place they hold.

    :raises Refusal: `allocation.pending` while places are unanswered, `role.missing`, `step.*`
    """
    roles = people.require(person, Role.COORDINATOR, scope=allocation.intake.programme.code, at=at)
    lock(allocation.chain)
    _check_pending(allocation)
    rest = list(Place.objects.filter(allocation=allocation, state="waiting").order_by("pk"))
    for place in rest:
        place.allocation = allocation
    take(allocation, "finish", actor=person.ref, roles=roles, at=at, waiting=len(rest))
    take_all([(place, "settle", {"place": place.place}) for place in rest], actor=person.ref, roles=roles, at=at)
    return allocation
