"""The chapter beside the talks: meetings whose decisions become duties, what ministries ask for, what officers declare."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rantau.coordination.actions import demand, interests, meetings
from rantau.coordination.actions.meetings import Decided
from rantau.engine.flow import Role
from rantau.programmes import queries as programmes

from .stage import Stage

People = Mapping[tuple[str, str], Any]
"""Who acts for an office with a power: (office, power) → person."""


@dataclass(frozen=True)
class Told:
    """One meeting of the story: its words, which kinds of office come, and what they decide: words, owner, days, evidence."""

    title: str
    place: str
    agenda: str
    kinds: tuple[str, ...]
    minutes: str
    decisions: tuple[tuple[dict[str, str], str, int, str], ...]


FIRST = Told(
    title="Pertemuan pertama para pihak (peragaan)",
    place="Jakarta, ruang rapat rekaan",
    agenda="1. Maksud program\n2. Siapa mewakili siapa\n3. Langkah berikutnya",
    kinds=("ministry", "employer", "host_mission", "partner_ministry"),
    minutes="Para pihak menyampaikan maksudnya. Hal yang belum diumumkan dicatat sebagai pertanyaan. Peragaan: rekaan.",
    decisions=(
        (
            {
                "id": "Menyusun rancangan nota kesepahaman.",
                "en": "Write the draft of the memorandum.",
                "ru": "Подготовить проект меморандума.",
            },
            "ministry",
            21,
            "Rancangan yang dibagikan kepada para pihak",
        ),
        (
            {
                "id": "Menyampaikan daftar pertanyaan tentang upah dan kontrak beserta jawabannya.",
                "en": "Answer the list of questions about pay and contracts.",
                "ru": "Ответить на вопросы об оплате и договорах.",
            },
            "employer",
            30,
            "Jawaban tertulis dengan sumbernya",
        ),
        ({"id": "Pertemuan berikutnya dalam satu bulan.", "en": "Meet again within a month."}, "", 0, ""),
    ),
)
WORKING = Told(
    title="Rapat kerja tentang kurikulum dan kebutuhan (peragaan)",
    place="Daring",
    agenda="1. Kebutuhan kementerian mitra\n2. Kurikulum\n3. Visa",
    kinds=("ministry", "employer", "partner_ministry", "host_mission"),
    minutes="Kebutuhan keahlian dibandingkan dengan yang dilatih. Peragaan: rekaan.",
    decisions=(
        (
            {
                "id": "Mengisi kebutuhan keahlian per proyek dan tahun.",
                "en": "Enter the demand for skills by project and year.",
                "ru": "Внести потребность в кадрах по проектам и годам.",
            },
            "partner_ministry",
            14,
            "Kebutuhan yang tampil di halaman umum",
        ),
        (
            {
                "id": "Menjelaskan syarat dan lama pengurusan visa pelajar.",
                "en": "Explain the terms of student visas and how long they take.",
                "ru": "Разъяснить условия и сроки оформления учебных виз.",
            },
            "host_mission",
            30,
            "Penjelasan tertulis",
        ),
    ),
)
FOLLOW_UP = Told(
    title="Tindak lanjut sebelum pendaftaran (peragaan)",
    place="Jakarta, ruang rapat rekaan",
    agenda="1. Kewajiban yang belum selesai\n2. Pelindungan",
    kinds=("ministry", "employer", "home_mission"),
    minutes="Kewajiban diperiksa satu per satu. Perwakilan RI menyampaikan kebutuhannya. Peragaan: rekaan.",
    decisions=(
        (
            {
                "id": "Menunjuk orang yang dapat dihubungi perwakilan RI setiap saat.",
                "en": "Name a person whom the embassy can reach at any time.",
                "ru": "Назначить лицо, доступное для посольства в любое время.",
            },
            "employer",
            30,
            "Surat penunjukan",
        ),
    ),
)
ASKED = (
    ("Smelter Peragaan Utara", "Juru las", "4", 0, "120", "Kab. Peragaan Kapuas"),
    ("Smelter Peragaan Utara", "Pemasangan pipa (fitter)", "3", 0, "60", "Kab. Peragaan Kapuas"),
    ("Kilang Peragaan", "Juru las", "5", 1, "80", "Kota Peragaan Toba"),
    ("Pembangkit Peragaan Selatan", "Teknisi listrik", "3", 1, "45", "Kab. Peragaan Priangan"),
    ("Pembangkit Peragaan Selatan", "Juru las", "4", 2, "30", "Kab. Peragaan Priangan"),
)
"""What the ministries ask for in turn: project, trade, grade, years after the earliest, places, region."""
EARLIEST = 2028

DECLARERS = (
    *(Role.COORDINATOR, Role.VERIFIER, Role.EXAMINER, Role.MINISTRY, Role.PROTECTION),
    *(Role.AUDITOR, Role.INSPECTOR, Role.OPERATOR),
)


def meet(stage: Stage, people: People, told: Told, *, on: dt.date) -> Any:
    """Call a meeting for the ministry three days before, hold it, write the minutes, let the second office approve them."""
    offices = [one.code for one in stage.terms.offices if one.kind in told.kinds and (one.code, "draft") in people]
    kinds = {one.kind: one.code for one in reversed(stage.terms.offices) if one.code in offices}
    caller, other = offices[0], offices[1]
    stage.until(on - dt.timedelta(days=3), 9)
    held_at = max(programmes.instant(on, 10), stage.at + dt.timedelta(hours=1))
    with stage.day(hours=1):
        meeting = meetings.plan(
            programme=stage.programme,
            title=told.title,
            held_at=held_at,
            place=told.place,
            offices=offices,
            office=caller,
            agenda=told.agenda,
            lasts=120,
            person=people[caller, "draft"],
            at=stage.at,
            chance=stage.chance,
        )
    stage.at = max(stage.at, meeting.ends_at + dt.timedelta(hours=1))
    with stage.day():
        who = {"meeting": meeting, "person": people[caller, "draft"], "at": stage.at}
        meetings.hold(offices=offices, **who)
        decided = [_decided(one, kinds, programmes.day(held_at)) for one in told.decisions]
        meetings.minute(minutes=told.minutes, decisions=decided, **who)
    with stage.day(hours=1):
        meetings.approve(meeting=meeting, person=people[other, "draft"], at=stage.at, chance=stage.chance)
    return meeting


def _decided(one: tuple[dict[str, str], str, int, str], kinds: Mapping[str, str], on: dt.date) -> Decided:
    words, kind, days, wanted = one
    office = kinds.get(kind, "")
    due_on = on + dt.timedelta(days=days) if office else None
    return Decided(text=words, office=office, due_on=due_on, wanted=wanted if office else "")


def ask(stage: Stage, people: People, *, on: dt.date) -> None:
    """Let the partner ministries enter what they ask for, in turn."""
    ministries = [one.code for one in stage.terms.offices if one.kind == "partner_ministry"]
    able = [office for office in ministries if (office, "answer") in people]
    stage.until(on, 10)
    for number, row in enumerate(ASKED if able else ()):
        project, trade, grade, later, places, region = row
        given = {"project": project, "trade": trade, "grade": grade, "year": str(EARLIEST + later), "places": places}
        with stage.day(hours=1):
            demand.enter(
                programme=stage.programme,
                given=given | {"region": region, "note": "Rekaan untuk peragaan"},
                person=people[able[number * len(able) // len(ASKED)], "answer"],
                at=stage.at,
                chance=stage.chance,
            )


def declare(stage: Stage, *, on: dt.date) -> None:
    """Let every officer and every nominator declare: one examiner ties to a school, one nominator a relative."""
    stage.until(on, 9)
    tied, schools = stage.staff[Role.EXAMINER][-1], stage.staff.get(Role.SCHOOL, [])
    with stage.day(hours=1):
        for role in DECLARERS:
            for person in stage.staff.get(role, []):
                school = stage.schools[0] if person == tied else None
                _declare(stage, person, "none" if school is None else "school", school=school)
        for number, person in enumerate(schools):
            note = "" if number else "Peragaan: seorang keponakan ingin mendaftar."
            _declare(stage, person, "none" if number else "relative", note=note)


def _declare(stage: Stage, person: Any, kind: str, **given: Any) -> None:
    interests.declare(programme=stage.programme, kind=kind, person=person, at=stage.at, chance=stage.chance, **given)
