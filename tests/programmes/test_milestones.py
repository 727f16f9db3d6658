"""Milestones are reached by an officer's word, an agreement, or what our own records show, and registration waits for them."""

import datetime as dt

import pytest

from rantau.engine.chance import seeded
from rantau.engine.flow import Role
from rantau.engine.milestones import Row
from rantau.ledger import queries as ledger
from rantau.programmes import actions, queries
from rantau.programmes.models import Intake, Reached
from tests.programmes.build import AT, DAY, FILES, intake, officer, programme, refused, system

pytestmark = pytest.mark.django_db
TALKS, TODAY = dt.date(2026, 1, 26), dt.date(2026, 5, 4)
BY_HAND = FILES["rusal"].replace('by = "agreement"\nagreement = "mou"', 'by = "hand"')
"""The real programme, its memorandum shown by an officer's word."""
EVIDENCE = {"note": "Naskah bertanda tangan", "source_title": "Siaran pers", "source_address": "https://contoh.id/mou"}


def by_hand():
    """Return the programme whose memorandum an officer records."""
    return actions.store(text=BY_HAND, person=system(), at=AT)


def reach(of, person, *, milestone="memorandum", on=TODAY, at=AT):
    return actions.reach(
        programme=of, milestone=milestone, on=on, person=person, at=at, chance=seeded(milestone), **EVIDENCE
    )


def mark(of, milestone, *, on=TODAY, at=AT):
    return actions.mark(
        programme=of, milestone=milestone, on=on, person=system(), at=at, chance=seeded(milestone), **EVIDENCE
    )


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MINISTRY])
def test_an_officer_records_what_was_reached_with_its_evidence(role):
    of = by_hand()
    person = officer(role, of.code)
    made = reach(of, person)
    assert queries.reached(of, at=AT) == {"talks": TALKS, "memorandum": TODAY}
    row = Reached.objects.get()
    assert (row.state, row.note, row.source_title, row.source_address) == ("reached", *EVIDENCE.values())
    assert (row.recorded_at, row.recorded_by, row.milestone) == (AT, person.ref, "memorandum")
    [entry] = ledger.history(f"milestone:{made.ref}")
    assert (entry.chain, entry.actor, entry.action) == ("programme:rusal-2026", person.ref, "record")
    assert entry.facts == {"from": "new", "to": "reached", "milestone": "memorandum", "on": "2026-05-04"}
    assert str(row) == f"{of.pk}:memorandum:reached"


@pytest.mark.parametrize(
    ("role", "scope"),
    [(Role.EMPLOYER, "rusal-2026"), (Role.HOST_MISSION, "rusal-2026"), (Role.COORDINATOR, "contoh-jepang")],
)
def test_nobody_else_records_anything(role, scope):
    of, person = by_hand(), officer(role, scope)
    with refused("role.missing", roles=["coordinator", "ministry"]):
        reach(of, person)


def test_what_cannot_be_recorded_is_refused():
    of = by_hand()
    person = officer(Role.MINISTRY, of.code)
    with refused("milestone.unknown", milestone="launch"):
        reach(of, person, milestone="launch")
    with refused("milestone.shown", milestone="technical-proposal"):
        reach(of, person, milestone="technical-proposal")
    with refused("milestone.future", on=TODAY + DAY):
        reach(of, person, on=TODAY + DAY)
    with refused("milestone.before", missing=["talks"]):
        reach(of, person, on=TALKS - DAY)
    with refused("milestone.before", missing=["selection", "data-sharing"]):
        reach(of, person, milestone="visas")
    reach(of, person)
    with refused("milestone.reached", milestone="memorandum", on=TODAY):
        reach(of, person)


def test_an_agreement_marks_its_own_milestone_and_no_other():
    of = programme()
    with refused("milestone.shown", milestone="visas"):
        mark(of, "visas")
    with refused("milestone.before", missing=["memorandum"]):
        mark(of, "data-sharing")
    for kind in ("mou", "data_sharing"):
        [code] = queries.agreed(of, kind)
        mark(of, code)
    assert queries.agreed(of, "implementing_arrangement") == ()
    assert queries.reached(of, at=AT) == {"talks": TALKS, "memorandum": TODAY, "data-sharing": TODAY}


