"""`rantau allocate --applicants A.csv …`: the same decision from columns, for as many people as a nation has."""

import argparse
import csv
import hashlib
import io
import re
import sys
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any

from rantau.engine import allocation, instance, mechanisms, table, table_result
from rantau.engine.canonical import dump
from rantau.engine.shape import Unreadable
from rantau.engine.sheet import Sheet

from .writing import keep, whole

SHEETS = {
    "applicants": (("id",), ("score", "types", "tie_break")),
    "openings": (("id", "capacity"), ("reserves", "caps")),
    "preferences": (("applicant", "opening", "rank"), ("score",)),
}
"""The sheets by option: the columns each must have, and may have."""


def main(options: argparse.Namespace) -> int:
    """Write the places, print a summary (0), or say on stderr what is wrong and where, and write nothing (2)."""
    paths = {name: getattr(options, name) for name in SHEETS}
    if options.instance is not None or None in (*paths.values(), options.out):
        print("allocate takes INSTANCE.json, or --applicants, --openings, --preferences and --out", file=sys.stderr)
        return 2
    try:
        data = {name: path.read_bytes() for name, path in paths.items()}
        sheets = [sheet(data[name], str(path), *SHEETS[name]) for name, path in paths.items()]
        rows, summary = decide(sheets, options.mechanism, options.seed)
        result = written(rows)
        given = {name: hashlib.sha256(one).hexdigest() for name, one in data.items()}
        summary["certificate"] |= {"seed": options.seed, **given}
        summary["digest"] = hashlib.sha256(result).hexdigest()
        keep(result, options.out)
    except (OSError, Unreadable) as error:
        print(error, file=sys.stderr)
        return 2
    whole(dump({"format": table_result.FORMAT, **summary}), None)
    return 0


def decide(
    sheets: list[Sheet], mechanism: str | None, seed: str | None
) -> tuple[Iterable[tuple[str | int, ...]], dict[str, Any]]:
    """Return the row of every person and what is said of them together.

    :raises Unreadable: with sheet, line and column, or what the rules do not allow
    """
    applicants, openings, wishes = sheets
    name = mechanism or ("merit_wishes" if any(applicants.columns.get("score", ())) else "applicant_proposing_da")
    if name not in mechanisms.MECHANISMS:
        raise Unreadable("mechanism", f"{name} is none of {', '.join(mechanisms.MECHANISMS)}")
    read = table.read(applicants, openings, wishes, seed=seed, serial=name in ("merit_wishes", "exact"))
    if name in table_result.FAST and not read.caps:
        chosen = table_result.place(read, name)
        certificate = table_result.certify(read, chosen, name)
        rows, placed = table_result.rows(read, chosen), int((chosen >= 0).sum())
    else:
        result = _in_full(sheets, name, seed)
        rows, certificate = table_result.rows_of(result, read), dict(result["certificate"])
        placed = certificate.pop("placed")
        del certificate["instance"], certificate["people"]
    return rows, {"mechanism": name, "people": len(read.people), "placed": placed, "certificate": certificate}


def _in_full(sheets: list[Sheet], mechanism: str, seed: str | None) -> dict[str, Any]:
    applicants, openings, wishes = sheets
    try:
        found = instance.read(table.plain(applicants, openings, wishes, seed=seed))
        return allocation.allocate(found, mechanism)
    except Unreadable as error:
        place = re.match(r"openings\[(\d+)\](?:\.choice)?\.(\w+)", error.path)
        if place is None:
            raise
        column = "reserves" if place[2] == "rule" else place[2]
        raise openings.wrong(int(place[1]), column, error.why) from error


def sheet(data: bytes, name: str, must: tuple[str, ...], may: tuple[str, ...]) -> Sheet:
    """Return the columns of a CSV file: UTF-8, commas, one line of names; empty lines are passed over.

    :raises Unreadable: with the line where it is no such file
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(name, f"not UTF-8 ({error.reason} at byte {error.start})") from error

    def line(row: int) -> int:
        """Return the last line of a row, read again: only where something is wrong with it."""
        again = csv.reader(io.StringIO(text, newline=""), strict=True)
        lines = [again.line_num for one in again if one]
        return lines[row + 1]

    names, columns = _at_once(text) or _row_by_row(text, name, line)
    for column in (*(one for one in must if one not in names), *(one for one in names if one not in (*must, *may))):
        known = column in must
        raise Unreadable(f"{name}: line 1, {column}", "is missing" if known else "is not known to the format")
    if len(set(names)) < len(names):
        raise Unreadable(f"{name}: line 1", "names a column twice")
    return Sheet(name, dict(zip(names, columns, strict=True)), line)


def _at_once(text: str) -> tuple[list[str], list[list[str]]] | None:
    """Return the names and columns of plain text, much sooner; None where quotes, empty or uneven lines ask for care."""
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    width = lines[0].count(",") + 1
    if '"' in text or any("\r" in one or one.count(",") != width - 1 or not one for one in lines):
        return None
    values = ",".join(lines).split(",")
    return values[:width], [values[width + at :: width] for at in range(width)]


def _row_by_row(text: str, name: str, line: Callable[[int], int]) -> tuple[list[str], list[list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        found = [row for row in reader if row]
    except csv.Error as error:
        raise Unreadable(f"{name}: line {reader.line_num}", str(error)) from error
    names = found.pop(0) if found else []
    if set(map(len, found)) - {len(names)}:
        row = next(at for at, one in enumerate(found) if len(one) != len(names))
        raise Unreadable(f"{name}: line {line(row)}", f"has {len(found[row])} values for {len(names)} columns")
    return names, [list(map(itemgetter(at), found)) for at in range(len(names))]


def written(rows: Iterable[tuple[str | int, ...]]) -> bytes:
    """Return the bytes of rows as CSV, lines ending in a line feed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table_result.COLUMNS)
    writer.writerows(rows)
    return out.getvalue().encode()
