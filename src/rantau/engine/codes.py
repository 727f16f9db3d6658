"""Codes that people read, type and say: a kind, ten Crockford base-32 characters and a check character."""

from .chance import Chance

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_READ = {**{c: i for i, c in enumerate(ALPHABET)}, "O": 0, "I": 1, "L": 1}


def draw(kind: str, chance: Chance) -> str:
    """Return a new code such as `A-7K3QF9X2MW5`: 50 random bits behind the kind's letter."""
    bits = int.from_bytes(chance(7), "big") >> 6
    body = "".join(ALPHABET[bits >> 5 * i & 31] for i in range(LENGTH))
    return f"{kind}-{body}{_check(body)}"


def reference(chance: Chance) -> str:
    """Return a random reference of 26 characters that nobody has to read: ledger subjects and actors, tokens."""
    bits = int.from_bytes(chance(17), "big") >> 6
    return "".join(ALPHABET[bits >> 5 * i & 31] for i in range(26))


def read(text: str) -> str | None:
    """Return the code as written down by us, or None when it cannot be one.

    Forgives lower case, spaces, missing hyphens, and O for 0, I and L for 1 (Crockford's base 32). A single wrong
    character and two exchanged neighbours are always noticed.
    """
    letters = "".join(c for c in text.upper() if c.isalnum())
    if len(letters) != LENGTH + 2 or any(c not in _READ for c in letters[1:]):
        return None
    kind, body, check = letters[0], "".join(ALPHABET[_READ[c]] for c in letters[1:-1]), ALPHABET[_READ[letters[-1]]]
    return f"{kind}-{body}{check}" if _check(body) == check else None


def _check(body: str) -> str:
    """Return the character that makes the sum of a^i * value zero in the field of 32 elements (x^5 + x^2 + 1)."""
    total = 0
    for c in body:
        total = _double(total ^ _READ[c])
    return ALPHABET[total]


def _double(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 32 else value
