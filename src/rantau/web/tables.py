"""Sheets in and out for every desk: CSV and XLSX read as text with row numbers, XLSX written so that nothing in it runs."""

import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineError, CalamineWorkbook

from rantau.engine.refusal import Refusal

from .sentences import refusal_sentence

LARGEST = 5 * 1024 * 1024
UNPACKED = 40 * 1024 * 1024
"""Bytes that an XLSX may have inside: a small file can hold a big one."""
LONGEST = 5000
WIDEST = 60
PLACES = 2_000_000
"""Cells in the rectangle from the first to the last, empty ones too."""
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
TEXT = "@"  # the number format of a cell whose digits stay as they are typed

_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})(\d{1,9})["']""")
_SHORTENED = re.compile(r"[\d.,]+[eE]\+?\d+")


@dataclass(frozen=True)
class Column:
    """One column: its code, its heading, whether its cells are digits that must stay text, how wide it is.

    On reading the code and the heading in any language will do; a column that is not `needed` may be absent.
    """

    code: str
    label: Any
    digits: bool = False
    width: int = 18
    needed: bool = True
    choices: tuple[str, ...] = ()

    def names(self) -> set[str]:
        """Return everything that may stand in the heading, in lower case."""
        return {self.code.lower(), *spellings(self.label)}


@dataclass(frozen=True)
class Row:
    """One row as the spreadsheet numbers it, its cells as text by the code of the column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row, in which column, and how to mend it."""

    row: int
    column: str
    words: Any


@dataclass
class Outcome:
    """What became of an uploaded sheet: rows done, rows that had been done before, rows left open, rows refused."""

    done: list[Any] = field(default_factory=list)
    before: int = 0
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, row: Row, column: Column | None, refusal: Refusal) -> None:
        """Note that a rule refused a row."""
        self.problem(row, column, refusal_sentence(refusal))

    def problem(self, row: Row, column: Column | None, words: Any) -> None:
        """Note what is wrong with a row."""
        self.problems.append(Problem(row.number, str(column.label) if column else "", words))


class SheetForm(forms.Form):
    """One sheet to hand in."""

    sheet = forms.FileField(
        label=_("Sheet (XLSX or CSV)"), error_messages={"required": _("Choose the file with the sheet first.")}
    )

    def clean_sheet(self) -> bytes:
        """Return the bytes of a sheet that is not too big."""
        sheet = self.cleaned_data["sheet"]
        if sheet.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB. Hand it in in parts."), code="large")
        return bytes(sheet.read())


def spellings(label: Any) -> set[str]:
    """Return a translated text in every language, in lower case."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(str(label).strip().lower())
    return found


def choose(text: str, table: Mapping[str, Any]) -> str | None:
    """Return the code that a cell means: the code itself or its words in any language; None for anything else."""
    typed = text.strip().lower()
    return next((code for code, label in table.items() if typed == code or typed in spellings(label)), None)


# --- in --------------------------------------------------------------------------------------------------------------
def read(data: bytes, columns: Sequence[Column]) -> tuple[list[Row], list[Problem]]:
    """Return a sheet's rows below its heading, and the rows that cannot be taken as they are; empty rows are left out.

    :raises Refusal: `table.unreadable`, `table.large`, `table.empty`, `table.columns`, `table.long`
    """
    sheet = _xlsx(data) if data[:2] == b"PK" else _csv(data)
    lines = [(number, cells) for number, cells in enumerate(sheet, 1) if any(_text(cell) for cell in cells)]
    if not lines:
        raise Refusal("table.empty")
    if len(lines) - 1 > LONGEST:
        raise Refusal("table.long", limit=LONGEST)
    places = _places(lines[0][1], columns)
    rows, problems = [], []
    for number, cells in lines[1:]:
        raw = {c.code: cells[places[c.code]] if places.get(c.code, len(cells)) < len(cells) else "" for c in columns}
        wrong = [c for c in columns if c.digits and _lost_digits(raw[c.code])]
        problems += [Problem(number, str(c.label), AS_NUMBER) for c in wrong]
        if not wrong:
            rows.append(Row(number, {code: _text(cell) for code, cell in raw.items()}))
    return rows, problems


def lines(data: bytes) -> list[tuple[int, list[str]]]:
    """Return the rows of somebody's own sheet that hold anything, as text, by the number the spreadsheet gives them.

    Nothing is asked of its shape. A cell merged over several rows speaks for each of them; columns past the sixtieth and
    letters past the six hundredth of a cell are left out.

    :raises Refusal: `table.unreadable`, `table.large`, `table.empty`, `table.long`
    """
    sheet = _merged(data) if data[:2] == b"PK" else _csv(data)
    texts = [(number, [_text(cell)[:600] for cell in cells[:WIDEST]]) for number, cells in enumerate(sheet, 1)]
    found = [(number, cells) for number, cells in texts if any(cells)]
    if not found:
        raise Refusal("table.empty")
    if len(found) > LONGEST:
        raise Refusal("table.long", limit=LONGEST)
    return found


AS_NUMBER = _(
    "The cell holds a number, and a spreadsheet keeps only 15 digits of a number and drops the zeros before it."
    " Format the column as Text and type the digits again."
)


def _places(heading: Sequence[Any], columns: Sequence[Column]) -> dict[str, int]:
    found = [_text(cell).lower() for cell in heading]
    places = {c.code: found.index(name) for c in columns for name in c.names() & set(found)}
    missing = [str(c.label) for c in columns if c.needed and c.code not in places]
    if missing:
        raise Refusal("table.columns", missing=missing)
    return places


def _lost_digits(cell: Any) -> bool:
    if isinstance(cell, str):
        return bool(_SHORTENED.fullmatch(cell.strip()))
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _text(cell: Any) -> str:
    """Return a cell as text: whole numbers without a point, dates as 2026-05-31."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    return " ".join(str(cell).split())


