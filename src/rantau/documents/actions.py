"""Keeping documents: checked, sealed with their owner's key, written once; taking them in parts; scanning and sweeping."""

import datetime as dt
import hashlib
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.engine.refusal import Refusal
from rantau.people import vault
from rantau.people.models import Person

from . import checks, scanning
from .models import File, Part, Upload
from .queries import kept, part_purpose, purpose

GRACE = dt.timedelta(hours=24)
"""How long bytes may lie without a row: a request that is still at work, with room for clocks that differ."""
BATCH = 500
CHUNK = 64 * 1024
"""Bytes of a part, all but the last: 20 seconds on a line of 26 kbit/s, and at most 128 parts a file."""
LIVES = dt.timedelta(hours=24)
"""How long an upload may take: a line that is dead today is used again tomorrow."""
AT_ONCE = 3
"""Uploads of one person that may lie unfinished; with one more the oldest gives way, so nobody locks themselves out."""


def store(*, owner: Person, data: bytes, at: dt.datetime, chance: Chance) -> File:
    """Check, scan, re-encode, seal and keep a document, and return its row.

    Checks, sealing and writing happen before any row is touched: call it before a transaction takes its locks. Where
    the transaction fails, the bytes are an orphan for `sweep`.

    :raises Refusal: as `checks.prepare`; `file.infected` when a scanner finds something in what was sent
    """
    ready = checks.prepare(data)
    scan = scanning.scan(data)
    if scan == scanning.INFECTED:
        raise Refusal("file.infected")
    scanned = scan == scanning.CLEAN
    ref = codes.reference(chance)
    return File.objects.create(
        ref=ref,
        owner=owner,
        key=_written(vault.seal(owner, purpose(ref), ready.data, chance=chance), chance),
        digest=hashlib.sha256(ready.data).hexdigest(),
        size=len(ready.data),
        type=ready.type,
        pages=ready.pages,
        stored_at=at,
        scan=scanning.CLEAN if scanned else scanning.UNSCANNED,
        scanned_at=at if scanned else None,
    )


def _written(sealed: bytes, chance: Chance) -> str:
    """Write sealed bytes under a random key, and return the key."""
    name = codes.reference(chance)
    return default_storage.save(f"{name[:2]}/{name}", ContentFile(sealed))


# --- in parts ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def begin(*, owner: Person, size: int, at: dt.datetime, chance: Chance) -> Upload:
    """Begin to take a file of `size` bytes in parts; where too many lie unfinished, the oldest are dropped.

    :raises Refusal: `upload.empty`, `file.size`
    """
    if size < 1:
        raise Refusal("upload.empty")
    if size > checks.LIMIT:
        raise checks.too_big(size)
    Person.objects.select_for_update().get(pk=owner.pk)
    for old in owner.uploads.order_by("-started_at", "-pk")[AT_ONCE - 1 :]:
        drop(upload=old)
    ref = codes.reference(chance)
    return Upload.objects.create(ref=ref, owner=owner, size=size, started_at=at, lives_until=at + LIVES)


def receive(*, upload: Upload, offset: int, data: bytes, digest: str, chance: Chance) -> Upload:
    """Take one part: `CHUNK` bytes, the last one what is left; `digest` is its SHA-256 in hexadecimal.

    A part that came before is taken as received, so whoever is not sure sends it again.

    :raises Refusal: `upload.damaged` when the digest is another, `upload.chunk` for another size, `upload.offset` with
        the offset to go on from for a gap or an overlap
    """
    if hashlib.sha256(data).hexdigest() != digest:
        raise Refusal("upload.damaged")
    if not _expected(upload, offset, data, digest):
        return upload
    sealed = vault.seal(upload.owner, part_purpose(upload.ref, offset), data, chance=chance)
    key = _written(sealed, chance)
    try:
        with transaction.atomic():
            locked = Upload.objects.select_for_update().select_related("owner").get(pk=upload.pk)
            fresh = _expected(locked, offset, data, digest)
            if fresh:
                locked.parts.create(offset=offset, size=len(data), digest=digest, key=key)
                locked.received += len(data)
                locked.save(update_fields=["received"])
    except (Refusal, Upload.DoesNotExist):
        default_storage.delete(key)
        raise
    if not fresh:
        default_storage.delete(key)
    return locked


def _expected(upload: Upload, offset: int, data: bytes, digest: str) -> bool:
    """Return whether a part is the next one (True) or one that came before (False); refuse any other."""
    if offset != upload.received:
        if upload.parts.filter(offset=offset, size=len(data), digest=digest).exists():
            return False
        raise Refusal("upload.offset", offset=upload.received)
    if not data or len(data) != min(CHUNK, upload.size - offset):
        raise Refusal("upload.chunk", size=min(CHUNK, upload.size - offset))
    return True


def drop(*, upload: Upload) -> None:
    """Delete an upload and its parts: what came of it was taken, or it gave way; rows first, bytes when they are gone."""
    keys = list(upload.parts.values_list("key", flat=True))
    upload.delete()
    transaction.on_commit(lambda: _delete(keys))


def _delete(keys: list[str]) -> None:
    for key in keys:
        default_storage.delete(key)


# --- what nobody clicks ------------------------------------------------------------------------------------------------
def sweep(at: dt.datetime) -> int:
    """Delete uploads whose day is over and stored bytes that have had no row for a day; return how many stored bytes.

    Safe to run any number of times.
    """
    swept = 0
    for upload in Upload.objects.filter(lives_until__lte=at):
        swept += upload.parts.count()
        drop(upload=upload)
    batch: list[str] = []
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
    owned = {key for rows in (File, Part) for key in rows.objects.filter(key__in=keys).values_list("key", flat=True)}
    old = [key for key in keys if key not in owned and default_storage.get_modified_time(key) < at - GRACE]
    _delete(old)
    return len(old)


def scan_waiting(at: dt.datetime) -> int:
    """Scan documents that were kept while no scanner answered, oldest first; return how many were judged.

    What is found infected stays where it is and is shown to nobody any more. Ends where the scanner falls silent; bytes
    that cannot be opened (their owner's key was destroyed) are passed over.
    """
    judged = 0
    for pk in list(File.objects.filter(scan=scanning.UNSCANNED).order_by("pk").values_list("pk", flat=True)):
        try:
            found = scanning.scan(kept(File.objects.select_related("owner__key").get(pk=pk)))
        except LookupError:
            continue
        if found == scanning.SILENT:
            break
        if found != scanning.UNSCANNED:
            judged += File.objects.filter(pk=pk).update(scan=found, scanned_at=at)
    return judged
