"""A daemon that speaks as clamd does, on a real socket: it finds what holds a word, and can fall silent."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

HARM = b"harmful-for-the-test"


@dataclass
class Daemon:
    """A listening daemon: where, what it was asked, and how it answers next."""

    address: str
    asked: list[bytes] = field(default_factory=list)
    answer: bytes | None = None

    def said(self, data: bytes) -> bytes:
        """Return the answer to bytes."""
        self.asked.append(data)
        if self.answer is not None:
            return self.answer
        return b"stream: Uji.Coba FOUND\0" if HARM in data else b"stream: OK\0"


def _exactly(line: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data += line.recv(size - len(data)) or bytes(size)
    return data


def _serve(server: socket.socket, daemon: Daemon) -> None:
    while True:
        try:
            line, _ = server.accept()
        except OSError:
            return
        with line:
            assert _exactly(line, 10) == b"zINSTREAM\0"
            data = b""
            while size := struct.unpack("!L", _exactly(line, 4))[0]:
                data += _exactly(line, size)
            line.sendall(daemon.said(data))


@contextmanager
def listening(path: str = "") -> Iterator[Daemon]:
    """Run a daemon on loopback, or on a socket file."""
    server = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
    server.bind(path or ("127.0.0.1", 0))
    server.listen()
    daemon = Daemon(f"unix:{path}" if path else f"tcp://127.0.0.1:{server.getsockname()[1]}")
    thread = threading.Thread(target=_serve, args=(server, daemon))
    thread.start()
    try:
        yield daemon
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()
