"""An arrival is reported by the person or the home mission; where nobody reports it the alarm is raised, once."""

import datetime as dt

import pytest

from rantau.departure.actions import arriving
from rantau.departure.queries import leaving as queries

from . import build, leaving
from .build import DAY, HOUR

pytestmark = pytest.mark.django_db


def test_a_person_reports_their_own_arrival_with_an_address_that_few_read(at, chance):
    w = build.world(at, chance)
    leaving.departed(w, "ani", "budi")
    way = leaving.arrived(w, "ani")
    assert (way.state, way.arrived_at, way.arrived_by) == ("arrived", w.at, "owner")
    assert b"Rahasia" not in bytes(way.address)
    assert build.paper(w, "ani", "registration").due_at == w.at + 24 * HOUR
    read = {name: queries.address(way, person=w.staff[name], at=w.at) for name in build.OFFICERS}
    assert read == dict.fromkeys(build.OFFICERS, "") | dict.fromkeys(("home_mission", "protector"), "Ulitsa Rahasia 7")
    assert queries.address(way, person=w.coordinator, at=w.at) == ""
    arriving.move_in(clearance=way, address="", person=way.application.person, at=w.at, chance=w.chance)
    assert build.way(w, "ani").address is None


def test_the_home_mission_reports_several_and_the_instant_must_be_possible(at, chance):
    w = build.world(at, chance)
    leaving.departed(w, "ani", "budi")
    w.later(DAY)
    both = [build.way(w, name) for name in ("ani", "budi")]
    for when in (leaving.LEAVES - HOUR, w.at + HOUR):
        with build.refused("arrival.time"):
            arriving.report_all(clearances=both, arrived_at=when, person=w.home_mission, at=w.at)
    with build.refused("role.missing", roles=["home_mission"]):
        arriving.report_all(clearances=both, arrived_at=w.at, person=w.coordinator, at=w.at)
    with build.refused("arrival.nobody"):
        arriving.report_all(clearances=[], arrived_at=w.at, person=w.home_mission, at=w.at)
    arriving.report_all(clearances=both, arrived_at=w.at, person=w.home_mission, at=w.at)
    found = {(build.way(w, name).state, build.way(w, name).arrived_by) for name in ("ani", "budi")}
    assert found == {("arrived", "home_mission")}


def test_a_missing_arrival_raises_the_alarm_once(at, chance):
    w = build.world(at, chance)
    leaving.departed(w, "ani", "budi")
    leaving.arrived(w, "ani")
    w.later(dt.timedelta(hours=20))
    assert leaving.due(w) == 1
    assert build.way(w, "budi").alarmed_at == w.at
    assert leaving.due(w) == 0
    (group,) = queries.expected(w.home_mission, scope=w.scope, at=w.at)
    assert [one.code for one in group.missing] == [build.way(w, "budi").code]
    assert [one.code for one in group.arrived] == [build.way(w, "ani").code]
    assert queries.expected(w.host_mission, scope=w.scope, at=w.at) == []


def test_nobody_says_where_somebody_else_lives(at, chance):
    w = build.world(at, chance)
    leaving.departed(w, "ani")
    way = build.way(w, "ani")
    with build.refused("arrival.none"):
        arriving.move_in(clearance=way, address="Ya", person=way.application.person, at=w.at, chance=w.chance)
    way = leaving.arrived(w, "ani")
    with build.refused("step.role", flow="clearance", step="address"):
        arriving.move_in(clearance=way, address="Ya", person=w.home_mission, at=w.at, chance=w.chance)
