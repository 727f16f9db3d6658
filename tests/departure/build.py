"""Four people on their way: a programme with five documents, three topics and four costs, its offices, a group that leaves."""

import datetime as dt
from contextlib import AbstractContextManager
from typing import Any

from rantau.applications.models import Application
from rantau.departure import queries
from rantau.departure.actions import beginning
from rantau.departure.models import (
    Charge,
    Clearance,
    Expense,
    Group,
    Homeward,
    Kin,
    Lesson,
    Note,
    Paper,
    Presence,
    Result,
    Visa,
)
from rantau.documents.models import File
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.selection import Decision, Outcome
from rantau.people import actions as people
from rantau.selection.models import Listing, Round
from tests.allocation import build as allocation
from tests.allocation.build import fact
from tests.kept import kept
from tests.selection import build as selection
from tests.selection.build import DAY, HOUR, World, officer, unchanged

DEPARTS = dt.date(2027, 6, 7)
"""The day of the invented programme."""
FOUR = ("ani", "budi", "citra", "dedi")

DOCUMENTS = (
    ("passport", "student", "identity", "before", "departure", "days", 40, ("number", "issued_on", "expires_on"), 60),
    ("family-consent", "student", "consent", "before", "departure", "days", 40, ("consenter", "village_head"), None),
    ("health", "student", "health", "before", "departure", "days", 20, ("issued_on", "result"), None),
    ("study-visa", "student", "visa", "before", "departure", "days", 10, ("number", "expires_on"), None),
    ("registration", "student", "registration", "after", "arrival", "hours", 24, ("issued_on",), None),
)
TOPICS = (("first-russian", "basics", 4), ("safety", "basics", 2), ("contract-rights", "orientation", 2))
COSTS = (("medical", '"personal"'), ("visa", fact('"personal"')))
"""Beside training and ticket, which the invented programme has."""


def documents() -> str:
    """Return the documents, topics and costs of the programme as TOML."""
    text = ""
    for code, phase, kind, side, event, unit, length, asks, valid in DOCUMENTS:
        asked = ", ".join(f'"{one}"' for one in asks)
        text += (
            f'[[documents]]\ncode = "{code}"\nphase = "{phase}"\nkind = "{kind}"\nstanding = "reading"\n'
            f'due = {{ side = "{side}", event = "{event}", unit = "{unit}", length = {length} }}\nasks = [{asked}]\n'
            + (f"valid = {valid}\n" if valid else "")
            + f'title.id = "Dokumen {code}"\nbasis.id = "Rekaan."\n\n'
        )
    for code, kind, hours in TOPICS:
        text += (
            f'[[preparation]]\ncode = "{code}"\nkind = "{kind}"\nhours = {fact(str(hours))}\n'
            f'title.id = "Bahan {code}"\nbasis.id = "Rekaan."\n\n'
        )
    office, counter = fact('"dinas-contoh"'), fact('{ id = "Loket" }')
    for code, kind in COSTS:
        text += (
            f'[[costs]]\ncode = "{code}"\nkind = {kind}\nfree = {fact("false")}\npayer = {office}\npaid_at = {counter}\n'
            f'fee = {{ amount = "350000", currency = "IDR" }}\ntitle.id = "Biaya {code}"\n\n'
        )
    return text


def programme() -> str:
    """Return the invented programme with few seats, a day of departure, and what is asked before it."""
    text = allocation.programme()
    changes = {
        "[[asks]]": documents() + "[[asks]]",
        "attendance = { value = 100,": "attendance = { value = 80,",
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


OFFICERS = {
    "protector": Role.PROTECTION,
    "home_mission": Role.HOME_MISSION,
    "host_mission": Role.HOST_MISSION,
    "operator": Role.OPERATOR,
    "employer": Role.EMPLOYER,
}


@kept
def world(at: dt.datetime, chance: Chance, *, text: str = "") -> World:
    """Return four people who accepted their seats and whose way to departure has begun, two in reserve, all officers."""
    w = selection.world(at, chance, *allocation.SIX, text=text or programme())
    for name, role in OFFICERS.items():
        w.staff[name] = officer(name, role, w.scope, at, chance)
    _chosen(w)
    begin(w)
    return w


def _chosen(w: World) -> None:
    """Write what a final round leaves behind: four seats accepted, two in reserve; selection has tests of its own."""
    outcomes = []
    for number, application in enumerate(w.people.values()):
        outcome = "selected" if number < 4 else "reserve"
        listing = Listing.objects.create(application=application, code=f"R-{number}")
        outcomes.append(
            Outcome(code=listing.code, rank=number + 1, total=0, outcome=outcome, step="total", reason="within_seats")
        )
        Application.objects.filter(pk=application.pk).update(state="accepted" if number < 4 else "reserve")
    decided = Decision(outcomes=tuple(outcomes), cut=0).plain()
    Round.objects.create(intake=w.intake, ref="F" * 26, kind="final", state="published", decision=decided)
    allocation.refresh(w)


def begin(w: World) -> int:
    """Begin for everybody who accepted and ask what is to be asked; return how many steps were taken."""
    allocation.refresh(w)
    return beginning.due(intake=w.intake, at=w.at)


def way(w: World, name: str) -> Clearance:
    """Return somebody's way as it is stored now."""
    found = Clearance.objects.select_related("application__intake__programme__version", "application__person", "group")
    return found.get(application=w.people[name])


def paper(w: World, name: str, kind: str) -> Paper:
    """Return somebody's current document of a kind."""
    found = next(one for one in queries.papers(way(w, name)) if one.kind == kind)
    return Paper.objects.select_related(
        "clearance__application__intake__programme__version",
        "clearance__application__person",
        "clearance__group",
        "file",
    ).get(pk=found.pk)


def scan(w: World, name: str) -> File:
    """Return a stored file of somebody's, the same each time: what is in it does not matter here."""
    owner = way(w, name).application.person
    row = {"key": f"x/{owner.ref}", "digest": "0" * 64, "size": 1, "type": "image/jpeg", "stored_at": w.at}
    return File.objects.get_or_create(ref=f"f{owner.ref}"[:32], owner=owner, defaults=row)[0]


def teacher(w: World, name: str = "teacher") -> Any:
    """Return somebody of the school of everybody in the world, who may hold its lessons."""
    school = people.keep_organisation(code="smk-satu", kind="school", name="SMK Satu", regency="Kota Satu")
    person = people.register(at=w.at, chance=w.chance, name="Guru", email=f"{name}@example.org")
    people.grant(to=person, role=Role.SCHOOL, scope=w.scope, at=w.at, person=person, organisation=school)
    Application.objects.filter(pk__in=[one.pk for one in w.people.values()]).update(school=school)
    allocation.refresh(w)
    w.staff[name] = person
    return person


MODELS = (Clearance, Paper, Visa, Group, Lesson, Presence, Result, Charge, Expense, Homeward, Kin, Note)


def everything() -> dict[str, Any]:
    """Return all that a refused action must leave as it was."""
    found = allocation.everything()
    for model in MODELS:
        found[model.__name__] = [
            {key: bytes(value) if isinstance(value, memoryview) else value for key, value in row.items()}
            for row in model.objects.order_by("pk").values()
        ]
    return found


def refused(code: str, **facts: Any) -> AbstractContextManager[None]:
    """Expect a refusal that leaves nothing behind."""
    return unchanged(everything, code, **facts)


__all__ = ["DAY", "FOUR", "HOUR", "World"]
