"""Questions for tests: the announced programme or its rehearsal, people with mandates, answers proposed and approved."""

import datetime as dt
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from rantau.agreements.actions import mandates, questions
from rantau.agreements.models import Answer, Asked, Mandate
from rantau.engine.chance import seeded
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.ledger.models import Entry, Head
from rantau.people import actions as people
from rantau.people.models import Person
from rantau.programmes.models import Programme, Version
from tests import build

ON = dt.date(2026, 4, 20)
LETTER = {"title": "Surat RUSAL tentang gaji", "address": "RUSAL 14/2026", "on": ON}
BASE = {"pay.base": {"amount": "90000.00", "currency": "RUB"}}
MODELS = (Programme, Version, Answer, Asked, Mandate, Entry, Head, DBTaskResult)


def officer(programme: Programme, role: Role, *, at: dt.datetime, name: str = "Petugas") -> Person:
    """Return somebody with a role on the programme."""
    return build.person(at=at, chance=seeded(f"{role} {name}"), role=role, scope=programme.code, name=name)


def acting(
    programme: Programme, office: str, *powers: str, at: dt.datetime, name: str = "Wakil", days: int = 90
) -> Person:
    """Return somebody who acts for an office by a mandate that two coordinators recorded and confirmed."""
    first, second = (officer(programme, Role.COORDINATOR, at=at, name=f"{n} {office} {name}") for n in ("satu", "dua"))
    of = people.register(at=at, chance=seeded(f"{office} {name}"), name=name)
    mandate = mandates.record(
        of=of,
        programme=programme,
        office=office,
        powers=powers or ("answer",),
        capacity="Kepala bagian",
        basis="Surat kuasa 1/2026",
        from_on=at.date(),
        until_on=at.date() + dt.timedelta(days=days),
        person=first,
        at=at,
        chance=seeded(f"mandate {office} {name}"),
    )
    mandates.confirm(mandate=mandate, person=second, at=at)
    return of


def propose(
    programme: Programme,
    person: Person,
    *,
    at: dt.datetime,
    about: str = "pay.base",
    **more: Any,
) -> Answer:
    """Return a proposed answer, what the first month pays unless said otherwise."""
    given = {"values": BASE, **LETTER} | more
    return questions.propose(
        programme=programme,
        about=about,
        person=person,
        at=at,
        chance=seeded(f"{about} {Answer.objects.count()}"),
        **given,
    )


def everything() -> dict[str, Any]:
    """Return all that a refused action must leave as it was."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


@contextmanager
def refused(code: str, **facts: Any):
    """Expect a refusal with these facts, and nothing left behind."""
    before = everything()
    with pytest.raises(Refusal) as caught, transaction.atomic():
        yield
    assert (caught.value.code, {key: caught.value.facts.get(key) for key in facts}) == (code, facts)
    assert everything() == before
