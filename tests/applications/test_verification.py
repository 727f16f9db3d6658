"""What verifiers do with files, and which files never come to them."""

import datetime as dt

import pytest

from rantau.applications import access, queries
from rantau.applications.actions import verification
from rantau.applications.models import Application, Favour
from rantau.engine.flow import Role
from rantau.ledger import queries as ledger
from rantau.ledger.models import Entry
from rantau.people import actions as people
from rantau.programmes.queries import instant
from rantau.selection.actions import marking
from tests.web import desk_build as build
from tests.web.desk_build import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(at, chance):
    return build.world(at, chance)


def claim(w, by="verifier", application=None):
    return verification.claim(person=w.staff[by], scope=w.scope, at=w.at, application=application)


def decide(w, application, by="verifier", **how):
    return verification.decide(application=application, person=w.staff[by], at=w.at, **{"verdict": "verify", **how})


def in_queue(w, who):
    return [a.person.name for a in queries.queue(w.staff[who], scope=w.scope, at=w.at)]


def test_the_oldest_free_file_is_claimed_and_shared_with_nobody(w):
    for name in ("Siti", "Budi"):
        build.pupil(w, name)
        w.later(build.HOUR)
    assert [claim(w).person.name, claim(w, "colleague").person.name] == ["Siti", "Budi"]
    with refused("queue.taken"):
        claim(w, "colleague", Application.objects.get(claimed_by=w.staff["verifier"]))
    w.later(dt.timedelta(minutes=31))
    assert claim(w, "colleague", Application.objects.get(claimed_by=w.staff["verifier"])).person.name == "Siti"


def test_an_empty_queue_says_so(w):
    build.pupil(w, "Siti", state="called")
    with refused("queue.empty"):
        claim(w)
    with refused("queue.empty"):
        verification.claim_batch(person=w.staff["verifier"], scope=w.scope, at=w.at, limit=5)


@pytest.mark.parametrize("who", ["coordinator", "head", "auditor"])
def test_only_verifiers_claim(w, who):
    build.pupil(w, "Siti")
    with refused("role.missing", roles=["verifier"]):
        claim(w, who)
    with refused("role.missing", roles=["verifier"]):
        verification.claim_batch(person=w.staff[who], scope=w.scope, at=w.at, limit=5)


def test_own_regency_and_own_school_never_come(w):
    build.pupil(w, "Tetangga", regency="Kab. Utara")
    build.pupil(w, "Jauh", regency="Kota Selatan")
    build.pupil(w, "Murid", school="one", regency="Kota Selatan")
    people.grant(
        to=w.staff["head"], role=Role.VERIFIER, scope=w.scope, at=w.at, person=w.staff["head"], organisation=None
    )
    assert in_queue(w, "local") == ["Jauh", "Murid"]
    assert in_queue(w, "head") == ["Jauh"]
    assert in_queue(w, "verifier") == ["Tetangga", "Jauh", "Murid"]


def test_a_second_role_opens_no_way_round(w):
    local = w.staff["local"]
    theirs = build.pupil(w, "Tetangga", regency="Kab. Utara")
    for role in (Role.VERIFIER, Role.COORDINATOR):
        people.grant(to=local, role=role, scope=w.scope, at=w.at, person=local)
    assert in_queue(w, "local") == []
    assert access.get(local, theirs.code, scope=w.scope, at=w.at) == theirs  # a coordinator sees it, and judges it not
    with refused("role.missing"):
        claim(w, "local", theirs)


def test_own_application_and_one_filled_in_for_somebody_never_come(w):
    verifier = w.staff["verifier"]
    own, helped = build.pupil(w, "Sendiri"), build.pupil(w, "Dibantu")
    Application.objects.filter(pk=own.pk).update(person=verifier)
    Application.objects.filter(pk=helped.pk).update(assisted_by=verifier)
    assert in_queue(w, "verifier") == []
    assert in_queue(w, "colleague") == ["Petugas verifier", "Dibantu"]


def test_a_declared_conflict_hides_the_file_for_ever(w):
    theirs = build.pupil(w, "Sepupu")
    held = claim(w)
    marking.declare_conflict(application=held, person=w.staff["verifier"], at=w.at)
    assert (in_queue(w, "verifier"), list(queries.claimed(w.staff["verifier"], scope=w.scope, at=w.at))) == ([], [])
    with refused("step.role"):
        decide(w, held)
    verification.release(application=held, person=w.staff["verifier"])
    assert claim(w, "colleague") == theirs


def test_a_file_found_right(w):
    build.pupil(w, "Siti")
    held = claim(w)
    w.later(dt.timedelta(seconds=74))
    decide(w, held)
    held.refresh_from_db()
    assert (held.state, held.seconds, held.claimed_by, held.reason) == ("verified", 74, None, "")
    assert queries.pace(scope=w.scope) == 74
    assert queries.decided_by(held, w.staff["verifier"], "verify")
    assert not queries.decided_by(held, w.staff["colleague"], "verify")
    assert not queries.decided_by(held, w.staff["verifier"], "return")


def test_time_away_from_the_desk_does_not_count(w):
    build.pupil(w, "Siti")
    held = claim(w)
    w.later(build.DAY)
    assert decide(w, held).seconds == 3600


