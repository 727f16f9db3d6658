"""Files for the ministry's system and its answer: each for a purpose, on record with its digest, all or nothing."""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.db import transaction

from rantau.departure.models import Clearance, Outside, Transfer
from rantau.departure.queries import exchange
from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import append, lock
from rantau.people import access as people
from rantau.people import vault
from rantau.people.models import Person
from rantau.programmes.models import Intake

HANDS_OVER = (Role.COORDINATOR, Role.OPERATOR)
STATUS, NUMBER = 40, 60


class Row(NamedTuple):
    """One row of an answer: its number in the sheet, the person's code, the other system's word and number."""

    line: int
    code: str
    status: str
    number: str


@transaction.atomic
def hand_over(
    *,
    intake: Intake,
    purpose: str,
    write: Callable[[Sequence[dict[str, str]]], bytes],
    person: Person,
    at: dt.datetime,
    chance: Chance,
) -> tuple[bytes, Transfer]:
    """Return the file about everybody who is cleared or has left, once it is on record what it is for and its digest.

    `write` makes the bytes of the rows.

    :raises Refusal: `exchange.purpose`, `exchange.nobody`, `role.missing`
    """
    people.require(person, *HANDS_OVER, scope=intake.programme.code, at=at)
    if not purpose.strip():
        raise Refusal("exchange.purpose")
    rows = exchange.rows(intake)
    if not rows:
        raise Refusal("exchange.nobody")
    data = write(rows)
    return data, _record(intake, "out", purpose, data, len(rows), person, at, chance)


@transaction.atomic
def take_in(
    *, intake: Intake, rows: Sequence[Row], data: bytes, person: Person, at: dt.datetime, chance: Chance
) -> Transfer:
    """Keep what the other system answered, every row or none; an earlier answer about a person is replaced.

    :raises Refusal: `exchange.rows` with `problems`, each (line, column, why): `unknown`, `twice`, `empty`, `long`;
        `exchange.empty`, `role.missing`
    """
    people.require(person, *HANDS_OVER, scope=intake.programme.code, at=at)
    if not rows:
        raise Refusal("exchange.empty")
    ways = {
        one.code: one
        for one in Clearance.objects.filter(application__intake=intake).select_related("application__person")
    }
    problems = _problems(rows, ways)
    if problems:
        raise Refusal("exchange.rows", problems=problems)
    transfer = _record(intake, "in", "", data, len(rows), person, at, chance)
    for row in rows:
        way = ways[codes.read(row.code) or ""]
        number = vault.seal_text(way.application.person, "outside_number", row.number.strip(), chance=chance)
        said = {"status": row.status.strip(), "number": number, "transfer": transfer}
        Outside.objects.update_or_create(clearance=way, defaults=said)
    return transfer


def _problems(rows: Sequence[Row], ways: dict[str, Any]) -> list[tuple[int, str, str]]:
    found, seen = [], set()
    for row in rows:
        code = codes.read(row.code) or ""
        if code not in ways:
            found.append((row.line, "kode", "unknown"))
        elif code in seen:
            found.append((row.line, "kode", "twice"))
        seen.add(code)
        if not row.status.strip():
            found.append((row.line, "status", "empty"))
        elif len(row.status.strip()) > STATUS:
            found.append((row.line, "status", "long"))
        if len(row.number.strip()) > NUMBER:
            found.append((row.line, "nomor", "long"))
    return found


def _record(
    intake: Intake, way: str, purpose: str, data: bytes, rows: int, person: Person, at: dt.datetime, chance: Chance
) -> Transfer:
    lock(intake.chain)
    seal = hashlib.sha256(data).hexdigest()
    transfer = Transfer.objects.create(
        ref=codes.reference(chance),
        intake=intake,
        way=way,
        purpose=purpose.strip(),
        digest=seal,
        rows=rows,
        at=at,
        by=person,
    )
    facts = {"way": way, "rows": rows, "digest": seal}
    if way == "out":
        facts["fields"] = [one.code for one in exchange.COLUMNS]
    append(chain=intake.chain, actor=person.ref, subject=f"transfer:{transfer.ref}", action=way, at=at, facts=facts)
    return transfer
