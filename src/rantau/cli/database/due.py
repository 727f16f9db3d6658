"""Doing what nobody clicks: steps whose deadline has passed, jobs that failed, results that are old, bytes of nobody."""

import argparse
import datetime as dt
import sys
import traceback

from django.core.management import call_command
from django.utils import timezone

from rantau.coordination.actions import demand
from rantau.departure.actions import deadlines
from rantau.documents import actions as documents
from rantau.engine.refusal import Refusal
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
    taken, failed = _take_each(at)
    print(f"{taken} steps")
    if options.sweep:
        print(f"{sweep(at)} files swept")
    return 1 if failed else 0


def take_all(at: dt.datetime) -> int:
    """Take what is due in every programme and return the number of steps; queue failed jobs again, drop old results."""
    return _take_each(at)[0]


def _take_each(at: dt.datetime) -> tuple[int, int]:
    """Return how many steps were taken and in how many programmes something failed.

    What fails in one programme is said on the terminal with where it failed, and stops no other.
    """
    outbox.prune(at=at)
    outbox.retry(at=at)
    taken = failed = 0
    for programme in programmes.all_programmes():
        try:
            taken += deadlines.take(programme=programme, at=at)
        except Exception as error:
            failed += 1
            code = f"{error.code} " if isinstance(error, Refusal) else ""
            print(f"{programme.code}: {code}{traceback.format_exc()}", file=sys.stderr)
    return taken, failed


def sweep(at: dt.datetime) -> int:
    """Delete expired sign-ins, stored bytes without a row and sheets nobody confirmed; return how many files; daily is enough.

    Documents that no scanner has judged yet are scanned too.
    """
    call_command("clearsessions")
    documents.scan_waiting(at)
    every = programmes.all_programmes()
    return documents.sweep(at) + sum(demand.sweep(programme=one, at=programmes.now(one, at)) for one in every)
