"""Lessons before departure: who plans them for whom, who may say who came, what counts, what nobody else reads."""

import pytest

from rantau.departure import access, queries
from rantau.departure.actions import lessons as actions
from rantau.departure.actions.lessons import Mark
from rantau.departure.models import Clearance, Lesson
from rantau.departure.queries import lessons as reading
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.ledger.models import Entry
from rantau.people import actions as people
from tests.departure import build
from tests.departure.build import DAY, HOUR
from tests.selection.build import officer

pytestmark = pytest.mark.django_db


def plan(w, person, **given):
    said = {"topic": "safety", "starts_at": w.at + DAY, "minutes": 90, "place": "Aula", "school": None} | given
    return actions.plan(intake=w.intake, person=person, at=w.at, chance=w.chance, **said)


def held(w, lesson, person, **marks):
    given = {build.way(w, name).code: mark for name, mark in marks.items()}
    return actions.hold(lesson=lesson, marks=given, person=person, at=lesson.starts_at + HOUR)


def standing(w, name, topic="safety"):
    return next(row for row in queries.preparation(build.way(w, name)) if row.topic == topic)


def facts(subject):
    return [(e.action, e.facts) for e in Entry.objects.filter(subject__startswith=subject).order_by("position")]


def test_a_lesson_is_planned_moved_held_corrected_and_counts_what_people_were_there_for(at, chance):
    w = build.world(at, chance)
    boss = w.coordinator
    lesson = plan(w, boss)
    actions.move(lesson=lesson, starts_at=w.at + 2 * DAY, minutes=100, place="Bengkel ", person=boss, at=w.at)
    assert (lesson.place, lesson.minutes, lesson.moves) == ("Bengkel", 100, 1)
    held(w, lesson, boss, budi=Mark("late", 30), citra=Mark("absent"), dedi=Mark("excused"))
    assert {name: standing(w, name).attended for name in build.FOUR} == {"ani": 100, "budi": 70, "citra": 0, "dedi": 0}
    code = build.way(w, "citra").code
    actions.correct(lesson=lesson, marks={code: Mark("late", 10)}, person=boss, at=w.at + 3 * DAY)
    assert (standing(w, "citra").attended, standing(w, "citra").standing) == (90, "done")
    marks = {"present": 1, "absent": 0, "excused": 1, "late": 2}
    wanted = (*marks, "called", "changed")
    assert [(action, {k: v for k, v in said.items() if k in wanted}) for action, said in facts("lesson:")] == [
        ("plan", {"called": 4}),
        ("move", {"called": 4}),
        ("hold", {"present": 1, "late": 1, "absent": 1, "excused": 1}),
        ("correct", {"changed": 1} | marks),
    ]  # fmt: skip


def test_a_result_counts_as_the_newest_and_is_kept_as_numbers(at, chance):
    w = build.world(at, chance)
    lesson = held(w, plan(w, w.coordinator), w.coordinator)
    ani, budi = build.way(w, "ani").code, build.way(w, "budi").code
    give = {"lesson": lesson, "person": w.coordinator, "at": w.at + 2 * DAY}
    assert actions.record(results={ani: "again", budi: "passed"}, **give) == 2
    assert (standing(w, "ani").standing, standing(w, "budi").standing) == ("again", "done")
    assert actions.record(results={ani: "passed", budi: "passed"}, **give) == 1
    assert standing(w, "ani").standing == "done"
    assert [said for action, said in facts("lesson:") if action == "results"] == [
        {"topic": "safety", "passed": 1, "again": 1},
        {"topic": "safety", "passed": 1, "again": 0},
    ]


def test_what_cannot_be_planned(at, chance):
    w = build.world(at, chance)
    boss, other = w.coordinator, build.teacher(w).grants.get().organisation
    for code, given in {
        "lesson.topic": {"topic": "baking"},
        "lesson.past": {"starts_at": w.at},
        "lesson.place": {"place": " "},
    }.items():
        said = {"topic": "baking"} if code == "lesson.topic" else {}
        with build.refused(code, **said):
            plan(w, boss, **given)
    for minutes in (0, 481):
        with build.refused("lesson.minutes", longest=480):
            plan(w, boss, minutes=minutes)
    Clearance.objects.update(state="departed")
    with build.refused("lesson.nobody"):
        plan(w, boss, school=other)


def test_the_same_people_are_never_asked_to_two_places_at_once(at, chance):
    w = build.world(at, chance)
    school = build.teacher(w).grants.get().organisation
    elsewhere = people.keep_organisation(code="smk-dua", kind="school", name="SMK Dua", regency="Kota Dua")
    w.people["dedi"].refresh_from_db()
    w.people["dedi"].school = elsewhere
    w.people["dedi"].save()
    first = plan(w, w.coordinator, school=school)
    with build.refused("lesson.overlap", topic="safety", starts=first.starts_at):
        plan(w, w.coordinator, topic="first-russian", starts_at=first.starts_at + HOUR)
    plan(w, w.coordinator, school=elsewhere)
    after = plan(w, w.coordinator, school=school, starts_at=first.ends_at)
    with build.refused("lesson.overlap", topic="safety", starts=after.starts_at):
        actions.move(lesson=first, starts_at=after.starts_at, minutes=5, place="x", person=w.coordinator, at=w.at)
    actions.cancel(lesson=after, person=w.coordinator, at=w.at)
    assert plan(w, w.coordinator, starts_at=first.ends_at).state == "planned"


