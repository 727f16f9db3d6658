"""Pages of coordination: a meeting from the call to its duties, a ministry's sheet as it is, a declaration of interest."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rantau.agreements.models import Duty
from rantau.applications.models import Application
from rantau.coordination.models import Declaration, Demand, Meeting, Sheet
from rantau.engine.flow import Role
from rantau.people.models import Organisation
from rantau.programmes.actions import set_clock
from rantau.web import tables
from tests.agreements import build as agreements
from tests.build import person
from tests.coordination import build
from tests.coordination.build import DAY, HOUR
from tests.selection import build as selection
from tests.selection import twice

pytestmark = pytest.mark.django_db
SCOPE = "rusal-2026-peragaan"
CALL = {
    "title": "Rapat kerja",
    "office": "kp2mi",
    "offices": ["rusal"],
    "on_0": "2",
    "on_1": "2",
    "on_2": "2026",
    "clock": "10.30",
    "lasts": "90",
    "place": "Jakarta",
    "agenda": "Satu",
}
MINUTES = {
    "language": "id",
    "minutes": "Dibahas.",
    "rows": "3",
    "text_1": "Menyusun jadwal",
    "office_1": "rusal",
    "due_1_0": "2",
    "due_1_1": "3",
    "due_1_2": "2026",
    "wanted_1": "Jadwal",
    "en_1": "Draw up the timetable",
    "text_3": "Dicatat",
}


@pytest.fixture
def w():
    return agreements.world()


@pytest.fixture
def later(w):
    """Return a function that lets time pass, on the programme's own clock too."""

    def go(by):
        w.at += by
        set_clock(programme=w.programme, clock_at=w.at)

    return go


def officer(w, role):
    return person(at=w.at, chance=w.chance, role=role, scope=SCOPE, name="Petugas")


