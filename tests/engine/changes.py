"""Every way a test spoils a published file: one value changed at a time, and the verdicts of both verifiers."""

import copy
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rantau.cli.verify import judge
from rantau.engine.shape import Unreadable

TOOL = Path(__file__).parents[2] / "tools" / "verify.py"
_spec = importlib.util.spec_from_file_location("standalone_verifier", TOOL)
standalone = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(standalone)

UNREADABLE = "unreadable"


def ours(data: bytes) -> str:
    """Return the library's verdict: empty for verified, the path of the difference, or UNREADABLE."""
    try:
        return judge(data)
    except Unreadable:
        return UNREADABLE


def theirs(data: bytes) -> str:
    """Return the standalone verifier's verdict in the same form."""
    try:
        standalone.check(standalone.read(data))
    except standalone.Verdict as verdict:
        code, said = verdict.args
        return said if code == 1 else UNREADABLE
    return ""


def leaves(value: Any, path: tuple = ()) -> Iterator[tuple]:
    """Yield the path of every value that holds no other."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield from leaves(item, (*path, key))
    if not isinstance(value, dict | list):
        yield path


def spoilt(value: Any) -> list[Any]:
    """Return other values to stand in the place of one."""
    if value is True:
        return [False, 1, "true", None]
    if value is None:
        return [0, 1, "", False]
    if type(value) is int:
        return [value + 1, value - 1, str(value), float(value), bool(value), None]
    words = ["selected", "reserve", "unsuccessful", "lot", "total", "practical", "within_seats", "below_cut"]
    near = [word for word in words if word != value] if value in words else []
    return [value[:-1] + ("0" if value[-1:] != "0" else "1"), *near[:3], "", 1, value + "x", value.upper(), None]


def changed(file: dict, path: tuple, value: Any) -> dict:
    """Return a copy of a file with one value replaced."""
    spot: Any = copy.copy(file)
    out = spot
    for key in path[:-1]:
        spot[key] = copy.copy(spot[key])
        spot = spot[key]
    spot[path[-1]] = value
    return out


def others(file: dict, path: tuple) -> list[Any]:
    """Return values that could stand at a path and do not."""
    value: Any = file
    for key in path:
        value = value[key]
    return [other for other in spoilt(value) if type(other) is not type(value) or other != value]


def changes(file: dict, most: int) -> Iterator[tuple[tuple, dict]]:
    """Yield (path, file) for every single value of a file replaced by up to so many others."""
    for path in leaves(file):
        for other in others(file, path)[:most]:
            yield path, changed(file, path, other)


def written(file: dict) -> bytes:
    """Return bytes of a file in another form than the published one: spaces, any order, and floats if it holds any."""
    return json.dumps(file, ensure_ascii=False).encode()
