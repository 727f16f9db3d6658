"""Both verifiers notice the change of any single value, at the same path."""

import copy
import json
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rantau.cli.verify import judge, main
from rantau.engine.canonical import digest
from rantau.engine.publication import Draw, build, dump
from rantau.engine.seal import stamp
from rantau.ledger import signing
from rantau.ledger.signing import sign
from tests.engine.changes import TOOL, UNREADABLE, changed, changes, leaves, others, ours, theirs, written
from tests.engine.rounds import ENTRIES, RULES, SIGNING_KEY, files, header
from tests.engine.strategies import rounds

FILES = files()

UNBOUND = (
    r"freeze\.source\.(planned|substitutes\.\d)|draw\.evidence|checkpoint\..*"
    r"|counts\.(changed_marks|objections|upheld)|corrects"
)
"""Values that no other value of a file makes; the seal binds them, the ledger and the sources tell whether they are so.
For auditors the subjects too."""


@pytest.mark.parametrize("name", FILES)
def test_a_published_file_is_verified_in_any_formatting(name):
    shuffled = dict(reversed(FILES[name].items()))
    assert [ours(dump(FILES[name])), theirs(dump(FILES[name]))] == ["", ""]
    assert [ours(written(shuffled)), theirs(written(shuffled))] == ["", ""]


@pytest.mark.parametrize("name", FILES)
def test_changing_any_single_value_is_noticed_by_both_verifiers_at_the_same_path(name):
    for path, file in changes(FILES[name], most=4):
        data = written(file)
        found = ours(data)
        assert found != "", path
        assert theirs(data) == found, path


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_a_new_seal_hides_only_what_nothing_else_can_tell(name):
    for path, file in changes(FILES[name], most=2):
        if path[0] in ("seal", "signature"):
            continue
        data = written(sign({**file, "seal": stamp(file)}, SIGNING_KEY))
        found = ours(data)
        assert theirs(data) == found, path
        if not _unbound(FILES[name], path):
            assert found not in ("", "seal"), path


def _unbound(file, path):
    if path[0] == "rows":
        return path[2] == "subject"
    return re.fullmatch(UNBOUND, ".".join(map(str, path))) is not None


@settings(max_examples=25, deadline=None)
@given(rounds(), st.data())
def test_both_verifiers_agree_about_any_round_and_any_change_of_it(round_, data):
    for file in round_.files():
        assert [ours(dump(file)), theirs(dump(file))] == ["", ""]
        path = data.draw(st.sampled_from(list(leaves(file))))
        spoilt = written(changed(file, path, data.draw(st.sampled_from(others(file, path)))))
        found = ours(spoilt)
        assert found != "", path
        assert theirs(spoilt) == found, path


def _swap_rows(file, i, j):
    file["rows"][i], file["rows"][j] = file["rows"][j], file["rows"][i]


def _trade_places(file, i, j):
    """Let two rows trade code, leaf, marks and salt: someone else in the seat, everything else in order."""
    for key in ("code", "leaf", "marks", "salt", "outcome_salt", "subject"):
        if key in file["rows"][i]:
            file["rows"][i][key], file["rows"][j][key] = file["rows"][j][key], file["rows"][i][key]


def _no_change(difference):
    difference["from"] = difference["to"]


