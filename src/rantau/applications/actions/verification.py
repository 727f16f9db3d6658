"""What verifiers do: claim a file, decide it with a reason, check another's sample; and record a request for favour."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from rantau.applications import access, queries
from rantau.applications.models import Application, Favour
from rantau.engine.flow import Role
from rantau.engine.reasons import FAVOURS, REFUSE, RETURN
from rantau.engine.refusal import Refusal
from rantau.engine.reminding import soon
from rantau.ledger.actions import append
from rantau.ledger.steps import take, take_all
from rantau.people import access as people_access
from rantau.people import queries as people
from rantau.people.models import Person
from rantau.programmes.models import Intake
from rantau.programmes.queries import deadline, terms

LONGEST = 3600
"""Seconds on one file beyond which a verifier was elsewhere: the count stops there."""


def claim(*, person: Person, scope: str, at: dt.datetime, application: Application | None = None) -> Application:
    """Claim a given file, or the oldest one that is free; claimed files are not shared for half an hour.

    :raises Refusal: `queue.empty`, `queue.taken`, `role.missing` for one they must not judge
    """
    people_access.require(person, Role.VERIFIER, scope=scope, at=at)
    if application is not None and Role.VERIFIER not in access.roles(person, application, at=at):
        raise Refusal("role.missing", roles=[Role.VERIFIER.value])
    free = Q(claimed_by=None) | Q(claimed_by=person) | Q(claimed_at__lt=at - queries.CLAIM_LASTS)
    found = [application] if application else list(queries.queue(person, scope=scope, at=at)[:5])
    for candidate in found:
        rows = Application.objects.filter(free, pk=candidate.pk, state="filed")
        if rows.update(claimed_by=person, claimed_at=at):
            candidate.claimed_by, candidate.claimed_at = person, at
            return candidate
    if application:
        raise Refusal("queue.taken")
    raise Refusal("queue.empty")


def claim_batch(*, person: Person, scope: str, at: dt.datetime, limit: int) -> list[Application]:
    """Claim up to `limit` of the oldest free files, to be worked on in a spreadsheet.

    :raises Refusal: `queue.empty`, `role.missing`
    """
    people_access.require(person, Role.VERIFIER, scope=scope, at=at)
    found = list(queries.queue(person, scope=scope, at=at)[:limit])
    if not found:
        raise Refusal("queue.empty")
    return [claim(person=person, scope=scope, at=at, application=application) for application in found]


def release(*, application: Application, person: Person) -> Application:
    """Give a claimed file back to the queue."""
    Application.objects.filter(pk=application.pk, claimed_by=person).update(claimed_by=None, claimed_at=None)
    return application


@transaction.atomic
def decide(
    *, application: Application, person: Person, verdict: str, at: dt.datetime, reason: str = "", note: str = ""
) -> Application:
    """Decide a claimed file: `verify`, `return` (the person mends it until a date) or `refuse` (they may object).

    :raises Refusal: `queue.not_claimed`, `reason.missing` when the reason is not in the verdict's list, `step.*`
    """
    if application.claimed_by_id != person.pk:
        raise Refusal("queue.not_claimed")
    allowed = {"verify": ("",), "return": RETURN, "refuse": REFUSE}[verdict]
    if reason not in allowed:
        raise Refusal("reason.missing", allowed=list(allowed))
    windows = terms(application.intake.version).windows
    roles = access.roles(person, application, at=at)
    take_all([(application, verdict, {"reason": reason} if reason else {})], actor=person.ref, roles=roles, at=at)
    application.reason, application.note = reason, note
    if verdict == "return":
        application.file_by = deadline(at, windows.return_days.value or 0)
        application.remind_at = soon(at, application.file_by)
    if verdict == "refuse":
        application.objection_until = deadline(at, windows.objection_days.value or 0)
    if application.claimed_at:
        application.seconds += min(int((at - application.claimed_at).total_seconds()), LONGEST)
    application.claimed_by = application.claimed_at = None
    application.save()
    return application


@transaction.atomic
def check_sample(*, application: Application, person: Person, agrees: bool, at: dt.datetime) -> Application:
    """Confirm another officer's verification, or reopen the file.

    :raises Refusal: `sample.not_in`, `step.same_person`, `step.*`
    """
    if not queries.in_sample(application):
        raise Refusal("sample.not_in")
    roles = access.roles(person, application, at=at)
    take(application, "confirm" if agrees else "reopen", actor=person.ref, roles=roles, at=at)
    return application


@transaction.atomic
def record_favour(*, intake: Intake, person: Person, kind: str, at: dt.datetime, note: str = "") -> Favour:
    """Record that an officer was asked for a favour; the inspector alone reads it, the ledger says only that one exists.

    :raises Refusal: `role.missing`, `favour.kind`
    """
    staff = (Role.SCHOOL, Role.VERIFIER, Role.EXAMINER, Role.COORDINATOR, Role.MINISTRY, Role.OPERATOR)
    people_access.require(person, *staff, scope=intake.programme.code, at=at)
    if kind not in FAVOURS:
        raise Refusal("favour.kind", allowed=list(FAVOURS))
    append(chain=intake.chain, actor=people.system().ref, subject=f"intake:{intake.ref}", action="favour", at=at)
    return Favour.objects.create(intake=intake, person=person, kind=kind, note=note, at=at)
