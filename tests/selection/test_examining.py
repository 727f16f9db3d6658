"""Two judge each piece: dealt to pairs, a third by rule, raw and adjusted side by side, people look where it matters."""

from fractions import Fraction

import pytest

from rantau.engine.agreement import alpha, icc, of_mean
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.ledger.models import Entry
from rantau.selection import access, queries
from rantau.selection.actions import examining, marking, sessions
from rantau.selection.models import Duty, Mark
from rantau.selection.queries import desks, marks
from rantau.selection.queries import examiners as panel
from tests.selection import build
from tests.selection.build import frozen, mark, refused, sat, session, world
from tests.selection.twice import dealt, duty, judged, twice

pytestmark = pytest.mark.django_db
ALL = ("examiner", "colleague", "third")


def test_a_session_is_dealt_after_attendance_to_pairs_a_third_and_all(at, chance):
    w = twice(at, chance, *"abcdef", anchors=1)
    planned = session(w)
    sessions.assign(session=planned, person=w.coordinator, at=w.at, chance=w.chance)
    given = {"session": planned, "examiners": [w.staff[name] for name in ALL], "person": w.coordinator, "at": w.at}
    with refused("examiners.attendance"):
        examining.assign(**given)
    w.later(2 * build.HOUR)
    sessions.record(sittings=list(planned.sittings.all()), came=True, person=w.coordinator, at=w.at)
    assert examining.assign(**given | {"at": w.at}) == 6
    parts = {(d.sitting_id, d.part) for d in Duty.objects.all()}
    assert len(parts) == 12
    assert Duty.objects.filter(part="pair").count() == 12
    assert Duty.objects.filter(part="third", why="anchor").count() == 1
    assert {d.criterion for d in Duty.objects.all()} == {"care_test"}
    noted = Entry.objects.filter(action="examiners")
    assert sorted(e.subject for e in noted) == sorted(f"sitting:{s.ref}" for s in planned.sittings.all())
    assert sum(e.facts["anchor"] for e in noted) == 1
    assert examining.assign(**given | {"at": w.at}) == 0
    assert Duty.objects.count() == 18


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"examiners": ("examiner",)}, "examiners.few"),
        ({"examiners": ("examiner", "examiner")}, "examiners.few"),
        ({"examiners": ("examiner", "coordinator")}, "role.missing"),
        ({"person": "examiner"}, "role.missing"),
    ],
)
def test_who_cannot_be_dealt_to_is_refused(at, chance, change, code):
    w = twice(at, chance, "ani")
    sittings = sat(w)
    names = change.get("examiners", ALL)
    with refused(code):
        examining.assign(
            session=sittings["ani"].session,
            examiners=[w.staff[name] for name in names],
            person=w.staff[change.get("person", "coordinator")],
            at=w.at,
        )


def test_a_session_without_a_test_that_two_judge_is_dealt_to_nobody(at, chance):
    w = world(at, chance, "ani")
    sittings = sat(w)
    with refused("examiners.none"):
        examining.assign(
            session=sittings["ani"].session, examiners=[w.examiner, w.colleague], person=w.coordinator, at=w.at
        )


def test_only_who_was_given_a_piece_sees_and_marks_it(at, chance):
    w = twice(at, chance, "ani")
    sitting = sat(w)["ani"]
    with refused("mark.not_assigned", piece=sitting.piece):
        mark(w, sitting, "care_test", 8000)
    assert queries.pending(w.intake) == {"unassigned": 1, "missing": 1}
    dealt(w, sitting)
    parts = duty(w)
    criterion = queries.doubles(w.intake)[0]

    def seen(name):
        return [p.code for p in desks.pieces(w.staff[name], session=sitting.session, criterion=criterion, at=w.at)]

    first, second = parts["pair"]
    (third,) = parts["third"]
    assert [seen(name) for name in (first, second, third)] == [[sitting.piece], [sitting.piece], []]
    assert [b.pieces for b in desks.batches(w.staff[third], intake=w.intake, at=w.at)] == [0, 1]
    with refused("mark.not_assigned", piece=sitting.piece):
        mark(w, sitting, "care_test", 8000, third)
    mark(w, sitting, "care_test", 8000, first)
    assert "care_test" not in queries.settled(w.people["ani"])
    mark(w, sitting, "care_test", 8500, second)
    assert queries.settled(w.people["ani"])["care_test"] == 8250
    assert seen(third) == []


@pytest.mark.parametrize(
    ("first", "second", "third", "why", "mark_"),
    [(8000, 9001, 8200, "apart", 8100), (5400, 5600, 5590, "gate", 5595), (8000, 9001, 8501, "apart", 8751)],
)
def test_a_third_is_asked_by_rule_and_the_closest_two_count(at, chance, first, second, third, why, mark_):
    w = twice(at, chance, "ani")
    sitting = sat(w)["ani"]
    dealt(w, sitting)
    parts = duty(w)
    one, two = parts["pair"]
    mark(w, sitting, "care_test", first, one)
    assert Duty.objects.get(part="third").why == ""
    mark(w, sitting, "care_test", second, two)
    assert Duty.objects.get(part="third").why == why
    entry = Entry.objects.get(action="third")
    assert entry.facts == {"criterion": "care_test", "third": w.staff[parts["third"][0]].ref, "why": why}
    assert "care_test" not in queries.settled(w.people["ani"])
    assert queries.pending(w.intake) == {"missing": 2}
    mark(w, sitting, "care_test", third, *parts["third"])
    assert queries.settled(w.people["ani"])["care_test"] == mark_


