"""Programme files: TOML text in, a programme out, or every problem with its place and what is allowed."""

import datetime as dt
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from pydantic import ValidationError

from . import programme_rules as rules
from .canonical import Frozen
from .known import Code
from .programme import Ask, Programme, Source, ask_for
from .programme_problems import Finding, Loc, Problem, findings_of, path_text, shown, without_tags
from .refusal import Refusal

T = TypeVar("T")

DEPTH = 20
LARGEST = 2**53
UNPUBLISHED = "unpublished"
NOBODY = "nobody"
FORM = '{ value = …, assumed = true, model = "…" }'


class Assumption(Frozen):
    """One assumed value: the path of the unpublished value it fills, rows by code, and the plain table to put there."""

    path: tuple[str, ...]
    table: dict[str, Any]


class Assumptions(Frozen):
    """A file of assumed values for one programme, and the sources of their models."""

    programme: Code
    sources: tuple[Source, ...]
    values: tuple[Assumption, ...]


def parse(text: str, path: str) -> Programme:
    """Return the programme a TOML text describes; `path` is the file's name in problems.

    :raises Refusal: `programme.invalid` with `problems`, a tuple of Problem
    """
    programme, problems = _programme(text, path)
    return _or_refuse(programme, problems)


def parse_assumptions(text: str, path: str) -> Assumptions:
    """Return the assumptions a TOML text describes.

    :raises Refusal: `programme.invalid` with `problems`, a tuple of Problem
    """
    assumptions, problems = _assumptions(text, path)
    return _or_refuse(assumptions, problems)


def overlay(programme: Programme, assumptions: Assumptions, *, path: str = "assumptions") -> Programme:
    """Return the programme with its unpublished values filled; a published or contested value is never touched.

    :raises Refusal: `programme.invalid` with `problems`, a tuple of Problem
    """
    filled, problems = _overlay(programme, assumptions, path)
    return _or_refuse(filled, problems)


def check(
    text: str, name: str, assumptions_text: str | None = None, assumptions_name: str | None = None
) -> tuple[Problem, ...]:
    """Return every problem of a programme file, and of a file of assumptions for it; none means both can be used."""
    programme, problems = _programme(text, name)
    if assumptions_text is None:
        return problems
    other = assumptions_name or "assumptions"
    assumptions, more = _assumptions(assumptions_text, other)
    if programme is None or assumptions is None:
        return problems + more
    return _overlay(programme, assumptions, other)[1]


def _or_refuse(value: T | None, problems: tuple[Problem, ...]) -> T:
    if value is None:
        raise Refusal("programme.invalid", problems=problems)
    return value


def _programme(text: str, file: str) -> tuple[Programme | None, tuple[Problem, ...]]:
    plain, problems = _load(text, file)
    if problems:
        return None, problems
    found: list[Finding] = []
    plain = _expanded(plain, _asks(plain), (), found)
    programme, more = _read(plain)
    found = [one for one in found if one[0] not in [other for other, _, _ in more]] + more
    if programme is not None:
        found += rules.findings(programme) + rules.assumed(programme)
    return (None if found else programme), _problems(file, found)


def _assumptions(text: str, file: str) -> tuple[Assumptions | None, tuple[Problem, ...]]:
    plain, problems = _load(text, file)
    if problems:
        return None, problems
    found: list[Finding] = []
    head = {"programme": plain.pop("programme", None), "sources": plain.pop("sources", [])}
    head["values"] = [{"path": loc, "table": table} for loc, table in _tables(plain, (), found)]
    try:
        return (None if found else Assumptions.read(head)), _problems(file, found)
    except ValidationError as error:
        return None, _problems(file, [*found, *findings_of(error, Assumptions)])


def _overlay(programme: Programme, assumptions: Assumptions, file: str) -> tuple[Programme | None, tuple[Problem, ...]]:
    plain, found = programme.plain(), list(_heads(programme, assumptions))
    plain["sources"] += [source.plain() for source in assumptions.sources]
    places: dict[Loc, tuple[str, ...]] = {}
    for assumption in assumptions.values:
        loc = _locate(plain, assumption.path)
        node = _at(plain, loc)
        if isinstance(node, dict) and set(node) == {"owes"}:
            node.clear()
            node.update(assumption.table)
            places[loc] = assumption.path
        else:
            found.append((assumption.path, *_refused(node)))
    filled, more = _read(plain)
    more += rules.findings(filled) if filled is not None else []
    found += [(_as_assumed(loc, places), wrong, allowed) for loc, wrong, allowed in more]
    return (None if found else filled), _problems(file, found)


def _heads(programme: Programme, assumptions: Assumptions) -> Iterator[Finding]:
    if assumptions.programme != programme.code:
        yield ("programme",), f"{shown(assumptions.programme)} is another programme", programme.code


def _refused(node: Any) -> tuple[str, str]:
    if isinstance(node, dict) and set(node) & {"value", "versions"}:
        return "this value is published; it cannot be assumed", "an assumption for an unpublished value"
    return "there is no value here that could be assumed", "the path of an unpublished value"


