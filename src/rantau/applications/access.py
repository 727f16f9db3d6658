"""Who may see and do what with an application: the only way to reach one for a person."""

import datetime as dt

from django.db.models import Q, QuerySet

from rantau.coordination.queries import barred_schools
from rantau.engine.flow import Role
from rantau.engine.flows import STAFF
from rantau.people import access as people
from rantau.people.models import Grant, Person

from .models import Application, Nomination

SEES_ALL = frozenset({Role.COORDINATOR, Role.VERIFIER, Role.SYSTEM})
"""Roles that see a programme's applications; examiners see pieces, auditors files, missions and employers nothing here."""

HELPERS = frozenset(map(Role, STAFF.split()))
"""Roles in which an officer fills in for somebody present, and sees what they filled in."""


def _excluded(grant: Grant) -> Q:
    """Return which applications an officer must not handle: those of their own school or regency."""
    office = grant.organisation
    if office is None:
        return Q(pk=None)
    return Q(school=office) | (Q(regency=office.regency) if office.regency else Q(pk=None))


def roles(person: Person, application: Application, *, at: dt.datetime) -> frozenset[Role]:
    """Return the roles the person holds on this application.

    A school's people hold their role only on their own pupils; a verifier none on their own regency, school or where
    they declared a conflict or ties; nobody holds an officer's role on their own application.
    """
    if application.person_id == person.pk:
        return frozenset({Role.OWNER})
    scope = application.intake.programme.code
    held = people.roles(person, scope=scope, at=at)
    if Role.SCHOOL in held and not _own_pupil(person, application, scope=scope, at=at):
        held -= {Role.SCHOOL}
    if Role.VERIFIER in held and not judged(person, scope=scope, at=at).filter(pk=application.pk).exists():
        held -= {Role.VERIFIER}
    return held


def _own_pupil(person: Person, application: Application, *, scope: str, at: dt.datetime) -> bool:
    schools = {school.pk for school in people.organisations(person, Role.SCHOOL, scope=scope, at=at)}
    return application.school_id in schools or application.assisted_by_id == person.pk


def judged(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Application]:
    """Return the applications of a programme that a verifier may judge, whatever else they may see in other roles.

    Never their own, one they filled in for somebody, one of a school or regency of any office they act for, one with
    which they declared a conflict, or one of a school to which they declared ties.
    """
    found = _all(scope)
    grants = people.grants(person, scope=scope, at=at)
    if not any(grant.role == Role.VERIFIER for grant in grants):
        return found.none()
    barred = Q(person=person) | Q(assisted_by=person) | Q(conflicts__person=person)
    barred |= Q(school__in=barred_schools(person, scope=scope, at=at))
    for grant in grants:
        barred |= _excluded(grant)
    return found.exclude(barred)


def _all(scope: str) -> QuerySet[Application]:
    found = Application.objects.select_related("intake__programme", "intake__version", "person", "school")
    return found.filter(intake__programme__code=scope)


def visible(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Application]:
    """Return the applications of a programme that the person may see."""
    found = _all(scope)
    if not person.is_authenticated:
        return found.none()
    wanted = Q(person=person)
    for grant in people.grants(person, scope=scope, at=at):
        role = Role(grant.role)
        if role in HELPERS:
            wanted |= Q(assisted_by=person)
        if role == Role.SCHOOL and grant.organisation_id:
            wanted |= Q(school=grant.organisation_id)
        elif role == Role.VERIFIER:
            wanted |= Q(pk__in=judged(person, scope=scope, at=at).values("pk"))
        elif role in SEES_ALL:
            wanted |= Q(pk__isnull=False)
    if person.is_system:
        wanted |= Q(pk__isnull=False)
    return found.filter(wanted).distinct()


def get(person: Person, code: str, *, scope: str, at: dt.datetime) -> Application:
    """Return one application the person may see, or raise DoesNotExist."""
    return visible(person, scope=scope, at=at).get(code=code)


def held(person: Person, code: str, *, scope: str, at: dt.datetime) -> Application:
    """Return an application from its person's side, or raise DoesNotExist.

    It is held by its owner and by the officer who fills it in for them, for as long as they are an officer; every other
    officer comes by `get`.
    """
    mine = Q(person_id=person.pk)
    if people.roles(person, scope=scope, at=at) & HELPERS:
        mine |= Q(assisted_by_id=person.pk)
    return _all(scope).filter(mine).get(code=code)


def own(person: Person, *, scope: str) -> Application:
    """Return the person's own application to a programme's newest intake, or raise DoesNotExist."""
    found = Application.objects.select_related("intake__programme", "intake__version", "person", "school")
    application = found.filter(person_id=person.pk, intake__programme__code=scope).order_by("-intake__opens_at").first()
    if application is None:
        raise Application.DoesNotExist
    return application


def owned(person: Person) -> QuerySet[Application]:
    """Return the person's own applications to every programme, newest first."""
    found = Application.objects.select_related("intake__programme", "intake__version")
    return found.filter(person_id=person.pk).order_by("-created_at", "-pk")


def nominations(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Nomination]:
    """Return the nominations of the person's own schools, newest first."""
    schools = people.organisations(person, Role.SCHOOL, scope=scope, at=at)
    found = Nomination.objects.select_related("person", "school", "intake__programme", "intake__version")
    return found.filter(school__in=schools, intake__programme__code=scope).order_by("-invited_at", "-pk")
