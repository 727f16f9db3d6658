"""`rantau allocate` and `rantau verify RESULT --instance INSTANCE`: what is placed, printed, written, and found changed."""

import copy
import hmac
import json
import random

import pytest

from rantau.engine.canonical import digest
from tests.cli.allocations import MINIMA, ORDERED, SCORED, changed, put
from tests.cli.conftest import typed


@pytest.mark.parametrize(
    ("plain", "mechanism", "assignment"),
    [
        (ORDERED, "applicant_proposing_da", {"s1": "c1", "s2": "c5", "s3": None}),
        (SCORED, "merit_wishes", {"a": "x", "b": None, "c": "x", "d": None}),
        (SCORED | {"merit_order": [*"dabc"]}, "merit_wishes", {"a": "x", "b": "x", "c": "y", "d": None}),
        (changed(MINIMA, "caps", []), "exact", {"a": None, "b": None}),
    ],
    ids=["orders", "score", "merit order", "minima"],
)
def test_the_rules_call_for_a_mechanism(placed, plain, mechanism, assignment):
    result = placed(plain)
    assert (result["mechanism"], result["assignment"]) == (mechanism, assignment)


@pytest.mark.parametrize("mechanism", ["merit_wishes", "applicant_proposing_da", "opening_proposing_da", "exact"])
def test_a_mechanism_may_be_named(placed, mechanism):
    result = placed(SCORED, "--mechanism", mechanism)
    assert (result["mechanism"], result["certificate"]["placed"]) == (mechanism, 2)


def test_the_result_stands_alone_on_the_terminal_and_whole_in_the_file(allocate, placed, tmp_path):
    code, said, complaint, written = allocate(ORDERED)
    assert (code, complaint, said) == (0, "", written)
    assert said.startswith('{"format":"rantau.allocation/1","assignment":{')
    assert sorted(path.name for path in tmp_path.iterdir()) == ["i.json", "result.json"]
    result = json.loads(said)
    keys = ["format", "assignment", "certificate", "cutoffs", "digest", "mechanism", "reasons"]
    assert list(result) == keys
    assert result.pop("digest") == digest(result)


def test_every_refusal_has_its_reason_and_a_cut_off_to_compare_with(placed):
    result = placed(ORDERED)
    assert result["reasons"] == {
        "s1": [
            {"opening": "c5", "code": "TIE_LOST", "at": "c5", "last": "s2", "yours": 2, "cutoff": 1},
            {"opening": "c1", "code": "PLACED"},
        ],
        "s2": [{"opening": "c1", "code": "BELOW_CUTOFF", "at": "c1"}, {"opening": "c5", "code": "PLACED"}],
        "s3": [{"opening": "c1", "code": "BELOW_CUTOFF", "at": "c1"}],
    }
    assert result["cutoffs"] == {
        "c1": {"*": {"c1": "", "X": "s2"}, "female": {"c1": "s1", "X": "s1"}},
        "c5": {"*": {"c5": "s2", "X": "s2"}},
    }


def test_the_list_parts_the_tied_in_every_opening_and_the_lot_where_there_is_none(placed):
    first = {"s2": placed(ORDERED)["assignment"], "s1": {"s1": "c5", "s2": None, "s3": "c1"}}
    assert placed(ORDERED | {"tie_break": ["s1", "s2"]})["assignment"] == first["s1"]
    by_lot = {key: value for key, value in ORDERED.items() if key != "tie_break"}
    drawn = {
        seed: max("s1", "s2", key=lambda code: hmac.digest(seed.encode(), code.encode(), "sha256")) for seed in "xyz"
    }
    assert set(drawn.values()) == {"s1", "s2"}
    assert [placed(by_lot | {"seed": seed})["assignment"] for seed in drawn] == [first[code] for code in drawn.values()]
    partly = [placed(by_lot | {"seed": seed, "tie_break": ["s1"]})["assignment"] for seed in drawn]
    assert partly == [first["s1"]] * 3


def test_being_ranked_without_wishing_and_the_reverse_is_no_error(placed):
    plain = {
        "applicants": [{"id": "a", "prefs": ["x"]}, {"id": "b", "prefs": ["y"]}],
        "openings": [{"id": "x", "capacity": 1, "priority": ["b"]}, {"id": "y", "capacity": 1, "priority": ["a", "b"]}],
    }
    result = placed(plain)
    assert result["assignment"] == {"a": None, "b": "y"}
    assert result["reasons"]["a"] == [{"opening": "x", "code": "NOT_ELIGIBLE", "at": "x"}]


def test_nobody_and_no_opening_are_an_instance_too(placed):
    assert placed({"applicants": [], "openings": []})["assignment"] == {}
    assert placed({"applicants": [], "openings": [{"id": "x", "capacity": 1}]})["cutoffs"] == {"x": {"*": {"x": None}}}
    assert placed({"applicants": [{"id": "a", "prefs": [], "score": 1}], "openings": []})["assignment"] == {"a": None}


