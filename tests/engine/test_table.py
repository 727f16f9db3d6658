"""Columns say the same as an instance in full: the same places, reasons and certificate, whatever the order of rows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rantau.engine import allocation, instance, table, table_result
from rantau.engine.shape import Unreadable
from rantau.engine.sheet import Sheet
from tests.engine.plain_allocations import MECHANISMS, crowd, instances


def _sheet(rows, **columns):
    """Return a sheet whose columns are made of each row by name."""
    return Sheet(
        "sheet", {name: [str(value(row)) for row in rows] for name, value in columns.items()}, lambda row: row + 2
    )


def _sheets(plain):
    """Return the three sheets of a plain instance: no priority, no held."""
    applicants, openings = plain["applicants"], plain["openings"]
    wishes = [(row, rank, place) for row in applicants for rank, place in enumerate(row["prefs"], 1)]
    score = {"score": lambda row: row["score"]} if any("score" in row for row in applicants) else {}
    own = {"score": lambda one: one[0]["scores"].get(one[2], "")} if any("scores" in row for row in applicants) else {}
    listed = {name: at for at, name in enumerate(plain.get("tie_break", []))}
    tie = {"tie_break": lambda row: listed.get(row["id"], "")} if listed else {}

    def seats(key):
        return lambda row: " ".join(f"{part['type']}:{part['seats']}" for part in row.get("choice", {}).get(key, []))

    return (
        _sheet(applicants, id=lambda row: row["id"], types=lambda row: " ".join(row["types"]), **score, **tie),
        _sheet(
            openings,
            id=lambda row: row["id"],
            capacity=lambda row: row["capacity"],
            reserves=seats("reserves"),
            caps=seats("caps"),
        ),
        _sheet(wishes, applicant=lambda one: one[0]["id"], opening=lambda one: one[2], rank=lambda one: one[1], **own),
    )


@st.composite
def _instances(draw, **options):
    """Return an instance that columns can hold: no order of its own, no score where nothing is wished."""
    plain = draw(instances(held=False, **options))
    for row in plain["openings"]:
        row.pop("priority", None)
    for row in plain["applicants"]:
        if "scores" in row:
            row["scores"] = {place: n for place, n in row["scores"].items() if place in row["prefs"]}
    if draw(st.booleans()):
        names = [row["id"] for row in plain["applicants"]]
        plain["tie_break"] = draw(st.permutations(names))[: draw(st.integers(0, len(names)))]
    return plain


def _both(plain, mechanism):
    """Return what columns and what the instance in full make of it: rows and certificate, or why not."""
    sheets = _sheets(plain)
    try:
        read = table.read(*sheets, seed=plain["seed"], serial=mechanism == "merit_wishes")
    except Unreadable as error:
        return error, None
    chosen = table_result.place(read, mechanism)
    ours = list(table_result.rows(read, chosen)), table_result.certify(read, chosen, mechanism)
    result = allocation.allocate(instance.read(plain), mechanism)
    certificate = {key: result["certificate"][key] for key in ours[1]}
    return ours, (list(table_result.rows_of(result, read)), certificate)


@given(_instances(), st.sampled_from(MECHANISMS))
def test_columns_place_and_explain_as_the_instance_does(plain, mechanism):
    ours, theirs = _both(plain, mechanism)
    if theirs is None:
        assert ours.why == "is missing: there is no other order"
    else:
        assert ours == theirs


@given(_instances(least=1))
def test_sheets_as_plain_data_are_the_instance(plain):
    found = table.plain(*_sheets(plain), seed=plain["seed"])
    scored = any(row.get("scores") for row in plain["applicants"])
    for row in plain["applicants"]:
        if not row["types"]:
            del row["types"]
        if not scored or not row["prefs"]:
            row.pop("scores", None)
    for row in plain["openings"]:
        if not row.get("choice", {}).get("reserves"):
            row.pop("choice", None)
    assert found == {"tie_break": []} | plain


@given(_instances(least=1), st.data())
def test_the_order_of_rows_never_matters(plain, data):
    sheets = _sheets(plain)
    shuffled = []
    for one in sheets:
        order = data.draw(st.permutations(range(len(next(iter(one.columns.values()))))))
        shuffled.append(Sheet("sheet", {k: [v[at] for at in order] for k, v in one.columns.items()}, one.line))
    serial = "score" in plain["applicants"][0]
    try:
        read = table.read(*sheets, seed=plain["seed"], serial=serial)
    except Unreadable:
        with pytest.raises(Unreadable):
            table.read(*shuffled, seed=plain["seed"], serial=serial)
        return
    again = table.read(*shuffled, seed=plain["seed"], serial=serial)
    for name in ("people", "openings", "caps"):
        assert getattr(read, name) == getattr(again, name)
    for name in ("starts", "opening", "group", "key", "capacity", "groups", "reserve"):
        assert getattr(read.columns, name).tolist() == getattr(again.columns, name).tolist()
    assert (read.rank.tolist(), read.score.tolist()) == (again.rank.tolist(), again.score.tolist())


def test_scores_that_do_not_fit_beside_a_place_go_by_their_rank():
    score = np.array([-(1 << 40) + 1, (1 << 40) - 1, 0, 0], dtype=np.int64)
    keys = table._keys(score, np.array([0, 0, 1, 0], dtype=np.int64))
    assert np.argsort(keys).tolist() == [0, 2, 3, 1]


@pytest.mark.slow
def test_many_people_come_out_the_same_from_columns_and_in_full():
    from_columns, in_full = _both(crowd(20_000, 300), "applicant_proposing_da")
    assert from_columns == in_full
    assert from_columns[1] == {"blocking_pairs": 0, "best_for_applicants": True, "proof": "rotations"}
    assert len(from_columns[0]) == 20_000


def test_more_people_than_a_key_has_room_for_are_refused():
    plain = {"applicants": [{"id": name, "prefs": [], "types": []} for name in "abc"], "openings": [], "seed": ""}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "BITS", 1)
        with pytest.raises(Unreadable) as refused:
            table.read(*_sheets(plain), seed="", serial=False)
    assert str(refused.value) == "sheet: line 4, id: is one too many: there may be 2 people"
