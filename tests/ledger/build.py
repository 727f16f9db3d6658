"""A chain, two applications on it and somebody to act: the fewest rows that steps and entries need."""

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from rantau.applications.models import Application
from rantau.engine.canonical import digest
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.ledger import actions, triggers
from rantau.ledger.models import Entry, Head
from rantau.people.models import Person
from rantau.programmes.models import Intake, Programme, Version

AT = dt.datetime(2026, 5, 4, 3, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
OFFICER = "0FF1CER"
COORDINATOR = frozenset({Role.COORDINATOR})
VERIFIER = frozenset({Role.VERIFIER})
SYSTEM = frozenset({Role.SYSTEM})


@dataclass
class Chain:
    """An intake with a loud chain and its applications."""

    intake: Intake
    applications: list[Application]

    @property
    def name(self) -> str:
        """Return the name of the chain."""
        return self.intake.chain


def chain(*states: str, code: str = "uji-1", quiet: bool = False) -> Chain:
    """Return an open intake and one application in each of the states."""
    programme = Programme.objects.create(code=code, kind="real")
    version = Version.objects.create(programme=programme, digest=digest(code), text="", stored_at=AT)
    intake = Intake.objects.create(
        ref=f"INTAKE-{code}",
        code=f"{code}-1",
        programme=programme,
        version=version,
        state="open",
        opens_at=AT,
        closes_at=AT + 10 * DAY,
    )
    actions.open_chain(intake.chain, quiet=quiet)
    made = Chain(intake, [])
    for number, state in enumerate(states, 1):
        person = Person.objects.create(ref=f"{code}-P{number}", name=f"Nama Rahasia {number}", joined_at=AT)
        made.applications.append(
            Application.objects.create(
                ref=f"{code}-S{number}",
                code=f"{code}-A{number}",
                intake=intake,
                person=person,
                state=state,
                created_at=AT,
            )
        )
    return made


def append(name: str, action: str = "seen", **facts: Any) -> Entry:
    """Append one entry that is no step."""
    return actions.append(chain=name, actor=OFFICER, subject="thing:1", action=action, at=AT, facts=facts)


def everything() -> dict[str, Any]:
    """Return all that a refused step must leave as it was."""
    return {
        "states": list(Application.objects.order_by("pk").values_list("pk", "state")),
        "entries": list(Entry.objects.order_by("pk").values()),
        "heads": list(Head.objects.order_by("pk").values()),
        "jobs": list(DBTaskResult.objects.order_by("enqueued_at").values_list("args_kwargs", flat=True)),
    }


@contextmanager
def refused(code: str, **facts: Any):
    """Expect a refusal of an action with exactly these facts, and nothing left behind."""
    before = everything()
    with pytest.raises(Refusal) as caught, transaction.atomic():
        yield
    assert (caught.value.code, caught.value.facts) == (code, facts)
    assert everything() == before


@contextmanager
def unchanged(error: type[Exception], match: str):
    """Expect an action to fail as a bug, and nothing left behind."""
    before = everything()
    with pytest.raises(error, match=match), transaction.atomic():
        yield
    assert everything() == before


@contextmanager
def triggers_away():
    """Let the block rewrite the ledger as somebody with all rights on the database could."""
    triggers.remove(connection)
    yield
    triggers.install(connection)


def rehash(name: str, start: int) -> None:
    """Recompute every hash of a chain from a position on, and the head: history rewritten consistently."""
    entries = list(Entry.objects.filter(chain=name, position__gte=start).order_by("position"))
    earlier = Entry.objects.filter(chain=name, position=start - 1).first()
    previous = earlier.hash if earlier else actions.genesis(name)
    Entry.objects.filter(pk__in=[e.pk for e in entries]).delete()
    for entry in entries:
        entry.previous = previous
        entry.hash = previous = digest(actions.body(entry))
    Entry.objects.bulk_create(entries)
    Head.objects.filter(name=name).update(hash=previous)
