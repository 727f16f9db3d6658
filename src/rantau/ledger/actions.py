"""Appending to a chain: the only code that writes the ledger."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from rantau.engine.canonical import digest

from .models import Entry, Head

Body = dict[str, Any]


def genesis(chain: str) -> str:
    """Return the hash that stands before a chain's first entry."""
    return digest({"chain": chain})


def open_chain(name: str, *, quiet: bool = False) -> None:
    """Start a chain unless it exists; a quiet chain (a rehearsal's) queues no jobs."""
    Head.objects.get_or_create(name=name, defaults={"hash": genesis(name), "quiet": quiet})


def lock(chain: str) -> Head:
    """Lock the chain's head until the transaction ends: always the first lock an action takes."""
    return Head.objects.select_for_update().get(name=chain)


def body(entry: Entry) -> Body:
    """Return what an entry's hash covers."""
    return {
        "chain": entry.chain,
        "position": entry.position,
        "at": entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "subject": entry.subject,
        "action": entry.action,
        "facts": entry.facts,
        "previous": entry.previous,
    }


@transaction.atomic(savepoint=False)
def append(*, chain: str, actor: str, subject: str, action: str, at: dt.datetime, facts: Body | None = None) -> Entry:
    """Append one entry that is no step of a flow: something decided, published, counted.

    `actor` and `subject` are random references, `facts` enums, amounts, codes and digests: never personal data.
    """
    return extend(lock(chain), [(subject, action, facts or {})], actor=actor, at=at)[0]


def extend(head: Head, rows: Iterable[tuple[str, str, Body]], *, actor: str, at: dt.datetime) -> list[Entry]:
    """Append rows of (subject, action, facts) behind a locked head and move the head."""
    entries = []
    for subject, action, facts in rows:
        entry = Entry(
            chain=head.name,
            position=head.length,
            at=at,
            actor=actor,
            subject=subject,
            action=action,
            facts=facts,
            previous=head.hash,
        )
        entry.hash = head.hash = digest(body(entry))
        head.length += 1
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=500)
    Head.objects.filter(pk=head.pk).update(hash=head.hash, length=head.length)
    return entries
