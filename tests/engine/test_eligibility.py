"""Answers against requirements: every rule at its edges, unknown shown as unknown, leap days right."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from rantau.engine.eligibility import Answers, Requirement, age, check, is_minor
from rantau.engine.finding import Finding
from rantau.engine.rules import RULES, Rule, rule

ON = dt.date(2026, 6, 1)
ADULT = Answers(birth_on=dt.date(2007, 3, 1), graduated=2025, major="welding", average=8000)
LAW = "UU 18/2017 art. 5; IRIS Code of Conduct A.3"


def _need(code, value, status="published"):
    return Requirement(code=code, value=value, status=status, source="announcement")


def _says(findings):
    return [(f.code, f.severity) for f in findings]


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        ((2008, 6, 1), (2026, 5, 31), 17),
        ((2008, 6, 1), (2026, 6, 1), 18),
        ((2008, 2, 29), (2026, 2, 28), 17),
        ((2008, 2, 29), (2026, 3, 1), 18),
        ((2008, 2, 29), (2028, 2, 28), 19),
        ((2008, 2, 29), (2028, 2, 29), 20),
        ((2026, 6, 1), (2026, 6, 1), 0),
    ],
)
def test_age_in_whole_years(birth, on, years):
    assert age(dt.date(*birth), dt.date(*on)) == years
    assert is_minor(dt.date(*birth), dt.date(*on)) == (years < 18)


@settings(max_examples=60, deadline=None)
@given(st.dates(dt.date(1950, 1, 1), dt.date(2010, 12, 31)), st.dates(dt.date(2018, 1, 1), dt.date(2040, 1, 1)))
def test_nobody_grows_younger_and_everybody_is_a_year_older_within_a_year(birth, on):
    tomorrow, in_a_year = on + dt.timedelta(days=1), on + dt.timedelta(days=366)
    assert age(birth, on) <= age(birth, tomorrow) <= age(birth, on) + 1
    assert age(birth, in_a_year) - age(birth, on) in (1, 2)


@pytest.mark.parametrize(
    ("code", "fits", "fails", "given_"),
    [
        ("min_age", 19, 20, 19),
        ("max_age", 19, 18, 19),
        ("graduated_from", 2025, 2026, 2025),
        ("graduated_to", 2025, 2024, 2025),
        ("majors", ("welding", "machining"), ("machining",), "welding"),
        ("min_average", 8000, 8001, 8000),
    ],
)
def test_each_requirement_at_its_limit(code, fits, fails, given_):
    needed = ", ".join(fails) if code == "majors" else fails
    facts = {"status": "assumed", "given": given_, "needed": needed}
    assert check(ADULT, [_need(code, fits)], on=ON) == ()
    assert check(ADULT, [_need(code, fails, "assumed")], on=ON) == (
        Finding(code=code, severity="error", rule=code, source="announcement", facts=facts),
    )


CODES = ("min_age", "max_age", "graduated_from", "graduated_to", "majors", "min_average")


@pytest.mark.parametrize("code", [*CODES, "departs_on"])
def test_an_unpublished_requirement_is_unknown(code):
    facts = {"status": "unpublished"}
    assert check(ADULT, [_need(code, None, "unpublished")], on=ON) == (
        Finding(code=f"{code}.unpublished", severity="unknown", rule=code, source="announcement", facts=facts),
    )


@pytest.mark.parametrize("code", CODES)
def test_an_answer_not_given_is_unknown(code):
    nothing = Answers(birth_on=None, graduated=None, major=None, average=None)
    findings = check(nothing, [_need(code, ("welding",) if code == "majors" else 1)], on=ON)
    assert _says(findings) == [(f"{code}.unanswered", "unknown"), ("departure_age.unanswered", "unknown")]


@pytest.mark.parametrize(
    ("birth", "departs_on", "found"),
    [
        ((2008, 9, 1), "2026-09-01", []),
        ((2008, 9, 2), "2026-09-01", [("departure_age", "error")]),
        ((2008, 9, 1), "2026-09", []),
        ((2008, 9, 2), "2026-09", [("departure_age.depends", "unknown")]),
        ((2008, 9, 30), "2026-09", [("departure_age.depends", "unknown")]),
        ((2008, 10, 1), "2026-09", [("departure_age", "error")]),
        ((2008, 6, 2), None, [("departure_age.unpublished", "unknown")]),
        ((2008, 6, 1), None, []),
        ((2008, 6, 1), "2026-01-01", []),
        ((2008, 2, 29), "2026-02", []),
    ],
)
def test_nobody_under_18_departs(birth, departs_on, found):
    answers = ADULT.model_copy(update={"birth_on": dt.date(*birth)})
    needs = [_need("departs_on", departs_on)] if departs_on else []
    assert _says(check(answers, needs, on=ON)) == found


def test_the_law_names_itself_and_what_it_compared():
    answers = ADULT.model_copy(update={"birth_on": dt.date(2009, 1, 1)})
    facts = {"needed": 18, "given": 17, "on": "2026-09-30"}
    assert check(answers, [_need("departs_on", "2026-09")], on=ON) == (
        Finding(code="departure_age", severity="error", rule="departure_age", source=LAW, facts=facts),
    )


def test_findings_come_in_the_order_of_the_requirements_the_law_last():
    young = Answers(birth_on=dt.date(2012, 1, 1), graduated=2020, major="welding", average=8000)
    needs = [_need("graduated_from", 2024), _need("min_age", 18), _need("departs_on", "2026-09-01")]
    assert [f.code for f in check(young, needs, on=ON)] == ["graduated_from", "min_age", "departure_age"]


@pytest.mark.parametrize(
    ("code", "value", "status"),
    [
        ("min_age", None, "published"),
        ("min_age", 18, "unpublished"),
        ("min_age", "18", "published"),
        ("majors", "welding", "published"),
        ("departs_on", 2026, "published"),
        ("departs_on", "September", "published"),
        ("height", 170, "published"),
    ],
)
def test_a_requirement_that_cannot_be_is_none(code, value, status):
    with pytest.raises(ValidationError):
        _need(code, value, status)


def test_a_version_of_a_rule_holds_from_its_first_to_its_last_day():
    old = Rule(code="x", value=1, source="a", since=dt.date(2020, 1, 1), until=dt.date(2020, 12, 31))
    new = Rule(code="x", value=2, source="b", since=dt.date(2021, 1, 1))
    days = [dt.date(2020, 1, 1), dt.date(2020, 12, 31), dt.date(2021, 1, 1)]
    assert [rule("x", day, table=(old, new)) for day in days] == [old, old, new]
    for code, day in (("x", dt.date(2019, 12, 31)), ("y", days[0])):
        with pytest.raises(LookupError, match=code):
            rule(code, day, table=(old, new))


def test_exactly_one_version_of_every_rule_holds_today_and_each_has_a_source():
    for code in {r.code for r in RULES}:
        assert len([r for r in RULES if r.code == code and r.until is None]) == 1
    assert all(r.source for r in RULES)
