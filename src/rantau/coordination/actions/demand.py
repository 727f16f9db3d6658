"""Demand of partner ministries: typed row by row or taken from their own sheet; no row is ever written over."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from rantau.coordination import access, queries
from rantau.coordination.models import Demand, Sheet
from rantau.engine import codes
from rantau.engine import demand as engine
from rantau.engine.canonical import digest
from rantau.engine.chance import Chance
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import extend, lock
from rantau.people.models import Person
from rantau.programmes.models import Programme

KEPT = dt.timedelta(days=30)
"""How long a sheet waits for its confirmation."""


@transaction.atomic
def enter(
    *, programme: Programme, given: Mapping[str, str], person: Person, at: dt.datetime, chance: Chance, code: str = ""
) -> Demand:
    """Enter one demand of one's ministry, or a new version of the one with a code; texts by `engine.demand.FIELDS`.

    :raises Refusal: `role.missing`, `demand.wrong` (field, problem), `demand.same` for one that stands already
    """
    head = lock(programme.chain)
    office = access.ministry(person, programme, at=at).office
    row = engine.asked(0, given)
    if row.problems:
        raise Refusal("demand.wrong", field=row.problems[0].field, problem=row.problems[0].code)
    standing = {queries.demand.key(one): one for one in queries.demand.of(programme, office)}
    old = next((one for one in standing.values() if one.code == code), None)
    if code and old is None:
        raise Demand.DoesNotExist
    same = standing.get(row.key)
    if same is not None and same != old:
        raise Refusal("demand.same", demand=same.code)
    if old is not None and _unchanged(old, row):
        return old
    made, entry = _version(programme, office, row, old, person=person, at=at, chance=chance)
    extend(head, [entry], actor=person.ref, at=at)
    return made


@transaction.atomic
def end(*, programme: Programme, code: str, person: Person, at: dt.datetime) -> Demand:
    """End a demand of one's ministry: its versions stay.

    :raises Refusal: `role.missing`
    """
    head = lock(programme.chain)
    found = access.demand(person, programme, at=at).get(code=code, ended_at=None)
    extend(head, [_ended(found, at=at)], actor=person.ref, at=at)
    return found


@transaction.atomic
def hand_in(
    *,
    programme: Programme,
    name: str,
    data: bytes,
    lines: Sequence[engine.Line],
    person: Person,
    at: dt.datetime,
    chance: Chance,
) -> Sheet:
    """Keep a ministry's sheet as it came, with the guess of which column is which, until it is confirmed.

    `lines` are the rows that were read from `data`.

    :raises Refusal: `role.missing`
    """
    office = access.ministry(person, programme, at=at).office
    return Sheet.objects.create(
        ref=codes.reference(chance),
        programme=programme,
        office=office,
        person=person,
        name=name[:120],
        digest=queries.demand.sha256(data),
        data=data,
        lines=[[number, list(cells)] for number, cells in lines],
        found=engine.guess(lines).plain(),
        at=at,
    )


def correct(*, sheet: Sheet, heading: int, columns: Mapping[str, int], years: Mapping[int, int]) -> Sheet:
    """Correct what was guessed about a sheet: where its heading is and which column is which."""
    found = engine.Guess(heading=heading, columns=dict(columns), years=dict(years))
    sheet.found = found.plain()
    sheet.save(update_fields=["found"])
    return sheet


@transaction.atomic
def take_sheet(
    *, sheet: Sheet, whole: bool, all_of_it: bool, person: Person, at: dt.datetime, chance: Chance
) -> dict[str, int]:
    """Take a sheet's right rows, or with `whole` all rows or none; return how many are new, changed, as before, ended.

    A row is known again by project, trade, grade, year and region. With `all_of_it` the sheet is everything the ministry
    asks for: what stands and is not in it ends.

    :raises Refusal: `role.missing`, `demand.taken`, `demand.columns` (missing), `demand.rows` with `whole` and wrong rows,
        `demand.nothing` without a right row
    """
    programme = sheet.programme
    head = lock(programme.chain)
    if access.ministry(person, programme, at=at).office != sheet.office:
        raise Refusal("role.missing", roles=["partner"])
    sheet.refresh_from_db()
    if sheet.data is None:
        raise Refusal("demand.taken")
    found, reading = queries.demand.reading(sheet)
    if found.missing:
        raise Refusal("demand.columns", missing=list(found.missing))
    right = [row for row in reading.rows if not row.problems]
    wrong = len(reading.rows) - len(right)
    if whole and wrong:
        raise Refusal("demand.rows", wrong=wrong)
    if not right:
        raise Refusal("demand.nothing")
    counts, entries = _take_rows(sheet, right, all_of_it=all_of_it, person=person, at=at, chance=chance)
    facts = {"office": sheet.office, "digest": sheet.digest, "left": wrong, **counts}
    extend(head, [(f"sheet:{sheet.ref}", "demand_sheet", facts), *entries], actor=person.ref, at=at)
    sheet.data, sheet.lines, sheet.taken_at = None, None, at
    sheet.save(update_fields=["data", "lines", "taken_at"])
    return counts


def _take_rows(
    sheet: Sheet, rows: Sequence[engine.Asked], *, all_of_it: bool, person: Person, at: dt.datetime, chance: Chance
) -> tuple[dict[str, int], list[tuple[str, str, dict[str, Any]]]]:
    standing = {queries.demand.key(one): one for one in queries.demand.of(sheet.programme, sheet.office)}
    counts, entries = dict.fromkeys(("new", "changed", "same", "ended"), 0), []
    for row in rows:
        old = standing.pop(row.key, None)
        if old is not None and _unchanged(old, row):
            counts["same"] += 1
            continue
        counts["changed" if old else "new"] += 1
        entries.append(_version(sheet.programme, sheet.office, row, old, person=person, at=at, chance=chance)[1])
    for left in standing.values() if all_of_it else ():
        counts["ended"] += 1
        entries.append(_ended(left, at=at))
    return counts, entries


def put_away(*, sheet: Sheet) -> Sheet:
    """Put a sheet away without taking anything: its bytes are gone, nothing else has changed."""
    sheet.data = sheet.lines = None
    sheet.save(update_fields=["data", "lines"])
    return sheet


def sweep(*, programme: Programme, at: dt.datetime) -> int:
    """Put away the sheets that nobody confirmed within thirty days; return how many. Idempotent."""
    old = Sheet.objects.filter(programme=programme, at__lt=at - KEPT).exclude(data=None)
    return old.update(data=None, lines=None)


def _unchanged(old: Demand, row: engine.Asked) -> bool:
    now = (row.project, row.words, row.grade, row.year, row.places, row.region, row.note)
    return now == (old.project, old.words, old.grade, old.year, old.places, old.region, old.note)


def _version(
    programme: Programme,
    office: str,
    row: engine.Asked,
    old: Demand | None,
    *,
    person: Person,
    at: dt.datetime,
    chance: Chance,
) -> tuple[Demand, tuple[str, str, dict[str, Any]]]:
    """End the version in force where there is one, begin the next, and return it with its entry for the ledger."""
    if old is not None:
        Demand.objects.filter(pk=old.pk).update(ended_at=at)
    made = Demand.objects.create(
        ref=codes.reference(chance),
        code=old.code if old else codes.draw("N", chance),
        version=old.version + 1 if old else 1,
        programme=programme,
        office=office,
        project=row.project,
        trade=row.trade,
        words=row.words,
        grade=row.grade,
        year=row.year,
        places=row.places,
        region=row.region,
        note=row.note,
        person=person,
        begun_at=at,
    )
    facts = {
        "code": made.code,
        "version": made.version,
        "office": office,
        "digest": digest(row.plain() | {"number": 0}),
    }
    facts |= {"trade": row.trade, "year": row.year, "places": row.places}
    return made, (f"demand:{made.ref}", "ask", facts)


def _ended(found: Demand, *, at: dt.datetime) -> tuple[str, str, dict[str, Any]]:
    Demand.objects.filter(pk=found.pk).update(ended_at=at)
    found.ended_at = at
    return (f"demand:{found.ref}", "end", {"code": found.code, "version": found.version, "office": found.office})
