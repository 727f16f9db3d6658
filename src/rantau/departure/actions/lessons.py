"""Lessons before departure: planned, moved, cancelled, held with who was there, and what each person reached."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from rantau.departure import access, queries
from rantau.departure.models import Lesson, Presence, Result
from rantau.departure.queries import lessons as reading
from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import append, lock
from rantau.ledger.steps import take
from rantau.people.models import Organisation, Person
from rantau.programmes.models import Intake

LONGEST = 8 * 60
"""Minutes that a lesson may last."""
MARKS = ("present", "late", "absent", "excused")
RESULTS = ("passed", "again")


class Mark(NamedTuple):
    """Whether somebody was there, and how many minutes late."""

    mark: str = "present"
    late: int = 0


@transaction.atomic
def plan(
    *,
    intake: Intake,
    topic: str,
    starts_at: dt.datetime,
    minutes: int,
    place: str,
    person: Person,
    at: dt.datetime,
    chance: Chance,
    school: Organisation | None = None,
) -> Lesson:
    """Plan a lesson for everybody on their way, or for the people of one school.

    :raises Refusal: `lesson.topic`, `lesson.past`, `lesson.minutes`, `lesson.place`, `lesson.nobody` where nobody would be
        called, `lesson.overlap`, `role.missing`
    """
    lock(intake.chain)
    roles = access.teaching(person, scope=intake.programme.code, school=school, at=at)
    if not roles:
        raise Refusal("role.missing", roles=sorted(role.value for role in access.TEACHING))
    if topic not in {one.code for one in queries.rules_of(intake.programme).preparation}:
        raise Refusal("lesson.topic", topic=topic)
    lesson = Lesson(
        ref=codes.reference(chance),
        intake=intake,
        topic=topic,
        starts_at=starts_at,
        minutes=minutes,
        place=place.strip(),
        school=school,
        by=person,
        changed_at=at,
    )
    _possible(lesson, at)
    called = len(reading.called(lesson))
    if not called:
        raise Refusal("lesson.nobody")
    lesson.save()
    take(lesson, "plan", actor=person.ref, roles=roles, at=at, topic=topic, called=called)
    return lesson


def _possible(lesson: Lesson, at: dt.datetime) -> None:
    if lesson.starts_at <= at:
        raise Refusal("lesson.past")
    if not 1 <= lesson.minutes <= LONGEST:
        raise Refusal("lesson.minutes", longest=LONGEST)
    if not lesson.place:
        raise Refusal("lesson.place")
    others = Lesson.objects.filter(intake=lesson.intake, state__in=("planned", "held"), starts_at__lt=lesson.ends_at)
    if lesson.school:
        others = others.filter(Q(school=None) | Q(school=lesson.school))
    for other in others.exclude(pk=lesson.pk).order_by("-starts_at", "pk"):
        if other.ends_at > lesson.starts_at:
            raise Refusal("lesson.overlap", topic=other.topic, starts=other.starts_at)


@transaction.atomic
def move(
    *, lesson: Lesson, starts_at: dt.datetime, minutes: int, place: str, person: Person, at: dt.datetime
) -> Lesson:
    """Move a planned lesson to another time or place; everybody called is told.

    :raises Refusal: `lesson.past`, `lesson.minutes`, `lesson.place`, `lesson.overlap`, `step.*`
    """
    lock(lesson.chain)
    lesson.starts_at, lesson.minutes, lesson.place = starts_at, minutes, place.strip()
    _possible(lesson, at)
    _take(lesson, "move", person, at, called=len(reading.called(lesson)))
    return _changed(lesson, at)


@transaction.atomic
def cancel(*, lesson: Lesson, person: Person, at: dt.datetime) -> Lesson:
    """Cancel a planned lesson; everybody called is told.

    :raises Refusal: `step.*`
    """
    lock(lesson.chain)
    _take(lesson, "cancel", person, at)
    return _changed(lesson, at)


@transaction.atomic
def hold(*, lesson: Lesson, marks: Mapping[str, Mark], person: Person, at: dt.datetime) -> Lesson:
    """Record that a lesson was held and who of those called was there, by the codes of their ways; unnamed ones were.

    :raises Refusal: `lesson.called` for somebody who was not, `lesson.mark`, `lesson.late` for minutes the lesson does not
        have, `step.early` before it began, `step.*`
    """
    lock(lesson.chain)
    called = {one.code: one for one in reading.called(lesson)}
    given = _given(lesson, dict.fromkeys(called, Mark()), marks)
    _take(lesson, "hold", person, at, **_counts(given.values()))
    Presence.objects.bulk_create(
        Presence(lesson=lesson, clearance=called[code], mark=one.mark, minutes=_minutes(lesson, one))
        for code, one in given.items()
    )
    return lesson


@transaction.atomic
def correct(*, lesson: Lesson, marks: Mapping[str, Mark], person: Person, at: dt.datetime) -> Lesson:
    """Correct who was there at a lesson that was held; only those who were called then.

    :raises Refusal: as `hold`
    """
    lock(lesson.chain)
    before = {one.clearance.code: one for one in reading.presences(lesson)}
    given = _given(lesson, {code: Mark(*reading.mark(one)) for code, one in before.items()}, marks)
    changed = [code for code, one in given.items() if one != reading.mark(before[code])]
    _take(lesson, "correct", person, at, changed=len(changed), **_counts(given.values()))
    for code in changed:
        before[code].mark, before[code].minutes = given[code].mark, _minutes(lesson, given[code])
    Presence.objects.bulk_update([before[code] for code in changed], ["mark", "minutes"])
    return lesson


@transaction.atomic
def record(*, lesson: Lesson, results: Mapping[str, str], person: Person, at: dt.datetime) -> int:
    """Record what people reached in the topic of a lesson that was held, and return how many are new; the newest counts.

    :raises Refusal: `lesson.called` for somebody who was not there to be taught, `lesson.result`, `lesson.not_held`,
        `step.role`
    """
    lock(lesson.chain)
    lesson.refresh_from_db()
    lesson.flow.check("correct", state="held", roles=_roles(lesson, person, at), at=at, instants={})
    if lesson.state != "held":
        raise Refusal("lesson.not_held")
    called = {one.clearance.code: one.clearance for one in reading.presences(lesson)}
    stands = reading.results(lesson)
    new = {code: result for code, result in results.items() if result and stands.get(code) != result}
    if set(new) - set(called):
        raise Refusal("lesson.called")
    if set(new.values()) - set(RESULTS):
        raise Refusal("lesson.result")
    if not new:
        return 0
    Result.objects.bulk_create(
        Result(clearance=called[code], topic=lesson.topic, result=result, at=at, by=person)
        for code, result in new.items()
    )
    facts = {"topic": lesson.topic, **{name: list(new.values()).count(name) for name in RESULTS}}
    append(chain=lesson.chain, actor=person.ref, subject=f"lesson:{lesson.ref}", action="results", at=at, facts=facts)
    return len(new)


def _roles(lesson: Lesson, person: Person, at: dt.datetime) -> frozenset[Role]:
    """Return the roles in which a person takes a step of a lesson: none of those who may not even read it."""
    scope = lesson.intake.programme.code
    if not access.lessons(person, scope=scope, at=at).filter(pk=lesson.pk).exists():
        return frozenset()
    return access.teaching(person, scope=scope, school=lesson.school, at=at)


def _take(lesson: Lesson, step: str, person: Person, at: dt.datetime, **facts: object) -> None:
    take(lesson, step, actor=person.ref, roles=_roles(lesson, person, at), at=at, topic=lesson.topic, **facts)


def _changed(lesson: Lesson, at: dt.datetime) -> Lesson:
    lesson.changed_at, lesson.moves = at, lesson.moves + 1
    lesson.save(update_fields=["starts_at", "minutes", "place", "changed_at", "moves"])
    return lesson


def _given(lesson: Lesson, before: Mapping[str, Mark], marks: Mapping[str, Mark]) -> dict[str, Mark]:
    """Return a mark for everybody, the given ones over those before."""
    if set(marks) - set(before):
        raise Refusal("lesson.called")
    for one in marks.values():
        if one.mark not in MARKS:
            raise Refusal("lesson.mark")
        if one.mark == "late" and not 1 <= one.late < lesson.minutes:
            raise Refusal("lesson.late", longest=lesson.minutes - 1)
    return {**before, **marks}


def _minutes(lesson: Lesson, one: Mark) -> int:
    return {"present": lesson.minutes, "late": lesson.minutes - one.late}.get(one.mark, 0)


def _counts(given: Iterable[Mark]) -> dict[str, int]:
    found = [one.mark for one in given]
    return {name: found.count(name) for name in MARKS}
