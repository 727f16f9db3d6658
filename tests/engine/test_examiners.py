"""Who marks which piece: rotating, balanced, connected, the same whoever hands in the lists."""

import json
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.examiners import connected, error, pairs, tolerance
from rantau.engine.refusal import Refusal
from rantau.engine.scoring import Settled, closest, settle

VECTORS = json.loads((Path(__file__).parent / "vectors" / "comparable.json").read_text())
people = st.integers(2, 13).map(lambda n: [f"E{i:02}" for i in range(n)])
pieces = st.integers(0, 90).map(lambda n: [f"T-{i}" for i in range(n)])


@given(pieces, people, st.integers(0, 6), st.randoms())
def test_lists_in_any_order_are_dealt_alike(work, examiners, anchors, shuffler):
    dealt = pairs(work, examiners, anchors, seed="s")
    shuffler.shuffle(work)
    shuffler.shuffle(examiners)
    assert pairs(work, examiners, anchors, seed="s") == dealt
    assert sorted(a.piece for a in dealt) == sorted(work)


@given(pieces, people, st.integers(0, 6))
def test_nobody_marks_two_pieces_more_than_another(work, examiners, anchors):
    dealt = pairs(work, examiners, anchors, seed="s")
    load = Counter(who for a in dealt for who in a.pair)
    assert max(load[who] for who in examiners) - min(load[who] for who in examiners) <= 1
    thirds = Counter(a.third for a in dealt)
    assert {a.third is None for a in dealt} <= {len(examiners) == 2}
    assert len(examiners) == 2 or sum(thirds.values()) == len(work)


@given(pieces, people, st.integers(0, 6))
def test_anchors_are_marked_by_all_and_others_by_two(work, examiners, anchors):
    for position, assigned in enumerate(pairs(work, examiners, anchors, seed="s")):
        all_of_them = {*assigned.pair, *assigned.others}
        assert all_of_them == (set(examiners) if position < anchors else set(assigned.pair))
        assert len(all_of_them) == 2 + len(assigned.others)
        assert assigned.third not in assigned.pair


@given(people, st.integers(0, 3), st.integers(1, 3))
def test_everybody_is_connected_as_soon_as_there_is_a_piece_for_each_or_an_anchor(examiners, more, anchors):
    enough = [f"T-{i}" for i in range(len(examiners) + more)]
    dealt = pairs(enough, examiners, 0, seed="s")
    assert connected((a.piece, who) for a in dealt for who in a.pair)
    few = pairs(enough[:1], examiners, anchors, seed="s")
    assert connected((a.piece, who) for a in few for who in (*a.pair, *a.others))


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6, 7, 8, 10, 12])
def test_with_pieces_enough_everybody_marks_with_everybody(n):
    examiners = [f"E{i:02}" for i in range(n)]
    all_pairs = list(combinations(examiners, 2))
    met = Counter(a.pair for a in pairs([f"T-{i}" for i in range(len(all_pairs))], examiners, 0, seed="s"))
    assert met == Counter(all_pairs)


def test_who_may_not_meet_a_piece_is_replaced_in_all_parts():
    dealt = pairs(["T-1"], ["Ani", "Budi", "Citra"], 1, seed="s", barred=frozenset({("T-1", "Ani")}))
    assert [(a.pair, a.third, a.others) for a in dealt] == [(("Budi", "Citra"), None, ())]


@pytest.mark.parametrize(("examiners", "left"), [([], 0), (["Ani"], 1), (["Ani", "Budi"], 1)])
def test_a_piece_needs_two_who_may_mark_it(examiners, left):
    with pytest.raises(Refusal) as refusal:
        pairs(["T-1"], examiners, 0, seed="s", barred=frozenset({("T-1", "Budi")}))
    assert (refusal.value.code, refusal.value.facts) == ("scoring.pairing", {"piece": "T-1", "examiners": left})


def test_two_islands_are_not_connected():
    islands = [("T-1", "A"), ("T-1", "B"), ("T-2", "C"), ("T-2", "D")]
    assert not connected(islands)
    assert connected([*islands, ("T-2", "A")])
    assert connected([])
    assert connected([("A", "X"), ("B", "X")])
    assert not connected([("A", "B"), ("B", "A")]), "a piece and an examiner of the same name are two things"


@pytest.mark.parametrize("vector", VECTORS["tolerance"], ids=str)
def test_golden_tolerances(vector):
    assert tolerance(vector["error"]) == vector["tolerance"]


@pytest.mark.parametrize("vector", VECTORS["gate"], ids=str)
def test_golden_gates(vector):
    expected = Settled(value=vector["value"], needs_third=vector["value"] is None)
    assert settle(vector["marks"], tolerance=1000, gate=vector["gate"]) == expected


@given(st.lists(st.integers(0, 9999), min_size=2, max_size=3), st.randoms())
def test_the_marks_that_count_are_the_closest_and_settle_the_mark(values, shuffler):
    given_ = list(zip("ABC", values, strict=False))
    kept = closest(dict(given_))
    shuffler.shuffle(given_)
    assert closest(dict(given_)) == kept
    gaps = [abs(a - b) for a, b in combinations(values, 2)]
    low, high = sorted(kept.values())
    assert high - low == min(gaps)
    best = max(sum(two) for two in combinations(values, 2) if abs(two[0] - two[1]) == min(gaps))
    assert low + high == best
    assert settle(values, tolerance=None) == Settled(value=round((low + high) / 2), needs_third=False)


def test_the_error_of_one_mark_comes_from_pieces_marked_twice():
    assert error([(7000, 7300), (6000, 5700), (8000, 8000)]) == 173
    assert error([(7000, 7000)]) == 0
    with pytest.raises(Refusal) as refusal:
        error([])
    assert (refusal.value.code, refusal.value.facts) == ("scoring.empty", {})
