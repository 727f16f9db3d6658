"""A value that may not be known: unpublished, published with its source, contested, or assumed for a rehearsal."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, TypeAlias, TypeVar

from pydantic import Discriminator, Field, Tag

from .canonical import Frozen

T = TypeVar("T")

Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", max_length=60)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Month = Annotated[str, Field(pattern=r"^20\d\d-(?:0[1-9]|1[0-2])$", json_schema_extra={"format": "month"})]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Sources = Annotated[tuple[Code, ...], Field(min_length=1)]
Words = Annotated[str, Field(min_length=1, max_length=2000)]


class Text(Frozen):
    """A text for people: Indonesian always, English and Russian where they are written."""

    id: Words
    en: str = ""
    ru: str = ""

    def in_(self, locale: str) -> tuple[str, bool]:
        """Return the text for a locale and whether it is a fallback, which is always the Indonesian one."""
        own = {"id": self.id, "en": self.en, "ru": self.ru}.get(locale, "")
        return (own, False) if own else (self.id, True)


class Money(Frozen):
    """An amount as text with exactly the currency's decimals: `200000.00` RUB, `43800000` IDR."""

    amount: Annotated[str, Field(pattern=r"^(?:0|[1-9]\d{0,14})(?:\.\d\d)?$")]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Unpublished(Frozen):
    """Nobody has said it; `owes` is the code of the office that owes the answer."""

    owes: Code

    @property
    def status(self) -> str:
        """Return `unpublished`."""
        return "unpublished"

    @property
    def value(self) -> None:
        """Return None: there is no value to work with."""
        return None


class Published(Frozen, Generic[T]):
    """An office said it: where it is written, and the day it was said."""

    value: T
    sources: Sources
    on: dt.date

    @property
    def status(self) -> str:
        """Return `published`."""
        return "published"


class Version(Frozen, Generic[T]):
    """One of several sayings that disagree; a source may carry no date."""

    value: T
    sources: Sources
    on: dt.date | None = None


class Contested(Frozen, Generic[T]):
    """The sources disagree, so every version is kept and none is the value."""

    versions: Annotated[tuple[Version[T], ...], Field(min_length=2)]

    @property
    def status(self) -> str:
        """Return `contested`."""
        return "contested"

    @property
    def value(self) -> None:
        """Return None: choosing a version is not for a machine."""
        return None


class Assumed(Frozen, Generic[T]):
    """Nobody said it; it is assumed for a rehearsal after the model named, and marked wherever it is shown."""

    value: T
    assumed: Literal[True]
    model: Words
    sources: tuple[Code, ...] = ()

    @property
    def status(self) -> str:
        """Return `assumed`."""
        return "assumed"


SHAPES = {
    "owes": "<unpublished>",
    "versions": "<contested>",
    "assumed": "<assumed>",
    "model": "<assumed>",
    "value": "<published>",
    "sources": "<published>",
    "on": "<published>",
}
"""The kind of value that a key of its table shows, the first of these that is there; tags in brackets are no fields."""


def _shape(value: Any) -> str | None:
    if isinstance(value, dict):
        return next((tag for key, tag in SHAPES.items() if key in value), None)
    return f"<{value.status}>" if isinstance(value, Unpublished | Published | Contested | Assumed) else None


def _open_shape(value: Any) -> str:
    """Return the tag of a value inside a list that as a whole is published or assumed."""
    return (
        "<unpublished>"
        if isinstance(value, Unpublished) or (isinstance(value, dict) and "owes" in value)
        else "<value>"
    )


def _ruled_shape(value: Any) -> str:
    """Return the tag of a value that may stand plainly in a rule, under the rule's own sources."""
    if isinstance(value, dict) and not set(value) & set(SHAPES):
        return "<plain>"
    return _shape(value) or "<plain>"


if TYPE_CHECKING:
    Ruled: TypeAlias = Unpublished | Published[T] | Contested[T] | Assumed[T] | T
    Fact: TypeAlias = Unpublished | Published[T] | Contested[T] | Assumed[T]
    Open: TypeAlias = Unpublished | T
else:

    class Fact:
        """A value of type T that may not be known: `.status` says which of the four, `.value` is None unless known.

        A class, because pydantic loses the parameter of `Published[T]` in a generic alias.
        """

        def __class_getitem__(cls, of: Any) -> Any:
            return Annotated[
                Annotated[Unpublished, Tag("<unpublished>")]
                | Annotated[Published[of], Tag("<published>")]
                | Annotated[Contested[of], Tag("<contested>")]
                | Annotated[Assumed[of], Tag("<assumed>")],
                Discriminator(_shape),
            ]

    class Open:
        """One cell of a list that is itself a Fact: the value, or nobody has said it."""

        def __class_getitem__(cls, of: Any) -> Any:
            return Annotated[
                Annotated[Unpublished, Tag("<unpublished>")] | Annotated[of, Tag("<value>")], Discriminator(_open_shape)
            ]

    class Ruled:
        """A value of a rule: plain, under the sources of the rule's own row, or a Fact of the four kinds."""

        def __class_getitem__(cls, of: Any) -> Any:
            return Annotated[
                Annotated[of, Tag("<plain>")]
                | Annotated[Unpublished, Tag("<unpublished>")]
                | Annotated[Published[of], Tag("<published>")]
                | Annotated[Contested[of], Tag("<contested>")]
                | Annotated[Assumed[of], Tag("<assumed>")],
                Discriminator(_ruled_shape),
            ]


def plainly(ruled: Any) -> Any:
    """Return the value of a rule where it is known: as it stands there, or as its fact says; None where nobody has said it."""
    return ruled.value if isinstance(ruled, Unpublished | Published | Contested | Assumed) else ruled
