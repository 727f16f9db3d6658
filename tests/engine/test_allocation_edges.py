"""Allocations at their edges: nobody, nothing, no seats, everybody tied, the largest scores, and what is no instance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.allocation import allocate
from rantau.engine.instance import read
from rantau.engine.mechanisms import MECHANISMS
from rantau.engine.selection import lot
from rantau.engine.shape import Unreadable
from tests.engine.allocation_brute import standing
from tests.engine.allocation_cases import decide, halved
from tests.engine.allocation_reference import Book
from tests.engine.allocation_strategies import APPLICANTS, DA, FLAT, MERIT, instances, markets, samples

OPEN = ("responsive", "reserve_soft")
LARGEST = (1 << 40) - 1


def people(*wishes, **more):
    """Return applicants `a`, `b`, … with the wishes given."""
    return [{"id": name, "prefs": [*prefs], **more} for name, prefs in zip("abcdef", wishes, strict=False)]


def opening(name="c", capacity=1, priority=("a", "b"), **more):
    """Return an opening."""
    return {"id": name, "capacity": capacity, "priority": [*priority], **more}


def reserve(**seats):
    """Return a choice with reserves."""
    return {"rule": "reserve_soft", "reserves": [{"type": kind, "seats": n} for kind, n in seats.items()]}


def typed(**seats):
    """Return a choice with type caps."""
    return {"rule": "cap_hard", "caps": [{"type": kind, "seats": n} for kind, n in seats.items()]}


# --- instances at their edges ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mechanism", [*MECHANISMS, None])
def test_nobody_is_placed_nowhere(mechanism):
    assert decide({"applicants": [], "openings": [{"id": "c", "capacity": 1}]}, mechanism) == {}
    assert decide({"applicants": [], "openings": []}, mechanism) == {}


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_whoever_wishes_nothing_or_is_alone(mechanism):
    one = {"openings": [opening(priority=["a"])], "merit_order": ["a"]}
    assert decide(one | {"applicants": people([])}, mechanism) == {"a": None}
    assert decide(one | {"applicants": people(["c"])}, mechanism) == {"a": "c"}


def test_without_openings_nobody_has_a_wish():
    assert decide({"applicants": people([]), "openings": [], "merit_order": ["a"]}, APPLICANTS) == {"a": None}


@pytest.mark.parametrize(
    ("plain", "assignment", "code"),
    [
        ({"openings": [opening(capacity=0)]}, {"a": None, "b": None}, ["OPENING_CLOSED", "OPENING_CLOSED"]),
        ({"openings": [opening(priority=[])]}, {"a": None, "b": None}, ["NOT_ELIGIBLE", "NOT_ELIGIBLE"]),
        ({"openings": [opening(priority=["b", []])]}, {"a": None, "b": "c"}, ["NOT_ELIGIBLE", "PLACED"]),
        ({"openings": [opening(), opening("d")]}, {"a": "c", "b": None}, ["PLACED", "BELOW_CUTOFF"]),
        ({"openings": [opening(choice=reserve(f=1))]}, {"a": "c", "b": None}, ["PLACED", "BELOW_CUTOFF"]),
        ({"openings": [opening(choice=typed(f=0))]}, {"a": "c", "b": None}, ["PLACED", "BELOW_CUTOFF"]),
        ({"openings": [opening(priority=[["a", "b"]])], "tie_break": ["b", "a"]}, {"a": None, "b": "c"},
         ["TIE_LOST", "PLACED"]),
        ({"openings": [opening(capacity=2)], "caps": [{"id": "X", "openings": ["c"], "capacity": 1,
          "priority": ["a", "b"]}]}, {"a": "c", "b": None}, ["PLACED", "CAP_FULL"]),
        ({"openings": [opening()], "caps": [{"id": "X", "openings": ["c"], "capacity": 1, "priority": ["b"]}]},
         {"a": None, "b": "c"}, ["NOT_ELIGIBLE", "PLACED"]),
        ({"openings": [opening()], "caps": [{"id": "X", "openings": [], "capacity": 0, "priority": []}]},
         {"a": "c", "b": None}, ["PLACED", "BELOW_CUTOFF"]),
    ],
    ids=["no seats", "nobody eligible", "one eligible", "an opening nobody wants", "a reserve for a type without members",
         "a cap on a type without members", "all tied", "a cap below the seats", "not in the cap's order", "a cap over none"],
)  # fmt: skip
@pytest.mark.parametrize("mechanism", DA)
def test_two_people_who_want_one_opening(plain, assignment, code, mechanism):
    result = allocate(read({"applicants": people(["c"], ["c"])} | plain), mechanism)
    assert result["assignment"] == assignment
    assert [lines[0]["code"] for lines in result["reasons"].values()] == code


def test_with_everybody_tied_the_lot_decides():
    everybody = [*"abcdef"]
    plain = {
        "applicants": people(*[["c"]] * 6),
        "openings": [opening(capacity=3, priority=[everybody])],
        "seed": "beacon",
    }
    drawn = sorted(everybody, key=lambda name: lot("beacon", name), reverse=True)
    assert {name for name, at in decide(plain, APPLICANTS).items() if at} == set(drawn[:3])
    listed = plain | {"tie_break": [drawn[5]]}
    assert {name for name, at in decide(listed, APPLICANTS).items() if at} == {drawn[5], *drawn[:2]}


@pytest.mark.parametrize("mechanism", [*DA, MERIT, "exact"])
def test_the_largest_and_the_smallest_score_are_compared_exactly(mechanism):
    scores = {"a": LARGEST - 1, "b": LARGEST, "d": 1 - LARGEST, "e": -LARGEST}
    plain = {
        "applicants": [{"id": name, "prefs": ["c"], "score": score} for name, score in scores.items()],
        "openings": [{"id": "c", "capacity": 3}],
    }
    assert decide(plain, mechanism) == {"a": "c", "b": "c", "d": "c", "e": None}


def test_minima_call_for_exact_one_order_for_serving_and_orders_for_deferred_acceptance():
    one = {"applicants": people(["c"]), "openings": [opening(priority=["a"])]}
    merit = one | {"merit_order": ["a"]}
    minimum = merit | {"openings": [opening(priority=["a"], minimum=1)]}
    assert [allocate(read(p))["mechanism"] for p in (one, merit, minimum)] == [APPLICANTS, MERIT, "exact"]


# --- the same in another form ----------------------------------------------------------------------------------------


@samples(60)
@given(instances(rules=("responsive",)), st.sampled_from((*DA, None)), st.data())
def test_an_opening_cut_in_two_takes_the_same_people(plain, mechanism, data):
    row = data.draw(st.sampled_from(plain["openings"]))
    cut = halved(plain, row["id"], data.draw(st.integers(0, row["capacity"])))
    merged = {i: row["id"] if c == f"{row['id']}+" else c for i, c in decide(cut, mechanism).items()}
    assert merged == decide(plain, mechanism)


@samples(60)
@given(instances(caps=FLAT, rules=OPEN, orders="priority") | markets(rules=OPEN), st.sampled_from(DA), st.data())
def test_a_double_right_below_gets_nothing_better_and_lifts_nobody(plain, mechanism, data):
    row = data.draw(st.sampled_from(plain["applicants"]))
    double = f"{row['id']}+"

    def with_double(groups):
        for tied in groups:
            yield tied
            if row["id"] in ([tied] if isinstance(tied, str) else tied):
                yield double

    openings = [place | {"priority": [*with_double(place["priority"])]} for place in plain["openings"]]
    other = plain | {"applicants": [*plain["applicants"], row | {"id": double}], "openings": openings}
    book, before, after = Book(other, mechanism), decide(plain, mechanism), decide(other, mechanism)
    assert standing(book, after, double) >= standing(book, after, row["id"])
    assert all(standing(book, after, i) >= standing(book, before, i) for i in before)


# --- what is no instance ---------------------------------------------------------------------------------------------

TWO = {"applicants": people(["c"], ["c"]), "openings": [opening(capacity=2)]}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"applicants": people(["c", "c"])}, "applicants[0].prefs[1]"),
        ({"applicants": people(["c"], ["c", "z"])}, "applicants[1].prefs[1]"),
        ({"applicants": people(["c"]) * 2}, "applicants[1].id"),
        ({"applicants": people(["c"], types=["f", "f"])}, "applicants[0].types[1]"),
        ({"applicants": people(["c"], scores={"z": 1})}, "applicants[0].scores.z"),
        ({"applicants": people(["c"], score=LARGEST + 1)}, "applicants[0].score"),
        ({"applicants": people(["c"], score=-LARGEST - 1)}, "applicants[0].score"),
        ({"applicants": people(["c"], score=True)}, "applicants[0].score"),
        ({"applicants": [*people(["c"], score=1), {"id": "b", "prefs": []}]}, "applicants[1].score"),
        ({"applicants": people(["c"], held="c")}, "applicants[0].prefs[0]"),
        ({"applicants": people([], held="z")}, "applicants[0].held"),
        ({"openings": [opening(), opening()]}, "openings[1].id"),
        ({"openings": [opening(capacity=-1)]}, "openings[0].capacity"),
        ({"openings": [opening(priority=["z"])]}, "openings[0].priority[0]"),
        ({"openings": [opening(priority=["a", ["b", "a"]])]}, "openings[0].priority[1][1]"),
        ({"openings": [opening(priority=[["a", "b"]])]}, "openings[0].priority"),
        ({"openings": [opening(choice=reserve(f=1, r=1))]}, "openings[0].choice.reserves"),
        ({"openings": [opening(choice=reserve(f=-1))]}, "openings[0].choice.reserves[0].seats"),
        ({"openings": [opening(choice=typed(f=1) | {"rule": "reserve_soft"})]}, "openings[0].choice.caps"),
        ({"openings": [opening(minimum=2)]}, "openings[0].minimum"),
        ({"openings": [opening(minimum=1)]}, "openings[0].minimum"),
        ({"openings": [{"id": "c", "capacity": 1}]}, "openings[0].priority"),
        ({"caps": [{"id": "X", "openings": ["z"], "capacity": 1}]}, "caps[0].openings[0]"),
        ({"caps": [{"id": "X", "openings": ["c", "c"], "capacity": 1}]}, "caps[0].openings[1]"),
        ({"caps": [{"id": "X", "openings": ["c"], "capacity": -1}]}, "caps[0].capacity"),
        ({"caps": [{"id": "c", "openings": ["c"], "capacity": 1}]}, "caps[0].id"),
        ({"caps": [{"id": "X", "openings": ["c"], "capacity": 1}]}, "caps[0].priority"),
        ({"caps": [{"id": "X", "openings": ["c"], "capacity": 1, "priority": ["b", "a"]}]}, "caps[0].priority"),
        ({"openings": [opening(), opening("d"), opening("e")], "caps": [
            {"id": "X", "openings": ["c", "d"], "capacity": 1, "priority": ["a", "b"]},
            {"id": "Y", "openings": ["c", "e"], "capacity": 1, "priority": ["a", "b"]}]}, "caps[1].openings"),
        ({"applicants": people(["c"], types=["f", "r"]),
          "openings": [opening(capacity=2, priority=["a"], choice=reserve(f=1, r=1))]}, "openings[0].choice.reserves"),
        ({"applicants": [*people(["c"], types=["f", "r"]), {"id": "d", "prefs": ["c"], "types": ["f"]},
                         {"id": "e", "prefs": ["c"], "types": ["r"]}],
          "openings": [opening(priority=["a", "d", "e"], choice=typed(f=1, r=1))]}, "openings[0].choice.caps"),
        ({"tie_break": ["z"]}, "tie_break[0]"),
        ({"tie_break": ["a", "a"]}, "tie_break[1]"),
        ({"merit_order": ["a", ["b", "z"]]}, "merit_order[1][1]"),
        ({"seed": 1}, "seed"),
        ({"colour": "red"}, "colour"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named_and_nobody_placed(change, path):
    assert decide(TWO, APPLICANTS) == {"a": "c", "b": "c"}
    with pytest.raises(Unreadable) as found:
        decide(TWO | change, APPLICANTS)
    assert found.value.path == path


@pytest.mark.parametrize(
    ("mechanism", "change", "path"),
    [
        ("boston", {}, "mechanism"),
        (MERIT, {}, "merit_order"),
        ("exact", {}, "merit_order"),
        (MERIT, {"merit_order": [["a", "b"]]}, "merit_order"),
        (APPLICANTS, {"openings": [opening(priority=[["a", "b"]])]}, "openings[0].priority"),
        ("exact", {"merit_order": ["a", "b"], "openings": [opening(choice=reserve(f=1))]}, "openings[0].choice.rule"),
    ],
)
def test_a_mechanism_without_what_it_needs_places_nobody(mechanism, change, path):
    with pytest.raises(Unreadable) as found:
        decide(TWO | change, mechanism)
    assert found.value.path == path


def test_types_that_nobody_who_wishes_the_opening_has_together_may_both_be_reserved_for():
    plain = {
        "applicants": [{"id": "a", "prefs": ["c"], "types": ["f"]}, {"id": "b", "prefs": ["c"], "types": ["r"]},
                       {"id": "d", "prefs": [], "types": ["f", "r"]}],
        "openings": [opening(capacity=2, choice=reserve(f=1, r=1))],
    }  # fmt: skip
    assert decide(plain, APPLICANTS) == {"a": "c", "b": "c", "d": None}


def test_a_tie_in_an_order_that_nobody_is_compared_by_parts_nobody():
    listed = {"openings": [opening(capacity=1, priority=[["a", "b"]])], "merit_order": ["b", "a"]}
    assert decide(TWO | listed, MERIT) == {"a": None, "b": "c"}
    assert decide(TWO | {"merit_order": [["a", "b"]]}, APPLICANTS) == {"a": "c", "b": "c"}
