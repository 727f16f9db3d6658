"""Who lacks something is not cleared; a clearance can be computed again, is taken back, and ends with a reason."""

import pytest

from rantau.applications.models import Application
from rantau.departure.actions import clearing, groups
from rantau.departure.models import Clearance, Paper
from rantau.departure.queries import leaving as queries
from rantau.engine.clearance import Missing
from rantau.ledger import queries as ledger
from rantau.selection import queries as selection

from . import build, leaving

pytestmark = pytest.mark.django_db


def test_who_lacks_something_is_not_cleared_and_is_told_what(at, chance):
    w = build.world(at, chance)
    leaving.ready(w, "ani")
    way = build.way(w, "ani")
    gaps = [Missing(code="visa.missing").plain(), Missing(code="group.missing").plain()]
    with build.refused("clearance.missing", missing=gaps):
        clearing.clear(clearance=way, person=w.coordinator, at=w.at)
    with build.refused("step.role", flow="clearance", step="clear"):
        clearing.clear(clearance=way, person=w.verifier, at=w.at)


def test_a_clearance_is_computed_again_from_what_was_kept(at, chance):
    w = build.world(at, chance)
    leaving.cleared(w, "ani")
    found = queries.recompute(build.way(w, "ani"))
    assert (found.missing, found.kept) == ((), True)
    findings = build.way(w, "ani").findings
    Clearance.objects.filter(code=build.way(w, "ani").code).update(findings=findings | {"met_by": False})
    found = queries.recompute(build.way(w, "ani"))
    assert (found.missing, found.kept) == ((Missing(code="group.unmet"),), False)
    assert queries.recompute(build.way(w, "budi")) is None


def test_a_clearance_that_does_not_hold_any_more_is_taken_back_by_itself(at, chance):
    w = build.world(at, chance)
    leaving.cleared(w, "ani", "budi")
    Paper.objects.filter(clearance=build.way(w, "ani"), kind="passport").update(state="expired")
    assert leaving.due(w) == 1
    assert leaving.states(w) == {"ani": "preparing", "budi": "cleared", "citra": "preparing", "dedi": "preparing"}
    last = ledger.history(f"clearance:{build.way(w, 'ani').ref}").last()
    assert (last.action, last.facts["missing"]) == ("reopen", ["document.missing"])
    assert leaving.due(w) == 0


def test_an_officer_opens_a_clearance_again_with_a_reason(at, chance):
    w = build.world(at, chance)
    leaving.cleared(w, "ani")
    with build.refused("reason.empty"):
        clearing.reopen(clearance=build.way(w, "ani"), note=" ", person=w.coordinator, at=w.at)
    clearing.reopen(clearance=build.way(w, "ani"), note="Paspor rusak.", person=w.coordinator, at=w.at)
    assert build.way(w, "ani").state == "preparing"


def test_a_refusal_has_a_reason_and_the_seat_goes_to_the_reserve(at, chance):
    w = build.world(at, chance)
    leaving.ready(w, "ani")
    (asked,) = leaving.visa(w, "ani", issued=False)
    leaving.group(w, "ani")
    with build.refused("clearance.reason"):
        clearing.refuse(clearance=build.way(w, "ani"), reason="lain", note="Ya", person=w.coordinator, at=w.at)
    clearing.refuse(
        clearance=build.way(w, "ani"), reason="visa", note="Visa tidak terbit.", person=w.coordinator, at=w.at
    )
    way = build.way(w, "ani")
    assert (way.state, way.reason, way.group, way.application.state) == ("refused", "visa", None, "released")
    assert set(Paper.objects.filter(clearance=way).values_list("state", flat=True)) == {"ended"}
    assert leaving.again(asked).state == "taken_back"
    offered = Application.objects.filter(state="offered")
    assert [one.code for one in offered] == [w.people["eka"].code]


def test_who_gives_the_seat_up_gives_it_to_the_reserve(at, chance):
    w = build.world(at, chance)
    way = build.way(w, "budi")
    with build.refused("step.role", flow="clearance", step="withdraw"):
        clearing.withdraw(clearance=way, person=w.coordinator, at=w.at)
    clearing.withdraw(clearance=way, person=way.application.person, at=w.at)
    way = build.way(w, "budi")
    assert (way.state, way.application.state) == ("withdrawn", "declined")
    assert Application.objects.filter(state="offered").count() == 1


def test_a_cancelled_group_takes_its_clearances_with_it(at, chance):
    w = build.world(at, chance)
    found = leaving.cleared(w, "ani", "budi")
    groups.cancel(group=found, person=w.coordinator, at=w.at)
    assert leaving.states(w) == dict.fromkeys(build.FOUR, "preparing")
    assert not Clearance.objects.exclude(group=None).exists()


def test_after_the_last_day_of_the_reserve_the_seat_stays_empty(at, chance):
    w = build.world(at, chance)
    last = selection.reserve_until(w.intake)
    assert last is not None
    w.later(last - w.at)
    clearing.refuse(
        clearance=build.way(w, "ani"), reason="medical", note="Surat dokter.", person=w.coordinator, at=w.at
    )
    assert Application.objects.filter(state="offered").count() == 1
    w.later(build.HOUR)
    clearing.withdraw(clearance=build.way(w, "budi"), person=w.people["budi"].person, at=w.at)
    assert Application.objects.filter(state="offered").count() == 1
