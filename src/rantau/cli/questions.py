"""`rantau questions PROGRAMME`: print what nobody has announced, by the office that owes the answer; no Django, no database."""

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rantau.engine.canonical import dump
from rantau.engine.programme import Office, Programme, Question
from rantau.engine.programme_file import parse
from rantau.engine.refusal import Refusal

ZONE = ZoneInfo("Asia/Jakarta")
SHIPPED = Path(__file__).resolve().parents[3] / "programmes"

WORDS = {
    "id": {
        "head": "Pertanyaan terbuka per {day}",
        "due": "jawaban ditunggu sampai {day}",
        "over": "lewat {days} hari",
        "today": "hari ini",
        "left": "{days} hari lagi",
        "none": "tanggal belum diumumkan",
        "total": "{questions} pertanyaan terbuka, {values} nilai belum diumumkan, {over} pertanyaan lewat waktu",
        "nothing": "Tidak ada pertanyaan terbuka.",
    },
    "en": {
        "head": "Open questions on {day}",
        "due": "answer due by {day}",
        "over": "{days} days over",
        "today": "today",
        "left": "{days} days left",
        "none": "no date announced",
        "total": "{questions} open questions, {values} values not announced, {over} questions over their day",
        "nothing": "No question is open.",
    },
    "ru": {
        "head": "Открытые вопросы на {day}",
        "due": "ответ ожидается до {day}",
        "over": "просрочено, дней: {days}",
        "today": "сегодня",
        "left": "осталось дней: {days}",
        "none": "дата не объявлена",
        "total": "Открытых вопросов: {questions}; не объявлено значений: {values}; просрочено вопросов: {over}",
        "nothing": "Открытых вопросов нет.",
    },
}
"""What a terminal says, by language; numbers stand behind a colon where a language would have to bend its nouns."""


def main(options: argparse.Namespace) -> int:
    """Print the questions (0), or say on stderr why the file cannot be used (2)."""
    path = found(options.programme)
    try:
        programme = parse(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return 2
    except Refusal as refusal:
        for problem in refusal.facts["problems"]:
            print(problem.sentence(), file=sys.stderr)
        return 2
    today = options.on or dt.datetime.now(ZONE).date()
    if options.json:
        sys.stdout.buffer.write(dump(plain(programme, today)))
        sys.stdout.buffer.flush()
    else:
        print("\n".join(lines(programme, today, options.lang)))
    return 0


def found(named: str) -> Path:
    """Return the file of a programme named by path or by code: in `programmes/` here, else in the one that is shipped."""
    path = Path(named)
    if path.suffix or path.exists():
        return path
    here = Path("programmes", f"{named}.toml")
    return here if here.exists() else SHIPPED / here.name


def by_office(programme: Programme) -> list[tuple[Office, list[Question]]]:
    """Return the open questions under the office that owes the answer, offices in the order of the file."""
    asked = programme.questions()
    groups = [
        (office, [question for question in asked if question.office == office.code]) for office in programme.offices
    ]
    return [(office, own) for office, own in groups if own]


def plain(programme: Programme, today: dt.date) -> dict[str, Any]:
    """Return the questions as data, with the days that each is over."""
    rows = [
        {**question.plain(), "office_name": office.name.plain(), "days_over": over(question, today)}
        for office, own in by_office(programme)
        for question in own
    ]
    return {
        "format": "rantau.questions/1",
        "programme": programme.code,
        "on": today.isoformat(),
        "questions": rows,
        "total": len(rows),
        "values": sum(len(row["paths"]) for row in rows),
        "over": sum(row["days_over"] > 0 for row in rows),
    }


def over(question: Question, today: dt.date) -> int:
    """Return how many days have passed since the answer was due, 0 before and where no day is known."""
    return max((today - question.due).days, 0) if question.due else 0


def lines(programme: Programme, today: dt.date, language: str) -> list[str]:
    """Return the questions as lines of text."""
    words, groups = WORDS[language], by_office(programme)
    said = [f"{programme.title.in_(language)[0]}: {words['head'].format(day=today)}", ""]
    if not groups:
        return [*said, words["nothing"]]
    number = 0
    for office, own in groups:
        said += [f"{office.name.in_(language)[0]} ({len(own)})", ""]
        for question in own:
            number += 1
            said += [f"{number:>3}. {question.text.in_(language)[0]}", f"     {_due(question, today, words)}"]
            said += [f"     {path}" for path in question.paths]
        said.append("")
    asked = [question for _, own in groups for question in own]
    total = {
        "questions": len(asked),
        "values": sum(len(question.paths) for question in asked),
        "over": sum(over(question, today) > 0 for question in asked),
    }
    return [*said, words["total"].format(**total)]


def _due(question: Question, today: dt.date, words: dict[str, str]) -> str:
    if question.due is None:
        return words["none"]
    days = (question.due - today).days
    key = "left" if days > 0 else "over" if days < 0 else "today"
    return f"{words['due'].format(day=question.due)}, {words[key].format(days=abs(days))}"
