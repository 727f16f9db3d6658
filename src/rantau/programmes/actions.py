"""Everything that can be done to programmes: storing versions, planning, opening and closing intakes, a rehearsal's clock."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from rantau.engine import codes
from rantau.engine import programme as engine
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import append, open_chain
from rantau.ledger.steps import take
from rantau.people import access
from rantau.people.models import Person

from . import queries
from .models import Intake, Programme, Version

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
    )
    open_chain(intake.chain, quiet=programme.rehearsal)
    return intake


@transaction.atomic
def open_intake(*, intake: Intake, person: Person, at: dt.datetime) -> Intake:
    """Open registration.

    :raises Refusal: `intake.unpublished` while types of test, weights, knock-outs or tie-break are (PermenPANRB 6/2024
        art. 22); `intake.publisher` for a real programme while no authority publishes this site; `step.role`
    """
    terms = queries.terms(intake.version)
    missing = engine.opening_problems(terms, rehearsal=intake.programme.rehearsal)
    if missing:
        raise Refusal("intake.unpublished", missing=list(missing))
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
