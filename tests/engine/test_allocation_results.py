"""What a result says of itself: its certificate, its reasons and its cut-offs, each held against the placement alone."""

from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rantau.engine.allocation import allocate, verify
from rantau.engine.certificate import best, faults
from rantau.engine.columns import suits
from rantau.engine.completing import Infeasible
from rantau.engine.instance import read
from rantau.engine.mechanisms import levels_of
from tests.engine.allocation_brute import (
    categories,
    completable,
    counted,
    every_change,
    keeping_minima,
    levels,
    pairs,
    reaches,
    stable,
    standing,
)
from tests.engine.allocation_cases import with_row
from tests.engine.allocation_reference import Book, reference
from tests.engine.allocation_strategies import (
    ANY,
    APPLICANTS,
    DA,
    MERIT,
    OPENINGS,
    guarantees,
    instances,
    markets,
    samples,
    with_minima,
)

SERIAL = ("responsive", "cap_hard")
EVERY = st.tuples(instances() | markets() | guarantees(), st.sampled_from(DA)) | st.tuples(
    instances(caps=ANY, rules=SERIAL, merit=True), st.just(MERIT)
)
"""An instance and a mechanism for it."""


# --- the certificate -------------------------------------------------------------------------------------------------


@samples(30)
@given(EVERY)
def test_a_result_is_accepted_and_every_change_of_one_seat_is_found(given_):
    plain, mechanism = given_
    instance, book = read(plain), Book(plain, mechanism)
    result = allocate(instance, mechanism)
    assert list(verify(result, instance)) == []
    for other in every_change(book, result["assignment"]):
        assert [path for path, _ in verify(result | {"assignment": other}, instance) if path.startswith("assignment")]


@samples(15)
@given(instances(most=4) | markets(most=4) | guarantees(most=4), st.sampled_from(DA))
def test_the_places_alone_show_every_placement_that_is_not_the_outcome(plain, mechanism):
    book, checked = Book(plain, mechanism), levels_of(read(plain), mechanism)
    people, places = sorted(book.wishes), sorted(row["id"] for row in plain["openings"])
    good = [reference(plain, mechanism)] if mechanism == APPLICANTS else stable(book)
    for seats in product([None, *range(len(places))], repeat=len(people)):
        assignment = {i: None if c is None else places[c] for i, c in zip(people, seats, strict=True)}
        assert (list(faults(checked, list(seats), mechanism)) == []) == (assignment in good)


def ring(*people, **openings):
    """Return an instance of people (wishes, then their type) and openings (seats, seats reserved for `f`, order)."""
    return {
        "applicants": [
            {"id": f"s{n}", "prefs": row.split()[:2], "types": row.split()[2:]} for n, row in enumerate(people)
        ],
        "openings": [
            {
                "id": c,
                "capacity": seats,
                "choice": {"rule": "reserve_soft", "reserves": [{"type": "f", "seats": reserved}]},
                "priority": order.split(),
            }
            for c, (seats, reserved, order) in openings.items()
        ],
    }


@samples(25)
@given(markets(rules=("responsive", "reserve_soft")) | markets(rules=("reserve_soft",), seats=((2, 2, 1),)))
@example(ring("c1 c0 f", "c0 c1", "c0 c1 f", "c0 c1", c0=(2, 0, "s0 s1 s2 s3"), c1=(1, 1, "s1 s2 s3 s0")))
@example(ring("c0 c1 f", "c1 c0 f", "c0 c1 f", "c0 c1", c0=(2, 2, "s0 s1 s3 s2"), c1=(1, 0, "s0 s2 s1 s3")))
def test_rings_tell_the_best_stable_placement_from_the_others(plain):
    book, checked = Book(plain, APPLICANTS), levels_of(read(plain), APPLICANTS)
    assert suits(checked.instance)
    expected, places = reference(plain, APPLICANTS), sorted(row["id"] for row in plain["openings"])
    for one in stable(book):
        seats = [None if one[i] is None else places.index(one[i]) for i in sorted(one)]
        assert best(checked, seats, APPLICANTS) == (one == expected)


@samples(40)
@given(EVERY)
def test_the_certificate_says_what_is_so(given_):
    plain, mechanism = given_
    result = allocate(read(plain), mechanism)
    said, assignment = result["certificate"], result["assignment"]
    assert said["people"] == len(plain["applicants"])
    assert said["placed"] == len(pairs(assignment))
    assert said["blocking_pairs"] == 0
    assert said["best_for_applicants"] == (mechanism != OPENINGS or assignment == reference(plain, APPLICANTS))


