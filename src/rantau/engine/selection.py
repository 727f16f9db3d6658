"""The verifiable selection: the same rows, rules and seed give the same ranked outcomes on any machine."""

import hashlib
import hmac
import re
from collections.abc import Sequence
from typing import Literal, Self

from pydantic import model_validator

from .canonical import Frozen
from .refusal import Refusal
from .scoring import total

STEPS = ("first", "total", "lot", "gate")
"""Steps that are no criterion: the top row, a higher total, the lot, and an unranked row."""


class Criterion(Frozen):
    """One marked test: highest mark and pass mark in hundredths, weight of 100; without a pass mark any mark passes."""

    code: str
    maximum: int
    weight: int
    pass_mark: int | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if not re.fullmatch("[a-z][a-z0-9_]*", self.code) or self.code in STEPS:
            raise ValueError(f"code: {self.code!r} is no name for a criterion")
        if self.maximum < 1:
            raise ValueError("maximum: must be positive")
        if self.weight < 1:
            raise ValueError("weight: must be positive")
        if self.pass_mark is not None and not 0 <= self.pass_mark <= self.maximum:
            raise ValueError("pass_mark: must lie between 0 and the maximum")
        return self


class Rules(Frozen):
    """How a round is decided: seats, length of the reserve list, criteria, and the marks that part equal totals."""

    seats: int
    reserve: int
    criteria: tuple[Criterion, ...]
    tie_break: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> Self:
        codes = [c.code for c in self.criteria]
        if self.seats < 1 or self.reserve < 0:
            raise ValueError("seats: must be positive, and reserve not negative")
        if len(set(codes)) != len(codes):
            raise ValueError("criteria: each code may appear once")
        if sum(c.weight for c in self.criteria) != 100:
            raise ValueError("criteria: the weights must sum to 100")
        if not set(self.tie_break) <= set(codes) or len(set(self.tie_break)) != len(self.tie_break):
            raise ValueError("tie_break: criteria of these rules, each once")
        return self


class Row(Frozen):
    """One person in the round: publication code and marks by criterion in hundredths; no mark means absent."""

    code: str
    marks: dict[str, int]


class Outcome(Frozen):
    """What became of a row, which step parts it from the row directly above, and why it stands where it stands.

    `step` is `first`, `total`, a criterion's code, `lot`, or `gate` for rows without a rank. `reason` is
    `within_seats`, `within_reserve`, `below_cut`, `absent:<criterion>` or `below_pass:<criterion>`.
    """

    code: str
    rank: int | None
    total: int | None
    outcome: Literal["selected", "reserve", "unsuccessful"]
    step: str
    reason: str


class Decision(Frozen):
    """All outcomes, ranked ones first, and the total of the last selected (None when nobody is)."""

    outcomes: tuple[Outcome, ...]
    cut: int | None


def lot(seed: str, code: str) -> int:
    """Return a code's lot number: the first 16 bytes of HMAC-SHA256(key = seed, message = code), big-endian."""
    return int.from_bytes(hmac.digest(seed.encode(), code.encode(), hashlib.sha256)[:16], "big")


def gate(row: Row, rules: Rules) -> str:
    """Return why a row has no rank, `absent:<criterion>` or `below_pass:<criterion>`; empty when it has one.

    Criteria are looked at in the order of the rules; the first one that fails is named.
    """
    for criterion in rules.criteria:
        mark = row.marks.get(criterion.code)
        if mark is None:
            return f"absent:{criterion.code}"
        if criterion.pass_mark is not None and mark < criterion.pass_mark:
            return f"below_pass:{criterion.code}"
    return ""


def place(rank: int, rules: Rules) -> tuple[Literal["selected", "reserve", "unsuccessful"], str]:
    """Return the outcome and the reason of a rank."""
    if rank <= rules.seats:
        return "selected", "within_seats"
    if rank <= rules.seats + rules.reserve:
        return "reserve", "within_reserve"
    return "unsuccessful", "below_cut"


def compare(above: Row, below: Row, rules: Rules, *, seed: str) -> tuple[str, int]:
    """Return the step that parts two ranked rows and which is better by it: positive when `above` is."""
    pairs = [("total", total(above.marks, rules.criteria), total(below.marks, rules.criteria))]
    pairs += [(code, above.marks[code], below.marks[code]) for code in rules.tie_break]
    for step, ours, theirs in pairs:
        if ours != theirs:
            return step, ours - theirs
    return "lot", 1 if lot_order(seed, above.code) < lot_order(seed, below.code) else -1


def lot_order(seed: str, code: str) -> tuple[int, str]:
    """Return the sort key of the lot: the larger number first, equal numbers by smaller code."""
    return -lot(seed, code), code


def decide(rows: Sequence[Row], rules: Rules, *, seed: str) -> Decision:
    """Rank the rows that pass every gate by total, then tie-break marks, then lot; fill seats, then the reserve.

    Outcomes come in rank order, unranked rows after them by code. The order of the rows given never matters.

    :raises Refusal: `selection.duplicate` (row), `selection.unknown_criterion` (row, criterion),
        `selection.mark_range` (row, criterion, mark, maximum)
    """
    _check(rows, rules)
    reasons = {row.code: gate(row, rules) for row in rows}
    totals = {row.code: total(row.marks, rules.criteria) for row in rows if not reasons[row.code]}

    def order(row: Row) -> tuple[int, tuple[int, ...], tuple[int, str]]:
        return -totals[row.code], tuple(-row.marks[code] for code in rules.tie_break), lot_order(seed, row.code)

    ranked = sorted((row for row in rows if not reasons[row.code]), key=order)
    outcomes, cut = [], None
    for rank, row in enumerate(ranked, 1):
        outcome, reason = place(rank, rules)
        step = compare(ranked[rank - 2], row, rules, seed=seed)[0] if rank > 1 else "first"
        score = totals[row.code]
        outcomes.append(Outcome(code=row.code, rank=rank, total=score, outcome=outcome, step=step, reason=reason))
        cut = score if outcome == "selected" else cut
    for code in sorted(code for code, reason in reasons.items() if reason):
        why = reasons[code]
        outcomes.append(Outcome(code=code, rank=None, total=None, outcome="unsuccessful", step="gate", reason=why))
    return Decision(outcomes=tuple(outcomes), cut=cut)


def _check(rows: Sequence[Row], rules: Rules) -> None:
    maxima = {c.code: c.maximum for c in rules.criteria}
    seen: set[str] = set()
    for row in rows:
        if row.code in seen:
            raise Refusal("selection.duplicate", row=row.code)
        seen.add(row.code)
        for criterion, mark in sorted(row.marks.items()):
            if criterion not in maxima:
                raise Refusal("selection.unknown_criterion", row=row.code, criterion=criterion)
            if not 0 <= mark <= maxima[criterion]:
                limit = maxima[criterion]
                raise Refusal("selection.mark_range", row=row.code, criterion=criterion, mark=mark, maximum=limit)
