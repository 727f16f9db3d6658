"""A round decided once more, plainly: fractions, one comparison at a time, the best row picked out again and again."""

import hashlib
import hmac
from fractions import Fraction


def reference(rows, rules, seed):
    """Return (code, rank, total, outcome, step, reason) of every row, in the order of the result."""
    left, outcomes, above = [row for row in rows if _gate(row, rules) is None], [], None
    while left:
        best = left[0]
        for row in left[1:]:
            if _parting(row, best, rules, seed)[1]:
                best = row
        left.remove(best)
        rank = len(outcomes) + 1
        step = "first" if above is None else _parting(above, best, rules, seed)[0]
        outcomes.append((best.code, rank, _total(best, rules), *_place(rank, rules, step)))
        above = best
    barred = sorted((row.code, _gate(row, rules)) for row in rows if _gate(row, rules))
    return outcomes + [(code, None, None, "unsuccessful", "gate", reason) for code, reason in barred]


def _gate(row, rules):
    for c in rules.criteria:
        if c.code not in row.marks:
            return "absent:" + c.code
        if c.pass_mark is not None and row.marks[c.code] < c.pass_mark:
            return "below_pass:" + c.code
    return None


def _total(row, rules):
    return round(sum(Fraction(c.weight * row.marks[c.code] * 100, c.maximum) for c in rules.criteria))


def _parting(one, other, rules, seed):
    """Return (step, whether `one` is the better)."""
    if _total(one, rules) != _total(other, rules):
        return "total", _total(one, rules) > _total(other, rules)
    for code in rules.tie_break:
        if one.marks[code] != other.marks[code]:
            return code, one.marks[code] > other.marks[code]
    return "lot", _lot(seed, one.code) > _lot(seed, other.code)


def _lot(seed, code):
    """Return the number as hexadecimal digits, which are in the order of the numbers."""
    return hmac.new(seed.encode(), code.encode(), hashlib.sha256).hexdigest()[:32]


def _place(rank, rules, step):
    if rank <= rules.seats:
        return "selected", step, "within_seats"
    if rank <= rules.seats + rules.reserve:
        return "reserve", step, "within_reserve"
    return "unsuccessful", step, "below_cut"
