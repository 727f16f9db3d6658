"""A file leaves for a purpose and is on record without a person; its answer comes back whole or not at all."""

import hashlib
import re
from pathlib import Path

import pytest

from rantau.departure.actions import exchanging
from rantau.departure.models import Outside, Transfer
from rantau.departure.queries import exchange
from rantau.ledger import queries as ledger
from rantau.people import actions as people

from . import build, leaving

pytestmark = pytest.mark.django_db
DOC = Path(__file__).parents[2] / "docs" / "exchange.md"
NIK = "3205010101057701"


def handed(w, **more):
    said = {"purpose": "Entri Sisko P2MI", "write": lambda rows: repr(rows).encode(), "person": w.coordinator}
    return exchanging.hand_over(intake=w.intake, at=w.at, chance=w.chance, **said | more)


def answered(w, *rows, person=None):
    found = [exchanging.Row(number, *row) for number, row in enumerate(rows, 2)]
    return exchanging.take_in(
        intake=w.intake, rows=found, data=b"sheet", person=person or w.coordinator, at=w.at, chance=w.chance
    )


def test_the_file_holds_who_is_cleared_and_its_record_names_nobody(at, chance):
    w = build.world(at, chance)
    with build.refused("exchange.nobody"):
        handed(w)
    leaving.cleared(w, "ani")
    person = build.way(w, "ani").application.person
    people.keep_identity(person=person, nik=NIK, chance=w.chance)
    with build.refused("exchange.purpose"):
        handed(w, purpose=" ")
    with build.refused("role.missing", roles=["coordinator", "operator"]):
        handed(w, person=w.host_mission)
    data, transfer = handed(w, person=w.operator)
    (row,) = exchange.rows(w.intake)
    assert list(row) == [column.code for column in exchange.COLUMNS]
    assert (row["nik"], row["status"], row["berangkat"], row["tiba"]) == (NIK, "cleared", "2027-06-07", "")
    assert transfer.digest == hashlib.sha256(data).hexdigest()
    facts = ledger.entries(w.intake.chain).last().facts
    assert facts == {"way": "out", "rows": 1, "digest": transfer.digest, "fields": list(row)}


def test_the_answer_is_taken_in_whole_or_not_at_all(at, chance):
    w = build.world(at, chance)
    ani, budi = (build.way(w, name).code for name in ("ani", "budi"))
    wrong = [(2, "kode", "unknown"), (3, "status", "empty"), (4, "kode", "twice"), (4, "nomor", "long")]
    with build.refused("exchange.rows", problems=wrong):
        answered(w, ("D-AAAAAAAAAAAA", "aktif", ""), (ani, " ", ""), (ani, "aktif", "9" * 61), (budi, "aktif", ""))
    with build.refused("exchange.empty"):
        answered(w)
    with build.refused("role.missing", roles=["coordinator", "operator"]):
        answered(w, (ani, "aktif", ""), person=w.home_mission)
    answered(w, (ani.lower(), "menunggu", "SP2MI-001"), (budi, "aktif", ""))
    answered(w, (ani, "aktif", "SP2MI-002"))
    assert (exchange.outside(build.way(w, "ani"))["status"], Outside.objects.count()) == ("aktif", 2)
    assert exchange.outside(build.way(w, "ani"))["number"] == "SP2MI-002"
    assert b"SP2MI" not in bytes(Outside.objects.get(clearance__code=ani).number)
    assert list(Transfer.objects.order_by("pk").values_list("way", "rows")) == [("in", 2), ("in", 1)]
    assert exchange.outside(build.way(w, "citra")) is None


def test_the_document_and_the_table_say_the_same():
    cells = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", DOC.read_text("utf-8"), re.MULTILINE)
    assert cells == [(one.code, one.heading, one.source) for one in (*exchange.COLUMNS, *exchange.ANSWER)]