def _xlsx(data: bytes) -> list[list[Any]]:
    try:
        return _first(data).to_python(skip_empty_area=False)
    except (CalamineError, IndexError, OSError, ValueError):
        raise Refusal("table.unreadable") from None


def _first(data: bytes) -> Any:
    return CalamineWorkbook.from_filelike(_repacked(data)).get_sheet_by_index(0)


def _merged(data: bytes) -> list[list[Any]]:
    """Read a workbook's first sheet with the first cell of a merge down a column in each of its rows."""
    try:
        sheet = _first(data)
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
        for (first, column), (last, end) in sheet.merged_cell_ranges or ():
            for row in rows[first + 1 : last + 1] if column == end and first < len(rows) else ():
                if column < min(len(row), len(rows[first])) and row[column] in ("", None):
                    row[column] = rows[first][column]
    except (CalamineError, IndexError, OSError, ValueError):
        raise Refusal("table.unreadable") from None
    return rows


def _repacked(data: bytes) -> io.BytesIO:
    """Return the workbook packed anew, so that what was measured here is what is read.

    The reader keeps every place between the first cell and the last: one cell far away would fill the memory.
    """
    parts = _unpacked(data)
    if any(b"\0" in part for name, part in parts if name.endswith((".xml", ".rels"))):
        raise Refusal("table.unreadable")
    for _name, part in parts:
        places = [(_column(letters), int(row)) for letters, row in _PLACE.findall(part)]
        if max((column for column, _ in places), default=0) * max((row for _, row in places), default=0) > PLACES:
            raise Refusal("table.large")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, part in parts:
            packed.writestr(name, part)
    out.seek(0)
    return out


def _unpacked(data: bytes) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                raise Refusal("table.large")
            return [(part.filename, packed.read(part)) for part in packed.infolist()]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise Refusal("table.unreadable") from None


def _column(letters: bytes) -> int:
    """Return the number of a column by its letters, 1 for none."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return max(number, 1)


def _csv(data: bytes) -> list[list[str]]:
    """Read CSV with commas, semicolons or tabs, in UTF-8 or as Windows writes it."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if "\0" in text or "\ufffd" in text:
        raise Refusal("table.unreadable")
    heading = text.partition("\n")[0]
    separator = max(",;\t", key=heading.count)
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error:
        raise Refusal("table.unreadable") from None
    return [[cell[1:] if cell[:1] == "'" and cell[1:2] in RUNS else cell for cell in line] for line in lines]


# --- out -------------------------------------------------------------------------------------------------------------
def write(
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, Any]],
    *,
    title: str,
    notes: tuple[str, Sequence[Sequence[str]]] | None = None,
) -> bytes:
    """Return an XLSX with a heading and rows by the code of the column; texts stay texts, whatever they begin with.

    `notes` is a second sheet: its title and its lines. Columns with choices offer them in a list.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, 1):
        letter = _letter(place)
        sheet.column_dimensions[letter].width = column.width
        if column.digits:
            sheet.column_dimensions[letter].number_format = TEXT
        if column.choices:
            offered = DataValidation(type="list", formula1='"' + ",".join(column.choices) + '"', allow_blank=True)
            offered.add(f"{letter}2:{letter}{LONGEST}")
            sheet.data_validations.append(offered)
    sheet.append([_heading(sheet, column) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, row.get(column.code), digits=column.digits) for column in columns])
    if notes:
        second = book.create_sheet(notes[0][:31])
        for place, width in enumerate((26, 90), 1):
            second.column_dimensions[_letter(place)].width = width
        for line in notes[1]:
            second.append([_cell(second, part) for part in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_csv(columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return CSV in UTF-8 with a mark of its encoding; a text that a spreadsheet would run stands behind an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([str(column.label) for column in columns])
    for row in rows:
        writer.writerow([_plain(row.get(column.code)) for column in columns])
    return out.getvalue().encode("utf-8-sig")


def _plain(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(RUNS) else text


def _letter(place: int) -> str:
    return str(get_column_letter(place))


def _heading(sheet: Any, column: Column) -> Any:
    cell = _cell(sheet, str(column.label))
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Any, *, digits: bool = False) -> Any:
    if value is None or (isinstance(value, int) and not digits):
        return WriteOnlyCell(sheet, value=value)
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if digits:
        cell.number_format = TEXT
    if text.startswith(RUNS):
        cell.quotePrefix = True
    return cell


def download(data: bytes, name: str) -> HttpResponse:
    """Return an XLSX as a download that stays in no cache."""
    return _attached(data, SPREADSHEET, f"{name}.xlsx")


def download_csv(data: bytes, name: str) -> HttpResponse:
    """Return CSV as a download that stays in no cache."""
    return _attached(data, "text/csv; charset=utf-8", f"{name}.csv")


def _attached(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
