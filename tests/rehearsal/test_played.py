"""A rehearsal of 160 leaves what it says it leaves, tells nothing about anybody, and reaches nobody."""

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

import rantau
from rantau.cli.__main__ import main
from rantau.engine.canonical import digest
from tests.engine.programmes import ASSUMED, RUSAL
from tests.rehearsal import conftest

FUNNEL = [
    *("registered", "submitted", "verified", "returned", "withdrawn", "ineligible", "tested", "ranked", "selected"),
    *("reserve", "objections", "upheld", "offered", "accepted", "declined", "silent", "released", "from_reserve"),
]


def rows(played, statement: str) -> list[tuple]:
    """Return what a statement finds in the rehearsal's database."""
    with closing(sqlite3.connect(played.out / "rantau.sqlite3")) as database:
        return database.execute(statement).fetchall()


def test_it_ends_well_and_leaves_its_files(played):
    assert played.code == 0
    kept = {path.name for path in played.out.iterdir() if path.is_file() and not path.name.endswith(("-wal", "-shm"))}
    assert kept == {"rantau.sqlite3", "report.json", *conftest.PUBLISHED}
    assert "PERAGAAN" in played.said
    assert "Traceback" not in played.warned


def test_the_terminal_shows_the_funnel_of_the_report(played):
    shown = re.findall(r"^ *([a-z_]+) +(\d+)\b", played.said, re.MULTILINE)
    assert [(name, int(count)) for name, count in shown] == list(played.report["funnel"].items())


def test_the_report_says_what_was_played(played):
    assert list(played.report) == [
        "programme",
        "seed",
        "applicants",
        "funnel",
        "versions",
        "plan",
        "departure",
        "rehearsal",
    ]
    assert {key: value for key, value in played.report.items() if key not in ("funnel", "plan", "departure")} == {
        "programme": "rusal-2026-peragaan",
        "rehearsal": True,
        "seed": 7,
        "applicants": 160,
        "versions": {"rantau": rantau.__version__, "programme": digest(RUSAL), "assumptions": digest(ASSUMED)},
    }
    assert list(played.report["funnel"]) == FUNNEL


def test_fifty_accept(played):
    assert played.report["funnel"]["accepted"] == 50


def test_the_report_says_who_left_and_why_the_others_did_not(played):
    left = played.report["departure"]
    assert left["departed"] + left["empty_seats"] == left["seats"] == 50
    assert left["departed"] == left["states"]["arrived"] > 40
    assert sum(left["not_departed"].values()) == sum(left["states"].values()) - left["departed"] > 0
    assert {"medical", "withdrawn"} <= set(left["not_departed"])
    happened = left["happened"]
    assert happened["visas_issued"] >= happened["cleared"] >= left["departed"]
    assert min(happened[name] for name in ("sent_back", "paper.ends", "absent", "arrived_late", "from_reserve")) > 0


def test_the_funnel_narrows(played):
    f = played.report["funnel"]
    narrowing = [160, f["registered"], f["submitted"], f["verified"], f["tested"], f["ranked"], f["selected"]]
    assert narrowing == sorted(narrowing, reverse=True)
    assert f["selected"] == 50
    assert f["selected"] + f["reserve"] <= f["ranked"]
    assert f["upheld"] <= f["objections"]
    assert f["offered"] == f["selected"] + f["from_reserve"] == f["accepted"] + f["declined"] + f["silent"]
    assert f["withdrawn"] + f["ineligible"] <= f["registered"]
    assert min(f.values()) >= 0
    assert {name for name in ("returned", "withdrawn", "ineligible", "objections", "upheld") if not f[name]} == set()


def test_the_round_file_is_the_final_public_one_and_marked(played):
    head = {key: played.round[key] for key in ("format", "kind", "audience", "rehearsal", "programme")}
    assert head == {
        "format": "rantau.round/1",
        "kind": "final",
        "audience": "public",
        "rehearsal": True,
        "programme": "rusal-2026-peragaan",
    }
    assert next(iter(played.round)) == "format"


