"""The fourth programme of the access matrix: people on their way, a lesson with a result, a report with its words, an expense."""

import datetime as dt
from typing import Any

from rantau.departure.actions import charges, expenses, lessons
from rantau.departure.actions.charges import Told
from rantau.engine.chance import Chance
from rantau.people.models import Organisation, Person
from rantau.programmes.queries import day
from tests.departure import build

LEAVING = "contoh-berangkat-peragaan"
"""The programme whose people prepare to leave."""
NAMES = {
    "pupil": "Kemuning Rarasati",
    "fellow": "Pranajaya Sukmawan",
    "third": "Sekarwangi Tirtasari",
    "fourth": "Adiraga Wicaksono",
}
WORDS = "Cerita rahasia tentang uang muka"
EVIDENCE = "Bukti bayar rahasia"


def text() -> str:
    """Return the invented programme under a code of its own."""
    return build.programme().replace('code = "contoh-jepang"', 'code = "contoh-berangkat"', 1)


def played(at: dt.datetime, chance: Chance) -> build.World:
    """Return four people on their way, under names of their own; the first two are pupils of the first school."""
    w = build.world(at, chance, text=text())
    schools = list(Organisation.objects.filter(kind="school", npsn__gt="").order_by("npsn"))
    for (name, full), old in zip(NAMES.items(), build.FOUR, strict=True):
        application = w.people.pop(old)
        Person.objects.filter(pk=application.person_id).update(name=full)
        application.refresh_from_db()
        application.school = schools[name in ("third", "fourth")]
        application.save()
        w.people[name] = application
    return w


def prepared(w: build.World, staff: dict[str, Any]) -> dict[str, str]:
    """Hold one lesson, plan another, report money twice, record an expense; return what addresses name."""
    boss, school = staff["coordinator"], w.people["pupil"].school
    said = {"intake": w.intake, "topic": "safety", "minutes": 60, "place": "Aula", "person": boss, "chance": w.chance}
    held = lessons.plan(**said, school=school, starts_at=w.at + build.HOUR, at=w.at)
    ahead = lessons.plan(**said, school=school, starts_at=w.at + 9 * build.DAY, at=w.at)
    w.later(2 * build.HOUR)
    lessons.hold(lesson=held, marks={}, person=boss, at=w.at)
    owner, way = w.people["pupil"].person, build.way(w, "pupil")
    given = {"person": owner, "at": w.at, "chance": w.chance}
    reports = [charges.report(clearance=way, item=item, **given) for item in ("training", "medical")]
    for one in reports:
        told = Told(amount=777_000, currency="IDR", asked_by="school", paid=True, note=WORDS)
        charges.tell(charge=one, told=told, **given)
    answer = {"answer": "repaid", "note": "Jawaban rahasia", "reply": ""}
    charges.answer(charge=reports[1], person=staff["protector"], at=w.at, **answer)
    expense = expenses.record(
        intake=w.intake,
        item="medical",
        payer="dinas-contoh",
        amount=350_000,
        currency="IDR",
        on=day(w.at),
        evidence=EVIDENCE,
        person=boss,
        at=w.at,
        chance=w.chance,
    )
    return {
        "lesson_held": held.ref,
        "lesson_ahead": ahead.ref,
        "charge_open": reports[0].code,
        "charge_done": reports[1].code,
        "expense": expense.ref,
    }


def told(w: Any, offices: Any) -> None:
    """Let the people of a fourth programme prepare: lessons, a report that money was asked, an expense."""
    story = played(w.at, w.chance)
    staff = offices(w, story.scope)
    for name, full in NAMES.items():
        w.people[name] = story.people[name]
        first, last = full.split()
        w.marks(name, "first", first)
        w.marks(name, "name", last)
        w.marks(name, "code", story.people[name].code)
    refs = prepared(story, staff)
    w.refs |= refs
    w.marks("pupil", "told", WORDS, refs["charge_open"], refs["charge_done"], "777.000", "Jawaban rahasia")
    w.marks("office", "expense", EVIDENCE)
