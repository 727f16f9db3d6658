"""Who marks which piece: two blind examiners in rotating pairs, a third named beforehand, some pieces marked by all."""

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from .canonical import Frozen
from .exact import nearest_root
from .refusal import Refusal
from .selection import lot_order


class Assigned(Frozen):
    """Who marks one piece: the pair whose marks count, the third who is asked if they must be, and who marks it too.

    `others` is empty but for an anchor, where it holds everybody else: their marks tie the examiners to each other and
    count for nobody, so that an anchor's maker is judged like all. `third` is None where nobody is left.
    """

    piece: str
    pair: tuple[str, str]
    third: str | None
    others: tuple[str, ...]


def pairs(
    pieces: Iterable[str],
    examiners: Iterable[str],
    anchors: int,
    *,
    seed: str,
    barred: frozenset[tuple[str, str]] = frozenset(),
) -> tuple[Assigned, ...]:
    """Return who marks what, in the order of the pieces' lots under `seed`; the first `anchors` are marked by all.

    Pairs rotate, so that everybody marks with everybody as far as the pieces reach; nobody marks two pieces more than
    another. `barred` are (piece, examiner) that may not meet: the least busy other takes the place. The order in which
    pieces and examiners are handed in never matters.

    :raises Refusal: `scoring.pairing` when a piece is left with fewer than two examiners (piece, examiners)
    """
    people = sorted(set(examiners))
    dealt = _deal(len(people))
    load, thirds = dict.fromkeys(people, 0), dict.fromkeys(people, 0)
    out = []
    for position, piece in enumerate(sorted(set(pieces), key=lambda piece: lot_order(seed, piece))):
        able = [who for who in people if (piece, who) not in barred]
        if len(able) < 2:
            raise Refusal("scoring.pairing", piece=piece, examiners=len(able))
        kept = [who for who in (people[i] for i in next(dealt)) if who in able]
        spare = sorted((who for who in able if who not in kept), key=lambda who: (load[who], who))
        first, second = sorted((*kept, *spare)[:2])
        for who in (first, second):
            load[who] += 1
        left = [who for who in able if who not in (first, second)]
        third = min(left, key=lambda who: (thirds[who], load[who], who), default=None)
        if third is not None:
            thirds[third] += 1
        out.append(
            Assigned(piece=piece, pair=(first, second), third=third, others=tuple(left if position < anchors else ()))
        )
    return tuple(out)


def _deal(people: int) -> Iterator[tuple[int, int]]:
    """Yield pairs of positions without end, each of which differs from the ones before as long as there are new ones.

    An even number meets in rounds (one position stands, the others go round), in each of which everybody marks once. An
    odd number is dealt in steps of 1, 2 and so on round the table, only steps that come past everybody.
    """
    while True:
        if people % 2 == 0:
            yield from _rounds(people)
        else:
            for step in range(1, people // 2 + 1):
                if math.gcd(step, people) == 1:
                    around = [i * step % people for i in range(2 * people)]
                    yield from zip(around[::2], around[1::2], strict=True)


def _rounds(people: int) -> Iterator[tuple[int, int]]:
    ring = people - 1
    for turn in range(ring):
        yield ring, turn
        for away in range(1, people // 2):
            yield (turn + away) % ring, (turn - away) % ring


def connected(marks: Iterable[tuple[str, str]]) -> bool:
    """Return whether (piece, examiner) pairs hang together: each examiner reaches each other over shared pieces."""
    groups: list[set[tuple[int, str]]] = []
    for piece, examiner in marks:
        ends = {(0, piece), (1, examiner)}
        for touching in [group for group in groups if group & ends]:
            groups.remove(touching)
            ends |= touching
        groups.append(ends)
    return len(groups) < 2


def tolerance(error: int) -> int:
    """Return by how much two fair marks may differ in 95 of 100 cases: `1.96 x sqrt(2) x error`, in hundredths.

    `error` is the standard deviation of one examiner's mark for the same piece, in hundredths. Rounded once.
    """
    return nearest_root(Fraction(0), Fraction(196**2 * 2, 100**2) * error * error)


def error(twice: Sequence[tuple[int, int]]) -> int:
    """Return the standard deviation of one examiner's mark from pieces marked twice: `sqrt(sum d^2 / 2n)`, hundredths.

    :raises Refusal: `scoring.empty` when nothing was marked twice
    """
    if not twice:
        raise Refusal("scoring.empty")
    return nearest_root(Fraction(0), Fraction(sum((a - b) ** 2 for a, b in twice), 2 * len(twice)))
