"""Reading the ledger: history, checkpoints, and whether every chain still holds."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection
from django.db.models import Count, Max, QuerySet

from rantau.engine.canonical import digest

from .actions import body, genesis
from .models import Entry, Head
from .triggers import missing


def history(subject: str) -> QuerySet[Entry]:
    """Return the entries about one subject (`flow:ref`), oldest first."""
    return Entry.objects.filter(subject=subject).order_by("position")


def changes(chain: str, flow: str) -> dict[str, tuple[dt.datetime, int]]:
    """Return for each record of a flow in a chain (`flow:ref`) when its last entry was written, and how many there are."""
    found = Entry.objects.filter(chain=chain, subject__startswith=f"{flow}:").values("subject")
    rows = found.annotate(last=Max("at"), number=Count("pk")).order_by()
    return {row["subject"]: (row["last"], row["number"]) for row in rows}


def entries(chain: str) -> QuerySet[Entry]:
    """Return a chain's entries, oldest first."""
    return Entry.objects.filter(chain=chain).order_by("position")


def actors(subject: str, *actions: str) -> frozenset[str]:
    """Return the references of everybody who took one of these actions on a subject."""
    return frozenset(Entry.objects.filter(subject=subject, action__in=actions).values_list("actor", flat=True))


def length(chain: str) -> int | None:
    """Return how many entries a chain holds, or None where there is no such chain."""
    return Head.objects.filter(name=chain).values_list("length", flat=True).first()


def checkpoint(chain: str) -> dict[str, Any]:
    """Return a chain's head as published: {"chain", "length", "hash"}."""
    head = Head.objects.get(name=chain)
    return {"chain": head.name, "length": head.length, "hash": head.hash}


def checkpoints() -> list[dict[str, Any]]:
    """Return the checkpoints of all chains, by name, each with its `trail`: the first eight digits of every hash.

    The trail lets a later check name the very entry that was rewritten; the hash alone says only that one was.
    """
    return [
        {**checkpoint(name), "trail": "".join(_hashes(name, 8))}
        for name in Head.objects.order_by("name").values_list("name", flat=True)
    ]


def _hashes(chain: str, digits: int) -> Iterator[str]:
    for value in entries(chain).values_list("hash", flat=True).iterator(chunk_size=2000):
        yield value[:digits]


def faults() -> Iterator[str]:
    """Yield what is wrong with the ledger, chain by chain, naming each chain's first broken entry; nothing if it holds."""
    for name in missing(connection):
        yield f"trigger {name} is missing: the database would let the ledger be rewritten"
    for head in Head.objects.order_by("name"):
        previous, length = genesis(head.name), 0
        for entry in entries(head.name).iterator(chunk_size=2000):
            if entry.position != length or entry.previous != previous or entry.hash != digest(body(entry)):
                yield f"{head.name} entry {length}: does not follow from what is before it"
                break
            previous, length = entry.hash, length + 1
        else:
            if (head.hash, head.length) != (previous, length):
                yield f"{head.name} entry {length}: the head says {head.length} entries, the chain holds {length}"
    unknown = Entry.objects.exclude(chain__in=Head.objects.values("name")).order_by("chain", "position").first()
    if unknown:
        yield f"{unknown.chain} entry {unknown.position}: its chain has no head"


def faults_against(published: Mapping[str, Any]) -> Iterator[str]:
    """Yield the first difference between a checkpoint published earlier and the chain as it is now.

    The checkpoint's hash binds all entries before it. With a trail the first rewritten entry is named; without one
    the entry named is the last that the checkpoint covers: the rewriting happened there or before.
    """
    chain, length, trail = published["chain"], published["length"], published.get("trail", "")
    if not Head.objects.filter(name=chain).exists():
        yield f"{chain}: there is no such chain"
        return
    for position, found in enumerate(_hashes(chain, 8)):
        if trail and position < length and found != trail[8 * position : 8 * position + 8]:
            yield f"{chain} entry {position}: rewritten since it was published"
            return
    last = genesis(chain)
    if length:
        last = Entry.objects.filter(chain=chain, position=length - 1).values_list("hash", flat=True).first() or ""
    if not last:
        yield f"{chain} entry {entries(chain).count()}: published, and gone since"
    elif last != published["hash"]:
        yield f"{chain} entry {max(length - 1, 0)}: it, or one before it, was rewritten since it was published"
