"""Who is selected under floors and caps: against all sets of people there are, and whatever is turned around."""

import hashlib
import json
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine.canonical import canonical
from rantau.engine.quotas import Infeasible, Selection, choose, dump, read
from rantau.engine.selection import lot
from tests.engine.quota_reference import Reference, shuffled
from tests.engine.quota_strategies import WAYS, instances, many

VECTORS = json.loads((Path(__file__).parent / "vectors" / "quotas.json").read_text())

every_way = pytest.mark.parametrize(("counting", "mode"), WAYS)


def _chosen(plain, **how):
    return choose(read(plain), **how)


def _answer(result):
    """Return all that a result says but how it was found."""
    return result.model_copy(update={"method": "exact"}) if isinstance(result, Selection) else result


def _selected(plain):
    result = _chosen(plain)
    return list(result.selected) if isinstance(result, Selection) else None


@every_way
@given(st.data())
def test_the_best_of_all_sets_is_selected_and_every_reason_is_true(counting, mode, data):
    plain = data.draw(instances(counting, mode))
    result, reference = _chosen(plain), Reference(plain)
    best = reference.selected()
    if best is None:
        assert isinstance(result, Infeasible)
        return
    others = [code for code in reference.order if code not in best]
    assert result.selected == tuple(best)
    assert result.refused == {code: reference.reason(best, code) for code in others}
    assert result.unfilled_reserve == (None if mode == "hard" else reference.unfilled(best))


@given(st.data())
def test_what_cannot_hold_is_named_and_nothing_but_what_is_needed(data):
    plain = data.draw(instances(data.draw(st.sampled_from(("one_to_all", "one_to_one"))), "hard"))
    result, reference = _chosen(plain), Reference(plain)
    if reference.selected() is not None:
        assert isinstance(result, Selection)
        return
    short = [
        {"group": group, "required": seats, "available": reference.inside(reference.order, group)}
        for group, seats in reference.floors.items()
        if seats > reference.inside(reference.order, group)
    ]
    assert result.file()["shortfall"] == short
    assert not reference.holds_together(result.conflict)
    without = {name: [other for other in result.conflict if other != name] for name in result.conflict}
    assert {name: reference.holds_together(rest) for name, rest in without.items()} == dict.fromkeys(without, True)


@every_way
@given(st.data())
def test_the_solver_selects_the_same_people_for_the_same_reasons(counting, mode, data):
    plain = data.draw(instances(counting, mode, nested=True))
    assert _answer(_chosen(plain, exact=True)) == _answer(_chosen(plain))


@every_way
@pytest.mark.parametrize("number", range(3))
def test_many_people_are_selected_alike_by_paths_and_by_the_solver(counting, mode, number):
    plain = many(60, counting, mode, seed=str(number))
    if counting == "one_to_all":
        plain["rule"]["floors"] = plain["rule"]["floors"][2:]
    result = _chosen(plain)
    assert result.method == "merit"
    assert _answer(_chosen(plain, exact=True)) == _answer(result)


@pytest.mark.parametrize("mode", ["hard", "soft"])
@given(st.data())
def test_nested_groups_give_the_highest_total_too(mode, data):
    plain = data.draw(instances("one_to_all", mode, nested=True))
    result, reference = _chosen(plain), Reference(plain)
    if isinstance(result, Infeasible):
        return
    assert result.method == "merit"
    size, used = len(result.selected), reference.used(result.selected)
    totals = [
        sum(reference.people[code]["score"] for code in chosen)
        for chosen in reference.sets(size, seats=size)
        if reference.used(chosen) == used
    ]
    assert sum(reference.people[code]["score"] for code in result.selected) == max(totals)


@given(st.data())
def test_groups_that_cross_are_left_to_the_solver_only_where_people_count_more_than_once(data):
    crossing = [{"id": code, "score": i, "groups": list(code)} for i, code in enumerate(("a", "b", "ab"))]
    part = data.draw(st.sampled_from(("floors", "caps")))
    rule = {part: [{"group": group, "seats": 1} for group in "ab"]}
    found = {
        (part, counting): _chosen({"candidates": crossing, "seats": 2, "rule": {**rule, "counting": counting}}).method
        for counting in ("one_to_all", "one_to_one")
    }
    expected = {("floors", "one_to_one"): "merit"}
    assert found == {key: expected.get(key, "exact") for key in found}


@every_way
@given(st.data())
def test_the_order_of_candidates_never_matters(counting, mode, data):
    plain = data.draw(instances(counting, mode))
    expected = dump(_chosen(plain))
    assert {dump(_chosen(turned)) for turned in shuffled(plain)} == {expected}


@every_way
@given(st.data())
def test_the_order_of_floors_and_caps_selects_nobody_else(counting, mode, data):
    plain = data.draw(instances(counting, mode))
    rule = {**plain["rule"], **{part: plain["rule"][part][::-1] for part in ("floors", "caps")}}
    assert _selected({**plain, "rule": rule}) == _selected(plain)


