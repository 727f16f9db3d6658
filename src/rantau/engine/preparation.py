"""How far a person is prepared: topics with their hours, lessons attended and results in; a standing for each topic out."""

from collections.abc import Sequence
from enum import StrEnum

from .canonical import Frozen
from .programme_departure import Topic

LESSON_HOUR = 45
"""Minutes of an hour of lessons (jam pelajaran)."""


class Standing(StrEnum):
    """How a topic stands for one person: no lesson yet, some, told to come again, done."""

    MISSING = "missing"
    BEGUN = "begun"
    AGAIN = "again"
    DONE = "done"


class Attended(Frozen):
    """What a person has of one topic: minutes attended, and the last result (`passed`, `again` or none)."""

    topic: str
    minutes: int = 0
    result: str = ""


class Row(Frozen):
    """One topic's standing: minutes attended, minutes asked (None where the hours are not announced)."""

    topic: str
    standing: Standing
    attended: int
    asked: int | None


def rows(topics: Sequence[Topic], attended: Sequence[Attended], *, share: int | None) -> tuple[Row, ...]:
    """Return each topic's standing, in the order of the programme.

    `share` is the least share of the hours in percent. Done is who attended as much and was not told to come again; where
    hours or share are not announced one lesson is asked, which is the least that any number would ask. Minutes asked are
    rounded up.
    """
    by_topic = {row.topic: row for row in attended}
    return tuple(_row(topic, by_topic.get(topic.code, Attended(topic=topic.code)), share) for topic in topics)


def complete(found: Sequence[Row]) -> bool:
    """Return whether every topic is done."""
    return all(row.standing is Standing.DONE for row in found)


def worst_first(people: Sequence[tuple[str, Sequence[Row]]]) -> tuple[str, ...]:
    """Return people (their keys) by how far they are: fewest topics done first, then fewest minutes, equal ones by key."""
    return tuple(key for key, _ in sorted(people, key=lambda one: (*_reached(one[1]), one[0])))


def _reached(found: Sequence[Row]) -> tuple[int, int]:
    return sum(row.standing is Standing.DONE for row in found), sum(row.attended for row in found)


def _row(topic: Topic, has: Attended, share: int | None) -> Row:
    hours = topic.hours.value
    asked = -(-hours * LESSON_HOUR * share // 100) if hours is not None and share is not None else None
    if has.result == "again":
        standing = Standing.AGAIN
    elif has.minutes > 0 and (asked is None or has.minutes >= asked):
        standing = Standing.DONE
    else:
        standing = Standing.BEGUN if has.minutes else Standing.MISSING
    return Row(topic=topic.code, standing=standing, attended=has.minutes, asked=asked)
