"""Reading declarations of interest: whom a declaration bars from what, who has declared what, and who has not."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from rantau.agreements.models import Mandate
from rantau.coordination import access
from rantau.coordination.models import Declaration
from rantau.people import vault
from rantau.people.models import Grant, Person
from rantau.programmes.models import Programme
from rantau.programmes.queries import day

KINDS = ("none", "relative", "school", "employer", "gift", "other")
"""What can be declared: nothing, a relative who takes part, ties to a school, to an employer, a gift, anything else."""


def _standing(at: dt.datetime) -> Q:
    """Return which declarations count: those of the running year, and an older one until its person declares anew."""
    today = day(at)
    return Q(from_on__lte=today) & (Q(until_on__gte=today) | Q(superseded_by=None))


def barred_schools(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Any]:
    """Return the keys of the schools whose people an officer never judges, because they declared ties to them.

    What was declared counts for its whole year, whatever is declared after it, and longer until it is declared anew:
    nobody lifts a bar by a word or by silence.
    """
    found = Declaration.objects.filter(_standing(at), person=person, programme__code=scope)
    return found.exclude(school=None).values("school")


def nominator_declared(person: Person, *, scope: str, at: dt.datetime) -> bool:
    """Return whether who nominated for a school declared that a relative takes part."""
    found = Declaration.objects.filter(_standing(at), person=person, programme__code=scope, kind="relative")
    return found.exists()


def own(person: Person, programme: Programme) -> list[Declaration]:
    """Return a person's own declarations on a programme, newest first; the notes stay sealed."""
    found = Declaration.objects.filter(person=person, programme=programme).select_related("school")
    return list(found.order_by("-declared_at", "-pk"))


def in_force(declarations: list[Declaration], *, at: dt.datetime) -> list[Declaration]:
    """Return those of a person's declarations whose year is running and that none has replaced."""
    return [one for one in declarations if one.superseded_by_id is None and one.until_on >= day(at)]


def asked(person: Person, programme: Programme, *, at: dt.datetime) -> bool:
    """Return whether a person takes part in a programme and has not declared their interests for the year yet."""
    if not person.is_authenticated or not _takes_part(person, programme, at=at):
        return False
    return not in_force(own(person, programme), at=at)


def _takes_part(person: Person, programme: Programme, *, at: dt.datetime) -> bool:
    held = (g for g in person.grants.all() if g.holds(scope=programme.code, at=at) and g.role in access.DECLARERS)
    mandates = Mandate.objects.filter(programme=programme, person=person, state="in_force")
    return any(held) or any(mandate.holds(day(at)) for mandate in mandates)


@dataclass(frozen=True)
class Asked:
    """One person who is asked for their interests: by which roles and offices, and what they declared for this year."""

    person: Person
    roles: tuple[str, ...]
    offices: tuple[str, ...]
    declarations: tuple[Declaration, ...]


def everybody(person: Person, programme: Programme, *, at: dt.datetime) -> list[Asked]:
    """Return everybody with a role or a mandate, who has not declared first, then who declared something.

    :raises Refusal: `role.missing` for all but the inspector and the auditors
    """
    declared: dict[int, list[Declaration]] = {}
    for one in access.declarations(person, programme, at=at):
        declared.setdefault(one.person_id, []).append(one)
    people, roles, offices = _asked(programme, at=at)
    found = [
        Asked(
            person=who,
            roles=tuple(sorted(roles.get(pk, ()))),
            offices=tuple(sorted(offices.get(pk, ()))),
            declarations=tuple(in_force(declared.get(pk, []), at=at)),
        )
        for pk, who in people.items()
    ]
    return sorted(found, key=lambda one: (bool(one.declarations), _nothing(one), one.person.name, one.person.pk))


def _nothing(one: Asked) -> bool:
    return all(declaration.kind == "none" for declaration in one.declarations)


def _asked(
    programme: Programme, *, at: dt.datetime
) -> tuple[dict[int, Person], dict[int, set[str]], dict[int, set[str]]]:
    people: dict[int, Person] = {}
    roles: dict[int, set[str]] = {}
    offices: dict[int, set[str]] = {}
    grants = Grant.objects.filter(scope__in=("*", programme.code), role__in=access.DECLARERS, person__is_system=False)
    for grant in grants.select_related("person").order_by("pk"):
        if grant.holds(scope=programme.code, at=at):
            people[grant.person_id] = grant.person
            roles.setdefault(grant.person_id, set()).add(grant.role)
    for mandate in Mandate.objects.filter(programme=programme, state="in_force").select_related("person"):
        if mandate.holds(day(at)):
            people[mandate.person_id] = mandate.person
            offices.setdefault(mandate.person_id, set()).add(mandate.office)
    return people, roles, offices


def note(declaration: Declaration) -> str:
    """Return the note of a declaration that `access.declaration` gave: to the inspector alone."""
    return vault.unseal_text(declaration.person, "interest", declaration.note)
