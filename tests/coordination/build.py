"""Meetings, demand and declarations on the programme with its mandates: the fewest rows each needs."""

import datetime as dt
from contextlib import AbstractContextManager
from typing import Any

from rantau.agreements.models import Duty
from rantau.coordination.actions import demand as asking
from rantau.coordination.actions import meetings
from rantau.coordination.actions.meetings import Decided
from rantau.coordination.models import Attendance, Decision, Declaration, Demand, Meeting, Sheet
from rantau.engine import demand as engine
from rantau.ledger.models import Entry
from tests.agreements.build import World
from tests.selection.build import unchanged

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
ROW = {
    "project": "Smelter Contoh",
    "trade": "Juru las",
    "grade": "4",
    "year": "2029",
    "places": "12",
    "region": "Kab. Contoh",
    "note": "Catatan menteri",
}
LINES = [
    (1, ["Kebutuhan 2029", "", "", ""]),
    (3, ["Jumlah orang", "Nama Proyek", "Tahun", "Jabatan"]),
    (4, ["10", "Smelter Contoh", "2029", "Juru las"]),
    (5, ["lima", "Kilang Contoh", "2030", "Listrik"]),
]
"""A ministry's own sheet with one right and one wrong row."""
DECISION = Decided(
    text={"id": "Menyusun jadwal pelatihan.", "en": "Draw up the timetable."},
    office="rusal",
    due_on=dt.date(2026, 3, 2),
    wanted="Jadwal yang ditandatangani",
)
NOTED = Decided(text={"id": "Rapat berikutnya di Moskow."})


def called(w: World, *offices: str, office: str = "kp2mi", **changed: Any) -> Meeting:
    """Return a meeting that an office called for the next day."""
    given: dict[str, Any] = {
        "title": "Rapat kerja",
        "held_at": w.at + DAY,
        "place": "Gedung A, Jakarta",
        "offices": offices or ("kp2mi", "rusal"),
        "agenda": "Agenda rahasia",
        "office": office,
        "person": w.of(office, "draft") if office else w.desk[0],
    } | changed
    return meetings.plan(programme=w.programme, at=w.at, chance=w.chance, **given)


def held(w: World, *offices: str, **changed: Any) -> Meeting:
    """Return a meeting that was held a day later, all of the invited there."""
    meeting = called(w, *offices, **changed)
    w.at += DAY + HOUR
    person = w.of(meeting.called_by, "draft") if meeting.called_by else w.desk[0]
    return meetings.hold(meeting=meeting, offices=meeting.offices, person=person, at=w.at)


def minuted(w: World, *offices: str, decisions: Any = (DECISION, NOTED), **changed: Any) -> Meeting:
    """Return a meeting whose minutes the office that called it has handed in."""
    meeting = held(w, *offices, **changed)
    person = w.of(meeting.called_by, "draft") if meeting.called_by else w.desk[0]
    return meetings.minute(meeting=meeting, minutes="Notula rahasia", decisions=decisions, person=person, at=w.at)


def asked(w: World, office: str = "kemenperin", code: str = "", **changed: str) -> Demand:
    """Return a demand that a ministry has entered."""
    person, given = w.of(office, "answer"), ROW | changed
    return asking.enter(programme=w.programme, given=given, code=code, person=person, at=w.at, chance=w.chance)


def handed_in(w: World, lines: list[engine.Line] | None = None) -> Sheet:
    """Return a sheet that the Ministry of Industry has handed in."""
    person = w.of("kemenperin", "answer")
    given: dict[str, Any] = {"name": "demand.xlsx", "data": b"PK", "lines": lines or LINES}
    return asking.hand_in(programme=w.programme, person=person, at=w.at, chance=w.chance, **given)


def everything() -> list[Any]:
    """Return every row that coordination writes."""
    models = (Meeting, Attendance, Decision, Demand, Sheet, Declaration, Duty, Entry)
    return [list(model.objects.order_by("pk").values()) for model in models]  # type: ignore[attr-defined]


def refused(code: str, **facts: Any) -> AbstractContextManager[None]:
    """Expect a refusal that leaves nothing behind."""
    return unchanged(everything, code, **facts)