def test_nobody_is_led_by_the_marks_of_others(at, chance):
    w = twice(at, chance, "ani")
    sitting = sat(w)["ani"]
    dealt(w, sitting)
    parts = duty(w)
    for name, value in zip(parts["pair"], (8000, 9500), strict=True):
        mark(w, sitting, "care_test", value, name)

    def seen(name):
        found = access.locked_marks(w.staff[name], scope=w.scope, at=w.at).filter(criterion="care_test")
        return sorted(m.value for m in found)

    assert [seen(name) for name in (*parts["pair"], *parts["third"])] == [[8000, 9500], [8000, 9500], []]
    mark(w, sitting, "care_test", 9000, *parts["third"])
    assert seen(*parts["third"]) == [8000, 9000, 9500]


def test_a_mark_changed_afterwards_may_call_a_third(at, chance):
    w = twice(at, chance, "ani")
    sitting = sat(w)["ani"]
    dealt(w, sitting)
    one, two = duty(w)["pair"]
    (given,) = mark(w, sitting, "care_test", 8000, one)
    mark(w, sitting, "care_test", 8500, two)
    marking.dispute(mark=given, proposed=6000, reason="salah salin", person=w.staff[one], at=w.at)
    marking.settle(mark=given, agrees=True, person=w.coordinator, at=w.at)
    assert Duty.objects.get(part="third").why == "apart"
    assert "care_test" not in queries.settled(w.people["ani"])


def test_a_conflict_moves_the_third_into_the_pair(at, chance):
    w = twice(at, chance, "ani")
    sitting = sat(w)["ani"]
    dealt(w, sitting)
    before = duty(w)
    marking.declare_conflict(application=w.people["ani"], person=w.staff[before["pair"][0]], at=w.at)
    assert duty(w) == {"pair": sorted([before["pair"][1], *before["third"]])}
    assert queries.pending(w.intake) == {"missing": 2}
    w.staff["fourth"] = build.officer("fourth", Role.EXAMINER, w.scope, w.at, w.chance)
    examining.assign(
        session=sitting.session,
        examiners=[w.staff[name] for name in (*ALL, "fourth")],
        person=w.coordinator,
        at=w.at,
    )
    assert duty(w)["third"] == ["fourth"]


def test_who_leaves_gives_back_what_they_have_not_locked(at, chance):
    w = twice(at, chance, "ani", "budi", "citra")
    sittings = sat(w)
    dealt(w, sittings["ani"])
    gone = w.examiner
    own = [s for s in sittings.values() if s.duties.filter(examiner=gone, part="pair").exists()]
    kept, open_ = own
    mark(w, kept, "care_test", 8000, "examiner")
    mark(w, open_, "care_test", 7000, "examiner", lock=False)
    examining.assign(session=kept.session, examiners=[w.colleague, w.third], person=w.coordinator, at=w.at)
    assert [d.sitting for d in Duty.objects.filter(examiner=gone)] == [kept]
    assert [(m.application_id, m.state) for m in Mark.objects.all()] == [(kept.application_id, "locked")]
    assert {s.duties.filter(part="pair").count() for s in sittings.values()} == {2}


def test_a_piece_that_nobody_else_may_judge_waits_for_an_examiner(at, chance):
    w = twice(at, chance, "ani")
    sitting = sat(w)["ani"]
    dealt(w, sitting, "examiner", "colleague")
    marking.declare_conflict(application=w.people["ani"], person=w.examiner, at=w.at)
    assert queries.pending(w.intake)["unassigned"] == 1
    with refused("round.pending"):
        frozen(w)


def test_too_few_pieces_adjust_nothing_and_say_why(at, chance):
    w = twice(at, chance, "ani", "budi")
    judged(w, ani=(8000, 8600), budi=(7000, 7400))
    (found,) = panel.panels(w.coordinator, intake=w.intake, at=w.at)
    assert (found.severity.why, found.severity.effects) == ("few_pieces", {})
    assert [(line.raw, line.adjusted) for line in found.lines] == [
        (queries.settled(a)["care_test"], None) for a in by_piece(w)
    ]
    assert found.assumed is True
    with pytest.raises(Refusal):
        panel.panels(w.examiner, intake=w.intake, at=w.at)


def by_piece(w):
    return [s.application for s in access.sittings(w.coordinator, scope=w.scope, at=w.at)]


# --- strict and mild ---------------------------------------------------------------------------------------------------
NAMES = tuple(f"p{number:02}" for number in range(24))


