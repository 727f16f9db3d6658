"""What a measurement is, and how measurements are shown: ratios to a named baseline of the same run first."""

import os
import platform
import time
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

HEADINGS = ("measured", "times the baseline", "seconds", "baseline", "its seconds")


class Measured(NamedTuple):
    """One line of a table: what was measured against what, how many things each did, and the seconds of both.

    Where something could not be measured, `seconds` says why.
    """

    ours: str
    baseline: str
    count: int
    seconds: float | str
    counted: int
    plain: float | str

    def cells(self) -> tuple[str, ...]:
        """Return the line as it is shown."""
        ratio = "–"
        if not isinstance(self.seconds, str) and not isinstance(self.plain, str):
            found = (self.seconds / self.count) / (self.plain / self.counted)
            ratio = _number(found)
        return self.ours, ratio, _seconds(self.seconds), self.baseline, _seconds(self.plain)


def _seconds(found: float | str) -> str:
    return found if isinstance(found, str) else _number(found)


def _number(found: float) -> str:
    """Return a number with three digits that mean something."""
    if found >= 100:
        return f"{found:,.0f}"
    digits = 2 if found < 10 else 1
    while found and digits < 7 and found < 10 ** (2 - digits):
        digits += 1
    return f"{found:.{digits}f}"


def timed(work: Callable[[], Any], times: int = 3, *, clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the seconds of the shortest of some runs."""
    found = []
    for _ in range(times):
        begin = clock()
        work()
        found.append(clock() - begin)
    return min(found)


def computed(work: Callable[[], Any], times: int = 3) -> float:
    """Return the same for work in memory on one core: the seconds it computed, without those it waited for the core."""
    return timed(work, times, clock=time.process_time)


def machine() -> str:
    """Return what the numbers were measured on."""
    model = platform.processor() or platform.machine()
    cpus = Path("/proc/cpuinfo")
    if cpus.exists():
        names = [
            line.split(":", 1)[1].strip() for line in cpus.read_text().splitlines() if line.startswith("model name")
        ]
        model = names[0] if names else model
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "numba", "matching", "algmatch"))
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {packages}"


def load() -> str:
    """Return how many processes wanted a core in the last minute: more than there are cores makes seconds longer."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def show(title: str, lines: Iterable[Measured]) -> None:
    """Print one table."""
    table = Table(title=title, box=None)
    for heading in HEADINGS:
        table.add_column(heading, justify="left" if heading in ("measured", "baseline") else "right")
    for line in lines:
        table.add_row(*line.cells())
    Console(width=130).print(table)


def paper(tables: dict[str, list[Measured]], began: str, loads: tuple[str, str]) -> str:
    """Return all tables as a document."""
    head = f"""# Benchmarks

Written by `make bench` on {began}. Every number is the shortest of a few runs in one process, beside a baseline measured
in the same run: the ratio can be compared between machines, the seconds behind it cannot. Nothing fails by time.
Allocations, selections and libraries are measured in seconds of one core, the house in seconds of the clock; other libraries
run once, with the default recursion limit.

Machine: {machine()}. Load average when it began {loads[0]}, when it ended {loads[1]}.
"""
    parts = [head]
    for title, lines in tables.items():
        rows = ["| " + " | ".join(HEADINGS) + " |", "| --- | ---: | ---: | --- | ---: |"]
        rows += ["| " + " | ".join(line.cells()) + " |" for line in lines]
        parts.append(f"## {title}\n\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)
