"""Who may apply: answers held against a programme's requirements and the law, one finding for each that speaks."""

import calendar
import datetime as dt
from collections.abc import Sequence
from typing import Literal, Self

from pydantic import model_validator

from .canonical import Frozen
from .finding import Finding as Finding
from .finding import Severity
from .rules import rule

Code = Literal["min_age", "max_age", "graduated_from", "graduated_to", "majors", "min_average", "departs_on"]


class Requirement(Frozen):
    """One requirement of a programme and how well it is known.

    Ages and years are whole numbers, `min_average` is in hundredths of 100, `majors` is a tuple of codes, `departs_on`
    an ISO date or month (`2026-09`): it sets when the law's age is looked at. An unpublished requirement has no value.
    """

    code: Code
    value: int | str | tuple[str, ...] | None
    status: Literal["published", "assumed", "unpublished"]
    source: str

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if (self.status == "unpublished") != (self.value is None):
            raise ValueError("value: an unpublished requirement has none, any other has one")
        kinds: dict[str, type] = {"majors": tuple, "departs_on": str}
        if self.value is not None and type(self.value) is not kinds.get(self.code, int):
            raise ValueError(f"value: not the kind that {self.code} needs")
        if self.code == "departs_on" and isinstance(self.value, str):
            _days(self.value)
        return self


class Answers(Frozen):
    """What a person says: birth date, year of graduation, major's code, average in hundredths; None is no answer."""

    birth_on: dt.date | None
    graduated: int | None
    major: str | None
    average: int | None


def age(birth_on: dt.date, on: dt.date) -> int:
    """Return the whole years lived on a day; born on 29 February, one is a year older from 1 March of other years."""
    return on.year - birth_on.year - ((on.month, on.day) < (birth_on.month, birth_on.day))


def is_minor(birth_on: dt.date, on: dt.date) -> bool:
    """Return whether a person is under the age at which the law lets anybody depart."""
    return age(birth_on, on) < rule("departure_age", on).value


def check(answers: Answers, requirements: Sequence[Requirement], *, on: dt.date) -> tuple[Finding, ...]:
    """Return what stands against an application on a day; no error among the findings means eligible as far as known.

    Ages are those on `on`, but the law's age is that on the day of departure. Each requirement gives at most one
    finding: `<code>` (error), `<code>.unpublished` or `<code>.unanswered` (unknown). The law gives `departure_age`
    (error), `departure_age.unpublished` (unknown: under age now, no day of departure is published),
    `departure_age.depends` (unknown: comes of age within the month of departure) or `departure_age.unanswered`.
    Nobody under 18 departs (UU 18/2017 art. 5; IRIS Code of Conduct A.3).
    """
    found = (_requirement(answers, requirement, on) for requirement in requirements)
    return *(finding for finding in found if finding), *_law(answers, requirements, on)


def _requirement(answers: Answers, requirement: Requirement, on: dt.date) -> Finding | None:
    code, value = requirement.code, requirement.value
    if value is None:
        return _finding(requirement, ".unpublished", "unknown")
    if code == "departs_on":
        return None
    given = _given(answers, code, on)
    if given is None:
        return _finding(requirement, ".unanswered", "unknown")
    facts: dict[str, str | int] = {"given": given}
    if isinstance(value, tuple):
        fits = given in value
        facts["needed"] = ", ".join(value)
    else:
        fits = given <= value if code in ("max_age", "graduated_to") else given >= value  # type: ignore[operator]
        facts["needed"] = value
    return None if fits else _finding(requirement, "", "error", **facts)


def _given(answers: Answers, code: str, on: dt.date) -> int | str | None:
    """Return the answer that a requirement looks at."""
    if code in ("min_age", "max_age"):
        return None if answers.birth_on is None else age(answers.birth_on, on)
    if code == "majors":
        return answers.major
    return answers.average if code == "min_average" else answers.graduated


def _law(answers: Answers, requirements: Sequence[Requirement], on: dt.date) -> tuple[Finding, ...]:
    published = [r.value for r in requirements if r.code == "departs_on" and isinstance(r.value, str)]
    first, last = (max(day, on) for day in _days(published[0])) if published else (on, dt.date.max)
    law = rule("departure_age", first)

    def says(ending: str, severity: Severity, **facts: str | int) -> tuple[Finding, ...]:
        facts = {"needed": law.value, **facts}
        code = law.code + ending
        return (Finding(code=code, severity=severity, rule=law.code, source=law.source, facts=facts),)

    if answers.birth_on is None:
        return says(".unanswered", "unknown")
    if age(answers.birth_on, first) >= law.value:
        return ()
    if age(answers.birth_on, last) < law.value:
        return says("", "error", given=age(answers.birth_on, last), on=last.isoformat())
    return says(".depends" if published else ".unpublished", "unknown", given=age(answers.birth_on, first))


def _days(departs_on: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that a date or a month can mean."""
    if len(departs_on) == len("2026-09"):
        first = dt.date.fromisoformat(f"{departs_on}-01")
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    day = dt.date.fromisoformat(departs_on)
    return day, day


def _finding(requirement: Requirement, ending: str, severity: Severity, **facts: str | int) -> Finding:
    facts = {"status": requirement.status, **facts}
    code = requirement.code + ending
    return Finding(code=code, severity=severity, rule=requirement.code, source=requirement.source, facts=facts)
