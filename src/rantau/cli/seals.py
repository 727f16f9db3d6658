"""`rantau seals FILE`: say who sealed a PDF, when and why, whether it changed since, and what that proves; no Django."""

import argparse
import sys

from rantau.paper.sealing import Sealed, read

PROVES = """\
What this shows: whether a byte changed since the seal was made, and that whoever held the key of the certificate made it.
What it does not show: who held that key, unless you trust the certificate (--trust) or compare its SHA-256 with one in print;
that the stated time is right, which is the signer's own; legal force, which the law gives to certain certificates only.
Not looked up: whether the certificate was revoked."""


def run(options: argparse.Namespace) -> int:
    """Print each seal and return 0 when all hold, 1 when something changed, 2 when the file cannot be read or has none.

    :raises Refusal: `seal.unreadable` for what is no PDF, `seal.broken_key` for a `--trust` that is no certificate
    """
    try:
        trust = [path.read_bytes() for path in options.trust]
        seals = read(options.file.read_bytes(), trust=trust)
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    if not seals:
        print(f"{options.file}: no seal", file=sys.stderr)
        return 2
    for one in seals:
        print(_lines(one, trusting=bool(trust)))
    print(PROVES)
    return 0 if all(one.holds for one in seals) else 1


def _lines(one: Sealed, *, trusting: bool) -> str:
    """Return a seal in a few lines; what the file itself says is printed without control characters."""
    verdict = (
        "INTACT"
        if one.holds
        else "CHANGED since it was sealed"
        if not one.intact
        else "CHANGED: more was added than seals"
    )
    named = (
        "trusted"
        if one.trusted
        else "NOT led to a certificate you trust"
        if trusting
        else "not checked against one you trust"
    )
    rows = [
        (one.field, verdict),
        ("by", one.name or one.certificate_name),
        ("at", one.at.isoformat(" ", "minutes") if one.at else "not stated"),
        ("reason", one.reason or "not stated"),
        ("certificate", f"{one.certificate_name}, {named}"),
        ("", f"SHA-256 {one.certificate}"),
    ]
    return "\n".join(f"{name:<12} {_plain(text)}" for name, text in rows) + "\n"


def _plain(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)
