"""Measure everything in one run, each beside a named baseline; print it, and write docs/benchmarks.md.

Ratios come first: what ours costs over a baseline measured a moment before on the same machine. They can be compared
between machines; the seconds behind them cannot.
"""

import time
from pathlib import Path

import house
import large
import libraries
import quotas
from measured import load, paper, show

PAPER = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
PARTS = {
    "100,000 people, 1,000 openings, 5 wishes each, four tenths of the seats reserved for four types": large.measured,
    "The same at growing sizes": large.scaling,
    "The same from three CSV files": large.from_sheets,
    "In full, as JSON, with a reason for every wish": large.in_full,
    "Selections under floors and caps": quotas.measured,
    "Other libraries, on instances without reserves": libraries.measured,
    "The house": house.measured,
}


def main() -> None:
    """Measure part after part, in some minutes."""
    began, before = time.strftime("%Y-%m-%d"), load()
    tables = {}
    for title, measured in PARTS.items():
        tables[title] = measured()
        show(title, tables[title])
    PAPER.write_text(paper(tables, began, (before, load())), encoding="utf-8")


if __name__ == "__main__":
    main()
