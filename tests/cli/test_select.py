"""`rantau select`: the result alone on standard output, and to a file wholly or not at all."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from rantau.engine.quotas import choose, dump, read
from tests.cli.conftest import environment, typed
from tests.engine.quota_strategies import many

VECTORS = json.loads((Path(__file__).parents[1] / "engine" / "vectors" / "quotas.json").read_text())
POSSIBLE, IMPOSSIBLE = ([v for v in VECTORS if ("status" in v["result"]) is wanted] for wanted in (False, True))


@pytest.fixture
def instance(tmp_path):
    """Return how to put an instance on disk."""

    def put(plain):
        path = tmp_path / "instance.json"
        path.write_bytes(plain if isinstance(plain, bytes) else json.dumps(plain).encode())
        return path

    return put


@pytest.mark.parametrize("vector", POSSIBLE, ids=lambda v: v["name"])
def test_the_result_is_printed_alone(rantau, instance, vector):
    expected = dump(choose(read(vector["instance"]))).decode()
    assert json.loads(expected) == vector["result"]
    assert rantau("select", instance(vector["instance"])) == (0, expected, "")


@pytest.mark.parametrize("vector", IMPOSSIBLE, ids=lambda v: v["name"])
def test_floors_that_cannot_hold_are_reported(rantau, instance, vector):
    code, out, err = rantau("select", instance(vector["instance"]))
    assert (code, json.loads(out), err) == (3, vector["result"], "")


def test_what_is_printed_is_written_too(rantau, instance, tmp_path):
    out = tmp_path / "result.json"
    for vector in (POSSIBLE[0], IMPOSSIBLE[0]):
        _, printed, _ = rantau("select", instance(vector["instance"]), "--out", out)
        assert out.read_text() == printed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["instance.json", "result.json"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff", "not JSON in UTF-8"),
        (b'{"candidates":[],"candidates":[]}', "the key 'candidates' appears twice"),
        ({"candidates": [{"id": "A", "score": 1.5}], "seats": 1}, "1.5 is no whole number"),
        ({"candidates": [{"id": "A", "score": 1}] * 2, "seats": 1}, "candidates[1].id: 'A' is what another"),
        ({"candidates": [], "seats": 1, "rule": {"caps": [{"group": "x", "seats": -1}]}}, "rule.caps[0].seats: "),
        ({"candidates": [{"id": i, "score": 1} for i in "AB"], "seats": 1}, "seed: is missing, and equal scores"),
    ],
)
def test_a_bad_instance_is_named_by_its_path_and_nothing_is_written(rantau, instance, tmp_path, content, said):
    out, path = tmp_path / "result.json", instance(content)
    out.write_text("earlier")
    code, printed, err = rantau("select", path, "--out", out)
    assert (code, printed, out.read_text()) == (2, "", "earlier")
    assert err.startswith(f"{path}: ")
    assert said in err
    assert len(err.splitlines()) == 1


def test_a_file_that_is_not_there_and_a_folder_that_is_not_there(rantau, instance, tmp_path):
    code, printed, err = rantau("select", tmp_path / "no.json")
    assert (code, printed) == (2, "")
    assert "No such file" in err
    code, printed, err = rantau("select", instance(POSSIBLE[0]["instance"]), "--out", tmp_path / "no" / "result.json")
    assert (code, printed) == (2, "")
    assert "No such file" in err


@pytest.mark.parametrize("counting", ["one_to_all", "one_to_one"])
def test_every_process_gives_the_same_bytes_and_nothing_else(instance, counting):
    plain = many(40, counting, "hard", across=True)
    done = [typed("select", str(instance(plain)), PYTHONHASHSEED=seed) for seed in ("1", "2")]
    expected = dump(choose(read(plain))).decode()
    assert [(one.returncode, one.stdout, one.stderr) for one in done] == [(0, expected, "")] * 2
    assert json.loads(expected)["method"] == "exact"


def test_a_selection_needs_no_django_and_no_database(instance):
    code = (
        "import sys; from rantau.cli.__main__ import main; code = main(sys.argv[1:]);"
        "print(code, sorted({name.split('.')[0] for name in sys.modules} & {'django', 'sqlite3', 'psycopg', 'rich'}))"
    )
    command = [sys.executable, "-c", code, "select", str(instance(POSSIBLE[0]["instance"]))]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True)
    assert (done.stdout.splitlines()[-1], done.stderr) == ("0 []", "")
