"""Assumed values: they fill what is unpublished, never touch anything else, and their problems are named in their own file."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rantau.engine.known import Assumed, Unpublished
from rantau.engine.programme import Programme, known_values
from rantau.engine.programme_file import Assumption, Assumptions, check, overlay, parse_assumptions
from rantau.engine.refusal import Refusal
from tests.engine.programmes import ASSUMED, RUSAL, changed, data, found, problems_of, rehearsed, rusal

CRITERIA = ("selection", "criteria", "value")
FILLED = dict(known_values(rehearsed()))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_assumptions_never_change_what_is_not_unpublished(draw):
    every = parse_assumptions(ASSUMED, "b")
    chosen = draw.draw(
        st.lists(st.sampled_from([v for v in every.values if v.path[0] != "employer_stage"]), unique_by=id)
    )
    independent = [v for v in chosen if v.path[0] not in ("fields", "fields_split", "selection")]
    before = dict(known_values(rusal()))
    after = dict(known_values(overlay(rusal(), every.model_copy(update={"values": tuple(independent)}))))
    filled = {".".join(v.path) for v in independent}
    assert {path: fact for path, fact in after.items() if path not in filled} == {
        path: fact for path, fact in before.items() if path not in filled
    }
    assert {path: after[path] for path in filled} == {path: FILLED[path] for path in filled}
    assert all(isinstance(before[path], Unpublished) and isinstance(after[path], Assumed) for path in filled)


@settings(deadline=None)
@given(st.sampled_from(sorted(path for path, fact in known_values(rusal()) if not isinstance(fact, Unpublished))))
def test_a_published_or_contested_value_cannot_be_assumed(path):
    table = {"value": 1, "assumed": True, "model": "Rantau"}
    assumption = Assumption(path=tuple(path.split(".")), table=table)
    with pytest.raises(Refusal) as refused:
        overlay(rusal(), Assumptions(programme="rusal-2026", sources=(), values=(assumption,)), path="b")
    assert found(problems_of(refused.value)) == [
        (path, "this value is published; it cannot be assumed", "an assumption for an unpublished value")
    ]


def assumed(*changes: tuple[tuple, Any]) -> list[tuple[str, str, str]]:
    problems = check(RUSAL, "a", changed(ASSUMED, *changes), "b")
    assert {problem.file for problem in problems} == {"b"}
    return found(problems)


FORM = '{ value = …, assumed = true, model = "…" }'
NO_PLACE = ("there is no value here that could be assumed", "the path of an unpublished value")
FILLS = {"value": 1, "assumed": True, "model": "Rantau"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([(("programme",), "contoh-jepang")], [("programme", '"contoh-jepang" is another programme', "rusal-2026")]),
        ([(("programme",), None)], [("programme", "null does not fit", "a valid string")]),
        (
            [(("pay",), {"ceiling": FILLS})],
            [
                (
                    "pay.ceiling",
                    "this value is published; it cannot be assumed",
                    "an assumption for an unpublished value",
                )
            ],
        ),
        ([(("title",), {"id": FILLS})], [("title.id", *NO_PLACE)]),
        ([(("title",), FILLS)], [("title", *NO_PLACE)]),
        ([(("fields", "weather"), {"seats": FILLS})], [("fields.weather.seats", *NO_PLACE)]),
        ([(("code",), {"x": FILLS})], [("code.x", *NO_PLACE)]),
        ([(("dates", "departs_on"), 5)], [("dates.departs_on", "5 is no assumed value", FORM)]),
        ([(("dates", "departs_on", "assumed"), None)], [("dates.departs_on.assumed", "not marked as assumed", FORM)]),
        ([(("dates", "departs_on", "assumed"), False)], [("dates.departs_on.assumed", "not marked as assumed", FORM)]),
        (
            [(("fields", "power", "seats", "value"), -1)],
            [("fields.power.seats.value", "-1 does not fit", "greater than or equal to 0")],
        ),
        ([(("fields", "power", "seats", "value"), 9)], [("fields", "the seats sum to 49", "seats that sum to 50")]),
        (
            [((*CRITERIA, 2, "weight"), "x")],
            [("selection.criteria.value[2].weight", '"x" does not fit', "a valid integer")],
        ),
        (
            [((*CRITERIA, 2, "weight"), 30)],
            [("selection.criteria.value", "the weights sum to 90", "weights that sum to 100")],
        ),
        (
            [
                (("sources", 0, "key"), "suara"),
                (("selection", "tie_break", "sources"), []),
                (("selection", "criteria", "sources"), []),
            ],
            [(f"sources[{len(rusal().sources)}].key", '"suara" stands here twice', "each once")],
        ),
    ],
)
def test_each_problem_of_the_assumptions_is_named(changes, expected):
    assert assumed(*changes) == expected


def test_both_files_are_checked_at_once():
    problems = check(changed(RUSAL, (("kind",), "dream")), "a", changed(ASSUMED, (("programme",), 1)), "b")
    assert [(problem.file, problem.path) for problem in problems] == [("a", "kind"), ("b", "programme")]


def test_assumptions_without_a_name_are_called_so():
    assert check(RUSAL, "a", "programme = 1")[0].file == "assumptions"


def test_the_sources_of_the_models_are_added():
    keys = [source.key for source in rehearsed().sources]
    assert keys == [source["key"] for text in (RUSAL, ASSUMED) for source in data(text)["sources"]]


def test_filling_leaves_the_programme_as_it_was():
    before, assumptions = rusal(), parse_assumptions(ASSUMED, "b")
    plain = deepcopy((before.plain(), assumptions.plain()))
    overlay(before, assumptions)
    assert (before.plain(), assumptions.plain()) == plain


def test_a_stored_programme_reads_back_as_itself():
    assert [Programme.read(p.plain()) == p for p in (rusal(), rehearsed())] == [True, True]