def test_files_that_are_not_there_are_named(rantau, tmp_path):
    gone, nowhere = tmp_path / "no.json", tmp_path / "no" / "result.json"
    assert rantau("allocate", gone) == (2, "", f"[Errno 2] No such file or directory: '{gone}'\n")
    given = put(tmp_path / "i.json", SCORED)
    said = rantau("allocate", given, "--out", nowhere)
    assert said == (2, "", f"[Errno 2] No such file or directory: '{nowhere}'\n")
    assert [path.name for path in tmp_path.iterdir()] == ["i.json"]
    for result, instance in ((gone, given), (given, gone)):
        code, out, err = rantau("verify", result, "--instance", instance)
        assert (code, out, err) == (2, "", f"[Errno 2] No such file or directory: '{gone}'\n")


@pytest.mark.parametrize("plain", [ORDERED, SCORED], ids=["orders", "score"])
def test_the_bytes_hang_on_no_order_of_rows_and_no_hash_seed(tmp_path, plain):
    shuffle = random.Random(3).shuffle
    other = copy.deepcopy(plain)
    for rows in (other["applicants"], other["openings"], other["openings"][0].get("priority", [[0], [0]])[1]):
        shuffle(rows)
    other = dict(reversed(other.items()))
    assert other["applicants"] != plain["applicants"]
    said = [
        typed("allocate", str(put(tmp_path / f"{number}.json", given)), PYTHONHASHSEED=number)
        for number, given in (("1", plain), ("2", plain), ("3", other))
    ]
    assert [(done.returncode, done.stderr) for done in said] == [(0, "")] * 3
    assert {done.stdout for done in said} == {said[0].stdout}


@pytest.mark.parametrize("plain", [ORDERED, SCORED], ids=["orders", "score"])
@pytest.mark.parametrize(
    "mechanism", [[], ["--mechanism", "opening_proposing_da"]], ids=["default", "openings propose"]
)
def test_one_changed_place_is_found(placed, verify, plain, mechanism):
    result = placed(plain, *mechanism)
    assert verify(result, plain) == (0, "VERIFIED\n", "")
    places = [row["id"] for row in plain["openings"]]
    for person, place in result["assignment"].items():
        for other in {None, *places} - {place}:
            code, out, err = verify(changed(result, "assignment", person, other), plain)
            assert (code, err) == (1, "")
            assert f"DIFFERENT assignment.{person}: is not what the rules make it" in out.splitlines()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("reasons", "s1", 0, "last"), "s3"),
        (("cutoffs", "c5", "*", "c5"), "s1"),
        (("certificate", "blocking_pairs"), 1),
        (("certificate", "instance"), "0"),
        (("digest",), "0"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_any_other_changed_value_is_found_where_it_is(placed, verify, path, value):
    code, out, err = verify(changed(placed(ORDERED), *path, value), ORDERED)
    spelt = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)[1:]
    assert (code, out, err) == (1, f"DIFFERENT {spelt}: is not what the rules make it\n", "")


def test_whoever_was_passed_over_is_named(placed, verify):
    result = changed(changed(placed(SCORED), "assignment", "c", None), "assignment", "b", "x")
    code, out, _ = verify(result | {"mechanism": "applicant_proposing_da"}, SCORED)
    assert code == 1
    assert out.splitlines()[0] == "DIFFERENT assignment.c: x is wished more and would take them: a blocking pair"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"mechanism": "lottery"}, "mechanism: lottery is none of"),
        ({"assignment": {"s1": "c1", "s2": "c5"}}, "assignment.s3: is missing"),
        ({"assignment": {"s1": "c1", "s2": "c5", "s3": None, "s4": None}}, "assignment.s4: is not known"),
        ({"assignment": {"s1": "c9", "s2": "c5", "s3": None}}, "assignment.s1: c9 is not known"),
        ({"format": "rantau.allocation/2"}, "format: is not rantau.allocation/1"),
        ({"more": 1}, "more: is not known to the format"),
        ({"digest": 1}, "digest: is not what the format allows here"),
    ],
)
def test_a_result_that_is_none_of_the_instance_is_unreadable(placed, verify, tmp_path, change, why):
    code, out, err = verify(placed(ORDERED) | change, ORDERED)
    assert (code, out) == (2, "")
    assert err.startswith(f"{tmp_path / 'r.json'}: {why}")


def test_minima_that_cannot_be_met_verify_nothing(placed, verify, tmp_path):
    result = placed(changed(MINIMA, "caps", []))
    code, out, err = verify(result, MINIMA)
    assert (code, out, err) == (2, "", f"{tmp_path / 'i.json'}: the minima cannot be met: y\n")


def test_another_instance_is_noticed(placed, verify):
    code, out, _ = verify(placed(SCORED), SCORED | {"seed": "another"})
    assert code == 1
    assert "DIFFERENT certificate.instance: is not what the rules make it" in out.splitlines()
