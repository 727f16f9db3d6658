"""Marks into scores: one rounding each, two examiners and a third, who is called."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rantau.engine.refusal import Refusal
from rantau.engine.scoring import Counted, Settled, call, counted, half_even, mean, settle, total
from rantau.engine.selection import Criterion

VECTORS = json.loads((Path(__file__).parent / "vectors" / "scoring.json").read_text())
quick = settings(max_examples=60, deadline=None)
mark = st.integers(0, 10000)


@quick
@given(st.integers(-(10**6), 10**6), st.integers(1, 1000))
def test_half_even_is_the_rounding_of_exact_fractions(numerator, denominator):
    assert half_even(numerator, denominator) == round(Fraction(numerator, denominator))


@pytest.mark.parametrize("vector", VECTORS["mean"], ids=str)
def test_golden_means(vector):
    assert mean(vector["marks"]) == vector["mean"]


@pytest.mark.parametrize("vector", VECTORS["settle"], ids=str)
def test_golden_examiners(vector):
    settled = settle(vector["marks"], tolerance=vector["tolerance"])
    assert settled == Settled(value=vector["value"], needs_third=vector["needs_third"])


@pytest.mark.parametrize("vector", VECTORS["total"], ids=lambda v: str(v["total"]))
def test_golden_totals(vector):
    assert total(vector["marks"], [Criterion.read(c) for c in vector["criteria"]]) == vector["total"]


@pytest.mark.parametrize("vector", VECTORS["call"], ids=str)
def test_golden_calls(vector):
    assert list(call([(code, average) for code, average in vector["rows"]], vector["places"])) == vector["called"]


@quick
@given(st.lists(mark, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_a_mean_lies_between_its_marks_in_any_order(marks, shuffler):
    result = mean(marks)
    shuffler.shuffle(marks)
    assert min(marks) <= result <= max(marks)
    assert mean(marks) == result


@quick
@given(st.lists(mark, min_size=2, max_size=3), st.none() | st.integers(0, 500))
def test_examiners_in_any_order_settle_on_the_same(marks, tolerance):
    settled = settle(marks, tolerance=tolerance)
    assert settle(marks[::-1], tolerance=tolerance) == settled
    assert settled.needs_third == (settled.value is None)
    assert settled.needs_third == (len(marks) == 2 and tolerance is not None and max(marks) - min(marks) > tolerance)


@quick
@given(st.lists(st.tuples(st.sampled_from("ABCDEFGH"), st.integers(0, 3)), unique_by=lambda r: r[0]), st.integers(0, 9))
def test_nobody_left_out_of_a_call_is_as_good_as_anybody_called(rows, places):
    called = call(rows, places)
    averages = dict(rows)
    inside, outside = [averages[c] for c in called], [averages[c] for c in averages.keys() - set(called)]
    assert len(called) >= min(places, len(rows))
    assert not inside or not outside or min(inside) > max(outside)


@pytest.mark.parametrize("marks", [(), (1,), (1, 2, 3, 4)])
def test_only_two_or_three_examiners_settle(marks):
    with pytest.raises(Refusal) as refusal:
        settle(marks, tolerance=None)
    assert (refusal.value.code, refusal.value.facts) == ("scoring.examiners", {"marks": len(marks)})


def test_there_is_no_mean_of_nothing():
    with pytest.raises(Refusal) as refusal:
        mean(())
    assert (refusal.value.code, refusal.value.facts) == ("scoring.empty", {})


@pytest.mark.parametrize(
    ("pair", "third", "again", "expected"),
    [
        ((7000, None), 7000, False, Counted(waits="pair")),
        ((7000, 7600), None, False, Counted(marks={"A": 7000, "B": 7600})),
        ((7000, 7600), 7100, False, Counted(marks={"A": 7000, "B": 7600})),
        ((7000, 9000), None, False, Counted(waits="third")),
        ((7000, 9000), 8800, False, Counted(marks={"B": 9000, "C": 8800}, third=True)),
        ((5900, 6100), None, False, Counted(waits="third")),
        ((7000, 7600), None, True, Counted(waits="third")),
        ((7000, 7600), 7100, True, Counted(marks={"A": 7000, "C": 7100}, third=True)),
    ],
)
def test_a_third_counts_only_where_the_rule_asks_or_somebody_looks_again(pair, third, again, expected):
    given = dict(zip("AB", pair, strict=True))
    assert counted(given, third, name="C", tolerance=1000, gate=6000, again=again) == expected


def test_a_pair_is_two():
    with pytest.raises(Refusal) as refusal:
        counted({"A": 7000}, None, name="C", tolerance=None, gate=None)
    assert (refusal.value.code, refusal.value.facts) == ("scoring.examiners", {"marks": 1})
