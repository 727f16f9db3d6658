"""Commands on the configured database: migrate, load, due, ledger verify and checkpoint."""

import datetime as dt
import json

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from rantau.applications.models import Application
from rantau.documents import actions as documents
from rantau.ledger import triggers
from rantau.ledger.models import Entry, Head
from rantau.people import actions as people
from rantau.people.models import Person
from rantau.programmes.models import Programme, Version
from tests.cli.conftest import typed
from tests.documents.clamd import listening
from tests.documents.paper import pdf
from tests.engine.programmes import RUSAL
from tests.ledger.build import AT, append, chain, rehash, triggers_away
from tests.programmes.build import PUBLISHED, intake, programme

pytestmark = pytest.mark.django_db
RUSAL_FILE = "programmes/rusal-2026.toml"


def test_migrate_says_nothing_when_all_is_well(rantau):
    assert rantau("migrate") == (0, "", "")


def test_migrate_brings_missing_triggers_back_and_says_what_is_broken(rantau):
    name = chain().name
    append(name)
    triggers.remove(connection)
    Entry.objects.update(action="forged")
    assert rantau("migrate") == (1, "", f"{name} entry 0: does not follow from what is before it\n")
    assert triggers.missing(connection) == []


def test_load_stores_a_version_once(rantau):
    code, out, err = rantau("load", RUSAL_FILE)
    version = Version.objects.get()
    assert (code, out, err) == (0, f"rusal-2026 {version.digest}\n", "")
    assert Person.objects.get().is_system
    assert rantau("load", RUSAL_FILE) == (0, out, "")
    assert (Version.objects.count(), Entry.objects.count()) == (1, 1)


def test_load_stores_nothing_of_a_file_with_problems(rantau, tmp_path):
    path = tmp_path / "p.toml"
    path.write_text(RUSAL.replace('kind = "real"', 'kind = "royal"'))
    code, out, err = rantau("load", path)
    assert (code, out) == (2, "")
    assert err.startswith(f"{path}: kind: ")
    assert rantau("load", tmp_path / "no.toml")[0] == 2
    assert (Programme.objects.count(), Person.objects.count()) == (0, 0)


@pytest.mark.parametrize("at", ["2026-06-01", "2026-06-01T00:00", "tomorrow", ""])
def test_due_asks_for_an_instant_with_its_zone(rantau, at):
    expected = f"--at {at}: no instant with a zone, such as 2026-06-01T00:00+07:00\n"
    assert rantau("due", f"--at={at}") == (2, "", expected)


def late() -> Application:
    """Return a called applicant whose papers were due a day after AT."""
    [application] = chain("called").applications
    Version.objects.update(text=PUBLISHED)
    Application.objects.update(file_by=AT + dt.timedelta(days=1))
    Person.objects.create(ref="SYSTEM", is_system=True, joined_at=AT)
    return application


def test_due_takes_what_has_passed_once(rantau):
    application = late()
    assert rantau("due", "--at", "2026-05-05T10:00:00+07:00") == (0, "0 steps\n", "")
    assert rantau("due", "--at", "2026-05-05T10:00:01+07:00") == (0, "1 steps\n", "")
    application.refresh_from_db()
    assert application.state == "lapsed"
    assert rantau("due", "--at", "2026-05-05T10:00:01+07:00") == (0, "0 steps\n", "")
    assert [(entry.action, entry.actor) for entry in Entry.objects.all()] == [("lapse", "SYSTEM")]


def test_due_passes_by_a_planned_intake_whose_rules_are_unpublished(rantau):
    intake(programme("rusal"))
    assert rantau("due", "--at", "2030-01-01T00:00:00Z") == (0, "0 steps\n", "")


def test_due_takes_a_rehearsal_to_its_own_time(rantau):
    application = late()
    Programme.objects.update(rehearsal=True, clock_at=AT)
    assert rantau("due") == (0, "0 steps\n", "")
    application.refresh_from_db()
    assert application.state == "called"


def test_due_sweeps_what_belongs_to_nobody_when_asked_to(rantau):
    later = timezone.now() + dt.timedelta(days=2)
    documents.sweep(later)  # the suite keeps all files in one memory
    default_storage.save("ab/orphan", ContentFile(b"bytes whose row was never written"))
    old, fresh = (SessionStore(session_key=key) for key in ("old", "fresh"))
    for session, expires in ((old, AT), (fresh, AT + dt.timedelta(days=10_000))):
        session.create()
        Session.objects.filter(session_key=session.session_key).update(expire_date=expires)
    assert rantau("due", "--at", later.isoformat()) == (0, "0 steps\n", "")
    assert default_storage.exists("ab/orphan")
    assert rantau("due", "--at", later.isoformat(), "--sweep") == (0, "0 steps\n1 files swept\n", "")
    assert not default_storage.exists("ab/orphan")
    assert [session.session_key for session in Session.objects.all()] == [fresh.session_key]


def test_due_scans_what_was_kept_while_no_scanner_answered(rantau, settings, at, chance):
    file = documents.store(owner=people.register(at=at, chance=chance), data=pdf(), at=at, chance=chance)
    later = at + dt.timedelta(hours=1)
    with listening() as scanner:
        settings.CLAMAV = scanner.address
        assert rantau("due", "--at", later.isoformat(), "--sweep")[0] == 0
    file.refresh_from_db()
    assert (file.scan, file.scanned_at) == ("clean", later)


