"""Sheets in and out: what is read as text, what is refused with its row, and what can never run."""

import csv
import io
import zipfile

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy
from openpyxl import Workbook

from rantau.engine.refusal import Refusal
from rantau.web import tables
from rantau.web.tables import Column
from rantau.web.verification.sentences import RETURN, VERDICTS

NAME = Column("nama", gettext_lazy("Name"))
NIK = Column("nik", gettext_lazy("NIK"), digits=True)
NOTE = Column("catatan", gettext_lazy("Note to the person"), needed=False)
COLUMNS = (NAME, NIK, NOTE)
NUMBER = "1801010505070001"


def xlsx(*lines):
    """Return a workbook as people make it, types as given."""
    book = Workbook()
    for line in lines:
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(data):
    rows, problems = tables.read(data, COLUMNS)
    return [(row.number, dict(row.cells)) for row in rows], [(p.row, p.column, str(p.words)) for p in problems]


def test_what_is_written_is_read_back_as_it_was():
    rows = [{"nama": "Siti", "nik": NUMBER, "catatan": "Foto\nulang"}, {"nama": "Budi", "nik": "0001", "catatan": None}]
    found, problems = cells(tables.write(COLUMNS, rows, title="Uji"))
    assert problems == []
    assert found == [
        (2, {"nama": "Siti", "nik": NUMBER, "catatan": "Foto ulang"}),
        (3, {"nama": "Budi", "nik": "0001", "catatan": ""}),
    ]


