"""What differs between two versions of a programme, path by path."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeAlias

from .canonical import Frozen
from .known import Assumed, Contested, Money, Published, Text, Unpublished, Version
from .programme import Programme

Kind: TypeAlias = Literal["answered", "changed", "withdrawn", "added", "removed"]

WHOLE = (Text, Money, Version)
"""Values that are one thing for whoever reads a difference."""
NAMES = ("code", "key", "about")
"""The field by which the rows of a list are known, the first that they have."""


class Changed(Frozen):
    """One path that differs, rows by code as in `known_values`; None where there is nothing on a side.

    `before` and `after` are facts, or plain parts such as texts. `answered`: nobody had said it, or it was assumed, and
    now it is said. `withdrawn`: it was said and is so no more. A list whose rows only changed places is `changed`, by
    their names.
    """

    path: str
    kind: Kind
    before: Any
    after: Any


def difference(before: Programme, after: Programme) -> tuple[Changed, ...]:
    """Return every path in which two versions differ, in the order of the file; the same version gives none."""
    return tuple(_walk(before, after, ""))


def touched(changes: Sequence[Changed], path: str) -> bool:
    """Return whether a path, something above it or something below it is among the changes."""
    return any(
        change.path == path or change.path.startswith(f"{path}.") or path.startswith(f"{change.path}.")
        for change in changes
    )


def _walk(before: Any, after: Any, path: str) -> Iterator[Changed]:
    if before == after:
        return
    if isinstance(before, tuple) and isinstance(after, tuple):
        yield from _rows(before, after, path)
    elif _same_saying(before, after):
        yield from _walk(before.value, after.value, path)
    elif type(before) is type(after) and isinstance(before, Frozen) and not _is_leaf(before):
        for name in type(before).model_fields:
            yield from _walk(getattr(before, name), getattr(after, name), f"{path}.{name}" if path else name)
    else:
        yield Changed(path=path, kind=_kind(before, after), before=before, after=after)


def _rows(before: tuple[Any, ...], after: tuple[Any, ...], path: str) -> Iterator[Changed]:
    first, second = _named(before), _named(after)
    if first is None or second is None:
        yield Changed(path=path, kind="changed", before=before, after=after)
        return
    stayed = [name for name in first if name in second]
    if stayed != [name for name in second if name in first]:
        yield Changed(path=path, kind="changed", before=tuple(first), after=tuple(second))
    for name in first:
        if name in second:
            yield from _walk(first[name], second[name], f"{path}.{name}")
        else:
            yield Changed(path=f"{path}.{name}", kind="removed", before=first[name], after=None)
    for name in second:
        if name not in first:
            yield Changed(path=f"{path}.{name}", kind="added", before=None, after=second[name])


def _named(rows: tuple[Any, ...]) -> dict[str, Any] | None:
    """Return rows by name, or None where they have none or two share one."""
    named: dict[str, Any] = {}
    for row in rows:
        name = next((getattr(row, key) for key in NAMES if hasattr(row, key)), None)
        if name is None or name in named:
            return None
        named[name] = row
    return named


def _same_saying(before: Any, after: Any) -> bool:
    """Return whether two facts were said in the same way and hold lists or tables that differ inside."""
    if type(before) is not type(after) or not isinstance(before, Published | Assumed):
        return False
    rest = set(type(before).model_fields) - {"value"}
    if any(getattr(before, name) != getattr(after, name) for name in rest):
        return False
    return all(
        isinstance(side.value, tuple | Frozen) and not isinstance(side.value, WHOLE) for side in (before, after)
    ) and (not isinstance(before.value, tuple) or None not in (_named(before.value), _named(after.value)))


def _is_leaf(value: Frozen) -> bool:
    return isinstance(value, (*WHOLE, Unpublished, Published, Contested, Assumed))


def _kind(before: Any, after: Any) -> Kind:
    unsaid = (Unpublished, Assumed)
    if isinstance(before, unsaid) and not isinstance(after, unsaid):
        return "answered"
    if isinstance(after, unsaid) and not isinstance(before, unsaid):
        return "withdrawn"
    if isinstance(after, Unpublished) and isinstance(before, Assumed):
        return "withdrawn"
    if before is None or after is None:
        return "added" if before is None else "removed"
    return "changed"
