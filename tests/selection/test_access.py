"""Who reaches sessions, pieces, marks, rounds and objections; each refusal holds data that could leak."""

import pytest

from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import actions as people
from rantau.selection import access
from rantau.selection.actions import marking
from rantau.selection.models import Round
from tests.selection.build import applicant, examined, frozen, mark, objected, officer, provisional, sat, world

pytestmark = pytest.mark.django_db


def stranger(w):
    return people.register(at=w.at, chance=w.chance, name="Orang luar")


def elsewhere(w, role):
    return officer("jauh", role, "program-lain", w.at, w.chance)


@pytest.mark.parametrize("role", [Role.EXAMINER, Role.COORDINATOR, Role.VERIFIER])
def test_another_programmes_staff_and_strangers_reach_nothing(at, chance, role):
    w = world(at, chance, "ani")
    examined(w, ani=8000)
    round_ = provisional(w)
    objected(w, "ani")
    for person in (elsewhere(w, role), stranger(w)):
        for get in (access.sessions, access.sittings, access.marks, access.locked_marks, access.objections):
            with pytest.raises(Refusal) as caught:
                get(person, scope=w.scope, at=w.at)
            assert caught.value.code == "role.missing"
        with pytest.raises(Refusal):
            access.round_for(person, round_.ref, scope=w.scope, at=w.at)


def test_sessions_are_for_examiners_and_coordinators(at, chance):
    w = world(at, chance, "ani")
    sitting = sat(w)["ani"]
    for name in ("examiner", "coordinator"):
        assert list(access.sessions(w.staff[name], scope=w.scope, at=w.at)) == [sitting.session]
        assert list(access.sittings(w.staff[name], scope=w.scope, at=w.at)) == [sitting]
    with pytest.raises(Refusal):
        access.sittings(w.verifier, scope=w.scope, at=w.at)


def test_an_examiner_sees_their_own_marks_alone(at, chance):
    w = world(at, chance, "ani")
    sitting = sat(w)["ani"]
    mark(w, sitting, "employer_interview", 300, "examiner", lock=False)
    (other,) = mark(w, sitting, "employer_interview", 100, "colleague")
    assert [m.value for m in access.marks(w.examiner, scope=w.scope, at=w.at)] == [300]
    assert list(access.locked_marks(w.coordinator, scope=w.scope, at=w.at)) == [other]
    with pytest.raises(Refusal):
        access.marks(w.coordinator, scope=w.scope, at=w.at)


def test_a_declared_conflict_hides_the_piece(at, chance):
    w = world(at, chance, "ani", "budi")
    sittings = sat(w)
    marking.declare_conflict(application=w.people["ani"], person=w.examiner, at=w.at)
    assert list(access.sittings(w.examiner, scope=w.scope, at=w.at)) == [sittings["budi"]]


def test_only_published_rounds_are_public(at, chance):
    w = world(at, chance, "ani")
    examined(w, ani=8000)
    round_ = frozen(w)
    assert list(access.rounds(w.programme)) == []
    assert access.round_for(w.auditor, round_.ref, scope=w.scope, at=w.at) == round_
    with pytest.raises(Refusal):
        access.round_for(w.examiner, round_.ref, scope=w.scope, at=w.at)
    with pytest.raises(Round.DoesNotExist):
        access.round_for(elsewhere(w, Role.AUDITOR), round_.ref, scope="program-lain", at=w.at)


def test_objections_come_undecided_first_and_not_to_who_is_in_conflict(at, chance):
    w = world(at, chance, "ani")
    w.people["budi"] = applicant(w, "budi", step="refuse")
    second = objected(w, "budi", "")
    assert list(access.objections(w.coordinator, scope=w.scope, at=w.at)) == [second]
    assert list(access.objections(w.other_verifier, scope=w.scope, at=w.at)) == [second]
    marking.declare_conflict(application=w.people["budi"], person=w.other_verifier, at=w.at)
    assert list(access.objections(w.other_verifier, scope=w.scope, at=w.at)) == []
    with pytest.raises(Refusal):
        access.objections(w.examiner, scope=w.scope, at=w.at)


def test_an_examiner_is_not_led_by_anothers_locked_mark(at, chance):
    w = world(at, chance, "ani")
    sitting = sat(w)["ani"]
    (first,) = mark(w, sitting, "employer_interview", 100, "examiner")

    def seen(name):
        return [m.pk for m in access.locked_marks(w.staff[name], scope=w.scope, at=w.at)]

    assert (seen("examiner"), seen("colleague"), seen("third"), seen("coordinator")) == (
        [first.pk],
        [],
        [],
        [first.pk],
    )
    (second,) = mark(w, sitting, "employer_interview", 300, "colleague", lock=False)
    assert (seen("colleague"), seen("third")) == ([], [])
    marking.lock(marks=[second], person=w.colleague, at=w.at)
    assert seen("examiner") == seen("colleague") == seen("third") == [first.pk, second.pk]
    w.third.conflicts.create(application=w.people["ani"], at=w.at)
    assert seen("third") == []
