"""What holds for every allocation, whatever the instance: against the definitions and against every other placement."""

import json
from itertools import permutations

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
from tests.engine.allocation_reference import Book, applicants_ask, reference, serve
from tests.engine.allocation_strategies import (
    ANY,
    DA,
    FLAT,
    instances,
    markets,
    samples,
    with_minima,
)

APPLICANTS, OPENINGS, MERIT = "applicant_proposing_da", "opening_proposing_da", "merit_wishes"
SERIAL = ("responsive", "cap_hard")


def decide(plain, mechanism):
    """Return the assignment."""
    return allocate(read(plain), mechanism)["assignment"]


def changed(plain, person, **fields):
    """Return the instance where one applicant says something else."""
    rows = [{**row, **fields} if row["id"] == person else row for row in plain["applicants"]]
    return {**plain, "applicants": rows}


# --- both implementations agree, and the outcome is what the definition says -----------------------------------------


@samples(120)
@given(instances() | markets(), st.sampled_from(DA))
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
@given(instances() | markets(), st.sampled_from(DA))
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
@given(instances(most=4) | markets())
def test_of_all_stable_placements_each_side_proposing_gets_its_best(plain):
    found = stable(Book(plain, APPLICANTS))
    book, best, worst = Book(plain, APPLICANTS), decide(plain, APPLICANTS), decide(plain, OPENINGS)
    assert best in found
    assert worst in found
    assert all(at_least(book, best, one) and at_least(book, one, worst) for one in found)


@samples(40)
@given(instances(most=4) | markets())
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
        for key in {"openings", "priority"} - (plain_row(plain, row["id"])).keys():
            del row[key]
        for key in {"reserves", "caps"} & row.get("choice", {}).keys():
            row["choice"][key] = mixed(row["choice"][key])
    one, two = (allocate(read(given_), mechanism) for given_ in (plain, other))
    assert dump(one) == dump(two)


def plain_row(plain, name):
    """Return the opening or the cap of that name."""
    return next(row for row in (*plain["openings"], *plain.get("caps", [])) if row["id"] == name)


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


# --- what is promised to people --------------------------------------------------------------------------------------


def every_list(plain):
    """Return every list of wishes: each choice of openings in each order."""
    places = [row["id"] for row in plain["openings"]]
    return [list(wishes) for n in range(len(places) + 1) for wishes in permutations(places, n)]


def assert_no_list_gains(plain, mechanism):
    book, before = Book(plain, mechanism), decide(plain, mechanism)
    for person in book.wishes:
        for wishes in every_list(plain):
            after = decide(changed(plain, person, prefs=wishes), mechanism)
            assert standing(book, after, person) >= standing(book, before, person), (person, wishes)


@samples(12)
@given(instances(most=4) | instances(most=3, openings=4, caps=FLAT))
def test_no_other_list_gains_anybody_anything(plain):
    assert_no_list_gains(plain, APPLICANTS)


@samples(12)
@given(instances(most=4, caps=ANY, rules=SERIAL, merit=True))
def test_in_merit_order_no_other_list_gains_anybody_anything(plain):
    assert_no_list_gains(plain, MERIT)


@samples(4)
@given(with_minima(most=3))
def test_under_minima_no_other_list_gains_anybody_anything(plain):
    try:
        assert_no_list_gains(plain, "exact")
    except Infeasible:
        assert keeping_minima(Book(plain, "exact")) is None


@samples(60)
@given(instances(), st.sampled_from(DA), st.data())
def test_whoever_withdraws_harms_nobody(plain, mechanism, data):
    withdrawn = data.draw(st.sampled_from([None, *Book(plain, mechanism).wishes]))
    assert_nobody_falls(plain, changed(plain, withdrawn, prefs=[]), mechanism, {withdrawn})


def assert_nobody_falls(plain, other, mechanism, without=frozenset()):
    book, before, after = Book(plain, mechanism), decide(plain, mechanism), decide(other, mechanism)
    for i in book.wishes.keys() - without:
        assert standing(book, after, i) <= standing(book, before, i), i


@samples(60)
@given(instances() | markets(), st.sampled_from(DA), st.data())
def test_a_seat_more_harms_nobody(plain, mechanism, data):
    opening = data.draw(st.sampled_from(plain["openings"]))["id"]
    assert_nobody_falls(plain, raised(plain, over(plain, opening)), mechanism)


def raised(plain, names):
    """Return the instance with a seat more in every opening and cap named."""
    more = {
        key: [row | {"capacity": row["capacity"] + (row["id"] in names)} for row in plain.get(key, [])]
        for key in ("openings", "caps")
    }
    return plain | more


def over(plain, opening):
    """Return an opening and all caps over it."""
    return {opening, *(cap["id"] for cap in plain.get("caps", []) if opening in cap["openings"])}


@samples(60)
@given(instances(), st.sampled_from(DA), st.data())
def test_a_limit_that_lies_in_no_other_can_be_raised_and_harms_nobody(plain, mechanism, data):
    wide = sorted(plain.get("caps", []), key=lambda cap: -len(cap["openings"]))[:1]
    alone = [row for row in plain["openings"] if over(plain, row["id"]) == {row["id"]}]
    limit = data.draw(st.sampled_from(wide + alone))["id"] if wide + alone else ""
    assert_nobody_falls(plain, raised(plain, {limit}), mechanism)


def test_a_seat_more_inside_a_cap_that_stays_as_it_is_can_harm():
    plain = {
        "applicants": [{"id": i, "prefs": [c]} for i, c in (("a", "c0"), ("b", "c0"), ("c", "c1"))],
        "openings": [{"id": c, "capacity": 1, "priority": ["a", "b", "c"]} for c in ("c0", "c1")],
        "caps": [{"id": "X", "openings": ["c0", "c1"], "capacity": 2, "priority": ["a", "b", "c"]}],
    }
    assert decide(plain, APPLICANTS) == {"a": "c0", "b": None, "c": "c1"}
    assert decide(raised(plain, {"c0"}), APPLICANTS) == {"a": "c0", "b": "c0", "c": None}


@samples(60)
@given(instances() | markets(), st.data())
def test_claiming_a_category_never_harms_the_claimant(plain, data):
    reserving = [row for row in plain["openings"] if row.get("choice", {}).get("rule") == "reserve_soft"]
    for person, row in Book(plain, APPLICANTS).people.items():
        kind = data.draw(st.sampled_from(("f", "r")))
        capped = any("caps" in opening.get("choice", {}) for opening in plain["openings"])
        if reserving and not capped and not {"f", "r"} & set(row["types"]):
            claimed = changed(plain, person, types=[*row["types"], kind])
            book, before, after = Book(plain, APPLICANTS), decide(plain, APPLICANTS), decide(claimed, APPLICANTS)
            assert standing(book, after, person) <= standing(book, before, person)
