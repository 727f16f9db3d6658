"""Reading meetings: by month, what may be done with one now, and as an event of a calendar."""

import datetime as dt
from dataclasses import dataclass

from rantau.agreements import access as agreements
from rantau.agreements.queries import boards
from rantau.coordination import access
from rantau.coordination.calendar import Event
from rantau.coordination.models import Attendance, Decision, Meeting
from rantau.people.models import Person
from rantau.programmes.models import Programme
from rantau.programmes.queries import day


@dataclass(frozen=True)
class Open:
    """A meeting as its page shows it: who came, what was decided, which steps the reader may take now.

    `standings` says how each duty that came of it stands, by code; `duties` are those that the reader may open.
    """

    meeting: Meeting
    attendances: tuple[Attendance, ...]
    decisions: tuple[Decision, ...]
    steps: frozenset[str]
    standings: dict[str, str]
    duties: frozenset[str]


def months(person: Person, programme: Programme, *, at: dt.datetime) -> list[tuple[dt.date, list[Meeting]]]:
    """Return the meetings a person may read by the first day of their month, latest month first, in order inside.

    :raises Refusal: `role.missing`
    """
    found: dict[dt.date, list[Meeting]] = {}
    for meeting in access.meetings(person, programme, at=at):
        found.setdefault(day(meeting.held_at).replace(day=1), []).insert(0, meeting)
    return list(found.items())


def opened(person: Person, meeting: Meeting, *, at: dt.datetime) -> Open:
    """Return a meeting that the person was allowed to fetch, with what they may do about it."""
    attendances = meeting.attendances.select_related("mandate").order_by("pk")
    decisions = tuple(meeting.decisions.select_related("duty", "meeting").order_by("number"))
    owed = [one.duty for one in decisions if one.duty is not None]
    seen = agreements.duties(person, meeting.programme, at=at).filter(pk__in=[duty.pk for duty in owed])
    return Open(
        meeting=meeting,
        attendances=tuple(attendances),
        decisions=decisions,
        steps=_steps(person, meeting, at=at),
        standings={duty.code: boards.standing(duty, at=at) for duty in owed},
        duties=frozenset(seen.values_list("code", flat=True)),
    )


def _steps(person: Person, meeting: Meeting, *, at: dt.datetime) -> frozenset[str]:
    able = access.takers(person, meeting, at=at)
    if not able:
        return frozenset()
    if meeting.state == "planned":
        return frozenset({"hold"} if at > meeting.held_at else {"move", "cancel"}) | {"cancel"}
    if meeting.state == "held":
        return frozenset({"minute"})
    if meeting.state != "minuted":
        return frozenset()
    return frozenset({"reopen", "approve"} if set(able) - {meeting.minuted_by} else {"reopen"})


def event(meeting: Meeting, *, page: str = "") -> Event:
    """Return a meeting as an event of a calendar: title, time, place; the agenda stays on the page."""
    return Event(
        code=meeting.code,
        title=meeting.title,
        starts_at=meeting.held_at,
        ends_at=meeting.ends_at,
        stamp=meeting.changed_at,
        place=meeting.place,
        page=page,
        sequence=meeting.moves,
        cancelled=meeting.state == "cancelled",
    )
