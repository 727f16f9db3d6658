"""The stage: the programme that is played, its clock, its chance, its offices, and how a made-up day passes."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from rantau.documents import actions as documents
from rantau.engine.chance import Chance, seeded
from rantau.engine.flow import Role
from rantau.engine.programme import Programme as Terms
from rantau.people import actions as people
from rantau.people import queries as people_queries
from rantau.programmes import actions as programmes
from rantau.programmes import queries as programme_queries

from . import cast, papers

OFFICES = (
    (Role.COORDINATOR, "Panitia seleksi", 2),
    (Role.VERIFIER, "Petugas verifikasi", 4),
    (Role.EXAMINER, "Penguji", 4),
    (Role.MINISTRY, "Kementerian", 1),
    (Role.EMPLOYER, "Pemberi kerja", 1),
    (Role.LANGUAGE_PROVIDER, "Penyelenggara bahasa", 1),
    (Role.TECHNICAL_PROVIDER, "Penyelenggara teknik", 1),
    (Role.HOME_MISSION, "Perwakilan RI", 1),
    (Role.HOST_MISSION, "Kedutaan negara tujuan", 1),
    (Role.PROTECTION, "Petugas pelindungan", 1),
    (Role.PARTNER, "Kementerian mitra", 1),
    (Role.AUDITOR, "Auditor", 1),
    (Role.INSPECTOR, "Inspektorat", 1),
    (Role.OPERATOR, "Operator", 1),
)
"""Offices act, and no named persons: role, office, how many."""

SCHOOLS = 24
Progress = Callable[[str, int, int], None]


def silent(stage: str, done: int, of: int) -> None:
    """Show no progress."""


@dataclass
class Stage:
    """Everything a story holds on to while it is played."""

    terms: Terms
    programme: Any
    chance: Chance
    at: dt.datetime
    progress: Progress = silent
    intake: Any = None
    staff: dict[Role, list[Any]] = field(default_factory=dict)
    schools: list[Any] = field(default_factory=list)
    headmasters: dict[Any, Any] = field(default_factory=dict)
    papers: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    agenda: list[tuple[dt.datetime, Callable[[dt.datetime], None]]] = field(default_factory=list)

    def coordinator(self) -> Any:
        """Return the coordinator who runs things."""
        return self.staff[Role.COORDINATOR][0]

    def days(self, name: str) -> int:
        """Return a window of the programme in days."""
        return getattr(self.terms.windows, name).value or 0

    def meanwhile(self, at: dt.datetime, happens: Callable[[dt.datetime], None]) -> None:
        """Let something happen at an instant ahead, whatever chapter is being played when the story comes to it."""
        self.agenda.append((at, happens))
        self.agenda.sort(key=lambda row: row[0])  # stable: what was planned first happens first

    def move(self, to: dt.datetime) -> dt.datetime:
        """Move the story's time forward to an instant, through everything that happens before it, and return it."""
        while self.agenda and self.agenda[0][0] <= to:
            self.at, happens = self.agenda.pop(0)
            with transaction.atomic():
                happens(self.at)
        self.at = to
        return self.at

    def later(self, **span: int) -> dt.datetime:
        """Move the story's time forward and return it."""
        return self.move(self.at + dt.timedelta(**span))

    def until(self, on: dt.date, hour: int = 10) -> dt.datetime:
        """Move the story's time forward to an hour of a day, unless it is later already, and return it."""
        return self.move(max(self.at, programme_queries.instant(on, hour)))

    def after(self, instant: dt.datetime) -> dt.datetime:
        """Move the story's time to the morning after an instant."""
        morning = programme_queries.instant(programme_queries.day(instant) + dt.timedelta(days=1), 9)
        return self.move(max(self.at, morning))

    @contextmanager
    def day(self, hours: int = 24) -> Iterator[dt.datetime]:
        """Play one made-up day in one transaction, then move on."""
        with transaction.atomic():
            yield self.at
        self.later(hours=hours)


def build(
    *,
    text: str,
    assumptions: str,
    seed: str,
    opens: dt.date,
    progress: Progress = silent,
    real_schools: bool = False,
    position: int = 0,
) -> Stage:
    """Store the programme as a rehearsal and fill its offices; nobody has registered yet.

    The story begins with the programme's talks where it tells of them, else on the day on which registration opens.
    """
    chance = seeded(seed)
    begins = talks_begin(programme_queries.typed(text, assumptions))
    at = programme_queries.instant(min(begins or opens, opens), 7)
    with transaction.atomic():
        system = people.ensure_system(at=at, chance=chance)
        programme = programmes.store(
            text=text, assumptions=assumptions, clock_at=at, person=system, at=at, position=position
        )
        stage = Stage(
            terms=programme_queries.terms(programme.version),
            programme=programme,
            chance=chance,
            at=at,
            progress=progress,
        )
        _fill_offices(stage)
        _fill_schools(stage, real=real_schools)
        store = people.register(at=at, chance=chance, name="Berkas peragaan", rehearsal=True)
        for kind, data in papers.prepared().items():
            stage.papers[kind] = documents.store(owner=store, data=data, at=at, chance=chance)
    return stage


def talks_begin(terms: Terms) -> dt.date | None:
    """Return the day on which the talks begin, or None for a programme whose plan or parties are not known."""
    kinds = {office.kind for office in terms.offices}
    shown = {row.agreement for row in terms.milestones} >= {"mou", "technical_proposal", "data_sharing"}
    meeting = terms.dates.meeting.value
    return meeting if shown and {"ministry", "employer"} <= kinds and isinstance(meeting, dt.date) else None


def _fill_offices(stage: Stage) -> None:
    system, scope = people_queries.system(), stage.programme.code
    for role, office, count in OFFICES:
        for number in range(1, count + 1):
            name = f"{office} {number}" if count > 1 else office
            address = f"{role.value.replace('_', '-')}-{number}.{scope}@peragaan.invalid"
            person = people.register(at=stage.at, chance=stage.chance, name=name, email=address, rehearsal=True)
            where = None
            if role is Role.VERIFIER:
                _, province, regency = cast.PLACES[number % len(cast.PLACES)]
                where = people.keep_organisation(
                    code=f"bp3mi-{number}", kind="office", name=f"BP3MI {province} (peragaan)", regency=regency
                )
            people.grant(to=person, role=role, scope=scope, at=stage.at, person=system, organisation=where)
            stage.staff.setdefault(role, []).append(person)


def _fill_schools(stage: Stage, *, real: bool) -> None:
    if not real:
        people.load_schools(rows=cast.schools(SCHOOLS))
    chosen = list(people_queries.schools(limit=100_000))
    chosen.sort(key=lambda school: school.npsn or "")
    if not real:
        chosen = [school for school in chosen if (school.npsn or "").startswith("0")]
    stage.schools = chosen[:: max(len(chosen) // 240, 1)]
    system, scope = people_queries.system(), stage.programme.code
    for number, school in enumerate(stage.schools[:SCHOOLS], 1):
        address = f"school-{number}.{scope}@peragaan.invalid"
        person = people.register(
            at=stage.at, chance=stage.chance, name=f"Petugas {school.name}", email=address, rehearsal=True
        )
        people.grant(to=person, role=Role.SCHOOL, scope=scope, at=stage.at, person=system, organisation=school)
        stage.headmasters[school.npsn] = person
    stage.staff[Role.SCHOOL] = list(stage.headmasters.values())
