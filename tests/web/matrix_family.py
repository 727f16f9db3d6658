"""What the pages for those at home hold in the access matrix: somebody on their way, a shared note, whom they named."""

from typing import Any

from rantau.departure.actions import beginning, kin, notes
from rantau.departure.queries import of
from tests.allocation.build import World

NOTE = "Asramanya hangat dan rahasia"
KIN = ("Ibu Ratnaningrum", "+6281299887766")


def played(w: World, name: str) -> dict[str, str]:
    """Begin the ways of everybody with a seat, let somebody write, share and name; return what addresses hold of it."""
    beginning.due(intake=w.intake, at=w.at)
    clearance, owner = of(w.people[name]), w.people[name].person
    note = notes.write(clearance=clearance, text=NOTE, person=owner, at=w.at, chance=w.chance)
    secret = notes.share(note=note, named=False, person=owner, at=w.at, chance=w.chance)
    called, phone = KIN
    kin.name(
        clearance=clearance,
        called=called,
        phone=phone,
        of=("arrival",),
        wording="0" * 64,
        person=owner,
        at=w.at,
        chance=w.chance,
    )
    return {"note": note.ref, "note_secret": secret}


def noted(w: Any, story: World) -> None:
    """Add the note and whom to tell to the matrix, with every text that not everybody may read."""
    w.refs |= played(story, "placed")
    w.marks("placed", "note", NOTE)
    w.marks("placed", "kin", *KIN)
