"""A text as it is read: clauses in one language or two side by side, what is not published or assumed, who owes what."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rantau.agreements import wording
from rantau.engine.clauses import Clause
from rantau.engine.known import Text
from rantau.web.ui.values import text

from .words import TONGUES, tongues_named

MARKS = {at: {words["unpublished"]: "unknown", words["assumed"]: "assumed"} for at, words in wording.WORDS.items()}
"""The words by which a text marks what nobody has published, and what is assumed, by language."""
_MARKED = {at: re.compile("|".join(map(re.escape, marks))) for at, marks in MARKS.items()}


@dataclass(frozen=True)
class Cell:
    """Words in one language; `other` says that they stand in for one that is not written."""

    language: str
    words: SafeString
    other: bool = False


@dataclass(frozen=True)
class Owed:
    """A duty of a clause in words of the reader's language."""

    owner: str
    what: str
    when: str
    evidence: str
    released: str


@dataclass(frozen=True)
class Read:
    """One clause as a page shows it: every line holds a cell a language; `gaps` are the open questions it rests on."""

    code: str
    number: int
    title: list[Cell]
    lines: list[list[Cell]]
    rows: list[list[Cell]]
    head: list[list[Cell]]
    table: list[list[list[Cell]]]
    gaps: list[Any]
    answered: bool
    duties: list[Owed] = field(default_factory=list)


def chosen(request: HttpRequest) -> str:
    """Return in which languages the reader wants the text: as asked, else the language of the page."""
    asked = request.GET.get("teks", "")
    return asked if asked in TONGUES else (get_language() or "id")[:2]


def choices(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the languages in which a text can be read, with what is chosen now."""
    now = chosen(request)
    return [{"key": key, "words": tongues_named(key), "now": key == now} for key in TONGUES]


def names(offices: Iterable[Any]) -> str:
    """Return offices by name in the reader's language."""
    return ", ".join(text(office.name)[0] for office in offices)


def read(clauses: Iterable[tuple[int, Clause]], *, tongues: str, known: Any, sides: Collection[str]) -> list[Read]:
    """Return numbered clauses to be read; `known` is the programme's value now, `sides` the codes of the parties."""
    open_ = {path: question for question in known.questions() for path in question.paths}
    language, found = (get_language() or "id")[:2], []
    for number, clause in clauses:
        asked = {open_[path].about: open_[path] for path in clause.open if path in open_}
        head, *table = [[_cells(cell, tongues) for cell in row] for row in clause.table] or [[]]
        found.append(
            Read(
                code=clause.code,
                number=number,
                title=_cells(clause.title, tongues),
                lines=_lines(clause.text, tongues),
                rows=[_cells(row, tongues) for row in clause.rows],
                head=head,
                table=table,
                gaps=list(asked.values()),
                answered=any(path not in open_ for path in clause.open),
                duties=[_owed(term, language, known, sides) for term in clause.duties],
            )
        )
    return found


def _owed(term: Any, language: str, known: Any, sides: Collection[str]) -> Owed:
    return Owed(
        owner=wording.named(term.owner, language, known, sides),
        what=term.what.in_(language)[0],
        when=wording.when(term.timing, language, known),
        evidence=term.evidence.in_(language)[0],
        released=wording.named(term.excused_by, language, known, sides) if term.excused_by else "",
    )


def _cells(said: Text, tongues: str) -> list[Cell]:
    return [_cell(*said.in_(at), at) for at in TONGUES[tongues]]


def _cell(words: str, other: bool, at: str) -> Cell:
    written = "id" if other else at
    return Cell(written, marked(words, written), other)


def _lines(said: Text, tongues: str) -> list[list[Cell]]:
    """Return a text paragraph by paragraph, those of each language beside each other."""
    columns = []
    for at in TONGUES[tongues]:
        words, other = said.in_(at)
        columns.append([_cell(line, other, at) for line in words.strip().splitlines() if line.strip()])
    empty = [Cell(at, SafeString()) for at in TONGUES[tongues]]
    return [
        [cell or none for cell, none in zip(line, empty, strict=True)] for line in zip_longest(*columns, fillvalue=None)
    ]


def marked(words: str, language: str) -> SafeString:
    """Return words with what is not published, and what is assumed, marked as such."""
    pattern, parts, last = _MARKED[language], [], 0
    for match in pattern.finditer(words):
        parts += [("", words[last : match.start()]), (MARKS[language][match[0]], match[0].strip("[]()"))]
        last = match.end()
    parts.append(("", words[last:]))
    return format_html_join("", "{}", ((_part(kind, said),) for kind, said in parts if said))


def _part(kind: str, said: str) -> SafeString | str:
    return format_html('<em class="{}">{}</em>', kind, said) if kind else said
