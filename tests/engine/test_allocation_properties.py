"""Who goes where, whatever the instance: against the definitions, the plain reference and every other placement."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.allocation import allocate, dump
from rantau.engine.completing import Infeasible
from rantau.engine.instance import read
from tests.engine.allocation_brute import (
    at_least,
    blocking,
    keeping_minima,
    pairs,
    placements,
    stable,
    standing,
    valid,
)
from tests.engine.allocation_cases import decide, with_row
from tests.engine.allocation_reference import Book, reference
from tests.engine.allocation_strategies import (
    ANY,
    APPLICANTS,
    DA,
    FLAT,
    MERIT,
    OPENINGS,
    guarantees,
    instances,
    markets,
    samples,
    with_minima,
)

SERIAL = ("responsive", "cap_hard")


# --- both implementations agree, and the outcome is what the definition says -----------------------------------------


@samples(120)
@given(instances() | markets() | guarantees(), st.sampled_from(DA))
def test_the_reference_places_the_same(plain, mechanism):
    assert decide(plain, mechanism) == reference(plain, mechanism)


@samples(120)
@given(instances(caps=ANY, rules=SERIAL, merit=True))
def test_the_reference_serves_the_same_in_merit_order(plain):
    assert decide(plain, MERIT) == reference(plain, MERIT)


@samples(60)
@given(instances(merit=True, rules=("reserve_soft", "responsive")))
def test_the_reference_reserves_the_same_in_merit_order(plain):
    assert decide(plain, MERIT) == reference(plain, MERIT)


@samples(60)
@given(with_minima())
def test_the_minima_are_kept_as_by_trying_everything(plain):
    expected = keeping_minima(Book(plain, "exact"))
    if expected is None:
        with pytest.raises(Infeasible):
            decide(plain, "exact")
    else:
        assert decide(plain, "exact") == expected


@samples(60)
@given(instances() | markets() | guarantees(), st.sampled_from(DA))
def test_everybody_sits_where_they_may_and_nobody_is_passed_over(plain, mechanism):
    book, assignment = Book(plain, mechanism), decide(plain, mechanism)
    assert valid(book, assignment)
    assert blocking(book, assignment) == []


@samples(60)
@given(instances(rules=SERIAL) | markets(rules=SERIAL), st.sampled_from(DA))
def test_without_reserves_nobody_is_passed_over_even_if_they_give_their_seat_up_first(plain, mechanism):
    assert blocking(Book(plain, mechanism), decide(plain, mechanism), giving_up=True) == []


@samples(60)
@given(instances(merit=True, caps=ANY, rules=SERIAL))
def test_in_merit_order_everybody_sits_where_they_may_and_nobody_can_rise_alone(plain):
    book, assignment = Book(plain, MERIT), decide(plain, MERIT)
    assert valid(book, assignment)
    for other in placements(book):
        assert other == assignment or not at_least(book, other, assignment)


@samples(40)
@given(instances(most=4) | markets() | guarantees(most=4))
def test_of_all_stable_placements_each_side_proposing_gets_its_best(plain):
    found = stable(Book(plain, APPLICANTS))
    book, best, worst = Book(plain, APPLICANTS), decide(plain, APPLICANTS), decide(plain, OPENINGS)
    assert best in found
    assert worst in found
    assert all(at_least(book, best, one) and at_least(book, one, worst) for one in found)


@samples(40)
@given(instances(most=4) | markets() | guarantees(most=4))
def test_every_stable_placement_takes_the_same_people_and_fills_the_same_seats(plain):
    def filled(assignment):
        """Return who is placed, and how many under each outermost cap or in each opening outside all caps."""
        held = pairs(assignment)
        outer = {c: cap["id"] for cap in book.caps for c in cap["openings"]}
        return {i for i, _ in held}, sorted(outer.get(c, c) for _, c in held)

    book = Book(plain, APPLICANTS)
    expected = filled(decide(plain, APPLICANTS))
    assert expected == filled(decide(plain, OPENINGS))
    assert all(filled(one) == expected for one in stable(book))


# --- the form of the input never matters -----------------------------------------------------------------------------


@samples(60)
@given(instances(), st.sampled_from((*DA, None)), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(plain, mechanism, shuffler):
    def mixed(rows):
        return shuffler.sample(rows, len(rows))

    other = json.loads(json.dumps(plain))
    for key in ("applicants", "openings", "caps"):
        other[key] = mixed(other.get(key, []))
    for row in other["applicants"]:
        row["types"] = mixed(row["types"])
    for row in (*other["openings"], *other["caps"]):
        row["openings"] = mixed(row.get("openings", []))
        row["priority"] = [mixed(tied) if isinstance(tied, list) else [tied] for tied in row.get("priority", [])]
        for key in {"openings", "priority"} - with_row(plain, row["id"]).keys():
            del row[key]
        for key in {"reserves", "caps"} & row.get("choice", {}).keys():
            row["choice"][key] = mixed(row["choice"][key])
    one, two = (allocate(read(given_), mechanism) for given_ in (plain, other))
    assert dump(one) == dump(two)


@samples(60)
@given(instances(parted="tie_break"), st.sampled_from((*DA, None)), st.randoms(use_true_random=False))
def test_other_names_are_the_same_people_and_places(plain, mechanism, shuffler):
    names = [row["id"] for key in ("applicants", "openings", "caps") for row in plain.get(key, [])]
    other = dict(zip(names, shuffler.sample(range(100, 999), len(names)), strict=True))
    text = json.dumps(plain)
    for name, number in other.items():
        text = text.replace(f'"{name}"', f'"n{number}"')
    renamed = {i: None if c is None else f"n{other[c]}" for i, c in decide(plain, mechanism).items()}
    assert decide(json.loads(text), mechanism) == {f"n{other[i]}": c for i, c in renamed.items()}


# --- rules that come to the same -------------------------------------------------------------------------------------


@samples(60)
@given(instances(rules=("reserve_soft",)), st.sampled_from(DA))
def test_reserves_of_no_seats_are_no_reserves(plain, mechanism):
    none = {"rule": "reserve_soft", "reserves": [{"type": "f", "seats": 0}]}
    empty, without = (
        plain | {"openings": [row | {"choice": choice} for row in plain["openings"]]}
        for choice in (none, {"rule": "responsive"})
    )
    assert decide(empty, mechanism) == decide(without, mechanism)


@samples(60)
@given(instances(rules=SERIAL, orders="score"))
def test_with_one_order_for_all_every_mechanism_serves_in_merit_order(plain):
    served = decide(plain, MERIT)
    assert [decide(plain, mechanism) for mechanism in DA] == [served, served]


@samples(60)
@given(instances(caps=FLAT, rules=("reserve_soft",)) | markets(rules=("reserve_soft",)), st.sampled_from(DA))
def test_nobody_is_refused_a_reserved_seat_while_somebody_beyond_the_reserves_is_held(plain, mechanism):
    book, assignment = Book(plain, mechanism), decide(plain, mechanism)

    def held(opening, kind):
        return [i for i, c in assignment.items() if c == opening and kind in book.people[i]["types"]]

    for opening in plain["openings"]:
        c, seats = opening["id"], {part["type"]: part["seats"] for part in opening["choice"]["reserves"]}
        taken = sum(at == c for at in assignment.values())
        beyond = taken - sum(min(len(held(c, kind)), n) for kind, n in seats.items())
        for i in book.wishes:
            if (i, c) in book.wish and book.takes(i, c) and book.wish[i, c] < standing(book, assignment, i):
                mine = [kind for kind in seats if kind in book.people[i]["types"]]
                assert all(len(held(c, kind)) >= seats[kind] or beyond == 0 for kind in mine), (i, c)
