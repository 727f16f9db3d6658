"""Marks as a sheet: piece codes and marks out as XLSX or CSV, and the same sheet back."""

import csv
import io
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from rantau.selection.queries import desks
from rantau.web import tables
from rantau.web.selection.forms import MarkField
from rantau.web.ui.values import text

PIECE = tables.Column("karya", _("Piece"), width=18)
MARK = tables.Column("nilai", _("Mark"), width=10)
STATE = tables.Column("keadaan", _("State"), width=18, needed=False)
STATES = {"": _("to be marked"), "draft": _("draft"), "locked": _("locked"), "disputed": _("change proposed")}
FULL = _("marked by others")


def reads(batch: dict[str, Any]) -> MarkField:
    """Return how a cell of the test's marks is read and written."""
    return MarkField(maximum=batch["criterion"].maximum, step=100 if batch["interview"] else 1, required=False)


def _lines(pieces: list[desks.Piece], batch: dict[str, Any]) -> list[dict[str, str]]:
    field = reads(batch)
    return [
        {
            "karya": p.code,
            "nilai": field.prepare_value(p.own.value) if p.own else "",
            "keadaan": str(FULL if p.full else STATES[p.own.state if p.own else ""]),
        }
        for p in pieces
    ]


def as_xlsx(pieces: list[desks.Piece], batch: dict[str, Any], name: str) -> HttpResponse:
    """Return the pieces as XLSX, with what a mark may be on a second sheet."""
    criterion = batch["criterion"]
    notes = [(str(n), text(words)[0]) for n, words in enumerate(criterion.descriptors)]
    notes = [(say("A mark may be"), reads(batch).wrong()), *notes]
    title = text(criterion.title)[0].partition(":")[0]
    sheet_title = "".join(letter for letter in title if letter not in "[]:*?/\\") or say("Marks")
    data = tables.write(
        (PIECE, MARK, STATE), _lines(pieces, batch), title=sheet_title, notes=(say("How to mark"), notes)
    )
    return tables.download(data, name)


def as_csv(pieces: list[desks.Piece], batch: dict[str, Any], name: str) -> HttpResponse:
    """Return the pieces as CSV in UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = (PIECE, MARK, STATE)
    writer.writerow([str(column.label) for column in columns])
    writer.writerows([line[column.code] for column in columns] for line in _lines(pieces, batch))
    response = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def read(
    data: bytes, pieces: list[desks.Piece], batch: dict[str, Any]
) -> tuple[tables.Outcome, dict[str, int], dict[str, tables.Row]]:
    """Return what is wrong with a sheet, and its new marks and their rows by piece; rows without a mark stay open.

    A mark that stands already is counted as done before, locked or not, so a sheet can be handed in twice.

    :raises Refusal: as `tables.read`
    """
    found, problems = tables.read(data, (PIECE, MARK, STATE))
    outcome, values, rows = tables.Outcome(problems=problems), {}, {}
    known, field = {p.code: p for p in pieces}, reads(batch)
    for row in found:
        piece = known.get(row.cells["karya"].upper())
        if piece is None:
            outcome.problem(row, PIECE, _("There is no such piece for you in this session. Leave the code as it was."))
        elif piece.code in rows:
            outcome.problem(row, PIECE, _("This piece stands in the sheet twice; the first row was taken."))
        elif not row.cells["nilai"]:
            outcome.skipped += 1
        else:
            value = _value(field, row, outcome)
            if value is not None and piece.own is not None and piece.own.value == value:
                outcome.before += 1
            elif value is not None:
                values[piece.code], rows[piece.code] = value, row
    return outcome, values, rows


def _value(field: MarkField, row: tables.Row, outcome: tables.Outcome) -> int | None:
    try:
        return field.to_python(row.cells["nilai"])
    except ValidationError as error:
        outcome.problem(row, MARK, error.messages[0])
        return None
