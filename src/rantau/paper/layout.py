"""A document as plain data for a printing form: every text already chosen, split into paragraphs, with its language."""

import datetime as dt
import io
import re
from itertools import zip_longest
from typing import Any

import segno
from babel.dates import format_date

from .labels import DRAFT, LABELS, MADE_UP, NAME, REHEARSAL, STATUS, UNOFFICIAL
from .values import Clause, Paper, Signatory, Table, Words, said

Plain = dict[str, Any]

LOCALE = {"id": "id", "en": "en_GB", "ru": "ru"}
NUMBER = re.compile(r"[-+−]?\d[\d\s.,]*(?:%|\s?[A-Z]{3}|\s?[₽$€])?|[–—-]?")


def laid_out(paper: Paper, languages: tuple[str, ...]) -> Plain:
    """Return everything that is printed of a document in these languages, as JSON data."""
    return {
        "kind": paper.kind,
        "code": paper.code,
        "version": paper.version,
        "short": " ".join(re.findall(".{4}", paper.digest[:16])),
        "on": paper.on.isoformat(),
        "languages": list(languages),
        "columns": [{"text": NAME[language], "lang": language} for language in languages],
        "title": once(paper.title, languages),
        "subtitle": once(paper.subtitle, languages),
        "parties": [once(party, languages) for party in paper.parties],
        "labels": {name: [LABELS[language][name] for language in languages] for name in LABELS["id"]},
        "date": [{"text": day(paper.on, language), "lang": language} for language in languages],
        "status": [{"text": STATUS[language][paper.status], "lang": language} for language in languages],
        "digest": paper.digest,
        "address": paper.address,
        "qr": drawn(paper.address),
        "clauses": [clause(one, languages) for one in paper.clauses],
        "annexes": [clause(one, languages) for one in paper.annexes],
        "signatories": [signatory(one, languages) for one in paper.signatories],
        "behind": behind(paper),
        "notices": notices(paper),
    }


def beside(words: Words | str, languages: tuple[str, ...]) -> list[Plain]:
    """Return a text once for each language, with the language it is really in."""
    return [cell(words, language) for language in languages]


def cell(words: Words | str, language: str) -> Plain:
    """Return one text as it is printed in a column; `borrowed` when it stands there in another language."""
    text, found = said(words, language)
    return {"text": " ".join(text.split()), "lang": found, "borrowed": found != language}


def once(words: Words | str, languages: tuple[str, ...]) -> list[Plain]:
    """Return a text for a place that all languages share: what is the same in several is there once."""
    found: dict[str, Plain] = {}
    for one in beside(words, languages):
        found.setdefault(one["text"], one)
    return list(found.values())


def clause(one: Clause, languages: tuple[str, ...]) -> Plain:
    """Return a clause as rows, one a paragraph and one an item, so that the languages stay side by side."""
    return {
        "number": one.number,
        "title": beside(one.title, languages),
        "rows": paragraphs(one.text, languages),
        "items": [beside(item, languages) for item in one.items],
        "table": table(one.table, languages) if one.table else None,
    }


def paragraphs(words: Words, languages: tuple[str, ...]) -> list[list[Plain]]:
    """Return a text's paragraphs, each beside the same one in the other languages."""
    columns = []
    for language in languages:
        text, found = said(words, language)
        lines = [" ".join(line.split()) for line in text.splitlines()]
        columns.append([cell({found: line}, language) for line in lines if line])
    empty = [{"text": "", "lang": language, "borrowed": False} for language in languages]
    return [[one or empty[place] for place, one in enumerate(row)] for row in zip_longest(*columns, fillvalue=None)]


def table(one: Table, languages: tuple[str, ...]) -> Plain:
    """Return a table whose cells hold every language; columns of numbers are marked to stand on the right."""
    rows = [[once(words, languages) for words in row] for row in one.rows]
    numeric = [
        bool(rows) and all(NUMBER.fullmatch(part["text"]) for row in rows for part in row[place])
        for place in range(len(one.head))
    ]
    return {"head": [once(words, languages) for words in one.head], "rows": rows, "numeric": numeric}


def signatory(one: Signatory, languages: tuple[str, ...]) -> Plain:
    """Return who signs, with the day as each language writes it, or nothing where it is open."""
    return {
        "party": once(one.party, languages),
        "name": one.name,
        "capacity": once(one.capacity, languages) if one.capacity else [],
        "on": [{"text": day(one.on, language), "lang": language} for language in languages] if one.on else [],
    }


def day(on: dt.date, language: str) -> str:
    """Return a day in a language's long form."""
    return format_date(on, "long", locale=LOCALE[language])


def behind(paper: Paper) -> list[str]:
    """Return what stands large behind every page."""
    return [REHEARSAL] * paper.rehearsal + [DRAFT] * (paper.status == "draft")


def notices(paper: Paper) -> list[str]:
    """Return what stands in words under every page."""
    return [MADE_UP] * paper.rehearsal + [UNOFFICIAL] * (not paper.official)


def drawn(address: str) -> str:
    """Return an address as a QR code (SVG), or nothing where there is none."""
    if not address:
        return ""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()
