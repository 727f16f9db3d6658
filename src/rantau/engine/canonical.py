"""One byte form for every value that is hashed or published, so that anyone can recompute the hash."""

import hashlib
import json
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Base of every engine value: immutable, closed, without silent conversions."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    @classmethod
    def read(cls, plain: Any) -> Self:
        """Return the value that plain JSON data (dicts, lists, strings, integers) describes.

        :raises pydantic.ValidationError: where the data does not fit, with the path of each field
        """
        return cls.model_validate_json(json.dumps(plain, ensure_ascii=False))

    def plain(self) -> dict[str, Any]:
        """Return the value as plain JSON data."""
        return self.model_dump(mode="json")


def canonical(value: Any) -> bytes:
    """Return the canonical bytes of a value: UTF-8 JSON, keys sorted, no spaces.

    :raises TypeError: for a float (its text differs between machines) or anything JSON has no form for
    """
    if isinstance(value, Frozen):
        value = value.plain()
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def dump(file: dict[str, Any]) -> bytes:
    """Return the bytes to publish: canonical JSON with `format` first, and a line feed at the end."""
    rest = {key: value for key, value in file.items() if key != "format"}
    return b'{"format":' + canonical(file["format"]) + b"," + canonical(rest)[1:] + b"\n"


def digest(value: Any) -> str:
    """Return the SHA-256 of a value's canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, dict):
        for key in value:
            if type(key) is not str and not isinstance(key, str):
                raise TypeError(f"a key must be text, not {key!r}")
        value = value.values()
    elif not isinstance(value, list | tuple):
        value = (value,)
    for item in value:
        if type(item) in _PLAIN:
            continue
        if isinstance(item, float):
            raise TypeError("a float has no canonical form; use an integer or a string")
        if isinstance(item, dict | list | tuple):
            _refuse_floats(item)


_PLAIN = frozenset((str, int, bool, type(None)))