def test_a_file_returned_has_a_reason_and_a_date(w):
    build.pupil(w, "Siti")
    decide(w, claim(w), verdict="return", reason="unreadable", note="Foto ulang.")
    held = Application.objects.get()
    assert (held.state, held.reason, held.note) == ("returned", "unreadable", "Foto ulang.")
    assert held.file_by == instant(dt.date(2026, 5, 9), 23, 59, 59)
    entry = ledger.history(queries.subject(held)).last()
    assert entry.facts == {"from": "filed", "to": "returned", "reason": "unreadable"}


def test_a_file_refused_can_be_objected_to(w):
    build.pupil(w, "Siti")
    decide(w, claim(w), verdict="refuse", reason="duplicate")
    held = Application.objects.get()
    assert (held.state, held.reason) == ("ineligible", "duplicate")
    assert held.objection_until == instant(dt.date(2026, 5, 7), 23, 59, 59)


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [("verify", "unreadable"), ("return", ""), ("return", "too_old"), ("refuse", ""), ("refuse", "unreadable")],
)
def test_a_reason_belongs_to_its_verdict(w, verdict, reason):
    build.pupil(w, "Siti")
    held = claim(w)
    with refused("reason.missing"):
        decide(w, held, verdict=verdict, reason=reason)


def test_a_file_is_decided_by_who_holds_it(w):
    build.pupil(w, "Siti")
    held = claim(w)
    with refused("queue.not_claimed"):
        decide(w, held, "colleague")
    verification.release(application=held, person=w.staff["verifier"])
    with refused("queue.not_claimed"):
        decide(w, Application.objects.get())


def test_only_the_holder_releases(w):
    build.pupil(w, "Siti")
    held = claim(w)
    verification.release(application=held, person=w.staff["colleague"])
    assert Application.objects.get().claimed_by == w.staff["verifier"]
    verification.release(application=held, person=w.staff["verifier"])
    assert Application.objects.get().claimed_by is None


def test_a_batch_takes_the_oldest(w):
    for name in ("Siti", "Budi", "Citra"):
        build.pupil(w, name)
        w.later(build.HOUR)
    found = verification.claim_batch(person=w.staff["verifier"], scope=w.scope, at=w.at, limit=2)
    assert [a.person.name for a in found] == ["Siti", "Budi"]
    assert in_queue(w, "colleague") == ["Citra"]


def sampled(w, *, inside=True):
    """Return a verified file that is in the sample, or one that is not."""
    while True:
        made = build.pupil(w, "Siti")
        if queries.in_sample(made) == inside:
            return build.verified(w, made)
        made.delete()


def test_a_second_officer_confirms_a_sampled_file(w):
    one = sampled(w)
    assert queries.sample(w.staff["verifier"], scope=w.scope, at=w.at) == []
    assert queries.sample(w.staff["colleague"], scope=w.scope, at=w.at) == [one]
    verification.check_sample(application=one, person=w.staff["colleague"], agrees=True, at=w.at)
    assert Application.objects.get().state == "verified"
    assert queries.sample(w.staff["colleague"], scope=w.scope, at=w.at) == []


def test_a_second_officer_opens_a_file_again(w):
    one = sampled(w)
    verification.check_sample(application=one, person=w.staff["colleague"], agrees=False, at=w.at)
    assert Application.objects.get().state == "filed"
    assert in_queue(w, "verifier") == ["Siti"]


def test_nobody_checks_their_own_work_nor_what_is_not_in_the_sample(w):
    one = sampled(w)
    with refused("step.same_person"):
        verification.check_sample(application=one, person=w.staff["verifier"], agrees=True, at=w.at)
    other = sampled(w, inside=False)
    with refused("sample.not_in"):
        verification.check_sample(application=other, person=w.staff["colleague"], agrees=True, at=w.at)


def test_a_sampled_file_of_the_own_regency_is_not_checked(w):
    one = sampled(w)
    Application.objects.filter(pk=one.pk).update(regency="Kab. Utara")
    one.refresh_from_db()
    assert queries.sample(w.staff["local"], scope=w.scope, at=w.at) == []
    with refused("step.role"):
        verification.check_sample(application=one, person=w.staff["local"], agrees=True, at=w.at)


def test_a_favour_is_recorded_and_the_ledger_says_only_that(w):
    verification.record_favour(intake=w.intake, person=w.staff["head"], kind="gift", note="Rahasia", at=w.at)
    entry = Entry.objects.filter(action="favour").get()
    assert (entry.facts, entry.subject) == ({}, f"intake:{w.intake.ref}")
    assert entry.actor != w.staff["head"].ref
    assert [(f.kind, f.note, f.person) for f in queries.favours(scope=w.scope)] == [
        ("gift", "Rahasia", w.staff["head"])
    ]


def test_a_favour_needs_a_kind_and_an_office(w):
    with refused("favour.kind"):
        verification.record_favour(intake=w.intake, person=w.staff["head"], kind="bribe", at=w.at)
    with refused("role.missing"):
        verification.record_favour(intake=w.intake, person=w.staff["auditor"], kind="gift", at=w.at)
    assert Favour.objects.count() == 0
