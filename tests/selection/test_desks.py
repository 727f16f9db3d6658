"""What officers' screens read: pieces without persons, changes, objections with who may not decide, what is next."""

import pytest

from rantau.applications.models import Application
from rantau.engine.refusal import Refusal
from rantau.programmes.queries import deadline, intake
from rantau.selection import queries
from rantau.selection.actions import marking, objections, offers, rounds, sessions
from rantau.selection.queries import desks, public
from tests.selection.build import (
    DAY,
    HOUR,
    applicant,
    examined,
    final,
    frozen,
    mark,
    objected,
    provisional,
    sat,
    session,
    world,
)

pytestmark = pytest.mark.django_db


def criterion(w, code="employer_interview"):
    return next(c for c in queries.criteria(w.intake) if c.code == code)


def test_work_is_counted_by_session_and_criterion(at, chance):
    w = world(at, chance, "ani", "budi", "citra")
    sittings = sat(w, absent=("citra",))
    mark(w, sittings["ani"], "care_test", 8000)
    mark(w, sittings["budi"], "care_test", 7000, lock=False)
    found = desks.batches(w.examiner, intake=w.intake, at=w.at)
    assert [(b.criterion.code, b.pieces, b.drafts, b.locked) for b in found] == [
        ("care_test", 2, 1, 1),
        ("employer_interview", 2, 0, 0),
    ]
    with pytest.raises(Refusal):
        desks.batches(w.coordinator, intake=w.intake, at=w.at)


def test_the_other_mark_shows_when_both_are_locked(at, chance):
    w = world(at, chance, "ani", "budi")
    sittings = sat(w)
    place = sittings["ani"].session

    def pieces(name):
        found = desks.pieces(w.staff[name], session=place, criterion=criterion(w), at=w.at)
        return {p.code: p for p in found}

    code = sittings["ani"].piece
    mark(w, sittings["ani"], "employer_interview", 100, "examiner")
    (second,) = mark(w, sittings["ani"], "employer_interview", 300, "colleague", lock=False)
    assert [(pieces(n)[code].own.value, pieces(n)[code].other) for n in ("examiner", "colleague")] == [
        (100, None),
        (300, None),
    ]
    assert (pieces("third")[code].own, pieces("third")[code].full) == (None, True)
    assert pieces("third")[sittings["budi"].piece].full is False
    marking.lock(marks=[second], person=w.colleague, at=w.at)
    assert pieces("examiner")[code].other == second
    assert sorted(pieces("examiner")) == sorted(s.piece for s in sittings.values())
    with pytest.raises(Refusal):
        pieces("coordinator")


def test_drafts_are_ones_own_of_this_session(at, chance):
    w = world(at, chance, "ani", "budi")
    sittings = sat(w)
    mark(w, sittings["ani"], "care_test", 8000, lock=False)
    mark(w, sittings["budi"], "care_test", 7000, "colleague", lock=False)
    found = desks.drafts(w.examiner, session=sittings["ani"].session, criterion="care_test", at=w.at)
    assert {piece: m.value for piece, m in found.items()} == {sittings["ani"].piece: 8000}


def test_proposed_changes_come_first_and_say_whose_they_are(at, chance):
    w = world(at, chance, "ani", "budi")
    sittings = sat(w)
    mark(w, sittings["ani"], "care_test", 8000)
    (other,) = mark(w, sittings["budi"], "care_test", 7000)
    marking.dispute(mark=other, proposed=7500, reason="salah salin", person=w.examiner, at=w.at)
    mine = desks.changes(w.examiner, intake=w.intake, at=w.at)
    assert [(c.piece, c.mark.state, c.own) for c in mine] == [
        (sittings["budi"].piece, "disputed", True),
        (sittings["ani"].piece, "locked", False),
    ]
    assert [c.own for c in desks.changes(w.coordinator, intake=w.intake, at=w.at)] == [False, False]


