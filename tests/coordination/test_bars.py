"""What a declared tie to a school bars: its files are neither offered nor fetched nor judged, its work is never marked."""

import pytest

from rantau.applications import access, queries
from rantau.applications.actions import nominating, verification
from rantau.applications.models import Application
from rantau.coordination.actions import interests
from rantau.engine.flow import Role
from rantau.people.models import Organisation
from rantau.selection import access as marking_access
from rantau.selection import queries as selection
from rantau.selection.actions import examining, marking
from rantau.selection.models import Duty, Mark
from rantau.selection.queries import desks
from rantau.web.verification import answers
from tests.selection import build as tests
from tests.selection.build import refused as unmarked
from tests.selection.twice import ALL, dealt, duty, twice
from tests.web import desk_build as build
from tests.web.desk_build import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(at, chance):
    return build.world(at, chance)


def tied(w, who, school, kind="school"):
    programme = w.intake.programme
    return interests.declare(programme=programme, kind=kind, school=school, person=who, at=w.at, chance=w.chance)


# --- files -----------------------------------------------------------------------------------------------------------
def test_a_declared_school_s_file_is_neither_offered_nor_fetched_nor_decided(w):
    verifier, colleague = w.staff["verifier"], w.staff["colleague"]
    own = build.pupil(w, "Siti", school="one")
    other = build.pupil(w, "Budi", school="two")
    homeless = build.pupil(w, "Tono")
    Application.objects.filter(pk=homeless.pk).update(school=None)
    verification.claim(person=verifier, scope=w.scope, at=w.at, application=own)
    tied(w, verifier, w.schools["one"])
    seen = {"scope": w.scope, "at": w.at}
    assert list(queries.queue(verifier, **seen)) == [other, homeless]
    assert list(queries.claimed(verifier, **seen)) == []
    assert list(access.visible(verifier, **seen)) == [other, homeless]
    with pytest.raises(Application.DoesNotExist):
        access.get(verifier, own.code, **seen)
    with refused("role.missing"):
        verification.claim(person=verifier, scope=w.scope, at=w.at, application=own)
    own.refresh_from_db()
    with refused("step.role"):
        verification.decide(application=own, person=verifier, verdict="verify", at=w.at)
    assert list(queries.queue(colleague, scope=w.scope, at=w.at + build.HOUR)) == [own, other, homeless]


def test_a_declared_school_s_file_is_not_offered_in_a_batch(w):
    build.pupil(w, "Siti", school="one")
    tied(w, w.staff["verifier"], w.schools["one"])
    with refused("queue.empty"):
        verification.claim_batch(person=w.staff["verifier"], scope=w.scope, at=w.at, limit=5)


def test_a_declared_school_s_file_is_not_in_the_sample(w):
    own = build.pupil(w, "Siti", school="one")
    while not queries.in_sample(own):
        own = build.pupil(w, "Siti", school="one")
    build.verified(w, own, by="colleague")
    verifier = w.staff["verifier"]
    assert queries.sample(verifier, scope=w.scope, at=w.at) == [own]
    tied(w, verifier, w.schools["one"], kind="relative")
    assert queries.sample(verifier, scope=w.scope, at=w.at) == []
    with refused("step.role"):
        verification.check_sample(application=own, person=verifier, agrees=True, at=w.at)


def findings(w, application):
    return [one["words"] for one in answers.findings(application, at=w.at) if one["severity"] == "warning"]


@pytest.mark.parametrize(("kind", "marked"), [("relative", True), ("school", False)])
def test_a_nominator_s_relative_is_marked_for_the_verifier(w, kind, marked):
    nomination, _secret = nominating.invite(
        intake=w.intake,
        school=w.schools["one"],
        person=w.staff["head"],
        name="Siti",
        nisn=build.NISN,
        contact="+6281234567890",
        at=w.at,
        chance=w.chance,
    )
    application = nominating.accept(nomination=nomination, at=w.at, chance=w.chance, password="empat kata yang baru")
    neighbour = build.pupil(w, "Budi", school="one")
    before = findings(w, application)
    tied(w, w.staff["head"], w.schools["one"], kind=kind)
    assert len(findings(w, application)) == len(before) + marked
    assert not queries.interested_school(neighbour, at=w.at)


# --- work to be marked -----------------------------------------------------------------------------------------------
@pytest.fixture
def judged(at, chance):
    return twice(at, chance, "ani", "budi")


def at_school(w, name):
    """Send somebody to a school of their own, and return it."""
    school = Organisation.objects.create(code=name, kind="school", name=name, npsn=f"3000000{len(name)}")
    Application.objects.filter(pk=w.people[name].pk).update(school=school)
    return school


