"""Who may see marks, pieces, rounds and objections."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from rantau.applications import access as applications
from rantau.coordination.queries import barred_schools
from rantau.engine.flow import Role
from rantau.people import access as people
from rantau.people.models import Person
from rantau.programmes.models import Programme

from .models import Duty, Mark, Objection, Round, Session, Sitting


def sessions(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Session]:
    """Return the programme's test sessions, for examiners and coordinators.

    :raises Refusal: `role.missing`
    """
    people.require(person, Role.EXAMINER, Role.COORDINATOR, scope=scope, at=at)
    return Session.objects.filter(intake__programme__code=scope).order_by("starts_at", "code")


def sittings(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Sitting]:
    """Return the sittings an examiner or coordinator may handle: never one with which an examiner declared a conflict, nor
    one of a school to which they declared ties.

    :raises Refusal: `role.missing`
    """
    held = people.require(person, Role.EXAMINER, Role.COORDINATOR, scope=scope, at=at)
    found = Sitting.objects.select_related("session", "application__intake__programme", "application__intake__version")
    found = found.filter(session__intake__programme__code=scope).order_by("piece")
    if Role.COORDINATOR in held:
        return found.exclude(application__person=person)
    found = found.exclude(application__conflicts__person=person).exclude(application__person=person)
    return found.exclude(application__school__in=barred_schools(person, scope=scope, at=at))


def marks(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Mark]:
    """Return an examiner's own marks; another's only when both are locked, so that nobody is led by the other.

    :raises Refusal: `role.missing`
    """
    people.require(person, Role.EXAMINER, scope=scope, at=at)
    found = Mark.objects.select_related("application__intake__programme", "examiner")
    return found.filter(examiner=person, application__intake__programme__code=scope).order_by("pk")


def locked_marks(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Mark]:
    """Return the locked and disputed marks that a person may see who judges a change.

    Coordinators and verifiers see all but those of themselves. An examiner sees their own, and another's only where two
    have locked or they have locked theirs, and never where they declared a conflict: nobody is led by the other. Where
    pairs rotate and a third may be asked, only who has locked theirs sees the others'. Neither an examiner nor a verifier
    sees marks of a school to which they declared ties.

    :raises Refusal: `role.missing`
    """
    held = people.require(person, Role.EXAMINER, Role.COORDINATOR, Role.VERIFIER, scope=scope, at=at)
    found = Mark.objects.select_related("application__intake__programme", "application__intake__version", "examiner")
    found = found.filter(application__intake__programme__code=scope).exclude(state="draft").order_by("pk")
    found = found.exclude(application__person=person)
    if Role.COORDINATOR not in held:
        found = found.exclude(application__school__in=barred_schools(person, scope=scope, at=at))
    if held & {Role.COORDINATOR, Role.VERIFIER}:
        return found
    same = Mark.objects.filter(application=OuterRef("application"), criterion=OuterRef("criterion"))
    locked = same.exclude(state="draft")
    another = locked.exclude(pk=OuterRef("pk"))
    open_ = same.filter(examiner=person, state="draft")
    dealt = Duty.objects.filter(sitting__application=OuterRef("application"), criterion=OuterRef("criterion"))
    two = Exists(another) & ~Exists(open_) & ~Exists(dealt)
    seen = Q(examiner=person) | two | Exists(locked.filter(examiner=person))
    return found.filter(seen).exclude(application__conflicts__person=person)


def rounds(programme: Programme) -> QuerySet[Round]:
    """Return the published rounds of a programme: anybody may read them."""
    found = Round.objects.select_related("intake__programme", "intake__version")
    return found.filter(intake__programme=programme, state="published").order_by("-published_at")


def round_for(person: Person, ref: str, *, scope: str, at: dt.datetime) -> Round:
    """Return any round of a programme to its coordinator or auditor.

    :raises Refusal: `role.missing`
    """
    people.require(person, Role.COORDINATOR, Role.AUDITOR, scope=scope, at=at)
    return Round.objects.select_related("intake__programme", "intake__version").get(
        ref=ref, intake__programme__code=scope
    )


def objections(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Objection]:
    """Return the objections that an officer may decide, undecided and oldest first."""
    seen = applications.visible(person, scope=scope, at=at)
    people.require(person, Role.VERIFIER, Role.COORDINATOR, scope=scope, at=at)
    found = Objection.objects.filter(application__in=seen.exclude(person=person))
    return found.select_related("application__intake__programme", "application__intake__version").order_by(
        "state", "lodged_at", "pk"
    )
