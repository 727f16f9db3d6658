"""Milestones read across areas: the day of the final result, what rests on assumptions, what a slip does to the phases."""

import datetime as dt

import pytest

from rantau.figures import queries as figures
from rantau.programmes import actions
from rantau.programmes import queries as programmes
from tests.figures.build import published, world
from tests.selection import build

pytestmark = pytest.mark.django_db


def known(w, at):
    found = figures.milestones(w.programme, at=at)
    return {step.milestone.code: step.reached for step in found.steps if step.reached}


def test_the_first_published_final_result_is_the_day_of_the_selection(at, chance):
    w = world(at, chance, "ani", "budi")
    opened = programmes.day(w.intake.opens_at)
    build.examined(w, ani=8000, budi=7000)
    build.provisional(w)
    assert known(w, w.at) == {"recruitment": opened}
    build.final(w)
    assert known(w, w.at) == {"recruitment": opened, "selection": programmes.day(w.at)}
    assert known(w, w.at - dt.timedelta(days=1)) == {"recruitment": opened}


def test_what_is_expected_rests_on_assumptions_until_it_is_reached_and_phases_move_with_departure(at, chance):
    w = world(at, chance)
    found = figures.milestones(w.programme, at=w.at)
    assert [(s.milestone.code, s.planned_assumed, s.expected_assumed) for s in found.steps] == [
        ("recruitment", False, False),
        ("selection", True, True),
        ("visas", True, True),
        ("departure", True, True),
    ]
    assert found.path == ("recruitment", "selection", "visas", "departure")
    assert (found.unmet, found.stretches[0].first) == ((), dt.date(2027, 6, 1))
    slip = figures.slipped(found, "selection", 400)
    assert [old for old, _ in slip.stretches] == list(found.stretches)
    assert slip.stretches[0][1].first == slip.slip.after.row("departure").expected == dt.date(2027, 8, 7)
    assert slip.slip.missed == ("departure",)


def test_what_comes_after_the_selection_is_recorded_with_the_day_that_the_selection_shows(at, chance):
    w = published(at, chance)
    on = programmes.day(w.at)
    given = {"programme": w.programme, "milestone": "visas", "note": "Rekaan", "person": w.coordinator, "at": w.at}
    for shown in ({}, {"selection": on + dt.timedelta(days=1)}, {"recruitment": on}):
        with build.refused("milestone.before", missing=["selection"]):
            actions.reach(**given, on=on, chance=chance, shown=shown)
    actions.reach(**given, on=on, chance=chance, shown={"selection": on})
    assert known(w, w.at) == {"recruitment": programmes.day(at), "selection": on, "visas": on}
