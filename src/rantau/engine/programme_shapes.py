"""How the value at a path of a programme is typed by a person: derived from the types of the programme, path by path."""

import json
from functools import cache
from typing import Any, Literal, TypeAlias

from .canonical import Frozen
from .programme import Programme, known_values

ShapeKind: TypeAlias = Literal[
    "yes_no",
    "number",
    "hundredths",
    "month",
    "day",
    "words",
    "text",
    "money",
    "amounts",
    "choice",
    "codes",
    "table",
    "rows",
]

NAMED: dict[str, ShapeKind] = {"Text": "text", "Money": "money"}
MARKED: dict[str, ShapeKind] = {"date": "day", "month": "month", "hundredths": "hundredths"}
BY_TYPE: dict[str, ShapeKind] = {"boolean": "yes_no", "integer": "number", "string": "words", "object": "table"}
BY_ITEM: dict[str, ShapeKind] = {"money": "amounts", "words": "codes"}
"""The kind of a list by the kind of its items; all others are written as rows."""


class Shape(Frozen):
    """What may be typed at a path: the kind, the bounds of a number, the words of a choice, a pattern for rows.

    Hundredths are typed as points (75.5) and kept as 7550; `least` and `most` are in the kept unit. `pattern` is the TOML
    of one row, or of one table, with a sensible value at each place.
    """

    path: str
    kind: ShapeKind
    least: int | None = None
    most: int | None = None
    options: tuple[str, ...] = ()
    pattern: str = ""


def shape_at(programme: Programme, path: str) -> Shape:
    """Return how the value at a path is typed.

    :raises LookupError: where the programme has no value of its own at that path
    """
    if path not in dict(known_values(programme)):
        raise LookupError(path)
    node: dict[str, Any] = _schema()
    for part in path.split("."):
        node = _said(node)
        node = node["items"] if node.get("type") == "array" else node["properties"][part]
    node = _said(node)
    options = tuple(node.get("enum", ()))
    if node.get("of") == "offices":
        options = tuple(office.code for office in programme.offices)
    kind: ShapeKind = "choice" if options else _kind(node)
    return Shape(
        path=path,
        kind=kind,
        least=node.get("minimum"),
        most=node.get("maximum"),
        options=options,
        pattern=_pattern(node, kind),
    )


@cache
def _schema() -> dict[str, Any]:
    return Programme.model_json_schema()


def _said(node: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a value that is said, behind references and whatever else might stand in its place."""
    name = ""
    while True:
        if "$ref" in node:
            name = node["$ref"].rpartition("/")[2]
            node = _schema()["$defs"][name]
        elif "oneOf" in node or "anyOf" in node:
            node = _one(node.get("oneOf") or node["anyOf"])
        else:
            return {**node, "name": name}


def _one(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what a fact is once it is published, or a cell of a list once it is filled."""
    for node in nodes:
        name = node.get("$ref", "").rpartition("/")[2]
        if name.startswith("Published"):
            value: dict[str, Any] = _schema()["$defs"][name]["properties"]["value"]
            return value
    return next(n for n in nodes if not n.get("$ref", "").endswith("/Unpublished") and n.get("type") != "null")


def _kind(node: dict[str, Any]) -> ShapeKind:
    if node["name"] in NAMED:
        return NAMED[node["name"]]
    if node["type"] == "array":
        return BY_ITEM.get(_kind(_said(node["items"])), "rows")
    marked = node.get("format") or node.get("unit")
    return MARKED[marked] if marked in MARKED else BY_TYPE[node["type"]]


def _pattern(node: dict[str, Any], kind: str) -> str:
    """Return the TOML by which rows or a table are written, `value` being the name of the list."""
    if kind == "table":
        return "\n".join(_lines(node))
    if kind == "rows":
        return "\n".join(["[[value]]", *_lines(_said(node["items"]))])
    return ""


def _lines(node: dict[str, Any]) -> list[str]:
    return [f"{name} = {_sample(_said(part))}" for name, part in node["properties"].items() if "default" not in part]


def _sample(node: dict[str, Any]) -> str:
    if node["name"] == "Text":
        return '{ id = "…", en = "…", ru = "…" }'
    if node["type"] == "array":
        return "[]"
    if node["type"] == "integer":
        return str(node.get("minimum", 0))
    return json.dumps(node["enum"][0] if "enum" in node else "…", ensure_ascii=False)
