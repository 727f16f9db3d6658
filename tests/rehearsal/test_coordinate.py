"""The chapter beside the talks: three meetings become duties, both ministries ask, every officer has declared."""

import datetime as dt
from collections import Counter

import pytest

from rantau.agreements.actions import mandates
from rantau.agreements.models import Duty
from rantau.coordination import queries
from rantau.coordination.models import Declaration, Meeting
from rantau.engine.flow import Role
from rantau.ledger.models import Entry
from rantau.people import actions as people
from rantau.programmes.queries import day
from rantau.rehearsal import coordinate, stage
from tests.build import ASSUMED, RUSAL

pytestmark = pytest.mark.django_db
OFFICES = ("kp2mi", "rusal", "kedubes-rusia", "kbri-moskow", "kemenperin", "esdm")
DAYS = {
    "first": dt.date(2026, 1, 29),
    "working": dt.date(2026, 2, 12),
    "asked": dt.date(2026, 2, 20),
    "declared": dt.date(2026, 2, 23),
    "follow_up": dt.date(2026, 3, 10),
}


def delegate(played, office):
    """Return a person with a mandate of an office."""
    who = people.register(at=played.at, chance=played.chance, name=f"Perunding {office}", rehearsal=True)
    first, second = played.staff[Role.COORDINATOR]
    made = mandates.record(
        of=who,
        programme=played.programme,
        office=office,
        powers=("draft", "answer"),
        capacity="Perunding",
        basis="Surat rekaan 1",
        from_on=day(played.at),
        until_on=day(played.at) + dt.timedelta(days=365),
        person=first,
        at=played.at,
        chance=played.chance,
    )
    mandates.confirm(mandate=made, person=second, at=played.at)
    return who


@pytest.fixture
def played():
    given = {"text": RUSAL.read_text(), "assumptions": ASSUMED.read_text(), "seed": "coordinate"}
    made = stage.build(**given, opens=dt.date(2026, 1, 26))
    hands = {office: delegate(made, office) for office in OFFICES}
    table = {(office, power): who for office, who in hands.items() for power in ("draft", "answer")}
    coordinate.meet(made, table, coordinate.FIRST, on=DAYS["first"])
    coordinate.meet(made, table, coordinate.WORKING, on=DAYS["working"])
    coordinate.ask(made, table, on=DAYS["asked"])
    coordinate.declare(made, on=DAYS["declared"])
    coordinate.meet(made, table, coordinate.FOLLOW_UP, on=DAYS["follow_up"])
    return made


def test_three_meetings_are_approved_and_their_decisions_are_owed(played):
    found = Meeting.objects.order_by("held_at")
    assert [(day(one.held_at), one.state, one.minuted_by, one.approved_by) for one in found] == [
        (DAYS[name], "approved", "kp2mi", "rusal") for name in ("first", "working", "follow_up")
    ]
    owed = Duty.objects.order_by("pk").values_list("office", flat=True)
    assert list(owed) == ["kp2mi", "rusal", "kemenperin", "kedubes-rusia", "rusal"]


def test_both_ministries_ask(played):
    found = queries.demand.picture(played.programme)
    assert (found.offices, found.places) == (("esdm", "kemenperin"), 335)


def test_every_officer_and_nominator_declared_and_one_examiner_is_barred_from_a_school(played):
    kinds = Counter(Declaration.objects.values_list("kind", flat=True))
    officers = sum(len(played.staff[role]) for role in coordinate.DECLARERS)
    assert kinds == {"none": officers + len(played.staff[Role.SCHOOL]) - 2, "school": 1, "relative": 1}
    tied = played.staff[Role.EXAMINER][-1]
    scope = played.programme.code
    assert list(queries.barred_schools(tied, scope=scope, at=played.at)) == [{"school": played.schools[0].pk}]


def test_the_chapter_runs_forward_in_time(played):
    entries = Entry.objects.filter(chain=played.programme.chain).order_by("position")
    times = list(entries.values_list("at", flat=True))
    assert times == sorted(times)
    assert day(played.at) == dt.date(2026, 3, 11)
