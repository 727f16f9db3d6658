"""Two real processes on one chain: it does not fork, they do not deadlock, and neither is told that the database is locked."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from rantau.ledger import queries
from rantau.ledger.models import Entry
from tests.ledger.build import chain

ROOT = Path(__file__).resolve().parents[2]
RACER = Path(__file__).with_name("racer.py")


class Course:
    """A database that other processes reach: the suite's own on PostgreSQL, a copy in a file on SQLite.

    `racer` is the script that each process runs.
    """

    def __init__(self, folder: Path, racer: Path = RACER) -> None:
        self.racer = racer
        self.file = folder / "race.sqlite3" if connection.vendor == "sqlite" else None

    def url(self) -> str:
        """Return where the others find the rows as they are now."""
        if self.file is None:
            settings = connection.settings_dict
            return f"postgresql://{settings['USER']}@{settings['HOST'].replace('/', '%2F')}/{settings['NAME']}"
        with closing(sqlite3.connect(self.file)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=WAL")  # as `migrate` leaves it, before two processes meet there
        return f"sqlite:///{self.file}"

    def run(self, *races: list[str]) -> list[str]:
        """Run one process for each list of arguments at the same time; return what went wrong in each."""
        environment = {
            **os.environ,
            "DATABASE_URL": self.url(),
            "DJANGO_SETTINGS_MODULE": "rantau.config.settings",
            "PYTHONPATH": str(ROOT / "src"),
        }
        racers = [
            subprocess.Popen(
                [sys.executable, str(self.racer), *arguments],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for arguments in races
        ]
        for racer in racers:
            assert racer.stdout.readline() == "ready\n"
        for racer in racers:
            racer.stdin.write("go\n")
            racer.stdin.flush()
        said = [racer.communicate()[1] for racer in racers]
        self.come_back()
        return said

    def come_back(self) -> None:
        """Bring what the others wrote to where this process reads."""
        if self.file is not None:
            with closing(sqlite3.connect(self.file)) as copy:
                copy.execute("PRAGMA journal_mode=DELETE")
                copy.backup(connection.connection)


@pytest.fixture
def course(committed: None, tmp_path: Path) -> Iterator[Course]:
    return Course(tmp_path)


def test_a_chain_that_two_processes_append_to_does_not_fork(course):
    """On SQLite this holds because a transaction takes the write lock as it begins (IMMEDIATE), though it reads first."""
    name = chain().name
    assert course.run(["append", name, "100"], ["append", name, "100"]) == ["", ""]
    assert list(queries.faults()) == []
    numbers = [entry.facts["number"] for entry in queries.entries(name)]
    assert sorted(numbers) == sorted([*range(100), *range(100)])
    assert queries.checkpoint(name)["length"] == 200


def test_two_steps_each_on_shared_records_in_opposite_order_do_not_deadlock(course):
    on = chain("verified", "verified")
    one, other = [record.ref for record in on.applications]
    assert course.run(["steps", "60", one, other], ["steps", "60", other, one]) == ["", ""]
    assert list(queries.faults()) == []
    assert Entry.objects.filter(chain=on.name, action="confirm").count() == 240


def test_two_chains_do_not_wait_for_each_other(course):
    one, other = chain().name, chain(code="uji-2").name
    assert course.run(["append", one, "50"], ["append", other, "50"]) == ["", ""]
    assert list(queries.faults()) == []
    assert [queries.checkpoint(name)["length"] for name in (one, other)] == [50, 50]
