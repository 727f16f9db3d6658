"""A gateway on this machine that takes messages over HTTP, goes down and comes back at the same address."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote


class Gateway:
    """Keep (path, message) of everything taken while it is up; at `refuse` it answers 500 instead."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []
        self.refuse = False
        self.port = 0
        self.up()

    def up(self) -> None:
        """Listen, at the port it had before."""
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if not gateway.refuse:
                    gateway.taken.append((unquote(self.path), f"{body['title']}{body['message']}"))
                self.send_response(500 if gateway.refuse else 200)
                self.end_headers()

            def log_message(self, *said: object) -> None:
                """Write nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def down(self) -> None:
        """Listen no more."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def way(self, name: str) -> str:
        """Return the setting of a channel that leads here, with a password in it."""
        return f"json://pengguna:sandi-gerbang@127.0.0.1:{self.port}/{name}/{{to}}"
