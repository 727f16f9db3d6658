"""Checking the ledger, and writing checkpoints to be kept elsewhere."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from rantau.engine.publication import dump
from rantau.ledger import queries

FORMAT = "rantau.checkpoint/1"


def verify(options: argparse.Namespace) -> int:
    """Print every fault and return 1, or the number of chains and entries that hold and 0."""
    faults = list(queries.faults())
    if options.against:
        try:
            published = _published(options.against)
        except (OSError, ValueError, KeyError, TypeError) as error:
            print(f"{options.against}: no checkpoint and no published round ({error})", file=sys.stderr)
            return 2
        faults += [fault for one in published for fault in queries.faults_against(one)]
    for fault in faults:
        print(fault)
    if not faults:
        chains = queries.checkpoints()
        print(
            f"{len(chains)} chains, {sum(chain['length'] for chain in chains)} entries: every one follows from the one before it"
        )
    return 1 if faults else 0


def checkpoint(options: argparse.Namespace) -> int:
    """Write the heads of all chains as canonical JSON."""
    data = dump({"format": FORMAT, "chains": queries.checkpoints()})
    if options.out:
        options.out.write_bytes(data)
    else:
        sys.stdout.write(data.decode())
    return 0


def _published(path: Path) -> list[dict[str, Any]]:
    """Return the checkpoints that a checkpoint file or a published round holds."""
    file = json.loads(path.read_text(encoding="utf-8"))
    found = file["chains"] if file["format"] == FORMAT else [file["checkpoint"]]
    for one in found:
        length, trail = one["length"], one.get("trail", "")
        texts = all(isinstance(text, str) for text in (one["chain"], one["hash"], trail))
        if not (texts and isinstance(length, int) and length >= 0 and len(trail) in (0, 8 * length)):
            raise ValueError("a checkpoint has chain, length and hash, and eight digits an entry where it has a trail")
    return list(found)