def test_fields_and_postings_are_decided_twice_each_and_can_be_checked(played):
    conftest.check_allocations(played.out)
    for kind, number in (("field", 5), ("posting", 2)):
        first, second = (json.loads((played.out / f"{kind}-{n}.result.json").read_text()) for n in (1, 2))
        assert first["rehearsal"] is second["rehearsal"] is True
        seats = sorted(place for place in second["assignment"].values())
        assert seats == sorted(seats[:: 50 // number] * (50 // number))
        moved = {code for code, place in first["assignment"].items() if second["assignment"].get(code, place) != place}
        lists = {row["id"]: row["prefs"] for row in _read(played, f"{kind}-1.instance.json")["applicants"]}
        for code in moved:
            wished = lists[code]
            assert wished.index(second["assignment"][code]) < wished.index(first["assignment"][code])


def _read(played, name: str) -> dict:
    return json.loads((played.out / name).read_text())


def test_both_verifiers_agree_with_the_round_file(played, capsys):
    path = str(played.out / "round.json")
    assert main(["verify", path]) == 0
    assert capsys.readouterr().out == "VERIFIED\n"
    alone = subprocess.run([sys.executable, "tools/verify.py", path], cwd=conftest.ROOT, capture_output=True, text=True)
    assert (alone.returncode, alone.stdout, alone.stderr) == (0, "VERIFIED\n", "")


def test_the_ledger_holds_and_the_round_file_carries_its_head(played):
    path = str(played.out / "round.json")
    done = conftest.rantau("ledger", "verify", "--against", path, out=played.out)
    [(chains,)], [(entries,)] = (rows(played, f"SELECT count(*) FROM ledger_{table}") for table in ("head", "entry"))
    assert done.stdout == f"{chains} chains, {entries} entries: every one follows from the one before it\n"
    assert (done.returncode, done.stderr) == (0, "")


def test_its_people_can_be_nobody(played):
    assert len(played.people) > 160
    assert {person["phone"] for person in played.people} == {""}
    assert [p["email"] for p in played.people if p["email"] and not p["email"].endswith(".invalid")] == []
    assert sum(bool(person["email"]) for person in played.people) > 160
    niks = [person["nik"] for person in played.people if person["nik"]]
    assert len(niks) > 100
    assert [nik for nik in niks if nik[2:6] != "0000"] == []
    assert [
        npsn for (npsn,) in rows(played, "SELECT npsn FROM people_organisation WHERE npsn > ''") if npsn[0] != "0"
    ] == []
    assert {person["rehearsal"] for person in played.people} == {True}


def test_only_a_rehearsal_is_in_its_database(played):
    assert rows(played, "SELECT code, rehearsal FROM programmes_programme") == [("rusal-2026-peragaan", 1)]


def test_no_job_was_queued_and_every_chain_is_quiet(played):
    assert rows(played, "SELECT count(*) FROM django_tasks_database_dbtaskresult") == [(0,)]
    assert rows(played, "SELECT DISTINCT quiet FROM ledger_head") == [(1,)]


def written(played) -> dict[str, str]:
    """Return everything that is not about to be erased with a person: ledger, report, the round's files."""
    entries = rows(played, "SELECT actor, subject, action, facts FROM ledger_entry")
    files = rows(played, "SELECT public, audit FROM selection_round")
    return {
        "ledger": "\n".join(" ".join(entry) for entry in entries),
        "report.json": json.dumps(played.report, ensure_ascii=False),
        "round.json": json.dumps(played.round, ensure_ascii=False),
        **{f"round {n}": b"\n".join(filter(None, pair)).decode() for n, pair in enumerate(files)},
    }


def test_nothing_that_is_kept_for_good_tells_who_somebody_is(played):
    secrets = {p[key] for p in played.people for key in ("name", "nik", "nisn", "birth_on", "email", "ref") if p[key]}
    names = {word for person in played.people for word in person["name"].split() if person["nik"]}
    assert len(secrets) > 900
    assert len(names) > 50
    found = written(played)
    actors = {actor for (actor,) in rows(played, "SELECT DISTINCT actor FROM ledger_entry")}
    for place, text in found.items():
        said = set(re.findall(r"[\w@.-]+", text))
        assert {secret for secret in secrets - actors if secret in text} == set(), place
        assert names & said == set(), place
        assert re.findall(r"(?<![0-9A-Za-z])\d{16}(?![0-9A-Za-z])", text) == [], place
    assert {actor for actor in actors if any(actor in found[place] for place in set(found) - {"ledger"})} == set()


@pytest.mark.parametrize("key", ["ref", "name", "nik", "nisn", "birth_on", "email"])
def test_the_test_above_would_find_what_leaks(played, key):
    assert sum(bool(person[key]) for person in played.people) > 20


def test_a_second_rehearsal_needs_force(played):
    before = {path.name: path.read_bytes() for path in played.out.glob("r*.json")}
    done = conftest.rehearse(played.out)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"{played.out}/rantau.sqlite3: holds an earlier rehearsal; choose another folder, or --force to replace it\n"
    )
    assert {path.name: path.read_bytes() for path in played.out.glob("r*.json")} == before
