"""What a table of wishes comes to: a row for every person, with the reason of the first wish refused, and a certificate."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from . import columns_certificate, fast
from .columns import NEVER, Whole
from .table import Table

FORMAT = "rantau.allocation-summary/1"
COLUMNS = ("applicant", "opening", "wish", "refused", "reason", "yours", "cutoff")
"""Who, where, which rank of their wishes; the first wish refused and why, with their score and the last one's there."""

FAST = ("merit_wishes", "applicant_proposing_da")
"""The mechanisms that columns of numbers can place by."""


def served(table: Table, mechanism: str) -> bool:
    """Return whether people are served in one order: with reserves, deferred acceptance gives them their meaning."""
    return mechanism == "merit_wishes" and not table.columns.reserve.any()


def place(table: Table, mechanism: str) -> Whole:
    """Return by person the application that is granted, or -1."""
    if served(table, mechanism) and table.line is not None:
        return fast.serve(table.columns, table.line)
    return fast.applicants_propose(table.columns)


def certify(table: Table, chosen: Whole, mechanism: str) -> dict[str, Any]:
    """Return what can be said of the places, as the certificate of a result says it."""
    assert columns_certificate.valid(table.columns, chosen)
    if mechanism == "merit_wishes":
        same = bool((place(table, mechanism) == chosen).all())
        return {"blocking_pairs": 0, "best_for_applicants": same, "proof": "replay"}
    pairs = len(columns_certificate.blocking(table.columns, chosen))
    best = not pairs and columns_certificate.best(table.columns, chosen)
    return {"blocking_pairs": pairs, "best_for_applicants": best, "proof": "rotations"}


def rows(table: Table, chosen: Whole) -> Iterator[tuple[str | int, ...]]:
    """Yield the row of every person in the order of ids, with an empty text where there is nothing to say."""
    columns = table.columns
    first = columns.starts[:-1]
    refused = (chosen != first) & (np.diff(columns.starts) > 0)
    at = np.where(refused, first, -1)
    last = columns_certificate.seated(columns, chosen).last
    beaten = np.append(last[columns.group], -1)[at]
    codes = _codes(table, at, beaten).tolist()
    names: Sequence[str] = [table.openings[number] for number in columns.opening.tolist()]
    ranks, scores = table.rank.tolist(), table.score.tolist()
    for person, got, no, by, code in zip(
        table.people, chosen.tolist(), at.tolist(), beaten.tolist(), codes, strict=True
    ):
        placed = ("", "") if got < 0 else (names[got], ranks[got])
        if no < 0:
            yield person, *placed, "", "", "", ""
        else:
            facts = (scores[no], scores[by]) if code in _WITH_FACTS and by >= 0 else ("", "")
            yield person, *placed, names[no], _CODES[code], *facts


_CODES = ("BELOW_CUTOFF", "TIE_LOST", "NOT_ELIGIBLE", "OPENING_CLOSED")
_WITH_FACTS = (0, 1)


def _codes(table: Table, at: Whole, beaten: Whole) -> Whole:
    """Return by person the number of the reason, as in `_CODES`; meaningless where nothing was refused."""
    columns = table.columns
    if not len(columns.key):
        return at
    tied = (beaten >= 0) & (table.score[at] == table.score[beaten])
    never = columns.key[at] == NEVER
    closed = columns.capacity[columns.opening[at]] == 0
    return np.where(never, 2, np.where(closed, 3, np.where(tied, 1, 0)))


def rows_of(result: Mapping[str, Any], table: Table) -> Iterator[tuple[str | int, ...]]:
    """Yield the same rows from a result in full."""
    starts = table.columns.starts.tolist()
    for person, name in enumerate(table.people):
        lines = result["reasons"][name]
        placed, refused = ("", ""), ("", "", "", "")
        for number, line in enumerate(lines):
            if line["code"] == "PLACED":
                placed = line["opening"], table.rank[starts[person] + number].item()
        if lines and lines[0]["code"] != "PLACED":
            refused = lines[0]["opening"], lines[0]["code"], lines[0].get("yours", ""), lines[0].get("cutoff", "")
        yield name, *placed, *refused
