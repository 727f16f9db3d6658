"""What judgements, requirements and the stages of the journey are called on the public pages."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from rantau.engine.eligibility import Finding, Requirement
from rantau.engine.programme import Office
from rantau.engine.programme import Programme as Terms
from rantau.engine.promises import Claim, Judgement
from rantau.engine.rules import Rule, rule

STATUS = {
    "kept": (_("kept"), "good"),
    "partly": (_("partly kept"), "part"),
    "not_met": (_("not met"), "bad"),
    "not_due": (_("not due yet"), "wait"),
    "past_no_evidence": (_("date past, no evidence known"), "part"),
    "not_published": (_("no date published"), "none"),
    "contradicted": (_("contradicted"), "part"),
}
"""Each status in words, with its tone."""

REASONS = {
    "evidence.kept": _("Our records show that it happened."),
    "evidence.partly": _("Our records show that it happened in part, or late."),
    "evidence.broken": _("It was agreed, its date has passed, and evidence shows that it did not happen."),
    "evidence.not_firm": _("Evidence says otherwise. It was never a firm commitment, so nothing was broken."),
    "evidence.early": _("Evidence says otherwise so far, and there is still time."),
    "versions.disagree": _("The sources disagree. We show every version and choose none."),
    "date.ahead": _("The announced date has not come yet."),
    "date.waits": _("It comes after something that has not happened yet as far as we know."),
    "date.past": _(
        "The announced date has passed and we know of nothing that says whether it happened. We accuse nobody."
    ),
    "date.unpublished": _("No date was published for it, and nothing is known about it yet."),
}
"""Each reason of a judgement as a sentence."""

AFTER_DEPARTURE = _("Due %(months)s months after departure, which is not known to have happened.")
WITH_DEPARTURE = _("Due at departure, which is not known to have happened.")

FIRMNESS = {
    "agreed": _("said as agreed"),
    "planned": _("said as a plan"),
    "expected": _("said as an expectation"),
    "possible": _("said as a possibility"),
}

STAGES = {
    "meeting": _("Announcement"),
    "recruitment": _("Recruitment"),
    "departure": _("Departure"),
}

REQUIREMENTS = {
    "min_age": _("Youngest age"),
    "max_age": _("Oldest age"),
    "graduated_from": _("Earliest year of leaving school"),
    "graduated_to": _("Latest year of leaving school"),
    "majors": _("Course at the vocational school"),
    "min_average": _("Average report mark"),
    "departs_on": _("Day of departure"),
    "departure_age": _("Age by law on the day of departure"),
}


@dataclass(frozen=True)
class Sentence:
    """One claim as its page shows it."""

    claim: Claim
    judgement: Judgement
    words: Any
    tone: str
    reason: Any
    firmness: Any
    office: Office
    sources: list[Any]
    versions: list[tuple[Any, list[Any]]]


def sentence(terms: Terms, claim: Claim, judgement: Judgement) -> Sentence:
    """Return a claim with its judgement in words, its office and its sources."""
    known = {source.key: source for source in terms.sources}
    words, tone = STATUS[judgement.status.value]
    return Sentence(
        claim=claim,
        judgement=judgement,
        words=words,
        tone=tone,
        reason=_reason(claim, judgement),
        firmness=FIRMNESS[claim.firmness.value],
        office=next(office for office in terms.offices if office.code == claim.office),
        sources=[known[key] for key in claim.sources],
        versions=[(version, [known[key] for key in version.sources]) for version in claim.versions],
    )


def _reason(claim: Claim, judgement: Judgement) -> Any:
    if judgement.reason == "date.waits" and claim.follows == "departure":
        if claim.months:
            return AFTER_DEPARTURE % {"months": claim.months}
        return WITH_DEPARTURE
    return REASONS[judgement.reason]


def counted(sentences: list[Sentence]) -> list[tuple[int, Any, str]]:
    """Return how many sentences have each status, in the order of the statuses."""
    found = {code: sum(s.judgement.status.value == code for s in sentences) for code in STATUS}
    return [(number, *STATUS[code]) for code, number in found.items() if number]


RESULTS = {
    "met": (_("fits"), "good"),
    "error": (_("does not fit"), "bad"),
    "unknown": (_("nobody can say yet"), "none"),
    "unanswered": (_("you did not answer this"), "wait"),
}
"""What an answer gives, in words, with its tone."""

STYLES = {"graduated_from": "plain", "graduated_to": "plain", "min_average": "points"}


@dataclass(frozen=True)
class Result:
    """One requirement of the self-check: what is asked and by whom, what the answer gives."""

    code: str
    name: Any
    fact: Any
    style: str
    law: Rule | None
    words: Any
    tone: str


def results(
    terms: Terms, needed: Iterable[Requirement], found: Iterable[Finding], *, on: dt.date
) -> tuple[list[Result], bool]:
    """Return a row for each requirement and for the law's age, and whether anything does not fit."""
    by_rule = {finding.rule: finding for finding in found}
    rows = [
        Result(
            code=requirement.code,
            name=REQUIREMENTS[requirement.code],
            fact=_fact(terms, requirement.code),
            style=STYLES.get(requirement.code, ""),
            law=None,
            **_answer(by_rule.get(requirement.code)),
        )
        for requirement in needed
        if requirement.code != "departs_on"
    ]
    law = rule("departure_age", on)
    age = by_rule.get(law.code)
    rows.append(Result(code=law.code, name=REQUIREMENTS[law.code], fact=None, style="", law=law, **_answer(age)))
    return rows, any(row.tone == "bad" for row in rows)


def _answer(finding: Finding | None) -> dict[str, Any]:
    if finding is None:
        words, tone = RESULTS["met"]
    elif finding.code.endswith(".unanswered"):
        words, tone = RESULTS["unanswered"]
    else:
        words, tone = RESULTS[finding.severity]
    return {"words": words, "tone": tone}


def _fact(terms: Terms, code: str) -> Any:
    return getattr(terms.eligibility, code)