def _as_assumed(loc: Loc, places: dict[Loc, tuple[str, ...]]) -> Loc:
    """Return the path in the file of assumptions for a path in the programme."""
    for length in range(len(loc), 0, -1):
        if loc[:length] in places:
            return (*places[loc[:length]], *loc[length:])
    return loc


def _load(text: str, file: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return TOML as plain JSON data: dates as ISO text; numbers and characters that have no place are problems."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return {}, (_syntax(text, file, error),)
    found: list[Finding] = []
    plain = _plain(data, (), found)
    return plain, _problems(file, found)


def _syntax(text: str, file: str, error: Exception) -> Problem:
    place = re.search(r" \(at line (\d+), column (\d+)\)$", str(error))
    if not isinstance(error, tomllib.TOMLDecodeError):
        return Problem(file=file, path="", wrong="cannot be read", allowed="TOML 1.0", line=1, column=1)
    end = text.count("\n") + 1, len(text.rpartition("\n")[2]) + 1
    line, column = (int(place[1]), int(place[2])) if place else end
    wrong = str(error).partition(" (at ")[0]
    return Problem(file=file, path="", wrong=wrong, allowed="TOML 1.0", line=line, column=column)


def _plain(value: Any, loc: Loc, found: list[Finding]) -> Any:
    if len(loc) > DEPTH:
        found.append((loc, "too deep", f"at most {DEPTH} levels"))
    elif isinstance(value, dict):
        found += [((*loc, key), "a control character in a key", "a readable key") for key in value if _unreadable(key)]
        return {key: _plain(item, (*loc, key), found) for key, item in value.items()}
    elif isinstance(value, list):
        return [_plain(item, (*loc, number), found) for number, item in enumerate(value)]
    elif isinstance(value, dt.date | dt.time):
        return value.isoformat()
    elif isinstance(value, float) or (isinstance(value, int) and abs(value) > LARGEST):
        found.append(
            (loc, f"{str(value)[:40]} is no number for a programme", f"whole numbers up to {LARGEST}, or text")
        )
    elif isinstance(value, str) and _unreadable(value):
        found.append((loc, "a control character", "readable text"))
    return value


def _unreadable(text: str) -> bool:
    return any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in text)


def _asks(plain: dict[str, Any]) -> tuple[Ask, ...] | None:
    """Return the questions of a file, or None where they do not fit and reading the programme will say why."""
    try:
        return tuple(Ask.read(ask) for ask in plain.get("asks", []))
    except (ValidationError, TypeError):
        return None


def _expanded(value: Any, asks: tuple[Ask, ...] | None, loc: Loc, found: list[Finding], path: str = "") -> Any:
    """Return plain data in which every "unpublished" names the office that owes the answer."""
    if isinstance(value, dict):
        return {
            key: _expanded(item, asks, (*loc, key), found, path if key == "value" else f"{path}.{key}".lstrip("."))
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [
            _expanded(item, asks, (*loc, number), found, f"{path}.{_row_name(item, number)}")
            for number, item in enumerate(value)
        ]
    if value != UNPUBLISHED:
        return value
    ask = ask_for(asks or (), path)
    if ask is None and asks is not None:
        found.append((loc, "unpublished, and no question asks for it", f'an entry of asks with about = "{path}"'))
    return {"owes": ask.office if ask else NOBODY}


def _row_name(item: Any, number: int) -> str:
    return str(item.get("code", number)) if isinstance(item, dict) else str(number)


def _tables(
    value: dict[str, Any], loc: tuple[str, ...], found: list[Finding]
) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Yield the tables of assumed values with their paths."""
    for key, item in value.items():
        place = (*loc, key)
        if not isinstance(item, dict):
            found.append((place, f"{shown(item)} is no assumed value", FORM))
        elif "value" not in item and "assumed" not in item:
            yield from _tables(item, place, found)
        elif item.get("assumed") is not True:
            found.append(((*place, "assumed"), "not marked as assumed", FORM))
        else:
            yield place, item


def _read(plain: dict[str, Any]) -> tuple[Programme | None, list[Finding]]:
    try:
        return Programme.read(plain), []
    except ValidationError as error:
        return None, list(findings_of(error, Programme))


def _locate(plain: Any, path: tuple[str, ...]) -> Loc:
    """Return the path by numbers of a path whose rows are named by code, or an empty one when there is none."""
    loc: list[str | int] = []
    node = plain
    for key in path:
        if isinstance(node, list):
            key_here: str | int | None = next((n for n, row in enumerate(node) if _row_name(row, n) == key), None)
        else:
            key_here = key if isinstance(node, dict) and key in node else None
        if key_here is None:
            return ()
        loc.append(key_here)
        node = node[key_here]
    return tuple(loc)


def _at(plain: Any, loc: Loc) -> Any:
    for part in loc:
        plain = plain[part]
    return plain


def _problems(file: str, found: Iterable[Finding]) -> tuple[Problem, ...]:
    """Return findings as problems of a file, each once."""
    return tuple(
        dict.fromkeys(
            Problem(file=file, path=path_text(without_tags(loc)), wrong=wrong, allowed=allowed)
            for loc, wrong, allowed in found
        )
    )
