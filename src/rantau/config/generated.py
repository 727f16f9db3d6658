"""Secrets from the environment; outside production they are made once and kept in `var/`."""

import datetime as dt
import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from rantau.paper.keys import make_seal

DEMO_SEAL = "Rantau PERAGAAN (demo, no legal force)"
"""Whom the certificate of a demo's seal names; whoever opens the file reads it."""


def secret(name: str, var: Path, *, keep: bool, mode: str) -> str:
    """Return the secret `name` (64 hexadecimal digits): from the environment, or generated where no real data is.

    Production has no default, so the text is empty there: commands that seal nothing run without, serving does not.
    """
    if value := os.environ.get(name):
        return value
    if mode == "production":
        return ""
    if not keep:
        return f"{name}-{mode}".encode().hex().ljust(64, "0")[:64]
    path = var / name.lower().replace("_", "-")
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(os.urandom(32).hex())
    return path.read_text().strip()


def paper_seal(name: str, var: Path, *, passphrase: str, mode: str) -> Path | None:
    """Return the file (PKCS#12) that documents are sealed with: the environment's, in a demo one made here, or none."""
    if mode not in ("production", "demo"):
        return None
    if value := os.environ.get(name):
        return Path(value)
    if mode == "production":
        return None
    path = var / "paper-seal.p12"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        fresh = var / f"paper-seal.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_bytes(make_seal(DEMO_SEAL, passphrase=passphrase, at=dt.datetime.now(dt.UTC), years=10))
        fresh.replace(path)  # whole or not there, for whoever starts at the same time
    return path


def require(**secrets: str) -> None:
    """Refuse to serve without secrets: a lost or guessed key is worse than a refusal to start.

    :raises ImproperlyConfigured: naming the first that is missing
    """
    for name, value in secrets.items():
        if not value:
            raise ImproperlyConfigured(
                f"{name} is not set; `rantau secrets` prints fresh ones to put into the environment"
            )
