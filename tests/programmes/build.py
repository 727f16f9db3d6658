"""Programme files as texts, and a programme with its coordinator."""

import datetime as dt
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from rantau.engine.chance import seeded
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.ledger.models import Entry, Head
from rantau.people import actions as people
from rantau.people.models import Person
from rantau.programmes import actions
from rantau.programmes.models import Intake, Programme, Reached, Version
from tests.build import reached
from tests.engine.programmes import ASSUMED, EXAMPLE, RUSAL

AT = dt.datetime(2026, 5, 4, 3, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
PUBLISHED = (
    EXAMPLE.replace('assumed = true, model = "rekaan"', 'sources = ["rekaan"], on = 2026-01-01')
    .replace('assumed = true\nmodel = "rekaan"', 'sources = ["rekaan"]\non = 2026-01-01')
    .replace('kind = "example"', 'kind = "real"')
)
"""A real programme of which everything is published."""

LATER = RUSAL.replace(
    'registration_days = "unpublished"', 'registration_days = { value = 30, sources = ["suara"], on = 2026-01-27 }'
)
"""The real programme after one more thing was published."""

FILES = {"rusal": RUSAL, "example": EXAMPLE, "published": PUBLISHED}


def system() -> Person:
    """Return the system person."""
    return people.ensure_system(at=AT, chance=seeded("system"))


def programme(name: str = "rusal", *, rehearsal: bool = False) -> Programme:
    """Return a stored programme; a rehearsal has a clock of its own, and the shipped assumptions where there are any."""
    assumptions = ASSUMED if rehearsal and name == "rusal" else ""
    clock_at = AT if rehearsal else None
    return actions.store(text=FILES[name], person=system(), at=AT, assumptions=assumptions, clock_at=clock_at)


def ready() -> Programme:
    """Return the real programme's rehearsal with everything reached that its registration waits for."""
    made = programme(rehearsal=True)
    reached(at=AT, chance=seeded("ready"), programme=made)
    return made


def officer(role: Role, scope: str) -> Person:
    """Return somebody with a role."""
    person = people.register(at=AT, chance=seeded(f"{role}{scope}"), name="Petugas")
    people.grant(to=person, role=role, scope=scope, at=AT, person=system())
    return person


def intake(of: Programme, **change: Any) -> Intake:
    """Return a planned intake of ten days."""
    asked = {"opens_at": AT, "closes_at": AT + 10 * DAY, "person": system(), "at": AT} | change
    return actions.plan_intake(programme=of, chance=seeded(of.code), **asked)


def everything() -> dict[str, Any]:
    """Return all that a refused action must leave as it was."""
    models = (Programme, Version, Intake, Reached, Head, Entry, DBTaskResult)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


@contextmanager
def refused(code: str, **facts: Any):
    """Expect a refusal with exactly these facts, and nothing left behind."""
    before = everything()
    with pytest.raises(Refusal) as caught, transaction.atomic():
        yield
    assert (caught.value.code, caught.value.facts) == (code, facts)
    assert everything() == before