FORGERIES = {
    "two rows swapped": ("provisional public", lambda f: _swap_rows(f, 0, 1), "rows[0].rank"),
    "two audit rows swapped": ("provisional audit", lambda f: _swap_rows(f, 0, 1), "rows[0].code"),
    "the lot turned round": ("provisional public", lambda f: _trade_places(f, 2, 3), "rows[3].code"),
    "the lot turned round, audit": ("provisional audit", lambda f: _trade_places(f, 2, 3), "rows[2].code"),
    "a hidden lot turned round": ("provisional public", lambda f: _trade_places(f, 5, 6), "rows[6].code"),
    "unranked rows out of order": ("provisional public", lambda f: _swap_rows(f, 7, 8), "rows[8].code"),
    "a worse total above": ("provisional public", lambda f: f["rows"][4].update(total=8001), "rows[4].total"),
    "a total above the highest": ("provisional public", lambda f: f["rows"][0].update(total=10001), "rows[0].total"),
    "a row twice": ("final public", lambda f: f["rows"].append(f["rows"][-1]), "rows[10].code"),
    "a row left out": ("final public", lambda f: f["rows"].pop(), "freeze.root"),
    "marks of a row withheld": ("final public", lambda f: f["rows"][1].pop("marks"), "rows[1].marks"),
    "the salt of a row withheld": ("final public", lambda f: f["rows"][1].pop("salt"), "rows[1].salt"),
    "marks of an unsuccessful row shown": ("final public", lambda f: f["rows"][5].update(marks={}), "rows[5].marks"),
    "an unranked row with a total": ("final public", lambda f: f["rows"][8].update(total=1), "rows[8].rank"),
    "an unranked row given a rank": ("final public", lambda f: f["rows"][8].update(total=1, rank=9, reason="below_cut"),
                                     "rows[8].step"),
    "a ranked row under an unranked one": ("final public", lambda f: (_swap_rows(f, 7, 8), f["rows"][8].update(rank=9)),
                                           "rows[8].total"),
    "an unknown criterion": ("final audit", lambda f: f["rows"][0]["marks"].update(favour=1), "rows[0].marks.favour"),
    "a difference left out": ("final public", lambda f: f["differences"].pop(0), "differences"),
    "differences out of order": ("final public", lambda f: f["differences"].reverse(), "differences[1].code"),
    "a difference that is none": ("final public", lambda f: _no_change(f["differences"][0]),
                                  "differences[0].from"),
    "a source nobody named": ("final public", lambda f: f["draw"].update(name="coin", why="no dice"), "draw.name"),
    "a substitute without a reason": ("final public", lambda f: f["draw"].update(name="beacon"), "draw.why"),
    "a reason without a substitute": ("final public", lambda f: f["draw"].update(why="no dice"), "draw.why"),
    "the source as its own substitute": ("final public", lambda f: f["freeze"]["source"]["substitutes"].append("dice"),
                                         "freeze.source.substitutes[2]"),
    "another salt of a shown outcome": ("final audit", lambda f: f["rows"][0].update(outcome_salt="0" * 32),
                                        "rows[0].outcome_salt"),
    "another salt of a hidden outcome": ("final public", lambda f: f["rows"][6].update(outcome_salt="0" * 32),
                                         "outcomes.root"),
    "a hidden total, the order kept": ("final public", lambda f: f["rows"][7].update(total=f["rows"][7]["total"] - 1),
                                       "outcomes.root"),
    "a hidden tie step": ("final public", lambda f: f["rows"][6].update(step="practical"), "outcomes.root"),
    "an outcome left out of the seal": ("final public", lambda f: f["outcomes"].update(rows=9), "outcomes.rows"),
    "more upheld than objections": ("final public", lambda f: f["counts"].update(upheld=4), "counts.upheld"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "forge", "path"), FORGERIES.values(), ids=FORGERIES)
def test_a_forger_who_seals_again_is_found_at_the_first_difference(name, forge, path):
    file = copy.deepcopy(FILES[name])
    forge(file)
    file = sign({**file, "seal": stamp(file)}, SIGNING_KEY)
    assert [ours(dump(file)), theirs(dump(file))] == [path, path]


def test_a_list_drawn_from_a_substitute_is_verified():
    draw = Draw(name="earthquakes", value="4-2-6-1-1-5", evidence="", why="no dice, and the beacon was silent")
    for audience in ("public", "audit"):
        file = build(header(draw=draw), ENTRIES, RULES, audience=audience)
        assert [ours(dump(file)), theirs(dump(file))] == ["", ""]


def test_a_list_without_a_signature_is_verified_unless_a_key_is_asked_for():
    file = {key: value for key, value in FILES["final public"].items() if key != "signature"}
    assert [ours(dump(file)), theirs(dump(file))] == ["", ""]
    assert judge(dump(file), key=signing.public_key(SIGNING_KEY)) == "signature"


def test_whoever_signs_with_another_key_is_not_the_office():
    file = sign(FILES["final public"], "11" * 32)
    assert [ours(dump(file)), theirs(dump(file))] == ["", ""]
    assert judge(dump(file), key=signing.public_key("11" * 32)) == ""
    assert judge(dump(file), key=signing.public_key(SIGNING_KEY)) == "signature"
    borrowed = file["signature"] | {"key": signing.public_key(SIGNING_KEY)}
    assert [ours(dump(file | {"signature": borrowed})), theirs(dump(file | {"signature": borrowed}))] == [
        "signature"
    ] * 2


def test_a_signature_of_one_list_is_none_of_another():
    file = FILES["final public"] | {"signature": FILES["provisional public"]["signature"]}
    assert [ours(dump(file)), theirs(dump(file))] == ["signature", "signature"]


def test_a_selected_row_below_the_pass_mark_is_found_even_with_every_commitment_made_anew():
    file = copy.deepcopy(FILES["provisional public"])
    file["rules"]["criteria"][2]["pass_mark"] = 1700
    file["freeze"]["rules"] = digest(file["rules"])
    file["seal"] = stamp(file)
    assert [ours(dump(file)), theirs(dump(file))] == ["rows[1].rank", "rows[1].rank"]


