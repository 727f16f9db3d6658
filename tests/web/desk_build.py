"""An open intake with two schools, their heads, officers and files that could leak: the fewest rows the desks need."""

import datetime as dt
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.test import Client
from django_tasks_db.models import DBTaskResult

from rantau.applications.models import Application, Attachment, Favour, Nomination, SchoolClaim
from rantau.documents import actions as documents
from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.reasons import REQUIRED_DOCUMENTS
from rantau.ledger.models import Entry, Head
from rantau.ledger.steps import take
from rantau.people import actions as people
from rantau.people.models import Organisation, Person
from rantau.programmes import actions as programmes
from rantau.programmes.models import Intake, Programme
from rantau.selection.models import Conflict
from tests.build import reached
from tests.kept import kept
from tests.selection.build import unchanged

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
NISN = "0081234567"
OTHER_NISN = "0087654321"
STAFF = {
    "head": Role.SCHOOL,
    "neighbour": Role.SCHOOL,
    "verifier": Role.VERIFIER,
    "colleague": Role.VERIFIER,
    "local": Role.VERIFIER,
    "coordinator": Role.COORDINATOR,
    "auditor": Role.AUDITOR,
    "inspector": Role.INSPECTOR,
}


@dataclass
class World:
    """A rehearsal of the programme, who works on it, and the instant at which it stands."""

    intake: Intake
    at: dt.datetime
    chance: Chance
    schools: dict[str, Organisation]
    staff: dict[str, Person] = field(default_factory=dict)

    @property
    def scope(self) -> str:
        """Return the code on which roles are held."""
        return self.intake.programme.code

    def later(self, by: dt.timedelta) -> dt.datetime:
        """Let time pass, on the programme's own clock too."""
        self.at += by
        Programme.objects.filter(pk=self.intake.programme_id).update(clock_at=self.at)
        return self.at

    def address(self, rest: str, language: str = "en") -> str:
        """Return an address below the programme."""
        return f"/{language}/program/{self.scope}/{rest}"

    def browser(self, name: str) -> Client:
        """Return a browser in which somebody is signed in."""
        client = Client()
        client.force_login(self.staff[name])
        return client


@kept
def world(at: dt.datetime, chance: Chance) -> World:
    """Return an open intake: schools of two regencies, a head each, verifiers, one of them of the first regency."""
    system = people.ensure_system(at=at, chance=chance)
    text = Path("programmes/rusal-2026.toml").read_text()
    assumptions = Path("programmes/rusal-2026.assumptions.toml").read_text()
    programme = programmes.store(text=text, assumptions=assumptions, person=system, at=at, clock_at=at)
    rows = [school("20100001", "SMK Satu", "Kab. Utara"), school("20100002", "SMK Dua", "Kota Selatan")]
    people.load_schools(rows=rows)
    made = World(
        intake=programmes.plan_intake(
            programme=programme, opens_at=at, closes_at=at + 30 * DAY, person=system, at=at, chance=chance
        ),
        at=at,
        chance=chance,
        schools={"one": Organisation.objects.get(npsn="20100001"), "two": Organisation.objects.get(npsn="20100002")},
    )
    office = people.keep_organisation(code="dinas-utara", kind="office", name="Dinas Utara", regency="Kab. Utara")
    places = {"head": made.schools["one"], "neighbour": made.schools["two"], "local": office}
    for name, role in STAFF.items():
        made.staff[name] = officer(made, name, role, places.get(name))
    reached(at=at, chance=chance, programme=programme)
    programmes.open_intake(intake=made.intake, person=made.staff["coordinator"], at=at)
    Head.objects.update(quiet=False)
    return made


def school(npsn: str, name: str, regency: str) -> dict[str, str]:
    """Return a clean row of the register."""
    place = {"province": "Lampung", "regency": regency, "district": "Kec. Satu"}
    return {"npsn": npsn, "name": name, "ownership": "N", **place}


def officer(w: World, name: str, role: Role, where: Organisation | None = None) -> Person:
    """Return a person with a role on the programme."""
    person = people.register(at=w.at, chance=w.chance, name=f"Petugas {name}", email=f"{name}@example.org")
    people.grant(to=person, role=role, scope=w.scope, at=w.at, person=person, organisation=where)
    return person


def pupil(
    w: World, name: str, *, state: str = "filed", school: str = "two", regency: str = "Kota Selatan"
) -> Application:
    """Return somebody's application in a state, answers given, not through the ledger."""
    person = people.register(at=w.at, chance=w.chance, name=name, rehearsal=True)
    people.keep_identity(
        person=person, chance=w.chance, nik="1801010505070001", nisn="0071234567", birth_on=dt.date(2007, 5, 5)
    )
    return Application.objects.create(
        ref=codes.reference(w.chance),
        code=codes.draw("A", w.chance),
        intake=w.intake,
        person=person,
        state=state,
        created_at=w.at,
        submitted_at=w.at,
        filed_at=w.at,
        school=w.schools[school],
        graduated=2025,
        major="welding",
        average=8125,
        province="Lampung",
        regency=regency,
    )


def verified(w: World, application: Application, by: str = "verifier") -> Application:
    """Let a verifier find a file right."""
    take(application, "verify", actor=w.staff[by].ref, roles=frozenset({Role.VERIFIER}), at=w.at)
    return application


def attach(w: World, application: Application, data: bytes, *kinds: str) -> None:
    """Attach one picture as each kind of document."""
    stored = documents.store(owner=application.person, data=data, at=w.at, chance=w.chance)
    for kind in kinds or REQUIRED_DOCUMENTS:
        Attachment.objects.create(application=application, kind=kind, file=stored, attached_at=w.at)


def claim_school(w: World, application: Application, name: str = "SMK Tiga", npsn: str = "") -> SchoolClaim:
    """Let somebody say that their school is not in the list."""
    Application.objects.filter(pk=application.pk).update(school=None)
    claim = SchoolClaim.objects.create(
        ref=codes.reference(w.chance), application=application, name=name, place="Metro", npsn=npsn, asked_at=w.at
    )
    take(claim, "ask", actor=application.person.ref, roles=frozenset({Role.OWNER}), at=w.at)
    return claim


def everything() -> dict[str, Any]:
    """Return all that a refused action must leave as it was: records, entries, heads, jobs."""
    records = (Application, Nomination, SchoolClaim, Favour, Conflict, Person, Attachment)
    found: dict[str, Any] = {m.__name__: list(m.objects.order_by("pk").values()) for m in records}
    for row in found["Person"]:
        row.pop("last_login")
    heads = list(Head.objects.order_by("pk").values())
    return found | {"entries": Entry.objects.count(), "heads": heads, "jobs": DBTaskResult.objects.count()}


def refused(code: str, **facts: Any) -> AbstractContextManager[None]:
    """Expect a refusal that leaves nothing behind."""
    return unchanged(everything, code, **facts)
