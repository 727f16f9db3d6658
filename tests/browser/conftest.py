"""The server and the phone of a browser test: real processes, the system's Chromium, 360 by 800 points."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.phone import PHONE, Phone

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
"""Seconds after which a server that does not answer is a failure."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = [path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))]
    return {
        **browser_type_launch_args,
        "executable_path": found[0] if found else None,
        "args": ["--no-sandbox", "--disable-dev-shm-usage"],
    }


@dataclass(frozen=True)
class Site:
    """A running server: its address, and the e-mail of one person of every role."""

    url: str
    people: dict[str, str]


def environment(var: Path, port: int) -> dict[str, str]:
    """Return the environment of a demo server with a database of its own."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PUBLISHER", "SITE")}
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    ours = {"RANTAU_MODE": "demo", "RANTAU_VAR": str(var), "HOST": "127.0.0.1", "PORT": str(port), "PYTHONPATH": paths}
    return {**kept, **ours, "DJANGO_SETTINGS_MODULE": "rantau.config.settings"}


def answers(url: str) -> bool:
    """Return whether a server answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def running(var: Path, chapter: str) -> Iterator[Site]:
    """Fill a database up to a chapter of a rehearsal, serve it, and stop the server at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = environment(var, port)
    subprocess.run([sys.executable, "-m", "tests.browser.state", chapter], cwd=ROOT, env=env, check=True)
    command = [sys.executable, "-m", "rantau.cli", "serve"]
    with (var / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + PATIENCE
            while not answers(f"http://127.0.0.1:{port}/"):
                assert server.poll() is None, (var / "server.log").read_text()
                assert time.monotonic() < deadline, (var / "server.log").read_text()
                time.sleep(0.1)
            yield Site(f"http://127.0.0.1:{port}", json.loads((var / "people.json").read_text()))
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the chapter that the module of tests names."""
    with running(tmp_path_factory.mktemp("site"), getattr(request.module, "CHAPTER", "open")) as found:
        yield found


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Callable[..., Phone]]:
    """Open phones that look at the site; each is a browser of its own, without scripts unless asked."""
    opened = []

    def open_phone(name: str, *, scripts: bool = False, language: str = "id") -> Phone:
        both = [browser.new_context(**PHONE, base_url=site.url, java_script_enabled=s) for s in (scripts, True)]
        opened.extend(both)
        return Phone(*both, name, language)

    yield open_phone
    for context in opened:
        context.close()
