"""Writing an answer into the text of a programme file, so that its comments and its order stay as they were."""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.container import Container
from tomlkit.items import AoT, Table, Whitespace

from rantau.engine.canonical import digest
from rantau.engine.programme import Source
from rantau.engine.programme_answering import Origin, source_of
from rantau.engine.programme_file import Problem, check, parse
from rantau.engine.programme_shapes import shape_at
from rantau.engine.refusal import Refusal

STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def answered(text: str, assumptions: str, *, office: str, values: Mapping[str, Any], where: Origin) -> tuple[str, str]:
    """Return a programme file, and a rehearsal's assumptions, with values written in at their paths, each with its source.

    Where a value was assumed the assumption goes. What stands beside stays as it was, to the letter.

    :raises Refusal: `answer.invalid` with the problems of the file that this would give, their rows by code
    """
    terms = parse(text, "programme")
    source = source_of(where, office=office, known=terms.sources)
    file, assumed = tomlkit.parse(text), tomlkit.parse(assumptions)
    spoilt = _spoilt(file, text), _spoilt(assumed, assumptions)
    if source not in terms.sources:
        _declare(file, source)
    written = {}
    unlike = digest({"text": text, "source": source.plain()})
    for number, (path, value) in enumerate(values.items()):
        mark = f"{unlike} {number}"
        shown = _toml(dt.date.fromisoformat(value) if shape_at(terms, path).kind == "day" else value)
        inside = _mark(file, path.split("."), mark, source.key)
        written[f'"{mark}"'] = (
            shown if inside else f'{{ value = {shown}, sources = ["{source.key}"], on = {where.on.isoformat()} }}'
        )
        _forget(assumed, path.split("."))
    made, rest = _mended(file, spoilt[0]), _mended(assumed, spoilt[1])
    for mark, shown in written.items():
        made = made.replace(mark, shown, 1)
    found = check(made, "programme", rest or None, "assumptions")
    if found:
        plain = _plain(made)
        raise Refusal("answer.invalid", problems=[_by_code(problem, plain) for problem in found])
    return made, rest


def _spoilt(file: tomlkit.TOMLDocument, text: str) -> dict[str, str]:
    """Return the lines that reading alone changes, a day in a table loses the space behind it, and what they were."""
    pairs = zip(tomlkit.dumps(file).splitlines(), text.splitlines(), strict=True)
    return {after: before for after, before in pairs if after != before}


def _mended(file: tomlkit.TOMLDocument, spoilt: Mapping[str, str]) -> str:
    """Return a changed file with every line that nobody changed as it was."""
    return "".join(
        spoilt.get(line.rstrip("\n"), line.rstrip("\n")) + line[len(line.rstrip("\n")) :]
        for line in tomlkit.dumps(file).splitlines(keepends=True)
    )


def _declare(file: tomlkit.TOMLDocument, source: Source) -> None:
    """Add an entry behind the last of the sources, before whatever heads the part that follows."""
    entry = tomlkit.table()
    for name, value in (("key", source.key), ("title", source.title), ("address", source.address), ("on", source.on)):
        entry.add(name, value)
    rows = file.get("sources")
    if not isinstance(rows, AoT):
        rows = tomlkit.aot()
        rows.append(entry)
        file.append("sources", rows)
        return
    last = rows[-1].value.body
    heading: list[Any] = []
    while last and last[-1][0] is None:
        heading.insert(0, last.pop())
    last.append((None, tomlkit.nl()))
    rows.append(entry)
    rows[-1].value.body.extend(heading)


def _mark(file: Any, path: list[str], mark: str, key: str) -> bool:
    """Put a mark where a path leads, and return whether it stands inside a published list; then the list takes the source on."""
    node, said = file, None
    for part in path[:-1]:
        if _is_said(node):
            said, node = node, node["value"]
        node = _into(node, part)
    if _is_said(node):
        said, node = node, node["value"]
    node[path[-1]] = mark
    if said is not None and key not in said["sources"]:
        said["sources"].append(key)
    return said is not None


def _is_said(node: Any) -> bool:
    return isinstance(node, Mapping) and "value" in node and "sources" in node


def _into(node: Any, part: str) -> Any:
    """Return what a part of a path leads to: a field of a table, a row of a list by its code."""
    if isinstance(node, Mapping):
        return node[part]
    return next(row for number, row in enumerate(node) if str(row.get("code", number)) == part)


def _forget(assumed: Any, path: list[str]) -> None:
    """Take the assumption at a path away, if there is one, and leave what was remarked below it."""
    node = assumed
    for part in path[:-1]:
        if not isinstance(node, Mapping) or part not in node:
            return
        node = node[part]
    if not isinstance(node, Mapping) or path[-1] not in node:
        return
    remarks = _remarks(node[path[-1]]).lstrip("\n")
    body = node.body if isinstance(node, Container) else node.value.body if isinstance(node, Table) else []
    place = next((at for at, (key, _) in enumerate(body) if key is not None and key.key == path[-1]), None)
    del node[path[-1]]
    if place is not None and remarks:
        body[place] = (None, Whitespace(remarks))


def _remarks(item: Any) -> str:
    """Return the comments and empty lines at the end of a table: they belong to what follows it."""
    if isinstance(item, AoT):
        return _remarks(item[-1])
    if not isinstance(item, Table):
        return ""
    text = ""
    for key, part in reversed(item.value.body):
        if key is not None:
            return (_remarks(part) if isinstance(part, AoT | Table) else "") + text
        text = part.as_string() + text
    return text


def _toml(value: Any) -> str:
    """Return a plain value as it is written in a programme file: rows of a list on lines of their own."""
    if isinstance(value, dict):
        return (
            "{ "
            + ", ".join(
                f"{tomlkit.key(key).as_string()} = {_toml(item)}" for key, item in value.items() if item is not None
            )
            + " }"
        )
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "[\n" + "".join(f"    {_toml(item)},\n" for item in value) + "]"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return tomlkit.item(value).as_string()


def _plain(text: str) -> Any:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


def _by_code(problem: Problem, plain: Any) -> Problem:
    """Return a problem with the rows of its path named by code, as questions name them."""
    names, node = [], plain
    for number, name in STEP.findall(problem.path):
        if number:
            node = node[int(number)] if isinstance(node, list) and int(number) < len(node) else {}
            names.append(str(node.get("code", number)) if isinstance(node, dict) else number)
        else:
            node = node.get(name, {}) if isinstance(node, dict) else {}
            if name != "value":
                names.append(name)
    return problem.model_copy(update={"path": ".".join(names)})
