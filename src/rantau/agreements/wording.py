"""How an agreement words a value of the programme, in three languages, and where its templates are read from."""

import datetime as dt
import re
import tomllib
from collections.abc import Collection
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_name
from babel.units import format_unit

from rantau.engine.clauses import DutyTerm, Say, Template, Timing
from rantau.engine.known import Assumed, Contested, Money, Text, Unpublished
from rantau.engine.programme import AnyFact, Criterion, EmployerStage, Programme
from rantau.engine.programme_choosing import Least, Marking, Need
from rantau.engine.programme_plan import AgreementKind

KINDS: tuple[AgreementKind, ...] = ("mou", "technical_proposal", "implementing_arrangement", "data_sharing")
WORDS = {
    "id": {
        "unpublished": "[belum diumumkan]",
        "assumed": "(asumsi peragaan)",
        "contested": "(sumber berbeda)",
        "or": "atau",
        "yes": "ya",
        "no": "tidak",
        "gross": "sebelum pajak",
        "net": "sesudah pajak",
        "weight": "bobot {}%",
        "pass_mark": "nilai batas {} dari {}",
        "no_part": "tidak ikut menilai",
        "day": "d MMMM y",
    },
    "en": {
        "unpublished": "[not published]",
        "assumed": "(rehearsal assumption)",
        "contested": "(sources differ)",
        "or": "or",
        "yes": "yes",
        "no": "no",
        "gross": "before tax",
        "net": "after tax",
        "weight": "weight {}%",
        "pass_mark": "pass mark {} of {}",
        "no_part": "takes no part in judging",
        "day": "d MMMM y",
    },
    "ru": {
        "unpublished": "[не объявлено]",
        "assumed": "(допущение репетиции)",
        "contested": "(источники расходятся)",
        "or": "или",
        "yes": "да",
        "no": "нет",
        "gross": "до вычета налога",
        "net": "после вычета налога",
        "weight": "вес {} %",
        "pass_mark": "проходной балл {} из {}",
        "no_part": "в оценке не участвует",
        "day": "d MMMM y 'г'.",
    },
}
"""The few words that stand between the values."""

DUTY = {
    "id": {
        "line": "Kewajiban {owner}: {what}. Waktu: {when}. Bukti: {evidence}.",
        "released": "Dibebaskan hanya oleh {office}.",
        "starts": "pada hari perjanjian mulai berlaku",
        "days": "{days} setelah perjanjian mulai berlaku",
        "after": "{days} setelah “{milestone}”",
        "from": "pada hari “{milestone}”",
        "since": "{period} sejak “{milestone}”, pada tanggal {day}",
        "before": "{days} sebelum “{milestone}”",
        "by": "sebelum “{milestone}”",
        "every": "{period}, pada tanggal {day}",
        "month": "setiap bulan",
        "quarter": "setiap tiga bulan",
        "half": "setiap enam bulan",
        "year": "setiap tahun",
    },
    "en": {
        "line": "Owed by {owner}: {what}. When: {when}. Shown by: {evidence}.",
        "released": "Only {office} may release from it.",
        "starts": "on the day the agreement comes into force",
        "days": "{days} after the agreement comes into force",
        "after": "{days} after “{milestone}”",
        "from": "on the day of “{milestone}”",
        "since": "{period} from “{milestone}” on, on day {day} of the month",
        "before": "{days} before “{milestone}”",
        "by": "before “{milestone}”",
        "every": "{period}, on day {day} of the month",
        "month": "every month",
        "quarter": "every three months",
        "half": "every six months",
        "year": "every year",
    },
    "ru": {
        "line": "Обязанность ({owner}): {what}. Срок: {when}. Подтверждение: {evidence}.",
        "released": "Освободить от неё может только {office}.",
        "starts": "в день вступления соглашения в силу",
        "days": "через {days} после вступления соглашения в силу",
        "after": "через {days} после события «{milestone}»",
        "from": "в день события «{milestone}»",
        "since": "{period} начиная с события «{milestone}», {day}-го числа",
        "before": "за {days} до события «{milestone}»",
        "by": "до события «{milestone}»",
        "every": "{period}, {day}-го числа",
        "month": "каждый месяц",
        "quarter": "каждые три месяца",
        "half": "каждые полгода",
        "year": "каждый год",
    },
}
"""What a duty is in words: who owes what, when, and what shows it."""

