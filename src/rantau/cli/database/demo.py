"""The demo: the real programme on the real date, a rehearsal behind a door, a second programme that is open."""

import datetime as dt
import os
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from rantau.agreements import papers
from rantau.cli import django_setup
from rantau.engine.refusal import Refusal
from rantau.ledger import queries as ledger
from rantau.ledger.actions import append, open_chain
from rantau.people import actions as people
from rantau.people import queries as people_queries
from rantau.programmes import actions as programmes
from rantau.programmes import queries as programme_queries
from rantau.rehearsal import enrol, stage
from rantau.rehearsal.play import play

APPLICANTS = 300
SEED = 7
FILES = settings.ROOT / "programmes"
MARK = "demo"
"""The chain by which a database is known to be a demo's; its one entry says that the preparation came to its end."""


def prepare() -> None:
    """Fill an empty database and mark it; leave a marked one as it is.

    :raises Refusal: `demo.real_people` when the database holds people who are not made up, `demo.no_mark` when it was
        filled by something else, `demo.half_made` when an earlier preparation was cut off in a database that we may not
        remove
    """
    django_setup.migrate()
    name, ready = str(settings.DATABASES["default"]["NAME"]), ledger.length(MARK)
    if people_queries.real_people():
        raise Refusal("demo.real_people", database=name)
    if ready is None and programme_queries.all_programmes().exists():
        raise Refusal("demo.no_mark", database=name)
    if ready:
        return
    if ready == 0:
        _remove()
        django_setup.migrate()
    _fill()


def _fill() -> None:
    open_chain(MARK, quiet=True)
    _load_real()
    with Progress(console=Console(stderr=True)) as bars:
        task = bars.add_task("Peragaan", total=None)
        play(
            text=_read("rusal-2026.toml"),
            assumptions=_read("rusal-2026.assumptions.toml"),
            applicants=APPLICANTS,
            seed=SEED,
            position=1,
            open_end=True,
            seal=papers.own_seal(),
            progress=lambda name, done, of: bars.update(
                task, description=f"Peragaan: {name}", completed=done, total=of
            ),
        )
    _open_example()
    people.lend_password(persons=list(people_queries.demo_people()), password=_password())
    append(chain=MARK, actor=people_queries.system().ref, subject=MARK, action="prepared", at=timezone.now())


def _remove() -> None:
    """Remove a database whose preparation was cut off, where it is a file of ours."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] != "django.db.backends.sqlite3":
        raise Refusal("demo.half_made", database=database["NAME"])
    connections.close_all()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{database['NAME']}{suffix}").unlink(missing_ok=True)


def _read(name: str) -> str:
    return (FILES / name).read_text(encoding="utf-8")


def _load_real() -> None:
    at = timezone.now()
    system = people.ensure_system(at=at, chance=os.urandom)
    programmes.store(text=_read("rusal-2026.toml"), person=system, at=at)


def _open_example() -> None:
    """Open the second programme's intake, on a made-up morning, for visitors to register."""
    example = stage.build(
        text=_read("contoh-jepang.toml"), assumptions="", seed=f"contoh|{SEED}", opens=dt.date(2026, 6, 1), position=2
    )
    enrol.open_intake(example)
    programmes.set_clock(programme=example.programme, clock_at=example.at + dt.timedelta(hours=1))


def _password() -> str:
    path = settings.VAR / "demo-password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text("peragaan-" + os.urandom(3).hex())
    return path.read_text()


def introduce() -> None:
    """Print one sign-in per role."""
    table = Table(title="PERAGAAN · data rekaan: one sign-in per role", box=None)
    for column in ("role", "sign in as", "password"):
        table.add_column(column)
    seen: set[str] = set()
    for person in people_queries.demo_people():
        for grant in person.grants.all():
            if grant.role not in seen:
                seen.add(grant.role)
                table.add_row(grant.role, person.email, _password())
    candidate = people_queries.demo_candidate()
    if candidate is not None:
        table.add_row("owner", candidate.email, _password())
    Console(width=120).print(table)
