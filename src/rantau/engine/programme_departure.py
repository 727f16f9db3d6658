"""What a programme asks of people on their way: documents by legal phase, preparation before departure, leaving and return."""

from typing import Annotated, Literal

from pydantic import Field

from .canonical import Frozen
from .known import Code, Fact, Ruled, Text, Words, plainly
from .phase import Phase
from .programme_plan import Days

Length = Annotated[int, Field(ge=0, le=2000)]
Months = Annotated[int, Field(ge=1, le=240)]
Hours = Annotated[int, Field(ge=1, le=2000)]
Percent = Annotated[int, Field(ge=0, le=100)]
Anchor = Literal["departure", "arrival", "visa_end", "work"]
Asked = Literal["number", "issued_on", "expires_on", "consenter", "village_head", "result"]
DocumentKind = Literal[
    "identity",
    "civil",
    "school",
    "consent",
    "health",
    "police",
    "visa",
    "insurance",
    "certificate",
    "contract",
    "registration",
]
SENSITIVE: frozenset[str] = frozenset({"health", "police"})
"""Kinds of specific personal data (UU 27/2022 art. 4): seen by need, every look is on record."""


class Due(Frozen):
    """When a document is due: `length` days or hours before or after an event of the person's journey."""

    side: Literal["before", "after"]
    event: Anchor
    unit: Literal["days", "hours"] = "days"
    length: Ruled[Length]

    @property
    def amount(self) -> int | None:
        """Return the length where it is known: a plain number stands in the rule itself, with the rule's sources."""
        found: int | None = plainly(self.length)
        return found


class DocumentRule(Frozen):
    """One document that a legal phase asks for: why, when it is due, how long it is valid, what is typed of it.

    `needs` names the office whose answer is the source's own word on it, none where there is no such office. `standing`
    says what the rule is: law, a published practice, a rule of another programme as reference, or our reading.
    """

    code: Code
    title: Text
    phase: Annotated[Phase, Field(strict=False)]
    kind: DocumentKind
    due: Due
    valid: Ruled[Months] | None = None
    asks: tuple[Asked, ...] = ()
    where: Text | None = None
    condition: Text | None = None
    standing: Literal["law", "practice", "reference", "reading"]
    basis: Text
    sources: tuple[Words, ...] = ()

    @property
    def months(self) -> int | None:
        """Return for how many months such a document is valid, where the rule says so."""
        found: int | None = plainly(self.valid)
        return found

    @property
    def sensitive(self) -> bool:
        """Return whether it is specific personal data: health or police."""
        return self.kind in SENSITIVE


class Topic(Frozen):
    """One topic of the preparation before departure: a basic skill, or a part of the orientation; hours of 45 minutes."""

    code: Code
    title: Text
    kind: Literal["basics", "orientation"]
    hours: Fact[Hours]
    basis: Text
    sources: tuple[Words, ...] = ()


class Departing(Frozen):
    """Rules of leaving and coming back that are not about one document.

    `attendance` is the least share of a topic's hours in percent; `reserve_days` is how long before the departure a seat
    that became free is still offered to the reserve; `return_payer` is who pays the way home by whatever reason.
    """

    attendance: Fact[Percent]
    reserve_days: Fact[Days]
    return_payer: Fact[Annotated[Code, Field(json_schema_extra={"of": "offices"})]]
