"""Who may see whose way to departure, and which part of it: each office its own part, a document only by need."""

import datetime as dt

from django.db.models import Q, QuerySet

from rantau.applications import access as applications
from rantau.applications.models import Application
from rantau.engine.flow import Role
from rantau.engine.flows_leaving import ANSWERS_VISAS, CARERS, TEACHERS
from rantau.people import access as people
from rantau.people.models import Organisation, Person

from .models import Charge, Clearance, Group, Homeward, Lesson, Paper, Visa

ABROAD = ("departed", "arrived", "home")
"""States in which the home mission has to do with a person: they have left home."""

CARING = frozenset(map(Role, CARERS.split()))
"""Roles that bring a person home."""

TOLD = frozenset({Role.HOME_MISSION, Role.PROTECTION})
"""Those among them who read why: the coordinator sees that somebody comes home and when, never the reason."""

LEFT = ("refused", "withdrawn", "home")
"""States in which nothing more is asked of a person."""


def _all(scope: str) -> QuerySet[Clearance]:
    found = Clearance.objects.select_related(
        "application__intake__programme__version", "application__person", "application__school", "group"
    )
    return found.filter(application__intake__programme__code=scope)


def roles(person: Person, clearance: Clearance, *, at: dt.datetime) -> frozenset[Role]:
    """Return what a person is to somebody's way: as to their application, the home mission once they have left home."""
    held = applications.roles(person, clearance.application, at=at)
    return held if clearance.state in ABROAD else held - {Role.HOME_MISSION}


def hands(person: Person, clearance: Clearance, *, at: dt.datetime) -> frozenset[Role]:
    """Return the roles a person gives documents with: the owner's, or an officer's who filled in the registration."""
    application = clearance.application
    held = applications.roles(person, application, at=at) & {Role.OWNER}
    if application.assisted_by_id == person.pk:
        scope = application.intake.programme.code
        held |= people.roles(person, scope=scope, at=at) & applications.HELPERS
    return held


def visible(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Clearance]:
    """Return those whose way an office sees: all to the coordinator, a verifier whom they may judge, a school its own
    pupils, the home mission those who have left home. Nobody else sees a list of people."""
    found, held = _all(scope), people.grants(person, scope=scope, at=at)
    names = {Role(one.role) for one in held}
    wanted = Q(pk=None)
    if Role.COORDINATOR in names or (person.is_authenticated and person.is_system):
        wanted |= Q(pk__isnull=False)
    if Role.VERIFIER in names:
        wanted |= Q(application__in=applications.judged(person, scope=scope, at=at).values("pk"))
    if Role.HOME_MISSION in names:
        wanted |= Q(state__in=ABROAD)
    schools = [one.organisation_id for one in held if one.role == Role.SCHOOL and one.organisation_id]
    wanted |= Q(application__school__in=schools)
    mine = Q(application__person_id=person.pk) if person.is_authenticated else Q(pk=None)
    return found.filter(wanted).exclude(mine).distinct()


def get(person: Person, code: str, *, scope: str, at: dt.datetime) -> Clearance:
    """Return the way of one person by its code for an office that sees it, or raise DoesNotExist."""
    return visible(person, scope=scope, at=at).get(code=code)


def own(person: Person, code: str, *, scope: str) -> Clearance:
    """Return the person's own way by the code of their registration, or raise DoesNotExist."""
    return _all(scope).get(application__code=code, application__person_id=person.pk)


def helped(person: Person, code: str, *, scope: str, at: dt.datetime) -> Clearance:
    """Return a way from its person's side: their own, or of somebody for whom an officer fills in; raise DoesNotExist."""
    application: Application = applications.held(person, code, scope=scope, at=at)
    return _all(scope).get(application=application)


def papers(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Paper]:
    """Return the documents that an officer looks at: a verifier of whom they may judge, the home mission of those abroad."""
    found, held = visible(person, scope=scope, at=at), people.roles(person, scope=scope, at=at)
    wanted = Q(pk=None)
    if Role.VERIFIER in held:
        wanted |= Q(application__in=applications.judged(person, scope=scope, at=at).values("pk"))
    if Role.HOME_MISSION in held:
        wanted |= Q(state__in=ABROAD)
    ways = found.filter(wanted)
    rows = Paper.objects.select_related(
        "clearance__application__intake__programme__version",
        "clearance__application__person",
        "clearance__group",
        "file",
    )
    return rows.filter(clearance__in=ways.values("pk"))


def paper(person: Person, ref: str, *, scope: str, at: dt.datetime) -> Paper:
    """Return a document by its reference for an officer who looks at it, or raise DoesNotExist."""
    return papers(person, scope=scope, at=at).get(ref=ref)


