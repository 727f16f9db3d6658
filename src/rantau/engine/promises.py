"""What became of a published sentence: the claim and the known evidence in, a status with its reason out."""

import calendar
import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from .canonical import Frozen
from .known import Code, Sources, Text, Version

Measure = Annotated[str, Field(pattern=r"^[a-z]+(?:[._][a-z]+)*$", max_length=60)]


class Firmness(StrEnum):
    """How firmly it was said; only what was agreed can be broken."""

    AGREED = "agreed"
    PLANNED = "planned"
    EXPECTED = "expected"
    POSSIBLE = "possible"


class Status(StrEnum):
    """What is known about a claim on a day."""

    KEPT = "kept"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_DUE = "not_due"
    PAST_NO_EVIDENCE = "past_no_evidence"
    NOT_PUBLISHED = "not_published"
    CONTRADICTED = "contradicted"


class Claim(Frozen):
    """One sentence of an announcement in our own words: who said it, when, where it is written, how firmly.

    `due` is the last day a published date allows. A claim without one may hang on another: it is due `months` after
    the event that `follows` measures. `measure` names what is looked at; `versions` keeps sayings that disagree.
    """

    code: Code
    text: Text
    office: Code
    on: dt.date
    sources: Sources
    firmness: Annotated[Firmness, Field(strict=False)]
    measure: Measure
    due: dt.date | None = None
    follows: Measure | None = None
    months: Annotated[int, Field(ge=0, le=240)] = 0
    versions: tuple[Version[Text], ...] = ()


class Evidence(Frozen):
    """A known fact about a measure on a day, with where it can be seen; there is no evidence without a source."""

    measure: Measure
    says: Literal["kept", "partly", "broken"]
    on: dt.date
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    note: Text | None = None


class Judgement(Frozen):
    """The status of one claim on one day, why, when it is or was due, and the evidence it rests on."""

    claim: Code
    status: Status
    reason: str
    due: dt.date | None
    facts: tuple[Evidence, ...]


def judge(claim: Claim, facts: Iterable[Evidence], on: dt.date) -> Judgement:
    """Return what is known about a claim on a day; evidence dated later is not looked at.

    What happened outranks what was said: evidence first, then versions that disagree, then the date. `not_met` needs
    a claim that was agreed, a date that has passed, and evidence; nobody is accused for silence. Reasons are
    `evidence.kept`, `evidence.partly`, `evidence.broken`, `evidence.not_firm`, `evidence.early`, `versions.disagree`,
    `date.ahead`, `date.waits`, `date.past`, `date.unpublished`.
    """
    known = [fact for fact in facts if fact.on <= on]
    due = due_on(claim, known)
    own = tuple(sorted((f for f in known if f.measure == claim.measure), key=_weight))
    status, reason = _by_evidence(claim, own[-1], due, on) if own else _by_words(claim, due, on)
    return Judgement(claim=claim.code, status=status, reason=reason, due=due, facts=own)


def due_on(claim: Claim, facts: Iterable[Evidence]) -> dt.date | None:
    """Return the day a claim is due: its published date, or its months after the event it follows."""
    if claim.due or not claim.follows:
        return claim.due
    events = [fact.on for fact in facts if fact.measure == claim.follows and fact.says == "kept"]
    return _months_after(min(events), claim.months) if events else None


def _by_evidence(claim: Claim, last: Evidence, due: dt.date | None, on: dt.date) -> tuple[Status, str]:
    if last.says != "broken":
        return Status(last.says), f"evidence.{last.says}"
    if due is None or on <= due:
        return Status.NOT_DUE, "evidence.early"
    if claim.firmness is not Firmness.AGREED:
        return Status.CONTRADICTED, "evidence.not_firm"
    return Status.NOT_MET, "evidence.broken"


def _by_words(claim: Claim, due: dt.date | None, on: dt.date) -> tuple[Status, str]:
    if claim.versions:
        return Status.CONTRADICTED, "versions.disagree"
    if due:
        return (Status.NOT_DUE, "date.ahead") if on <= due else (Status.PAST_NO_EVIDENCE, "date.past")
    return (Status.NOT_DUE, "date.waits") if claim.follows else (Status.NOT_PUBLISHED, "date.unpublished")


def _weight(fact: Evidence) -> tuple[dt.date, int]:
    """Return the order of evidence: the latest counts, and on one day the one least kind to the claim."""
    return fact.on, ("kept", "partly", "broken").index(fact.says)


def _months_after(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
