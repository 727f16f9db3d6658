"""Who is selected: against a plain second implementation, and whatever the order of the rows."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from rantau.engine.canonical import canonical
from rantau.engine.refusal import Refusal
from rantau.engine.selection import Criterion, Decision, Outcome, Row, Rules, compare, decide, lot
from tests.engine.reference import reference
from tests.engine.strategies import decisions

VECTORS = json.loads((Path(__file__).parent / "vectors" / "selection.json").read_text())
BETTER = {"selected": 2, "reserve": 1, "unsuccessful": 0}

quick = settings(max_examples=60, deadline=None)


def _plain(decision):
    return [(o.code, o.rank, o.total, o.outcome, o.step, o.reason) for o in decision.outcomes]


def _standing(decision):
    return {o.code: BETTER[o.outcome] for o in decision.outcomes}


@quick
@given(decisions())
def test_the_plain_reference_decides_the_same(given_):
    rows, rules, seed = given_
    decision = decide(rows, rules, seed=seed)
    assert _plain(decision) == reference(rows, rules, seed)
    totals = [o.total for o in decision.outcomes if o.outcome == "selected"]
    assert decision.cut == (min(totals) if totals else None)


@quick
@given(decisions(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_never_matters(given_, shuffler):
    rows, rules, seed = given_
    shuffled = list(rows)
    shuffler.shuffle(shuffled)
    assert canonical(decide(shuffled, rules, seed=seed)) == canonical(decide(rows, rules, seed=seed))


@quick
@given(decisions())
def test_no_better_row_is_passed_over_and_no_seat_stays_empty(given_):
    rows, rules, seed = given_
    outcomes = decide(rows, rules, seed=seed).outcomes
    ranked = [o for o in outcomes if o.rank]
    assert [o.rank for o in ranked] == [i + 1 for i in range(len(ranked))]
    assert [o.total for o in ranked] == sorted((o.total for o in ranked), reverse=True)
    assert sum(o.outcome == "selected" for o in outcomes) == min(rules.seats, len(ranked))
    assert sum(o.outcome == "reserve" for o in outcomes) == min(rules.reserve, max(0, len(ranked) - rules.seats))


@quick
@given(decisions())
def test_more_seats_harm_nobody_and_keep_the_selected(given_):
    rows, rules, seed = given_
    before = decide(rows, rules, seed=seed)
    after = _standing(decide(rows, rules.model_copy(update={"seats": rules.seats + 1}), seed=seed))
    assert all(after[code] >= standing for code, standing in _standing(before).items())


@quick
@given(decisions(), st.data())
def test_a_higher_mark_never_harms_its_owner(given_, data):
    rows, rules, seed = given_
    able = [
        (i, c) for i, row in enumerate(rows) for c in rules.criteria if row.marks.get(c.code, c.maximum) < c.maximum
    ]
    if not able:
        return
    i, criterion = data.draw(st.sampled_from(able))
    row = rows[i]
    mark = data.draw(st.integers(row.marks[criterion.code] + 1, criterion.maximum))
    raised = Row(code=row.code, marks={**row.marks, criterion.code: mark})
    before = {o.code: o for o in decide(rows, rules, seed=seed).outcomes}[row.code]
    after = {o.code: o for o in decide((*rows[:i], raised, *rows[i + 1 :]), rules, seed=seed).outcomes}[row.code]
    assert BETTER[after.outcome] >= BETTER[before.outcome]
    assert before.rank is None or after.rank <= before.rank


@quick
@given(decisions())
def test_the_lot_parts_only_rows_that_nothing_else_parts(given_):
    rows, rules, seed = given_
    by_code = {row.code: row for row in rows}
    ranked = [o for o in decide(rows, rules, seed=seed).outcomes if o.rank]
    for above, below in pairwise(ranked):
        one, other = by_code[above.code], by_code[below.code]
        marks_tied = all(one.marks[code] == other.marks[code] for code in rules.tie_break)
        assert (below.step == "lot") == (above.total == below.total and marks_tied)


@quick
@given(decisions(), st.text("xyz", min_size=4, max_size=4))
def test_another_seed_moves_only_rows_inside_tied_groups(given_, other_seed):
    rows, rules, seed = given_
    by_code = {row.code: row for row in rows}

    def groups(decision):
        ranked = [o for o in decision.outcomes if o.rank]
        return [(o.total, *(by_code[o.code].marks[c] for c in rules.tie_break)) for o in ranked]

    assert groups(decide(rows, rules, seed=seed)) == groups(decide(rows, rules, seed=other_seed))


@quick
@given(decisions())
def test_each_step_between_neighbours_evaluates_true_again(given_):
    rows, rules, seed = given_
    by_code = {row.code: row for row in rows}
    ranked = [o for o in decide(rows, rules, seed=seed).outcomes if o.rank]
    assert [o.step for o in ranked[:1]] == ["first"][: len(ranked)]
    for above, below in pairwise(ranked):
        step, better = compare(by_code[above.code], by_code[below.code], rules, seed=seed)
        assert (step, better > 0) == (below.step, True)
        back = compare(by_code[below.code], by_code[above.code], rules, seed=seed)
        assert (back[0], back[1] < 0) == (step, True)


@quick
@given(decisions(), st.integers(2, 9))
def test_another_unit_of_a_criterion_changes_nothing(given_, factor):
    rows, rules, seed = given_
    first = rules.criteria[0]
    pass_mark = None if first.pass_mark is None else first.pass_mark * factor
    scaled = first.model_copy(update={"maximum": first.maximum * factor, "pass_mark": pass_mark})
    other_rules = rules.model_copy(update={"criteria": (scaled, *rules.criteria[1:])})
    others = [
        Row(code=r.code, marks={c: m * factor if c == first.code else m for c, m in r.marks.items()}) for r in rows
    ]
    assert decide(others, other_rules, seed=seed) == decide(rows, rules, seed=seed)


@quick
@given(st.text(max_size=5), st.lists(st.text("ABC", max_size=4), unique=True))
def test_lots_are_distinct_numbers_of_16_bytes(seed, codes):
    numbers = {lot(seed, code) for code in codes}
    assert len(numbers) == len(codes)
    assert all(0 <= number < 1 << 128 for number in numbers)


@pytest.mark.parametrize("vector", VECTORS["lots"], ids=lambda v: v["code"])
def test_golden_lots(vector):
    assert f"{lot(vector['seed'], vector['code']):032x}" == vector["lot"]


@pytest.mark.parametrize("vector", VECTORS["rounds"], ids=lambda v: v["name"])
def test_golden_rounds(vector):
    rows = [Row.read(row) for row in vector["rows"]]
    decision = decide(rows, Rules.read(vector["rules"]), seed=vector["seed"])
    assert decision.plain() == {"outcomes": vector["outcomes"], "cut": vector["cut"]}


ONE = Criterion(code="written", maximum=100, weight=100, pass_mark=50)


def _decide(*rows, **rules):
    return decide(rows, Rules(**{"seats": 1, "reserve": 0, "criteria": (ONE,), "tie_break": ()} | rules), seed="s")


def test_nobody_tested_selects_nobody():
    assert _decide() == Decision(outcomes=(), cut=None)


def test_the_pass_mark_itself_passes_and_one_hundredth_less_does_not():
    decision = _decide(Row(code="A", marks={"written": 50}), Row(code="B", marks={"written": 49}))
    assert decision.outcomes == (
        Outcome(code="A", rank=1, total=5000, outcome="selected", step="first", reason="within_seats"),
        Outcome(code="B", rank=None, total=None, outcome="unsuccessful", step="gate", reason="below_pass:written"),
    )


@pytest.mark.parametrize(
    ("rows", "code", "facts"),
    [
        ([("A", {}), ("A", {})], "selection.duplicate", {"row": "A"}),
        ([("A", {"favour": 1})], "selection.unknown_criterion", {"row": "A", "criterion": "favour"}),
        ([("A", {"written": 101})], "selection.mark_range",
         {"row": "A", "criterion": "written", "mark": 101, "maximum": 100}),
        ([("A", {"written": -1})], "selection.mark_range",
         {"row": "A", "criterion": "written", "mark": -1, "maximum": 100}),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_refused(rows, code, facts):
    with pytest.raises(Refusal) as refusal:
        _decide(*(Row(code=row, marks=marks) for row, marks in rows))
    assert (refusal.value.code, refusal.value.facts) == (code, facts)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"seats": 0}, "seats: must be positive"),
        ({"reserve": -1}, "seats: must be positive, and reserve not negative"),
        ({"criteria": (ONE, ONE)}, "criteria: each code may appear once"),
        ({"criteria": ()}, "criteria: the weights must sum to 100"),
        ({"tie_break": ("age",)}, "tie_break: criteria of these rules"),
        ({"tie_break": ("written", "written")}, "tie_break: criteria of these rules, each once"),
    ],
)
def test_rules_that_cannot_be_are_no_rules(change, says):
    with pytest.raises(ValidationError, match=re.escape(says)):
        Rules(**{"seats": 1, "reserve": 0, "criteria": (ONE,), "tie_break": ()} | change)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"code": "lot"}, "code: 'lot' is no name"),
        ({"code": "Written"}, "code: 'Written' is no name"),
        ({"maximum": 0, "pass_mark": None}, "maximum: must be positive"),
        ({"weight": 0}, "weight: must be positive"),
        ({"pass_mark": 101}, "pass_mark: must lie between"),
        ({"pass_mark": -1}, "pass_mark: must lie between"),
    ],
)
def test_a_criterion_that_cannot_be_is_none(change, says):
    with pytest.raises(ValidationError, match=re.escape(says)):
        Criterion(**{"code": "written", "maximum": 100, "weight": 100, "pass_mark": 50} | change)