def test_a_second_officer_withdraws_what_was_wrong_and_it_can_be_recorded_again():
    of = by_hand()
    first, second = officer(Role.COORDINATOR, of.code), officer(Role.MINISTRY, of.code)
    made = reach(of, first)
    with refused("step.same_person", flow="milestone", step="withdraw"):
        actions.withdraw(reached=made, person=first, at=AT)
    with refused("step.role", flow="milestone", step="withdraw"):
        actions.withdraw(reached=made, person=officer(Role.VERIFIER, of.code), at=AT)
    assert list(queries.standing(of)) == [made]
    actions.withdraw(reached=made, person=second, at=AT)
    assert queries.reached(of, at=AT) == {"talks": TALKS}
    assert list(queries.standing(of)) == []
    with refused("step.state", flow="milestone", step="withdraw", state="withdrawn"):
        actions.withdraw(reached=made, person=second, at=AT)
    actions.reach(
        programme=of, milestone="memorandum", on=TODAY, person=second, at=AT, chance=seeded("again"), note="-"
    )
    assert [row.state for row in Reached.objects.order_by("pk")] == ["withdrawn", "reached"]


def test_what_an_agreement_shows_no_officer_withdraws():
    of = programme()
    made = mark(of, "memorandum")
    with refused("milestone.shown", milestone="memorandum"):
        actions.withdraw(reached=made, person=officer(Role.MINISTRY, of.code), at=AT)


def test_our_own_records_show_meeting_rules_and_registration():
    of = programme(rehearsal=True)
    assert queries.reached(of, at=AT - 200 * DAY) == {}
    assert queries.reached(of, at=AT) == {"talks": TALKS, "rules": TODAY}
    made = intake(of, opens_at=AT + DAY)
    assert queries.reached(of, at=AT + 2 * DAY) == {"talks": TALKS, "rules": TODAY}
    mark(of, "technical-proposal")
    mark(of, "memorandum")
    actions.open_intake(intake=made, person=officer(Role.COORDINATOR, of.code), at=AT)
    assert "recruitment" not in queries.reached(of, at=AT)
    assert queries.reached(of, at=AT + DAY)["recruitment"] == TODAY + DAY


def test_registration_does_not_open_before_its_conditions():
    of = programme(rehearsal=True)
    made, person = intake(of), officer(Role.COORDINATOR, of.code)
    assert queries.unmet(of, at=AT) == ("technical-proposal", "memorandum")
    with refused("intake.conditions", missing=["technical-proposal", "memorandum"]):
        actions.open_intake(intake=made, person=person, at=AT)
    mark(of, "technical-proposal")
    with refused("intake.conditions", missing=["memorandum"]):
        actions.open_intake(intake=made, person=person, at=AT)
    mark(of, "memorandum")
    assert actions.open_intake(intake=made, person=person, at=AT).state == Intake.objects.get().state == "open"


def test_a_programme_without_milestones_waits_for_nothing():
    of = programme("example", rehearsal=True)
    assert (queries.unmet(of, at=AT), queries.reached(of, at=AT), queries.plan(of, at=AT).rows) == ((), {}, ())


def test_of_the_real_programme_it_is_known_only_what_cannot_be_earlier():
    of = programme()
    at = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)
    found = queries.plan(of, at=at)
    assert not found.complete
    assert found.row("recruitment") == Row(
        code="recruitment",
        planned=None,
        expected=dt.date(2026, 11, 24),
        exact=False,
        latest=dt.date(2026, 5, 31),
        latest_exact=False,
        slack=-177,
        late=177,
        holds="after",
        binding="memorandum",
        critical=True,
    )
    assert found.row("departure").late == 55


def test_the_assumptions_keep_the_announced_months():
    of = programme(rehearsal=True)
    found = queries.plan(of, at=dt.datetime(2026, 1, 26, 3, tzinfo=dt.UTC))
    assert found.complete
    assert {row.code: (row.expected.isoformat(), row.slack) for row in found.rows} == {
        "talks": ("2026-01-26", None),
        "technical-proposal": ("2026-03-12", 36),
        "memorandum": ("2026-03-27", 51),
        "data-sharing": ("2026-05-11", 98),
        "rules": ("2026-04-11", 36),
        "recruitment": ("2026-05-01", 30),
        "selection": ("2026-07-15", 33),
        "visas": ("2026-08-14", 33),
        "departure": ("2026-09-01", 29),
    }
