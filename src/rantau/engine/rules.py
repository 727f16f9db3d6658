"""Rules fixed by law and not by a programme, each with its source and the days it holds."""

import datetime as dt

from .canonical import Frozen


class Rule(Frozen):
    """One version of a legal rule: a whole number, its source, the first day it holds, the last (None: still)."""

    code: str
    value: int
    source: str
    since: dt.date
    until: dt.date | None = None


RULES = (
    Rule(
        code="departure_age",
        value=18,
        source="UU 18/2017 art. 5; IRIS Code of Conduct A.3",
        since=dt.date(2017, 11, 22),
    ),
)
"""Every version of every rule; a change of law adds a row and ends the one before."""


def rule(code: str, on: dt.date, *, table: tuple[Rule, ...] = RULES) -> Rule:
    """Return the version of a rule that holds on a day.

    :raises LookupError: where none does: a misspelt code, or a day before the rule
    """
    for version in table:
        if version.code == code and version.since <= on and (version.until is None or on <= version.until):
            return version
    raise LookupError(f"no rule {code!r} holds on {on}")