def test_an_officer_is_told_which_objections_are_not_theirs(at, chance):
    w = world(at, chance, "ani", "budi")
    examined(w, ani=8000, budi=7000)
    w.people["citra"] = applicant(w, "citra", step="refuse")
    provisional(w)
    objected(w, "citra", "")
    objected(w, "ani")
    w.examiner.grants.create(role="coordinator", scope=w.scope, from_at=w.at, given_by="x")

    def barred(name):
        return [h.barred for h in desks.heard(w.staff[name], intake=w.intake, at=w.at)]

    assert barred("verifier") == [True, True]
    assert barred("other_verifier") == barred("second") == [False, False]
    assert barred("examiner") == [False, True]
    assert [len(h.marks) for h in desks.heard(w.second, intake=w.intake, at=w.at)] == [0, 1]


def test_the_journey_says_what_is_next(at, chance):
    w = world(at, chance, "ani", "budi", "citra")

    def following():
        step = desks.next_step(intake(w.programme), at=w.at)
        return step.code, step.ready

    seen = [following()]
    planned = session(w)
    called = sessions.assign(session=planned, person=w.coordinator, at=w.at, chance=w.chance)
    w.later(2 * HOUR)
    seen.append(following())
    sessions.record(sittings=called, came=True, person=w.coordinator, at=w.at)
    seen.append(following())
    for sitting, value in zip(called, (9000, 8000, 7000), strict=True):
        mark(w, sitting, "care_test", value)
        mark(w, sitting, "employer_interview", 200)
    seen.append(following())
    round_ = frozen(w)
    seen.append(following())
    w.later(2 * DAY)
    seen.append(following())
    rounds.draw(round_=round_, value="4", evidence=b"", person=w.coordinator, at=w.at)
    seen.append(following())
    rounds.run(round_=round_, person=w.coordinator, at=w.at)
    seen.append(following())
    rounds.publish(round_=round_, person=w.coordinator, at=w.at)
    seen.append(following())
    objection = objected(w, "ani")
    seen.append(following())
    w.later(round_.objections_until - w.at + HOUR)
    seen.append(following())
    objections.decide(objection=objection, upheld=False, answer="Benar.", person=w.second, at=w.at)
    seen.append(following())
    assert seen == [
        ("uncalled", True),
        ("attendance", True),
        ("missing", False),
        ("freeze", True),
        ("draw", False),
        ("draw", True),
        ("run", True),
        ("publish", True),
        ("window", False),
        ("window", True),
        ("objections", True),
        ("freeze_final", True),
    ]


def test_the_journey_ends_with_every_seat_answered(at, chance):
    w = world(at, chance, "ani", "budi", "citra")
    examined(w, ani=9000, budi=8000, citra=7000)
    provisional(w)
    w.later(queries.published(w.intake, "provisional").objections_until - w.at + HOUR)
    last = rounds.freeze_final(intake=w.intake, person=w.coordinator, at=w.at, chance=w.chance)
    assert desks.next_step(w.intake, at=w.at).code == "run_final"
    rounds.run(round_=last, person=w.coordinator, at=w.at)
    assert desks.next_step(w.intake, at=w.at).code == "publish_final"
    rounds.publish(round_=last, person=w.coordinator, at=w.at)
    assert (desks.next_step(w.intake, at=w.at).code, desks.late(w.intake, at=w.at)) == ("offers", {})
    stands = desks.standing(w.intake)
    assert [(rank, a.state) for rank, a in stands["offers"] + stands["reserve"]] == [
        (1, "offered"),
        (2, "offered"),
        (3, "reserve"),
    ]
    for _ in range(3):
        application = Application.objects.filter(state="offered").order_by("pk").first()
        offers.answer(application=application, accepts=False, person=application.person, at=w.at)
    assert desks.next_step(w.intake, at=w.at).waiting == {"seats": 2}
    Application.objects.update(state="accepted")
    assert desks.next_step(w.intake, at=w.at).code == "done"


