"""Reading lessons before departure: who is called, who was there, how far everybody is, a person's own lessons."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from rantau.departure import access
from rantau.departure import queries as departure
from rantau.departure.models import Clearance, Lesson, Presence, Result
from rantau.engine import preparation as preparing
from rantau.engine.flow import Role
from rantau.engine.programme_departure import Topic
from rantau.people import access as people
from rantau.people.models import Organisation, Person
from rantau.programmes import queries as programmes
from rantau.programmes.models import Intake, Programme

READY = ("preparing", "cleared")
"""States of those who are called to lessons: on their way and still at home."""


class Seen(NamedTuple):
    """A lesson with how many are called to it (or were), and how many of these were there or late."""

    lesson: Lesson
    called: int
    came: int | None


class Line(NamedTuple):
    """One person in the list of a lesson: as marked, as reached in its topic; None before it was held."""

    clearance: Clearance
    presence: Presence | None
    result: str


class Far(NamedTuple):
    """One person's way with the standing of every topic."""

    clearance: Clearance
    rows: tuple[preparing.Row, ...]


def called(lesson: Lesson) -> list[Clearance]:
    """Return who is called to a lesson as things stand: everybody on their way and at home, or those of its school."""
    found = departure.under_way(lesson.intake).filter(state__in=READY)
    return list(found.filter(application__school=lesson.school) if lesson.school else found)


def presences(lesson: Lesson) -> QuerySet[Presence]:
    """Return who was called to a lesson that was held, each as marked."""
    found = lesson.presences.select_related("clearance__application__person", "lesson")
    return found.order_by("clearance__code")


def mark(presence: Presence) -> tuple[str, int]:
    """Return a mark as it was given: the word, and the minutes late."""
    late = presence.lesson.minutes - presence.minutes if presence.mark == "late" else 0
    return presence.mark, late


def results(lesson: Lesson) -> dict[str, str]:
    """Return the newest result in a lesson's topic of everybody who was called, by the codes of their ways."""
    rows = Result.objects.filter(topic=lesson.topic, clearance__presences__lesson=lesson).order_by("at", "pk")
    return dict(rows.values_list("clearance__code", "result"))


def sheet(lesson: Lesson) -> list[Line]:
    """Return the list of a lesson by name: who is called, or was when it was held."""
    known = results(lesson)
    if lesson.state == "held":
        found = [Line(one.clearance, one, known.get(one.clearance.code, "")) for one in presences(lesson)]
    else:
        found = [Line(one, None, "") for one in called(lesson)]
    return sorted(found, key=lambda line: (line.clearance.application.person.name.lower(), line.clearance.code))


def seen(found: Iterable[Lesson]) -> list[Seen]:
    """Return lessons with their numbers."""
    rows = list(found)
    held = {one.pk for one in rows if one.state == "held"}
    came = Count("pk", filter=Q(mark__in=("present", "late")))
    counted = Presence.objects.filter(lesson__in=held).values("lesson").annotate(all=Count("pk"), came=came).order_by()
    known = {row["lesson"]: (row["all"], row["came"]) for row in counted}
    ready: dict[tuple[int, int | None], int] = {}
    for one in rows:
        key = (one.intake_id, one.school_id)
        if one.pk not in held and key not in ready:
            ready[key] = len(called(one))
    return [
        Seen(one, *known.get(one.pk, (0, 0)))
        if one.pk in held
        else Seen(one, ready[one.intake_id, one.school_id], None)
        for one in rows
    ]


def today(person: Person, *, scope: str, at: dt.datetime) -> list[Lesson]:
    """Return what a teacher has before them: today's lessons, then earlier ones of which nobody said who came.

    :raises Refusal: `role.missing`
    """
    on = programmes.day(at)
    first, end = programmes.instant(on), programmes.instant(on + dt.timedelta(days=1))
    found = access.lessons(person, scope=scope, at=at).exclude(state="cancelled")
    own = list(found.filter(starts_at__gte=first, starts_at__lt=end))
    return own + list(found.filter(starts_at__lt=first, state="planned").order_by("-starts_at", "pk"))


def schools(person: Person, intake: Intake, *, at: dt.datetime) -> tuple[list[Organisation], bool]:
    """Return the schools for whose people a person may plan a lesson, and whether they may for everybody."""
    scope = intake.programme.code
    everybody = bool(access.teaching(person, scope=scope, school=None, at=at))
    own = people.organisations(person, Role.SCHOOL, scope=scope, at=at)
    found = Organisation.objects.filter(applications__clearance__state__in=READY, applications__intake=intake)
    if not everybody:
        found = found.filter(pk__in=[one.pk for one in own])
    return list(found.distinct().order_by("name", "pk")), everybody


