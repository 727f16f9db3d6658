"""What `rantau allocate` and `rantau verify` refuse: the path is named, nothing is placed, nothing is written."""

import json

import pytest

from tests.cli.allocations import MINIMA, ORDERED, SCORED, changed

FEMALE = [{"type": "female", "seats": 1}]
FIRST, CHOICE = ("openings", 0), ("openings", 0, "choice")
NEITHER = {key: value for key, value in SCORED.items() if key != "seed"}
BAD = {
    "unknown wish": (changed(ORDERED, "applicants", 0, "prefs", 1, "c9"), "applicants[0].prefs[1]: c9 is not known"),
    "duplicate wish": (changed(ORDERED, "applicants", 0, "prefs", 1, "c5"), "applicants[0].prefs[1]: c5 appears twice"),
    "duplicate person": (changed(ORDERED, "applicants", 1, "id", "s1"), "applicants[1].id: s1 appears twice"),
    "duplicate opening": (changed(ORDERED, "openings", 1, "id", "c1"), "openings[1].id: c1 appears twice"),
    "a cap named like an opening": (changed(ORDERED, "caps", 0, "id", "c1"), "caps[0].id: c1 appears twice"),
    "unknown in an order": (
        changed(ORDERED, *FIRST, "priority", 1, 1, "s9"),
        "openings[0].priority[1][1]: s9 is not known",
    ),
    "twice in an order": (
        changed(ORDERED, *FIRST, "priority", 1, 1, "s3"),
        "openings[0].priority[1][1]: s3 appears twice",
    ),
    "unknown in a cap's order": (
        changed(ORDERED, "caps", 0, "priority", 0, "s9"),
        "caps[0].priority[0]: s9 is not known",
    ),
    "unknown in a cap": (changed(ORDERED, "caps", 0, "openings", 0, "c9"), "caps[0].openings[0]: c9 is not known"),
    "unknown in the tie-break": (changed(ORDERED, "tie_break", 0, "s9"), "tie_break[0]: s9 is not known"),
    "twice in the tie-break": (changed(ORDERED, "tie_break", 0, "s1"), "tie_break[1]: s1 appears twice"),
    "unknown in the merit order": (SCORED | {"merit_order": ["a", "z"]}, "merit_order[1]: z is not known"),
    "unknown in scores": (
        changed(ORDERED, "applicants", 0, "scores", {"c9": 1}),
        "applicants[0].scores.c9: c9 is not known",
    ),
    "unknown held": (changed(ORDERED, "applicants", 2, "held", "c9"), "applicants[2].held: c9 is not known"),
    "held among the wishes": (
        changed(ORDERED, "applicants", 2, "held", "c1"),
        "applicants[2].prefs[0]: c1 is held already; it stands last by itself",
    ),
    "more hold than there are seats": (
        {
            "applicants": [{"id": name, "prefs": [], "held": "x", "score": 1} for name in "ab"],
            "openings": [{"id": "x", "capacity": 1}],
            "seed": "s",
        },
        "openings[0]: 2 people hold the 1 seats of x",
    ),
    "who holds is not acceptable": (
        {
            "applicants": [{"id": "a", "prefs": [], "held": "x"}],
            "openings": [{"id": "x", "capacity": 1, "priority": []}],
        },
        "openings[0]: a holds a seat not open to them",
    ),
    "negative capacity": (
        changed(ORDERED, *FIRST, "capacity", -1),
        "openings[0].capacity: is not what the format allows here",
    ),
    "capacity as a fraction": (changed(ORDERED, *FIRST, "capacity", 1.0), "not JSON in UTF-8 (1.0 is no whole number)"),
    "capacity as text": (
        changed(ORDERED, *FIRST, "capacity", "1"),
        "openings[0].capacity: is not what the format allows here",
    ),
    "capacity as truth": (
        changed(ORDERED, *FIRST, "capacity", True),
        "openings[0].capacity: is not what the format allows here",
    ),
    "no capacity": (changed(ORDERED, "openings", 0, {"id": "c1"}), "openings[0].capacity: is missing"),
    "reserve over capacity": (
        changed(ORDERED, *CHOICE, "reserves", 0, "seats", 2),
        "openings[0].choice.reserves: reserve 2 of 1 seats",
    ),
    "reserves without the rule": (
        changed(ORDERED, *CHOICE, "rule", "responsive"),
        "openings[0].choice.reserves: belongs to reserve_soft",
    ),
    "unknown rule of choice": (
        changed(ORDERED, *CHOICE, "rule", "lottery"),
        "openings[0].choice.rule: is not what the format allows here",
    ),
    "a type reserved twice": (
        changed(ORDERED, *CHOICE, "reserves", [*FEMALE, {"type": "female", "seats": 0}]),
        "openings[0].choice.reserves[1]: female appears twice",
    ),
    "two reserved types of one person": (
        changed(
            changed(ORDERED, "applicants", 0, "types", ["female", "far"]),
            *CHOICE,
            "reserves",
            [{"type": "far", "seats": 0}, *FEMALE],
        ),
        "openings[0].choice.reserves: s1 counts for far and female",
    ),
    "tied, and nothing parts them": (NEITHER, "tie_break: b and c are tied, and neither tie_break nor seed parts them"),
    "tied in an order, and nothing parts them": (
        {key: value for key, value in ORDERED.items() if key != "tie_break"},
        "openings[0].priority: s1 and s2 are tied, and neither tie_break nor seed parts them",
    ),
    "a score missing": (
        changed(SCORED, "applicants", 1, {"id": "b", "prefs": []}),
        "applicants[1].score: is missing, though others have one",
    ),
    "a score as a fraction": (
        changed(SCORED, "applicants", 0, "score", 90.5),
        "not JSON in UTF-8 (90.5 is no whole number)",
    ),
    "a score too large": (
        changed(SCORED, "applicants", 0, "score", 1 << 40),
        "applicants[0].score: is not what the format allows here",
    ),
    "no order": (
        changed(ORDERED, "openings", 1, {"id": "c5", "capacity": 1}),
        "openings[1].priority: is missing, and applicants carry no scores",
    ),
    "no order of a cap": (
        changed(ORDERED, "caps", 0, {"id": "X", "openings": ["c1"], "capacity": 1}),
        "caps[0].priority: is missing, and applicants carry no scores",
    ),
    "caps that cross": (
        changed(
            ORDERED,
            "caps",
            [
                {"id": "X", "openings": ["c1"], "capacity": 1, "priority": ["s3", "s2", "s1"]},
                {"id": "Y", "openings": ["c1", "c5"], "capacity": 1, "priority": ["s1", "s2", "s3"]},
            ],
        ),
        "caps[1].priority: puts s3 and s2 the other way round than X",
    ),
    "unknown key": (ORDERED | {"lottery": 1}, "lottery: is not known to the format"),
    "no applicants": ({"openings": []}, "applicants: is missing"),
    "no object": ([], "should be an object"),
    "no JSON": ("{", "not JSON in UTF-8 (Expecting property name enclosed in double quotes: line 1 column 2 (char 1))"),
    "a key twice": ('{"openings":[],"openings":[]}', "not JSON in UTF-8 (the key 'openings' appears twice)"),
    "not a number": ('{"openings":NaN}', "not JSON in UTF-8 (NaN is no whole number)"),
}


