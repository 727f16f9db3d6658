"""Playing a rehearsal with progress in the terminal, and the files it leaves."""

import argparse
import json

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from rantau.rehearsal.play import play

from . import schools

STAGES = {
    "registration": "Pendaftaran",
    "documents": "Berkas",
    "marks": "Nilai",
    "offers": "Penawaran",
}


def run(options: argparse.Namespace) -> int:
    """Play, write report.json and everything that was published, and show the funnel."""
    console = Console(stderr=True)
    if options.schools is not None and schools.load(options.schools) is None:
        return 2
    columns = (
        TextColumn("{task.description:<14}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, of: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(STAGES[stage], total=of)
            bars.update(tasks[stage], completed=done)

        played = play(
            text=options.programme.read_text(),
            assumptions=options.assumptions.read_text(),
            applicants=options.applicants,
            seed=options.seed,
            slip=options.slip,
            progress=show,
            real_schools=options.schools is not None,
        )
    (options.out / "report.json").write_text(json.dumps(played.report, indent=1, ensure_ascii=False) + "\n")
    for name, data in played.files.items():
        (options.out / name).write_bytes(data)
    funnel(played.report["funnel"])
    return 0


def funnel(counts: dict[str, int]) -> None:
    """Draw the funnel as bars."""
    table = Table(title="PERAGAAN · data rekaan", box=None, show_header=False)
    top = max(counts.values()) or 1
    for name, count in counts.items():
        table.add_row(name, str(count), "█" * max(round(40 * count / top), 1 if count else 0))
    Console().print(table)
