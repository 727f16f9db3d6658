"""`rantau rehearse`: play a programme's intake into a database and two files of its own."""

import argparse
import json
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from rantau.engine.programme_file import check

from . import django_setup

STAGES = {
    "registration": "Pendaftaran",
    "documents": "Berkas",
    "marks": "Nilai",
    "offers": "Penawaran",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("programme", type=Path, help="programme file (TOML)")
    parser.add_argument("--with", dest="assumptions", type=Path, required=True, help="assumed values (TOML)")
    parser.add_argument("--applicants", type=int, default=300, help="how many young people appear (default 300)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed plays the same story, byte for byte")
    parser.add_argument("--out", type=Path, required=True, help="folder for rantau.sqlite3, report.json, round.json")
    parser.add_argument("--schools", type=Path, help="a real school register (CSV) instead of made-up schools")
    parser.add_argument("--force", action="store_true", help="replace an earlier rehearsal in the folder")


def run(options: argparse.Namespace) -> int:
    """Play; 0 when done, 2 with one line per problem when it cannot start."""
    try:
        text, assumptions = options.programme.read_text(), options.assumptions.read_text()
    except (OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return 2
    problems = [str(p) for p in check(text, str(options.programme), assumptions, str(options.assumptions))]
    if options.applicants < 1:
        problems.append(f"--applicants: {options.applicants} is not a number of people; 1 or more")
    database = options.out / "rantau.sqlite3"
    if database.exists() and not options.force:
        problems.append(f"{database}: holds an earlier rehearsal; choose another folder, or --force to replace it")
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 2
    _clear(options.out)
    django_setup.start(mode="rehearsal", var=options.out, database=database)
    django_setup.migrate()
    return _play(options, text, assumptions)


def _clear(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("rantau.sqlite3", "rantau.sqlite3-wal", "rantau.sqlite3-shm", "report.json", "round.json"):
        (folder / name).unlink(missing_ok=True)


def _play(options: argparse.Namespace, text: str, assumptions: str) -> int:
    from rantau.rehearsal.play import play  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (TextColumn("{task.description:<14}"), BarColumn(), TextColumn("{task.completed}/{task.total}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=False) as bars:
        tasks: dict[str, object] = {}

        def show(stage: str, done: int, of: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(STAGES[stage], total=of)
            bars.update(tasks[stage], completed=done)

        played = play(
            text=text,
            assumptions=assumptions,
            applicants=options.applicants,
            seed=options.seed,
            progress=show,
            real_schools=options.schools is not None,
        )
    (options.out / "report.json").write_text(json.dumps(played.report, indent=1, ensure_ascii=False) + "\n")
    (options.out / "round.json").write_bytes(played.round_file)
    _show(played.report["funnel"])
    return 0


def _show(funnel: dict[str, int]) -> None:
    table = Table(title="PERAGAAN · data rekaan", box=None)
    table.add_column("")
    table.add_column("", justify="right")
    table.add_column("")
    top = max(funnel.values()) or 1
    for name, count in funnel.items():
        table.add_row(name, str(count), "█" * max(round(40 * count / top), 1 if count else 0))
    Console().print(table)
