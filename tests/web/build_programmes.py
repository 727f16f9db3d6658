"""The shipped programmes, stored: the real one, its rehearsal on a clock in May 2026, an invented one."""

import datetime as dt
from pathlib import Path

from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.people import actions as people
from rantau.people.models import Person
from rantau.programmes import actions
from rantau.programmes.models import Intake, Programme
from tests.build import reached

CLOCK = dt.datetime(2026, 5, 20, 2, tzinfo=dt.UTC)
LANGUAGES = ("", "/en", "/ru")


def text(name: str) -> str:
    """Return a shipped programme file."""
    return Path(f"programmes/{name}.toml").read_text()


def real(*, at: dt.datetime, chance: Chance) -> Programme:
    """Store the real programme."""
    return actions.store(text=text("rusal-2026"), person=people.ensure_system(at=at, chance=chance), at=at)


def played(*, at: dt.datetime, chance: Chance) -> Programme:
    """Store the real programme's rehearsal, with its assumptions."""
    return actions.store(
        text=text("rusal-2026"),
        assumptions=text("rusal-2026.assumptions"),
        person=people.ensure_system(at=at, chance=chance),
        at=at,
        clock_at=CLOCK,
    )


def officer(programme: Programme, *, chance: Chance, name: str = "Panitia rekaan", real_person: bool = False) -> Person:
    """Make a coordinator of a rehearsal."""
    person = people.register(at=CLOCK, chance=chance, name=name, rehearsal=not real_person)
    people.grant(to=person, role=Role.COORDINATOR, scope=programme.code, at=CLOCK, person=person)
    return person


def opened(programme: Programme, *, chance: Chance, opens_at: dt.datetime = CLOCK) -> Intake:
    """Open an intake of a rehearsal for 14 days."""
    person = officer(programme, chance=chance)
    intake = actions.plan_intake(
        programme=programme,
        opens_at=opens_at,
        closes_at=opens_at + dt.timedelta(days=14),
        person=person,
        at=opens_at,
        chance=chance,
    )
    reached(at=opens_at, chance=chance, programme=programme)
    return actions.open_intake(intake=intake, person=person, at=opens_at)
