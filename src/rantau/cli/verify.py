"""`rantau verify FILE`: say whether a published round is what its own values make it; no Django, no database."""

import sys
from pathlib import Path

from rantau.engine.publication import verify
from rantau.engine.shape import Unreadable


def main(path: str) -> int:
    """Print `VERIFIED` (0), `DIFFERENT` and the first differing path (1), or on stderr why it is unreadable (2)."""
    try:
        verdict = verify(Path(path).read_bytes())
    except (OSError, Unreadable) as error:
        print(f"{path}: {error}", file=sys.stderr)
        return 2
    print("VERIFIED" if verdict.ok else f"DIFFERENT {verdict.path}")
    return 0 if verdict.ok else 1
