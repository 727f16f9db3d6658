"""Programme files: reading, filling with assumptions, and every problem named by its path."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rantau.engine.programme_file import check, parse, parse_assumptions
from rantau.engine.programme_problems import FORMS, Problem, path_text
from rantau.engine.refusal import Refusal
from tests.engine.programmes import ASSUMED, EXAMPLE, RUSAL, changed, data, found, places, problems_of, rusal, toml

FILES = {"rusal-2026.toml": RUSAL, "contoh-jepang.toml": EXAMPLE}
NONSENSE = {"nonsense": True}


PLACES = [(name, loc) for name, text in FILES.items() for loc in places(data(text))]


def test_the_shipped_files_have_no_problem():
    assert check(RUSAL, "a", ASSUMED, "b") == ()
    assert check(RUSAL, "a") == check(EXAMPLE, "a") == ()


@pytest.mark.parametrize("text", FILES.values())
def test_the_writer_of_these_tests_writes_what_it_read(text):
    assert parse(toml(data(text)), "a") == parse(text, "a")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLACES))
def test_any_value_turned_into_nonsense_is_named(place):
    name, loc = place
    paths = [problem.path for problem in check(changed(FILES[name], (loc, NONSENSE)), name)]
    assert [path for path in paths if path.startswith(path_text(loc))] != []


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLACES))
def test_any_misspelt_key_is_named(place):
    name, loc = place
    content = data(FILES[name])
    node = content
    for key in loc[:-1]:
        node = node[key]
    node["nonsense"] = node.pop(loc[-1])
    assert path_text((*loc[:-1], "nonsense")) in [problem.path for problem in check(toml(content), name)]


def test_a_refusal_carries_the_problems():
    with pytest.raises(Refusal) as refused:
        parse(changed(RUSAL, (("kind",), "dream")), "a")
    (problem,) = problems_of(refused.value)
    assert problem == Problem(file="a", path="kind", wrong='"dream" does not fit', allowed="'real' or 'example'")
    assert problem.sentence() == "a: kind: \"dream\" does not fit; allowed: 'real' or 'example'"
    with pytest.raises(Refusal) as refused:
        parse_assumptions("programme = 1", "b")
    assert [p.path for p in problems_of(refused.value)] == ["programme"]


NESTED = "x = " + "[" * 3000


@pytest.mark.parametrize(
    ("text", "line", "column", "wrong"),
    [
        ('code = "a"\nkind = = "b"\n', 2, 8, "Invalid value"),
        ('code = "a"\ncode = "b"\n', 2, 11, "Cannot overwrite a value"),
        ('code = "a"\n\n[fields', 3, 8, "Expected ']' at the end of a table declaration"),
        ("a = " + "1" * 5000, 1, 1, "cannot be read"),
        ("on = 2026-02-31", 1, 6, "Invalid date or datetime"),
        (NESTED, 1, 1, "cannot be read"),
    ],
)
def test_what_is_no_toml_is_named_by_line_and_column(text, line, column, wrong):
    (problem,) = check(text, "a")
    assert problem == Problem(file="a", path="", wrong=wrong, allowed="TOML 1.0", line=line, column=column)
    assert problem.sentence() == f"a:{line}:{column}: {wrong}; allowed: TOML 1.0"
    assert check(RUSAL, "b", text, "a") == (problem,)


FIELD = "an entry of asks with about = "
OFFICES = ", ".join(row["code"] for row in data(RUSAL)["offices"])
MILESTONES = ", ".join(row["code"] for row in data(RUSAL)["milestones"])
CRITERIA = ("selection", "criteria", "value")
CLAIM = ("claims", 14)


@pytest.mark.parametrize(
    ("text", "changes", "expected"),
    [
        (RUSAL, [(("seats", "value"), "50")], [("seats.value", '"50" does not fit', "a valid integer")]),
        (RUSAL, [(("seats", "value"), 0)], [("seats.value", "0 does not fit", "greater than or equal to 1")]),
        (RUSAL, [(("seats",), "fifty")], [("seats", '"fifty" is no known form of a value', FORMS)]),
        (RUSAL, [(("seats", "sources"), [])], [("seats.sources", "[] does not fit", "at least 1 item")]),
        (RUSAL, [(("seats", "on"), None)], [("seats.on", "missing", "this field is required")]),
        (RUSAL, [(("title",), "unpublished")], [("title", '"unpublished" does not fit', "a value that is known")]),
        (RUSAL, [(("title", "fr"), "x")], [("title.fr", "unknown field", "id, en, ru")]),
        (RUSAL, [(("seats", "who"), "x")], [("seats.who", "unknown field", "value, sources, on")]),
        (
            RUSAL,
            [(("pay", "in_rupiah", "versions", 0, "x"), 1)],
            [("pay.in_rupiah.versions[0].x", "unknown field", "value, sources, on")],
        ),
        (
            EXAMPLE,
            [((*CRITERIA, 1, "heaviness"), 1)],
            [
                (
                    "selection.criteria.value[1].heaviness",
                    "unknown field",
                    "code, title, kind, maximum, weight, pass_mark, descriptors",
                )
            ],
        ),
        (
            EXAMPLE,
            [((*CRITERIA, 1, "weight"), "much")],
            [("selection.criteria.value[1].weight", '"much" does not fit', "a valid integer")],
        ),
        (
            EXAMPLE,
            [((*CRITERIA, 1, "weight"), 30)],
            [("selection.criteria.value", "the weights sum to 90", "weights that sum to 100")],
        ),
        (
            EXAMPLE,
            [
                ((*CRITERIA, 1, "code"), "report"),
                (("selection", "tie_break", "value"), ["report"]),
                (("placing", "needs", "value"), []),
            ],
            [("selection.criteria.value[1].code", '"report" stands here twice', "each once")],
        ),
        (
            EXAMPLE,
            [(("selection", "tie_break", "value"), ["height", "report", "report"])],
            [
                (
                    "selection.tie_break.value[0]",
                    '"height" is declared nowhere',
                    "report, care_test, employer_interview",
                ),
                ("selection.tie_break.value[2]", '"report" stands here twice', "each once"),
            ],
        ),
        (
            EXAMPLE,
            [(("selection", "marking", "value", "criteria"), ["care_test", "report"])],
            [("selection.marking.value.criteria[1]", '"report" is declared nowhere', "care_test")],
        ),
        (
            EXAMPLE,
            [(("employer_stage", "value", "criteria"), ["veto"])],
            [
                (
                    "employer_stage.value.criteria[0]",
                    '"veto" is declared nowhere',
                    "report, care_test, employer_interview",
                )
            ],
        ),
        (
            EXAMPLE,
            [((*CRITERIA, 1, "pass_mark"), 10001), ((*CRITERIA, 2, "maximum"), 200)],
            [
                ("selection.criteria.value[1].pass_mark", "10001 is above the maximum", "at most 10000"),
                ("selection.criteria.value[2].descriptors", "4 descriptors", "3"),
            ],
        ),
        (
            EXAMPLE,
            [((*CRITERIA, 0, "code"), "lot"), (("selection", "tie_break", "value"), [])],
            [("selection.criteria.value[0].code", '"lot" names a step of the ranking', "another code")],
        ),
        (
            EXAMPLE,
            [(("eligibility", "majors", "value", 1, "code"), "nursing-assistance")],
            [("eligibility.majors.value[1].code", '"nursing-assistance" stands here twice', "each once")],
        ),
        (RUSAL, [(("offices", 5, "code"), "esdm")], [("offices[5].code", '"esdm" stands here twice', "each once")]),
        (
            EXAMPLE,
            [(("sources",), data(EXAMPLE)["sources"] * 2)],
            [("sources[1].key", '"rekaan" stands here twice', "each once")],
        ),
        (
            RUSAL,
            [(("seats", "sources"), ["antara"])],
            [
                (
                    "seats.sources[0]",
                    '"antara" is declared nowhere',
                    ", ".join(source.key for source in rusal().sources),
                )
            ],
        ),
        (
            EXAMPLE,
            [(("sources",), None), (("claims",), [])],
            [],
        ),
        (
            EXAMPLE,
            [(("sources",), None)],
            [(f"claims[{n}].sources[0]", '"rekaan" is declared nowhere', "none is declared") for n in range(3)],
        ),
        (
            EXAMPLE,
            [
                (("claims", 0, "office"), "nobody"),
                (("asks", 0, "office"), "nobody"),
                (("costs", 0, "payer", "value"), "nobody"),
            ],
            [
                (path, '"nobody" is declared nowhere', "dinas-contoh, panti-contoh, perwakilan-contoh")
                for path in ("claims[0].office", "asks[0].office", "costs[0].payer.value")
            ],
        ),
        (
            RUSAL,
            [
                (("pay", "ceiling", "value", "amount"), "200000"),
                (("pay", "in_rupiah", "versions", 0, "value", "amount"), "1.00"),
            ],
            [
                ("pay.ceiling.value.amount", '"200000" does not fit', "exactly 2 decimals in RUB"),
                ("pay.in_rupiah.versions[0].value.amount", '"1.00" does not fit', "exactly 0 decimals in IDR"),
            ],
        ),
        (
            EXAMPLE,
            [
                (("placing", "postings", "value"), "exact"),
                (("placing", "least", "value"), [{"code": "osaka", "seats": 10}, {"code": "osaka", "seats": 1}]),
                (("placing", "needs", "value"), [{"code": "oslo", "criterion": "care_test", "mark": 10001}]),
            ],
            [
                ("placing.least.value[0].seats", "10 of 9 seats", "at most 9"),
                ("placing.least.value[1].code", '"osaka" stands here twice', "each once"),
                ("placing.needs.value[0].code", '"oslo" is declared nowhere', "osaka, sendai, sapporo, nagano"),
                ("placing.needs.value[0].mark", "10001 is above the highest mark", "at most 10000"),
            ],
        ),
        (
            EXAMPLE,
            [(("placing", "least", "value"), [{"code": "osaka", "seats": 0}, {"code": "sendai", "seats": 1}])],
            [("placing.least.value[1].seats", "merit_wishes keeps no minima", "0, or the mechanism exact")],
        ),
        (
            RUSAL,
            [(("fields", 1, "code"), "russia")],
            [("postings[0].code", '"russia" is a field already', "a code of its own")],
        ),
        (
            RUSAL,
            [(("postings", 0, "seats", "value"), 24)],
            [("postings", "the seats sum to 49", "seats that sum to 50")],
        ),
        (
            RUSAL,
            [(("dates", "recruitment", "value"), "2025-12")],
            [("dates.recruitment", '"2025-12" comes before "2026-01"', '"2026-01" or later')],
        ),
        (
            RUSAL,
            [(("dates", "departure", "value"), "2026-04")],
            [("dates.departure", '"2026-04" comes before "2026-05"', '"2026-05" or later')],
        ),
        (
            EXAMPLE,
            [
                (("dates", "meeting"), "unpublished"),
                (("asks", 0, "about"), "dates"),
                (("postings",), []),
                (("placing", "needs", "value"), []),
                (("dates", "departs_on", "value"), dt.date(2027, 7, 1)),
                (("eligibility", "max_age", "value"), 17),
                (("eligibility", "graduated_to", "value"), 2021),
            ],
            [
                ("eligibility.max_age", "17 comes before 18", "18 or later"),
                ("eligibility.graduated_to", "2021 comes before 2022", "2022 or later"),
                ("dates.departs_on", "2027-07-01 lies outside the month of departure", "a day in 2027-06"),
            ],
        ),
        (
            RUSAL,
            [((*CLAIM, "due"), dt.date(2026, 1, 1))],
            [("claims[14].due", "2026-01-01 comes before the day it was said", "2026-01-27 or later")],
        ),
        (
            EXAMPLE,
            [(("claims", 0, "follows"), "arrival"), (("claims", 1, "follows"), "recruitment.opened")],
            [
                (
                    f"claims[{n}].follows",
                    f'"{name}" is no measure of another claim',
                    "seats.filled, recruitment.opened, departure",
                )
                for n, name in ((0, "arrival"), (1, "recruitment.opened"))
            ],
        ),
        (
            RUSAL,
            [(("claims", 9, "versions", 1), None)],
            [("claims[9].versions", "a single version contradicts nothing", "none, or two and more")],
        ),
        (
            RUSAL,
            [(("asks", 0, "about"), "phases.language")],
            [
                (f"phases[{n}].place", "unpublished, and no question asks for it", f'{FIELD}"phases.{code}.place"')
                for n, code in ((1, "technical"), (2, "work"))
            ],
        ),
        (RUSAL, [(("windows",), None)], [("windows", "missing", "this field is required")]),
        (
            RUSAL,
            [
                (("milestones", 1, "after"), ["memorandum"]),
                (("milestones", 2, "agreement"), None),
                (("milestones", 3, "owner"), "nobody"),
                (("milestones", 7, "by"), "selection"),
                (("asks", 0, "before"), "launch"),
                (("offices", 2, "members"), ["nobody"]),
            ],
            [
                ("offices[2].members[0]", '"nobody" is declared nowhere', OFFICES),
                ("asks[0].before", '"launch" is declared nowhere', MILESTONES),
                ("milestones[1].after[0]", '"memorandum" is no milestone above', "talks"),
                (
                    "milestones[2].agreement",
                    "an agreement is named where one shows it, and nowhere else",
                    "by and agreement",
                ),
                ("milestones[3].owner", '"nobody" is declared nowhere', OFFICES),
                ("milestones[6].by", '"selection" stands here twice', "each once"),
                ("milestones[7].by", '"selection" stands here twice', "each once"),
            ],
        ),
        (
            EXAMPLE,
            [(("asks",), [*data(EXAMPLE)["asks"], {**data(EXAMPLE)["asks"][0], "about": "weather"}])],
            [("asks[3].about", '"weather" is no value of this programme', "the path of a value")],
        ),
        (
            EXAMPLE,
            [(("asks", 2, "about"), "postings"), (("pay", "in_rupiah"), {"versions": []})],
            [
                *(
                    (f"pay.{name}", "unpublished, and no question asks for it", f'{FIELD}"pay.{name}"')
                    for name in ("at_grade", "by_grade", "stipend", "at_home")
                ),
                ("pay.in_rupiah.versions", "[] does not fit", "at least 2 items"),
            ],
        ),
    ],
)
def test_each_problem_is_named(text, changes, expected):
    problems = found(check(changed(text, *changes), "a"))
    assert problems == expected


def test_a_real_programmes_own_file_holds_nothing_assumed():
    problems = found(check(changed(EXAMPLE, (("kind",), "real")), "a"))
    wrong = "an assumed value in the file of a real programme"
    allowed = 'published values or "unpublished"; assume in another file'
    assumed = [loc for loc in places(data(EXAMPLE)) if loc[-1] == "assumed"]
    assert sorted(problems) == sorted((path_text(loc[:-1]), wrong, allowed) for loc in assumed)


@pytest.mark.parametrize(
    ("line", "path", "wrong"),
    [
        ("x = 1.5", "x", "1.5 is no number for a programme"),
        ("x = nan", "x", "nan is no number for a programme"),
        ("x = 9007199254740993", "x", "9007199254740993 is no number for a programme"),
        ('x = "a\\u0000"', "x", "a control character"),
        ('"a\\u0007" = 1', '"a\\u0007"', "a control character in a key"),
        (".".join(["a"] * 400) + " = 1", ".".join(["a"] * 21), "too deep"),
    ],
)
def test_what_has_no_place_in_plain_data_is_named(line, path, wrong):
    assert [(p.path, p.wrong) for p in check(line, "a")] == [(path, wrong)]


def test_a_value_too_long_for_a_line_is_cut():
    (problem,) = check(changed(RUSAL, (("kind",), "x" * 100)), "a")
    assert problem.wrong == '"' + "x" * 56 + "… does not fit"
