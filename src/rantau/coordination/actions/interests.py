"""Declarations of interest: made once a year by everybody with a role, sealed where they are personal, never taken back."""

import datetime as dt

from django.db import transaction

from rantau.coordination import access, queries
from rantau.coordination.models import Declaration
from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import append, lock
from rantau.people import vault
from rantau.people.models import Organisation, Person
from rantau.programmes.models import Programme
from rantau.programmes.queries import day

LONGEST = 1000


@transaction.atomic
def declare(
    *,
    programme: Programme,
    kind: str,
    person: Person,
    at: dt.datetime,
    chance: Chance,
    school: Organisation | None = None,
    organisation: str = "",
    note: str = "",
) -> Declaration:
    """Declare an interest, or that there is none, for a year; the ledger says only that it was done and its kind.

    It replaces the same one of before, and whatever was declared for a year that is over.

    :raises Refusal: `role.missing`, `interest.kind`, `interest.school` without the school where ties to one are declared,
        `interest.organisation`, `interest.long`, `interest.stands` for none while something declared this year stands
    """
    roles, offices = access.declarer(person, programme, at=at)
    lock(programme.chain)
    _fits(kind, school, organisation, note)
    earlier = [one for one in queries.interests.own(person, programme) if one.superseded_by_id is None]
    running = queries.interests.in_force(earlier, at=at)
    if kind == "none" and any(one.kind != "none" for one in running):
        raise Refusal("interest.stands")
    today = day(at)
    made = Declaration.objects.create(
        ref=codes.reference(chance),
        programme=programme,
        person=person,
        roles=sorted(role.value for role in roles),
        offices=sorted(offices),
        kind=kind,
        school=school,
        organisation=organisation.strip(),
        note=vault.seal_text(person, "interest", note.strip(), chance=chance),
        from_on=today,
        until_on=_a_year_after(today),
        declared_at=at,
    )
    replaced = [one.pk for one in earlier if one not in running or one.kind == "none" or _same(one, made)]
    Declaration.objects.filter(pk__in=replaced).update(superseded_by=made)
    subject = f"declaration:{made.ref}"
    append(chain=programme.chain, actor=person.ref, subject=subject, action="declare", at=at, facts={"kind": kind})
    return made


def _fits(kind: str, school: Organisation | None, organisation: str, note: str) -> None:
    if kind not in queries.interests.KINDS:
        raise Refusal("interest.kind", allowed=list(queries.interests.KINDS))
    if kind == "school" and school is None:
        raise Refusal("interest.school")
    if kind in ("employer", "other", "gift") and not organisation.strip() and not note.strip():
        raise Refusal("interest.organisation")
    if len(note) > LONGEST or len(organisation) > 160:
        raise Refusal("interest.long", longest=LONGEST)


def _same(one: Declaration, made: Declaration) -> bool:
    mine = (made.kind, made.school_id, made.organisation)
    return (one.kind, one.school_id, one.organisation) == mine


def _a_year_after(on: dt.date) -> dt.date:
    """Return the last day of the year that begins on a day."""
    try:
        return on.replace(year=on.year + 1) - dt.timedelta(days=1)
    except ValueError:  # 29 February
        return dt.date(on.year + 1, 2, 28)
