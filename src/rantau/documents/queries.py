"""Reading documents: the bytes as they were kept, proven unchanged."""

import hashlib

from django.core.files.storage import default_storage

from rantau.people import vault

from .models import File


def purpose(ref: str) -> str:
    """Return what a file's bytes are sealed for: this file and no other."""
    return f"file:{ref}"


def content(file: File) -> bytes:
    """Return a document's bytes; callers have checked that the reader may see it.

    :raises LookupError: when the bytes are gone, were changed, or their owner's key was destroyed
    """
    try:
        with default_storage.open(file.key) as stored:
            sealed = stored.read()
    except FileNotFoundError:
        raise LookupError(f"the bytes of file {file.ref} are gone") from None
    data = vault.unseal(file.owner, purpose(file.ref), sealed)
    if hashlib.sha256(data).hexdigest() != file.digest:
        raise LookupError(f"the bytes of file {file.ref} were changed")
    return data
