"""Two versions differ in exactly the paths in which they differ, each said as what it is."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.known import Unpublished
from rantau.engine.programme import Programme, known_values
from rantau.engine.programme_difference import difference, touched
from tests.engine.programmes import rehearsed, rusal

BEFORE = rehearsed()
PATHS = tuple(known_values(BEFORE))


def put(programme: Programme, path: str, value: object, at: str | None = None) -> Programme:
    """Return the programme with plain data at a path, rows by code; `at` names the field if the path leads to a table."""
    plain = programme.plain()
    node, parent, last = plain, plain, ""
    for part in path.split("."):
        if isinstance(node, dict) and part not in node:
            node = node["value"]
        parent = node
        last = part if isinstance(node, dict) else next(n for n, row in enumerate(node) if row["code"] == part)
        node = node[last]
    (node if at else parent)[at or last] = value
    return Programme.read(plain)


@pytest.mark.parametrize("build", [rusal, rehearsed])
def test_a_version_does_not_differ_from_itself(build):
    assert difference(build(), build()) == ()


@given(at=st.sampled_from(PATHS))
def test_versions_that_differ_in_one_value_differ_in_its_path(at):
    path, fact = at
    after = put(BEFORE, path, {"owes": "pers"})
    (change,) = difference(BEFORE, after)
    assert (change.path, change.before, change.after) == (path, fact, Unpublished(owes="pers"))
    assert change.kind == ("changed" if isinstance(fact, Unpublished) else "withdrawn")
    (back,) = difference(after, BEFORE)
    assert (back.path, back.before, back.after) == (path, change.after, change.before)


SAID = {"value": 50, "sources": ["suara"], "on": "2026-02-01"}
ONE = [
    ("seats", SAID, None, "seats", "changed"),
    ("nomination.school_quota", {**SAID, "value": 2}, None, "nomination.school_quota", "answered"),
    ("fields.power.title", "Lain", "id", "fields.power.title", "changed"),
    ("offices.rusal", "ministry", "kind", "offices.rusal.kind", "changed"),
    ("milestones.rules", ["talks"], "after", "milestones.rules.after", "changed"),
    ("selection.criteria.practical", 7000, "pass_mark", "selection.criteria.practical.pass_mark", "changed"),
    ("selection.marking.value", 900, "tolerance", "selection.marking.tolerance", "changed"),
    ("claims.departure", "2026-10-31", "due", "claims.departure.due", "changed"),
]


@pytest.mark.parametrize(("path", "value", "at", "found", "kind"), ONE, ids=[row[3] for row in ONE])
def test_one_change_is_one_path(path, value, at, found, kind):
    assert [(c.path, c.kind) for c in difference(BEFORE, put(BEFORE, path, value, at))] == [(found, kind)]


def test_rows_come_go_and_change_places():
    plain = BEFORE.plain()
    plain["sources"].append({"key": "surat", "title": "Surat", "address": "B.1/2026", "on": "2026-03-01"})
    plain["milestones"].pop()
    plain["costs"].reverse()
    found = difference(BEFORE, Programme.read(plain))
    assert [(c.path, c.kind) for c in found] == [
        ("sources.surat", "added"),
        ("costs", "changed"),
        ("milestones.departure", "removed"),
    ]
    assert (found[0].before, found[0].after.on) == (None, dt.date(2026, 3, 1))
    assert (found[1].before[0], found[1].after[0]) == ("training", "social-security")


def test_rows_without_a_name_of_their_own_are_compared_as_one_list():
    needs = [{"code": "power", "criterion": "written", "mark": mark} for mark in (6000, 7000)]
    after = put(BEFORE, "placing.needs.value", needs)
    assert [(c.path, c.kind) for c in difference(BEFORE, after)] == [("placing.needs", "changed")]


def test_what_touches_a_path_lies_on_the_way_to_it_or_below_it():
    changes = difference(BEFORE, put(BEFORE, "selection.criteria.practical", 7000, "pass_mark"))
    asked = ("selection.criteria", "selection.criteria.practical.pass_mark", "selection", "selection.crit", "seats")
    assert [touched(changes, path) for path in asked] == [True, True, True, False, False]
