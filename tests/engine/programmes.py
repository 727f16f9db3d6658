"""Programme files for tests: the shipped ones, and TOML written from plain data."""

import datetime as dt
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from rantau.engine.programme import Programme
from rantau.engine.programme_file import Problem, overlay, parse, parse_assumptions
from rantau.engine.refusal import Refusal

FOLDER = Path(__file__).parents[2] / "programmes"
RUSAL = (FOLDER / "rusal-2026.toml").read_text()
ASSUMED = (FOLDER / "rusal-2026.assumptions.toml").read_text()
EXAMPLE = (FOLDER / "contoh-jepang.toml").read_text()


@cache
def rusal() -> Programme:
    return parse(RUSAL, "rusal-2026.toml")


@cache
def rehearsed() -> Programme:
    return overlay(rusal(), parse_assumptions(ASSUMED, "rusal-2026.assumptions.toml"))


@cache
def example() -> Programme:
    return parse(EXAMPLE, "contoh-jepang.toml")


def data(text: str) -> dict[str, Any]:
    """Return a TOML text as data that a test may change."""
    return tomllib.loads(text)


def toml(data: dict[str, Any]) -> str:
    """Return data as TOML, one line for each key of the first level."""
    return "".join(f"{json.dumps(key)} = {_value(value)}\n" for key, value in data.items())


def problems_of(refused: Refusal) -> tuple[Problem, ...]:
    assert refused.code == "programme.invalid"
    return refused.facts["problems"]


def places(value: Any, loc: tuple = ()) -> list[tuple]:
    """Return the path of every key in a file's data."""
    if isinstance(value, dict):
        return [p for key, item in value.items() for p in ((*loc, key), *places(item, (*loc, key)))]
    if isinstance(value, list):
        return [p for number, item in enumerate(value) for p in places(item, (*loc, number))]
    return []


def put(content: Any, loc: tuple, value: Any) -> None:
    """Put a value at a path of a file's data, or take the key away when there is none."""
    for key in loc[:-1]:
        content = content[key]
    if value is None:
        del content[loc[-1]]
    else:
        content[loc[-1]] = value


def changed(text: str, *changes: tuple[tuple, Any]) -> str:
    content = data(text)
    for loc, value in changes:
        put(content, loc, value)
    return toml(content)


def found(problems: tuple[Problem, ...]) -> list[tuple[str, str, str]]:
    return [(problem.path, problem.wrong, problem.allowed) for problem in problems]


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, dt.date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
