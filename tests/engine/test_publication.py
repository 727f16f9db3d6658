"""The file of a round: what stands in it for whom, and what it refuses to be built from."""

import hashlib
import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from rantau.engine.canonical import digest
from rantau.engine.publication import Draw, Source, build, dump, freeze, read, seal_outcomes
from rantau.engine.refusal import Refusal
from rantau.engine.seal import check_proof, outcome_salt, proof
from rantau.engine.selection import Row, decide
from rantau.engine.shape import Unreadable
from rantau.ledger.signing import sign
from tests.engine.rounds import CORRECTED, ENTRIES, HASH, MARKS, RULES, SIGNING_KEY, entry, files, header

VECTOR = Path(__file__).parent / "vectors" / "round-final-public.json"
FILES = files()


def _row(name, code):
    return next(row for row in FILES[name]["rows"] if row["code"] == code)


def test_the_golden_file_byte_for_byte():
    assert dump(FILES["final public"]) == VECTOR.read_bytes()


def test_the_order_of_the_entries_never_matters():
    for audience in ("public", "audit"):
        again = build(header(), ENTRIES[::-1], RULES, audience=audience)
        assert dump(sign(again, SIGNING_KEY)) == dump(FILES[f"provisional {audience}"])


def test_the_seed_names_programme_intake_draw_and_the_provisional_list():
    root = FILES["provisional public"]["freeze"]["root"]
    assert {file["seed"] for file in FILES.values()} == {f"rusal-2026-peragaan|2026|4-2-6-1-1-5|{root}"}
    assert FILES["final public"]["lot_root"] == root != FILES["final public"]["freeze"]["root"]


def test_what_is_frozen_before_the_draw_stands_in_the_file():
    source = {"name": "dice", "planned": "2026-06-01T03:00:00Z", "substitutes": ["beacon", "earthquakes"]}
    assert FILES["provisional audit"]["freeze"] == {**freeze(ENTRIES, RULES), "source": source}
    assert freeze(ENTRIES, RULES)["rules"] == digest(RULES)


def test_everybody_can_be_shown_that_their_row_is_in_the_list():
    ordered = sorted(ENTRIES, key=lambda e: e.code)
    leaves = [e.leaf for e in ordered]
    for i, one in enumerate(ordered):
        assert check_proof(one.leaf, i, len(leaves), proof(leaves, i), freeze(ENTRIES, RULES)["root"])


def test_the_public_file_shows_marks_of_selected_and_reserve_only_and_no_personal_reason():
    rows = FILES["provisional public"]["rows"]
    shown = [row["code"] for row in rows if "marks" in row]
    assert shown == ["R-A", "R-D", "R-B", "R-C"]
    assert [row["code"] for row in rows if "salt" in row] == shown
    assert [row["code"] for row in rows if "total" not in row] == ["R-H", "R-I"]
    assert {row["reason"] for row in rows} == {"within_seats", "within_reserve", "below_cut", "not_ranked"}
    assert all("subject" not in row for row in rows)
    hidden = dump(FILES["provisional public"]).decode()
    assert not [word for word in ("below_pass", "absent", "subject", "salt-R-H", "4900") if word in hidden]


def test_the_auditors_file_shows_everything():
    assert _row("provisional audit", "R-H") == {
        "code": "R-H",
        "rank": None,
        "outcome": "unsuccessful",
        "step": "gate",
        "reason": "below_pass:written",
        "leaf": ENTRIES[7].leaf,
        "outcome_salt": outcome_salt("salt-R-H"),
        "marks": {"written": 4900, "practical": 9900, "interview": 2000},
        "salt": "salt-R-H",
        "subject": "subject-R-H",
    }
    assert [row["code"] for row in FILES["provisional audit"]["rows"] if "marks" in row] == [
        row["code"] for row in FILES["provisional public"]["rows"]
    ]


def test_the_final_file_names_every_change_and_what_it_corrects():
    corrects = hashlib.sha256(dump(FILES["provisional public"])).hexdigest()
    assert FILES["final public"]["corrects"] == FILES["final audit"]["corrects"] == corrects
    changes = {c["code"]: (c["from"], c["to"]) for c in FILES["final public"]["differences"]}
    assert list(changes) == ["R-A", "R-B", "R-C", "R-D", "R-E", "R-J"]
    assert changes["R-D"] == ({"outcome": "selected", "rank": 2}, {"outcome": "reserve", "rank": 3})
    assert changes["R-J"] == (None, {"outcome": "unsuccessful", "rank": 8})


