"""Commands that need the database; imported by name after Django has started."""

import argparse
import sys
from collections.abc import Callable

from django.db import OperationalError


def answer(run: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    """Run a command; 2 and one line when the database cannot be reached."""
    try:
        return run(options)
    except OperationalError as error:
        print(f"the database cannot be used: {str(error).splitlines()[0]}", file=sys.stderr)
        return 2
