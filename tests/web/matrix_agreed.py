"""Agreements of the access matrix: one on the table with what was said about it, one that only its drafting office sees."""

from typing import Any

from rantau.agreements.actions import drafting, negotiating
from rantau.programmes import queries as programmes
from tests.agreements import build
from tests.documents.paper import pdf

from . import matrix_duties

OFFICES = {"employer": "rusal", "host": "kedubes-rusia"}
"""Who of the programme's officers acts for which office, with every power."""
SAID = "Keberatan rahasia dari meja perundingan"
DRAFTED = "Kalimat rahasia dalam rancangan pertama"


def agreed(staff: dict[str, Any], scope: str, at: Any, chance: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Table an agreement and begin another; return what addresses name, and by its class what not everybody may read."""
    desk = [staff["coordinator"], staff["second"]]
    w = build.World(programme=programmes.get(scope), chance=chance, at=at, desk=desk)
    for name, office in OFFICES.items():
        build.mandate(w, staff[name], office)
        w.people |= {(office, power): staff[name] for power in build.POWERS}
    tabled, hidden = build.drafted(w, "mou", "rusal"), build.drafted(w, "technical_proposal", "rusal")
    who = {"person": staff["employer"], "at": at}
    drafting.annex(agreement=tabled, title="Peta", data=pdf(), type_="application/pdf", **who)
    drafting.table(agreement=tabled, **who)
    said = negotiating.comment(agreement=tabled, number=1, clause="contract", text=SAID, chance=chance, **who)
    words = build.reworded(hidden, "subject", DRAFTED)
    drafting.put(agreement=hidden, clause=words, after="", **who)
    refs = {"agreement": tabled.code, "first_draft": hidden.code, "comment": said.ref}
    return refs, {"talks": SAID, "draft": DRAFTED}


def negotiated(w: Any, scope: str) -> None:
    """Put an agreement of the open programme on the table, and begin one that its office alone sees."""
    refs, texts = agreed(w.staff[scope], scope, w.at, w.chance)
    w.refs |= refs
    for kind, said in texts.items():
        w.marks("agreement", kind, said)
    refs, texts = matrix_duties.owed(w.staff[scope], scope, w.at, w.chance)
    w.refs |= refs
    for kind, said in texts.items():
        w.marks("duty", kind, said)
