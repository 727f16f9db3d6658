"""What goes to the ministry's system about people who are cleared or have left: the map of its columns, and the rows."""

import datetime as dt
from typing import Any, NamedTuple

from rantau.departure.models import Clearance, Outside, Transfer
from rantau.people import queries as people
from rantau.people import vault
from rantau.programmes.models import Intake
from rantau.programmes.queries import day

from . import holding, terms, travelling, under_way

OUT = ("cleared", "departed", "arrived")
"""Whose rows go out: people who are cleared, and those who have left and are not home again."""


class Column(NamedTuple):
    """One column: its code in the file, its heading in Indonesian, where its value comes from, whether it is digits."""

    code: str
    heading: str
    source: str
    digits: bool = False


COLUMNS = (
    Column("kode", "Kode keberangkatan", "Clearance.code: the key by which an answer finds its person"),
    Column("nama", "Nama", "Person.name"),
    Column("nik", "NIK", "Person.nik, unsealed; text, 16 digits", digits=True),
    Column("tanggal_lahir", "Tanggal lahir", "Person.birth_on, unsealed; YYYY-MM-DD"),
    Column("paspor_berlaku_sampai", "Paspor berlaku sampai", "Paper.expires_on of the newest passport; YYYY-MM-DD"),
    Column("status", "Status", "Clearance.state: cleared, departed or arrived"),
    Column("rombongan", "Rombongan", "Group.code"),
    Column("berangkat", "Berangkat", "Clearance.departed_at, before that Group.departs_at; day in WIB"),
    Column("tiba", "Tiba", "Clearance.arrived_at; day in WIB, empty before the arrival"),
    Column("negara", "Negara tujuan", "[programme] host_country: two letters"),
    Column("program", "Program", "Programme.code"),
)
"""The columns that go out, in order. Nothing of health, police, family or visas is among them."""

ANSWER = (
    Column("kode", "Kode keberangkatan", "as it was handed over; a row without it is refused"),
    Column("status", "Status", "the word of the other system, at most 40 characters"),
    Column("nomor", "Nomor", "the person's number in the other system; sealed, may be empty", digits=True),
)
"""The columns of the answer that is taken in."""


def rows(intake: Intake) -> list[dict[str, str]]:
    """Return the rows that go out, by code: only `actions.exchanging.hand_over` asks for them, and keeps that it did."""
    found = under_way(intake).filter(state__in=OUT)
    return [_row(one) for one in found]


def _row(clearance: Clearance) -> dict[str, str]:
    person, group = clearance.application.person, travelling(clearance)
    identity, passport = people.identity(person), holding(clearance, "passport")
    leaves = clearance.departed_at or (group.departs_at if group else None)
    return {
        "kode": clearance.code,
        "nama": person.name,
        "nik": identity.nik,
        "tanggal_lahir": _date(identity.birth_on),
        "paspor_berlaku_sampai": _date(passport.expires_on if passport else None),
        "status": clearance.state,
        "rombongan": group.code if group else "",
        "berangkat": _date(day(leaves) if leaves else None),
        "tiba": _date(day(clearance.arrived_at) if clearance.arrived_at else None),
        "negara": terms(clearance).host_country,
        "program": clearance.application.intake.programme.code,
    }


def _date(on: dt.date | None) -> str:
    return on.isoformat() if on else ""


def transfers(intake: Intake) -> list[Transfer]:
    """Return the files that went out or came in, newest first."""
    return list(Transfer.objects.filter(intake=intake).select_related("by").order_by("-at", "-pk"))


def outside(clearance: Clearance) -> dict[str, Any] | None:
    """Return what the other system answered about a person: its word, its number unsealed, the day; or None."""
    found = Outside.objects.filter(clearance=clearance).select_related("transfer").first()
    if found is None:
        return None
    number = vault.unseal_text(clearance.application.person, "outside_number", found.number)
    return {"status": found.status, "number": number, "at": found.transfer.at}
