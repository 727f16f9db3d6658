"""Sealing: AES-256-GCM under a person's own key, which the master key wraps; and keyed digests for look-up.

Erasing a person means destroying one row of `Key`: everything sealed for them, in every backup, is noise from then on.
"""

import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from rantau.engine.chance import Chance

from .models import Key, Person

_NONCE = 12


def new_key(person: Person, *, chance: Chance) -> Key:
    """Give a person their data key."""
    return Key.objects.create(person=person, wrapped=_encrypt(_master(), chance(32), person.ref, chance))


def seal(person: Person, purpose: str, value: bytes, *, chance: Chance) -> bytes:
    """Return the value encrypted for the person; `purpose` names the column and is bound to it."""
    return _encrypt(_data_key(person), value, f"{purpose}:{person.ref}", chance)


def seal_text(person: Person, purpose: str, value: str, *, chance: Chance) -> bytes | None:
    """Return a text sealed, or None for an empty one."""
    return seal(person, purpose, value.encode(), chance=chance) if value else None


def unseal(person: Person, purpose: str, sealed: bytes | memoryview) -> bytes:
    """Return what was sealed.

    :raises LookupError: when it was sealed for another person or purpose, changed since, or the key was destroyed
    """
    try:
        return _decrypt(_data_key(person), bytes(sealed), f"{purpose}:{person.ref}")
    except (InvalidTag, ValueError):
        raise LookupError(f"{purpose} of {person.ref} cannot be unsealed") from None


def unseal_text(person: Person, purpose: str, sealed: bytes | memoryview | None) -> str:
    """Return a sealed text, or the empty text for None."""
    return unseal(person, purpose, sealed).decode() if sealed is not None else ""


def blind(purpose: str, value: str) -> str:
    """Return the keyed digest by which an equal value is found without being readable; empty for an empty value."""
    if not value:
        return ""
    key = hmac.digest(_master(), f"index:{purpose}".encode(), "sha256")
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


def fingerprint(person: Person, value: str) -> str:
    """Return an HMAC under the person's own key: for ledger facts that must be comparable, never guessable."""
    key = hmac.digest(_data_key(person), b"fingerprint", "sha256")
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


def _master() -> bytes:
    if not settings.MASTER_KEY:
        raise ImproperlyConfigured("RANTAU_MASTER_KEY is not set: nothing can be sealed or read")
    return bytes.fromhex(settings.MASTER_KEY)[:32]


def _data_key(person: Person) -> bytes:
    try:
        wrapped = bytes(person.key.wrapped)
    except Key.DoesNotExist:
        raise LookupError(f"the key of {person.ref} was destroyed") from None
    return _decrypt(_master(), wrapped, person.ref)


def _encrypt(key: bytes, value: bytes, bound: str, chance: Chance) -> bytes:
    nonce = chance(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, value, bound.encode())


def _decrypt(key: bytes, sealed: bytes, bound: str) -> bytes:
    return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound.encode())
