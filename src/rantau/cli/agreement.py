"""`rantau agreement FILE`: say how well raters agree, in numbers that anyone can recompute; no Django, no database."""

import argparse
import sys

from rantau.engine.agreement_file import answer, dump, read
from rantau.engine.shape import Unreadable


def main(options: argparse.Namespace) -> int:
    """Print the answer and write it to `--out` (0), or say on stderr why the file cannot be used (2)."""
    try:
        said = dump(answer(*read(options.file.read_bytes())))
        if options.out:
            options.out.write_bytes(said)
    except (OSError, Unreadable) as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 2
    print(said.decode(), end="")
    return 0
