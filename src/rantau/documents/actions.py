"""Keeping documents: checked, sealed with their owner's key, written once; and sweeping what belongs to nobody."""

import datetime as dt
import hashlib
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.people import vault
from rantau.people.models import Person

from . import checks
from .models import File
from .queries import purpose

GRACE = dt.timedelta(hours=24)
"""How long bytes may lie without a row: a request that is still at work, with room for clocks that differ."""
BATCH = 500


def store(*, owner: Person, data: bytes, at: dt.datetime, chance: Chance) -> File:
    """Check, re-encode, seal and keep a document, and return its row.

    Checks, sealing and writing happen before any row is touched: call it before a transaction takes its locks. Where
    the transaction fails, the bytes are an orphan for `sweep`.

    :raises Refusal: as `checks.prepare`
    """
    ready = checks.prepare(data)
    ref, name = codes.reference(chance), codes.reference(chance)
    sealed = vault.seal(owner, purpose(ref), ready.data, chance=chance)
    key = default_storage.save(f"{name[:2]}/{name}", ContentFile(sealed))
    return File.objects.create(
        ref=ref,
        owner=owner,
        key=key,
        digest=hashlib.sha256(ready.data).hexdigest(),
        size=len(ready.data),
        type=ready.type,
        pages=ready.pages,
        stored_at=at,
    )


def sweep(at: dt.datetime) -> int:
    """Delete stored bytes that have had no row for a day, and return how many; safe to run any number of times."""
    swept, batch = 0, []
    for key in _keys():
        batch.append(key)
        if len(batch) == BATCH:
            swept, batch = swept + _sweep(batch, at), []
    return swept + _sweep(batch, at)


def _keys() -> Iterator[str]:
    if not default_storage.exists(""):
        return
    for folder in sorted(default_storage.listdir("")[0]):
        for name in sorted(default_storage.listdir(folder)[1]):
            yield f"{folder}/{name}"


def _sweep(keys: list[str], at: dt.datetime) -> int:
    kept = set(File.objects.filter(key__in=keys).values_list("key", flat=True))
    old = [key for key in keys if key not in kept and default_storage.get_modified_time(key) < at - GRACE]
    for key in old:
        default_storage.delete(key)
    return len(old)
