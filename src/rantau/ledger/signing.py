"""Ed25519 signatures of published files (RFC 8032): who published them, and with which key; the key comes as argument."""

import hashlib
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from rantau.engine.seal import signed_text

ALGORITHM = "ed25519"


def sign(file: dict[str, Any], seed: str) -> dict[str, Any]:
    """Return a sealed file with its signature; `seed` is the signing key, 32 bytes in hexadecimal."""
    value = _private(seed).sign(signed_text(file)).hex()
    return {**file, "signature": {"algorithm": ALGORITHM, "key": public_key(seed), "value": value}}


def holds(file: dict[str, Any]) -> bool:
    """Return whether the signature of a file of the right shape is its key's signature of its seal."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(file["signature"]["key"]))
        key.verify(bytes.fromhex(file["signature"]["value"]), signed_text(file))
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key(seed: str) -> str:
    """Return the public key of a signing key, 32 bytes in hexadecimal."""
    return _private(seed).public_key().public_bytes_raw().hex()


def fingerprint(key: str) -> str:
    """Return a public key's fingerprint as people compare it: 32 digits of the SHA-256 of its bytes, in groups of four."""
    digits = hashlib.sha256(bytes.fromhex(key)).hexdigest()[:32]
    return " ".join(digits[i : i + 4] for i in range(0, 32, 4))


def _private(seed: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
