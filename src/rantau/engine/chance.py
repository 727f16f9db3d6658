"""Chance as an argument: a source of bytes that is passed in, and what is made from it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Chance = Callable[[int], bytes]
"""`chance(n)` returns n fresh bytes: the operating system's in production, seeded in a rehearsal."""

T = TypeVar("T")


@dataclass
class Seeded:
    """A source that gives the same bytes for the same seed: SHA-256 of a counter and the seed; a copy goes on as it would."""

    words: str
    counter: int = 0

    def __call__(self, n: int) -> bytes:
        """Return the next n bytes."""
        key, out = self.words.encode(), b""
        while len(out) < n:
            out += hashlib.sha256(b"%d|%s" % (self.counter, key)).digest()
            self.counter += 1
        return out[:n]


def seeded(seed: str) -> Chance:
    """Return a source that gives the same bytes for the same seed."""
    return Seeded(seed)


def below(limit: int, chance: Chance) -> int:
    """Return an integer from 0 to limit - 1; the bias of 64 bits is below one in 10^9 for limits below 10^9."""
    return int.from_bytes(chance(8), "big") % limit


def pick(choices: Sequence[T], chance: Chance) -> T:
    """Return one of the choices, each as likely as the others."""
    return choices[below(len(choices), chance)]


def happens(per_thousand: int, chance: Chance) -> bool:
    """Return true in `per_thousand` of 1,000 draws."""
    return below(1000, chance) < per_thousand