def test_a_code_that_left_the_list_is_a_difference():
    before = FILES["provisional public"]
    file = build(header(), [e for e in ENTRIES if e.code != "R-G"], RULES, audience="public", provisional=before)
    assert {c["code"]: c["to"] for c in file["differences"]}["R-G"] is None


def test_counts_are_counted():
    assert FILES["provisional public"]["counts"] == {
        "tested": len(MARKS),
        "ranked": 7,
        "changed_marks": 1,
        "objections": 3,
        "upheld": 1,
    }


def test_a_real_round_bears_no_rehearsal_mark():
    file = build(header(rehearsal=False), ENTRIES, RULES, audience="public")
    assert "rehearsal" not in file
    assert FILES["provisional public"]["rehearsal"] is True


def _refused(*args, **kwargs):
    with pytest.raises(Refusal) as refusal:
        build(*args, audience="public", **kwargs)
    return refusal.value.code, refusal.value.facts


def test_a_draw_from_another_source_than_the_planned_is_refused():
    other = header(draw=Draw(name="a coin", value="heads", evidence=""))
    assert _refused(other, ENTRIES, RULES) == ("publication.source", {"name": "a coin", "planned": "dice"})


def test_a_substitute_needs_a_reason_and_a_reason_a_substitute():
    silent = header(draw=Draw(name="beacon", value="heads", evidence="", why=" "))
    assert _refused(silent, ENTRIES, RULES) == ("publication.why", {"name": "beacon", "planned": "dice"})
    talking = header(draw=Draw(name="dice", value="6", evidence="", why="no beacon"))
    assert _refused(talking, ENTRIES, RULES) == ("publication.why", {"name": "dice", "planned": "dice"})


def test_the_seal_made_at_the_decision_is_the_one_in_both_files():
    for name, file in FILES.items():
        entries = CORRECTED if name.startswith("final") else ENTRIES
        rows = [Row(code=e.code, marks=e.marks) for e in entries]
        outcomes = decide(rows, RULES, seed=file["seed"]).outcomes
        of = {"programme": "rusal-2026-peragaan", "intake": "2026", "kind": file["kind"], "rehearsal": True}
        assert seal_outcomes(entries, outcomes, **of) == file["outcomes"]


@pytest.mark.parametrize("name", ["provisional audit", "final public"])
def test_a_final_file_corrects_a_provisional_public_one(name):
    assert _refused(header(), CORRECTED, RULES, provisional=FILES[name]) == ("publication.not_provisional", {})


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("programme", {"programme": "other"}),
        ("intake", {"intake": "2027"}),
        ("rehearsal", {"rehearsal": False}),
        ("source", {"source": Source(name="dice", planned="later")}),
        ("draw", {"draw": Draw(name="dice", value="6-6-6-6-6-6", evidence=HASH)}),
    ],
)
def test_a_final_file_of_another_round_is_refused(field, change):
    refused = _refused(header(**change), CORRECTED, RULES, provisional=FILES["provisional public"])
    assert refused == ("publication.other_round", {"field": field})


def test_rules_do_not_change_between_provisional_and_final():
    other = RULES.model_copy(update={"seats": 3})
    refused = _refused(header(), CORRECTED, other, provisional=FILES["provisional public"])
    assert refused == ("publication.other_round", {"field": "rules"})


def test_what_the_decision_refuses_is_refused():
    assert _refused(header(), (ENTRIES[0], ENTRIES[0]), RULES) == ("selection.duplicate", {"row": "R-A"})


@pytest.mark.parametrize("change", [{"programme": "a|b"}, {"intake": ""}, {"objections": -1}])
def test_a_header_that_no_file_could_hold_is_none(change):
    with pytest.raises(ValidationError):
        header(**change)


def test_a_round_without_rows_is_published_and_read():
    file = build(header(), (), RULES, audience="public")
    assert read(dump(file)) == file
    assert (file["rows"], file["freeze"]["root"]) == ([], hashlib.sha256(b"").hexdigest())


def test_changing_a_built_file_leaves_the_entries_alone():
    one = entry("R-A", 9000, 9000, 1800)
    build(header(), (one,), RULES, audience="audit")["rows"][0]["marks"]["written"] = 1
    assert one.marks["written"] == 9000


def test_unreadable_says_where_and_why():
    text = json.dumps({**FILES["final public"], "draw": {**FILES["final public"]["draw"], "value": 7}})
    with pytest.raises(Unreadable, match=r"^draw\.value: is not what the format allows here$"):
        read(text.encode())
    with pytest.raises(Unreadable, match=r"^not JSON in UTF-8"):
        read(b"")
