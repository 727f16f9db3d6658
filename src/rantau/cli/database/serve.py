"""Running web server, worker and due loop as one process group; production runs the three as units of its own."""

import argparse
import signal
import subprocess
import sys
import time

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from rantau.cli import django_setup

from . import demo, due

EVERY = 60
"""Seconds between two looks at what is due."""
DAILY = 24 * 60 * EVERY
"""Seconds between two sweeps of what belongs to nobody."""


def run(options: argparse.Namespace) -> int:
    """Migrate, prepare the demo when asked for, start the processes, and stop them together.

    :raises Refusal: `demo.real_people`, `demo.no_mark`, `demo.half_made`
    """
    settings.VAR.mkdir(parents=True, exist_ok=True)
    if options.demo:
        demo.prepare()
    else:
        django_setup.migrate()
    call_command("collectstatic", verbosity=0, interactive=False)
    if options.demo:
        demo.introduce()
    print(f"Rantau: http://{settings.HOST}:{settings.PORT}/", flush=True)
    connections.close_all()
    return _together([_web(), _worker()])


def _web() -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4"),
        *("--host", settings.HOST, "--port", str(settings.PORT), "--no-ws", "--log-level", "warning"),
        "rantau.config.wsgi:application",
    ]


def _worker() -> list[str]:
    return [sys.executable, "-m", "django", "db_worker", "--interval", "2", "-v", "0"]


def _together(commands: list[list[str]]) -> int:
    """Keep the processes running, look at what is due every minute, and end all when one ends or we are asked to."""
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _interrupt)
    children = [subprocess.Popen(command) for command in commands]  # noqa: S603 - our own commands, no shell
    seconds = 0
    try:
        while all(child.poll() is None for child in children):
            time.sleep(1)
            seconds += 1
            if seconds % EVERY == 0:
                due.take_all(timezone.now())
                if seconds % DAILY == 0:
                    due.sweep(timezone.now())
                connections.close_all()
    except KeyboardInterrupt:
        return 0
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(timeout=20)
    print("a process ended by itself; stopped the others", file=sys.stderr)
    return 1


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
