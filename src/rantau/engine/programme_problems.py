"""What is wrong with a programme file, as data: where, what, and what is allowed instead."""

import json
import re
from collections.abc import Iterable
from typing import Any, TypeAlias, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .canonical import Frozen

Loc: TypeAlias = tuple[str | int, ...]
Finding: TypeAlias = tuple[Loc, str, str]
"""Where, what is wrong, what is allowed."""

FORMS = 'the text "unpublished", or a table { value, sources, on }, { versions } or { value, assumed = true, model }'

OPEN = '"unpublished"'


class Problem(Frozen):
    """One problem; line and column are given for text that is no TOML, the path for everything else."""

    file: str
    path: str
    wrong: str
    allowed: str
    line: int | None = None
    column: int | None = None

    def sentence(self) -> str:
        """Return the problem as one line for a terminal."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else f"{self.file}: {self.path}"
        return f"{place}: {self.wrong}; allowed: {self.allowed}"


def path_text(loc: Loc) -> str:
    """Return a path as people write it, such as `selection.criteria.value[2].weight`."""
    text = ""
    for part in loc:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            key = part if re.fullmatch(r"[A-Za-z0-9_-]+", part) else json.dumps(part)
            text += f".{key}" if text else key
    return text


def findings_of(error: ValidationError, model: type[Frozen]) -> tuple[Finding, ...]:
    """Return the findings of a value that does not fit its type; an unknown field names those that exist."""
    details = error.errors(include_url=False)
    return tuple(_finding(detail, model) for detail in details if not _follows(detail, details))


def without_tags(loc: Iterable[str | int]) -> Loc:
    """Return a path without the names of the kinds of value, which stand in angle brackets."""
    return tuple(part for part in loc if not str(part).startswith("<"))


def shown(value: Any) -> str:
    """Return a value as one short line."""
    if isinstance(value, dict) and set(value) == {"owes"}:
        return OPEN
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "…"


def _follows(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Return whether a list is only too short because one of its rows has a problem of its own."""
    loc = detail["loc"]
    return detail["type"] == "too_short" and any(d["loc"][: len(loc)] == loc and d is not detail for d in details)


def _finding(detail: ErrorDetails, model: type[Frozen]) -> Finding:
    loc, kind, message = detail["loc"], detail["type"], detail["msg"]
    place = without_tags(loc)
    if (kind == "missing" and shown(detail["input"]) == OPEN) or (kind == "extra_forbidden" and loc[-1] == "owes"):
        return place[:-1], f"{OPEN} does not fit", "a value that is known"
    if kind == "missing":
        return place, "missing", "this field is required"
    if kind == "extra_forbidden":
        return place, "unknown field", ", ".join(_names_at(model, loc[:-1]))
    if kind == "union_tag_not_found":
        return _unknown_form(place, detail["input"])
    allowed = re.sub(r"^(Input|String|Tuple|Value) should (be |have )?| after validation, not \d+$", "", message)
    return place, f"{shown(detail['input'])} does not fit", allowed


def _unknown_form(place: Loc, value: Any) -> Finding:
    """Return the finding for a value that is none of the four kinds; a table is named by its first key."""
    if isinstance(value, dict) and value:
        return (*place, next(iter(value))), "unknown field", FORMS
    return place, f"{shown(value)} is no known form of a value", FORMS


def _names_at(model: type[Frozen], loc: Loc) -> tuple[str, ...]:
    """Return the names of the fields a table at this path may have."""
    models = [model]
    for part in loc:
        if isinstance(part, int):
            continue
        if part.startswith("<"):
            models = [m for m in models if m.__name__.lower().startswith(part[1:-1])]
        else:
            models = [
                m for one in models if part in one.model_fields for m in _models(one.model_fields[part].annotation)
            ]
    return tuple(dict.fromkeys(name for one in models for name in one.model_fields))


def _models(annotation: Any) -> list[type[Frozen]]:
    """Return the value types an annotation is made of."""
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]