BAD = {
    "not UTF-8": b"\xff\xfe",
    "nothing": b"",
    "not JSON": b"{",
    "a byte order mark": b"\xef\xbb\xbf" + dump(FILES["final public"]),
    "no object": b"[]",
    "another format": b'{"format":"rantau.round/2"}',
    "no format": b"{}",
    "a key twice": dump(FILES["final public"]).replace(b'"kind":', b'"kind":"final","kind":'),
    "a key twice further in": dump(FILES["final public"]).replace(b'"tested":', b'"tested":10,"tested":'),
    "NaN": dump(FILES["final public"]).replace(b'"tested":10', b'"tested":NaN'),
    "a whole fraction": dump(FILES["final public"]).replace(b'"tested":10', b'"tested":10.0'),
    "an exponent": dump(FILES["final public"]).replace(b'"tested":10', b'"tested":1e1'),
    "half a surrogate pair": dump(FILES["final public"]).replace(b'"planned":"', b'"planned":"\\ud800'),
    "too deep": b"[" * 100_000,
    "too many digits": dump(FILES["final public"]).replace(b'"tested":10', b'"tested":' + b"9" * 5000),
    "a key too many": dump(FILES["final public"] | {"note": ""}),
    "a pattern key": dump(FILES["final public"] | {"rehearsal?": True}),
    "a key missing": dump({k: v for k, v in FILES["final public"].items() if k != "draw"}),
    "an audit row without subject": dump(FILES["final public"] | {"audience": "audit"}),
    "rows no list": dump(FILES["final public"] | {"rows": {}}),
    "draw no object": dump(FILES["final public"] | {"draw": []}),
    "weights not 100": dump(changed(FILES["final public"], ("rules", "criteria", 0, "weight"), 41)),
    "no seats": dump(changed(FILES["final public"], ("rules", "seats"), 0)),
    "a tie-break that is no criterion": dump(changed(FILES["final public"], ("rules", "tie_break", 0), "age")),
    "a criterion named lot": dump(changed(FILES["final public"], ("rules", "criteria", 2, "code"), "lot")),
    "a criterion with a line feed": dump(changed(FILES["final public"], ("rules", "criteria", 2, "code"), "lot\n")),
    "the separator in a name": dump(FILES["final public"] | {"intake": "2026|x"}),
}  # fmt: skip


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_what_is_no_such_file_is_unreadable(data):
    assert [ours(data), theirs(data)] == [UNREADABLE, UNREADABLE]


@pytest.fixture
def published(tmp_path):
    path = tmp_path / "round.json"
    path.write_bytes(dump(FILES["final public"]))
    return path


def _run(path, capsys):
    """Return (exit, stdout, is anything on stderr) of the command and of the standalone file."""
    code = main(str(path))
    said = capsys.readouterr()
    alone = subprocess.run([sys.executable, "-I", TOOL, path], capture_output=True, text=True, check=False)
    return [(code, said.out, bool(said.err)), (alone.returncode, alone.stdout, bool(alone.stderr))]


def test_both_commands_say_verified(published, capsys):
    assert _run(published, capsys) == [(0, "VERIFIED\n", True), (0, "VERIFIED\n", False)]


def test_both_commands_name_the_first_difference(published, capsys):
    published.write_bytes(dump(changed(FILES["final public"], ("rows", 3, "outcome"), "selected")))
    assert _run(published, capsys) == [(1, "DIFFERENT rows[3].outcome\n", False)] * 2


def test_both_commands_refuse_what_they_cannot_read(published, capsys):
    published.write_text("{}")
    assert _run(published, capsys) == [(2, "", True)] * 2
    published.unlink()
    assert _run(published, capsys) == [(2, "", True)] * 2


def test_the_standalone_file_without_a_file_shows_its_use():
    alone = subprocess.run([sys.executable, "-I", TOOL], capture_output=True, text=True, check=False)
    assert (alone.returncode, alone.stdout) == (2, "")


def test_the_standalone_verifier_is_one_short_file_of_the_standard_library():
    source = TOOL.read_text()
    imported = set(re.findall(r"^(?:import|from) (\w+)", source, re.MULTILINE))
    assert imported == {"fractions", "hashlib", "hmac", "json", "pathlib", "re", "runpy", "sys"}
    assert len(source.splitlines()) <= 200


def test_the_published_bytes_begin_with_the_format_and_end_with_a_line_feed():
    data = dump(FILES["final public"])
    assert data.startswith(b'{"format":"rantau.round/1",')
    assert data.endswith(b"}\n")
    assert json.loads(data) == FILES["final public"]
