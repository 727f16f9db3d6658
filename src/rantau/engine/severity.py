"""How strict each examiner is, by ridge least squares over shared pieces, and marks with that taken out, side by side."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from .canonical import Frozen
from .exact import nearest
from .examiners import connected
from .refusal import Refusal

FEWEST = 15
"""An examiner with fewer pieces cannot be told from the luck of those pieces."""
FURTHEST = 500
"""Nobody's marks are moved by more than 5.00 points."""


class Given(Frozen):
    """One examiner's mark for one piece, in hundredths."""

    piece: str
    examiner: str
    value: int


class Severity(Frozen):
    """By how much each examiner marks above (positive) or below the others, in hundredths, rounded once, or why not.

    `why` is `adjusted`, or nothing is adjusted: `few_examiners`, `disconnected`, `few_pieces`. `pieces` counts what each
    examiner marked; `capped` names those who were held at 5.00 points.
    """

    why: Literal["adjusted", "few_examiners", "disconnected", "few_pieces"]
    pieces: dict[str, int]
    effects: dict[str, int] = {}
    capped: tuple[str, ...] = ()


def severity(marks: Sequence[Given], *, ratio: Fraction) -> Severity:
    """Return the examiners' severities, or the condition that fails: then no mark is touched.

    At least two examiners, everybody connected with everybody over shared pieces, and 15 pieces each. `ratio` is
    `sd_e^2 / sd_sev^2`: the variance of one mark's error over that of severities.

    :raises Refusal: `scoring.ratio` unless the ratio is positive; `scoring.twice` (piece, examiner)
    """
    pieces = dict(sorted(Counter(m.examiner for m in marks).items()))
    if len(pieces) < 2:
        return Severity(why="few_examiners", pieces=pieces)
    if not connected((m.piece, m.examiner) for m in marks):
        return Severity(why="disconnected", pieces=pieces)
    if min(pieces.values()) < FEWEST:
        return Severity(why="few_pieces", pieces=pieces)
    found = {who: nearest(effect) for who, effect in effects(marks, ratio=ratio).items()}
    return Severity(
        why="adjusted",
        pieces=pieces,
        effects={who: min(max(effect, -FURTHEST), FURTHEST) for who, effect in found.items()},
        capped=tuple(who for who, effect in found.items() if abs(effect) > FURTHEST),
    )


def effects(marks: Sequence[Given], *, ratio: Fraction) -> dict[str, Fraction]:
    """Return the exact severities that minimise `sum (mark - piece - severity)^2 + ratio x sum severity^2`.

    Each piece's own quality is eliminated first; what remains is one equation an examiner, solved in fractions. The
    solution sums to zero by itself: the equations add up to `ratio x sum = 0`.

    :raises Refusal: `scoring.ratio`, `scoring.twice`
    """
    if ratio <= 0:
        raise Refusal("scoring.ratio", ratio=str(ratio))
    people = sorted({m.examiner for m in marks})
    place = {who: i for i, who in enumerate(people)}
    rows = [[Fraction(0)] * (len(people) + 1) for _ in people]
    for i in range(len(people)):
        rows[i][i] += ratio
    for given in _by_piece(marks).values():
        middle = Fraction(sum(given.values()), len(given))
        share = Fraction(1, len(given))
        for who, value in given.items():
            row = rows[place[who]]
            row[-1] += value - middle
            row[place[who]] += 1
            for other in given:
                row[place[other]] -= share
    return dict(zip(people, _solved(rows), strict=True))


def _by_piece(marks: Iterable[Given]) -> dict[str, dict[str, int]]:
    out: dict[str, dict[str, int]] = {}
    for m in marks:
        given = out.setdefault(m.piece, {})
        if m.examiner in given:
            raise Refusal("scoring.twice", piece=m.piece, examiner=m.examiner)
        given[m.examiner] = m.value
    return out


def _solved(rows: list[list[Fraction]]) -> list[Fraction]:
    """Return the solution of a positive definite system, right side last in each row, by elimination without pivots."""
    for i, row in enumerate(rows):
        pivot = row[i]
        row[:] = [value / pivot for value in row]
        for j, other in enumerate(rows):
            factor = other[i]
            if j != i and factor:
                other[:] = [a - factor * b for a, b in zip(other, row, strict=True)]
    return [row[-1] for row in rows]


def adjusted(counted: Mapping[str, int], effects: Mapping[str, int], *, maximum: int) -> int:
    """Return the mean of the marks that count (by examiner, hundredths) with each one's severity taken out.

    Rounded once, kept within 0 and `maximum`. Without severities it is the plain mean.
    """
    level = Fraction(sum(value - effects.get(who, 0) for who, value in counted.items()), len(counted))
    return min(max(nearest(level), 0), maximum)


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Return the codes whose outcome differs, in order: a third examiner looks again. Statistics ask, people decide."""
    return tuple(sorted(code for code in before.keys() | after.keys() if before.get(code) != after.get(code)))
