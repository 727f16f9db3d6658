"""Commands as they are typed, in a process of their own or in this one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rantau.cli.__main__ import main
from tests.cli.allocations import put

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


@pytest.fixture
def allocate(rantau, tmp_path):
    """Return how to allocate an instance: (exit code, stdout, stderr, what --out holds or None)."""

    def run(plain, *options):
        out = tmp_path / "result.json"
        code, said, complaint = rantau("allocate", put(tmp_path / "i.json", plain), "--out", out, *options)
        return code, said, complaint, out.read_text() if out.exists() else None

    return run


@pytest.fixture
def placed(allocate):
    """Return how to allocate an instance that can be: the result."""

    def run(plain, *options):
        code, said, complaint, _ = allocate(plain, *options)
        assert (code, complaint) == (0, "")
        return json.loads(said)

    return run


@pytest.fixture
def verify(rantau, tmp_path):
    """Return how to verify a result against its instance."""

    def run(result, plain):
        paths = put(tmp_path / "r.json", result), put(tmp_path / "i.json", plain)
        return rantau("verify", paths[0], "--instance", paths[1])

    return run
