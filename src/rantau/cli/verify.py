"""`rantau verify FILE`: say whether a published round is what its own values make it; no Django, no database."""

import sys
from pathlib import Path

from rantau.engine import publication
from rantau.engine.publication import Verdict
from rantau.engine.shape import Unreadable
from rantau.ledger import signing


def main(path: str, *, key: str = "") -> int:
    """Print `VERIFIED` (0) and who signed, `DIFFERENT` and the first differing path (1), or why it is unreadable (2)."""
    try:
        data = Path(path).read_bytes()
        verdict = judge(data, key=key)
    except (OSError, Unreadable) as error:
        print(f"{path}: {error}", file=sys.stderr)
        return 2
    print("VERIFIED" if verdict.ok else f"DIFFERENT {verdict.path}")
    signature = publication.read(data).get("signature")
    if verdict.ok and signature:
        print(f"signed with key {signing.fingerprint(signature['key'])}")
    return 0 if verdict.ok else 1


def judge(data: bytes, *, key: str = "") -> Verdict:
    """Return the verdict on a published round: everything recomputed, then its signature; `key` is one it must bear.

    :raises Unreadable: when the bytes are no such file
    """
    verdict = publication.verify(data)
    file = publication.read(data)
    unsigned = "signature" not in file
    wrong = not unsigned and not signing.holds(file)
    if verdict.ok and (wrong or (key and (unsigned or file["signature"]["key"] != key))):
        return Verdict(ok=False, path="signature")
    return verdict
