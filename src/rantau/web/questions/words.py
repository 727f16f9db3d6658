"""Paths and values of a programme as people read them: each by its name, before and after."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from rantau.engine.canonical import Frozen
from rantau.engine.known import Money, Text
from rantau.engine.programme import Programme as Terms
from rantau.engine.programme_difference import Changed
from rantau.engine.programme_shapes import shape_at
from rantau.web.ui import values

from .sentences import CHOICES, KINDS, PLACES


def place(terms: Terms, path: str) -> str:
    """Return what the value at a path is called; a path that has no name stands for itself."""
    if path in PLACES:
        return str(PLACES[path])
    head, _dot, rest = path.partition(".")
    code, _dot, leaf = rest.partition(".")
    pattern = PLACES.get(f"{head}.*.{leaf}")
    row = next((one for one in getattr(terms, head, ()) if getattr(one, "code", "") == code), None)
    return path if pattern is None or row is None else str(pattern) % {"row": values.text(row.title)[0]}


def changed(terms: Terms, change: Changed) -> dict[str, Any]:
    """Return a change as its row: what it is called, its path, what becomes of it, before and after."""
    return {
        "place": place(terms, change.path),
        "path": change.path,
        "kind": KINDS[change.kind],
        "before": side(terms, change.path, change.before),
        "after": side(terms, change.path, change.after),
    }


def side(terms: Terms, path: str, found: Any) -> dict[str, Any]:
    """Return one side of a change: its status (empty for what is no fact), and what it says, one text a version."""
    status = getattr(found, "status", "")
    if found is None or status == "unpublished":
        return {"status": status or "nothing", "says": []}
    versions = found.versions if status == "contested" else (found,) if status else ()
    says = [said(terms, path, version.value) for version in versions] or [said(terms, path, found)]
    return {"status": status, "says": says}


def said(terms: Terms, path: str, value: Any) -> str:
    """Return a value as it is read: choices and offices by their words, hundredths as points, tables field by field."""
    try:
        kind = shape_at(terms, path).kind
    except LookupError:
        kind = "words"
    if kind == "choice":
        names = {office.code: values.text(office.name)[0] for office in terms.offices}
        return str(CHOICES.get(value) or names.get(value, value))
    if kind == "hundredths":
        return values.points(value)
    if kind == "number" and path.startswith("eligibility.graduated"):
        return str(value)
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(_plain(item) for item in value) or _("none")
    if isinstance(value, Frozen) and not isinstance(value, Text | Money):
        title = getattr(value, "title", None)
        fields = [name for name in type(value).model_fields if not (title is not None and name in ("code", "title"))]
        told = ", ".join(
            f"{name} {_plain(getattr(value, name))}" for name in fields if getattr(value, name) not in (None, ())
        )
        return (
            f"{_plain(title)} ({told})" if title is not None and told else _plain(title) if title is not None else told
        )
    if isinstance(value, str | bool | int | Decimal | Text | Money) or hasattr(value, "isoformat"):
        return values.spoken(value)
    return _("not announced") if getattr(value, "status", "") == "unpublished" else str(value)
