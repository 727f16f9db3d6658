"""The three steps of the lot: a source named a day before, its substitutes, the evidence, outcomes sealed before shown."""

import datetime as dt
import hashlib
import json

import pytest

from rantau.engine import publication
from rantau.engine.selection import Row, Rules, decide
from rantau.ledger import signing
from rantau.ledger.models import Entry
from rantau.selection import queries
from rantau.selection.actions import rounds
from tests.selection.build import DAY, examined, final, provisional, refused, world

pytestmark = pytest.mark.django_db
MOMENT = dt.timedelta(microseconds=1)
FIVE = {"ani": 9000, "budi": 8000, "citra": 7000, "dedi": 6000, "eka": 5600}


def freeze(w, **changed):
    given = {"intake": w.intake, "source": "dadu", "substitutes": ["koin", "notaris"], "planned_at": w.at + DAY}
    return rounds.freeze(**{**given, "person": w.coordinator, "at": w.at, **changed}, chance=w.chance)


def drawn(w, round_, value="4-2-6", evidence=b"", **how):
    return rounds.draw(round_=round_, value=value, evidence=evidence, person=w.coordinator, at=w.at, **how)


def test_the_source_is_public_a_whole_day_before_the_draw(at, chance):
    w = world(at, chance, "ani")
    examined(w, ani=8000)
    with refused("round.soon", earliest=w.at + DAY):
        freeze(w, planned_at=w.at + DAY - MOMENT)
    round_ = freeze(w, planned_at=w.at + DAY)
    told = Entry.objects.get(action="freeze").facts
    assert {key: told[key] for key in ("source", "planned", "substitutes")} == {
        "source": "dadu",
        "planned": (w.at + DAY).isoformat(),
        "substitutes": ["koin", "notaris"],
    }
    w.later(DAY - MOMENT)
    with refused("round.early", planned=w.at + MOMENT):
        drawn(w, round_, source="koin", why="Dadu hilang.")
    w.later(MOMENT)
    assert drawn(w, round_).draw == {"name": "dadu", "value": "4-2-6", "evidence": "", "why": ""}


def test_a_missing_source_has_its_written_substitute_and_the_reason_is_public(at, chance):
    w = world(at, chance, *FIVE)
    examined(w, **FIVE)
    round_ = freeze(w)
    w.later(2 * DAY)
    with refused("publication.source", name="lotre", planned="dadu"):
        drawn(w, round_, source="lotre", why="Lebih mudah.")
    with refused("publication.why", name="koin"):
        drawn(w, round_, source="koin", why=" ")
    with refused("publication.why", name="dadu"):
        drawn(w, round_, why="Dadu hilang.")
    drawn(w, round_, source="koin", why=" Dadu hilang di depan saksi. ")
    assert Entry.objects.get(action="draw").facts["source"] == "koin"
    rounds.run(round_=round_, person=w.coordinator, at=w.at)
    rounds.publish(round_=round_, person=w.coordinator, at=w.at)
    file = json.loads(bytes(round_.public))
    assert (file["draw"]["name"], file["draw"]["why"]) == ("koin", "Dadu hilang di depan saksi.")
    assert file["freeze"]["source"]["substitutes"] == ["koin", "notaris"]
    last = final(w)
    assert publication.verify(bytes(last.public)).ok
    assert json.loads(bytes(last.audit))["draw"] == file["draw"]


def test_the_evidence_is_kept_as_it_was_handed_in(at, chance):
    w = world(at, chance, "ani")
    examined(w, ani=8000)
    round_ = freeze(w)
    w.later(2 * DAY)
    assert queries.evidence(w.intake) == b""
    drawn(w, round_, evidence=b"%PDF berita acara")
    assert queries.evidence(w.intake) == b"%PDF berita acara"
    assert round_.draw["evidence"] == hashlib.sha256(b"%PDF berita acara").hexdigest()
    assert Entry.objects.get(action="draw").facts["evidence"] == round_.draw["evidence"]


def test_the_outcomes_are_sealed_before_they_are_published(at, chance):
    w = world(at, chance, *FIVE)
    examined(w, **FIVE)
    round_ = freeze(w)
    w.later(2 * DAY)
    drawn(w, round_)
    rounds.run(round_=round_, person=w.coordinator, at=w.at)
    sealed = Entry.objects.get(action="decide").facts["outcomes"]
    assert (round_.outcomes, round_.drawn_at, round_.decided_at, round_.public) == (sealed, w.at, w.at, None)
    rounds.publish(round_=round_, person=w.coordinator, at=w.at)
    for name in ("public", "audit"):
        assert json.loads(bytes(getattr(round_, name)))["outcomes"] == {"root": sealed, "rows": 5}


def swapped(round_):
    """Give the best and the last each other's marks."""
    best, last = sorted(round_.rows, key=lambda row: row["marks"]["care_test"])[:: len(round_.rows) - 1]
    best["marks"], last["marks"] = last["marks"], best["marks"]


def resealed(round_):
    """Make the seal anew for the changed rows: the root of the freeze still tells."""
    swapped(round_)
    entries = [publication.Entry.read(row) for row in round_.rows]
    decided = decide([Row(code=e.code, marks=e.marks) for e in entries], Rules.read(round_.rules), seed=round_.seed)
    intake = round_.intake
    of = {"programme": intake.programme.code, "intake": intake.code, "kind": round_.kind, "rehearsal": True}
    round_.decision = decided.plain()
    round_.outcomes = publication.seal_outcomes(entries, decided.outcomes, **of)["root"]


CHANGES = {
    "rows": swapped,
    "rows and seal": resealed,
    "seal": lambda round_: setattr(round_, "outcomes", "0" * 64),
    "no seal": lambda round_: setattr(round_, "outcomes", ""),
    "draw": lambda round_: round_.draw.update(value="6-6-6"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_changed_between_decision_and_publication_stops_the_publication(at, chance, change):
    marks = {**FIVE, "budi": 7000, "dedi": 7000}  # three equal ones: another draw is another list
    w = world(at, chance, *marks)
    examined(w, **marks)
    round_ = freeze(w)
    w.later(2 * DAY)
    drawn(w, round_)
    rounds.run(round_=round_, person=w.coordinator, at=w.at)
    change(round_)
    round_.save()
    with refused("round.changed"):
        rounds.publish(round_=round_, person=w.coordinator, at=w.at)


def test_files_are_signed_where_there_is_a_key_and_else_not(at, chance, settings):
    w = world(at, chance, *FIVE)
    examined(w, **FIVE)
    round_ = provisional(w)
    for name in ("public", "audit"):
        file = json.loads(bytes(getattr(round_, name)))
        assert file["signature"]["key"] == signing.public_key(settings.SIGNING_KEY)
        assert signing.holds(file)
    settings.SIGNING_KEY = ""
    last = final(w)
    for name in ("public", "audit"):
        data = bytes(getattr(last, name))
        assert "signature" not in json.loads(data)
        assert publication.verify(data).ok
