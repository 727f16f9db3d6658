"""Reading documents: the bytes as they were kept, proven unchanged; and what has come of an upload so far."""

import hashlib

from django.core.files.storage import default_storage

from rantau.engine.refusal import Refusal
from rantau.people import vault
from rantau.people.models import Person

from .models import File, Upload


def purpose(ref: str) -> str:
    """Return what a file's bytes are sealed for: this file and no other."""
    return f"file:{ref}"


def part_purpose(ref: str, offset: int) -> str:
    """Return what a part's bytes are sealed for: this upload, at this place."""
    return f"upload:{ref}:{offset}"


def content(file: File) -> bytes:
    """Return a document's bytes; callers have checked that the reader may see it.

    :raises Refusal: `file.quarantined` when a scanner found something in it after it was kept
    :raises LookupError: when the bytes are gone, were changed, or their owner's key was destroyed
    """
    if file.scan == "infected":
        raise Refusal("file.quarantined")
    return kept(file)


def kept(file: File) -> bytes:
    """Return a document's bytes, also of one in quarantine: for the scanner, never for a reader.

    :raises LookupError: as `content`
    """
    return _opened(file.owner, purpose(file.ref), file.key, file.digest)


def joined(upload: Upload) -> bytes:
    """Return the bytes of an upload whose parts have all come.

    :raises Refusal: `upload.unfinished` with how many bytes are still missing
    :raises LookupError: when a part is gone, was changed, or the sender's key was destroyed
    """
    if upload.received < upload.size:
        raise Refusal("upload.unfinished", missing=upload.size - upload.received)
    return b"".join(
        _opened(upload.owner, part_purpose(upload.ref, part.offset), part.key, part.digest)
        for part in upload.parts.order_by("offset")
    )


def _opened(owner: Person, what: str, key: str, digest: str) -> bytes:
    """Return bytes from storage, unsealed and compared with their digest."""
    try:
        with default_storage.open(key) as stored:
            sealed = stored.read()
    except FileNotFoundError:
        raise LookupError(f"the bytes of {what} are gone") from None
    data = vault.unseal(owner, what, sealed)
    if hashlib.sha256(data).hexdigest() != digest:
        raise LookupError(f"the bytes of {what} were changed")
    return data
