"""What a message needs to know, and how it is said of a person's own record and of an office's."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple


class About(NamedTuple):
    """What a message needs: its person (None when they were erased since), the programme, where to read on, a day."""

    person: Any
    programme: Any
    version: Any
    view: str = "programme"
    args: tuple[str, ...] = ()
    code: str = ""
    by: dt.datetime | None = None


Find = Callable[[Any], list[About]]
"""What finds, for a ledger entry, everybody who is told of it: the person of the record, or the people of offices."""


def ref(entry: Any) -> str:
    """Return the reference of the record that an entry is about."""
    return str(entry.subject.partition(":")[2])


def own(application: Any, *, by: dt.datetime | None = None) -> list[About]:
    """Return the message to the person of an application."""
    intake, code = application.intake, application.code
    return [About(application.person, intake.programme, intake.version, "application", (code,), code=code, by=by)]


def office(found: Any, **where: Any) -> list[About]:
    """Return one message for each person who acts for the offices concerned."""
    programme = found.programme
    return [
        About(person, programme, programme.version, code=found.code, by=found.by, **where) for person in found.people
    ]
