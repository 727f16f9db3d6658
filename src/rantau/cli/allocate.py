"""`rantau allocate INSTANCE.json`: place people by the rules of a file; no Django, no database."""

import argparse
import sys
from pathlib import Path
from typing import Any

from rantau.engine import allocation, instance
from rantau.engine.canonical import canonical
from rantau.engine.completing import Infeasible
from rantau.engine.shape import Unreadable, parse

from . import columns
from .writing import whole


def main(options: argparse.Namespace) -> int:
    """Print the result alone (0), a report of what cannot be met (3), or on stderr what is wrong and where (2)."""
    if options.instance is None or any((options.applicants, options.openings, options.preferences, options.seed)):
        return columns.main(options)
    try:
        found = instance.read(parse(options.instance.read_bytes()))
        result = allocation.dump(allocation.allocate(found, options.mechanism))
        whole(result, options.out)
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    except Unreadable as error:
        print(f"{options.instance}: {error}", file=sys.stderr)
        return 2
    except Infeasible as error:
        whole(canonical(report(error)) + b"\n", options.out)
        return 3
    return 0


def report(error: Infeasible) -> dict[str, Any]:
    """Return what is printed where minima cannot be met."""
    return {"status": "infeasible", "shortfall": error.shortfall, "conflict": error.conflict}


def verify(result: Path, given: Path) -> int:
    """Print `VERIFIED` (0), `DIFFERENT`, the path and why, a line each (1), or on stderr why it cannot be read (2)."""
    path = given
    try:
        found = instance.read(parse(given.read_bytes()))
        path = result
        faults = list(allocation.verify(allocation.read(result.read_bytes()), found))
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    except Unreadable as error:
        print(f"{path}: {error}", file=sys.stderr)
        return 2
    except Infeasible as error:
        print(f"{given}: the minima cannot be met: {', '.join(error.conflict)}", file=sys.stderr)
        return 2
    for where, why in faults:
        print(f"DIFFERENT {where}: {why}")
    if not faults:
        print("VERIFIED")
    return 1 if faults else 0
