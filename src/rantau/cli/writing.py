"""Writing a result: to the terminal as bytes, and to a file wholly or not at all."""

import os
import sys
from pathlib import Path


def whole(data: bytes, out: Path | None) -> None:
    """Write to the file first, if one is named, then to standard output.

    :raises OSError: where the file cannot be written; then nothing is
    """
    if out is not None:
        part = out.with_name(f".{out.name}.{os.getpid()}")
        try:
            part.write_bytes(data)
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