UNITS = {"months": "duration-month", "years": "duration-year", "days": "duration-day"}
STATE = ("ministry", "partner_ministry", "home_mission", "host_mission", "school")
"""Kinds of office that pay on the state's side; an employer, its schools and other partners pay on the employer's."""

UNWORDED = (Least, Marking, Need)
CODES = ("placing.fields", "placing.postings")
"""Rules that no clause quotes: they are published with the selection, in words of their own."""

MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")


@cache
def template(kind: AgreementKind) -> Template:
    """Return the template of a kind of agreement, as shipped."""
    file = resources.files(__package__) / "templates" / f"{kind}.toml"
    return Template.read(tomllib.loads(file.read_text(encoding="utf-8")))


def templates() -> tuple[Template, ...]:
    """Return the template of every kind, the memorandum first."""
    return tuple(template(kind) for kind in KINDS)


def when(timing: Timing, at: str, programme: Programme) -> str:
    """Return when something is owed: after the agreement is in force, before or after a milestone, or again and again."""
    words = DUTY[at]
    days = format_unit(timing.days, "duration-day", "long", locale=at)
    anchor = timing.before or timing.after or ""
    milestone = next((row.title.in_(at)[0] for row in programme.milestones if row.code == anchor), anchor)
    if timing.every:
        form, period = "since" if anchor else "every", words[timing.every]
        return words[form].format(period=period, day=timing.day, milestone=milestone)
    if timing.before:
        form = "before" if timing.days else "by"
    elif timing.after:
        form = "after" if timing.days else "from"
    else:
        form = "days" if timing.days else "starts"
    return words[form].format(days=days, milestone=milestone)


def named(owner: str, at: str, programme: Programme, sides: Collection[str]) -> str:
    """Return who owes something: the office of that code, else every side of that kind."""
    offices = [one for one in programme.offices if one.code == owner] or [
        one for one in programme.offices if one.kind == owner and one.code in sides
    ]
    return ", ".join(one.name.in_(at)[0] for one in offices) or owner


def duty(term: DutyTerm, programme: Programme, sides: Collection[str]) -> dict[str, str]:
    """Return what a clause makes somebody owe, as one line in each language."""
    found = {}
    for at, words in DUTY.items():
        line = words["line"].format(
            owner=named(term.owner, at, programme, sides),
            what=term.what.in_(at)[0].removesuffix("."),
            when=when(term.timing, at, programme),
            evidence=term.evidence.in_(at)[0].removesuffix("."),
        )
        if term.excused_by:
            line += " " + words["released"].format(office=named(term.excused_by, at, programme, sides))
        found[at] = line
    return found


def say_for(programme: Programme) -> Say:
    """Return what words a programme's values: in a clause by their path, in a row by the path from the row.

    Unpublished, contested and assumed values say so. Lengths of time carry their unit, amounts their currency. Of a
    cost, `payer.employer` and `payer.state` say whether that side pays, `payer.participant` (which is `free`) whether
    the participant does, `payer` which office.

    :raises ValueError: for a value that no clause may quote: the template is wrong, not the reader
    """

    def say(path: str, fact: AnyFact, at: str) -> str:
        words = WORDS[at]
        if isinstance(fact, Unpublished):
            return words["unpublished"]
        if isinstance(fact, Contested):
            versions = dict.fromkeys(_words(path, version.value, at, programme) for version in fact.versions)
            return f" {words['or']} ".join(versions) + f" {words['contested']}"
        said = _words(path, fact.value, at, programme)
        return f"{said} {words['assumed']}" if isinstance(fact, Assumed) else said

    return say


