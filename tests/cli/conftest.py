"""Commands as they are typed, in a process of their own or in this one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rantau.cli.__main__ import main

ROOT = Path(__file__).resolve().parents[2]


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a fresh process: nothing of the suite's own but the path."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RANTAU_", "DATABASE_URL"))}
    return kept | {"PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "rantau.config.settings"} | more


def typed(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    command = [sys.executable, "-m", "rantau.cli", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(**more), capture_output=True, text=True)


@pytest.fixture
def rantau(capsys):
    """Return how to run a command in this process: (exit code, stdout, stderr)."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
