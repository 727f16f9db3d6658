"""What a coordinator does with what was submitted, and what happens when a deadline passes."""

import datetime as dt

import pytest

from rantau.applications import queries
from rantau.applications.actions import calling
from rantau.applications.models import Application
from rantau.ledger import queries as ledger
from rantau.people.models import Organisation
from rantau.programmes import actions as programmes
from rantau.programmes.queries import instant
from tests.web import desk_build as build
from tests.web.desk_build import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(at, chance):
    return build.world(at, chance)


def finding(code: str, severity: str = "error") -> dict[str, object]:
    return {"code": code, "severity": severity, "rule": code, "source": "", "facts": {}}


def submitted(w, name, *codes, average=8000):
    application = build.pupil(w, name, state="submitted")
    application.findings = [finding(code) for code in codes]
    application.average = average
    application.save()
    return application


def close(w):
    w.later(31 * build.DAY)
    programmes.close_intake(intake=w.intake, person=w.staff["coordinator"], at=w.at)


def test_calling_calls_the_best_and_names_why_somebody_is_excluded(w):
    good, young, old = (
        submitted(w, "Siti"),
        submitted(w, "Muda", "departure_age"),
        submitted(w, "Tua", "max_age", "min_average"),
    )
    for name, code in (
        ("Dulu", "graduated_from"),
        ("Nanti", "graduated_to"),
        ("Lain", "majors"),
        ("Rendah", "min_average"),
        ("Kecil", "min_age"),
        ("Aneh", "nik.length"),
    ):
        submitted(w, name, code)
    close(w)
    calling.call(intake=w.intake, person=w.staff["coordinator"], at=w.at)
    assert {a.person.name: (a.state, a.reason) for a in Application.objects.select_related("person")} == {
        "Siti": ("called", ""),
        "Muda": ("ineligible", "too_young"),
        "Kecil": ("ineligible", "too_young"),
        "Tua": ("ineligible", "too_old"),
        "Dulu": ("ineligible", "graduation_year"),
        "Nanti": ("ineligible", "graduation_year"),
        "Lain": ("ineligible", "other_major"),
        "Rendah": ("ineligible", "average_too_low"),
        "Aneh": ("ineligible", "requirement"),
    }
    good.refresh_from_db()
    young.refresh_from_db()
    assert good.file_by == instant(dt.date(2026, 6, 11), 23, 59, 59)
    assert young.objection_until == instant(dt.date(2026, 6, 7), 23, 59, 59)
    assert (good.objection_until, young.file_by) == (None, None)
    entry = ledger.history(queries.subject(old)).last()
    assert (entry.action, entry.facts) == ("exclude", {"from": "submitted", "to": "ineligible", "reason": "too_old"})


def test_nobody_is_called_while_registration_runs(w):
    submitted(w, "Siti")
    with refused("intake.still_open", closes=w.intake.closes_at):
        calling.call(intake=w.intake, person=w.staff["coordinator"], at=w.at)


def test_calling_needs_somebody_to_call(w):
    close(w)
    with refused("calling.nobody"):
        calling.call(intake=w.intake, person=w.staff["coordinator"], at=w.at)


@pytest.mark.parametrize("who", ["verifier", "head", "auditor"])
def test_only_a_coordinator_calls(w, who):
    submitted(w, "Siti")
    close(w)
    with refused("step.role"):
        calling.call(intake=w.intake, person=w.staff[who], at=w.at)


def test_an_unlisted_school_is_linked(w):
    claim = build.claim_school(w, build.pupil(w, "Siti", state="draft"))
    calling.link_school(claim=claim, npsn="20100002", person=w.staff["coordinator"], at=w.at)
    assert claim.state == "linked"
    assert Application.objects.get().school == w.schools["two"]
    assert list(queries.school_claims(scope=w.scope)) == []
    entry = ledger.history(f"school_claim:{claim.ref}").last()
    assert entry.facts == {"from": "asked", "to": "linked", "npsn": "20100002"}


def test_an_unknown_number_links_nothing(w):
    claim = build.claim_school(w, build.pupil(w, "Siti", state="draft"))
    before = build.everything()
    with pytest.raises(Organisation.DoesNotExist):
        calling.link_school(claim=claim, npsn="99999999", person=w.staff["coordinator"], at=w.at)
    assert build.everything() == before


def test_an_unlisted_school_is_dismissed_once(w):
    claim = build.claim_school(w, build.pupil(w, "Siti", state="draft"))
    calling.dismiss_school(claim=claim, person=w.staff["coordinator"], at=w.at)
    assert (claim.state, Application.objects.get().school) == ("dismissed", None)
    with refused("step.state", state="dismissed"):
        calling.link_school(claim=claim, npsn="20100002", person=w.staff["coordinator"], at=w.at)


@pytest.mark.parametrize("who", ["verifier", "head", "inspector"])
def test_only_a_coordinator_settles_an_unlisted_school(w, who):
    claim = build.claim_school(w, build.pupil(w, "Siti", state="draft"))
    with refused("step.role"):
        calling.link_school(claim=claim, npsn="20100002", person=w.staff[who], at=w.at)
    with refused("step.role"):
        calling.dismiss_school(claim=claim, person=w.staff[who], at=w.at)


def test_what_is_due_closes_the_intake_and_lets_unanswered_calls_lapse_once(w):
    late, waiting = build.pupil(w, "Siti", state="called"), build.pupil(w, "Budi", state="returned")
    Application.objects.filter(pk=late.pk).update(file_by=w.at + build.DAY)
    Application.objects.filter(pk=waiting.pk).update(file_by=w.at + 60 * build.DAY)
    assert calling.due(intake=w.intake, at=w.at) == 0
    w.later(31 * build.DAY)
    assert [calling.due(intake=w.intake, at=w.at), calling.due(intake=w.intake, at=w.at)] == [2, 0]
    w.intake.refresh_from_db()
    assert w.intake.state == "closed"
    assert dict(Application.objects.values_list("pk", "state")) == {late.pk: "lapsed", waiting.pk: "returned"}
