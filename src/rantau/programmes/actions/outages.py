"""Outages: recorded, confirmed by a second person, and then moving every deadline that they touched, once, for everybody."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from rantau.engine import codes
from rantau.engine.chance import Chance, seeded
from rantau.engine.flow import Role
from rantau.engine.outage import Moves, counted, end
from rantau.engine.outage import Outage as Down
from rantau.engine.refusal import Refusal
from rantau.engine.reminding import soon
from rantau.ledger.actions import lock
from rantau.ledger.steps import take
from rantau.people import access
from rantau.people import queries as people
from rantau.people.models import Person
from rantau.programmes.models import Intake, Outage, Programme, Shift
from rantau.programmes.queries import ZONE

LONGEST = 300
"""Characters of what is said about an outage."""

DAYS = 14
"""An outage is at most so many days long: what is longer is a slip of the pen, or a matter for a decision of its own."""

Move = Callable[..., Moves]
"""Moves the deadlines of an intake (`intake`, `outage`, `at`), area by area from the top down, and counts them."""


def record(
    *,
    programme: Programme,
    from_at: dt.datetime,
    until_at: dt.datetime,
    what: str,
    person: Person,
    at: dt.datetime,
    chance: Chance,
) -> list[Outage]:
    """Record that the whole service was down, for every programme with an intake and this operator; nothing moves yet.

    Each programme has a row in its own chain, all with one `event`; a rehearsal has its own outages, of its own time.

    :raises Refusal: `role.missing`, `outage.words` (longest), `outage.span` (days) for one that is not over, ends before it
        begins or is too long, `outage.exists`, `outage.nothing` where no programme has opened registration
    """
    access.require(person, Role.OPERATOR, scope=programme.code, at=at)
    if not what.strip() or len(what.strip()) > LONGEST:
        raise Refusal("outage.words", longest=LONGEST)
    if not from_at < until_at <= at or until_at - from_at > dt.timedelta(days=DAYS):
        raise Refusal("outage.span", days=DAYS)
    same = Outage.objects.filter(programme=programme, from_at=from_at, until_at=until_at).exclude(state="discarded")
    if same.exists():
        raise Refusal("outage.exists")
    every = (
        Programme.objects.filter(pk=programme.pk) if programme.rehearsal else Programme.objects.filter(rehearsal=False)
    )
    opened = every.filter(intakes__state__in=("open", "closed")).distinct().order_by("pk")
    event, made = codes.reference(chance), []
    for one in opened:
        roles = access.roles(person, scope=one.code, at=at)
        if Role.OPERATOR in roles:
            row = Outage(ref=codes.reference(chance), event=event, programme=one, from_at=from_at, until_at=until_at)
            row.what, row.recorded_at, row.recorded_by = what.strip(), at, person.ref
            made.append(_recorded(row, person=person, roles=roles, at=at))
    if not made:
        raise Refusal("outage.nothing")
    return made


@transaction.atomic
def _recorded(row: Outage, *, person: Person, roles: frozenset[Role], at: dt.datetime) -> Outage:
    lock(row.chain)
    row.save()
    span = {"begins": row.from_at.isoformat(), "ends": row.until_at.isoformat()}
    take(row, "record", actor=person.ref, roles=roles, at=at, event=row.event, **span)
    return row


def confirm(*, of: Outage, person: Person, at: dt.datetime) -> list[Outage]:
    """Confirm an outage as a second person, in every programme that it concerns and in which they may.

    Deadlines move when what is due is taken next (`apply`).

    :raises Refusal: `step.role`, `step.state`, `step.same_person`
    """
    return [_decided(row, "confirm", person=person, roles=roles, at=at) for row, roles in _each(of, person, at=at)]


def discard(*, of: Outage, person: Person, at: dt.datetime) -> list[Outage]:
    """Discard an outage that was recorded wrongly and not confirmed, in every programme that it concerns.

    :raises Refusal: `step.role`, `step.state`
    """
    return [_decided(row, "discard", person=person, roles=roles, at=at) for row, roles in _each(of, person, at=at)]


def _each(of: Outage, person: Person, *, at: dt.datetime) -> Iterator[tuple[Outage, frozenset[Role]]]:
    """Yield an outage, and its rows in other programmes in which the person decides too, with their roles there."""
    yield of, access.roles(person, scope=of.programme.code, at=at)
    others = Outage.objects.filter(event=of.event, state="recorded").exclude(pk=of.pk).select_related("programme")
    for row in others.order_by("pk"):
        roles = access.roles(person, scope=row.programme.code, at=at)
        if roles & {Role.OPERATOR, Role.COORDINATOR}:
            yield row, roles


@transaction.atomic
def _decided(row: Outage, step: str, *, person: Person, roles: frozenset[Role], at: dt.datetime) -> Outage:
    take(row, step, actor=person.ref, roles=roles, at=at)
    if step == "confirm":
        row.confirmed_at = at
        row.save(update_fields=["confirmed_at"])
    return row


def apply(*, programme: Programme, at: dt.datetime, move: Move) -> int:
    """Move the deadlines of every intake for each confirmed outage, once, by nobody's hand; return how many were applied.

    Taken before anything lapses. `move` is that of the topmost area that has deadlines; `at` the programme's own time.
    """
    applied = 0
    for row in Outage.objects.filter(programme=programme, state="confirmed").order_by("from_at", "pk"):
        reached = programme.intakes.exclude(state="planned").exclude(shifts__outage=row).select_related("programme")
        for intake in reached.filter(opens_at__lte=row.until_at).order_by("pk"):
            applied += _applied(row, intake, at=at, move=move)
    return applied


@transaction.atomic
def _applied(row: Outage, intake: Intake, *, at: dt.datetime, move: Move) -> int:
    lock(intake.chain)
    if Shift.objects.filter(outage=row, intake=intake).exists():
        return 0
    intake.refresh_from_db(fields=["state", "closes_at", "remind_at"])
    value = Down(from_at=row.from_at, until_at=row.until_at)
    found, last = move(intake=intake, outage=value, at=at), end(value, ZONE)
    counts = {"moved": dict(found.moved), "missed": dict(found.missed)}
    ref = codes.reference(seeded(f"shift:{row.ref}:{intake.ref}"))
    shift = Shift.objects.create(ref=ref, outage=row, intake=intake, at=at, to_at=last, **counts)
    facts = {"outage": row.ref, "deadline": last.isoformat(), **counts}
    take(shift, "move", actor=people.system().ref, roles=frozenset({Role.SYSTEM}), at=at, **facts)
    return 1


def move(*, intake: Intake, outage: Down, at: dt.datetime) -> Moves:
    """Move the end of an intake's registration for an outage: the lowest of the areas that have deadlines."""
    own = Intake.objects.filter(pk=intake.pk)
    gone, found = own.filter(state="closed"), own.filter(state="open")
    return move_deadlines("registration", found, "closes_at", outage=outage, at=at, missed=gone)


def move_deadlines(
    kind: str,
    waiting: QuerySet[Any],
    by: str,
    *,
    outage: Down,
    at: dt.datetime,
    missed: QuerySet[Any] | None = None,
    reminds: bool = True,
) -> Moves:
    """Move the deadlines named `by` of rows that still wait, by the rule of `engine.outage`, and count them as a kind.

    `missed` are rows that were closed as too late already: counted where their deadline would have moved, and left to an
    officer. Where the new day has passed before the outage was known, nothing moves: that would give nobody time.
    """
    last = end(outage, ZONE)
    span = {f"{by}__gte": outage.from_at, f"{by}__lt": last}
    late, found = missed.filter(**span).count() if missed is not None else 0, waiting.filter(**span)
    if at >= last:
        return counted(kind, moved=0, missed=late + found.count())
    changes = {by: last, "remind_at": soon(at, last)} if reminds else {by: last}
    return counted(kind, moved=found.update(**changes), missed=late)