def _words(path: str, value: Any, at: str, programme: Programme) -> str:
    words, name = WORDS[at], path.rpartition(".")[2]
    if path in ("payer.employer", "payer.state"):
        return words["yes" if name in _sides(value, programme) else "no"]
    if path == "payer.participant":
        return words["no" if value else "yes"]
    if name == "payer":
        return _office(value, at, programme)
    if isinstance(value, bool):
        return words["yes" if value else "no"]
    if isinstance(value, int):
        return _number(name, value, at)
    if isinstance(value, str) and path not in CODES:
        return _string(value, at)
    return _whole(path, value, at, programme)


def _whole(path: str, value: Any, at: str, programme: Programme) -> str:
    if isinstance(value, tuple) and not any(isinstance(item, UNWORDED) for item in value) and path != "placing.needs":
        return "; ".join(_item(item, at, programme) for item in value)
    if isinstance(value, dt.date):
        return format_date(value, WORDS[at]["day"], locale=at)
    if isinstance(value, EmployerStage):
        return "; ".join(_item(code, at, programme) for code in value.criteria) or WORDS[at]["no_part"]
    if isinstance(value, Text):
        return value.in_(at)[0].removesuffix(".")
    if isinstance(value, Money):
        return _money(value, at)
    raise ValueError(f"{path} is quoted by no clause")


def _number(name: str, value: int, at: str) -> str:
    unit = UNITS.get(name.rpartition("_")[2])
    if unit:
        return format_unit(value, unit, "long", locale=at)
    if name.startswith("graduated_"):
        return str(value)
    return _decimal(Decimal(value) / 100 if name == "min_average" else Decimal(value), at)


def _decimal(value: Decimal, at: str) -> str:
    return format_decimal(value, "#,##0.##", locale=at)


def _string(value: str, at: str) -> str:
    if MONTH.fullmatch(value):
        return format_date(dt.date(int(value[:4]), int(value[5:]), 1), "LLLL y", locale=at)
    return WORDS[at][value] if value in ("gross", "net") else value


def _money(value: Money, at: str) -> str:
    amount = Decimal(value.amount)
    whole = amount == amount.to_integral_value()
    shown = format_decimal(amount, "#,##0" if whole else "#,##0.00", locale=at)
    if value.currency == "IDR" and at != "ru":
        return f"Rp{shown}"
    name = get_currency_name(value.currency, count=int(amount) if whole else amount, locale=at)
    return f"{shown} {name[0].lower() + name[1:] if at == 'id' else name}"


def _item(item: Any, at: str, programme: Programme) -> str:
    if isinstance(item, Criterion):
        return _criterion(item, at)
    if isinstance(item, Money):
        return _money(item, at)
    if isinstance(item, str):
        criteria = {row.code: row.title for row in programme.selection.criteria.value or ()}
        return criteria[item].in_(at)[0] if item in criteria else item
    title: Text = item.title
    return title.in_(at)[0]


def _criterion(row: Criterion, at: str) -> str:
    words, open_ = WORDS[at], WORDS[at]["unpublished"]
    said = [words["weight"].format(open_ if isinstance(row.weight, Unpublished) else row.weight)]
    if row.pass_mark is not None:
        mark = open_ if isinstance(row.pass_mark, Unpublished) else _decimal(Decimal(row.pass_mark) / 100, at)
        said.append(words["pass_mark"].format(mark, _decimal(Decimal(row.maximum) / 100, at)))
    return f"{row.title.in_(at)[0]} ({', '.join(said)})"


def _office(code: str, at: str, programme: Programme) -> str:
    return next((office.name.in_(at)[0] for office in programme.offices if office.code == code), code)


def _sides(code: str, programme: Programme) -> set[str]:
    offices = {office.code: office for office in programme.offices}
    acting = offices[code].members if code in offices else ()
    kinds = [offices[one].kind for one in acting or (code,) if one in offices]
    return {"state" if kind in STATE else "employer" for kind in kinds}
