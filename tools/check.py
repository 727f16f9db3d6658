"""Run the stages of `make check` in order, stop at the first that fails, end with the test runner's closing line."""

import argparse
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from glob import glob
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = (sys.executable, "-m", "pytest")


@dataclass(frozen=True)
class Stage:
    """One command with a name; `needs` is what must be there (`missing`), or the stage is left out visibly."""

    name: str
    command: tuple[str, ...]
    needs: str = ""
    env: dict[str, str] = field(default_factory=dict)
    suite: bool = False


def stages(soak: bool) -> list[Stage]:
    """Return the stages; a soak takes the slow marks, all browser journeys and large samples with it."""
    large = {"RANTAU_HYPOTHESIS": "large"} if soak else {}
    marks = "not browser" if soak else "not slow and not browser"
    journeys = "browser" if soak else "browser and not slow"
    django = {
        "DJANGO_SETTINGS_MODULE": "rantau.config.settings",
        "RANTAU_MODE": "test",
        "DATABASE_URL": "sqlite://:memory:",
    }
    suite = (*PYTEST, "-n", "2", "--dist", "worksteal", "-m", marks)
    # They know no database, a file of their own, or what stands before one: once, on SQLite's turn, is enough.
    elsewhere = (
        *("engine", "rules", "paper", "cli", "rehearsal/test_played.py", "rehearsal/test_talks.py"),
        *(f"documents/test_{name}.py" for name in ("checks", "pdf", "straighten")),
        *(() if soak else ("web/test_headers.py", "web/test_host_mission.py")),
    )
    no_database = tuple(f"--ignore=tests/{name}" for name in elsewhere)
    return [
        Stage("lint", (str(BIN / "ruff"), "check", ".")),
        Stage("format", (str(BIN / "ruff"), "format", "--check", ".")),
        Stage("types", (str(BIN / "mypy"),), env=django),
        Stage("contracts", (str(BIN / "lint-imports"),)),
        Stage("migrations", (sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"), env=django),
        Stage("catalogues", (sys.executable, "tools/messages.py", "--check"), needs="gettext"),
        Stage("browser journey", (*PYTEST, "-m", journeys), needs="Chromium", env=large, suite=True),
        Stage(
            "suite on PostgreSQL",
            (*suite, *no_database),
            needs="PostgreSQL",
            env={**large, "RANTAU_TEST_DATABASE": "postgresql"},
            suite=True,
        ),
        Stage("suite on SQLite", suite, env=large, suite=True),
    ]


def missing(need: str) -> str:
    """Return how to get what a stage needs, or nothing when it is there."""
    found = {
        "": True,
        "gettext": shutil.which("xgettext"),
        "Chromium": shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"),
        "PostgreSQL": shutil.which("initdb") or glob("/usr/lib/postgresql/*/bin/initdb"),
    }
    package = {"gettext": "gettext", "Chromium": "chromium", "PostgreSQL": "postgresql"}
    return "" if found[need] else f"{need} not found (apt-get install {package[need]})"


def run(stage: Stage) -> tuple[int, str]:
    """Run one stage, showing what it says as it says it; return its exit code and its last line."""
    last = ""
    env = {**os.environ, **stage.env}
    with subprocess.Popen(
        stage.command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            last = line.strip() or last
    return process.returncode, last


def main(arguments: list[str]) -> int:
    """Run the stages; return 0, or the exit code of the stage that failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--soak", action="store_true", help="the slow marks too")
    summary, closing = [], ""
    begin = time.monotonic()
    for stage in stages(parser.parse_args(arguments).soak):
        absent = missing(stage.needs)
        if absent and os.environ.get("CI") == "true":
            print(f"FAILED: {stage.name}: {absent}, and a CI run leaves nothing out", flush=True)
            return 1
        if absent:
            summary.append(f"SKIPPED: {absent}: {stage.name}")
            print(summary[-1], flush=True)
            continue
        print(f"── {stage.name}", flush=True)
        start = time.monotonic()
        code, last = run(stage)
        if code:
            print(f"FAILED: {stage.name} (exit code {code})", flush=True)
            return code
        counted = f"  {last}" if stage.suite else ""
        summary.append(f"{stage.name:<20} ok {time.monotonic() - start:7.1f} s{counted}")
        closing = last if stage.suite else closing
    print("\n" + "\n".join(summary) + f"\n{'together':<20}    {time.monotonic() - begin:7.1f} s\n{closing}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
