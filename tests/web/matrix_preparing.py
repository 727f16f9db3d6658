"""Somebody's way to departure in the third programme of the matrix: documents given, one of health, numbers that could leak."""

import datetime as dt
from typing import Any

from rantau.departure import queries
from rantau.departure.actions import papers
from tests.departure import build
from tests.documents.paper import pdf

TABLE = """
own_departure           | D | code=calm                               | >.o. .. ..... .. .... .. | x
own_paper               | D | code=calm kind=passport                 | >.o. .. ..... .. .... .. | >.v. .. ..... .. .... ..
own_paper#health        | D | code=calm kind=health                   | >.o. .. ..... .. .... .. | >.v. .. ..... .. .... ..
own_paper_scan          | D | code=calm kind=health                   | >.o. .. ..... .. .... .. | x
document_rules          | D |                                         | *o                       | x
papers_board            | D |                                         | >--- oo o--o- -- -o-- -- | x
papers_out              | D |                                         | >--- oo o--o- -- -o-- -- | x
paper_look              | D | ref=paper_passport                      | >... .. o..o. .. .... .. | >... .. v..v. .. .... ..
paper_look#health       | D | ref=paper_health                        | >... .. o..o. .. .... .. | >... .. v..v. .. .... ..
paper_open              | D | ref=paper_health                        | x                        | >... .. O.... .. .... ..
paper_scan              | D | ref=paper_passport                      | >... .. o.... .. .... .. | >... .. o.... .. .... ..
paper_scan#health       | D | ref=paper_health                        | >... .. ..... .. .... .. | >... .. O.... .. .... ..
"""
"""Every address of the documents on the way, as in `matrix_table`."""
SHOWN = {"paper_open": "calm.medical"}
"""What an officer reads of a health paper after the click that is on record."""

NUMBER, PARENT, RESULT = "Q9081726", "Ibunda Sekarwangi", "Layak dengan batasan"
"""What is typed of the documents; the result as pages say it."""
ISSUED = dt.date(2026, 5, 1)
TYPED: dict[str, dict[str, Any]] = {
    "passport": {"number": NUMBER, "issued_on": ISSUED, "expires_on": dt.date(2031, 5, 1)},
    "family-consent": {"details": {"consenter": PARENT, "village_head": PARENT}},
    "health": {"issued_on": ISSUED, "details": {"result": "limited"}},
}


def noted(w: Any, story: Any) -> None:
    """Let somebody whose way has begun give three documents; note what addresses and pages may name of it."""
    owner = build.way(story, "calm")
    for paper in queries.papers(owner):
        w.refs[f"paper_{paper.kind}"] = paper.ref
        if paper.kind in TYPED:
            paper.clearance = owner
            who = {"person": owner.application.person, "at": story.at, "chance": story.chance}
            papers.give(paper=paper, data=pdf(), **TYPED[paper.kind], **who)
    w.marks("calm", "paper", NUMBER, PARENT)
    w.marks("calm", "medical", RESULT)