@every_way
@given(st.data())
def test_claiming_a_group_with_places_reserved_never_harms_who_claims_it(counting, mode, data):
    plain = data.draw(instances(counting, mode))
    capped = {cap["group"] for cap in plain["rule"]["caps"]}
    before = _selected(plain) or []
    for i, person in enumerate(plain["candidates"]):
        for group in {floor["group"] for floor in plain["rule"]["floors"]} - capped - {*person["groups"]}:
            claims = {**person, "groups": [*person["groups"], group]}
            people = [*plain["candidates"][:i], claims, *plain["candidates"][i + 1 :]]
            after = _selected({**plain, "candidates": people})
            assert person["id"] not in before or person["id"] in after


@every_way
@given(st.data())
def test_a_higher_score_never_harms_its_owner(counting, mode, data):
    plain = data.draw(instances(counting, mode))
    before = _selected(plain) or []
    for i, person in enumerate(plain["candidates"]):
        better = {**person, "score": person["score"] + data.draw(st.integers(1, 3))}
        people = [*plain["candidates"][:i], better, *plain["candidates"][i + 1 :]]
        after = _selected({**plain, "candidates": people})
        assert person["id"] not in before or person["id"] in after


@every_way
@given(st.data())
def test_another_lot_decides_first_between_people_with_the_same_score(counting, mode, data):
    plain = data.draw(instances(counting, mode))
    turned = {**plain, "seed": "another"}
    one, other = _selected(plain), _selected(turned)
    if one is None or other is None:
        assert one == other
        return
    scores = {person["id"]: person["score"] for person in plain["candidates"]}
    lost, won = ([scores[code] for code in mine if code not in theirs] for mine, theirs in ((one, other), (other, one)))
    assert max(lost, default=None) == max(won, default=None)


@pytest.mark.parametrize("mode", ["hard", "soft"])
@given(st.data())
def test_another_lot_selects_the_same_scores_where_groups_are_nested(mode, data):
    plain = data.draw(instances("one_to_all", mode, nested=True))
    scores = {person["id"]: person["score"] for person in plain["candidates"]}
    one, other = (_selected({**plain, "seed": text}) for text in ("one", "other"))
    assert one is other is None or [scores[code] for code in one] == [scores[code] for code in other]


@given(st.data())
def test_without_equal_scores_there_is_nothing_for_the_lot_to_decide(data):
    plain = data.draw(instances(mode="soft", tied=False))
    without = {key: value for key, value in plain.items() if key != "seed"}
    assert dump(_chosen(without)) == dump(_chosen(plain))


@given(st.integers(1, 6), st.text("xyz", max_size=3))
def test_where_all_are_equal_the_largest_lots_are_selected(seats, text):
    codes = [f"p{i}" for i in range(6)]
    result = _chosen({"candidates": [{"id": c, "score": 7} for c in codes], "seats": seats, "seed": text})
    assert list(result.selected) == sorted(codes, key=lambda code: -lot(text, code))[:seats]
    assert set(result.refused.values()) <= {"TIE_LOST"}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["name"])
def test_golden_selections(vector):
    assert json.loads(dump(_chosen(vector["instance"]))) == vector["result"]


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize(("counting", "mode", "seats"), [(*way, seats) for way, seats in product(WAYS, (0, 3))])
def test_nobody_can_be_selected_of_nobody_or_into_no_seat(counting, mode, seats, exact):
    rule = {"counting": counting, "mode": mode}
    result = _chosen({"candidates": [], "seats": seats, "rule": rule}, exact=exact)
    assert (result.selected, result.refused) == ((), {})
    none = _chosen({"candidates": [{"id": "A", "score": 1}], "seats": 0, "rule": rule}, exact=exact)
    assert (none.selected, none.refused) == ((), {"A": "BELOW_CUTOFF"})


A, B, C, D = ({"id": code, "score": 9 - i} for i, code in enumerate("ABCD"))


def _in(person, *groups):
    return {**person, "groups": list(groups)}


def _rule(floors=(), caps=(), **rule):
    parts = {"floors": floors, "caps": caps}
    return rule | {part: [{"group": g, "seats": seats} for g, seats in found] for part, found in parts.items()}


