"""The worked example of docs/allocation.md is what the engine makes of the instance in it, and can be checked by its tables."""

import json
import re
from pathlib import Path

from rantau.engine import allocation, fast, instance, mechanisms, selection
from rantau.engine.explain import CODES

PAPER = (Path(__file__).parents[2] / "docs" / "allocation.md").read_text("utf-8")
PLAIN = json.loads(re.search(r"```json\n(.*?)```", PAPER, re.DOTALL)[1])
RESULT = allocation.allocate(instance.read(PLAIN))


def _table(head):
    """Return the cells of the table with that head."""
    lines = PAPER.split(f"| {head} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_places_and_reasons():
    expected = []
    for row in PLAIN["applicants"]:
        first = RESULT["reasons"][row["id"]][0]
        why = "{opening}: {code}, {yours} against {cutoff} of {last}".format(**first) if "last" in first else "–"
        expected.append([row["id"], ", ".join(row["prefs"]), RESULT["assignment"][row["id"]] or "–", why])
    assert _table("person | wishes | place | first wish refused, and why") == expected
    assert RESULT["certificate"] | {"instance": ""} == {
        "instance": "",
        "people": 8,
        "placed": 5,
        "blocking_pairs": 0,
        "best_for_applicants": True,
        "proof": "rotations",
    }


def test_cut_offs_and_lots():
    points = {row["id"]: row["scores"] for row in PLAIN["applicants"]}
    expected = [
        [opening, kind, last[opening], str(points[last[opening]][opening])]
        for opening, kinds in RESULT["cutoffs"].items()
        for kind, last in kinds.items()
    ]
    assert _table("opening | type | last in | points") == expected
    lots = [[code, f"`{selection.lot(PLAIN['seed'], code):032x}`"] for code in ("s2", "s6")]
    assert _table("id | lot") == lots


def test_the_tables_alone_give_everybody_their_place():
    cut = {
        (opening, kind): (last, int(points))
        for opening, kind, last, points in _table("opening | type | last in | points")
    }
    lot = dict(_table("id | lot"))
    for row in PLAIN["applicants"]:
        found = None
        for wish in row["prefs"]:
            kind = next((one for one in row.get("types", []) if (wish, one) in cut), "*")
            last, points = cut[wish, kind]
            mine = row["scores"][wish]
            level = mine == points and (row["id"] == last or lot[row["id"]] > lot[last])
            if mine > points or level:
                found = wish
                break
        assert (row["id"], found) == (row["id"], RESULT["assignment"][row["id"]])


def test_codes_and_mechanisms_are_all_there():
    assert sorted(cells[0].strip("`") for cells in _table("code | means")) == sorted(CODES)
    named = _table("mechanism | when it is right | what it keeps | guaranteed | not guaranteed")
    assert [cells[0].strip("`") for cells in named] == list(mechanisms.MECHANISMS)
    assert fast.WORTH_COMPILING == 1_000_000  # from a million wishes on
