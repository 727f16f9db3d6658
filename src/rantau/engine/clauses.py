"""Agreements as numbered clauses: a template and a programme in, clauses in three languages with their gaps and duties out."""

import re
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from .canonical import Frozen, digest
from .known import Assumed, Code, Text, Unpublished, Words
from .programme import AnyFact, Programme, Question, known_values
from .programme_plan import AgreementKind

LOCALES = ("id", "en", "ru")
PLACE = re.compile(r"\{([a-z][a-z0-9_.-]*)\}")
OfficeKind = Literal["ministry", "partner_ministry", "employer", "home_mission", "host_mission"]
Say = Callable[[str, AnyFact, str], str]
"""What words a value: its path, the value, the language. Numbers, days and "not published" are worded outside."""


class Timing(Frozen):
    """When something is owed: `days` after the agreement is in force, `days` before a milestone, or again `every` period.

    With `after` it starts with a milestone instead of the agreement. A repeated duty is owed for each calendar period,
    on `day` of the month after it: a quarterly report of January to March by 5 April where `day` is 5.
    """

    days: Annotated[int, Field(ge=0, le=3000)] = 0
    before: Code | None = None
    after: Code | None = None
    every: Literal["", "month", "quarter", "half", "year"] = ""
    day: Annotated[int, Field(ge=1, le=28)] = 5


class DutyTerm(Frozen):
    """What a clause makes somebody owe: the office (or its kind), what, when, and what shows that it was done."""

    code: Code
    owner: Words
    what: Text
    evidence: Text
    timing: Timing
    excused_by: OfficeKind | None = None


class Row(Frozen):
    """The rows of a clause that follow the programme: which of its lists, and the words of each row.

    With `head` and `cells` the rows are a table. In a row `{title}` is the row's name; in one of costs
    `{payer.employer}`, `{payer.state}` and `{payer.participant}` say whether that class of payer pays it.
    """

    each: Literal["phases", "fields", "postings", "costs", "milestones", "questions"]
    text: Text | None = None
    head: tuple[Text, ...] = ()
    cells: tuple[Text, ...] = ()


class ClauseTemplate(Frozen):
    """One clause of our own wording; `{path}` stands for a value of the programme, in a row for one of the row."""

    code: Code
    title: Text
    text: Text
    rows: Row | None = None
    duties: tuple[DutyTerm, ...] = ()
    why: Words | None = None


class Template(Frozen):
    """A kind of agreement: who signs, who agrees, who is asked, for how many years, and its clauses."""

    kind: AgreementKind
    title: Text
    signs: tuple[OfficeKind, ...]
    agrees: tuple[OfficeKind, ...] = ()
    consulted: tuple[OfficeKind, ...] = ()
    years: Annotated[int, Field(ge=1, le=10)]
    annex_of: AgreementKind | None = None
    clauses: Annotated[tuple[ClauseTemplate, ...], Field(min_length=1)]


class Clause(Frozen):
    """One clause as drafted: its words in three languages, the unpublished and assumed values it rests on, its duties."""

    code: Code
    title: Text
    text: Text
    rows: tuple[Text, ...] = ()
    table: tuple[tuple[Text, ...], ...] = ()
    open: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    duties: tuple[DutyTerm, ...] = ()


def clause_digest(clause: Clause) -> str:
    """Return the SHA-256 of what a party accepts when it accepts a clause: its words and duties, not its number."""
    return digest(clause)


def draft(template: Template, programme: Programme, say: Say) -> tuple[Clause, ...]:
    """Return a template's clauses filled from a programme.

    :raises ValueError: for a `{path}` that is no value of the programme: the template is wrong, not the reader
    """
    values = dict(known_values(programme))
    return tuple(_clause(one, programme, values, say) for one in template.clauses)


def _clause(one: ClauseTemplate, programme: Programme, values: dict[str, AnyFact], say: Say) -> Clause:
    used: dict[str, AnyFact] = {}
    text = _filled(one.text, values, say, used)
    lines: tuple[tuple[Text, ...], ...] = ()
    head = one.rows.head if one.rows else ()
    if one.rows:
        wanted = one.rows.cells or ((one.rows.text,) if one.rows.text else ())
        lines = tuple(_lines(one.rows.each, wanted, programme, values, say, used))
    return Clause(
        code=one.code,
        title=one.title,
        text=text,
        rows=() if head else tuple(line[0] for line in lines),
        table=(head, *lines) if head else (),
        open=tuple(path for path, fact in used.items() if isinstance(fact, Unpublished)),
        assumed=tuple(path for path, fact in used.items() if isinstance(fact, Assumed)),
        duties=one.duties,
    )


def _lines(
    each: str,
    wanted: tuple[Text, ...],
    programme: Programme,
    values: dict[str, AnyFact],
    say: Say,
    used: dict[str, AnyFact],
) -> Iterator[tuple[Text, ...]]:
    if each == "questions":
        for question in programme.questions():
            yield tuple(_question(text, question, programme) for text in wanted)
        return
    for item in getattr(programme, each):
        stem = f"{each}.{item.code}."
        real = {path.removeprefix(stem): path for path in values if path.startswith(stem)}
        if each == "costs":
            real |= {
                "payer.employer": f"{stem}payer",
                "payer.state": f"{stem}payer",
                "payer.participant": f"{stem}free",
            }
        seen: dict[str, AnyFact] = {}
        local = {short: values[path] for short, path in real.items()}
        yield tuple(_filled(_titled(text, item.title), local, say, seen) for text in wanted)
        used |= {real[short]: fact for short, fact in seen.items()}


def _question(text: Text, question: Question, programme: Programme) -> Text:
    office = next(office for office in programme.offices if office.code == question.office)

    def fill(words: str, at: str) -> str:
        words = words.replace("{office}", office.name.in_(at)[0])
        return words.replace("{question}", question.text.in_(at)[0])

    return _each(text, fill)


def _titled(text: Text, title: Text) -> Text:
    return _each(text, lambda words, at: words.replace("{title}", title.in_(at)[0]))


def _filled(text: Text, values: dict[str, AnyFact], say: Say, used: dict[str, AnyFact]) -> Text:
    def fill(words: str, at: str) -> str:
        def value(found: re.Match[str]) -> str:
            path = found[1]
            if path not in values:
                raise ValueError(f"{path} is no value of the programme")
            used[path] = values[path]
            return say(path, values[path], at)

        return PLACE.sub(value, words)

    return _each(text, fill)


def _each(text: Text, change: Callable[[str, str], str]) -> Text:
    words: dict[str, Any] = {at: change(getattr(text, at), at) if getattr(text, at) else "" for at in LOCALES}
    return Text(**words)
