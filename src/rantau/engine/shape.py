"""Reading published bytes strictly: JSON in exactly the described shape, or nothing."""

import json
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

Shape = Any
"""What a value must look like: a predicate, a literal, `(either, or)`, `[each]`, or a dict of keys, where `key?` may
be absent and `*` stands for any keys. Nothing is converted: true is not 1, "1" is not 1, 1.0 is nothing at all."""


class Unreadable(Exception):
    """Say that bytes are no published file we know: `path` names the first value that does not fit, or is empty."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(path, why)
        self.path = path
        self.why = why

    def __str__(self) -> str:
        return f"{self.path}: {self.why}" if self.path else self.why


def text(value: Any) -> bool:
    """Return whether a value is text."""
    return type(value) is str


def named(value: Any) -> bool:
    """Return whether a value is text that is not empty and holds no `|`, which parts the seed."""
    return type(value) is str and value != "" and "|" not in value


def whole(value: Any) -> bool:
    """Return whether a value is a whole number, zero or more."""
    return type(value) is int and value >= 0


def hashed(value: Any) -> bool:
    """Return whether a value is a SHA-256, or another 32 bytes, in lower-case hexadecimal."""
    return type(value) is str and re.fullmatch("[0-9a-f]{64}", value) is not None


def signature(value: Any) -> bool:
    """Return whether a value is an Ed25519 signature, 64 bytes in lower-case hexadecimal."""
    return type(value) is str and re.fullmatch("[0-9a-f]{128}", value) is not None


def parse(data: bytes, *, decimals: bool = False) -> Any:
    """Return the JSON value that bytes hold; numbers with a point only where `decimals` are expected, as Decimal.

    :raises Unreadable: not UTF-8, not JSON, a key twice, a fraction, NaN, half a surrogate pair
    """
    point = Decimal if decimals else _no_number
    try:
        value = json.loads(data.decode(), object_pairs_hook=_unique, parse_float=point, parse_constant=_no_number)
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise Unreadable("", f"not JSON in UTF-8 ({error})") from error
    return value


def fit(value: Any, shape: Shape, path: str = "") -> None:
    """Return when the value has the shape.

    :raises Unreadable: with the path of the first value that has not
    """
    if isinstance(shape, dict):
        _fit_keys(value, shape, path)
    elif isinstance(shape, list):
        if type(value) is not list:
            raise Unreadable(path, "should be a list")
        for i, item in enumerate(value):
            fit(item, shape[0], f"{path}[{i}]")
    elif isinstance(shape, tuple):
        _fit_one(value, shape, path)
    elif not (shape(value) if callable(shape) else type(value) is type(shape) and value == shape):
        raise Unreadable(path, "is not what the format allows here")


def _fit_keys(value: Any, shape: dict[str, Shape], path: str) -> None:
    if type(value) is not dict:
        raise Unreadable(path, "should be an object")
    for key in sorted(key for key in shape if key[-1] not in "?*"):
        if key not in value:
            raise Unreadable(join(path, key), "is missing")
    for key in sorted(value):
        marked = key[-1:] in ("?", "*")  # such keys mean something in a shape: in a value only the wildcard takes them
        inner = shape.get("*") if marked else shape.get(key, shape.get(f"{key}?", shape.get("*")))
        if inner is None:
            raise Unreadable(join(path, key), "is not known to the format")
        fit(value[key], inner, join(path, key))


def _fit_one(value: Any, shapes: tuple[Shape, ...], path: str) -> None:
    for shape in shapes:
        try:
            return fit(value, shape, path)
        except Unreadable as error:
            last = error
    raise last


def join(path: str, key: str) -> str:
    """Return the path of a key inside the value at `path`."""
    return f"{path}.{key}" if path else key


def _unique(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value in pairs:
        if key in out:
            raise ValueError(f"the key {key!r} appears twice")
        out[key] = value
    return out


def _no_number(found: str) -> Any:
    raise ValueError(f"{found} is no whole number")
