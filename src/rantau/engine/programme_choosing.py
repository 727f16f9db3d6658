"""How a programme chooses people and divides them: tests, who judges them, fields and postings, as typed values."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from .canonical import Frozen
from .known import Code, Count, Fact, Open, Text

Hundredths = Annotated[int, Field(ge=0, le=1_000_000, json_schema_extra={"unit": "hundredths"})]
CriterionCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
"""A criterion's code is also a column of the published file and the name of a step that parts equal totals."""


class Criterion(Frozen):
    """One test: marks in hundredths up to `maximum`, weight in percent, no pass mark where none is given.

    An interview has one written descriptor for each whole mark from 0 to its maximum.
    """

    code: CriterionCode
    title: Text
    kind: Literal["report", "written", "practical", "interview"]
    maximum: Annotated[int, Field(ge=1, le=1_000_000)]
    weight: Open[Annotated[int, Field(ge=0, le=100)]]
    pass_mark: Open[Hundredths | None] = None
    descriptors: tuple[Text, ...] = ()


class Marking(Frozen):
    """How work is judged twice: which tests (none: one examiner judges each), and when a third examiner looks.

    `tolerance` in hundredths: two marks further apart go to a third. `anchors`: pieces of a session marked by all.
    `severity_ratio` in hundredths: variance of one mark's error over that of examiners' severities. `decides`: whether
    a selection reads raw marks or those with the examiners' severities taken out.
    """

    criteria: tuple[CriterionCode, ...]
    tolerance: Hundredths
    anchors: Annotated[int, Field(ge=0, le=100)]
    severity_ratio: Annotated[int, Field(ge=1, le=100_000)]
    decides: Literal["raw", "adjusted"]


class Selection(Frozen):
    """How people are chosen. The lot decides after the last criterion of the tie-break and is not named in it."""

    call_ratio: Fact[Annotated[int, Field(ge=1, le=100)]]
    criteria: Fact[Annotated[tuple[Criterion, ...], Field(min_length=1)]]
    tie_break: Fact[tuple[CriterionCode, ...]]
    reserve: Fact[Count]
    marking: Fact[Marking]


Mechanism: TypeAlias = Literal["merit_wishes", "applicant_proposing_da", "opening_proposing_da", "exact"]


class Least(Frozen):
    """How many a field or a posting must have at least."""

    code: Code
    seats: Count


class Need(Frozen):
    """What a field or a posting asks for: a mark of at least `mark` hundredths in one test."""

    code: Code
    criterion: CriterionCode
    mark: Annotated[int, Field(ge=0, le=1_000_000)]


class Placing(Frozen):
    """How people are divided: the mechanism for fields and for postings, minima, and what the employer asks for where."""

    fields: Fact[Mechanism]
    postings: Fact[Mechanism]
    least: Fact[tuple[Least, ...]]
    needs: Fact[tuple[Need, ...]]