# --- reasons ---------------------------------------------------------------------------------------------------------


@samples(60)
@given(EVERY)
def test_every_wish_has_a_reason_that_is_true_of_the_placement(given_):
    plain, mechanism = given_
    book, result = Book(plain, mechanism), allocate(read(plain), mechanism)
    assert result["reasons"].keys() == book.wishes.keys()
    for person, wishes in book.wishes.items():
        lines = result["reasons"][person]
        assert [line["opening"] for line in lines] == wishes
        for line in lines:
            assert line == expected_line(book, plain, result, person, line), (person, line)


def expected_line(book, plain, result, person, line):
    """Return the line as it has to read, given the level that it names; the level itself must really be full."""
    opening, present = line["opening"], standing(book, result["assignment"], person)
    if book.wish[person, opening] >= present:
        return {"opening": opening, "code": "PLACED" if book.wish[person, opening] == present else "NOT_REACHED"}
    at = line["at"]
    assert at in over_all(book, person, opening)
    named = {"opening": opening, "at": at}
    if not book.takes(person, opening):
        assert person not in book.accepts.get(at, {}) or person not in book.orders[at]
        return named | {"code": "NOT_ELIGIBLE"}
    table = levels(book)
    if any(table[name][2] == 0 for name in over_all(book, person, opening)):
        assert table[at][2] == 0
        return named | {"code": "OPENING_CLOSED"}
    held = counted(book, pairs(result["assignment"]), table[at])
    assert len(held) == table[at][2]
    named |= {"code": "BELOW_CUTOFF" if at == opening else "CAP_FULL"}
    last = shown(book, result, person, opening, at)
    if not last:
        return named
    assert last in held
    place = at.split(":")[0]
    assert book.orders[place][last] < book.orders[place][person]
    (mine, yours), (theirs, cutoff) = (grade(book, plain, result["mechanism"], place, i) for i in (person, last))
    tied = {"code": "TIE_LOST"} if mine == theirs else {}
    return named | tied | {"last": last, "yours": yours, "cutoff": cutoff}


def grade(book, plain, mechanism, place, person):
    """Return what a person is compared by before ties are parted, and the number that a reason shows for it."""
    row, applicant = with_row(plain, place), book.people[person]
    groups = plain.get("merit_order") if mechanism == MERIT else row.get("priority")
    if groups is not None:
        there = [i for i in book.orders[place] if i in book.accepts[place]]
        group = next(n for n, tied in enumerate(groups) if tied == person or person in tied)
        return group, 1 + sum(book.orders[place][i] < book.orders[place][person] for i in there)
    score = applicant["scores"].get(place) if "scores" in applicant and mechanism != MERIT else applicant["score"]
    return score, score


def over_all(book, person, opening):
    """Return the names of all levels that a person would count at in an opening."""
    return [
        name
        for name, (inside, kind, _) in levels(book).items()
        if opening in inside and (kind is None or kind in book.people[person]["types"])
    ]


def shown(book, result, person, opening, at):
    """Return who got in last at a level, by the published cut-offs of the categories a person has at an opening."""
    published = result["cutoffs"][opening]
    mine = categories(book, published, person)
    (last,) = {published[kind][at] for kind in mine if at in published[kind]}
    return last


@samples(30)
@given(with_minima())
def test_a_wish_refused_for_a_minimum_would_really_have_left_it_unmet(plain):
    book = Book(plain, "exact")
    try:
        result = allocate(read(plain), "exact")
    except Infeasible:
        assert keeping_minima(book) is None
        return
    order, held = sorted(book.common, key=book.common.get), set()
    minima = {row["id"]: row["minimum"] for row in (*plain["openings"], *plain.get("caps", []))}
    for n, person in enumerate(order):
        for line in result["reasons"][person]:
            asked = held | {(person, line["opening"])}
            if line["code"] == "FLOOR_NEEDS" and completable(book, held, order[n:], minima):
                assert_needed(book, asked, order[n + 1 :], minima, line["at"].split("+"))
        held |= pairs({person: result["assignment"][person]})