def test_what_is_late_is_named(at, chance):
    w = world(at, chance, "ani")
    assert desks.late(w.intake, at=w.at) == {}
    sessions.assign(session=session(w), person=w.coordinator, at=w.at, chance=w.chance)
    w.later(2 * HOUR)
    assert desks.late(w.intake, at=w.at) == {"attendance": 1}


def test_an_overdue_draw_and_final_result_are_late(at, chance):
    w = world(at, chance, "ani")
    examined(w, ani=8000)
    round_ = frozen(w)
    assert desks.late(w.intake, at=w.at + 3 * DAY) == {"draw": 1}
    w.later(DAY + HOUR)
    rounds.draw(round_=round_, value="4", evidence=b"", person=w.coordinator, at=w.at)
    rounds.run(round_=round_, person=w.coordinator, at=w.at)
    rounds.publish(round_=round_, person=w.coordinator, at=w.at)
    due = desks.final_due(w.intake)
    assert due == deadline(round_.objections_until, 5)
    assert (desks.late(w.intake, at=due), desks.late(w.intake, at=due + HOUR)) == ({}, {"final": 1})
    w.later(round_.objections_until - w.at)
    final(w)
    assert desks.late(w.intake, at=due + HOUR) == {}
    answer_by = Application.objects.get(pk=w.people["ani"].pk).answer_by
    assert desks.late(w.intake, at=answer_by + HOUR) == {"offers": 1}


def test_before_an_intake_and_while_it_is_open(at, chance):
    w = world(at, chance)
    assert desks.next_step(None, at=at).code == "plan"
    w.intake.state = "planned"
    assert desks.next_step(w.intake, at=at).code == "open"
    w.intake.state = "open"
    assert desks.next_step(w.intake, at=at).code == "registration"
    assert desks.next_step(w.intake, at=at + 2 * DAY).code == "close"
    assert desks.late(w.intake, at=at + 2 * DAY) == {"close": 1}
    w.intake.state = "closed"
    assert (desks.next_step(w.intake, at=w.at).code, desks.next_step(w.intake, at=w.at).ready) == ("freeze", False)
    applicant(w, "ani")
    Application.objects.update(state="submitted")
    assert desks.next_step(w.intake, at=w.at).waiting == {"submitted": 1}
    Application.objects.update(state="called", file_by=w.at)
    assert desks.next_step(w.intake, at=w.at).waiting == {"files": 1}
    assert desks.late(w.intake, at=w.at + HOUR) == {"files": 1}
    assert desks.standing(w.intake)["offers"] == []


def test_what_is_public_before_and_after_the_round(at, chance):
    w = world(at, chance, "ani")
    assert (public.announced(w.intake), public.results(w.intake)) == (None, [])
    examined(w, ani=8000)
    round_ = frozen(w)
    told = public.announced(w.intake)
    assert (told["root"], told["rows"], told["source"], told["planned"]) == (round_.root, 1, "dadu", w.at + DAY)
    w.later(2 * DAY)
    rounds.draw(round_=round_, value="4", evidence=b"", person=w.coordinator, at=w.at)
    rounds.run(round_=round_, person=w.coordinator, at=w.at)
    rounds.publish(round_=round_, person=w.coordinator, at=w.at)
    (result,) = public.results(w.intake)
    assert (result["file"]["freeze"]["root"], result["file"]["freeze"]["rules"]) == (told["root"], told["rules"])
    assert result["size"] == len(queries.public_bytes(w.intake, "provisional"))
    assert public.audit_bytes(w.auditor, w.intake, "provisional", at=w.at) == bytes(round_.audit)
    with pytest.raises(Refusal):
        public.audit_bytes(w.verifier, w.intake, "provisional", at=w.at)
    room = public.auditing(w.auditor, w.intake, at=w.at)
    assert (room["faults"], room["changed"], room["marks"], len(room["rounds"])) == ([], 0, 3, 1)
    with pytest.raises(Refusal):
        public.auditing(w.examiner, w.intake, at=w.at)
