"""Chance replays from its seed, and what is made from it stays in its range."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.chance import below, happens, pick, seeded


def fixed(value: int):
    """Return a source whose next bytes are this number."""
    return lambda n: value.to_bytes(n, "big")


def test_the_bytes_are_sha256_of_a_counter_and_the_seed():
    chance = seeded("7")
    assert chance(40) == hashlib.sha256(b"0|7").digest() + hashlib.sha256(b"1|7").digest()[:8]
    assert chance(4) == hashlib.sha256(b"2|7").digest()[:4]


@given(st.text(max_size=10), st.lists(st.integers(0, 80), max_size=6))
def test_the_same_seed_replays(seed, lengths):
    one, other = seeded(seed), seeded(seed)
    drawn = [one(n) for n in lengths]
    assert drawn == [other(n) for n in lengths]
    assert [len(data) for data in drawn] == lengths


def test_another_seed_is_another_story():
    assert seeded("7")(16) != seeded("8")(16)


def test_two_sources_do_not_disturb_each_other():
    alone, one, other = seeded("a"), seeded("a"), seeded("b")
    expected = [alone(8) for _ in range(3)]
    found = []
    for _ in range(3):
        found.append(one(8))
        other(8)
    assert found == expected


@given(st.integers(1, 10**9), st.text(max_size=6))
def test_below_stays_below(limit, seed):
    assert 0 <= below(limit, seeded(seed)) < limit


def test_below_reaches_both_ends():
    assert below(6, fixed(0)) == 0
    assert below(6, fixed(5)) == 5
    assert below(6, fixed(6)) == 0
    assert below(1, seeded("any")) == 0


def test_pick_gives_every_choice_its_turn():
    chance = seeded("pick")
    assert set(Counter(pick("abc", chance) for _ in range(100))) == set("abc")
    assert pick(["only"], chance) == "only"


def test_nothing_can_be_picked_from_nothing():
    with pytest.raises(ZeroDivisionError):
        pick([], seeded("7"))


def test_never_always_and_the_edge_between():
    chance = seeded("happens")
    assert not any(happens(0, chance) for _ in range(50))
    assert all(happens(1000, chance) for _ in range(50))
    assert happens(250, fixed(249))
    assert not happens(250, fixed(250))