def test_nothing_written_is_a_formula():
    hostile = ["=1+1", "+62812", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://jahat.example")']
    data = tables.write(COLUMNS, [{"nama": text, "nik": text, "catatan": text} for text in hostile], title="Uji")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
        styles = packed.read("xl/styles.xml").decode()
    assert sheet.count('t="inlineStr"') == 3 + 3 * len(hostile)
    assert "<f>" not in sheet
    assert 'quotePrefix="1"' in styles
    assert [row["nama"] for _, row in cells(data)[0]] == [*hostile[:4], "=1", hostile[5]]


def test_letters_that_no_sheet_can_hold_are_left_out():
    data = tables.write((NAME,), [{"nama": "Si\x00ti\x0b"}], title="Uji")
    assert tables.read(data, (NAME,))[0][0].cells == {"nama": "Siti"}


def test_a_number_where_digits_belong_is_refused_with_its_row_and_the_reason():
    found, problems = cells(xlsx(["nama", "nik"], ["Siti", NUMBER], [], ["Budi", int(NUMBER)], ["Citra", 12.5]))
    assert found == [(2, {"nama": "Siti", "nik": NUMBER, "catatan": ""})]
    assert problems == [(4, str(NIK.label), str(tables.AS_NUMBER)), (5, str(NIK.label), str(tables.AS_NUMBER))]
    with translation.override("en"):
        assert "15 digits" in str(tables.AS_NUMBER)


def test_other_cells_become_text():
    found, _problems = cells(xlsx(["nama", "nik"], [81234567890, "1"], [True, "2"], [2.5, "3"]))
    assert [row["nama"] for _, row in found] == ["81234567890", "True", "2.5"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_with_any_separator(separator):
    text = separator.join(["nama", "nik"]) + "\n" + separator.join(["Siti Aïsyah", NUMBER]) + "\n"
    expected = [(2, {"nama": "Siti Aïsyah", "nik": NUMBER, "catatan": ""})]
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        assert cells(text.encode(encoding)) == (expected, [])


def test_digits_that_a_spreadsheet_shortened_in_csv_are_refused():
    found, problems = cells(b"nama;nik\nSiti;1,80101E+15\nBudi;1.80101E+15\n")
    assert (found, [row for row, _, _ in problems]) == ([], [2, 3])


def test_the_quote_before_a_formula_is_no_part_of_the_text():
    found, _problems = cells(b"nama,nik\n'=Siti,1\n'+62,2\n'Abd,3\n")
    assert [row["nama"] for _, row in found] == ["=Siti", "+62", "'Abd"]


def test_headings_are_known_in_every_language_and_order():
    expected = [(2, {"nama": "Siti", "nik": NUMBER, "catatan": "ulang"})]
    for heading in (
        ["NIK", "Name", "Note to the person", "Sonst"],
        ["nik", "Nama", "Catatan untuk pendaftar", ""],
        ["NIK", "Имя", "Примечание для заявителя", "x"],
    ):
        assert cells(xlsx(heading, [NUMBER, "Siti", "ulang", "?"])) == (expected, [])


def refusal(data):
    with pytest.raises(Refusal) as caught:
        tables.read(data, COLUMNS)
    return caught.value.code, caught.value.facts


def test_missing_columns_are_named():
    with translation.override("en"):
        assert refusal(b"nama,alamat\nSiti,x\n") == ("table.columns", {"missing": ["NIK"]})


def test_an_empty_sheet_is_refused():
    assert refusal(b"\n\n") == ("table.empty", {})
    assert refusal(xlsx()) == ("table.empty", {})


def test_a_sheet_has_at_most_so_many_rows():
    row = b"Siti,1\n"
    assert len(tables.read(b"nama,nik\n" + row * tables.LONGEST, COLUMNS)[0]) == tables.LONGEST
    assert refusal(b"nama,nik\n" + row * (tables.LONGEST + 1)) == ("table.long", {"limit": tables.LONGEST})


def test_a_small_file_with_too_much_inside_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (tables.UNPACKED + 1))
    assert refusal(out.getvalue()) == ("table.large", {})


@pytest.mark.parametrize("far", ['<c r="XFD1048576"><v>1</v></c>', "<c r='AAA900000'><v>1</v></c>"])
def test_a_cell_far_away_does_not_fill_the_memory(far):
    with zipfile.ZipFile(io.BytesIO(xlsx(["nama", "nik"], ["Siti", NUMBER]))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</row></sheetData>", far.encode() + b"</row></sheetData>")
    assert parts["xl/worksheets/sheet1.xml"] != sheet
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    assert refusal(out.getvalue()) == ("table.large", {})


def broken():
    whole = xlsx(["nama", "nik"], ["Siti", NUMBER])
    return {
        "cut": whole[: len(whole) // 2],
        "zip": b"PK\x03\x04 and nothing else",
        "old excel": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512,
        "picture": b"\x89PNG\r\n\x1a\n\0\0",
        "quotes": b'nama,nik\n"' + b"x" * (csv.field_size_limit() + 1),
    }


@pytest.mark.parametrize("kind", sorted(broken()))
def test_what_cannot_be_read_is_refused(kind):
    assert refusal(broken()[kind]) == ("table.unreadable", {})


def test_a_zip_that_is_no_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("halo.txt", "halo")
    assert refusal(out.getvalue()) == ("table.unreadable", {})


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("verify", "verify"),
        (" Sah ", "verify"),
        ("kembalikan", "return"),
        ("Не подходит", "refuse"),
        ("Return", "return"),
        ("ya", None),
        ("", None),
    ],
)
def test_words_are_understood_in_every_language(typed, code):
    assert tables.choose(typed, VERDICTS) == code


def test_every_reason_is_understood_in_indonesian():
    with translation.override("id"):
        words = {str(label): code for code, label in RETURN.items()}
    assert {text: tables.choose(text, RETURN) for text in words} == words


def test_columns_with_choices_offer_them():
    column = Column("keputusan", "Keputusan", choices=("verify", "return"))
    with zipfile.ZipFile(io.BytesIO(tables.write((column,), [], title="Uji"))) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert '<formula1>"verify,return"</formula1>' in sheet


def test_a_download_stays_in_no_cache():
    answer = tables.download(b"x", "uji")
    assert {key: answer[key] for key in ("Content-Disposition", "Cache-Control", "X-Content-Type-Options")} == {
        "Content-Disposition": 'attachment; filename="uji.xlsx"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
