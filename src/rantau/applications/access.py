"""Who may see and do what with an application: the only way to reach one for a person."""

import datetime as dt

from django.db.models import Q, QuerySet

from rantau.engine.flow import Role
from rantau.people import access as people
from rantau.people.models import Grant, Person

from .models import Application, Nomination

SEES_ALL = frozenset({Role.COORDINATOR, Role.VERIFIER, Role.SYSTEM})
"""Roles that see a programme's applications; examiners see pieces, auditors files, missions and employers nothing here."""


def _excluded(grant: Grant) -> Q:
    """Return which applications an officer must not handle: those of their own school or regency."""
    office = grant.organisation
    if office is None:
        return Q(pk=None)
    return Q(school=office) | (Q(regency=office.regency) if office.regency else Q(pk=None))


def roles(person: Person, application: Application, *, at: dt.datetime) -> frozenset[Role]:
    """Return the roles the person holds on this application.

    A school's people hold their role only on their own pupils; a verifier none on their own regency, school or where
    they declared a conflict; nobody holds an officer's role on their own application.
    """
    if application.person_id == person.pk:
        return frozenset({Role.OWNER})
    scope = application.intake.programme.code
    held = people.roles(person, scope=scope, at=at)
    if Role.SCHOOL in held and not _own_pupil(person, application, scope=scope, at=at):
        held -= {Role.SCHOOL}
    if Role.VERIFIER in held and _conflicted(person, application, scope=scope, at=at):
        held -= {Role.VERIFIER}
    return held


def _own_pupil(person: Person, application: Application, *, scope: str, at: dt.datetime) -> bool:
    schools = {school.pk for school in people.organisations(person, Role.SCHOOL, scope=scope, at=at)}
    return application.school_id in schools or application.assisted_by_id == person.pk


def _conflicted(person: Person, application: Application, *, scope: str, at: dt.datetime) -> bool:
    for grant in people.grants(person, scope=scope, at=at):
        office = grant.organisation
        if grant.role != Role.VERIFIER or office is None:
            continue
        if office.pk == application.school_id or (office.regency and office.regency == application.regency):
            return True
    return application.conflicts.filter(person=person).exists()


def visible(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Application]:
    """Return the applications of a programme that the person may see."""
    found = Application.objects.select_related("intake__programme", "intake__version", "person", "school").filter(
        intake__programme__code=scope
    )
    if not person.is_authenticated:
        return found.none()
    wanted = Q(person=person) | Q(assisted_by=person)
    for grant in people.grants(person, scope=scope, at=at):
        role = Role(grant.role)
        if role == Role.SCHOOL and grant.organisation_id:
            wanted |= Q(school=grant.organisation_id)
        elif role == Role.VERIFIER:
            wanted |= ~_excluded(grant) & ~Q(conflicts__person=person) & ~Q(person=person)
        elif role in SEES_ALL:
            wanted |= Q(pk__isnull=False)
    if person.is_system:
        wanted |= Q(pk__isnull=False)
    return found.filter(wanted).distinct()


def get(person: Person, code: str, *, scope: str, at: dt.datetime) -> Application:
    """Return one application the person may see, or raise DoesNotExist."""
    return visible(person, scope=scope, at=at).get(code=code)


def own(person: Person, *, scope: str) -> Application:
    """Return the person's own application to a programme's newest intake, or raise DoesNotExist."""
    found = Application.objects.select_related("intake__programme", "intake__version", "person", "school")
    application = found.filter(person_id=person.pk, intake__programme__code=scope).order_by("-intake__opens_at").first()
    if application is None:
        raise Application.DoesNotExist
    return application


def nominations(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Nomination]:
    """Return the nominations of the person's own schools, newest first."""
    schools = people.organisations(person, Role.SCHOOL, scope=scope, at=at)
    found = Nomination.objects.select_related("person", "school", "intake__programme", "intake__version")
    return found.filter(school__in=schools, intake__programme__code=scope).order_by("-invited_at", "-pk")
