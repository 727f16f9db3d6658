"""Reading PDFs in a process of their own, with little memory, little time and no secrets: what chokes there harms nobody.

Costs 0.15 s a file on the machine it was measured on, nearly all of it the start.
"""

import json
import resource
import subprocess
import sys
import threading
from pathlib import Path

from rantau.engine.refusal import Refusal

from . import pdf

MEMORY = 768 * 1024 * 1024
SECONDS = 10
"""Seconds of computing; honest files take a tenth of one."""
PATIENCE = 30
LARGEST = 16 * 1024 * 1024
"""Bytes of a rewritten file: what was packed together may come out larger, twice as large is no paper any more."""
AT_ONCE = threading.BoundedSemaphore(2)

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-s", "-m", "rantau.documents.apart"]


def rewritten(data: bytes) -> tuple[bytes, int]:
    """Return what `pdf.rewritten` returns, computed apart.

    :raises Refusal: as `pdf.rewritten`; `file.broken` too when it takes too long or too much
    """
    with AT_ONCE:
        try:
            done = subprocess.run(  # noqa: S603 - our own module, no shell; the file comes in as bytes
                COMMAND, input=data, capture_output=True, timeout=PATIENCE, env={"PYTHONPATH": str(ROOT)}, check=False
            )
        except subprocess.TimeoutExpired:
            raise Refusal("file.broken") from None
    head, _, paper = done.stdout.partition(b"\n")
    if done.returncode != 0 or not head:
        raise Refusal("file.broken")
    said = json.loads(head)
    if "code" in said:
        raise _refusal(said["code"], said["facts"])
    return paper, said["pages"]


def _refusal(code: str, facts: dict[str, object]) -> Refusal:
    known = (
        Refusal("file.encrypted", **facts),
        Refusal("file.active", **facts),
        Refusal("file.pages", **facts),
        Refusal("file.unpacks", **facts),
        Refusal("file.large", **facts),
    )
    return next((one for one in known if one.code == code), Refusal("file.broken"))


def main() -> int:
    """Read a PDF from the standard input; write one line of JSON and, behind it, the PDF written anew."""
    for kind, limit in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(kind, (limit, limit))
    try:
        paper, pages = pdf.rewritten(sys.stdin.buffer.read())
    except Refusal as refusal:
        said, paper = {"code": refusal.code, "facts": refusal.facts}, b""
    else:
        said = {"pages": pages}
    if len(paper) > LARGEST:
        return 1
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + paper)
    return 0


if __name__ == "__main__":
    sys.exit(main())