def assert_needed(book, asked, rest, minima, names):
    """Assert that minima stand against a wish: all together do, and without the one named, or any of those, they do not."""
    assert completable(book, asked, rest, {})
    assert not completable(book, asked, rest, minima)
    against = minima if len(names) == 1 else {name: minima[name] for name in names}
    assert not completable(book, asked, rest, against)
    for name in names:
        assert completable(book, asked, rest, {other: n for other, n in against.items() if other != name})


def test_the_minimum_named_is_the_one_that_needs_the_person():
    plain = {
        "applicants": [{"id": "a", "prefs": ["c2"]}, {"id": "b", "prefs": ["c2"]}],
        "openings": [
            {"id": "c0", "capacity": 1, "minimum": 1, "priority": ["b"]},
            {"id": "c1", "capacity": 1, "minimum": 1, "priority": ["a"]},
            {"id": "c2", "capacity": 2},
        ],
        "merit_order": ["a", "b"],
    }
    reasons = allocate(read(plain), "exact")["reasons"]
    assert [reasons[i] for i in "ab"] == [[{"opening": "c2", "code": "FLOOR_NEEDS", "at": c}] for c in ("c1", "c0")]


def test_a_minimum_that_somebody_left_unmet_is_lowered_no_further_than_it_must_be():
    plain = {
        "applicants": [{"id": "a", "prefs": []}, {"id": "b", "prefs": ["c1", "c0"]}],
        "openings": [{"id": "c0", "capacity": 2, "minimum": 2}, {"id": "c1", "capacity": 1}],
        "merit_order": ["a", "b"],
    }
    result = allocate(read(plain), "exact")
    assert result["assignment"] == {"a": None, "b": "c0"}
    assert result["reasons"]["b"][0] == {"opening": "c1", "code": "FLOOR_NEEDS", "at": "c0"}
    assert result["unfilled_minimum"] == {"c0": 1}


# --- cut-offs --------------------------------------------------------------------------------------------------------


@samples(60)
@given(EVERY)
def test_everybody_finds_their_own_place_by_the_cut_offs(given_):
    plain, mechanism = given_
    book, result = Book(plain, mechanism), allocate(read(plain), mechanism)
    for person, wishes in book.wishes.items():
        reached = [c for c in wishes if book.takes(person, c) and reaches(book, result["cutoffs"][c], person)]
        assert result["assignment"][person] == (reached[0] if reached else None), person


@samples(40)
@given(EVERY)
def test_a_limit_is_open_to_everybody_exactly_while_it_has_a_free_seat(given_):
    plain, mechanism = given_
    book, result = Book(plain, mechanism), allocate(read(plain), mechanism)
    table, held = levels(book), pairs(result["assignment"])
    for row in plain["openings"]:
        for kind, published in result["cutoffs"][row["id"]].items():
            within = {part["type"] for part in row.get("choice", {}).get("reserves", []) if part["seats"]}
            for name, last in published.items():
                free = len(counted(book, held, table[name])) < table[name][2]
                assert last is None if free else last is not None or kind in within, (row["id"], kind, name)


# --- what cannot be verified -----------------------------------------------------------------------------------------

ONE = {
    "applicants": [{"id": "a", "prefs": ["c"]}, {"id": "b", "prefs": ["c"]}],
    "openings": [{"id": "c", "capacity": 1, "priority": ["a", "b"]}],
}


@pytest.mark.parametrize(
    ("assignment", "path"),
    [
        ({"a": "c"}, "assignment.b"),
        ({"a": "c", "b": None, "d": None}, "assignment.d"),
        ({"a": "c", "b": "e"}, "assignment.b"),
    ],
)
def test_a_result_about_somebody_or_something_else_differs_there(assignment, path):
    instance = read(ONE)
    result = allocate(instance, APPLICANTS)
    assert [where for where, _ in verify(result | {"assignment": assignment}, instance)] == [path, path]


@pytest.mark.parametrize("key", ["reasons", "cutoffs", "certificate", "digest", "assignment"])
def test_a_result_whose_other_parts_were_changed_is_found(key):
    instance = read(ONE)
    result = allocate(instance, APPLICANTS)
    other = "x" if key == "digest" else {"a": None, "b": "c"} if key == "assignment" else {}
    assert key in {path.split(".")[0] for path, _ in verify(result | {key: other}, instance)}
    assert list(verify(result, instance)) == []
