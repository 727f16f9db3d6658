"""`rantau select INSTANCE.json`: choose people under floors and caps by a file; no Django, no database."""

import argparse
import sys

from rantau.engine import quotas
from rantau.engine.shape import Unreadable, parse

from .writing import whole


def main(options: argparse.Namespace) -> int:
    """Print the result alone (0), a report of floors that cannot hold (3), or on stderr what is wrong and where (2)."""
    try:
        result = quotas.choose(quotas.read(parse(options.instance.read_bytes())))
        whole(quotas.dump(result), options.out)
    except (OSError, Unreadable) as error:
        print(f"{options.instance}: {error}", file=sys.stderr)
        return 2
    return 3 if isinstance(result, quotas.Infeasible) else 0
