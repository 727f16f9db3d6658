"""One rehearsal of 160, played by the real command into a folder of its own, once for all who test it."""

import fcntl
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = (
    "round.json",
    *(f"{kind}-{n}.{part}.json" for kind in ("field", "posting") for n in (1, 2) for part in ("instance", "result")),
)
"""What a rehearsal of the shipped programme leaves beside its database and its report."""
RUSAL = ("programmes/rusal-2026.toml", "--with", "programmes/rusal-2026.assumptions.toml")


def rantau(*arguments: str, out: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line; with `out`, on the database of a rehearsal."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "120"}
    if out:
        environment |= {
            "RANTAU_MODE": "rehearsal",
            "RANTAU_VAR": str(out),
            "DATABASE_URL": f"sqlite:///{out / 'rantau.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "rantau.config.settings",
        }
    command = [sys.executable, *(("-m", "rantau.cli") if not arguments[0].endswith(".py") else ()), *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def rehearse(out: Path, applicants: int = 160, seed: int = 7, *more: str) -> subprocess.CompletedProcess[str]:
    """Play the shipped programme with the shipped assumptions."""
    return rantau("rehearse", *RUSAL, "--applicants", str(applicants), "--seed", str(seed), "--out", str(out), *more)


def check_allocations(out: Path) -> None:
    """Assert that every result in a rehearsal's folder is verified against its instance."""
    for result in (name for name in PUBLISHED if name.endswith("result.json")):
        instance = out / result.replace("result", "instance")
        done = rantau("verify", str(out / result), "--instance", str(instance))
        assert (done.stdout, done.returncode) == ("VERIFIED\n", 0), result


@dataclass(frozen=True)
class Played:
    """What a rehearsal left behind: how the command ended, the files, who the made-up people are."""

    out: Path
    code: int
    said: str
    warned: str
    report: dict[str, Any]
    round: dict[str, Any]
    people: list[dict[str, str]]


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Return the rehearsal of 160 with seed 7: the first of the suite's processes plays it, the others wait for it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    out, kept = shared / "rehearsal-160", shared / "rehearsal-160.json"
    with (shared / "rehearsal-160.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            done = rehearse(out)
            kept.write_text(json.dumps([done.returncode, done.stdout, done.stderr]))
            people = rantau("tests/rehearsal/unseal.py", out=out)
            (shared / "rehearsal-160.people.json").write_text(people.stdout)
    code, said, warned = json.loads(kept.read_text())
    return Played(
        out=out,
        code=code,
        said=said,
        warned=warned,
        report=json.loads((out / "report.json").read_text()),
        round=json.loads((out / "round.json").read_text()),
        people=json.loads((shared / "rehearsal-160.people.json").read_text()),
    )
