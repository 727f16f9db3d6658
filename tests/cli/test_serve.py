"""The demo starts on what is its own and nowhere else, and all its processes end together."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import closing, contextmanager

import pytest
from django.db import connection

from rantau.cli.database import demo
from rantau.engine.chance import seeded
from rantau.engine.refusal import Refusal
from rantau.ledger import queries as ledger
from rantau.ledger.actions import append, open_chain
from rantau.people import actions as people
from tests.cli.conftest import ROOT, environment, typed
from tests.programmes.build import AT, everything, programme, system

SQLITE = connection.vendor == "sqlite"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "rantau.example.org"])
def test_a_demo_listens_on_this_machine_alone(host, tmp_path):
    done = typed("serve", "--demo", HOST=host, RANTAU_VAR=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "settings.invalid: {'reason': 'demo mode shows made-up people to anybody: HOST must be a loopback address, "
        f"not {host}'}}\n"
    )
    assert list(tmp_path.iterdir()) == []


def refused() -> tuple[str, bool]:
    """Return the code with which the demo refuses a database, and whether everything stayed as it was."""
    before = everything()
    with pytest.raises(Refusal) as caught:
        demo.prepare()
    assert caught.value.facts == {"database": str(connection.settings_dict["NAME"])}
    return caught.value.code, everything() == before


@pytest.mark.django_db
def test_a_demo_does_not_start_where_real_people_are():
    people.register(at=AT, chance=seeded("1"), email="siti@example.org")
    assert refused() == ("demo.real_people", True)


@pytest.mark.django_db
def test_a_demo_does_not_start_where_a_visitor_of_another_kind_came_to_a_demo():
    open_chain(demo.MARK, quiet=True)
    append(chain=demo.MARK, actor=system().ref, subject="demo", action="prepared", at=AT)
    people.register(at=AT, chance=seeded("1"), email="siti@example.org")
    assert refused() == ("demo.real_people", True)


@pytest.mark.django_db
def test_a_demo_does_not_start_on_a_database_that_something_else_filled():
    programme()
    assert refused() == ("demo.no_mark", True)


@pytest.mark.django_db
def test_a_prepared_demo_is_left_as_it_is():
    open_chain(demo.MARK, quiet=True)
    append(chain=demo.MARK, actor=system().ref, subject="demo", action="prepared", at=AT)
    programme()
    before = everything()
    demo.prepare()
    assert everything() == before


@pytest.mark.django_db
@pytest.mark.skipif(SQLITE, reason="a file of ours is removed and made again")
def test_a_half_made_demo_in_a_database_server_is_left_to_its_owner():
    open_chain(demo.MARK, quiet=True)
    assert refused() == ("demo.half_made", True)


@contextmanager
def serving(var, port):
    """Run the demo while the block lasts; yield the process and all it said before it began to listen."""
    command = [sys.executable, "-m", "rantau.cli", "serve", "--demo"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(PORT=str(port), RANTAU_VAR=str(var)),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    try:
        said = ""
        while "Rantau: http" not in said:
            line = process.stdout.readline()
            assert line, "the demo ended before it began"
            said += line
        yield process, said
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def page(process, port) -> tuple[int, str, str]:
    """Return status, address and text of the front page, as soon as the server answers."""
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                return answer.status, answer.url, answer.read().decode()
        except urllib.error.URLError:
            with pytest.raises(subprocess.TimeoutExpired):  # it runs, and does not listen yet
                process.wait(timeout=0.2)


def counted(var) -> list[int]:
    """Return how many persons, applications and entries the demo's database holds."""
    with closing(sqlite3.connect(var / "rantau.sqlite3")) as database:
        tables = ("people_person", "applications_application", "ledger_entry")
        return [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]


@pytest.mark.slow
def test_the_whole_demo_from_nothing_answers_stops_as_one_and_starts_again_as_it_was(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    held = []
    for _ in range(2):
        with serving(tmp_path, port) as (process, said):
            status, url, text = page(process, port)
            assert (status, url) == (200, f"http://127.0.0.1:{port}/")
            assert "SMK Go Global × RUSAL" in text
            roles = set(re.findall(r"^ ([a-z_]+) +\S+@\S+\.invalid +peragaan-", said, re.MULTILINE))
            assert {"coordinator", "verifier", "examiner", "school", "owner"} <= roles
            held.append(counted(tmp_path))
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0
            with pytest.raises(ProcessLookupError):
                os.killpg(process.pid, 0)
    assert held[0] == held[1]
    assert held[0][1] > 290


@pytest.mark.slow
def test_a_demo_that_was_cut_off_is_made_anew(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    half = environment(RANTAU_VAR=str(tmp_path), RANTAU_MODE="demo")
    code = (
        "import django; django.setup(); from rantau.cli import django_setup; django_setup.migrate();"
        "from rantau.ledger.actions import open_chain; open_chain('demo', quiet=True);"
        "from rantau.cli.database.demo import _load_real; _load_real()"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=half, check=True)
    assert counted(tmp_path) == [1, 0, 1]
    with serving(tmp_path, port) as (process, _):
        assert page(process, port)[0] == 200
        assert counted(tmp_path)[1] > 290


@pytest.mark.django_db
def test_a_chain_that_is_not_there_has_no_length():
    assert ledger.length("demo") is None
    open_chain("demo")
    assert ledger.length("demo") == 0
