"""What a printed agreement holds of its clauses: their words, and what they make somebody owe."""

import pytest

from rantau.agreements import papers, queries, wording
from rantau.engine.clauses import Timing
from rantau.programmes.queries import terms
from tests.agreements import build

pytestmark = pytest.mark.django_db


def test_a_printed_clause_says_who_owes_what_and_when():
    w = build.world()
    agreement = build.drafted(w)
    paper = papers.paper(agreement, queries.newest(agreement))
    owing = next(one for one in queries.clauses(queries.newest(agreement)) if one.code == "sharing")
    printed = next(one for one in paper.clauses if one.title["id"] == owing.title.id)
    assert printed.items[-1]["id"] == (
        "Kewajiban Kementerian Pelindungan Pekerja Migran Indonesia (KP2MI): Mengumumkan aturan yang menentukan siapa"
        " bekerja di mana. Waktu: 30 hari sebelum “Pendaftaran dibuka”. Bukti: Alamat pengumuman dan tanggalnya."
    )
    assert "за 30 дней до события «Открытие регистрации»" in printed.items[-1]["ru"]
    assert len(printed.items) == len(owing.rows) + len(owing.duties)


def test_when_something_is_owed_is_said_in_three_ways():
    known = terms(build.world().programme.version)
    said = [
        wording.when(Timing(days=14), "en", known),
        wording.when(Timing(), "id", known),
        wording.when(Timing(before="recruitment"), "en", known),
        wording.when(Timing(every="quarter", day=20), "ru", known),
    ]
    assert said == [
        "14 days after the agreement comes into force",
        "pada hari perjanjian mulai berlaku",
        "before “Registration opens”",
        "каждые три месяца, 20-го числа",
    ]
