"""Answers and what the checks found in them, as the person reads them before sending and when told a reason."""

import re
from typing import Any

from django.utils.translation import gettext as _

from rantau.applications import queries
from rantau.engine.finding import Finding
from rantau.people import queries as people
from rantau.programmes.queries import terms
from rantau.web.ui.values import points, text, weekday

from .pages import address, asked
from .sentences import FINDINGS, REASONS, TASKS

PRIVATE = ("identity.same_nik",)
"""Findings that touch other people: officers see them, the person never does."""


def rows(application: Any, *, change: bool) -> list[dict[str, Any]]:
    """Return the answers in the order of the questions, each with where to change it."""
    kept = people.identity(application.person)
    found: dict[str, list[tuple[Any, str]]] = {
        "birth": [(TASKS["birth"], weekday(kept.birth_on) if kept.birth_on else "")],
        "name": [(_("Full name"), application.person.name)],
        "identity": [("NIK", _spaced(kept.nik)), ("NISN", kept.nisn or _("left empty"))],
        "school": [(TASKS["school"], _school(application))],
        "study": [
            (_("Course of study"), major(application)),
            (_("Year of graduation"), str(application.graduated or "")),
        ],
        "average": [(TASKS["average"], _average(application))],
        "home": [(TASKS["home"], ", ".join(part for part in (application.regency, application.province) if part))],
        "wishes": [(TASKS["wishes"], _wishes(application))],
    }
    after = "?from=review"
    return [
        {"label": label, "value": value, "url": address("task", application, task=task) + after if change else ""}
        for task in asked(application)
        for label, value in found[task]
    ]


def _spaced(nik: str) -> str:
    return " ".join(nik[i : i + 4] for i in range(0, len(nik), 4))


def _school(application: Any) -> str:
    if application.school_id:
        return f"{application.school.name} · {application.school.regency}"
    claim = queries.school_claim(application)
    if claim is None:
        return ""
    return _("%(name)s, %(place)s (not in the list, being looked up)") % {"name": claim.name, "place": claim.place}


def _average(application: Any) -> str:
    value = application.average
    return "" if value is None else _("%(average)s of 100") % {"average": points(value)}


def _wishes(application: Any) -> str:
    titles = {field.code: text(field.title)[0] for field in terms(application.intake.version).fields}
    return " · ".join(f"{n}. {titles[code]}" for n, code in enumerate(application.wishes, start=1))


def major(application: Any) -> str:
    """Return the course of study in the reader's language, or as it was written."""
    return _majors(application).get(application.major, application.major)


def _majors(application: Any) -> dict[str, str]:
    known = terms(application.intake.version).eligibility.majors.value or ()
    return {row.code: text(row.title)[0] for row in known}


def told(application: Any, findings: Any) -> list[dict[str, Any]]:
    """Return findings in words with their source: never those about other people, nor what is merely unanswered."""
    return [
        {
            "words": _words(application, finding),
            "severity": finding.severity,
            "source": _source(application, finding),
            "assumed": finding.facts.get("status") == "assumed",
        }
        for finding in findings
        if finding.code in FINDINGS and finding.code not in PRIVATE
    ]


def _words(application: Any, finding: Finding) -> str:
    facts = dict(finding.facts)
    if finding.rule == "min_average":
        facts |= {key: points(int(facts[key])) for key in ("needed", "given") if key in facts}
    if finding.rule == "majors" and "needed" in facts:
        known = _majors(application)
        facts["needed"] = ", ".join(known.get(code, code) for code in str(facts["needed"]).split(", "))
        facts["given"] = known.get(str(facts["given"]), str(facts["given"]))
    return str(FINDINGS[finding.code]) % facts


def _source(application: Any, finding: Finding) -> str:
    """Return where a rule comes from, in words: titles of the programme's sources, its offices, or the law."""
    named = terms(application.intake.version)
    if finding.code.endswith(".unpublished"):
        offices = {office.code: text(office.name)[0] for office in named.offices}
        return offices.get(finding.source, "")
    titles = {source.key: source.title for source in named.sources}
    if finding.facts.get("status") == "published":
        return ", ".join(titles.get(key, key) for key in finding.source.split(", "))
    return re.sub(r"\s*(\[\d+\])+", "", finding.source)


def notices(application: Any, state: str) -> list[dict[str, Any]]:
    """Return why a file came back or cannot go on: the reason from the list, the officer's words, the frozen findings."""
    if state not in ("returned", "ineligible") or not application.reason:
        return []
    frozen = [Finding.read(plain) for plain in application.findings if plain["severity"] == "error"]
    found = told(application, frozen) if state == "ineligible" else []
    return [{"words": REASONS[application.reason], "note": application.note, "findings": found}]
