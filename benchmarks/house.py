"""Measure the write path, the check of the ledger, the selection and a rehearsal, each against a plain baseline.

The database is in a folder that is removed afterwards.
"""

import hashlib
import itertools
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction
from measured import Measured, timed

from rantau.cli import django_setup
from rantau.engine.canonical import canonical
from rantau.engine.chance import below, seeded
from rantau.engine.flow import Role
from rantau.engine.scoring import total
from rantau.engine.selection import Criterion, Row, Rules, decide, lot_order

PROGRAMMES = Path(__file__).resolve().parents[1] / "programmes"
APPLICANTS = 300
RULES = Rules(
    seats=50,
    reserve=25,
    criteria=(
        Criterion(code="written", maximum=10000, weight=40, pass_mark=5000),
        Criterion(code="practical", maximum=10000, weight=40, pass_mark=6000),
        Criterion(code="interview", maximum=2000, weight=20, pass_mark=None),
    ),
    tie_break=("practical", "written"),
)


def selection(count: int, times: int) -> Measured:
    """Measure a decision against sorting the same rows by the same keys."""
    chance = seeded(str(count))
    rows = [
        Row(code=f"R-{n:07d}", marks={c.code: below(c.maximum + 1, chance) for c in RULES.criteria})
        for n in range(count)
    ]

    def key(row: Row) -> tuple[object, ...]:
        marks = row.marks
        return -total(marks, RULES.criteria), -marks["practical"], -marks["written"], lot_order("seed", row.code)

    ours = timed(lambda: decide(rows, RULES, seed="seed"), times)
    plain = timed(lambda: sorted(rows, key=key), times)
    return Measured(f"decide(), {count:,} rows", "sorted() by the same keys", count, ours, count, plain)


def rehearsal() -> tuple[float, Any]:
    """Play the shipped programme and return how long it took, and what was played."""
    text, assumptions = ((PROGRAMMES / name).read_text() for name in ("rusal-2026.toml", "rusal-2026.assumptions.toml"))
    play = import_module("rantau.rehearsal.play").play
    begin = time.perf_counter()
    played = play(text=text, assumptions=assumptions, applicants=APPLICANTS, seed=7)
    return time.perf_counter() - begin, played


def writing(played: Any) -> list[Measured]:
    """Measure steps one by one and all at once, against saving a record and inserting a row without any check."""
    entries = apps.get_model("ledger", "Entry")
    marks = apps.get_model("selection", "Mark").objects
    marks.update(state="locked")
    records = list(marks.select_related("application__intake__programme"))
    steps, at, numbers = import_module("rantau.ledger.steps"), played.stage.at, itertools.count()
    given: dict[str, Any] = {"actor": "BENCH", "roles": frozenset({Role.VERIFIER}), "at": at}

    @transaction.atomic
    def bare() -> None:
        for record in records:
            record.save(update_fields=["state"])
            n = next(numbers)
            row = {"chain": "bare", "position": n, "previous": f"p{n}", "hash": f"h{n}", "at": at, "facts": {"n": n}}
            entries.objects.create(actor="BENCH", subject=record.ref, action="correct", **row)

    @transaction.atomic
    def one_by_one() -> None:
        for record in records:
            steps.take(record, "correct", **given)

    @transaction.atomic
    def at_once() -> None:
        steps.take_all([(record, "correct", {}) for record in records], **given)

    count = len(records)
    plain, one, all_ = timed(bare), timed(one_by_one), timed(at_once)
    return [
        Measured("take(), one step each", "bare save and insert", count, one, count, plain),
        Measured("take_all(), all steps", "take(), one step each", count, all_, count, one),
    ]


def checking() -> Measured:
    """Measure the check of every chain against hashing the same bytes in a chain."""
    entries, queries = (
        apps.get_model("ledger", "Entry").objects.exclude(chain="bare"),
        import_module("rantau.ledger.queries"),
    )
    actions = import_module("rantau.ledger.actions")
    bodies = [canonical(actions.body(entry)) for entry in entries]

    def plain() -> None:
        previous = b""
        for body in bodies:
            previous = hashlib.sha256(previous + body).digest()

    count = len(bodies)
    return Measured(
        "ledger verify, entries",
        "plain SHA-256 chain",
        count,
        timed(lambda: list(queries.faults())),
        count,
        timed(plain),
    )


def measured() -> list[Measured]:
    """Return everything that is measured around the database, in about a minute."""
    with tempfile.TemporaryDirectory(prefix="rantau-bench-") as name:
        folder = Path(name)
        django_setup.start(mode="rehearsal", var=folder, database=folder / "rantau.sqlite3")
        django_setup.migrate()
        took, played = rehearsal()
        steps = apps.get_model("ledger", "Entry").objects.count()
        lines = writing(played)
        plain = (lines[0].counted, lines[0].plain)
        story = Measured(f"rehearsal of {APPLICANTS}, entries", lines[0].baseline, steps, took, *plain)
        return [*lines, checking(), selection(1200, 5), selection(100_000, 1), story]
