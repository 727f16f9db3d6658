"""Who reads which meeting, enters which demand, sees which declaration: by mandate or role, and nothing else."""

import datetime as dt

from django.db.models import QuerySet

from rantau.agreements import access as agreements
from rantau.agreements.models import Mandate
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import access as people
from rantau.people.models import Person
from rantau.programmes.models import Programme
from rantau.programmes.queries import terms

from .models import Declaration, Demand, Meeting, Sheet

READERS = frozenset({Role.COORDINATOR, Role.AUDITOR})
"""Who reads the minutes of every meeting; everybody else those to which an office of theirs was invited."""

DECLARERS = frozenset(Role) - {Role.OWNER, Role.SYSTEM}
"""Roles whose holders are asked for their interests once a year; who holds a mandate is asked too."""


# --- meetings --------------------------------------------------------------------------------------------------------
def meetings(person: Person, programme: Programme, *, at: dt.datetime) -> QuerySet[Meeting]:
    """Return the meetings that a person may read, latest first: all to coordinators and auditors, else those to which an
    office was invited for which they act.

    :raises Refusal: `role.missing` for who neither acts for an office nor reads here
    """
    found = Meeting.objects.filter(programme=programme).select_related("programme__version")
    found = found.order_by("-held_at", "-pk")
    if people.roles(person, scope=programme.code, at=at) & READERS:
        return found
    own = {mandate.office for mandate in agreements.mandates(person, programme, at=at)}
    if not own:
        raise Refusal("role.missing", roles=sorted(role.value for role in READERS))
    invited = [pk for pk, offices in found.values_list("pk", "offices") if own & set(offices)]
    return found.filter(pk__in=invited)


def meeting(person: Person, programme: Programme, code: str, *, at: dt.datetime) -> Meeting:
    """Return one meeting, or raise DoesNotExist where the person may not read it.

    :raises Refusal: `role.missing`
    """
    return meetings(person, programme, at=at).get(code=code)


def callers(person: Person, programme: Programme, *, at: dt.datetime) -> list[str]:
    """Return the offices for which a person may call meetings; the empty code is the coordinator."""
    own = [mandate.office for mandate in agreements.mandates(person, programme, at=at)]
    coordinates = Role.COORDINATOR in people.roles(person, scope=programme.code, at=at)
    return ([""] if coordinates else []) + list(dict.fromkeys(own))


def takers(person: Person, meeting: Meeting, *, at: dt.datetime) -> list[str]:
    """Return the offices for which a person may take part in what becomes of a meeting; the empty code is the coordinator."""
    return [office for office in callers(person, meeting.programme, at=at) if office in ("", *meeting.offices)]


def acting(meeting: Meeting, office: str) -> frozenset[Role]:
    """Return the role in which an office takes a step of a meeting."""
    return agreements.role(terms(meeting.programme.version), office) if office else frozenset({Role.COORDINATOR})


# --- demand ----------------------------------------------------------------------------------------------------------
def ministry(person: Person, programme: Programme, *, at: dt.datetime) -> Mandate:
    """Return the mandate by which a person answers for a partner ministry.

    :raises Refusal: `role.missing`
    """
    for mandate in agreements.mandates(person, programme, at=at):
        if "answer" in mandate.powers and agreements.role(terms(programme.version), mandate.office) == {Role.PARTNER}:
            return mandate
    raise Refusal("role.missing", roles=[Role.PARTNER.value])


def demand(person: Person, programme: Programme, *, at: dt.datetime) -> QuerySet[Demand]:
    """Return every version of what the person's own ministry asks for, newest first.

    :raises Refusal: `role.missing`
    """
    office = ministry(person, programme, at=at).office
    found = Demand.objects.filter(programme=programme, office=office).select_related("programme__version")
    return found.order_by("-begun_at", "-pk")


def sheets(person: Person, programme: Programme, *, at: dt.datetime) -> QuerySet[Sheet]:
    """Return the sheets of the person's ministry that wait to be confirmed.

    :raises Refusal: `role.missing`
    """
    office = ministry(person, programme, at=at).office
    found = Sheet.objects.filter(programme=programme, office=office).exclude(data=None)
    return found.select_related("programme__version").order_by("-at", "-pk")


# --- declarations of interest ----------------------------------------------------------------------------------------
def declarer(person: Person, programme: Programme, *, at: dt.datetime) -> tuple[frozenset[Role], frozenset[str]]:
    """Return the roles and the offices by which a person is asked for their interests.

    :raises Refusal: `role.missing` for who has neither
    """
    held = people.roles(person, scope=programme.code, at=at) & DECLARERS
    offices = {mandate.office for mandate in agreements.mandates(person, programme, at=at)}
    if not held and not offices:
        raise Refusal("role.missing", roles=sorted(role.value for role in DECLARERS))
    return held, frozenset(offices)


def declarations(person: Person, programme: Programme, *, at: dt.datetime) -> QuerySet[Declaration]:
    """Return every declaration of a programme to its inspector and its auditors, newest first.

    :raises Refusal: `role.missing`
    """
    people.require(person, Role.INSPECTOR, Role.AUDITOR, scope=programme.code, at=at)
    found = Declaration.objects.filter(programme=programme).select_related("person", "school", "programme")
    return found.order_by("-declared_at", "-pk")


def declaration(person: Person, programme: Programme, ref: str, *, at: dt.datetime) -> Declaration:
    """Return one declaration to the inspector, who alone may open its note; or raise DoesNotExist.

    :raises Refusal: `role.missing`
    """
    people.require(person, Role.INSPECTOR, scope=programme.code, at=at)
    return declarations(person, programme, at=at).get(ref=ref)
