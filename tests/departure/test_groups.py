"""A group needs somebody who meets it, leaves with all who are cleared, and moves the days of documents with its own."""

import datetime as dt

import pytest

from rantau.departure.actions import groups
from rantau.ledger import queries as ledger
from rantau.programmes.queries import day

from . import build, leaving
from .build import DAY, HOUR

pytestmark = pytest.mark.django_db


def test_a_group_is_announced_once_somebody_meets_it(at, chance):
    w = build.world(at, chance)
    found = leaving.group(w, "ani", met_by="")
    with build.refused("group.unmet"):
        groups.announce(group=found, person=w.coordinator, at=w.at)
    groups.change(group=leaving.again(found), met_by="KBRI", person=w.coordinator, at=w.at)
    groups.announce(group=leaving.again(found), person=w.coordinator, at=w.at)
    with build.refused("group.unmet"):
        groups.change(group=leaving.again(found), met_by="", person=w.coordinator, at=w.at)
    with build.refused("step.role", flow="group", step="revise"):
        groups.change(group=leaving.again(found), route="Lain", person=w.home_mission, at=w.at)


@pytest.mark.parametrize(
    ("code", "departs", "arrives"), [("group.past", -DAY, DAY), ("group.order", DAY, DAY)], ids=["past", "order"]
)
def test_a_group_leaves_in_the_future_and_arrives_after_that(at, chance, code, departs, arrives):
    w = build.world(at, chance)
    with build.refused(code):
        groups.plan(
            intake=w.intake,
            departs_at=at + departs,
            arrives_at=at + arrives,
            route="Jakarta – Moskow",
            person=w.coordinator,
            at=at,
            chance=chance,
        )


def test_documents_follow_the_days_of_the_group(at, chance):
    w = build.world(at, chance)
    found = leaving.group(w, "ani")
    later = leaving.LEAVES + 10 * DAY
    groups.change(group=found, departs_at=later, arrives_at=later + DAY, person=w.coordinator, at=w.at)
    assert day(build.paper(w, "ani", "passport").due_at) == dt.date(2027, 5, 8)
    assert day(build.paper(w, "budi", "passport").due_at) == dt.date(2027, 4, 28)
    groups.take_out(group=found, clearances=[build.way(w, "ani")], person=w.coordinator, at=w.at)
    assert day(build.paper(w, "ani", "passport").due_at) == dt.date(2027, 4, 28)


def test_who_joins_an_announced_group_is_told_and_nobody_else(at, chance):
    w = build.world(at, chance)
    found = leaving.group(w, "ani", announced=True)
    groups.put(group=found, clearances=[build.way(w, name) for name in ("ani", "budi")], person=w.coordinator, at=w.at)
    last = ledger.history(f"group:{found.ref}").last()
    assert (last.action, last.facts["joined"]) == ("revise", [build.way(w, "budi").ref])
    with build.refused("role.missing", roles=["coordinator"]):
        groups.put(group=found, clearances=[build.way(w, "citra")], person=w.home_mission, at=w.at)


def test_a_group_leaves_with_everybody_cleared_and_with_nobody_else(at, chance):
    w = build.world(at, chance)
    found = leaving.cleared(w, "ani", "budi")
    groups.put(group=found, clearances=[build.way(w, "citra")], person=w.coordinator, at=w.at)
    with build.refused("step.early", flow="group", step="depart", after=found.departs_at):
        groups.depart(group=found, person=w.coordinator, at=w.at)
    w.later(leaving.LEAVES + HOUR - w.at)
    with build.refused("group.not_cleared", codes=[build.way(w, "citra").code]):
        groups.depart(group=leaving.again(found), person=w.coordinator, at=w.at)
    groups.take_out(group=leaving.again(found), clearances=[build.way(w, "citra")], person=w.coordinator, at=w.at)
    groups.depart(group=leaving.again(found), person=w.coordinator, at=w.at)
    assert leaving.states(w) == {"ani": "departed", "budi": "departed", "citra": "preparing", "dedi": "preparing"}
    way = build.way(w, "ani")
    assert (way.departed_at, way.arrive_by) == (leaving.LEAVES, leaving.LEAVES + 44 * HOUR)
    with build.refused("group.over"):
        groups.put(group=leaving.again(found), clearances=[build.way(w, "dedi")], person=w.coordinator, at=w.at)
    with build.refused(
        "group.travelling", codes=[build.way(w, name).code for name in sorted_by_code(w, "ani", "budi")]
    ):
        groups.close(group=leaving.again(found), person=w.coordinator, at=w.at)


def sorted_by_code(w, *names):
    return sorted(names, key=lambda name: build.way(w, name).code)


def test_an_empty_group_does_not_leave(at, chance):
    w = build.world(at, chance)
    found = leaving.group(w, announced=True)
    w.later(leaving.LEAVES + HOUR - w.at)
    with build.refused("group.empty"):
        groups.depart(group=found, person=w.coordinator, at=w.at)


def test_who_did_not_board_is_at_home_and_needs_another_group(at, chance):
    w = build.world(at, chance)
    found = leaving.departed(w, "ani", "budi")
    groups.miss(clearance=build.way(w, "budi"), person=w.coordinator, at=w.at)
    way = build.way(w, "budi")
    assert (way.state, way.group, way.departed_at, way.arrive_by) == ("preparing", None, None, None)
    assert build.way(w, "ani").state == "departed"
    leaving.arrived(w, "ani")
    assert leaving.due(w) == 1
    assert leaving.again(found).state == "closed"
