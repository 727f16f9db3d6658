"""Somebody's way to departure in the third programme of the matrix: documents given, one of health, numbers that could leak."""

import datetime as dt
from typing import Any

from rantau.departure import queries
from rantau.departure.actions import beginning, papers
from tests.departure import build
from tests.documents.paper import pdf

NUMBER, PARENT, RESULT = "Q9081726", "Ibunda Sekarwangi", "Layak dengan batasan"
"""What is typed of the documents; the result as pages say it."""
ISSUED = dt.date(2026, 5, 1)
TYPED: dict[str, dict[str, Any]] = {
    "passport": {"number": NUMBER, "issued_on": ISSUED, "expires_on": dt.date(2031, 5, 1)},
    "family-consent": {"details": {"consenter": PARENT, "village_head": PARENT}},
    "health": {"issued_on": ISSUED, "details": {"result": "limited"}},
}


def begun(w: Any, story: Any) -> None:
    """Begin the way of everybody who accepted; one of them gives three documents. Note what addresses and pages may name."""
    beginning.due(intake=story.intake, at=story.at)
    owner = build.way(story, "placed")
    for paper in queries.papers(owner):
        w.refs[f"paper_{paper.kind}"] = paper.ref
        if paper.kind in TYPED:
            paper.clearance = owner
            who = {"person": owner.application.person, "at": story.at, "chance": story.chance}
            papers.give(paper=paper, data=pdf(), **TYPED[paper.kind], **who)
    w.marks("placed", "paper", NUMBER, PARENT)
    w.marks("placed", "medical", RESULT)
