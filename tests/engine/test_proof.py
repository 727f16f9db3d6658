"""One person's proof: it shows the public line at its place under the sealed root, and nothing else."""

import copy
import json
import subprocess
import sys

import pytest

from rantau.cli.verify import main
from rantau.engine import proof
from rantau.engine.publication import build, dump
from rantau.engine.shape import Unreadable
from tests.engine.changes import TOOL, UNREADABLE, changed, leaves, others, standalone, written
from tests.engine.rounds import ENTRIES, RULES, SIGNING_KEY, entry, files, header

FILES = files()
LIST = FILES["final public"]
CODES = [row["code"] for row in LIST["rows"]]


def _ours(data, *roots):
    try:
        return proof.verify(data, roots=roots).path
    except Unreadable:
        return UNREADABLE


def _theirs(data, *roots):
    try:
        standalone.check_proof(standalone.read(data), set(roots))
    except standalone.Verdict as verdict:
        code, said = verdict.args
        return said if code == 1 else UNREADABLE
    return ""


def _both(data, *roots):
    ours, theirs = _ours(data, *roots), _theirs(data, *roots)
    assert ours == theirs
    return ours


@pytest.mark.parametrize("name", FILES)
def test_everybody_in_a_list_has_a_proof_that_leads_to_its_root(name):
    file = FILES[name]
    for row in file["rows"]:
        assert _both(dump(proof.prove(file, row["code"])), file["outcomes"]["root"]) == ""


@pytest.mark.parametrize("code", ["R-E", "R-J", "R-H"])
def test_changing_any_single_value_of_a_proof_is_noticed(code):
    made = proof.prove(LIST, code)
    for path in leaves(made):
        for other in others(made, path):
            assert _both(written(changed(made, path, other))) != "", (path, other)


def test_a_proof_shows_what_the_public_file_shows_and_no_more():
    public = {row["code"]: row for row in LIST["rows"]}
    for name in ("final public", "final audit"):
        for code in CODES:
            made = proof.prove(FILES[name], code)
            row = public[code]
            assert made["row"] == {key: row[key] for key in made["row"]}
            assert made["salt"] == row["outcome_salt"]
    hidden = dump(proof.prove(FILES["final audit"], "R-H")).decode()
    assert not [word for word in ("below_pass", "marks", "4900", "salt-R-H", "subject") if word in hidden]


def test_auditors_and_public_prove_the_same_root():
    assert FILES["final public"]["outcomes"] == FILES["final audit"]["outcomes"]
    assert FILES["provisional public"]["outcomes"] != FILES["final public"]["outcomes"]


def test_the_same_outcomes_in_another_list_have_another_root():
    one = build(header(), ENTRIES, RULES, audience="public")
    for other in (header(intake="2027"), header(programme="other"), header(rehearsal=False)):
        assert build(other, ENTRIES, RULES, audience="public")["outcomes"]["root"] != one["outcomes"]["root"]


def test_a_proof_of_one_list_is_none_of_another():
    made = dump(proof.prove(FILES["provisional public"], "R-A"))
    assert _both(made) == ""
    assert _both(made, LIST["outcomes"]["root"]) == "root"


def test_the_only_one_in_a_list_needs_no_way_up():
    file = build(header(), [entry("R-A", 9000, 9000, 1800)], RULES, audience="public")
    made = proof.prove(file, "R-A")
    assert made["path"] == []
    assert _both(dump(made), file["outcomes"]["root"]) == ""


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"index": 1}, "index"),
        ({"index": 99}, "index"),
        ({"size": 0}, "index"),
        ({"size": 1_000_000}, "path"),
        ({"path": []}, "path"),
        ({"root": "0" * 64}, "root"),
        ({"kind": "provisional"}, "root"),
        ({"format": "rantau.proof/2"}, UNREADABLE),
        ({"subject": ""}, UNREADABLE),
    ],
)
def test_the_first_thing_that_is_wrong_is_named(change, path):
    assert _both(json.dumps(proof.prove(LIST, CODES[0]) | change).encode()) == path


def test_an_unranked_row_cannot_be_moved():
    made = proof.prove(LIST, "R-H")
    assert made["row"]["rank"] is None
    for index in set(range(made["size"])) - {made["index"]}:
        assert _both(dump(made | {"index": index})) in ("root", "path")


def test_nobody_outside_the_list_has_a_proof():
    with pytest.raises(LookupError):
        proof.prove(LIST, "R-Z")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "proof.json").write_bytes(dump(proof.prove(LIST, "R-J")))
    (tmp_path / "round.json").write_bytes(dump(LIST))
    (tmp_path / "other.json").write_bytes(dump(FILES["provisional public"]))
    spoilt = copy.deepcopy(LIST)
    spoilt["rows"][0]["total"] += 1
    (tmp_path / "spoilt.json").write_bytes(dump(spoilt))
    return tmp_path


def _run(capsys, folder, name, round_=None, **kwargs):
    code = main(folder / name, round_=round_ and folder / round_, **kwargs)
    said = capsys.readouterr()
    return code, said.out, said.err


PLACE = ("VERIFIED\n", f"place 8 of 10 under {LIST['outcomes']['root']}\n")


def test_the_command_checks_a_proof_alone_against_a_root_and_against_a_round(folder, capsys):
    assert _run(capsys, folder, "proof.json") == (0, *PLACE)
    assert _run(capsys, folder, "proof.json", root=LIST["outcomes"]["root"]) == (0, *PLACE)
    assert _run(capsys, folder, "proof.json", root="0" * 64) == (1, "DIFFERENT root\n", "")
    assert _run(capsys, folder, "proof.json", "round.json") == (0, *PLACE)
    assert _run(capsys, folder, "proof.json", "other.json") == (1, "DIFFERENT root\n", "")
    assert _run(capsys, folder, "proof.json", "spoilt.json") == (1, "DIFFERENT round.rows[0].total\n", "")
    key = LIST["signature"]["key"]
    assert _run(capsys, folder, "proof.json", "round.json", key=key) == (0, *PLACE)
    assert _run(capsys, folder, "proof.json", "round.json", key=SIGNING_KEY) == (1, "DIFFERENT round.signature\n", "")


@pytest.mark.parametrize(("name", "round_"), [("round.json", "round.json"), ("proof.json", "proof.json")])
def test_the_command_says_which_file_is_not_what_it_should_be(folder, capsys, name, round_):
    code, out, err = _run(capsys, folder, name, round_)
    assert (code, out) == (2, "")
    assert err.startswith(f"{folder / name}: format: is not rantau.")


def test_the_standalone_file_checks_a_proof_beside_its_round(folder):
    def alone(*names):
        done = subprocess.run(
            [sys.executable, "-I", TOOL, *(folder / name for name in names)],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    assert alone("proof.json") == (0, "VERIFIED\n")
    assert alone("proof.json", "round.json") == (0, "VERIFIED\n")
    assert alone("proof.json", "other.json") == (1, "DIFFERENT root\n")
    assert alone("proof.json", "spoilt.json")[0] == 1
