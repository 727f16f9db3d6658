"""`rantau verify FILE`: say whether a published file or a proof is what its own values make it; no database."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from rantau.engine import proof, publication
from rantau.engine.shape import Unreadable, parse
from rantau.ledger import signing

from . import allocate

T = TypeVar("T")


def run(options: argparse.Namespace) -> int:
    """Check a round or a proof by itself, an allocation against the instance it was decided from."""
    if options.instance:
        return allocate.verify(options.file, options.instance)
    return main(options.file, round_=options.round, root=options.root, key=options.key)


def main(path: str | Path, *, round_: Path | None = None, root: str = "", key: str = "") -> int:
    """Print `VERIFIED` (0), `DIFFERENT` and the first differing path (1), or on stderr why it is unreadable (2).

    What a verified file rests on (the key that signed it, the root a proof leads to) is said on stderr.
    """
    try:
        what = _looked_at(Path(path), lambda data: _format(data) == proof.FORMAT) or round_ or root
        wrong, rests = _proof(Path(path), round_, root, key) if what else _round(Path(path), key)
    except (OSError, Unreadable) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"DIFFERENT {wrong}" if wrong else "VERIFIED")
    if rests and not wrong:
        print(rests, file=sys.stderr)
    return 1 if wrong else 0


def judge(data: bytes, *, key: str = "") -> str:
    """Return the path of the first value of a round that differs, or nothing: everything recomputed, the signature last.

    With `key` the round must be signed with that one.

    :raises Unreadable: when the bytes are no such file
    """
    verdict = publication.verify(data)
    if not verdict.ok:
        return verdict.path
    file = publication.read(data)
    signature = file.get("signature")
    wrong = (signature and not signing.holds(file)) or (key and (signature or {}).get("key") != key)
    return "signature" if wrong else ""


def _round(path: Path, key: str) -> tuple[str, str]:
    wrong = _looked_at(path, lambda data: judge(data, key=key))
    signature = _looked_at(path, publication.read).get("signature")
    return wrong, f"signed with key {signing.fingerprint(signature['key'])}" if signature else ""


def _proof(path: Path, round_: Path | None, root: str, key: str) -> tuple[str, str]:
    roots = {root} - {""}
    if round_:
        wrong = _looked_at(round_, lambda data: judge(data, key=key))
        if wrong:
            return f"round.{wrong}", ""
        roots.add(_looked_at(round_, publication.read)["outcomes"]["root"])
    verdict = _looked_at(path, lambda data: proof.verify(data, roots=roots))
    found = _looked_at(path, proof.read)
    return verdict.path, f"place {found['index'] + 1} of {found['size']} under {found['root']}"


def _looked_at(path: Path, look: Callable[[bytes], T]) -> T:
    """Return what is found in a file; one that cannot be read is named."""
    try:
        return look(path.read_bytes())
    except Unreadable as error:
        raise Unreadable(str(path), str(error)) from error


def _format(data: bytes) -> Any:
    found = parse(data)
    return found.get("format") if isinstance(found, dict) else None
