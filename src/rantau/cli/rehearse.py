"""`rantau rehearse`: play a programme's intake into a database and two files of its own."""

import argparse
import sys
from pathlib import Path

from rantau.engine.programme_file import check

from . import django_setup


def prepare(options: argparse.Namespace) -> int:
    """Check both files and the folder and start Django on a database of its own; 2 with one line per problem."""
    try:
        text, assumptions = options.programme.read_text(), options.assumptions.read_text()
    except (OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return 2
    problems = [p.sentence() for p in check(text, str(options.programme), assumptions, str(options.assumptions))]
    if options.applicants < 1:
        problems.append(f"--applicants: {options.applicants} is not a number of people; 1 or more")
    database = options.out / "rantau.sqlite3"
    if not 0 <= options.slip <= 365:
        problems.append(f"--slip: {options.slip} is not a number of days; 0 to 365")
    if database.exists() and not options.force:
        problems.append(f"{database}: holds an earlier rehearsal; choose another folder, or --force to replace it")
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 2
    _clear(options.out)
    django_setup.start(mode="rehearsal", var=options.out, database=database)
    django_setup.migrate()
    return 0


def _clear(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("rantau.sqlite3", "rantau.sqlite3-wal", "rantau.sqlite3-shm", "report.json", "round.json"):
        (folder / name).unlink(missing_ok=True)
