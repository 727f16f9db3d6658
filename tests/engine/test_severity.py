"""Strict and mild examiners: exact, summing to zero, only where the numbers carry it, never far, never in silence."""

import json
from fractions import Fraction
from pathlib import Path

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.examiners import pairs
from rantau.engine.refusal import Refusal
from rantau.engine.severity import Given, adjusted, changed, effects, severity

VECTORS = json.loads((Path(__file__).parent / "vectors" / "comparable.json").read_text())["severity"]
RATIO = Fraction(36, 25)
grades = st.lists(
    st.tuples(st.sampled_from("PQRSTU"), st.sampled_from("ABCD"), st.integers(0, 10000)),
    unique_by=lambda row: row[:2],
    min_size=1,
    max_size=20,
)


def given_all(rows):
    return [Given(piece=piece, examiner=who, value=value) for piece, who, value in rows]


def twice(pieces, above):
    """Return pieces that A and B both mark, A by so many hundredths above B."""
    return given_all([row for i in range(pieces) for row in ((f"T-{i}", "A", 6000 + above), (f"T-{i}", "B", 6000))])


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_golden_severities(vector):
    found = severity(twice(vector["pieces"], vector["above"]), ratio=RATIO)
    effect = vector["effect"]
    assert (found.why, found.pieces) == (vector["why"], dict.fromkeys("AB", vector["pieces"]))
    assert found.effects == ({} if effect is None else {"A": effect, "B": -effect})
    assert found.capped == (("A", "B") if effect == 500 else ())


@given(grades, st.fractions("0.01", 10, max_denominator=100), st.randoms())
def test_severities_sum_to_zero_in_any_order_of_marks(rows, ratio, shuffler):
    found = effects(given_all(rows), ratio=ratio)
    assert sum(found.values()) == 0
    shuffler.shuffle(rows)
    assert effects(given_all(rows), ratio=ratio) == found


@given(grades)
def test_the_exact_solution_is_the_least_squares_one(rows):
    """Compare with a solver that knows nothing of the elimination: all unknowns at once, in floating point."""
    works, people = sorted({p for p, _, _ in rows}), sorted({e for _, e, _ in rows})
    size = len(works) + len(people)
    matrix, right = numpy.zeros((len(rows) + len(people), size)), numpy.zeros(len(rows) + len(people))
    for i, (piece, who, value) in enumerate(rows):
        matrix[i, works.index(piece)] = matrix[i, len(works) + people.index(who)] = 1
        right[i] = value
    for j in range(len(people)):
        matrix[len(rows) + j, len(works) + j] = float(RATIO) ** 0.5
    solved = numpy.linalg.lstsq(matrix, right, rcond=None)[0][len(works) :]
    found = effects(given_all(rows), ratio=RATIO)
    assert [float(found[who]) for who in people] == pytest.approx(list(solved), abs=1e-5)


@given(st.integers(15, 30), st.integers(2, 4), st.integers(0, 10000))
def test_examiners_who_are_alike_change_nothing(pieces, people, value):
    dealt = pairs([f"T-{i}" for i in range(pieces * people)], [f"E{i}" for i in range(people)], 6, seed="s")
    marks = given_all([(a.piece, who, value + hash_of(a.piece)) for a in dealt for who in (*a.pair, *a.others)])
    found = severity(marks, ratio=RATIO)
    assert (found.why, set(found.effects.values())) == ("adjusted", {0})
    assert adjusted({"E0": value, "E1": value}, found.effects, maximum=10000) == value


def hash_of(piece):
    """Return how much better one piece is than another."""
    return int(piece[2:]) * 7 % 50


def test_a_mark_above_all_moves_everybody_alike():
    rows = [("T-1", "A", 5000), ("T-1", "B", 6000), ("T-2", "B", 7000), ("T-2", "C", 7300)]
    higher = [(piece, who, value + 250) for piece, who, value in rows]
    assert effects(given_all(rows), ratio=RATIO) == effects(given_all(higher), ratio=RATIO)


def test_islands_are_refused_with_the_reason_and_no_adjustment():
    islands = [*twice(20, 400), *given_all([(f"U-{i}", who, 5000) for i in range(20) for who in "CD"])]
    found = severity(islands, ratio=RATIO)
    assert (found.why, found.effects, found.capped) == ("disconnected", {}, ())
    assert found.pieces == dict.fromkeys("ABCD", 20)


@pytest.mark.parametrize("rows", [[], [(f"T-{i}", "A", 5000) for i in range(20)]], ids=["nobody", "one"])
def test_one_examiner_is_neither_strict_nor_mild(rows):
    found = severity(given_all(rows), ratio=RATIO)
    assert (found.why, found.effects) == ("few_examiners", {})


def test_an_adjusted_mark_is_rounded_once_and_stays_a_mark():
    assert adjusted({"A": 7001, "B": 7000}, {}, maximum=10000) == 7000
    assert adjusted({"A": 7003, "B": 7000}, {"A": 1, "B": -1}, maximum=10000) == 7002
    assert adjusted({"A": 7000, "B": 7000}, {"A": 200, "B": -100, "C": -100}, maximum=10000) == 6950
    assert adjusted({"A": 9990, "B": 9990}, {"A": -400, "B": -400}, maximum=10000) == 10000
    assert adjusted({"A": 10, "B": 10}, {"A": 400, "B": 400}, maximum=10000) == 0


def test_whoever_would_be_placed_otherwise_is_named():
    before = {"A": "selected", "B": "reserve", "C": "unsuccessful"}
    assert changed(before, {**before, "B": "selected", "A": "reserve"}) == ("A", "B")
    assert changed(before, before) == ()
    assert changed(before, {"A": "selected", "B": "reserve"}) == ("C",)


@pytest.mark.parametrize("ratio", [Fraction(0), Fraction(-1)])
def test_the_ratio_is_positive(ratio):
    with pytest.raises(Refusal) as refusal:
        severity(twice(15, 100), ratio=ratio)
    assert (refusal.value.code, refusal.value.facts) == ("scoring.ratio", {"ratio": str(ratio)})


def test_nobody_marks_a_piece_twice():
    with pytest.raises(Refusal) as refusal:
        effects(given_all([("T-1", "A", 5000), ("T-1", "A", 5100)]), ratio=RATIO)
    assert (refusal.value.code, refusal.value.facts) == ("scoring.twice", {"piece": "T-1", "examiner": "A"})