def test_a_declared_school_s_piece_is_never_dealt(judged):
    w = judged
    tied(w, w.third, at_school(w, "ani"))
    sittings = tests.sat(w)
    dealt(w, next(iter(sittings.values())))
    assert duty(w, sittings["ani"]) == {"pair": ["colleague", "examiner"]}
    assert {name for part in duty(w, sittings["budi"]).values() for name in part} == set(ALL)


def test_a_declared_school_s_piece_is_neither_seen_nor_marked(judged):
    w = judged
    sittings = tests.sat(w)
    dealt(w, sittings["ani"], "examiner", "colleague")
    (draft,) = tests.mark(w, sittings["ani"], "care_test", 8000, "examiner", lock=False)
    tests.mark(w, sittings["budi"], "care_test", 7000, "examiner")
    tests.mark(w, sittings["ani"], "care_test", 8000, "colleague")
    tied(w, w.examiner, at_school(w, "ani"))
    seen = {"scope": w.scope, "at": w.at}
    assert list(marking_access.sittings(w.examiner, **seen)) == [sittings["budi"]]
    assert {mark.application for mark in marking_access.locked_marks(w.examiner, **seen)} == {w.people["budi"]}
    test = next(c for c in selection.doubles(w.intake) if c.code == "care_test")
    shown = desks.pieces(w.examiner, session=sittings["ani"].session, criterion=test, at=w.at)
    assert [piece.code for piece in shown] == [sittings["budi"].piece]
    fresh = type(sittings["ani"]).objects.get(pk=sittings["ani"].pk)
    with unmarked("mark.conflict"):
        marking.enter(sitting=fresh, criterion="care_test", value=8100, person=w.examiner, at=w.at, chance=w.chance)
    assert Mark.objects.get(pk=draft.pk).state == "draft"


def test_who_steps_aside_passes_on_what_they_have_not_locked(judged):
    w = judged
    sittings = tests.sat(w)
    dealt(w, sittings["ani"])
    before = duty(w, sittings["ani"])
    aside, stays = before["pair"]
    tests.mark(w, sittings["ani"], "care_test", 8000, aside, lock=False)
    tied(w, w.staff[aside], at_school(w, "ani"))
    untouched = duty(w, sittings["budi"])
    assert examining.step_aside(intake=w.intake, examiner=w.staff[aside], at=w.at) == 1
    assert duty(w, sittings["ani"]) == {"pair": sorted([stays, *before["third"]])}
    assert duty(w, sittings["budi"]) == untouched
    assert Mark.objects.count() == 0
    assert examining.step_aside(intake=w.intake, examiner=w.staff[aside], at=w.at) == 0


def test_a_mark_locked_before_the_declaration_stays(judged):
    w = judged
    sittings = tests.sat(w)
    dealt(w, sittings["ani"], "examiner", "colleague")
    tests.mark(w, sittings["ani"], "care_test", 8000, "examiner")
    tied(w, w.examiner, at_school(w, "ani"))
    assert examining.step_aside(intake=w.intake, examiner=w.examiner, at=w.at) == 0
    assert (Mark.objects.get().state, Duty.objects.filter(examiner=w.examiner).count()) == ("locked", 2)


def test_dealing_again_takes_back_what_may_not_be_judged_any_more(judged):
    w = judged
    sittings = tests.sat(w)
    dealt(w, sittings["ani"])
    aside = duty(w, sittings["ani"])["pair"][0]
    tied(w, w.staff[aside], at_school(w, "ani"))
    w.staff["fourth"] = tests.officer("fourth", Role.EXAMINER, w.scope, w.at, w.chance)
    dealt(w, sittings["ani"], *ALL, "fourth")
    found = duty(w, sittings["ani"])
    judges = [name for part in found.values() for name in part]
    assert (aside in judges, len(found["pair"]), len(found["third"])) == (False, 2, 1)


def test_a_verifier_sees_no_marks_of_a_declared_school_and_a_coordinator_all(judged):
    w = judged
    sittings = tests.sat(w)
    dealt(w, sittings["ani"], "examiner", "colleague")
    for name in ("ani", "budi"):
        tests.mark(w, sittings[name], "care_test", 8000, "examiner")
    school = at_school(w, "ani")
    for who in (w.verifier, w.coordinator):
        tied(w, who, school)
    seen = {"scope": w.scope, "at": w.at}
    assert {mark.application for mark in marking_access.locked_marks(w.verifier, **seen)} == {w.people["budi"]}
    assert {mark.application for mark in marking_access.locked_marks(w.coordinator, **seen)} == set(w.people.values())
