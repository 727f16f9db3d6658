"""Make `.venv` hold exactly the locked packages and the project; do nothing when it already does."""

import sys

if sys.version_info < (3, 11):
    found = ".".join(map(str, sys.version_info[:2]))
    sys.exit(f"Rantau needs Python 3.11 or newer; this is {found}. Try: make setup PYTHON=python3.12")

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import time
import tomllib
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "setup.json"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
PROGRAM = BIN / ("rantau.exe" if os.name == "nt" else "rantau")
SETS = ("test", "check", "browser", "bench")


def lock(name: str) -> Path:
    """Return the lock file of a set; `runtime` is always part of an installation."""
    return ROOT / "requirements" / f"{name}.lock"


def wanted(sets: set[str]) -> dict[str, str]:
    """Return a digest per set: of its lock, and for `runtime` also of the project, the place and the interpreter."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    base = [str(ROOT), sys.version, sys.base_prefix, project["project"], project["build-system"]]
    digests = {name: hashlib.sha256(lock(name).read_bytes()).hexdigest() for name in ("runtime", *sorted(sets))}
    digests["runtime"] = hashlib.sha256(json.dumps([base, digests["runtime"]]).encode()).hexdigest()
    return digests


def installed() -> dict[str, str]:
    """Return the digests of the last complete installation, or nothing when there is none to trust."""
    if not (PYTHON.exists() and PROGRAM.exists() and STAMP.exists()):
        return {}
    try:
        return dict(json.loads(STAMP.read_text("utf-8")))
    except (ValueError, TypeError):
        return {}


def make_environment() -> None:
    """Make an empty `.venv`, whatever lay there before."""
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    venv.create(VENV, clear=True, symlinks=os.name != "nt", with_pip=True)


def install(names: list[str]) -> None:
    """Install the locked packages of these sets, each checked against its hash; with uv when it is there and works."""
    files = [part for name in names for part in ("--requirement", str(lock(name)))]
    uv = shutil.which("uv")
    if uv and run([uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", *files]) == 0:
        return
    if run([*pip(), "--require-hashes", *files]):
        raise RuntimeError("the locked packages could not be installed")


def install_project() -> None:
    """Install the project itself, editable, with the build backend that the runtime lock already brought."""
    if run([*pip(), "--no-build-isolation", "--no-deps", "--editable", str(ROOT)]):
        raise RuntimeError("the project could not be installed")


def pip() -> list[str]:
    """Return the start of a pip command in `.venv`."""
    return [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]


def run(command: list[str]) -> int:
    """Run a command, show what it says only if it fails, and return its exit code."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        print(f"\n{' '.join(command[:4])} … failed:\n{done.stdout}{done.stderr}", file=sys.stderr)
    return done.returncode


def phase(words: str, work: Callable[[], None]) -> None:
    """Do one phase and print one line about it."""
    print(f"setup: {words} … ", end="", flush=True)
    start = time.monotonic()
    work()
    print(f"{time.monotonic() - start:.1f} s", flush=True)


def main(arguments: list[str]) -> int:
    """Bring `.venv` to the locked state of the runtime set and of the sets named; return the exit code."""
    unknown = set(arguments) - set(SETS)
    if unknown:
        print(f"unknown set: {', '.join(sorted(unknown))}; there are: {', '.join(SETS)}", file=sys.stderr)
        return 2
    have = installed()
    want = wanted(set(arguments) | (set(have) & set(SETS)))
    if all(have.get(name) == digest for name, digest in want.items()):
        return 0
    if importlib.util.find_spec("ensurepip") is None:
        print("This Python lacks the venv module. On Debian or Ubuntu: apt-get install python3-venv", file=sys.stderr)
        return 1
    fresh = have.get("runtime") != want["runtime"]
    names = [name for name in want if fresh or have.get(name) != want[name]]
    try:
        if fresh:
            phase("an empty environment in .venv", make_environment)
        STAMP.unlink(missing_ok=True)  # a run that breaks off leaves no stamp, so the next one starts afresh
        phase(f"locked packages ({', '.join(names)})", lambda: install(names))
        if fresh:
            phase("the project", install_project)
    except (OSError, subprocess.SubprocessError, RuntimeError) as problem:
        print(f"\nsetup: stopped: {problem}. Mend the cause and run it again.", file=sys.stderr)
        return 1
    STAMP.write_text(json.dumps(want, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
