"""A file's answers beside the document that proves each, for the page and for the sheet."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rantau.applications import queries
from rantau.engine.eligibility import Finding
from rantau.people.queries import identity
from rantau.programmes.queries import terms
from rantau.web.ui import values

from .sentences import DOCUMENTS, INTERESTED_SCHOOL, finding

PROOF = {
    "identity_card": ("name", "nik", "birth", "home"),
    "diploma": ("name", "nisn", "school", "major", "graduated"),
    "report": ("name", "average"),
    "photo": ("name",),
}
"""Which answers an officer compares with which document."""


def beside(application: Any) -> list[dict[str, Any]]:
    """Return each document with the answers to compare it with: {"kind", "label", "file", "rows"}."""
    said, documents = spoken(application), queries.documents(application)
    return [
        {
            "kind": kind,
            "label": DOCUMENTS[kind],
            "file": documents[kind].file if documents[kind] else None,
            "rows": [said[name] for name in names],
        }
        for kind, names in PROOF.items()
    ]


def spoken(application: Any) -> dict[str, tuple[str, str]]:
    """Return a file's answers as (label, words), by name."""
    kept = identity(application.person)
    school = application.school
    return {
        "name": (_("Name"), application.person.name),
        "nik": (_("NIK"), kept.nik),
        "nisn": (_("NISN"), kept.nisn),
        "birth": (_("Date of birth"), values.plain_day(kept.birth_on) if kept.birth_on else ""),
        "home": (pgettext("where somebody lives", "Home"), _home(application)),
        "school": (_("School"), f"{school.name} · {school.npsn}" if school else _("not in the list: see the review")),
        "major": (_("Major"), _major(application)),
        "graduated": (_("Graduated in"), str(application.graduated or "")),
        "average": (_("Report average"), _average(application)),
    }


def plain(application: Any) -> dict[str, Any]:
    """Return a file's answers as a sheet holds them, by the code of the column."""
    kept, school = identity(application.person), application.school
    return {
        "nama": application.person.name,
        "nik": kept.nik,
        "nisn": kept.nisn,
        "lahir": kept.birth_on.isoformat() if kept.birth_on else "",
        "sekolah": school.name if school else "",
        "npsn": school.npsn if school else "",
        "jurusan": _major(application),
        "lulus": application.graduated,
        "rapor": "" if application.average is None else f"{application.average / 100:.2f}",
        "domisili": _home(application),
    }


def _home(application: Any) -> str:
    return ", ".join(filter(None, (application.regency, application.province)))


def _average(application: Any) -> str:
    if application.average is None:
        return ""
    return _("%(points)s of 100") % {"points": values.points(application.average)}


def _major(application: Any) -> str:
    return _majors(application).get(application.major, str(application.major))


def _majors(application: Any) -> dict[str, str]:
    """Return the programme's majors in the reader's language, by code."""
    known = terms(application.intake.version).eligibility.majors.value or ()
    return {major.code: values.text(major.title)[0] for major in known}


def findings(application: Any, *, at: dt.datetime) -> list[dict[str, str]]:
    """Return what the checks found, errors first, in words: {"words", "severity", "source"}; before all of it that the
    school declared an interest."""
    titles = _majors(application)
    declared = [{"words": str(INTERESTED_SCHOOL), "severity": "warning", "source": ""}]
    return (declared if queries.interested_school(application, at=at) else []) + [
        {"words": finding(found, majors=titles), "severity": found.severity, "source": found.source}
        for found in queries.findings(application, at=at)
    ]


def frozen_errors(application: Any) -> list[str]:
    """Return the errors that were found when the application was submitted, in words."""
    titles = _majors(application)
    found = [Finding.read(plain) for plain in application.findings]
    return [finding(one, majors=titles) for one in found if one.severity == "error"]
