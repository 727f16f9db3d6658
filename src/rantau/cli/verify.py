"""`rantau verify FILE`: say whether a published file is what its own values make it; no Django, no database."""

import argparse
import sys
from pathlib import Path

from rantau.engine.publication import verify
from rantau.engine.shape import Unreadable

from . import allocate


def run(options: argparse.Namespace) -> int:
    """Check a round by itself, an allocation against the instance it was decided from."""
    return allocate.verify(options.file, options.instance) if options.instance else main(str(options.file))


def main(path: str) -> int:
    """Print `VERIFIED` (0), `DIFFERENT` and the first differing path (1), or on stderr why it is unreadable (2)."""
    try:
        verdict = verify(Path(path).read_bytes())
    except (OSError, Unreadable) as error:
        print(f"{path}: {error}", file=sys.stderr)
        return 2
    print("VERIFIED" if verdict.ok else f"DIFFERENT {verdict.path}")
    return 0 if verdict.ok else 1
