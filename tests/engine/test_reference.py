"""One scale for different tests: a frozen group, exact tenths, gates apart, the weights that tests truly carry."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.reference import Gate, Weights, closed, composite, freeze, standardise, weigh
from rantau.engine.refusal import Refusal

VECTORS = json.loads((Path(__file__).parent / "vectors" / "comparable.json").read_text())
marks = st.lists(st.integers(0, 10000), min_size=2, max_size=12).filter(lambda values: len(set(values)) > 1)


@pytest.mark.parametrize("vector", VECTORS["standardise"], ids=str)
def test_golden_scores(vector):
    assert standardise(vector["mark"], freeze(vector["group"])) == vector["score"]


@pytest.mark.parametrize("vector", VECTORS["composite"], ids=str)
def test_golden_composites(vector):
    assert composite(vector["scores"], vector["weights"]) == vector["composite"]


@pytest.mark.parametrize("vector", VECTORS["weights"], ids=str)
def test_golden_weights(vector):
    nominal = {code: 100 * weight for code, weight in vector["weights"].items()}
    expected = Weights(nominal=nominal, effective=vector["effective"], why=vector["why"])
    assert weigh(vector["rows"], vector["weights"]) == expected


@given(marks, st.randoms())
def test_the_order_of_a_group_never_matters(values, shuffler):
    group = freeze(values)
    shuffler.shuffle(values)
    assert freeze(values) == group


@given(marks, st.integers(0, 10000), st.integers(1, 50), st.integers(0, 900))
def test_another_unit_of_a_mark_changes_nothing(values, mark, factor, zero):
    other = freeze([factor * value + zero for value in values])
    assert standardise(factor * mark + zero, other) == standardise(mark, freeze(values))


@given(marks, st.integers(0, 10000))
def test_whoever_comes_after_the_freeze_is_measured_by_it_and_moves_nobody(values, late):
    group = freeze(values)
    before = [standardise(value, group) for value in values]
    standardise(late, group)
    assert [standardise(value, group) for value in values] == before
    assert 2000 <= standardise(late, group) <= 8000


@given(marks, st.integers(0, 10000), st.integers(0, 10000))
def test_a_higher_mark_never_scores_lower(values, one, other):
    group = freeze(values)
    low, high = sorted((one, other))
    assert standardise(low, group) <= standardise(high, group)


@given(
    st.lists(st.tuples(*[st.integers(2000, 8000)] * 3), min_size=2, max_size=9),
    st.sampled_from([(20, 30, 50), (1, 1, 98), (34, 33, 33)]),
)
def test_effective_weights_sum_to_the_whole(rows, weights):
    named = [dict(zip("abc", row, strict=True)) for row in rows]
    found = weigh(named, dict(zip("abc", weights, strict=True)))
    if found.why:
        assert len({sum(w * v for w, v in zip(weights, row, strict=True)) for row in rows}) == 1
    else:
        assert abs(sum(found.effective.values()) - 10000) <= 1


def test_a_gate_opens_at_its_minimum_and_names_what_keeps_it_closed():
    gates = [Gate(code="safety", minimum=7000), Gate(code="health", minimum=1)]
    assert closed({"safety": 7000, "health": 1}, gates) == ""
    assert closed({"safety": 6999, "health": 0}, gates) == "below:safety"
    assert closed({"safety": 7000}, gates) == "absent:health"


@pytest.mark.parametrize("values", [[], [5000], [5000, 5000]])
def test_a_group_without_spread_measures_nothing(values):
    with pytest.raises(Refusal) as refusal:
        freeze(values)
    assert (refusal.value.code, refusal.value.facts) == ("scoring.reference", {"n": len(values)})


@pytest.mark.parametrize("weights", [{}, {"a": 99}, {"a": 101, "b": -1}, {"a": 100, "b": 0}])
def test_weights_are_positive_and_sum_to_a_hundred(weights):
    for act in (lambda: composite({"a": 5000, "b": 5000}, weights), lambda: weigh([{"a": 1, "b": 2}], weights)):
        with pytest.raises(Refusal) as refusal:
            act()
        assert (refusal.value.code, refusal.value.facts) == ("scoring.weights", {"weights": weights})


def test_a_composite_is_the_mean_of_what_it_weighs():
    assert Fraction(composite({"a": 5001, "b": 5002}, {"a": 50, "b": 50}), 10) == Fraction("5001.5").limit_denominator()
