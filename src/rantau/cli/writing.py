"""Writing a result: to the terminal as bytes, and to a file wholly or not at all."""

import os
import sys
from pathlib import Path


def whole(data: bytes, out: Path | None) -> None:
    """Write to the file first, if one is named, then to standard output.

    :raises OSError: where the file cannot be written; then nothing is
    """
    if out is not None:
        keep(data, out)
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def keep(data: bytes, out: Path) -> None:
    """Write to a file.

    :raises OSError: where it cannot be written; what was there before is left as it was
    """
    part = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        part.write_bytes(data)
        part.replace(out)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(out)) from error
    finally:
        part.unlink(missing_ok=True)
