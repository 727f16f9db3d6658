"""Everything that can be done to programmes: storing versions, intakes, milestones, a rehearsal's clock."""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from rantau.engine import codes
from rantau.engine import programme as engine
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.engine.reminding import soon
from rantau.ledger.actions import append, lock, open_chain
from rantau.ledger.steps import take
from rantau.people import access
from rantau.people.models import Person
from rantau.programmes import queries
from rantau.programmes.models import Intake, Programme, Reached, Version

REHEARSAL = "-peragaan"
"""What a rehearsal's code ends with: it never shares a row with the real programme."""


@transaction.atomic
def store(
    *,
    text: str,
    person: Person,
    at: dt.datetime,
    assumptions: str = "",
    clock_at: dt.datetime | None = None,
    position: int = 0,
) -> Programme:
    """Store a programme file as an immutable version, as a rehearsal when it comes with a clock of its own.

    The same file again changes nothing. Problems of a file are shown by `engine.programme_file.check`.

    :raises Refusal: `programme.invalid` with its problems, `programme.assumptions` for assumptions without a rehearsal clock
    """
    if assumptions and clock_at is None:
        raise Refusal("programme.assumptions")
    terms = queries.typed(text, assumptions)
    digest = engine.digest(terms)
    code = terms.code + REHEARSAL if clock_at else terms.code
    programme, _ = Programme.objects.get_or_create(
        code=code,
        defaults={"kind": terms.kind, "rehearsal": clock_at is not None, "clock_at": clock_at, "position": position},
    )
    open_chain(programme.chain, quiet=programme.rehearsal)
    version, _ = Version.objects.get_or_create(
        programme=programme, digest=digest, defaults={"text": text, "assumptions": assumptions, "stored_at": at}
    )
    if programme.version_id != version.pk:
        append(
            chain=programme.chain,
            actor=person.ref,
            subject=f"programme:{code}",
            action="version",
            at=at,
            facts={"digest": digest},
        )
        programme.version = version
        programme.save(update_fields=["version"])
    return programme


@transaction.atomic
def plan_intake(
    *,
    programme: Programme,
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    person: Person,
    at: dt.datetime,
    chance: Chance,
) -> Intake:
    """Plan an intake of the programme's current version; nobody can register before it is opened.

    :raises Refusal: `role.missing`, `intake.dates`, `programme.unstored`
    """
    access.require(person, Role.COORDINATOR, Role.SYSTEM, scope=programme.code, at=at)
    if not at <= closes_at or not opens_at < closes_at:
        raise Refusal("intake.dates", opens=opens_at, closes=closes_at)
    if programme.version is None:
        raise Refusal("programme.unstored")
    number = programme.intakes.count() + 1
    intake = Intake.objects.create(
        ref=codes.reference(chance),
        code=f"{programme.code}-{number}",
        programme=programme,
        version=programme.version,
        opens_at=opens_at,
        closes_at=closes_at,
        remind_at=soon(opens_at, closes_at),
    )
    open_chain(intake.chain, quiet=programme.rehearsal)
    return intake


@transaction.atomic
def open_intake(*, intake: Intake, person: Person, at: dt.datetime) -> Intake:
    """Open registration.

    :raises Refusal: `intake.unpublished` while types of test, weights, knock-outs or tie-break are (PermenPANRB 6/2024
        art. 22); `intake.conditions` with the milestones that have to be reached before; `intake.publisher` for a real
        programme while no authority publishes this site; `step.role`
    """
    terms = queries.terms(intake.version)
    missing = engine.opening_problems(terms, rehearsal=intake.programme.rehearsal)
    if missing:
        raise Refusal("intake.unpublished", missing=list(missing))
    unmet = queries.unmet(intake.programme, at=at)
    if unmet:
        raise Refusal("intake.conditions", missing=list(unmet))
    if not intake.programme.rehearsal and not settings.PUBLISHER:
        raise Refusal("intake.publisher")
    roles = access.roles(person, scope=intake.programme.code, at=at)
    take(intake, "open", actor=person.ref, roles=roles, at=at, version=intake.version.digest)
    return intake


@transaction.atomic
def close_intake(*, intake: Intake, person: Person, at: dt.datetime) -> Intake:
    """Close registration once its last instant has passed.

    :raises Refusal: `step.role`, `step.early`
    """
    take(intake, "close", actor=person.ref, roles=access.roles(person, scope=intake.programme.code, at=at), at=at)
    return intake


