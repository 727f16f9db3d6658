"""The third programme of the access matrix: one division published and waiting for answers, one with its lists open."""

from typing import Any

from rantau.engine.chance import Chance
from rantau.people.models import Person
from tests.allocation import build
from tests.departure import build as departing

from . import matrix_family, matrix_leaving, matrix_preparing

DIVIDED = "contoh-bagian-peragaan"
"""The programme whose people are divided."""
NAMES = {
    "placed": "Widuri Cempakasari",
    "waiting": "Danurwenda Sasmitajati",
    "calm": "Purnamawati Lokananta",
    "last": "Gandaruci Wiratmaja",
}
MARKS = {"placed": 9000, "waiting": 8500, "calm": 8000, "last": 7500}


def text() -> str:
    """Return the invented programme with documents and topics before departure, under a code of its own."""
    return departing.programme().replace('code = "contoh-jepang"', 'code = "contoh-bagian"', 1)


def played(at: object, chance: Chance) -> tuple[build.World, dict[str, tuple[str, str]]]:
    """Return the world and its texts that not everybody may read: fields published, postings open, a hardship told."""
    w = build.seated(at, chance, text(), **MARKS)
    for name, application in w.people.items():
        Person.objects.filter(pk=application.person_id).update(name=NAMES[name])
    build.refresh(w)
    build.published(w, "field", **{name: ("anak", "lansia") for name in MARKS})
    build.refresh(w)
    postings = build.announce(w, "posting")
    build.wish(w, postings, "waiting", "sapporo", "osaka")
    asked = build.ask(w, postings, "placed", "osaka", why="Kesusahan keluarga yang rahasia")
    return w, {"exemption": ("placed", asked.ref)}


def told(w: Any, offices: Any) -> None:
    """Divide the people of a third programme: its fields are published, its postings open, a hardship is told; all go on."""
    story, refs = played(w.at, w.chance)
    offices(w, story.scope)
    for name, application in story.people.items():
        w.people[name] = application
        first, last = NAMES[name].split()
        w.marks(name, "first", first)
        w.marks(name, "name", last)
        w.marks(name, "code", application.code)
    w.marks("placed", "hardship", "Kesusahan keluarga yang rahasia")
    w.refs |= {key: ref for key, (_name, ref) in refs.items()}
    matrix_family.noted(w, story)
    matrix_leaving.noted(w, story)
    matrix_preparing.noted(w, story)
