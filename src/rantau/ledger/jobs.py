"""The one task by which a step causes something above the ledger; its handlers are named in settings."""

from collections.abc import Callable, Sequence
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string
from django_tasks import task

from .models import Entry

Handler = Callable[[Entry], None]


@cache
def handlers() -> dict[str, Handler]:
    """Return the table of handlers by kind of job, from the place that settings name."""
    table: dict[str, Handler] = import_string(settings.RANTAU_HANDLERS)
    return table


@task()
def deliver(kind: str, entry: int) -> None:
    """Run the handler of one kind for one entry: at least once, so handlers are idempotent."""
    handlers()[kind](Entry.objects.get(pk=entry))


def queue(entries: Sequence[Entry], kinds: Sequence[tuple[str, ...]]) -> None:
    """Queue the jobs that steps emit, inside the transaction that took the steps."""
    for entry, emitted in zip(entries, kinds, strict=True):
        for kind in emitted:
            deliver.enqueue(kind, entry.pk)