@transaction.atomic
def reach(
    *,
    programme: Programme,
    milestone: str,
    on: dt.date,
    note: str,
    person: Person,
    at: dt.datetime,
    chance: Chance,
    source_title: str = "",
    source_address: str = "",
    shown: Mapping[str, dt.date] | None = None,
) -> Reached:
    """Record that a milestone was reached that only an officer's word shows, with the evidence.

    The note and the source are public; the ledger holds the milestone and the day. `shown` are the days of milestones that
    areas above this one show, a final result and a departure; without it they count as not reached.

    :raises Refusal: `role.missing`; `milestone.unknown`; `milestone.shown` where something else shows it;
        `milestone.reached` already; `milestone.future`; `milestone.before` with what comes before and was not reached by
        that day
    """
    roles = access.require(person, Role.COORDINATOR, Role.MINISTRY, scope=programme.code, at=at)
    evidence = {"note": note, "source_title": source_title, "source_address": source_address}
    return _record(programme, milestone, "hand", on, evidence, person, roles=roles, at=at, chance=chance, shown=shown)


@transaction.atomic
def mark(
    *,
    programme: Programme,
    milestone: str,
    on: dt.date,
    note: str,
    person: Person,
    at: dt.datetime,
    chance: Chance,
    source_title: str = "",
    source_address: str = "",
) -> Reached:
    """Record that an agreement in force has reached its milestone: for the area of agreements, and no person's page.

    `person` is who brought the agreement into force; the step is the system's, as it follows from that.

    :raises Refusal: as `reach`, but for roles
    """
    evidence = {"note": note, "source_title": source_title, "source_address": source_address}
    roles = frozenset({Role.SYSTEM})
    return _record(programme, milestone, "agreement", on, evidence, person, roles=roles, at=at, chance=chance)


def _record(
    programme: Programme,
    milestone: str,
    by: str,
    on: dt.date,
    evidence: dict[str, str],
    person: Person,
    *,
    roles: frozenset[Role],
    at: dt.datetime,
    chance: Chance,
    shown: Mapping[str, dt.date] | None = None,
) -> Reached:
    lock(programme.chain)  # two at once would both find none
    rows = queries.terms(programme.version).milestones
    row = next((row for row in rows if row.code == milestone), None)
    if row is None:
        raise Refusal("milestone.unknown", milestone=milestone)
    if row.by != by:
        raise Refusal("milestone.shown", milestone=milestone)
    known = queries.reached(programme, at=at)
    if milestone in known:
        raise Refusal("milestone.reached", milestone=milestone, on=known[milestone])
    if on > queries.day(at):
        raise Refusal("milestone.future", on=on)
    above = {one.code for one in rows if one.by in ("selection", "departure")}
    known |= {code: day for code, day in (shown or {}).items() if code in above}
    missing = [code for code in row.after if code not in known or known[code] > on]
    if missing:
        raise Refusal("milestone.before", missing=missing)
    made = Reached.objects.create(
        ref=codes.reference(chance),
        programme=programme,
        milestone=milestone,
        on=on,
        recorded_at=at,
        recorded_by=person.ref,
        **evidence,
    )
    take(made, "record", actor=person.ref, roles=roles, at=at, milestone=milestone, on=on.isoformat())
    return made


@transaction.atomic
def withdraw(*, reached: Reached, person: Person, at: dt.datetime) -> Reached:
    """Take back what was recorded wrongly: a second officer does, and the row stays.

    :raises Refusal: `milestone.shown` for an agreement's milestone, `step.role`, `step.state`, `step.same_person`
    """
    scope, terms = reached.programme.code, queries.terms(reached.programme.version)
    if any(row.code == reached.milestone and row.by != "hand" for row in terms.milestones):
        raise Refusal("milestone.shown", milestone=reached.milestone)
    roles = access.roles(person, scope=scope, at=at)
    take(reached, "withdraw", actor=person.ref, roles=roles, at=at, milestone=reached.milestone)
    return reached


@transaction.atomic
def set_clock(*, programme: Programme, clock_at: dt.datetime) -> Programme:
    """Move a rehearsal's own time forward.

    :raises Refusal: `clock.real` for a real programme, `clock.back` when time would run backwards
    """
    if not programme.rehearsal or programme.clock_at is None:
        raise Refusal("clock.real")
    if clock_at < programme.clock_at:
        raise Refusal("clock.back", now=programme.clock_at)
    programme.clock_at = clock_at
    programme.save(update_fields=["clock_at"])
    return programme
