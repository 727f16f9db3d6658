"""The source as data for the rules: which files there are, and what they parse to."""

import ast
import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "rantau"
_SKIPPED = {"__pycache__", "var", "build", "dist", "node_modules", "htmlcov"}


@cache
def files() -> tuple[Path, ...]:
    """Return every file of the checkout that is source: nothing hidden (but `.ci`), nothing generated."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(f for f in folders if f == ".ci" or not (f.startswith(".") or f in _SKIPPED))
        found += [Path(folder, name) for name in sorted(names) if name not in {".git", ".coverage"}]
    return tuple(found)


@cache
def modules(*, under: str = "") -> tuple[Path, ...]:
    """Return the Python files below a folder of the checkout, migrations left out (Django writes those)."""
    return tuple(
        f for f in files() if f.suffix == ".py" and (ROOT / under) in f.parents and "migrations" not in f.parts
    )


@cache
def parsed(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text("utf-8"), str(path))


def name(path: Path) -> str:
    """Return a file's path as messages show it."""
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> list[str]:
    """Return the full name of everything a file imports, relative imports spelled out."""
    found = []
    package = ".".join(path.relative_to(ROOT / "src").parts[:-1]) if (ROOT / "src") in path.parents else ""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found += [f"{base}.{alias.name}" for alias in node.names]
    return found


@cache
def project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def contract(title: str) -> dict[str, Any]:
    """Return the import contract of that name."""
    return next(c for c in project()["tool"]["importlinter"]["contracts"] if c["name"] == title)


def layers() -> list[str]:
    """Return the rooms from the top down, built or not."""
    names = " | ".join(contract("Down only")["layers"]).split(" | ")
    return [layer.strip("()") for layer in names]


def areas() -> list[str]:
    """Return the areas that exist: every built room below the interfaces and above those that know values only."""
    rooms = layers()
    between = rooms[rooms.index("outbox") + 1 : rooms.index("paper")]
    return [room for room in between if (PACKAGE / room / "__init__.py").exists()]
