"""One of two processes that write to the same chain: `racer.py append CHAIN TIMES` or `racer.py steps TIMES REF REF`.

It says "ready" once Django has started and begins when it is told to, so that both run at the same time.
"""

import datetime as dt
import sys
from importlib import import_module

import django
from django.apps import apps
from django.db import transaction

AT = dt.datetime(2026, 5, 4, 3, tzinfo=dt.UTC)


def append(chain: str, times: str) -> None:
    """Append entries, each in a transaction that has read something first."""
    write = import_module("rantau.ledger.actions").append
    for number in range(int(times)):
        with transaction.atomic():
            apps.get_model("people", "Person").objects.count()
            write(chain=chain, actor="RACER", subject="thing:1", action="seen", at=AT, facts={"number": number})


def steps(times: str, *references: str) -> None:
    """Take a step of each of the records, in this order, in one transaction; many times."""
    take, verifier = import_module("rantau.ledger.steps").take, frozenset({"verifier"})
    found = apps.get_model("applications", "Application").objects.select_related("intake__programme")
    records = [found.get(ref=reference) for reference in references]
    for _ in range(int(times)):
        with transaction.atomic():
            for record in records:
                take(record, "confirm", actor="RACER", roles=verifier, at=AT)


if __name__ == "__main__":
    django.setup()
    print("ready", flush=True)
    sys.stdin.readline()
    {"append": append, "steps": steps}[sys.argv[1]](*sys.argv[2:])
