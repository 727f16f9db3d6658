"""Reading the school register: places in one spelling, rows that cannot be right listed, good ones kept."""

import argparse
import csv
import re
import sys
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from rantau.engine.identity import PROVINCES, npsn
from rantau.people import actions as people

COLUMNS = ("npsn", "name", "status", "province", "regency", "district")
LONGEST = {"name": 160, "regency": 64, "district": 64}
STATUS = {"N": "state", "S": "private"}
BATCH = 2000
SHOWN = 20
ELSEWHERE = {"bangkabelitung": "Kepulauan Bangka Belitung"}
"""Provinces that registers write otherwise than the list of codes does."""

_PREFIX = re.compile(r"(?i)^\s*(prov|kab|kota|kec|kek)(?:[.\s]+|(?<=\.))\s*")
_TITLES = {"kab": "Kab. ", "kota": "Kota ", "kec": "Kec. ", "kek": "Kec. "}


@dataclass(frozen=True)
class Refused:
    """A row that was not taken: its number as a spreadsheet counts, the column, what stands there, what is wrong."""

    row: int
    column: str
    found: str
    wrong: str


def run(options: argparse.Namespace) -> int:
    """Read the register; 0 when every row is good, 1 when some were refused, 2 when the file cannot be read."""
    refused = load(options.file)
    if refused is None:
        return 2
    if options.errors is not None and not _write(options.errors, refused):
        return 2
    return 1 if refused else 0


def _write(path: Path, refused: list[Refused]) -> bool:
    try:
        with path.open("w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            writer.writerow(("row", "column", "found", "wrong"))
            writer.writerows(astuple(one) for one in refused)
    except OSError as error:
        print(f"{path}: {error}", file=sys.stderr)
        return False
    return True


def load(path: Path) -> list[Refused] | None:
    """Bring the register into the database and say what happened; the refused rows, or None for an unreadable file."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
            if missing:
                print(f"{path}: line 1: columns missing: {', '.join(missing)}", file=sys.stderr)
                return None
            rows, refused = clean(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        print(f"{path}: {error}", file=sys.stderr)
        return None
    created, changed = _keep(rows)
    for one in refused[:SHOWN]:
        print(f"row {one.row}: {one.column} {one.found!r}: {one.wrong}", file=sys.stderr)
    if len(refused) > SHOWN:
        print(f"… and {len(refused) - SHOWN} more; --errors FILE writes all", file=sys.stderr)
    print(f"{len(rows)} schools: {created} new, {changed} changed; {len(refused)} rows refused")
    return refused


def _keep(rows: list[dict[str, str]]) -> tuple[int, int]:
    created = changed = 0
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task("schools", total=len(rows))
        for start in range(0, len(rows), BATCH):
            new, other = people.load_schools(rows=rows[start : start + BATCH])
            created, changed = created + new, changed + other
            bars.update(task, advance=len(rows[start : start + BATCH]))
    return created, changed


def clean(lines: Iterable[dict[str, str | None]]) -> tuple[list[dict[str, str]], list[Refused]]:
    """Return clean rows of the register, and the refused; of several rows with one NPSN the first counts."""
    rows: dict[str, dict[str, str]] = {}
    refused = []
    for number, line in enumerate(lines, 2):
        row = {column: " ".join((line[column] or "").split()) for column in COLUMNS}
        row["status"] = row["status"].upper()
        problem = _problem(row, rows)
        if problem:
            column, wrong = problem
            refused.append(Refused(number, column, row[column], wrong))
            continue
        rows[row["npsn"]] = {
            "npsn": row["npsn"],
            "name": row["name"],
            "ownership": row["status"],
            "province": province(row["province"]),
            "regency": place(row["regency"]),
            "district": place(row["district"]),
        }
    return list(rows.values()), refused


def _problem(row: dict[str, str], before: dict[str, dict[str, str]]) -> tuple[str, str] | None:
    """Return the first column that cannot be right, and why."""
    if any(finding.severity == "error" for finding in npsn(row["npsn"])):
        return "npsn", "an NPSN has 8 digits"
    if row["npsn"] in before:
        return "npsn", f"a second row with this NPSN; the first is {before[row['npsn']]['name']}"
    for column in ("name", "regency"):
        if not row[column]:
            return column, "empty"
    for column, limit in LONGEST.items():
        if len(row[column]) > limit:
            return column, f"longer than {limit} letters"
    if row["status"] not in STATUS:
        return "status", "neither N (state) nor S (private)"
    if not province(row["province"]):
        return "province", "none of the 38 provinces"
    return None


def province(written: str) -> str:
    """Return a province as the list of codes names it, whatever prefix and points a register writes; or nothing."""
    key = _key(_PREFIX.sub("", written) if written.lower().startswith("prov") else written)
    known = {_key(name): name for name in PROVINCES.values()} | ELSEWHERE
    return known.get(key, "")


def _key(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def place(written: str) -> str:
    """Return a regency, city or district with its kind before it: Kab. and Kota of one name are two places."""
    prefix = _PREFIX.match(written)
    if prefix is None or prefix[1].lower() not in _TITLES:
        return _cased(written)
    return _TITLES[prefix[1].lower()] + _cased(written[prefix.end() :])


def _cased(name: str) -> str:
    """Return a name in usual letters: all capitals are brought down, words that begin small get a capital."""
    words = name.title().split() if name.isupper() else name.split()
    return " ".join(word[:1].upper() + word[1:] for word in words)
