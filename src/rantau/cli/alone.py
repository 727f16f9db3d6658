"""The commands beside `verify` that need neither Django nor a database: programme check, secrets."""

import argparse
import os
import sys
from pathlib import Path

from rantau.engine.programme_file import check


def programme(options: argparse.Namespace) -> int:
    """Print one line a problem and return 2; nothing and 0 for files that can be used."""
    try:
        text = read(options.file)
        assumptions = read(options.assumptions) if options.assumptions else None
    except (OSError, UnicodeDecodeError) as error:
        print(error, file=sys.stderr)
        return 2
    problems = check(text, str(options.file), assumptions, str(options.assumptions) if options.assumptions else None)
    for problem in problems:
        print(problem.sentence(), file=sys.stderr)
    return 2 if problems else 0


def read(path: Path) -> str:
    """Return a file's text as UTF-8."""
    return path.read_text(encoding="utf-8")


def secrets(options: argparse.Namespace) -> int:
    """Print fresh secrets as lines of an environment file."""
    for name in ("RANTAU_SECRET_KEY", "RANTAU_MASTER_KEY", "RANTAU_SIGNING_KEY"):
        print(f"{name}={os.urandom(32).hex()}")
    return 0
