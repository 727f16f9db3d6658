"""How documents and their rules are said: state and truth of a paper, when a rule is due, what is missing."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import ngettext

from rantau.engine.known import plainly
from rantau.web.ui import values

from .sentences import FIELDS, GAPS, PHASES, RESULTS, SIDES, STANDINGS, STATES

LEVELS = {"given": 1, "seen": 2, "confirmed": 3}
"""How many of the three states of truth a document has reached."""
ORDER = tuple(STATES)


def standing(paper: Any, at: dt.datetime) -> str:
    """Return how a document stands at an instant: its state, or that it is late or was sent back."""
    if paper.state != "asked":
        return str(paper.state)
    if paper.due_at and paper.due_at < at:
        return "late"
    return "returned" if paper.reason else "asked"


def shown(paper: Any, rule: Any, at: dt.datetime) -> dict[str, Any]:
    """Return a document in words: {"paper", "rule", "title", "state", "words", "tone", "level", "returned"}."""
    state = standing(paper, at)
    words, tone = STATES[state]
    return {
        "paper": paper,
        "rule": rule,
        "title": values.text(rule.title)[0],
        "state": state,
        "words": words,
        "tone": tone,
        "level": LEVELS.get(paper.state, 0),
        "open": paper.state in ("asked", "expired"),
        "returned": paper.state == "asked" and bool(paper.reason),
    }


def worst_first(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return documents in words by how bad they stand, then by their day."""
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(rows, key=lambda row: (ORDER.index(row["state"]), row["paper"].due_at or far, row["title"]))


def rule_row(rule: Any, terms: Any) -> dict[str, Any]:
    """Return a rule in words: on which side of what it is due, how long that is, how it stands, where it is written."""
    length, valid = rule.due.length, rule.valid
    known = {source.key: source for source in terms.sources}
    return {
        "rule": rule,
        "side": SIDES[rule.due.side, rule.due.event],
        "length": None if isinstance(length, int) else length,
        "plain": length if isinstance(length, int) else None,
        "unit": _unit(rule.due.unit, plainly(length) or 0),
        "valid": None if isinstance(valid, int) else valid,
        "months": valid if isinstance(valid, int) else None,
        "standing": STANDINGS[rule.standing],
        "sources": [known[key] for key in rule.sources if key in known],
        "said": [key for key in rule.sources if key not in known],
    }


def _unit(unit: str, number: int) -> str:
    return ngettext("hour", "hours", number) if unit == "hours" else ngettext("day", "days", number)


def by_phase(rules: Any, terms: Any) -> list[dict[str, Any]]:
    """Return rules in words below the legal phase that asks for them, in the order of a person's life."""
    found = []
    for code, (title, means) in PHASES.items():
        rows = [rule_row(rule, terms) for rule in rules if rule.phase == code]
        if rows:
            found.append({"code": code, "title": title, "means": means, "rows": rows})
    return found


def titles(terms: Any) -> dict[str, str]:
    """Return what gaps are about in the reader's language: documents and topics by code."""
    return {one.code: values.text(one.title)[0] for one in (*terms.documents, *terms.preparation)}


def gap(missing: Any, named: dict[str, str]) -> dict[str, Any]:
    """Return one thing that is missing in words, with its day."""
    about = named.get(missing.about, missing.about)
    return {"words": str(GAPS[missing.code]) % {"about": about}, "due": missing.due_on}


def spoken_values(known: Mapping[str, Any]) -> list[tuple[Any, str]]:
    """Return what was typed of a document as (label, words), in the order of the fields."""
    found = []
    for name, (label, _hint) in FIELDS.items():
        value = known.get(name)
        if value:
            words = values.plain_day(value) if isinstance(value, dt.date) else RESULTS.get(value, value)
            found.append((label, str(words)))
    return found
