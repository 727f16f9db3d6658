"""An intake opens only when its rules are published and somebody publishes this site; its days end for everybody at once."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from rantau.engine.chance import seeded
from rantau.engine.flow import Role
from rantau.ledger import queries as ledger
from rantau.programmes import actions, queries
from rantau.programmes.models import Intake
from tests.programmes.build import AT, DAY, LATER, intake, officer, programme, ready, refused, system

pytestmark = pytest.mark.django_db
INSTANT = dt.timedelta(microseconds=1)
ALL = ["seats", "eligibility", "types", "weights", "knock_outs", "tie_break", "reserve"]


def test_a_planned_intake_is_bound_to_the_version_of_its_day():
    of = programme()
    made = intake(of)
    assert (made.code, made.state, made.chain) == ("rusal-2026-1", "planned", "intake:rusal-2026-1")
    assert (made.opens_at, made.closes_at, made.version) == (AT, AT + 10 * DAY, of.version)
    actions.store(text=LATER, person=system(), at=AT)
    assert Intake.objects.get().version == of.version
    assert queries.terms(Intake.objects.get().version).windows.registration_days.value is None
    assert ledger.checkpoint(made.chain)["length"] == 0
    assert str(made) == "rusal-2026-1"


def test_the_newest_intake_is_the_programmes():
    of = programme()
    assert queries.intake(of) is None
    first = intake(of)
    second = actions.plan_intake(
        programme=of,
        opens_at=AT + 20 * DAY,
        closes_at=AT + 30 * DAY,
        person=system(),
        at=AT,
        chance=seeded("second"),
    )
    assert second.code == "rusal-2026-2"
    assert queries.intake(of) == second
    assert queries.intake_by_code("rusal-2026-1") == first


def test_who_coordinates_this_programme_may_plan():
    of = programme()
    assert intake(of, person=officer(Role.COORDINATOR, of.code)).state == "planned"


@pytest.mark.parametrize(
    ("role", "scope"), [(Role.VERIFIER, "rusal-2026"), (Role.COORDINATOR, "contoh-jepang"), (Role.SCHOOL, "*")]
)
def test_nobody_else_may_plan(role, scope):
    of, person = programme(), officer(role, scope)
    with refused("role.missing", roles=["coordinator", "system"]):
        intake(of, person=person)


@pytest.mark.parametrize(
    "dates",
    [
        {"opens_at": AT, "closes_at": AT},
        {"opens_at": AT + DAY, "closes_at": AT},
        {"opens_at": AT - 2 * DAY, "closes_at": AT - INSTANT},
    ],
    ids=["no time at all", "backwards", "over before it was planned"],
)
def test_dates_that_leave_no_time_are_refused(dates):
    of = programme()
    with refused("intake.dates", opens=dates["opens_at"], closes=dates["closes_at"]):
        intake(of, **dates)


def test_while_the_rules_are_unpublished_nothing_opens(settings):
    settings.PUBLISHER = "KP2MI"
    made = intake(programme())
    with refused("intake.unpublished", missing=[f"opening.{name}" for name in ALL if name != "seats"]):
        actions.open_intake(intake=made, person=system(), at=AT)


def test_a_real_programme_does_not_open_while_nobody_publishes_this_site(settings):
    settings.PUBLISHER = ""
    of = programme("published")
    made, person = intake(of), officer(Role.COORDINATOR, of.code)
    with refused("intake.publisher"):
        actions.open_intake(intake=made, person=person, at=AT)
    settings.PUBLISHER = "KP2MI"
    opened = actions.open_intake(intake=made, person=person, at=AT)
    assert opened.state == Intake.objects.get().state == "open"


def test_an_invented_example_does_not_open_as_a_real_one_either(settings):
    settings.PUBLISHER = ""
    of = programme("example")
    made, person = intake(of), officer(Role.COORDINATOR, of.code)
    with refused("intake.publisher"):
        actions.open_intake(intake=made, person=person, at=AT)


def test_a_rehearsal_opens_with_its_assumptions_and_without_a_publisher(settings):
    settings.PUBLISHER = ""
    of = ready()
    person = officer(Role.COORDINATOR, of.code)
    made = actions.open_intake(intake=intake(of), person=person, at=AT)
    assert made.state == "open"
    [entry] = ledger.history(f"intake:{made.ref}")
    assert (entry.chain, entry.actor, entry.action, entry.facts) == (
        made.chain,
        person.ref,
        "open",
        {"from": "planned", "to": "open", "version": of.version.digest},
    )


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.MINISTRY, Role.EMPLOYER])
def test_another_role_opens_nothing(role):
    of = ready()
    made, person = intake(of), officer(role, of.code)
    with refused("step.role", flow="intake", step="open"):
        actions.open_intake(intake=made, person=person, at=AT)


def test_an_intake_opens_once():
    of = ready()
    made, person = intake(of), officer(Role.COORDINATOR, of.code)
    actions.open_intake(intake=made, person=person, at=AT)
    with refused("step.state", flow="intake", step="open", state="open"):
        actions.open_intake(intake=made, person=person, at=AT)


def test_an_intake_closes_after_its_last_instant_and_not_at_it():
    of = ready()
    made, person = intake(of), officer(Role.COORDINATOR, of.code)
    actions.open_intake(intake=made, person=person, at=AT)
    with refused("step.early", flow="intake", step="close", after=made.closes_at):
        actions.close_intake(intake=made, person=person, at=made.closes_at)
    other = officer(Role.VERIFIER, of.code)
    with refused("step.role", flow="intake", step="close"):
        actions.close_intake(intake=made, person=other, at=made.closes_at + INSTANT)
    assert actions.close_intake(intake=made, person=system(), at=made.closes_at + INSTANT).state == "closed"


def test_a_rehearsals_clock_goes_forward_only():
    of = programme(rehearsal=True)
    assert actions.set_clock(programme=of, clock_at=AT + DAY).clock_at == AT + DAY
    with refused("clock.back", now=AT + DAY):
        actions.set_clock(programme=of, clock_at=AT + DAY - INSTANT)
    assert actions.set_clock(programme=of, clock_at=AT + DAY).clock_at == AT + DAY


def test_a_real_programme_has_no_clock_to_move():
    of = programme()
    with refused("clock.real"):
        actions.set_clock(programme=of, clock_at=AT + DAY)


@pytest.mark.parametrize(
    ("published", "ends"),
    [
        ("2026-05-04T00:00:00+07:00", "2026-05-07T23:59:59+07:00"),
        ("2026-05-04T23:59:59+07:00", "2026-05-07T23:59:59+07:00"),
        ("2026-05-04T16:59:59+00:00", "2026-05-07T23:59:59+07:00"),  # still the 4th in Jakarta
        ("2026-05-04T17:00:00+00:00", "2026-05-08T23:59:59+07:00"),  # already the 5th in Jakarta
        ("2026-05-04T23:30:00+09:00", "2026-05-07T23:59:59+07:00"),  # Jayapura
        ("2026-05-05T01:30:00+09:00", "2026-05-07T23:59:59+07:00"),  # Jayapura is a day ahead for two hours
        ("2026-05-04T20:00:00+03:00", "2026-05-08T23:59:59+07:00"),  # Moscow's evening is Jakarta's next day
        ("2026-12-30T12:00:00+07:00", "2027-01-02T23:59:59+07:00"),
    ],
)
def test_a_deadline_ends_with_the_last_day_in_jakarta_for_everybody(published, ends):
    found = queries.deadline(dt.datetime.fromisoformat(published), 3)
    assert found == dt.datetime.fromisoformat(ends)
    assert found.tzinfo is dt.UTC
    assert found.astimezone(ZoneInfo("Asia/Jayapura")).hour == 1


def test_a_deadline_of_no_days_ends_today():
    assert queries.deadline(AT, 0) == queries.instant(dt.date(2026, 5, 4), 23, 59, 59)
    assert queries.day(queries.instant(dt.date(2026, 5, 4))) == dt.date(2026, 5, 4)