def known(person: Person, ref: str, *, scope: str, at: dt.datetime) -> Paper:
    """Return a document by its reference for the coordinator, who reads that it is asked and nothing that was given of
    it, or raise DoesNotExist."""
    if Role.COORDINATOR not in people.roles(person, scope=scope, at=at):
        raise Paper.DoesNotExist
    rows = Paper.objects.select_related(
        "clearance__application__intake__programme__version", "clearance__application__person", "clearance__group"
    )
    return rows.filter(clearance__in=visible(person, scope=scope, at=at).values("pk")).get(ref=ref)


def abroad(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Clearance]:
    """Return those who have left home, for the offices that care for them there and bring them home."""
    found = _all(scope).filter(state__in=ABROAD)
    return found if people.roles(person, scope=scope, at=at) & CARING else found.none()


def homewards(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Homeward]:
    """Return the ways home of a programme for the offices that bring people home; nobody's own is among them."""
    rows = Homeward.objects.select_related(
        "clearance__application__intake__programme__version", "clearance__application__person", "clearance__group"
    ).filter(clearance__application__intake__programme__code=scope)
    held = people.roles(person, scope=scope, at=at) & CARING
    return rows.exclude(clearance__application__person_id=person.pk) if held else rows.none()


def visas(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Visa]:
    """Return the visas that were asked in a programme, for the coordinator and for the office that answers them."""
    rows = Visa.objects.select_related(
        "clearance__application__intake__programme__version", "clearance__application__person", "clearance__group"
    ).filter(clearance__application__intake__programme__code=scope)
    held = people.roles(person, scope=scope, at=at)
    return rows if held & {Role.COORDINATOR, Role(ANSWERS_VISAS)} else rows.none()


def groups(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Group]:
    """Return the groups of a programme: all to the coordinator, to the home mission and protection those announced."""
    rows = Group.objects.select_related("intake__programme__version").filter(intake__programme__code=scope)
    held = people.roles(person, scope=scope, at=at)
    if Role.COORDINATOR in held:
        return rows
    return rows.exclude(state="planned") if held & TOLD else rows.none()


# --- lessons before departure ------------------------------------------------------------------------------------------
TEACHING = frozenset(map(Role, TEACHERS.split()))
"""Roles that hold lessons."""


def teaching(person: Person, *, scope: str, school: Organisation | None, at: dt.datetime) -> frozenset[Role]:
    """Return the roles in which a person may plan a lesson for the people of a school, or with None for everybody: a
    school's people only for their own."""
    held = people.roles(person, scope=scope, at=at) & TEACHING
    own = people.organisations(person, Role.SCHOOL, scope=scope, at=at)
    return held if school in own else held - {Role.SCHOOL}


def lessons(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Lesson]:
    """Return the lessons whose names a person may read and of which they say who came: all to the coordinator, a school
    those of its own pupils, everybody else those they planned.

    :raises Refusal: `role.missing`
    """
    held = people.require(person, *sorted(TEACHING), scope=scope, at=at)
    found = Lesson.objects.select_related("intake__programme__version", "school", "by")
    found = found.filter(intake__programme__code=scope).order_by("starts_at", "pk")
    if Role.COORDINATOR in held:
        return found
    wanted = Q(school__in=people.organisations(person, Role.SCHOOL, scope=scope, at=at))
    if held - {Role.SCHOOL}:
        wanted |= Q(by=person)
    return found.filter(wanted)


def lesson(person: Person, ref: str, *, scope: str, at: dt.datetime) -> Lesson:
    """Return one lesson by its reference, or raise DoesNotExist where it is another office's.

    :raises Refusal: `role.missing`
    """
    return lessons(person, scope=scope, at=at).get(ref=ref)


# --- money that was asked ----------------------------------------------------------------------------------------------
def charges(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Charge]:
    """Return the reports that money was asked, to protection officers alone, those that wait first.

    :raises Refusal: `role.missing`
    """
    people.require(person, Role.PROTECTION, scope=scope, at=at)
    return _charges(scope).order_by("-state", "answer_by", "pk")


def charge(person: Person, code: str, *, scope: str, at: dt.datetime) -> Charge:
    """Return one report for a protection officer, or raise DoesNotExist.

    :raises Refusal: `role.missing`
    """
    return charges(person, scope=scope, at=at).get(code=code)


def own_charge(person: Person, application: str, code: str, *, scope: str) -> Charge:
    """Return a report to who made it: never to an officer who fills in for them, who may be the one that asked."""
    return _charges(scope).get(
        code=code, clearance__application__code=application, clearance__application__person_id=person.pk
    )


def _charges(scope: str) -> QuerySet[Charge]:
    found = Charge.objects.select_related("clearance__application__intake__programme__version")
    found = found.select_related("clearance__application__person")
    return found.filter(clearance__application__intake__programme__code=scope)


SPENDERS = (Role.COORDINATOR, Role.MINISTRY, Role.EMPLOYER)
"""Roles that record what was paid."""
