"""Verification in a spreadsheet: out with answers and findings, back with verdicts, twice without harm."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rantau.applications.models import Application
from rantau.people import actions as people
from rantau.web import tables
from rantau.web.verification import sheets
from tests.web import desk_build as build
from tests.web.desk_build import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(at, chance):
    made = build.world(at, chance)
    for name in ("Siti", "Budi", "Citra"):
        build.pupil(made, name)
        made.later(dt.timedelta(minutes=1))
    return made


def out(w, who="verifier"):
    """Take the sheet and return its rows by name."""
    page = w.browser(who).post(w.address("verifikasi/lembar.xlsx"))
    rows, problems = tables.read(page.content, sheets.OUT)
    assert (page["Content-Disposition"], problems) == ('attachment; filename="verifikasi.xlsx"', [])
    return {row.cells["nama"]: dict(row.cells) for row in rows}


def back(w, rows, who="verifier"):
    """Hand rows in and return the page, its summary and its problems as (row, column, words)."""
    data = tables.write(sheets.OUT, rows, title="Uji")
    sheet = SimpleUploadedFile("verifikasi.xlsx", data)
    page = w.browser(who).post(w.address("verifikasi/lembar/"), {"sheet": sheet})
    html = page.content.decode()
    summary = re.search(r'role="status"><p>(.*?)</p></div>', html, re.S)
    words = " ".join(re.sub(r"<[^>]+>", " ", summary[1]).split()) if summary else ""
    table = html.split("What is wrong and how to mend it</th>")
    cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", table[1].split("</tbody>")[0], re.S) if len(table) > 1 else []
    return page, words, [tuple(cells[i : i + 3]) for i in range(0, len(cells), 3)]


def states():
    return dict(Application.objects.values_list("person__name", "state"))


def test_the_sheet_holds_answers_findings_and_the_page_of_each_file(w):
    siti = Application.objects.get(person__name="Siti")
    people.keep_identity(person=siti.person, chance=w.chance, nik="9901010505070001")
    rows = out(w)
    assert list(rows) == ["Siti", "Budi", "Citra"]
    expected = {
        "kode": siti.code,
        "diterima": siti.filed_at.isoformat(),
        "nama": "Siti",
        "nik": "9901010505070001",
        "nisn": "0071234567",
        "lahir": "2007-05-05",
        "sekolah": "SMK Dua",
        "npsn": "20100002",
        "jurusan": "Welding",
        "lulus": "2025",
        "rapor": "81.25",
        "domisili": "Kota Selatan, Lampung",
        "temuan": "The NIK begins with 99, which is no province. The number is for life: look at the card.",
        "alamat": "http://testserver" + w.address(f"verifikasi/berkas/{siti.code}/"),
        "keputusan": "",
        "alasan": "",
        "catatan": "",
    }
    assert rows["Siti"] == expected
    assert set(Application.objects.values_list("claimed_by", flat=True)) == {w.staff["verifier"].pk}


def test_own_regency_is_not_in_the_sheet(w):
    Application.objects.filter(person__name="Budi").update(regency="Kab. Utara")
    assert list(out(w, "local")) == ["Siti", "Citra"]


def test_verdicts_come_back_good_rows_decided_bad_ones_named(w):
    rows = out(w)
    rows["Siti"] |= {"keputusan": "sah"}
    rows["Budi"] |= {"keputusan": "return", "alasan": "Dokumen tidak terbaca", "catatan": "Foto ulang."}
    rows["Citra"] |= {"keputusan": "refuse", "alasan": "unreadable"}
    page, words, problems = back(w, rows.values())
    assert (page.status_code, words) == (200, "2 files decided.")
    assert [problem[:2] for problem in problems] == [("4", "Reason")]
    assert problems[0][2].startswith("The reason for this verdict is one of: too_young, ")
    assert states() == {"Siti": "verified", "Budi": "returned", "Citra": "filed"}
    budi = Application.objects.get(person__name="Budi")
    assert (budi.reason, budi.note) == ("unreadable", "Foto ulang.")


def test_the_same_sheet_again_changes_nothing(w):
    rows = out(w)
    rows["Siti"] |= {"keputusan": "verify"}
    rows["Budi"] |= {"keputusan": "refuse", "alasan": "duplicate"}
    back(w, rows.values())
    before = everything()
    _page, words, problems = back(w, rows.values())
    assert (words, problems) == ("0 files decided. 2 had been decided before. 1 row has no verdict yet.", [])
    assert everything() == before


def test_an_old_sheet_decides_no_file_that_was_handed_in_again(w):
    rows = out(w)
    rows["Siti"] |= {"keputusan": "return", "alasan": "unreadable"}
    back(w, [rows["Siti"]])
    Application.objects.filter(person__name="Siti").update(state="filed", filed_at=w.later(build.DAY))
    out(w)
    before = everything()
    _page, _words, problems = back(w, [rows["Siti"]])
    assert [problem[:2] for problem in problems] == [("2", "Handed in at")]
    assert everything() == before


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"keputusan": "ya"}, "Verdict"),
        ({"keputusan": "return"}, "Reason"),
        ({"keputusan": "verify", "alasan": "unreadable"}, "Reason"),
        ({"keputusan": "refuse", "alasan": "requirement"}, "Note to the person"),
        ({"keputusan": "return", "alasan": "unreadable", "catatan": "x" * 301}, "Note to the person"),
        ({"keputusan": "verify", "kode": "A-0000000000"}, "Code"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_and_nothing_changes(w, changed, column):
    row = out(w)["Siti"] | changed
    before = everything()
    _page, words, problems = back(w, [row])
    assert (words, [problem[:2] for problem in problems]) == ("0 files decided.", [("2", column)])
    assert everything() == before


def test_a_file_that_another_took_meanwhile_is_not_decided(w):
    row = out(w)["Siti"] | {"keputusan": "verify"}
    w.later(dt.timedelta(minutes=31))
    w.browser("colleague").post(w.address("verifikasi/ambil/"))
    before = everything()
    _page, _words, problems = back(w, [row])
    words = "You do not hold this file any more. Take it again from the queue before you decide it."
    assert problems == [("2", "Code", words)]
    assert everything() == before


def test_a_code_typed_into_the_sheet_opens_no_file_of_the_own_regency(w):
    row = out(w, "local")["Siti"] | {"keputusan": "verify"}
    near = build.pupil(w, "Rahasia", regency="Kab. Utara")
    Application.objects.filter(pk=near.pk).update(claimed_by=w.staff["local"], claimed_at=w.at)
    row |= {"kode": near.code, "diterima": near.filed_at.isoformat()}
    before = everything()
    page, _words, problems = back(w, [row], "local")
    words = "There is no such file for you. Leave the code as it was in the sheet."
    assert problems == [("2", "Code", words)]
    assert "Rahasia" not in page.content.decode()
    assert everything() == before


def test_what_a_person_wrote_runs_in_no_spreadsheet(w):
    siti = Application.objects.get(person__name="Siti")
    people.keep_identity(person=siti.person, chance=w.chance, name="=HYPERLINK(1)")
    assert "=HYPERLINK(1)" in out(w)
    page = w.browser("verifier").post(w.address("verifikasi/lembar.xlsx"))
    assert b"<f>" not in page.content


def test_a_sheet_that_cannot_be_read_changes_nothing(w):
    before = everything()
    browser = w.browser("verifier")
    page = browser.post(w.address("verifikasi/lembar/"), {"sheet": SimpleUploadedFile("x.csv", b"kode;nama\nA;B\n")})
    assert page.status_code == 409
    assert "These columns are missing in the first row: Handed in at, Verdict." in page.content.decode()
    assert browser.post(w.address("verifikasi/lembar/"), {}).status_code == 422
    assert browser.get(w.address("verifikasi/lembar/"))["Location"] == w.address("verifikasi/")
    assert everything() == before


@pytest.mark.parametrize("who", ["head", "coordinator", "auditor"])
def test_only_verifiers_take_and_hand_in_sheets(w, who):
    before = everything()
    assert w.browser(who).post(w.address("verifikasi/lembar.xlsx")).status_code == 403
    assert w.browser(who).post(w.address("verifikasi/lembar/"), {}).status_code == 403
    assert everything() == before
