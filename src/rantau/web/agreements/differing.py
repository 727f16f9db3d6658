"""What changed between two versions, in plain words: for each clause what became of it, and the words that went and came."""

import re
from collections.abc import Collection, Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from rantau.agreements import wording
from rantau.engine.clauses import Clause
from rantau.engine.differences import Change, DutyChange, Passage, Segment, compare
from rantau.web.ui.values import text

from .words import NAMES

FATES = {
    "added": (_("new"), "now"),
    "removed": (_("taken out"), "bad"),
    "changed": (_("changed"), "part"),
    "moved": (_("moved, its words as before"), "wait"),
    "unchanged": (_("as before"), "none"),
}
"""What became of a clause in words, with its tone."""

DUTIES = {
    "added": _("New duty of %(owner)s: %(what)s, %(when)s."),
    "removed": _("Duty no longer there: %(owner)s: %(what)s, %(when)s."),
}
COUNT = re.compile(r"\w+")


def compared(
    before: tuple[Clause, ...], after: tuple[Clause, ...], *, known: Any, sides: Collection[str]
) -> dict[str, Any]:
    """Return the clauses that differ, each in words, and the numbers of those that are as before."""
    old, new = {one.code: one for one in before}, {one.code: one for one in after}
    language = (get_language() or "id")[:2]
    changes = compare(before, after)
    return {
        "clauses": [
            _clause(one, old.get(one.code), new.get(one.code), language, known, sides)
            for one in changes
            if one.kind != "unchanged"
        ],
        "same": [one.now for one in changes if one.kind == "unchanged"],
    }


def _clause(
    change: Change, old: Clause | None, new: Clause | None, language: str, known: Any, sides: Collection[str]
) -> dict[str, Any]:
    words, tone = FATES[change.kind]
    passages = _passages(change)
    counted = {at: _counted(passages, at) for at in NAMES}
    shown = [at for at in NAMES if any(counted[at])]
    first = [language] if language in shown else shown
    clause = new or old
    assert clause is not None  # a change is of a clause in one of the versions
    return {
        "code": change.code,
        "was": change.was,
        "now": change.now,
        "title": text(clause.title)[0],
        "words": words,
        "tone": tone,
        "moved": change.moved and change.kind == "changed",
        "gone": counted[language][0],
        "new": counted[language][1],
        "shown": [_marked(change, at, counted[at]) for at in first],
        "others": [_marked(change, at, counted[at]) for at in shown if at not in first],
        "duties": [one for duty in change.duties if (one := _duty(duty, old, new, language, known, sides))],
        "answered": len(change.answered),
        "opened": len(change.opened),
    }


def _passages(change: Change) -> list[Passage]:
    return [change.title, change.text, *change.rows, *(cell for line in change.table for cell in line)]


def _counted(passages: Iterable[Passage], at: str) -> tuple[int, int]:
    """Return how many words went and came in a language."""
    segments = [segment for passage in passages for segment in getattr(passage, at)]
    gone, new = (
        sum(len(COUNT.findall(segment.text)) for segment in segments if segment.kind == kind)
        for kind in ("gone", "new")
    )
    return gone, new


def _marked(change: Change, at: str, counted: tuple[int, int]) -> dict[str, Any]:
    """Return a clause in one language with the words that went and came marked."""
    return {
        "language": at,
        "name": NAMES[at],
        "gone": counted[0],
        "new": counted[1],
        "title": segments(getattr(change.title, at)),
        "text": segments(getattr(change.text, at)),
        "rows": [segments(getattr(row, at)) for row in change.rows],
        "table": [[segments(getattr(cell, at)) for cell in line] for line in change.table],
    }


def segments(found: Iterable[Segment]) -> SafeString:
    """Return a text with what went struck out and what came underlined, each said to who cannot see it."""
    said = {
        "gone": format_html('<del><span class="hidden">({}) </span>{{}}</del>', gettext("gone:")),
        "new": format_html('<ins><span class="hidden">({}) </span>{{}}</ins>', gettext("new:")),
        "kept": "{}",
    }
    return format_html_join("", "{}", ((format_html(said[one.kind], one.text),) for one in found))


def _duty(
    change: DutyChange, old: Clause | None, new: Clause | None, language: str, known: Any, sides: Collection[str]
) -> dict[str, Any] | None:
    """Return what became of a duty: a sentence, or its words with what changed; None where nothing did."""
    if change.kind == "unchanged":
        return None
    terms = {term.code: term for clause in (old, new) if clause for term in clause.duties}
    term = terms[change.code]
    if change.kind in DUTIES:
        facts = {
            "owner": wording.named(term.owner, language, known, sides),
            "what": term.what.in_(language)[0].removesuffix("."),
            "when": wording.when(term.timing, language, known),
        }
        return {"words": str(DUTIES[change.kind]) % facts}
    return {
        "what": segments(getattr(change.what, language)),
        "evidence": segments(getattr(change.evidence, language)),
        "owner": _pair(change.owner, lambda one: wording.named(one, language, known, sides)),
        "when": _pair(change.timing, lambda one: wording.when(one, language, known)),
        "released": _pair(change.excused_by, lambda one: wording.named(one, language, known, sides)),
    }


def _pair(pair: tuple[Any, Any] | None, said: Any) -> tuple[str, str] | None:
    """Return both sides of what changed in words."""
    if pair is None:
        return None
    before, after = pair
    return (said(before) if before else "–", said(after) if after else "–")
