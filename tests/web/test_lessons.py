"""Lessons before departure as pages: planned, today with one tap each, own hours, the coordinator's table and file."""

import pytest
from django.template.loader import render_to_string

from rantau.departure.models import Lesson, Presence
from rantau.departure.queries import lessons as queries
from rantau.programmes.queries import day
from rantau.web.costs import cards as costs
from rantau.web.lessons import cards as lessons
from tests.departure import build
from tests.departure.build import DAY, HOUR
from tests.departure.test_charges import reported
from tests.departure.test_lessons import held, plan, standing

pytestmark = pytest.mark.django_db


def posted(w, **more):
    on = day(w.at + DAY)
    said = {"topic": "safety", "school": "", "clock": "09.00", "minutes": "90", "place": "Bengkel 2"}
    return said | {"on_0": str(on.day), "on_1": str(on.month), "on_2": str(on.year)} | more


def now(w, lesson):
    w.later(lesson.starts_at + HOUR - w.at)


def test_a_coordinator_plans_moves_and_cancels(at, chance, visit):
    w = build.world(at, chance)
    answer = visit(w.coordinator, "lesson_plan", w.scope, post=True, data=posted(w))
    lesson = Lesson.objects.get()
    assert (answer.status_code, lesson.place, queries.called(lesson) != []) == (302, "Bengkel 2", True)
    again = visit(w.coordinator, "lesson_plan", w.scope, post=True, data=posted(w, clock="09.30"))
    assert (again.status_code, Lesson.objects.count()) == (422, 1)
    assert "The same people have another lesson at that time: Bahan safety, " in again.words
    moved = posted(w, clock="11.00", place="Aula")
    assert visit(w.coordinator, "lesson_move", w.scope, lesson.ref, post=True, data=moved).status_code == 302
    wrong = visit(w.coordinator, "lesson_move", w.scope, lesson.ref, post=True, data=posted(w, clock="x"))
    assert (wrong.status_code, "Write the time like 09:00." in wrong.words) == (422, True)
    assert visit(w.coordinator, "lesson_cancel", w.scope, lesson.ref, post=True).status_code == 302
    lesson.refresh_from_db()
    assert (lesson.place, lesson.state, lesson.moves) == ("Aula", "cancelled", 2)


def test_a_teacher_says_who_is_here_with_one_tap_each_and_loses_nothing_on_an_error(at, chance, visit):
    w = build.world(at, chance)
    teacher = build.teacher(w)
    lesson = plan(w, teacher, school=teacher.grants.get().organisation)
    now(w, lesson)
    page = visit(teacher, "lessons_today", w.scope)
    assert page.words.count('value="present"') == page.words.count("checked") == 4
    codes = {name: build.way(w, name).code for name in build.FOUR}
    field = {name: f"{lesson.ref[:6]}-{code}" for name, code in codes.items()}
    data = {key: "present" for key in field.values()} | {field["budi"]: "late", f"{field['budi']}-late": "95"}
    data[field["citra"]] = "absent"
    answer = visit(teacher, "lesson_hold", w.scope, lesson.ref, post=True, data=data)
    assert (answer.status_code, Presence.objects.count()) == (409, 0)
    assert "Write how many minutes late, from 1 to 89." in answer.words
    assert (answer.words.count("checked"), 'value="95"' in answer.words) == (4, True)
    data[f"{field['budi']}-late"] = "15"
    assert visit(teacher, "lesson_hold", w.scope, lesson.ref, post=True, data=data).status_code == 302
    assert {name: standing(w, name).attended for name in build.FOUR} == {"ani": 90, "budi": 75, "citra": 0, "dedi": 90}
    data[field["citra"]] = "excused"
    assert visit(teacher, "lesson_hold", w.scope, lesson.ref, post=True, data=data).status_code == 302
    assert Presence.objects.get(clearance__code=codes["citra"]).mark == "excused"
    results = {codes["ani"]: "again"}
    assert visit(teacher, "lesson_results", w.scope, lesson.ref, post=True, data=results).status_code == 302
    assert standing(w, "ani").standing == "again"


def test_own_lessons_show_day_place_and_hours_and_go_into_a_calendar(at, chance, visit):
    w = build.world(at, chance)
    lesson, ani = plan(w, w.coordinator), w.people["ani"]
    page = visit(ani.person, "own_lessons", w.scope, ani.code)
    assert "Aula" in page.words
    assert "0 of 1.6 hours" in page.words
    book = visit(ani.person, "own_lessons_ics", w.scope, ani.code).content.decode()
    assert f"UID:lesson-{lesson.ref}@rantau.invalid" in book
    assert "STATUS:CONFIRMED" in book
    held(w, lesson, w.coordinator)
    w.later(3 * DAY)
    assert "2 of 1.6 hours" in visit(ani.person, "own_lessons", w.scope, ani.code).words
    for person in (w.people["budi"].person, w.coordinator):
        assert visit(person, "own_lessons", w.scope, ani.code).status_code == 404
        assert visit(person, "own_lessons_ics", w.scope, ani.code).status_code == 404


@pytest.mark.parametrize("number", [1, 4])
def test_the_table_takes_the_same_queries_for_any_number_and_the_file_runs_nothing(
    at, chance, visit, django_assert_num_queries, number
):
    w = build.world(at, chance)
    for name in build.FOUR[number:]:
        way = build.way(w, name)
        way.state = "withdrawn"
        way.save()
    lesson = held(w, plan(w, w.coordinator, place="=1+1"), w.coordinator)
    assert lesson.presences.count() == number
    visit(w.coordinator, "lessons_table", w.scope)
    with django_assert_num_queries(16):
        page = visit(w.coordinator, "lessons_table", w.scope)
    assert page.words.count("1 / 3") == number
    rows = visit(w.coordinator, "lessons_csv", w.scope).content.decode("utf-8-sig").splitlines()
    assert len(rows) == number + 1
    assert [row.split(",")[3] for row in rows[1:]] == ["'=1+1"] * number


def test_the_cards_of_one_s_own_page_say_what_is_next_and_that_nobody_may_ask_for_money(at, chance):
    w = build.world(at, chance)
    way, ani = build.way(w, "ani"), w.people["ani"].person
    empty = lessons.own(way, person=ani, at=w.at)
    assert (empty["next"], empty["done"], empty["all"], empty["unknown"]) == (None, 0, 3, False)
    lesson = plan(w, w.coordinator)
    card = lessons.own(way, person=ani, at=w.at)
    shown = render_to_string("lessons/parts/own.html", {"card": card})
    assert (card["next"]["lesson"], "Bahan safety" in shown, "Aula" in shown) == (lesson, True, True)
    assert "0 dari 1,6 jam" in shown
    charge = reported(w)
    card = costs.own(way, person=ani, at=w.at)
    assert [(code, answered) for code, _url, answered in card["reports"]] == [(charge.code, False)]
    assert "Saya diminta uang" in render_to_string("costs/parts/own.html", {"card": card})
    helper = costs.own(way, person=w.coordinator, at=w.at)
    assert (helper["reports"], render_to_string("costs/parts/own.html", {"card": helper}).strip()) == ([], "")