def test_a_school_teaches_its_own_pupils_alone_and_others_what_they_planned(at, chance):
    w = build.world(at, chance)
    teacher = build.teacher(w)
    school = teacher.grants.get().organisation
    elsewhere = people.keep_organisation(code="smk-dua", kind="school", name="SMK Dua", regency="Kota Dua")
    guru = people.register(at=w.at, chance=w.chance, name="Guru Dua", email="dua@example.org")
    people.grant(to=guru, role=Role.SCHOOL, scope=w.scope, at=w.at, person=guru, organisation=elsewhere)
    language = officer("bahasa", Role.LANGUAGE_PROVIDER, w.scope, at, chance)
    technical = officer("teknik", Role.TECHNICAL_PROVIDER, w.scope, at, chance)
    roles = [role.value for role in sorted(access.TEACHING)]
    for person, where in ((teacher, None), (teacher, elsewhere), (guru, school), (w.staff["employer"], None)):
        with build.refused("role.missing", roles=roles):
            plan(w, person, school=where)
    own, theirs = plan(w, teacher, school=school), plan(w, language, starts_at=w.at + 2 * DAY)
    see = {who: [one.pk for one in access.lessons(who, scope=w.scope, at=w.at)] for who in (teacher, guru, language)}
    assert see == {teacher: [own.pk], guru: [], language: [theirs.pk]}
    for person in (guru, technical):
        with build.refused("step.role", flow="lesson", step="hold"):
            held(w, theirs, person)
    with pytest.raises(Lesson.DoesNotExist):
        access.lesson(guru, own.ref, scope=w.scope, at=w.at)
    for name in ("host_mission", "employer", "protector", "home_mission"):
        with pytest.raises(Refusal) as caught:
            access.lessons(w.staff[name], scope=w.scope, at=w.at)
        assert caught.value.code == "role.missing"
    assert held(w, theirs, language).state == "held"


def test_who_came_is_said_after_the_beginning_and_of_those_called_alone(at, chance):
    w = build.world(at, chance)
    school = build.teacher(w).grants.get().organisation
    w.people["dedi"].refresh_from_db()
    w.people["dedi"].school = None
    w.people["dedi"].save()
    lesson, give = plan(w, w.coordinator, school=school), {"person": w.coordinator}
    with build.refused("step.early", flow="lesson", step="hold", after=lesson.starts_at):
        actions.hold(lesson=lesson, marks={}, at=lesson.starts_at, **give)
    with build.refused("lesson.called"):
        held(w, lesson, w.coordinator, dedi=Mark())
    with build.refused("lesson.mark"):
        held(w, lesson, w.coordinator, ani=Mark("asleep"))
    for late in (0, 90):
        with build.refused("lesson.late", longest=89):
            held(w, lesson, w.coordinator, ani=Mark("late", late))
    with build.refused("lesson.not_held"):
        actions.record(lesson=lesson, results={}, at=lesson.ends_at, **give)
    held(w, lesson, w.coordinator)
    assert [line.clearance.code for line in reading.sheet(lesson)] == [build.way(w, n).code for n in build.FOUR[:3]]
    with build.refused("lesson.called"):
        actions.record(lesson=lesson, results={build.way(w, "dedi").code: "passed"}, at=lesson.ends_at, **give)
    with build.refused("lesson.result"):
        actions.record(lesson=lesson, results={build.way(w, "ani").code: "best"}, at=lesson.ends_at, **give)
    with build.refused("step.state", flow="lesson", step="cancel", state="held"):
        actions.cancel(lesson=lesson, at=lesson.ends_at, **give)


def test_the_coordinator_s_table_has_who_is_least_far_first_and_own_lessons_are_one_s_own(at, chance):
    w = build.world(at, chance)
    lesson = plan(w, w.coordinator)
    own = {name: [one.pk for one in reading.own(build.way(w, name))] for name in ("ani", "budi")}
    assert own == {"ani": [lesson.pk], "budi": [lesson.pk]}
    held(w, lesson, w.coordinator, ani=Mark("absent"), citra=Mark("late", 80))
    table = reading.table(w.intake, person=w.coordinator, at=w.at)
    names = {build.way(w, name).code: name for name in build.FOUR}
    assert [names[far.clearance.code] for far in table][:2] == ["ani", "citra"]
    assert {far.clearance.code: far.rows for far in table} == {
        code: queries.preparation(build.way(w, name)) for code, name in names.items()
    }
    came = reading.attendance(w.intake, person=w.coordinator, at=w.at)
    assert {names[one.clearance.code]: one.mark for one in came} == {
        "ani": "absent", "budi": "present", "citra": "late", "dedi": "present"
    }  # fmt: skip
    for read in (reading.table, reading.attendance):
        with pytest.raises(Refusal) as caught:
            read(w.intake, person=build.teacher(w), at=w.at)
        assert caught.value.code == "role.missing"
    assert [one.called for one in reading.seen([lesson])] == [4]
    assert reading.today(w.coordinator, scope=w.scope, at=lesson.starts_at) == [lesson]