def sheet(*rows, merged=()):
    """Return a ministry's workbook as an upload."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("demand.xlsx", out.getvalue())


OWN = sheet(
    ["KEMENTERIAN PERINDUSTRIAN"],
    [],
    ["No", "Nama Proyek", "Jabatan", "Kebutuhan", None, "Lokasi", "PIC"],
    [None, None, None, 2028, 2029, None, None],
    [1, "Smelter A", "Juru las", 10, 20, "Kab. X", "Budi"],
    [2, None, "Listrik", 5, "lima", "Kab. X", "Budi"],
    ["Jumlah", None, None, 15, 20],
    merged=("A1:G1", "D3:E3", "A3:A4", "B3:B4", "C3:C4", "F3:F4", "G3:G4", "B5:B6"),
).read()


def hand_in(w, visit, data=OWN):
    file = SimpleUploadedFile("demand.xlsx", data)
    answer = visit(w.of("kemenperin", "answer"), "demand_in", SCOPE, post=True, data={"sheet": file})
    assert answer.status_code == 302
    return Sheet.objects.get().ref


# --- meetings --------------------------------------------------------------------------------------------------------
def test_from_the_call_to_the_duty(w, visit, later):
    caller, other = w.of("kp2mi", "draft"), w.of("rusal", "draft")
    assert visit(caller, "meeting_plan", SCOPE, post=True, data=CALL).status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.offices, meeting.lasts) == (["kp2mi", "rusal"], 90)
    assert "Move the meeting" in visit(other, "meeting", SCOPE, meeting.code).words
    later(meeting.held_at - w.at + 2 * HOUR)
    assert "its time is over; not recorded yet" in visit(other, "meetings", SCOPE).words
    assert visit(other, "meeting_hold", SCOPE, meeting.code, post=True, data={"offices": ["rusal"]}).status_code == 302
    kept = visit(caller, "meeting_minute", SCOPE, meeting.code, post=True, data=MINUTES | {"do": "keep"})
    assert (kept.status_code, Duty.objects.count()) == (302, 0)
    page = visit(other, "meeting_minute", SCOPE, meeting.code).words
    assert all(words in page for words in ("Menyusun jadwal", "Draw up the timetable", "Decision 5"))
    visit(caller, "meeting_minute", SCOPE, meeting.code, post=True, data=MINUTES | {"do": "hand"})
    assert "Another office approves" in visit(caller, "meeting", SCOPE, meeting.code).words
    assert visit(other, "meeting_approve", SCOPE, meeting.code, post=True).status_code == 302
    duty = Duty.objects.get()
    shown = visit(other, "meeting", SCOPE, meeting.code).content.decode()
    assert f"/kewajiban/{duty.code}/" in shown
    assert f"/kewajiban/{duty.code}/" not in visit(caller, "meeting", SCOPE, meeting.code).content.decode()


def test_what_is_wrong_keeps_what_was_typed(w, visit, later):
    caller = w.of("kp2mi", "draft")
    wrong = visit(caller, "meeting_plan", SCOPE, post=True, data=CALL | {"offices": [], "clock": "pagi"})
    assert (wrong.status_code, Meeting.objects.count()) == (422, 0)
    assert "Invite at least one office." in wrong.words
    assert 'value="Rapat kerja"' in wrong.words
    past = visit(caller, "meeting_plan", SCOPE, post=True, data=CALL | {"on_1": "1"})
    assert (past.status_code, "The meeting has to be in the future" in past.words) == (409, True)
    meeting = build.held(w)
    later(HOUR)
    data = MINUTES | {"do": "hand", "wanted_1": "", "text_2": "Hal kedua"}
    refused = visit(caller, "meeting_minute", SCOPE, meeting.code, post=True, data=data)
    assert refused.status_code == 409
    assert all(words in refused.words for words in ("Decision 1 has an owner", "Hal kedua", "Dibahas."))
    bad = visit(caller, "meeting_minute", SCOPE, meeting.code, post=True, data=data | {"due_1_0": "40"})
    assert (bad.status_code, "Hal kedua" in bad.words) == (422, True)


def test_a_meeting_is_moved_and_cancelled(w, visit):
    meeting, who = build.called(w), w.of("rusal", "draft")
    data = {"on_0": "5", "on_1": "2", "on_2": "2026", "clock": "09:00", "lasts": "30", "place": "Daring"}
    assert visit(who, "meeting_move", SCOPE, meeting.code, post=True, data=data | {"place": ""}).status_code == 422
    late = visit(who, "meeting_move", SCOPE, meeting.code, post=True, data=data | {"on_1": "1"})
    assert (late.status_code, "Gedung A" in late.words) == (409, True)
    assert visit(who, "meeting_move", SCOPE, meeting.code, post=True, data=data).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.place, meeting.moves) == ("Daring", 1)
    visit(who, "meeting_cancel", SCOPE, meeting.code, post=True)
    assert "cancelled" in visit(who, "meetings", SCOPE).words


def test_the_file_for_calendars_holds_no_agenda_and_leads_to_the_page(w, visit):
    meeting = build.called(w)
    answer = visit(w.of("rusal", "sign"), "meeting_calendar", SCOPE, meeting.code)
    body = answer.content.decode().replace("\r\n ", "")
    assert answer["Content-Type"] == "text/calendar"
    assert f"URL:http://testserver/en/program/{SCOPE}/koordinasi/rapat/{meeting.code}/" in body
    assert "rahasia" not in body


def test_minutes_are_opened_again(w, visit):
    meeting = build.minuted(w)
    set_clock(programme=w.programme, clock_at=w.at)
    assert visit(w.of("rusal", "draft"), "meeting_reopen", SCOPE, meeting.code, post=True).status_code == 302
    assert "Notula rahasia" in visit(w.of("rusal", "draft"), "meeting_minute", SCOPE, meeting.code).words


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(w, visit, django_assert_num_queries, number):
    for _ in range(number):
        build.called(w)
    who = w.of("rusal", "draft")
    visit(who, "meetings", SCOPE)
    with django_assert_num_queries(17):
        visit(who, "meetings", SCOPE)


# --- demand ----------------------------------------------------------------------------------------------------------
def test_a_ministry_s_own_sheet_is_understood_shown_and_taken(w, visit):
    who, ref = w.of("kemenperin", "answer"), hand_in(w, visit)
    page = visit(who, "demand_sheet", SCOPE, ref).words
    assert "3 rows can be taken" in page
    assert "1 row is wrong" in page
    assert "D (2028), E (2029): each holds the places of its year" in page
    assert "The places are a whole number of people" in page
    assert "Row 7: a total" in page
    none = visit(who, "demand_sheet", SCOPE, ref, post=True, data={"do": "take", "extent": "part", "wrong": "none"})
    assert (none.status_code, Demand.objects.count()) == (409, 0)
    visit(who, "demand_sheet", SCOPE, ref, post=True, data={"do": "take", "extent": "part", "wrong": "leave"})
    assert [(row.project, row.trade, row.year, row.places) for row in Demand.objects.order_by("pk")] == [
        ("Smelter A", "welder", 2028, 10),
        ("Smelter A", "welder", 2029, 20),
        ("Smelter A", "electrician", 2028, 5),
    ]
    assert visit(who, "demand_sheet", SCOPE, ref).status_code == 404


def test_columns_are_corrected_and_another_heading_is_read_anew(w, visit):
    data = sheet(["x", "y", "z", "q"], ["Proyek", "Jabatan", "Tahun", "Orang"], ["Kilang", "Las", 2029, 4]).read()
    who, ref = w.of("kemenperin", "answer"), hand_in(w, visit, data)
    first = {"do": "map", "heading": "1"}
    assert visit(who, "demand_sheet", SCOPE, ref, post=True, data=first).status_code == 302
    lost = visit(who, "demand_sheet", SCOPE, ref).words
    assert "Not found: Project, Trade, Year, Places." in lost
    refused = visit(who, "demand_sheet", SCOPE, ref, post=True, data={"do": "take"})
    assert "No column gives these yet: Project, Trade, Year, Places." in refused.words
    chosen = {"do": "map", "heading": "1", "project": "0", "trade": "1", "year": "2", "places": "3"}
    visit(who, "demand_sheet", SCOPE, ref, post=True, data=chosen)
    assert "1 row can be taken" in visit(who, "demand_sheet", SCOPE, ref).words
    assert visit(who, "demand_sheet", SCOPE, ref, post=True, data=chosen | {"places": "99"}).status_code == 422
    visit(who, "demand_sheet", SCOPE, ref, post=True, data={"do": "map", "heading": "2"})
    visit(who, "demand_sheet", SCOPE, ref, post=True, data={"do": "take", "extent": "all"})
    assert list(Demand.objects.values_list("project", "places")) == [("Kilang", 4)]


def test_years_side_by_side_are_left_for_a_column_of_places(w, visit):
    who, ref = w.of("kemenperin", "answer"), hand_in(w, visit)
    chosen = {"do": "map", "heading": "4", "project": "1", "trade": "2", "year": "4", "places": "3"}
    visit(who, "demand_sheet", SCOPE, ref, post=True, data=chosen)
    assert Sheet.objects.get().found["years"] == {}
    visit(who, "demand_sheet", SCOPE, ref, post=True, data=chosen | {"by_year": "on"})
    assert Sheet.objects.get().found == {
        "heading": 4,
        "columns": {"project": 1, "trade": 2},
        "years": {"3": 2028, "4": 2029},
    }


def test_a_sheet_that_cannot_be_read_or_is_put_away_changes_nothing(w, visit):
    who = w.of("kemenperin", "answer")
    assert visit(who, "demand_in", SCOPE, post=True).status_code == 422
    broken = {"sheet": SimpleUploadedFile("demand.xlsx", b"PK\x03\x04 kaputt")}
    assert visit(who, "demand_in", SCOPE, post=True, data=broken).status_code == 409
    assert Sheet.objects.count() == 0
    ref = hand_in(w, visit)
    assert "demand.xlsx" in visit(who, "demand_desk", SCOPE).words
    assert visit(who, "demand_sheet", SCOPE, ref, post=True, data={"do": "away"}).status_code == 302
    assert (Sheet.objects.get().data, Demand.objects.count()) == (None, 0)


def test_another_ministry_sees_neither_sheet_nor_row(w, visit):
    esdm = person(at=w.at, chance=w.chance, name="ESDM")
    agreements.mandate(w, esdm, "esdm", ("answer",))
    ref, row = hand_in(w, visit), build.asked(w)
    assert visit(esdm, "demand_sheet", SCOPE, ref).status_code == 404
    assert visit(esdm, "demand_row", SCOPE, row.code).status_code == 404
    assert visit(esdm, "demand_end", SCOPE, row.code, post=True).status_code == 404
    assert "Smelter Contoh" not in visit(esdm, "demand_desk", SCOPE).words


def test_a_row_is_typed_corrected_and_ended_with_its_versions(w, visit):
    who = w.of("kemenperin", "answer")
    wrong = visit(who, "demand_new", SCOPE, post=True, data=build.ROW | {"year": "28", "project": ""})
    assert (wrong.status_code, Demand.objects.count()) == (422, 0)
    assert all(words in wrong.words for words in ("The project is missing.", "Juru las", "from 2026 to 2060"))
    assert visit(who, "demand_new", SCOPE, post=True, data=build.ROW).status_code == 302
    assert visit(who, "demand_new", SCOPE, post=True, data=build.ROW | {"places": "9"}).status_code == 409
    code = Demand.objects.get().code
    assert visit(who, "demand_row", SCOPE, code, post=True, data=build.ROW | {"places": "15"}).status_code == 302
    page = visit(who, "demand_row", SCOPE, code).words
    assert all(words in page for words in ("Versions", 'value="15"', "Catatan menteri"))
    assert visit(who, "demand_end", SCOPE, code, post=True).status_code == 302
    assert "ended" in visit(who, "demand_row", SCOPE, code).words
    assert "2 earlier versions are kept." in visit(who, "demand_desk", SCOPE).words


def test_the_public_page_shows_projects_and_no_notes(w, visit):
    assert "No ministry has entered a demand yet." in visit(None, "demand", SCOPE).words
    build.asked(w)
    build.asked(w, project="Kilang", year="2028", places="40")
    page = visit(None, "demand", SCOPE).words
    assert all(words in page for words in ("Smelter Contoh", "Welder", "40 asked for", "25 in training"))
    assert "no training announced for it" in page
    assert "Catatan menteri" not in page
    rows, problems = tables.read(visit(None, "demand_out", SCOPE).content, (tables.Column("project", "Project"),))
    assert ([row.cells["project"] for row in rows], problems) == (["Kilang", "Smelter Contoh"], [])
    assert b"Catatan" not in visit(None, "demand_out", SCOPE).content


def test_the_template_is_read_as_it_is(w, visit):
    who = w.of("kemenperin", "answer")
    book = openpyxl.load_workbook(io.BytesIO(visit(who, "demand_template", SCOPE).content))
    book.worksheets[0].append(["Smelter", "Juru las", "4", "2028", "12", "Kab. X", ""])
    out = io.BytesIO()
    book.save(out)
    hand_in(w, visit, out.getvalue())
    assert "1 row can be taken" in visit(who, "demand_sheet", SCOPE, Sheet.objects.get().ref).words


@pytest.mark.parametrize("number", [1, 3])
def test_the_picture_takes_the_same_queries_for_any_number(w, visit, django_assert_num_queries, number):
    for n in range(number):
        build.asked(w, project=f"Proyek {n}")
    visit(None, "demand", SCOPE)
    with django_assert_num_queries(9):
        visit(None, "demand", SCOPE)


# --- declarations ----------------------------------------------------------------------------------------------------
def test_who_has_not_declared_is_told_and_declares(w, visit):
    who = officer(w, Role.VERIFIER)
    owed = "You have not declared your interests for this year yet"
    assert owed in visit(who, "account").words
    assert visit(who, "interest", SCOPE, post=True).status_code == 422
    assert visit(who, "interest", SCOPE, post=True, data={"kind": "school"}).status_code == 409
    unknown = visit(who, "interest", SCOPE, post=True, data={"kind": "school", "npsn": "99999999"})
    assert (unknown.status_code, "No school has this number" in unknown.words) == (422, True)
    data = {"kind": "school", "npsn": "20200001", "note": "Catatan pribadi"}
    assert visit(who, "interest", SCOPE, post=True, data=data).status_code == 302
    assert owed not in visit(who, "account").words
    page = visit(who, "interest", SCOPE).words
    assert all(words in page for words in ("SMKN 1 CONTOH", "with a sealed note"))
    assert "Catatan pribadi" not in page


def test_inspector_and_auditor_read_the_list_and_the_inspector_the_note(w, visit):
    who, inspector, auditor = (officer(w, role) for role in (Role.EXAMINER, Role.INSPECTOR, Role.AUDITOR))
    visit(who, "interest", SCOPE, post=True, data={"kind": "gift", "note": "Catatan pribadi"})
    ref = Declaration.objects.get().ref
    for reader, opens in ((inspector, True), (auditor, False)):
        page = visit(reader, "interests", SCOPE)
        assert "1 declared something" in page.words
        assert "Catatan pribadi" not in page.words
        assert (ref in page.words) is opens
    assert "Catatan pribadi" in visit(inspector, "interest_note", SCOPE, ref).words
    assert visit(auditor, "interest_note", SCOPE, ref).status_code == 403


def test_what_is_over_is_shown_to_be_declared_again(w, visit):
    who = officer(w, Role.EXAMINER)
    visit(who, "interest", SCOPE, post=True, data={"kind": "gift", "organisation": "Sebuah jam"})
    Declaration.objects.update(until_on=(w.at - DAY).date())
    page = visit(who, "interest", SCOPE).words
    assert all(words in page for words in ("The year of these is over.", "Sebuah jam", "You have not declared yet"))


def test_an_examiner_who_declares_on_the_page_passes_the_piece_on(at, chance, visit):
    w = twice.twice(at, chance, "ani")
    school = Organisation.objects.create(code="s", kind="school", name="SMK Satu", npsn="30000001")
    Application.objects.update(school=school)
    sitting = selection.sat(w)["ani"]
    twice.dealt(w, sitting)
    aside = twice.duty(w)["pair"][0]
    given = {"kind": "school", "npsn": school.npsn}
    assert visit(w.staff[aside], "interest", w.scope, post=True, data=given).status_code == 302
    assert aside not in {name for part in twice.duty(w).values() for name in part}