def test_ledger_verify_counts_what_holds(rantau):
    append(chain().name)
    append(chain(code="uji-2").name)
    append("intake:uji-2-1")
    assert rantau("ledger", "verify") == (
        0,
        "2 chains, 3 entries: every one follows from the one before it\n",
        "",
    )


def test_ledger_verify_names_the_first_broken_entry_of_each_chain(rantau):
    one, other = chain().name, chain(code="uji-2").name
    for name in (one, one, one, other, other):
        append(name)
    with triggers_away():
        Entry.objects.filter(chain=one, position__gte=1).update(action="forged")
    Head.objects.filter(name=other).update(length=1)
    assert rantau("ledger", "verify") == (
        1,
        f"{one} entry 1: does not follow from what is before it\n"
        f"{other} entry 2: the head says 1 entries, the chain holds 2\n",
        "",
    )


def test_ledger_verify_fails_when_a_trigger_is_missing(rantau):
    chain()
    triggers.remove(connection)
    code, out, err = rantau("ledger", "verify")
    triggers.install(connection)
    assert (code, err) == (1, "")
    assert [line.split(" is missing")[0] for line in out.splitlines()] == [
        f"trigger {name}" for name in sorted(triggers._wanted(connection))
    ]


@pytest.fixture
def checkpoint(rantau, tmp_path):
    """Return a checkpoint of a chain of three entries, written by the command."""
    name = chain().name
    for number in range(3):
        append(name, number=number)
    path = tmp_path / "checkpoint.json"
    assert rantau("ledger", "checkpoint", "--out", path) == (0, "", "")
    return path


def rewrite(position: int) -> None:
    """Rewrite history so that the chain holds in itself."""
    with triggers_away():
        Entry.objects.filter(position=position).update(action="forged")
        rehash("intake:uji-1-1", position)


def test_a_checkpoint_is_canonical_and_names_every_head(rantau, checkpoint):
    head = Head.objects.get()
    trail = "".join(e.hash[:8] for e in Entry.objects.order_by("position"))
    point = {"chain": head.name, "hash": head.hash, "length": 3, "trail": trail}
    assert json.loads(checkpoint.read_text()) == {"format": "rantau.checkpoint/1", "chains": [point]}
    assert rantau("ledger", "checkpoint") == (0, checkpoint.read_text(), "")


def test_what_was_rewritten_since_a_checkpoint_is_named(rantau, checkpoint):
    append("intake:uji-1-1")
    assert rantau("ledger", "verify", "--against", checkpoint)[0] == 0
    rewrite(1)
    assert rantau("ledger", "verify")[0] == 0
    assert rantau("ledger", "verify", "--against", checkpoint) == (
        1,
        "intake:uji-1-1 entry 1: rewritten since it was published\n",
        "",
    )


def test_a_published_round_is_a_checkpoint_too(rantau, checkpoint, tmp_path):
    head = Head.objects.get()
    path = tmp_path / "round.json"
    point = {"chain": head.name, "length": head.length, "hash": head.hash}
    path.write_text(json.dumps({"format": "rantau.round/1", "checkpoint": point}))
    assert rantau("ledger", "verify", "--against", path)[0] == 0
    rewrite(1)
    assert rantau("ledger", "verify", "--against", path) == (
        1,
        "intake:uji-1-1 entry 2: it, or one before it, was rewritten since it was published\n",
        "",
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format":"rantau.checkpoint/1"}',
        '{"format":"rantau.checkpoint/1","chains":[{"chain":"x","length":"1","hash":""}]}',
        '{"format":"rantau.round/1"}',
        '{"format":"rantau.round/1","checkpoint":{"chain":"x","length":-1,"hash":"0"}}',
        '{"format":"rantau.checkpoint/1","chains":[{"chain":"x","length":1,"hash":"0","trail":7}]}',
    ],
)
def test_what_is_no_checkpoint_is_refused(rantau, tmp_path, text):
    path = tmp_path / "no.json"
    path.write_text(text)
    code, out, err = rantau("ledger", "verify", "--against", path)
    assert (code, out) == (2, "")
    assert err.startswith(f"{path}: no checkpoint and no published round (")


def test_a_checkpoint_that_is_not_there_is_refused(rantau, tmp_path):
    code, out, err = rantau("ledger", "verify", "--against", tmp_path / "no.json")
    assert (code, out) == (2, "")
    assert "No such file" in err


def test_a_production_server_without_secrets_does_not_start(tmp_path):
    done = typed("serve", RANTAU_VAR=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("settings.invalid: {'reason': 'RANTAU_SECRET_KEY is not set; ")
    assert list(tmp_path.iterdir()) == []


def test_what_seals_nothing_needs_no_secrets(tmp_path):
    assert typed("migrate", RANTAU_VAR=str(tmp_path)).returncode == 0
    done = typed("ledger", "verify", RANTAU_VAR=str(tmp_path))
    assert (done.returncode, done.stdout.split(":")[0]) == (0, "0 chains, 0 entries")


def test_a_mode_that_does_not_exist_does_not_start(tmp_path):
    done = typed("migrate", RANTAU_VAR=str(tmp_path), RANTAU_MODE="prodution")
    assert (done.returncode, done.stdout) == (2, "")
    assert "production, demo, rehearsal or test" in done.stderr


def test_a_database_that_cannot_be_reached_is_no_traceback(tmp_path):
    url = f"sqlite:///{tmp_path}/nowhere/rantau.sqlite3"
    done = typed("ledger", "verify", RANTAU_MODE="test", RANTAU_VAR=str(tmp_path), DATABASE_URL=url)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "the database cannot be used: unable to open database file\n"
