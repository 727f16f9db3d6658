"""The tree that freezes a list: known roots, proofs, stamps."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rantau.engine.seal import check_proof, leaf, leaf_hash, proof, root, stamp

VECTORS = json.loads((Path(__file__).parent / "vectors" / "seal.json").read_text())
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


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index):
    with pytest.raises(IndexError):
        proof([leaf_hash(b""), leaf_hash(b"1"), leaf_hash(b"2")], index)


def test_the_seal_leaves_itself_out_and_nothing_else():
    assert stamp({"a": 1, "seal": "x"}) == stamp({"a": 1}) != stamp({"a": 2})
