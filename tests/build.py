"""The fewest rows that a page or an action needs: a programme, its open intake, persons, an applicant."""

import datetime as dt
from pathlib import Path
from typing import Any

from rantau.applications.actions import registration
from rantau.applications.models import Application
from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.people import actions as people
from rantau.people import queries as people_queries
from rantau.people.models import Organisation, Person
from rantau.programmes import actions as programmes
from rantau.programmes import queries as programme_queries
from rantau.programmes.models import Intake, Programme, Version

RUSAL = Path("programmes/rusal-2026.toml")
ASSUMED = Path("programmes/rusal-2026.assumptions.toml")
DAYS = dt.timedelta(days=14)
SCHOOLS = [
    {
        "npsn": "20200001",
        "name": "SMKN 1 CONTOH",
        "ownership": "N",
        "province": "Prov. Jawa Barat",
        "regency": "Kab. Garut",
        "district": "Kec. Contoh",
    },
    {
        "npsn": "20200002",
        "name": "SMKS RAHASIA",
        "ownership": "S",
        "province": "Prov. Jawa Barat",
        "regency": "Kota Bogor",
        "district": "Kec. Lain",
    },
]
ANSWERS: dict[str, Any] = {
    "birth_on": dt.date(2007, 5, 31),
    "name": "Bayu Rahmawan",
    "nik": "3205013105070001",
    "nisn": "0070000001",
    "graduated": 2026,
    "major": "welding",
    "average": 8425,
    "province": "Prov. Jawa Barat",
    "regency": "Kab. Garut",
    "wishes": ["construction", "power"],
}


def programme(*, at: dt.datetime, chance: Chance, rehearsal: bool = True) -> Programme:
    """Return the RUSAL programme: played with its assumptions and a clock of its own, or as it was announced."""
    system = people.ensure_system(at=at, chance=chance)
    people.load_schools(rows=SCHOOLS)
    if not rehearsal:
        return programmes.store(text=RUSAL.read_text(), person=system, at=at)
    return programmes.store(text=RUSAL.read_text(), assumptions=ASSUMED.read_text(), clock_at=at, person=system, at=at)


def intake(*, at: dt.datetime, chance: Chance, programme: Programme) -> Intake:
    """Return an intake that opens now and runs for fourteen days."""
    system = people_queries.system()
    coordinator = person(at=at, chance=chance, role=Role.COORDINATOR, scope=programme.code)
    made = programmes.plan_intake(
        programme=programme, opens_at=at, closes_at=at + DAYS, person=system, at=at, chance=chance
    )
    reached(at=at, chance=chance, programme=programme)
    return programmes.open_intake(intake=made, person=coordinator, at=at)


def reached(*, at: dt.datetime, chance: Chance, programme: Programme) -> None:
    """Reach everything that an intake waits for: agreements come into force, an officer records the rest."""
    system = people_queries.system()
    by = {row.code: row.by for row in programme_queries.terms(programme.version).milestones}
    evidence = {"on": programme_queries.day(at), "note": "Naskah bertanda tangan", "at": at, "chance": chance}
    for code in programme_queries.unmet(programme, at=at):
        if by[code] == "agreement":
            programmes.mark(programme=programme, milestone=code, person=system, **evidence)
        else:
            officer = person(at=at, chance=chance, role=Role.MINISTRY, scope=programme.code)
            programmes.reach(programme=programme, milestone=code, person=officer, **evidence)


def person(
    *, at: dt.datetime, chance: Chance, role: Role | None = None, scope: str = "*", office: str = "", **given: Any
) -> Person:
    """Return a person, with a role where one is named, for the school with NPSN `office` where one is given."""
    made = people.register(at=at, chance=chance, **given)
    if role:
        school = Organisation.objects.get(npsn=office) if office else None
        people.grant(to=made, role=role, scope=scope, organisation=school, at=at, person=made)
    return made


def applicant(
    *, at: dt.datetime, chance: Chance, intake: Intake, submitted: bool = True, **changed: Any
) -> Application:
    """Return a registration with every answer, sent unless said otherwise; `changed` answers replace the usual ones."""
    owner = person(at=at, chance=chance, phone="+6281234567890")
    application = registration.start(intake=intake, person=owner, at=at, chance=chance)
    school = Organisation.objects.get(npsn="20200001")
    answers = ANSWERS | {"school": school} | changed
    registration.keep(application=application, person=owner, at=at, chance=chance, **answers)
    if submitted:
        registration.submit(application=application, person=owner, consents={"selection": "digest"}, at=at)
    return application


def bare_registration(
    *, person: Person, code: str, scope: str, at: dt.datetime, chance: Chance, school: Organisation | None = None
) -> Application:
    """Return a registration that has only its code, below a programme of which only the code is known."""
    programme, _ = Programme.objects.get_or_create(code=scope, defaults={"kind": "example"})
    version, _ = Version.objects.get_or_create(programme=programme, digest="", defaults={"text": "", "stored_at": at})
    intake, _ = Intake.objects.get_or_create(
        code=f"{scope}-1",
        defaults={"ref": f"{scope}-1", "programme": programme, "version": version, "opens_at": at, "closes_at": at},
    )
    people.add_handle(person=person, value=code)
    return Application.objects.create(
        ref=codes.reference(chance), code=code, intake=intake, person=person, school=school, created_at=at
    )
