"""Which legal phase a person is in: derived from what happened, never typed; documents, insurance and rights hang on it."""

import datetime as dt
from enum import StrEnum

from .canonical import Frozen


class Phase(StrEnum):
    """A person's standing in law.

    A student abroad is no migrant worker in Indonesian law (UU 18/2017 art. 4(2)b); who works abroad for pay is one
    (art. 1(2)); who works at home is not, whoever employs them.
    """

    CANDIDATE = "candidate"
    STUDENT = "student"
    WORKER_ABROAD = "worker_abroad"
    WORKER_AT_HOME = "worker_at_home"
    FORMER = "former"


class Course(Frozen):
    """What is known of a person's way: the day they left home, began to work and where, and came home for good.

    `country` is where they work, `home` their home country, both as two letters; None is what has not happened.
    """

    home: str
    departed_on: dt.date | None = None
    work_begins_on: dt.date | None = None
    country: str | None = None
    ended_on: dt.date | None = None


def phase(course: Course, *, on: dt.date) -> Phase:
    """Return the legal phase on a day: what comes later outweighs what came before."""
    if _has(course.ended_on, on):
        return Phase.FORMER
    if _has(course.work_begins_on, on):
        return Phase.WORKER_AT_HOME if course.country == course.home else Phase.WORKER_ABROAD
    return Phase.STUDENT if _has(course.departed_on, on) else Phase.CANDIDATE


def ahead(now: Phase) -> tuple[Phase, ...]:
    """Return the phases for which documents are gathered while a person is in one: the present one and what may follow."""
    order = {
        Phase.CANDIDATE: (Phase.CANDIDATE, Phase.STUDENT),
        Phase.STUDENT: (Phase.STUDENT, Phase.WORKER_ABROAD, Phase.WORKER_AT_HOME),
    }
    return order.get(now, (now,))


def _has(day: dt.date | None, on: dt.date) -> bool:
    return day is not None and day <= on
