"""What a ClamAV daemon says of bytes, over its own protocol; where none is configured or none answers, nothing is said.

INSTREAM (clamd(8)): the command, then chunks behind their length, then a length of zero; one line comes back.
"""

import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings

CHUNK = 64 * 1024
PATIENCE = 15.0
"""Seconds for each exchange; 8 MB take a daemon well below one."""
LONGEST = 4096
"""Bytes of an answer."""

CLEAN, UNSCANNED, INFECTED = "clean", "unscanned", "infected"
SILENT = "silent"
"""No scanner is configured, or it does not answer: nothing can be said now, of this file or of another."""


def scan(data: bytes) -> str:
    """Return `clean`, `infected`, `unscanned` when the scanner cannot judge these bytes, or `silent`."""
    if not settings.CLAMAV:
        return SILENT
    try:
        answer = _asked(data)
    except OSError:
        return SILENT
    if not answer.endswith(b"\0"):
        return SILENT
    if answer == b"stream: OK\0":
        return CLEAN
    return INFECTED if answer.endswith(b" FOUND\0") else UNSCANNED


def _asked(data: bytes) -> bytes:
    with _connected() as line:
        line.settimeout(PATIENCE)
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), CHUNK):
            chunk = data[start : start + CHUNK]
            line.sendall(struct.pack("!L", len(chunk)) + chunk)
        line.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST:
            more = line.recv(LONGEST)
            if not more:
                break
            answer += more
    return answer


def _connected() -> socket.socket:
    where = urlsplit(settings.CLAMAV)
    if where.scheme == "tcp":
        return socket.create_connection((where.hostname, where.port or 3310), PATIENCE)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(PATIENCE)
    try:
        line.connect(where.path)
    except OSError:
        line.close()
        raise
    return line