def compared(at, chance, decides="raw"):
    """Return 24 people of almost the same skill, judged by three of whom one is 6 points stricter."""
    w = twice(at, chance, *NAMES, decides=decides)
    sittings = sat(w)
    dealt(w, sittings["p00"])
    for number, name in enumerate(NAMES):
        for who in duty(w, sittings[name])["pair"]:
            value = 7000 + 10 * number - (600 if who == "examiner" else 0)
            mark(w, sittings[name], "care_test", value, who)
        mark(w, sittings[name], "employer_interview", 200)
    return w, sittings


def test_severities_are_taken_out_beside_the_raw_marks_and_change_none(at, chance):
    w, sittings = compared(at, chance)
    (found,) = panel.panels(w.coordinator, intake=w.intake, at=w.at)
    names = {str(w.staff[name].pk): name for name in ALL}
    effects = {names[who]: effect for who, effect in found.severity.effects.items()}
    assert (found.severity.why, set(found.severity.pieces.values())) == ("adjusted", {16})
    assert effects["examiner"] < -300
    assert effects["colleague"] > 0 < effects["third"]
    by_code = {line.piece: line for line in found.lines}
    for number, name in enumerate(NAMES):
        line = by_code[sittings[name].piece]
        strict = any(names[who] == "examiner" for who, _value, _counts in line.marks)
        assert line.raw == 7000 + 10 * number - (300 if strict else 0) == queries.settled(w.people[name])["care_test"]
        assert (line.adjusted > line.raw) == strict


def test_whose_outcome_hangs_on_severity_is_looked_at_by_a_third_before_the_freeze(at, chance):
    w, sittings = compared(at, chance)
    rows = panel.again(w.coordinator, intake=w.intake, at=w.at)
    assert queries.pending(w.intake) == {"again": len(rows)}
    assert {row.state for row in rows} == {"open"}
    assert all(row.raw != row.adjusted for row in rows)
    with refused("round.pending"):
        frozen(w)
    with refused("role.missing"):
        examining.look_again(intake=w.intake, person=w.examiner, at=w.at)
    by_piece_ = {s.piece: s for s in sittings.values()}
    for _turn in range(len(NAMES)):
        if not queries.pending(w.intake):
            break
        examining.look_again(intake=w.intake, person=w.coordinator, at=w.at)
        assert set(queries.pending(w.intake)) == {"missing"}
        with refused("round.pending"):
            examining.look_again(intake=w.intake, person=w.coordinator, at=w.at)
        for row in panel.again(w.coordinator, intake=w.intake, at=w.at):
            if row.state == "asked":
                sitting = by_piece_[row.piece]
                mark(w, sitting, "care_test", 7000, *duty(w, sitting)["third"])
    round_ = frozen(w)
    assert Duty.objects.filter(why="again").count() >= len(rows)
    with refused("round.exists"):
        examining.look_again(intake=w.intake, person=w.coordinator, at=w.at)
    raw = {a.listing.code: queries.settled(a) for a in queries.examined(w.intake)}
    assert {row["code"]: row["marks"] for row in round_.rows} == raw


def test_a_programme_may_declare_that_adjusted_marks_decide(at, chance):
    w, _sittings = compared(at, chance, decides="adjusted")
    applications = queries.ranked_applications(w.intake)
    level = marks.levelled(w.intake, applications)
    assert marks.deciding(w.intake, applications) == level
    assert level != {a.pk: queries.settled(a) for a in applications}
    people_ = {a.pk: name for name, a in w.people.items()}
    moved = {people_[pk] for pk, found in level.items() if found != queries.settled(w.people[people_[pk]])}
    assert len(moved) == 24


def test_nobody_is_asked_where_no_third_is_named(at, chance):
    w, _sittings = compared(at, chance)
    Duty.objects.filter(part="third").delete()
    with refused("examiners.vacant"):
        examining.look_again(intake=w.intake, person=w.coordinator, at=w.at)


def test_agreement_is_measured_on_all_marks_and_on_the_pieces_that_all_marked(at, chance):
    w = twice(at, chance, "ani", "budi", "citra", anchors=3)
    sittings = sat(w)
    dealt(w, sittings["ani"])
    values = {"ani": (9000, 9200, 8900), "budi": (7000, 6900, 7100), "citra": (5000, 5200, 5100)}
    (found,) = panel.panels(w.coordinator, intake=w.intake, at=w.at)
    assert (found.alpha.why, found.two.why, found.error) == ("scoring.unpaired", "scoring.incomplete", None)
    for name, given in values.items():
        for who, value in zip(ALL, given, strict=True):
            mark(w, sittings[name], "care_test", value, who)
    (found,) = panel.panels(w.coordinator, intake=w.intake, at=w.at)
    assert (found.anchors, found.two.said, found.alpha.said) == (3, "good", "good")
    assert found.alpha.value == alpha([list(map(Fraction, row)) for row in values.values()], "interval")
    assert found.two.value == of_mean(icc([list(map(Fraction, row)) for row in values.values()])["ICC(2,1)"], 2)
    assert [who.name for who, _count in panel.able(sittings["ani"].session, at=w.at)] == sorted(
        w.staff[name].name for name in ALL
    )
    assert {count for _who, count in panel.able(sittings["ani"].session, at=w.at)} == {3}