def progress(intake: Intake, clearances: Sequence[Clearance]) -> list[Far]:
    """Return how far people are in every topic, who is least far first, in a fixed number of questions to the store."""
    said = departure.rules_of(intake.programme)
    known = _attended(clearances)
    share = said.departing.attendance.value
    found = {one.code: Far(one, preparing.rows(said.preparation, known[one.pk], share=share)) for one in clearances}
    order = preparing.worst_first([(code, far.rows) for code, far in found.items()])
    return [found[code] for code in order]


def table(intake: Intake, *, person: Person, at: dt.datetime) -> list[Far]:
    """Return how far everybody of an intake is, for its coordinators.

    :raises Refusal: `role.missing`
    """
    people.require(person, Role.COORDINATOR, scope=intake.programme.code, at=at)
    return progress(intake, list(departure.under_way(intake)))


def _attended(clearances: Sequence[Clearance]) -> dict[int, tuple[preparing.Attended, ...]]:
    """Return what each person has of each topic, as `queries.attended` does for one."""
    keys = [one.pk for one in clearances]
    held = Presence.objects.filter(clearance__in=keys, lesson__state="held").values("clearance", "lesson__topic")
    minutes: dict[int, dict[str, int]] = defaultdict(dict)
    for row in held.annotate(sum=Sum("minutes")).order_by():
        minutes[row["clearance"]][row["lesson__topic"]] = row["sum"]
    newest: dict[int, dict[str, str]] = defaultdict(dict)
    for one in Result.objects.filter(clearance__in=keys).order_by("at", "pk"):
        newest[one.clearance_id][one.topic] = one.result
    return {
        key: tuple(
            preparing.Attended(topic=topic, minutes=minutes[key].get(topic, 0), result=newest[key].get(topic, ""))
            for topic in sorted({*minutes[key], *newest[key]})
        )
        for key in keys
    }


def own(clearance: Clearance) -> QuerySet[Lesson]:
    """Return the lessons a person is or was called to, also the cancelled ones, in the order of time."""
    school = clearance.application.school_id
    mine = Q(state__in=("planned", "cancelled"), school=None) | Q(presences__clearance=clearance)
    if school:
        mine |= Q(state__in=("planned", "cancelled"), school=school)
    found = Lesson.objects.filter(mine, intake=clearance.application.intake).select_related("intake__programme")
    return found.distinct().order_by("starts_at", "pk")


def own_marks(clearance: Clearance) -> dict[int, Presence]:
    """Return how a person was marked in each lesson, by the lesson's key."""
    return {one.lesson_id: one for one in clearance.presences.select_related("lesson")}


def attendance(intake: Intake, *, person: Person, at: dt.datetime) -> QuerySet[Presence]:
    """Return who was there at every lesson that was held, for the coordinator's file.

    :raises Refusal: `role.missing`
    """
    people.require(person, Role.COORDINATOR, scope=intake.programme.code, at=at)
    found = Presence.objects.filter(lesson__intake=intake, lesson__state="held")
    found = found.select_related("lesson__school", "clearance__application__person")
    return found.order_by("lesson__starts_at", "lesson__pk", "clearance__code")


def by_ref(ref: str) -> Lesson:
    """Return a lesson by its reference, for messages about it."""
    return Lesson.objects.select_related("intake__programme__version", "school").get(ref=ref)


class Taught(NamedTuple):
    """How many people left home, how many of them with every basic skill done, and the last day on which somebody left."""

    left: int
    prepared: int
    on: dt.date


def taught(programme: Programme, *, at: dt.datetime) -> Taught | None:
    """Return how many of those who left home had done all basics, or None where nobody left or no basics are named."""
    said: tuple[Topic, ...] = departure.rules_of(programme).preparation
    basics = {one.code for one in said if one.kind == "basics"}
    gone = list(departure.departed(programme, at=at).select_related("application__intake__programme__version"))
    if not gone or not basics:
        return None
    found = []
    for intake in {one.application.intake_id: one.application.intake for one in gone}.values():
        found += progress(intake, [one for one in gone if one.application.intake_id == intake.pk])
    done = [preparing.complete([row for row in one.rows if row.topic in basics]) for one in found]
    last = max(one.departed_at for one in gone if one.departed_at)
    return Taught(left=len(gone), prepared=sum(done), on=programmes.day(last))
