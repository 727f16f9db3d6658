"""What an instance of a selection may be: read strictly, each fault by its path."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.quota_instance import CANDIDATE, Candidate, Instance, Quota, Rule, candidate, read
from rantau.engine.shape import Unreadable, fit


def _instance(**changes):
    people = [{"id": "A", "score": 2, "groups": ["x"]}, {"id": "B", "score": -1}]
    return {"candidates": people, "seats": 1, "rule": {"floors": [{"group": "x", "seats": 1}]}, **changes}


def test_what_is_left_out_has_its_default():
    assert read(_instance()) == Instance(
        candidates=(Candidate(id="A", score=2, groups=("x",)), Candidate(id="B", score=-1, groups=())),
        seats=1,
        rule=Rule(floors=(Quota(group="x", seats=1),), caps=(), counting="one_to_all", mode="hard"),
        lot_seed=None,
    )
    assert read({"candidates": [], "seats": 0}) == Instance(candidates=(), seats=0, rule=Rule(), lot_seed=None)
    assert read(_instance(seed="s")).lot_seed == "s"


NOT_ALLOWED = "is not what the format allows here"


@pytest.mark.parametrize(
    ("changes", "path", "why"),
    [
        ({"candidates": {}}, "candidates", "should be a list"),
        ({"candidates": ["A"]}, "candidates[0]", "should be an object"),
        ({"candidates": [{"score": 1}]}, "candidates[0].id", "is missing"),
        ({"candidates": [{"id": "", "score": 1}]}, "candidates[0].id", NOT_ALLOWED),
        ({"candidates": [{"id": 1, "score": 1}]}, "candidates[0].id", NOT_ALLOWED),
        ({"candidates": [{"id": "A", "score": 1}, {"id": "B"}]}, "candidates[1].score", "is missing"),
        ({"candidates": [{"id": "A", "score": "1"}]}, "candidates[0].score", NOT_ALLOWED),
        ({"candidates": [{"id": "A", "score": True}]}, "candidates[0].score", NOT_ALLOWED),
        ({"candidates": [{"id": "A", "score": None}]}, "candidates[0].score", NOT_ALLOWED),
        ({"candidates": [{"id": "A", "score": 1, "groups": "x"}]}, "candidates[0].groups", "should be a list"),
        ({"candidates": [{"id": "A", "score": 1, "groups": [1]}]}, "candidates[0].groups[0]", NOT_ALLOWED),
        ({"candidates": [{"id": "A", "score": 1, "groups": ["x", "y", "x"]}]}, "candidates[0].groups[2]",
         "'x' is what this person has already"),
        ({"candidates": [{"id": "A", "score": 1, "age": 17}]}, "candidates[0].age", "is not known to the format"),
        ({"candidates": [{"id": "A", "score": 2}, {"id": "A", "score": 1}]}, "candidates[1].id",
         "'A' is what another candidate has already"),
        ({"seats": -1}, "seats", NOT_ALLOWED),
        ({"seats": 1.0}, "seats", NOT_ALLOWED),
        ({"rule": []}, "rule", "should be an object"),
        ({"rule": {"floor": []}}, "rule.floor", "is not known to the format"),
        ({"rule": {"floors": [{"seats": 1}]}}, "rule.floors[0].group", "is missing"),
        ({"rule": {"floors": [{"group": "x", "seats": -1}]}}, "rule.floors[0].seats", NOT_ALLOWED),
        ({"rule": {"caps": [{"group": "", "seats": 1}]}}, "rule.caps[0].group", NOT_ALLOWED),
        ({"rule": {"floors": [{"group": "x", "seats": 1}] * 2}}, "rule.floors[1].group",
         "'x' is what another of the floors has already"),
        ({"rule": {"caps": [{"group": "x", "seats": 1}] * 2}}, "rule.caps[1].group",
         "'x' is what another of the caps has already"),
        ({"rule": {"counting": "all"}}, "rule.counting", NOT_ALLOWED),
        ({"rule": {"mode": "firm"}}, "rule.mode", NOT_ALLOWED),
        ({"seed": 7}, "seed", NOT_ALLOWED),
        ({"seed": None}, "seed", NOT_ALLOWED),
        ({"format": "rantau.selection/1"}, "format", "is not known to the format"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_by_its_path(changes, path, why):
    with pytest.raises(Unreadable) as fault:
        read(_instance(**changes))
    assert (fault.value.path, fault.value.why) == (path, why)


@pytest.mark.parametrize(("plain", "path", "why"), [([], "", "should be an object"), ({}, "candidates", "is missing")])
def test_what_is_no_instance_at_all(plain, path, why):
    with pytest.raises(Unreadable) as fault:
        read(plain)
    assert (fault.value.path, fault.value.why) == (path, why)


@pytest.mark.parametrize(
    ("count", "names"), [(2, "p00, p01"), (12, "p00, p01, p02, p03, p04, p05, p06, p07, p08, p09 and 2 more")]
)
def test_equal_scores_without_a_seed_are_named(count, names):
    people = [{"id": f"p{i:02}", "score": 5} for i in reversed(range(count))]
    with pytest.raises(Unreadable) as fault:
        read({"candidates": [*people, {"id": "alone", "score": 6}], "seats": 1})
    assert (fault.value.path, fault.value.why) == ("seed", f"is missing, and equal scores need the lot: {names}")


VALUES = st.sampled_from((None, True, 0, -3, 1.5, "", "x", [], ["x"], [""], [1], {}))


@given(st.dictionaries(st.sampled_from(("id", "score", "groups", "groups?", "*", "age")), VALUES) | VALUES)
def test_the_quick_look_at_a_candidate_sees_what_the_shape_sees(value):
    try:
        fit(value, CANDIDATE)
        fits = True
    except Unreadable:
        fits = False
    assert candidate(value) == fits
