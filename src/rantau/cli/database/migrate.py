"""Bringing the database up to date."""

import argparse
import sys

from rantau.cli import django_setup
from rantau.ledger import queries as ledger


def run(options: argparse.Namespace) -> int:
    """Migrate, and say when the ledger's triggers did not come back."""
    django_setup.migrate()
    faults = list(ledger.faults())
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0
