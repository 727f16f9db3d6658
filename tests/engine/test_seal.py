"""The tree that freezes a list: known roots, proofs, stamps."""

import hashlib
import json
import runpy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rantau.engine.recount import outcome_leaf
from rantau.engine.seal import check_proof, leaf, leaf_hash, outcome_salt, proof, root, signed_text, stamp
from rantau.ledger import signing
from tests.engine.changes import TOOL, standalone

VECTORS = json.loads((Path(__file__).parent / "vectors" / "seal.json").read_text())
CURVE = runpy.run_path(str(TOOL.with_name("ed25519.py")))
hashes = st.lists(st.binary(max_size=3).map(leaf_hash), min_size=1, max_size=20)


@pytest.mark.parametrize("vector", VECTORS["roots"], ids=lambda v: str(v["leaves"]))
def test_golden_roots_of_the_certificate_transparency_test_tree(vector):
    raw = [bytes.fromhex(data) for data in VECTORS["data"][: vector["leaves"]]]
    assert root([leaf_hash(data) for data in raw]) == vector["root"]


@pytest.mark.parametrize("vector", VECTORS["leaves"], ids=lambda v: v["row"]["code"])
def test_golden_leaves(vector):
    assert leaf(vector["salt"], vector["row"]) == vector["leaf"]
    assert hashlib.sha256(bytes.fromhex(vector["bytes"])).hexdigest() == vector["leaf"]


@settings(max_examples=40, deadline=None)
@given(hashes, st.data())
def test_a_proof_shows_its_leaf_at_its_place_and_nothing_else(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    top, path = root(leaves), proof(leaves, index)
    other = leaf_hash(b"another row")
    assert check_proof(leaves[index], index, len(leaves), path, top)
    assert not check_proof(other, index, len(leaves), path, top)
    assert not check_proof(leaves[index], index, len(leaves), path, other)
    assert not check_proof(leaves[index], index, len(leaves), (*path, other), top)
    assert not check_proof(leaves[index], len(leaves), len(leaves), path, top)
    if path:
        assert not check_proof(leaves[index], index, len(leaves), path[:-1], top)


def test_a_leaf_at_another_place_is_not_proven():
    leaves = [leaf_hash(bytes([n])) for n in range(7)]
    for index in range(7):
        for other in range(7):
            shown = check_proof(leaves[index], other, 7, proof(leaves, index), root(leaves))
            assert shown == (index == other)


@pytest.mark.parametrize("vector", VECTORS["paths"], ids=lambda v: f"{v['leaf']} of {v['size']}")
def test_golden_paths_of_the_certificate_transparency_test_tree(vector):
    leaves = [leaf_hash(bytes.fromhex(data)) for data in VECTORS["data"][: vector["size"]]]
    assert list(proof(leaves, vector["leaf"])) == vector["path"]
    assert check_proof(leaves[vector["leaf"]], vector["leaf"], vector["size"], vector["path"], root(leaves))


def _defined(leaves):
    """Return the root as RFC 9162, 2.1.1 defines it, word for word."""
    if len(leaves) == 1:
        return bytes.fromhex(leaves[0])
    k = max(power for power in (1 << bit for bit in range(8)) if power < len(leaves))
    return hashlib.sha256(b"\x01" + _defined(leaves[:k]) + _defined(leaves[k:])).digest()


def _climbed(leaf_, index, size, path):
    """Return whether the standalone verifier comes to a root this way, and to which."""
    try:
        return standalone.climb(bytes.fromhex(leaf_), index, size, list(path)).hex()
    except standalone.Verdict:
        return ""


@pytest.mark.parametrize("size", range(1, 41))
def test_root_and_proofs_of_every_size_agree_with_the_definition_and_with_the_standalone_verifier(size):
    leaves = [leaf_hash(bytes([n])) for n in range(size)]
    top = _defined(leaves).hex()
    assert root(leaves) == standalone.tree([bytes.fromhex(one) for one in leaves]).hex() == top
    for index, one in enumerate(leaves):
        path = proof(leaves, index)
        assert check_proof(one, index, size, path, top)
        assert _climbed(one, index, size, path) == top
        for other in {index - 1, index + 1, size - 1 - index} - {index}:
            assert not check_proof(one, other, size, path, top)
            assert not 0 <= other < size or _climbed(one, other, size, path) != top
        for step in range(len(path)):
            spoilt = (*path[:step], leaf_hash(b"forged"), *path[step + 1 :])
            assert not check_proof(one, index, size, spoilt, top)
            assert _climbed(one, index, size, spoilt) != top


@pytest.mark.parametrize("vector", VECTORS["outcomes"], ids=lambda v: v["row"]["code"])
def test_golden_leaves_of_outcomes(vector):
    assert outcome_salt(vector["salt"]) == vector["outcome_salt"]
    assert outcome_leaf(vector["of"], vector["rows"], vector["row"], vector["outcome_salt"]) == vector["leaf"]


@pytest.mark.parametrize("vector", VECTORS["signatures"], ids=lambda v: v["name"])
def test_golden_signatures_hold_and_no_changed_one_does(vector):
    key, value, text = (bytes.fromhex(vector[part]) for part in ("key", "value", "text"))
    assert CURVE["verify"](key, value, text)
    assert not CURVE["verify"](key, value, text + b"x")
    for part in (0, 31, 32, 63):
        spoilt = bytearray(value)
        spoilt[part] ^= 1
        assert not CURVE["verify"](key, bytes(spoilt), text)
    s = int.from_bytes(value[32:], "little") + CURVE["ORDER"]
    assert not CURVE["verify"](key, value[:32] + s.to_bytes(32, "little"), text)  # the same signature written otherwise


@settings(max_examples=15, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.text(max_size=9), st.integers(0, 767), st.booleans())
def test_both_readings_of_a_signature_agree(seed, text, bit, spoil):
    file = signing.sign({"format": text, "seal": "f" * 64}, seed.hex())
    assert signed_text(file) == f"{text} {'f' * 64}".encode()
    if spoil:
        name, at = ("key", bit) if bit < 256 else ("value", bit - 256)
        flipped = bytearray.fromhex(file["signature"][name])
        flipped[at // 8] ^= 1 << at % 8
        file["signature"][name] = flipped.hex()
    assert signing.holds(file) == CURVE["holds"](file["signature"], signed_text(file).decode()) == (not spoil)


def test_a_fingerprint_is_short_enough_to_be_read_out():
    assert signing.fingerprint("00" * 32) == "6668 7aad f862 bd77 6c8f c18b 8e9f 8e20"


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index):
    with pytest.raises(IndexError):
        proof([leaf_hash(b""), leaf_hash(b"1"), leaf_hash(b"2")], index)


def test_the_seal_leaves_out_itself_and_its_signature_and_nothing_else():
    assert stamp({"a": 1, "seal": "x", "signature": {}}) == stamp({"a": 1}) != stamp({"a": 2})
