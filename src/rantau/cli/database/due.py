"""Doing what nobody clicks: steps whose deadline has passed, jobs that failed, results that are old, bytes of nobody."""

import argparse
import datetime as dt
import sys

from django.core.management import call_command
from django.utils import timezone

from rantau.allocation.actions import deadlines
from rantau.documents import actions as documents
from rantau.outbox import actions as outbox
from rantau.programmes import queries as programmes


def run(options: argparse.Namespace) -> int:
    """Take every step whose deadline has passed, in each programme's own time; print how many."""
    at = timezone.now()
    if options.at is not None:
        try:
            at = dt.datetime.fromisoformat(options.at)
        except ValueError:
            at = dt.datetime.min
        if at.tzinfo is None:
            print(f"--at {options.at}: no instant with a zone, such as 2026-06-01T00:00+07:00", file=sys.stderr)
            return 2
    print(f"{take_all(at)} steps")
    if options.sweep:
        print(f"{sweep(at)} files swept")
    return 0


def take_all(at: dt.datetime) -> int:
    """Take what is due in every programme and return the number of steps; queue failed jobs again, drop old results."""
    outbox.prune(at=at)
    outbox.retry(at=at)
    return sum(deadlines.take(programme=programme, at=at) for programme in programmes.all_programmes())


def sweep(at: dt.datetime) -> int:
    """Delete expired sign-ins and stored bytes without a row, and return how many files; once a day is enough."""
    call_command("clearsessions")
    return documents.sweep(at)
