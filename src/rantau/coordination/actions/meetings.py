"""Meetings: called, moved, held, minuted, and approved by an office that did not write the minutes; duties follow."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from rantau.agreements import access as agreements
from rantau.agreements.actions.duties import owe
from rantau.agreements.models import Mandate
from rantau.coordination import access
from rantau.coordination.models import Attendance, Decision, Meeting
from rantau.engine import codes
from rantau.engine.canonical import digest
from rantau.engine.chance import Chance
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import lock
from rantau.ledger.steps import take
from rantau.people.models import Person
from rantau.programmes.models import Programme
from rantau.programmes.queries import day, terms

LANGUAGES = ("id", "en", "ru")
LONGEST = 12 * 60
"""Minutes that a meeting may last."""


@dataclass(frozen=True)
class Decided:
    """One decision as it is written down: words by language, and with an owner the day and the evidence wanted."""

    text: Mapping[str, str]
    office: str = ""
    due_on: dt.date | None = None
    wanted: str = ""


@transaction.atomic
def plan(
    *,
    programme: Programme,
    title: str,
    held_at: dt.datetime,
    place: str,
    offices: Sequence[str],
    person: Person,
    at: dt.datetime,
    chance: Chance,
    office: str = "",
    agenda: str = "",
    lasts: int = 60,
) -> Meeting:
    """Call a meeting of offices, for an office or as the coordinator; who calls it is invited to it.

    :raises Refusal: `meeting.office` for one that the person does not act for, `meeting.invited` without two offices that
        can act here, `meeting.past`, `meeting.lasts`, `meeting.title`
    """
    lock(programme.chain)
    if office not in access.callers(person, programme, at=at):
        raise Refusal("meeting.office", office=office)
    invited = [one for one in dict.fromkeys((office, *offices)) if one]
    if len(invited) < (2 if office else 1) or any(not agreements.role(terms(programme.version), o) for o in invited):
        raise Refusal("meeting.invited")
    if not title.strip() or not place.strip():
        raise Refusal("meeting.title")
    _in_time(held_at, lasts, at=at)
    meeting = Meeting.objects.create(
        ref=codes.reference(chance),
        code=codes.draw("K", chance),
        programme=programme,
        title=title.strip(),
        held_at=held_at,
        lasts=lasts,
        place=place.strip(),
        offices=invited,
        agenda=agenda.strip(),
        called_by=office,
        changed_at=at,
    )
    _take(meeting, "plan", office, person=person, at=at, code=meeting.code, offices=invited, held=str(day(held_at)))
    return meeting


def _in_time(held_at: dt.datetime, lasts: int, *, at: dt.datetime) -> None:
    if held_at <= at:
        raise Refusal("meeting.past")
    if not 1 <= lasts <= LONGEST:
        raise Refusal("meeting.lasts", longest=LONGEST)


def _take(meeting: Meeting, step: str, office: str, *, person: Person, at: dt.datetime, **facts: object) -> None:
    take(meeting, step, actor=person.ref, roles=access.acting(meeting, office), at=at, office=office, **facts)


def _for(meeting: Meeting, person: Person, *, at: dt.datetime, barred: str | None = None) -> str:
    """Return the office for which a person takes a step of a meeting, never the barred one; empty for the coordinator.

    :raises Refusal: `meeting.office`
    """
    able = [office for office in access.takers(person, meeting, at=at) if office != barred]
    if not able:
        raise Refusal("meeting.office", office="")
    return able[0]


@transaction.atomic
def move(*, meeting: Meeting, held_at: dt.datetime, place: str, lasts: int, person: Person, at: dt.datetime) -> Meeting:
    """Move a planned meeting to another time or place; the file for calendars says that it was moved.

    :raises Refusal: `meeting.office`, `meeting.past`, `meeting.lasts`, `meeting.title`, `step.*`
    """
    lock(meeting.chain)
    _in_time(held_at, lasts, at=at)
    if not place.strip():
        raise Refusal("meeting.title")
    _take(meeting, "move", _for(meeting, person, at=at), person=person, at=at, held=str(day(held_at)))
    meeting.held_at, meeting.place, meeting.lasts = held_at, place.strip(), lasts
    return _changed(meeting, at)


@transaction.atomic
def cancel(*, meeting: Meeting, person: Person, at: dt.datetime) -> Meeting:
    """Cancel a planned meeting.

    :raises Refusal: `meeting.office`, `step.*`
    """
    lock(meeting.chain)
    _take(meeting, "cancel", _for(meeting, person, at=at), person=person, at=at)
    return _changed(meeting, at)


def _changed(meeting: Meeting, at: dt.datetime) -> Meeting:
    meeting.changed_at, meeting.moves = at, meeting.moves + 1
    meeting.save(update_fields=["held_at", "place", "lasts", "changed_at", "moves"])
    return meeting


@transaction.atomic
def hold(*, meeting: Meeting, offices: Sequence[str], person: Person, at: dt.datetime) -> Meeting:
    """Record that a meeting was held and which of the invited offices were there, each with its mandate where it has one.

    :raises Refusal: `meeting.office`, `meeting.nobody`, `meeting.invited` for an office that was not, `step.early`, `step.*`
    """
    lock(meeting.chain)
    came = [office for office in meeting.offices if office in offices]
    if not came:
        raise Refusal("meeting.nobody")
    if set(offices) - set(meeting.offices):
        raise Refusal("meeting.invited")
    _take(meeting, "hold", _for(meeting, person, at=at), person=person, at=at, offices=came)
    held = Mandate.objects.filter(programme=meeting.programme, office__in=came, state="in_force").order_by("pk")
    by_office: dict[str, Mandate] = {}
    for one in held:
        if one.holds(day(meeting.held_at)):
            by_office.setdefault(one.office, one)
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, office=office, mandate=by_office.get(office)) for office in came
    )
    return meeting


@transaction.atomic
def draft(
    *, meeting: Meeting, minutes: str, decisions: Sequence[Decided], language: str, person: Person, at: dt.datetime
) -> Meeting:
    """Keep minutes that are still being written; nobody is bound by them and no entry is made.

    :raises Refusal: `meeting.office`, `meeting.not_held`, `meeting.language`, `meeting.owner`
    """
    lock(meeting.chain)
    _for(meeting, person, at=at)
    meeting.refresh_from_db()
    if meeting.state != "held":
        raise Refusal("meeting.not_held")
    if language not in LANGUAGES:
        raise Refusal("meeting.language")
    known = {one.code for one in terms(meeting.programme.version).offices}
    for one in decisions:
        if one.office and one.office not in known:
            raise Refusal("meeting.owner", office=one.office)
    meeting.minutes, meeting.language = minutes.strip(), language
    meeting.save(update_fields=["minutes", "language"])
    meeting.decisions.all().delete()
    Decision.objects.bulk_create(
        Decision(
            meeting=meeting,
            number=number,
            text={name: words.strip() for name, words in one.text.items() if words.strip()},
            office=one.office,
            due_on=one.due_on,
            wanted=one.wanted.strip(),
        )
        for number, one in enumerate(decisions, 1)
    )
    return meeting


@transaction.atomic
def minute(
    *,
    meeting: Meeting,
    minutes: str,
    decisions: Sequence[Decided],
    person: Person,
    at: dt.datetime,
    language: str = "id",
) -> Meeting:
    """Hand the minutes in for approval by another office; a decision with an owner has a day and the evidence wanted.

    :raises Refusal: `meeting.empty`, `decision.words`, `decision.day`, `decision.evidence`, `meeting.office`, `step.*`, as
        `draft`
    """
    lock(meeting.chain)
    if not minutes.strip():
        raise Refusal("meeting.empty")
    for number, one in enumerate(decisions, 1):
        _complete(one, number, language, since=day(meeting.held_at))
    draft(meeting=meeting, minutes=minutes, decisions=decisions, language=language, person=person, at=at)
    office = _for(meeting, person, at=at)
    facts = {"decisions": len(decisions), "digest": _digest(meeting)}
    _take(meeting, "minute", office, person=person, at=at, **facts)
    meeting.minuted_by = office
    meeting.save(update_fields=["minuted_by"])
    return meeting


def _complete(one: Decided, number: int, language: str, *, since: dt.date) -> None:
    if not one.text.get(language, "").strip():
        raise Refusal("decision.words", number=number)
    if one.office and (one.due_on is None or one.due_on < since):
        raise Refusal("decision.day", number=number, since=since)
    if one.office and not one.wanted.strip():
        raise Refusal("decision.evidence", number=number)


def _digest(meeting: Meeting) -> str:
    """Return the digest that binds minutes and decisions: what is approved is what was handed in."""
    rows = meeting.decisions.order_by("number")
    decisions = [[d.number, d.text, d.office, str(d.due_on or ""), d.wanted] for d in rows]
    return digest({"meeting": meeting.ref, "minutes": meeting.minutes, "decisions": decisions})


@transaction.atomic
def reopen(*, meeting: Meeting, person: Person, at: dt.datetime) -> Meeting:
    """Open minutes again that were handed in and are not right yet.

    :raises Refusal: `meeting.office`, `step.*`
    """
    lock(meeting.chain)
    _take(meeting, "reopen", _for(meeting, person, at=at), person=person, at=at)
    return meeting


@transaction.atomic
def approve(*, meeting: Meeting, person: Person, at: dt.datetime, chance: Chance) -> Meeting:
    """Approve minutes for another office than the one that wrote them; each decision with an owner becomes a duty.

    A day that passed between the meeting and the approval counts from the approval.

    :raises Refusal: `meeting.same_office`, `step.same_person`, `step.*`
    """
    lock(meeting.chain)
    meeting.refresh_from_db()
    able = access.takers(person, meeting, at=at)
    if meeting.state == "minuted" and able and set(able) <= {meeting.minuted_by}:
        raise Refusal("meeting.same_office")
    office = _for(meeting, person, at=at, barred=meeting.minuted_by if meeting.state == "minuted" else None)
    owned = [one for one in meeting.decisions.order_by("number") if one.office]
    facts = {"digest": _digest(meeting), "duties": len(owned)}
    _take(meeting, "approve", office, person=person, at=at, **facts)
    meeting.approved_by, meeting.approved_at = office, at
    meeting.save(update_fields=["approved_by", "approved_at"])
    for one in owned:
        assert one.due_on is not None
        own = one.text[meeting.language]
        one.duty = owe(
            programme=meeting.programme,
            office=one.office,
            what={name: one.text.get(name, own) for name in LANGUAGES},
            wanted=dict.fromkeys(LANGUAGES, one.wanted),
            due_on=max(one.due_on, day(at)),
            origin=one.code,
            person=person,
            roles=access.acting(meeting, office),
            at=at,
            chance=chance,
        )
        one.save(update_fields=["duty"])
    return meeting
