"""Whom something that happened to an agreement, a side, an answer or a duty concerns: who acts for these offices, no other."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import NamedTuple

from rantau.agreements.access import POWERS
from rantau.agreements.models import Agreement, Answer, Duty, Mandate, Side
from rantau.engine.flow import Role
from rantau.people.models import Person
from rantau.people.queries import holders
from rantau.programmes.models import Programme
from rantau.programmes.queries import day, terms

READING = ("draft", "accept")
"""Powers of those who answer a version on the table."""


class Concerned(NamedTuple):
    """Who is concerned, each once; the programme; the code of the record; the instant by which something is owed."""

    people: tuple[Person, ...]
    programme: Programme
    code: str = ""
    by: dt.datetime | None = None


def agreement(ref: str, *, powers: Collection[str] = POWERS, at: dt.datetime) -> Concerned:
    """Return who acts, by one of these powers, for the sides of an agreement; `by` is when their answer is due, or it ends."""
    found = Agreement.objects.select_related("programme__version").get(ref=ref)
    sides = found.sides.order_by("position")
    own = acting(found.programme, [one.office for one in sides], powers, at=at)
    by = max((one.reply_by for one in sides if one.reply_by), default=None)
    return Concerned(each(own), found.programme, found.code, by if found.state == "tabled" else found.ends_at)


def side(ref: str, *, at: dt.datetime) -> Concerned:
    """Return who reads for a side that is silent, and who writes for the office that drafted the agreement.

    Where several are reminded at once, the drafters are told with the first of them alone.
    """
    found = Side.objects.select_related("agreement__programme__version").get(ref=ref)
    programme = found.agreement.programme
    own = acting(programme, [found.office], READING, at=at)
    together = found.agreement.sides.filter(reminded_at=found.reminded_at).order_by("position", "pk")
    if together.first() == found:
        own += acting(programme, [found.agreement.drafted_by], ("draft",), at=at)
    return Concerned(each(own), programme, found.agreement.code, found.reply_by)


def one_side(ref: str, *, powers: Collection[str] = POWERS, at: dt.datetime) -> Concerned:
    """Return who acts, by one of these powers, for one side alone."""
    found = Side.objects.select_related("agreement__programme__version").get(ref=ref)
    programme = found.agreement.programme
    return Concerned(
        each(acting(programme, [found.office], powers, at=at)), programme, found.agreement.code, found.reply_by
    )


def unanswered(ref: str, *, at: dt.datetime) -> Concerned:
    """Return who answers for a side that has not answered the version on the table; nobody once it has."""
    found = one_side(ref, powers=READING, at=at)
    reading = Side.objects.filter(ref=ref, state="reading", agreement__state="tabled", reply_by__gte=at).exists()
    return found if reading else found._replace(people=())


def withdrawn(ref: str, *, at: dt.datetime) -> Concerned:
    """Return whom the end of an agreement's draft concerns: all sides where it was tabled, else only who drafted it."""
    found = agreement(ref, at=at)
    made = Agreement.objects.select_related("programme__version").get(ref=ref)
    if made.tabled_at:
        return found
    return found._replace(people=each(acting(made.programme, [made.drafted_by], POWERS, at=at)))


def answered(ref: str, *, at: dt.datetime) -> Concerned:
    """Return whom a decision on an answer concerns: who proposed it, and who answers for the office it speaks for."""
    found = Answer.objects.select_related("programme__version", "person").get(ref=ref)
    office = acting(found.programme, [found.office], ("answer",), at=at)
    return Concerned(each([found.person, *office]), found.programme)


def mandate(ref: str) -> Concerned:
    """Return whose mandate it is."""
    found = Mandate.objects.select_related("programme__version", "person").get(ref=ref)
    return Concerned(each([found.person]), found.programme)


def answer(ref: str, *, at: dt.datetime) -> Concerned:
    """Return who may decide on a proposed answer: not who proposed it."""
    found = Answer.objects.select_related("programme__version").get(ref=ref)
    deciding = holding(Role.COORDINATOR, found.programme, at=at) + holding(Role.MINISTRY, found.programme, at=at)
    return Concerned(each(one for one in deciding if one.pk != found.person_id), found.programme)


def duty(ref: str, *, escalated: bool = False, at: dt.datetime) -> Concerned:
    """Return who shows the duties of its office done; escalated, the coordinators and the agreement's other sides too."""
    found = Duty.objects.select_related("programme__version", "agreement").get(ref=ref)
    own = acting(found.programme, [found.office], ("answer",), at=at)
    if escalated:
        own += holding(Role.COORDINATOR, found.programme, at=at)
        sides = found.agreement.sides.order_by("position").values_list("office", flat=True) if found.agreement else ()
        own += acting(found.programme, list(sides), ("answer",), at=at)
    return Concerned(each(own), found.programme, found.code, found.due_at)


def acting(programme: Programme, offices: list[str], powers: Collection[str], *, at: dt.datetime) -> list[Person]:
    """Return who acts for offices on a day, by a mandate that nobody has ended since; joint names act by their members."""
    members = {one.code: one.members for one in terms(programme.version).offices}
    wanted = {*offices, *(member for office in offices for member in members.get(office, ()))}
    found = Mandate.objects.filter(programme=programme, state="in_force", office__in=wanted).select_related("person")
    return [one.person for one in found.order_by("pk") if one.holds(day(at)) and set(powers) & set(one.powers)]


def holding(role: Role, programme: Programme, *, at: dt.datetime) -> list[Person]:
    """Return who holds a role on a programme at an instant."""
    grants = holders(role.value, scope=programme.code)
    return [one.person for one in grants if one.holds(scope=programme.code, at=at)]


def each(found: Iterable[Person]) -> tuple[Person, ...]:
    """Return each person once, in order, whoever is still there."""
    return tuple({one.pk: one for one in found if one.is_active}.values())
