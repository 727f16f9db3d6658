"""What is promised to people: no other list gains, nobody who leaves harms, a claim and a better score never hurt."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.completing import Infeasible
from tests.engine.allocation_brute import keeping_minima, standing
from tests.engine.allocation_cases import changed, decide, next_round, over, raised
from tests.engine.allocation_reference import Book
from tests.engine.allocation_strategies import (
    ANY,
    APPLICANTS,
    DA,
    FLAT,
    MERIT,
    guarantees,
    instances,
    markets,
    samples,
    with_minima,
)

SERIAL = ("responsive", "cap_hard")
OPEN = ("responsive", "reserve_soft")


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
@given(instances(most=4) | instances(most=3, openings=4, caps=FLAT) | guarantees(most=4))
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
@given(instances() | guarantees(), st.sampled_from(DA), st.data())
def test_whoever_withdraws_harms_nobody(plain, mechanism, data):
    withdrawn = data.draw(st.sampled_from([None, *Book(plain, mechanism).wishes]))
    assert_nobody_falls(plain, changed(plain, withdrawn, prefs=[]), mechanism, {withdrawn})


def assert_nobody_falls(plain, other, mechanism, without=frozenset()):
    book, before, after = Book(plain, mechanism), decide(plain, mechanism), decide(other, mechanism)
    for i in book.wishes.keys() - without:
        assert standing(book, after, i) <= standing(book, before, i), i


@samples(60)
@given(instances() | markets() | guarantees(), st.sampled_from(DA), st.data())
def test_a_seat_more_harms_nobody(plain, mechanism, data):
    opening = data.draw(st.sampled_from(plain["openings"]))["id"]
    assert_nobody_falls(plain, raised(plain, over(plain, opening)), mechanism)


@samples(60)
@given(instances() | guarantees(), st.sampled_from(DA), st.data())
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


# --- a claim, a better score -----------------------------------------------------------------------------------------


def assert_rises(plain, other, mechanism, person):
    """Assert that one person is no worse off in the other instance, by their own wishes."""
    book, before, after = Book(plain, mechanism), decide(plain, mechanism), decide(other, mechanism)
    assert standing(book, after, person) <= standing(book, before, person), person


@samples(60)
@given(instances(rules=OPEN) | markets(rules=OPEN), st.sampled_from(("f", "r")))
def test_claiming_a_category_never_harms_the_claimant(plain, kind):
    for row in plain["applicants"]:
        if not {"f", "r"} & set(row["types"]):
            assert_rises(plain, changed(plain, row["id"], types=[*row["types"], kind]), APPLICANTS, row["id"])


@samples(60)
@given(instances(caps=FLAT, orders="scores"), st.data())
def test_a_higher_score_in_one_opening_never_harms_its_owner(plain, data):
    for row in plain["applicants"]:
        scores = {c: score + data.draw(st.integers(0, 3)) for c, score in row["scores"].items()}
        assert_rises(plain, changed(plain, row["id"], scores=scores), APPLICANTS, row["id"])


@samples(60)
@given(instances(orders="score"), st.sampled_from((APPLICANTS, MERIT)), st.integers(1, 4))
def test_a_higher_score_never_harms_its_owner_under_caps_either(plain, mechanism, more):
    free = plain | {"caps": [{k: v for k, v in cap.items() if k != "priority"} for cap in plain.get("caps", [])]}
    for row in plain["applicants"]:
        assert_rises(free, changed(free, row["id"], score=row["score"] + more), mechanism, row["id"])


@samples(40)
@given(instances(caps=ANY, rules=SERIAL, merit=True))
def test_whoever_comes_to_the_head_of_the_merit_order_is_not_harmed(plain):
    for row in plain["applicants"]:
        if "merit_order" in plain:
            rest = [
                [i for i in ([tied] if isinstance(tied, str) else tied) if i != row["id"]]
                for tied in plain["merit_order"]
            ]
            other = plain | {"merit_order": [row["id"], *rest]}
        else:
            other = changed(plain, row["id"], score=9)
        assert_rises(plain, other, MERIT, row["id"])


# --- look-ahead, the lot, rounds -------------------------------------------------------------------------------------


@samples(40)
@given(with_minima(), st.data())
def test_under_minima_the_lists_of_those_who_come_later_change_nothing(plain, data):
    order = sorted((book := Book(plain, "exact")).common, key=book.common.get)
    at, other = data.draw(st.integers(0, len(order))), plain
    for person in order[at:]:
        other = changed(other, person, prefs=data.draw(st.sampled_from(every_list(plain))))
    try:
        before, after = decide(plain, "exact"), decide(other, "exact")
    except Infeasible:
        assert keeping_minima(book) is None
    else:
        assert [after[i] for i in order[:at]] == [before[i] for i in order[:at]]


@samples(40)
@given(instances(parted="seed"), st.text("xyz", min_size=3, max_size=3), st.sampled_from((*DA, None)))
def test_another_seed_changes_nothing_where_nobody_is_tied(plain, seed, mechanism):
    redrawn = plain | {"seed": seed}
    one, two = Book(plain, mechanism), Book(redrawn, mechanism)
    if (one.accepts, one.common) == (two.accepts, two.common):
        assert decide(plain, mechanism) == decide(redrawn, mechanism)


@samples(40)
@given(
    instances(openings=1, caps=FLAT, rules=("responsive",), parted="seed", orders="scores"),
    st.text("xyz", min_size=3, max_size=3),
)
def test_another_seed_moves_only_people_tied_at_the_last_seat(plain, seed):
    before, after = decide(plain, APPLICANTS), decide(plain | {"seed": seed}, APPLICANTS)
    scores = {row["id"]: row["scores"].get("c0") for row in plain["applicants"]}
    moved = {scores[i] for i in before if before[i] != after[i]}
    assert moved <= {min((scores[i] for i, c in before.items() if c), default=None)}


def some_people(plain):
    """Return a strategy of people of an instance."""
    return st.sets(st.sampled_from([row["id"] for row in plain["applicants"]]))


def assert_rounds_agree(plain, mechanism, withdrawn):
    before, fresh = decide(plain, mechanism), plain
    for person in withdrawn:
        fresh = changed(fresh, person, prefs=[])
    assert decide(next_round(plain, before, withdrawn), mechanism) == decide(fresh, mechanism)


@samples(60)
@given(instances() | markets() | guarantees(), st.sampled_from(DA), st.data())
def test_a_round_after_withdrawals_is_the_whole_rule_again(plain, mechanism, data):
    assert_rounds_agree(plain, mechanism, data.draw(some_people(plain)))


@samples(60)
@given(instances(orders="score", rules=SERIAL), st.data())
def test_in_merit_order_under_nested_limits_a_round_is_the_whole_rule_again(plain, data):
    assert_rounds_agree(plain, MERIT, data.draw(some_people(plain)))


@samples(60)
@given(instances(merit=True, caps=ANY, rules=SERIAL), st.data())
def test_in_a_round_nobody_who_stays_falls_whatever_the_caps(plain, data):
    withdrawn = data.draw(some_people(plain))
    book, before = Book(plain, MERIT), decide(plain, MERIT)
    after = decide(next_round(plain, before, withdrawn), MERIT)
    assert all(standing(book, after, i) <= standing(book, before, i) for i in book.wishes if i not in withdrawn)


def test_under_caps_that_cross_running_afresh_after_a_withdrawal_can_harm_and_a_round_does_not():
    plain = {
        "applicants": [{"id": "a", "prefs": ["c3"]}, {"id": "b", "prefs": ["c0", "c1"]}, {"id": "c", "prefs": ["c2"]}],
        "openings": [{"id": c, "capacity": 1} for c in ("c0", "c1", "c2", "c3")],
        "caps": [{"id": name, "openings": ["c0", c], "capacity": 1} for name, c in (("X", "c3"), ("Y", "c2"))],
        "merit_order": ["a", "b", "c"],
    }
    before = decide(plain, MERIT)
    assert before == {"a": "c3", "b": "c1", "c": "c2"}
    assert decide(changed(plain, "a", prefs=[]), MERIT) == {"a": None, "b": "c0", "c": None}
    assert decide(next_round(plain, before, {"a"}), MERIT) == {"a": None, "b": "c1", "c": "c2"}


def test_a_round_goes_on_until_nobody_rises():
    plain = {
        "applicants": [{"id": "a", "prefs": ["c0"], "held": "c1"}, {"id": "b", "prefs": ["c3"], "held": "c2"}],
        "openings": [{"id": c, "capacity": 1} for c in ("c0", "c1", "c2", "c3")],
        "caps": [{"id": "X", "openings": ["c0", "c2"], "capacity": 1}],
        "merit_order": ["a", "b"],
    }
    assert decide(plain, MERIT) == {"a": "c0", "b": "c3"}