@pytest.mark.parametrize(("plain", "why"), BAD.values(), ids=BAD)
def test_a_bad_instance_is_refused_with_its_path_and_nothing_is_placed(allocate, tmp_path, plain, why):
    assert allocate(plain) == (2, "", f"{tmp_path / 'i.json'}: {why}\n", None)


@pytest.mark.parametrize(
    ("plain", "mechanism", "why"),
    [
        (
            SCORED,
            "lottery",
            "mechanism: lottery is none of merit_wishes, applicant_proposing_da, opening_proposing_da, exact",
        ),
        (ORDERED, "merit_wishes", "merit_order: is missing: merit_wishes needs it, or a score for everybody"),
        (ORDERED, "exact", "openings[0].choice.rule: exact keeps minima, not soft reserves"),
        (MINIMA, "merit_wishes", "openings[1].minimum: merit_wishes keeps no minima; exact does"),
    ],
)
def test_a_mechanism_that_does_not_fit_is_refused(allocate, tmp_path, plain, mechanism, why):
    assert allocate(plain, "--mechanism", mechanism) == (2, "", f"{tmp_path / 'i.json'}: {why}\n", None)


def test_a_bad_instance_leaves_an_earlier_result_as_it_was(allocate, tmp_path):
    (tmp_path / "result.json").write_text("earlier")
    assert allocate([])[3] == "earlier"


def test_minima_that_cannot_be_met_are_reported(allocate):
    code, said, complaint, written = allocate(MINIMA)
    assert (code, complaint, said) == (3, "", written)
    assert json.loads(said) == {
        "status": "infeasible",
        "shortfall": [],
        "conflict": ["y"],
    }


@pytest.mark.parametrize("name", ["unknown wish", "duplicate wish", "negative capacity", "reserve over capacity"])
def test_a_bad_instance_verifies_nothing(placed, verify, tmp_path, name):
    plain, why = BAD[name]
    assert verify(placed(ORDERED), plain) == (2, "", f"{tmp_path / 'i.json'}: {why}\n")
