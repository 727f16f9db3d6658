"""Commitments: Merkle trees as in RFC 9162 section 2.1, and the seal that binds every value of a published file."""

import hashlib
from collections.abc import Sequence
from typing import Any

from .canonical import canonical, digest


def leaf_hash(data: bytes) -> str:
    """Return the Merkle leaf hash of bytes: SHA-256 of 0x00 and the bytes, in hexadecimal."""
    return hashlib.sha256(b"\x00" + data).hexdigest()


def leaf(salt: str, row: Any) -> str:
    """Return the salted leaf of a row: SHA-256 of 0x00, the salt in UTF-8, 0x0A and the row's canonical bytes.

    Canonical bytes hold no line feed, so the last 0x0A always ends the salt.
    """
    return leaf_hash(salt.encode() + b"\n" + canonical(row))


def outcome_salt(salt: str) -> str:
    """Return the salt of a row's outcome: the first 32 digits of SHA-256 of `outcome`, 0x0A and the row's own salt.

    It hides the outcomes until they are published and is public with them; the own salt, which hides marks, does not
    follow from it.
    """
    return hashlib.sha256(b"outcome\n" + salt.encode()).hexdigest()[:32]


def root(leaves: Sequence[str]) -> str:
    """Return the Merkle tree hash of leaf hashes in their order; of none, SHA-256 of nothing (RFC 9162, 2.1.1)."""
    level = [bytes.fromhex(one) for one in leaves]
    if not level:
        return hashlib.sha256(b"").hexdigest()
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        level = [_node(left, right) for left, right in zip(level[::2], level[1::2], strict=False)] + odd
    return level[0].hex()


def proof(leaves: Sequence[str], index: int) -> tuple[str, ...]:
    """Return the inclusion proof of one leaf, from the leaf upwards (RFC 9162, 2.1.3.1).

    :raises IndexError: where there is no such leaf
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return ()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if index < split:
        return (*proof(leaves[:split], index), root(leaves[split:]))
    return (*proof(leaves[split:], index - split), root(leaves[:split]))


def check_proof(leaf: str, index: int, size: int, proof: Sequence[str], root: str) -> bool:
    """Return whether the proof shows that the leaf stands at `index` of `size` under the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, current = index, size - 1, bytes.fromhex(leaf)
    for step in proof:
        if last == 0:
            return False
        if node % 2 or node == last:
            current = _node(bytes.fromhex(step), current)
            while node % 2 == 0 and node:
                node, last = node >> 1, last >> 1
        else:
            current = _node(current, bytes.fromhex(step))
        node, last = node >> 1, last >> 1
    return last == 0 and current.hex() == root


def stamp(file: dict[str, Any]) -> str:
    """Return the seal of a published file: SHA-256 of the canonical bytes of all of it but `seal` and `signature`."""
    return digest({key: value for key, value in file.items() if key not in ("seal", "signature")})


def signed_text(file: dict[str, Any]) -> bytes:
    """Return what a signature of a published file signs: its format, a space and its seal."""
    return f"{file['format']} {file['seal']}".encode()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
