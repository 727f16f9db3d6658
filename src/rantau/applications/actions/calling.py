"""What a coordinator does with what was submitted: call the best, pass over the rest, settle unlisted schools."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from rantau.applications import queries
from rantau.applications.models import Application, SchoolClaim
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.engine.reminding import soon
from rantau.ledger.steps import take, take_all
from rantau.people import access as people_access
from rantau.people import queries as people
from rantau.people.models import Person
from rantau.programmes.models import Intake
from rantau.programmes.queries import deadline, terms


@transaction.atomic
def call(*, intake: Intake, person: Person, at: dt.datetime) -> dict[str, list[Application]]:
    """Call the best by report average for documents and tests, exclude those with an error finding, pass over the rest.

    Who falls where is `queries.calling`, shown before; excluded people may object until the announced day.

    :raises Refusal: `step.role`, `intake.still_open`, `calling.nobody`
    """
    if intake.state != "closed":
        raise Refusal("intake.still_open", closes=intake.closes_at)
    plan = queries.calling(intake)
    if not any(plan.values()):
        raise Refusal("calling.nobody")
    windows = terms(intake.version).windows
    until = {
        "file_by": deadline(at, windows.file_days.value or 0),
        "objection_until": deadline(at, windows.objection_days.value or 0),
    }
    for application in plan["exclude"]:
        application.objection_until = until["objection_until"]
        application.reason = _reason(application)
    for application in plan["call"]:
        application.file_by, application.remind_at = until["file_by"], soon(at, until["file_by"])
    rows = [(a, step, {"reason": a.reason} if step == "exclude" else {}) for step, found in plan.items() for a in found]
    roles = people_access.roles(person, scope=intake.programme.code, at=at)
    take_all(rows, actor=person.ref, roles=roles, at=at)
    changed = [*plan["exclude"], *plan["call"]]
    Application.objects.bulk_update(changed, ["file_by", "objection_until", "reason", "remind_at"], batch_size=500)
    return plan


def _reason(application: Application) -> str:
    """Return the reason from the list that an error finding stands for."""
    codes = {
        "min_age": "too_young",
        "departure_age": "too_young",
        "max_age": "too_old",
        "graduated_from": "graduation_year",
        "graduated_to": "graduation_year",
        "majors": "other_major",
        "min_average": "average_too_low",
    }
    first = next(f["code"] for f in application.findings if f["severity"] == "error")
    return codes.get(first, "requirement")


@transaction.atomic
def link_school(*, claim: SchoolClaim, npsn: str, person: Person, at: dt.datetime) -> SchoolClaim:
    """Link a school that somebody could not find to the one it is.

    :raises Refusal: `step.role`, `step.state`; raises DoesNotExist for an unknown NPSN
    """
    school = people.school(npsn)
    roles = people_access.roles(person, scope=claim.application.intake.programme.code, at=at)
    take(claim, "link", actor=person.ref, roles=roles, at=at, npsn=npsn)
    Application.objects.filter(pk=claim.application_id).update(school=school)
    return claim


@transaction.atomic
def dismiss_school(*, claim: SchoolClaim, person: Person, at: dt.datetime) -> SchoolClaim:
    """Say that a claimed school is none that this programme knows.

    :raises Refusal: `step.role`, `step.state`
    """
    roles = people_access.roles(person, scope=claim.application.intake.programme.code, at=at)
    take(claim, "dismiss", actor=person.ref, roles=roles, at=at)
    return claim


@transaction.atomic
def due(*, intake: Intake, at: dt.datetime) -> int:
    """Take every step whose time has come: remind, close the intake, let files nobody handed in lapse. Idempotent."""
    actor, roles = people.system().ref, frozenset({Role.SYSTEM})
    taken = 0
    if intake.state == "open" and (at > intake.closes_at or (intake.remind_at and at > intake.remind_at)):
        take(intake, "close" if at > intake.closes_at else "remind", actor=actor, roles=roles, at=at)
        intake.remind_at = None
        intake.save(update_fields=["remind_at"])
        taken += 1
    taken += remind(intake=intake, steps={"called": "remind_file", "returned": "remind_mend"}, by="file_by", at=at)
    late = Application.objects.filter(intake=intake, state__in=("called", "returned"), file_by__lt=at)
    rows: list[tuple[Application, str, dict[str, Any]]] = [
        (a, "lapse", {}) for a in late.select_related("intake").order_by("pk")
    ]
    take_all(rows, actor=actor, roles=roles, at=at)
    return taken + len(rows)


@transaction.atomic
def remind(*, intake: Intake, steps: Mapping[str, str], by: str, at: dt.datetime) -> int:
    """Remind everybody in these states who has not acted (state → step), while the deadline named `by` has not passed.

    Once per deadline: whoever sets or moves one sets `remind_at` again. Returns how many were reminded.
    """
    ripe = Application.objects.filter(intake=intake, state__in=steps, remind_at__lt=at, **{f"{by}__gte": at})
    found = list(ripe.select_related("intake").order_by("pk"))
    rows: list[tuple[Application, str, dict[str, Any]]] = [(a, steps[a.state], {}) for a in found]
    take_all(rows, actor=people.system().ref, roles=frozenset({Role.SYSTEM}), at=at)
    for application in found:
        application.remind_at = None
    Application.objects.bulk_update(found, ["remind_at"], batch_size=500)
    return len(found)
