"""Claimed files as a sheet, for officers who work in a spreadsheet, and the same sheet back with their verdicts."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from rantau.applications import access, queries
from rantau.applications.actions import verification
from rantau.engine.refusal import Refusal
from rantau.web import tables

from .answers import findings, plain
from .forms import NOTE
from .sentences import REASONS, REFUSE, RETURN, VERDICTS

CODE = tables.Column("kode", _("Code"), width=18)
FILED = tables.Column("diterima", _("Handed in at"), width=22)
VERDICT = tables.Column("keputusan", _("Verdict"), width=14, choices=tuple(VERDICTS))
REASON = tables.Column("alasan", _("Reason"), width=22, choices=(*RETURN, *REFUSE), needed=False)
WORDS = tables.Column("catatan", _("Note to the person"), width=40, needed=False)
ANSWERS = (
    tables.Column("nama", _("Name"), width=28),
    tables.Column("nik", _("NIK"), digits=True, width=20),
    tables.Column("nisn", _("NISN"), digits=True, width=14),
    tables.Column("lahir", _("Date of birth"), digits=True, width=13),
    tables.Column("sekolah", _("School"), width=30),
    tables.Column("npsn", _("NPSN"), digits=True, width=12),
    tables.Column("jurusan", _("Major"), width=26),
    tables.Column("lulus", _("Graduated in"), width=10),
    tables.Column("rapor", _("Report average"), width=10),
    tables.Column("domisili", pgettext_lazy("where somebody lives", "Home"), width=30),
    tables.Column("temuan", _("Findings"), width=60),
    tables.Column("alamat", _("Page with the documents"), width=60),
)
OUT = (CODE, FILED, *ANSWERS, VERDICT, REASON, WORDS)
IN = (CODE, FILED, VERDICT, REASON, WORDS)


def write(applications: Iterable[Any], *, at: dt.datetime, address: Any) -> bytes:
    """Return the sheet of some claimed files; `address` gives the page of a code."""
    rows = [
        {
            "kode": application.code,
            "diterima": filed(application),
            **plain(application),
            "temuan": "\n".join(found["words"] for found in findings(application, at=at)),
            "alamat": address(application.code),
        }
        for application in applications
    ]
    notes = [(code, str(words)) for table in (VERDICTS, RETURN, REFUSE) for code, words in table.items()]
    return tables.write(OUT, rows, title=gettext("Files"), notes=(gettext("Verdicts and reasons"), notes))


def filed(application: Any) -> str:
    """Return when a file was handed in, exactly: a sheet of an earlier handing-in decides nothing."""
    return str(application.filed_at.isoformat()) if application.filed_at else ""


def decide_all(data: bytes, *, person: Any, scope: str, at: dt.datetime) -> tables.Outcome:
    """Decide every file of a sheet whose row is right; rows without a verdict stay open.

    A row that this officer decided in the same way before is left as it is, so a sheet can be handed in twice.

    :raises Refusal: as `tables.read`
    """
    rows, problems = tables.read(data, IN)
    outcome = tables.Outcome(problems=problems)
    mine = access.judged(person, scope=scope, at=at)
    for row in rows:
        if not row.cells["keputusan"]:
            outcome.skipped += 1
            continue
        try:
            application = mine.get(code=row.cells["kode"].upper())
        except ObjectDoesNotExist:
            outcome.problem(row, CODE, _("There is no such file for you. Leave the code as it was in the sheet."))
            continue
        _decide(application, row, outcome, person=person, at=at)
    outcome.problems.sort(key=lambda problem: problem.row)
    return outcome


def _decide(application: Any, row: tables.Row, outcome: tables.Outcome, *, person: Any, at: dt.datetime) -> None:
    verdict = tables.choose(row.cells["keputusan"], VERDICTS)
    if verdict is None:
        allowed = ", ".join(VERDICTS)
        outcome.problem(row, VERDICT, _("The verdict is one of: %(allowed)s.") % {"allowed": allowed})
        return
    typed, note = row.cells["alasan"], row.cells["catatan"]
    reason = tables.choose(typed, REASONS[verdict]) if typed else ""
    if reason is None or (verdict != "verify" and not reason):
        allowed = ", ".join(REASONS[verdict]) or "–"
        outcome.problem(row, REASON, _("The reason for this verdict is one of: %(allowed)s.") % {"allowed": allowed})
    elif len(note) > NOTE or (reason == "requirement" and not note):
        outcome.problem(row, WORDS, _("Name the requirement in the note, in at most 300 letters."))
    elif row.cells["diterima"] != filed(application):
        outcome.problem(row, FILED, _("The file was handed in again since this sheet was made. Take a fresh sheet."))
    elif application.state != "filed" and queries.decided_by(application, person, verdict):
        outcome.before += 1
    else:
        try:
            verification.decide(
                application=application, person=person, verdict=verdict, reason=reason, note=note, at=at
            )
        except Refusal as refusal:
            outcome.refuse(row, CODE, refusal)
        else:
            outcome.done.append(application)