@pytest.mark.parametrize(
    ("people", "seats", "rule", "selected", "refused"),
    [
        ([A, B], 5, {}, ["A", "B"], {}),
        ([A, B], 1, {}, ["A"], {"B": "BELOW_CUTOFF"}),
        ([_in(A, "x"), B], 2, _rule(caps=[("x", 0)]), ["B"], {"A": "CAP_FULL:x"}),
        ([_in(A, "x"), B], 1, _rule(caps=[("x", 0)]), ["B"], {"A": "CAP_FULL:x"}),
        ([_in(A, "x")], 1, _rule(caps=[("x", 0)]), [], {"A": "CAP_FULL:x"}),
        ([A, _in(B, "x")], 1, _rule(floors=[("x", 1)]), ["B"], {"A": "FLOOR_NEEDS:x"}),
        ([A, _in(B, "x")], 1, _rule(floors=[("x", 0), ("nobody", 0)]), ["A"], {"B": "BELOW_CUTOFF"}),
        ([A, _in(B, "x")], 1, _rule(floors=[("x", 9)], mode="soft"), ["B"], {"A": "FLOOR_NEEDS:x"}),
        ([A, _in(B, "x")], 1, _rule(floors=[("nobody", 9)], mode="soft"), ["A"], {"B": "BELOW_CUTOFF"}),
        ([_in(A, "x"), _in(B, "x")], 10**30, _rule(caps=[("x", 10**30)], mode="soft"), ["A", "B"], {}),
        ([_in(A, "x"), B], 2, _rule(floors=[("x", 1)], caps=[("x", 1)]), ["A", "B"], {}),
        ([_in(A, "x", "y"), _in(B, "x"), _in(C, "y"), D], 3, _rule(floors=[("x", 1), ("y", 1)]), ["A", "B", "C"],
         {"D": "BELOW_CUTOFF"}),
        ([_in(A, "x", "y"), B, C, _in(D, "x")], 3, _rule(floors=[("x", 1), ("y", 1)]), ["A", "B", "C"],
         {"D": "BELOW_CUTOFF"}),
        ([_in(A, "x", "y"), B, C, _in(D, "x")], 3, _rule([("x", 1), ("y", 1)], counting="one_to_one"), ["A", "B", "D"],
         {"C": "FLOOR_NEEDS:x"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("exact", [False, True])
def test_edges(people, seats, rule, selected, refused, exact):
    result = _chosen({"candidates": people, "seats": seats, "rule": rule}, exact=exact)
    assert (list(result.selected), result.refused) == (selected, refused)


def test_without_a_rule_the_best_are_selected():
    assert _chosen({"candidates": [B, A], "seats": 1}) == Selection(
        selected=("A",), refused={"B": "BELOW_CUTOFF"}, method="merit"
    )


@pytest.mark.parametrize(
    ("people", "seats", "rule", "shortfall", "conflict"),
    [
        ([], 0, _rule([("x", 1)]), [("x", 1, 0)], ["x"]),
        ([A, B], 2, _rule([("x", 1), ("y", 2)]), [("x", 1, 0), ("y", 2, 0)], ["x"]),
        ([_in(A, "x"), _in(B, "x")], 1, _rule([("x", 2)]), [], ["x", "seats"]),
        ([_in(A, "x"), _in(B, "x")], 0, _rule([("x", 1)]), [], ["x", "seats"]),
        ([_in(A, "x"), _in(B, "x")], 2, _rule([("x", 2)], [("x", 1)]), [], ["x", "cap:x"]),
        ([_in(A, "x"), _in(B, "x")], 2, _rule([("y", 0), ("x", 2)], [("x", 1), ("z", 0)]), [], ["x", "cap:x"]),
        ([_in(A, "x", "y"), B], 2, _rule([("x", 1), ("y", 1)], counting="one_to_one"), [], ["x", "y"]),
        ([_in(A, "x")], 1, _rule([("x", 10**30)]), [("x", 10**30, 1)], ["x"]),
    ],
)
@pytest.mark.parametrize("exact", [False, True])
def test_floors_that_cannot_hold(people, seats, rule, shortfall, conflict, exact):
    result = _chosen({"candidates": people, "seats": seats, "rule": rule}, exact=exact)
    rows = [{"group": group, "required": required, "available": has} for group, required, has in shortfall]
    assert result.file() == {"status": "infeasible", "shortfall": rows, "conflict": conflict}


def test_an_answer_has_one_form_of_bytes():
    plain = {"candidates": [A, B], "seats": 1, "rule": {"mode": "soft"}}
    result = _chosen(plain)
    digest = result.file()["digest"]
    assert dump(result) == (
        b'{"format":"rantau.selection/1","digest":"%s","method":"merit","refused":{"B":"BELOW_CUTOFF"},'
        b'"selected":["A"],"unfilled_reserve":{}}\n' % digest.encode()
    )
    rest = {key: value for key, value in result.file().items() if key != "digest"}
    assert digest == hashlib.sha256(canonical(rest)).hexdigest()
    impossible = _chosen({"candidates": [], "seats": 1, "rule": _rule([("x", 1)])})
    assert dump(impossible) == (
        b'{"conflict":["x"],"shortfall":[{"available":0,"group":"x","required":1}],"status":"infeasible"}\n'
    )
