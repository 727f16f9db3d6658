"""The rules between the fields of a programme: sums, order, and names that must have been declared."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from .canonical import Frozen
from .known import Assumed, Money, Published, Unpublished, Version
from .programme import Cost, Criterion, Posting, Programme, StudyField, ask_for, known_values
from .programme_departure import DocumentRule, Topic
from .programme_problems import Finding, Loc, shown
from .promises import Claim
from .selection import STEPS

DECIMALS = {"IDR": 0, "JPY": 0, "KRW": 0, "VND": 0}
"""Currencies whose exponent in ISO 4217 is not 2."""


def findings(programme: Programme) -> tuple[Finding, ...]:
    """Return every broken rule with its path, in the order of the rules."""
    rules = (
        _duplicates,
        _references,
        _offices,
        _amounts,
        _selection,
        _criteria,
        _placing,
        _sums,
        _order,
        _claims,
        _asks,
        _plan,
    )
    return tuple(found for rule in rules for found in rule(programme))


def assumed(programme: Programme) -> tuple[Finding, ...]:
    """Return the assumed values of a real programme's own file: they belong in the file of assumptions."""
    if programme.kind != "real":
        return ()
    return tuple(
        (
            loc,
            "an assumed value in the file of a real programme",
            'published values or "unpublished"; assume in another file',
        )
        for loc, node in _nodes(programme, ())
        if isinstance(node, Assumed)
    )


def _nodes(value: Any, loc: Loc) -> Iterator[tuple[Loc, Frozen]]:
    """Yield every typed value in a programme with its path."""
    if isinstance(value, Frozen):
        yield loc, value
        for name in type(value).model_fields:
            yield from _nodes(getattr(value, name), (*loc, name))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _nodes(item, (*loc, number))


def _duplicates(programme: Programme) -> Iterator[Finding]:
    lists: dict[Loc, list[str]] = {
        (name,): [row.code for row in getattr(programme, name)]
        for name in (
            "offices",
            "phases",
            "fields",
            "postings",
            "costs",
            "documents",
            "preparation",
            "milestones",
            "claims",
        )
    }
    lists["selection", "criteria", "value"] = [row.code for row in programme.selection.criteria.value or ()]
    lists["eligibility", "majors", "value"] = [row.code for row in programme.eligibility.majors.value or ()]
    for loc, codes in lists.items():
        yield from _twice(loc, "code", codes)
    for number, code in enumerate(lists["postings",]):
        if code in lists["fields",]:
            yield ("postings", number, "code"), f"{shown(code)} is a field already", "a code of its own"
    yield from _twice(("sources",), "key", [row.key for row in programme.sources])
    yield from _twice(("asks",), "about", [row.about for row in programme.asks])


def _twice(loc: Loc, name: str, codes: list[str]) -> Iterator[Finding]:
    for number, code in enumerate(codes):
        if code in codes[:number]:
            yield (*loc, number, name), f"{shown(code)} stands here twice", "each once"


def _references(programme: Programme) -> Iterator[Finding]:
    keys = [source.key for source in programme.sources]
    offices = [office.code for office in programme.offices]
    for loc, node in _nodes(programme, ()):
        if isinstance(node, Published | Version | Assumed | Claim | Cost | DocumentRule | Topic):
            for number, key in enumerate(node.sources):
                yield from _declared((*loc, "sources", number), key, keys)
    for number, claim in enumerate(programme.claims):
        yield from _declared(("claims", number, "office"), claim.office, offices)
    for number, ask in enumerate(programme.asks):
        yield from _declared(("asks", number, "office"), ask.office, offices)
    paying = [(("costs", number, "payer"), cost.payer) for number, cost in enumerate(programme.costs)]
    for loc, payer in [*paying, (("departing", "return_payer"), programme.departing.return_payer)]:
        if payer.value is not None:
            yield from _declared((*loc, "value"), payer.value, offices)


def _offices(programme: Programme) -> Iterator[Finding]:
    offices = [office.code for office in programme.offices]
    for number, office in enumerate(programme.offices):
        for place, code in enumerate(office.members):
            yield from _declared(("offices", number, "members", place), code, offices)
    milestones = [row.code for row in programme.milestones]
    for number, ask in enumerate(programme.asks):
        if ask.before:
            yield from _declared(("asks", number, "before"), ask.before, milestones)


def _declared(loc: Loc, name: str, names: Iterable[str]) -> Iterator[Finding]:
    if name not in names:
        yield loc, f"{shown(name)} is declared nowhere", ", ".join(names) or "none is declared"


def _amounts(programme: Programme) -> Iterator[Finding]:
    for loc, node in _nodes(programme, ()):
        if isinstance(node, Money):
            decimals = DECIMALS.get(node.currency, 2)
            if len(node.amount.partition(".")[2]) != decimals:
                yield (
                    (*loc, "amount"),
                    f"{shown(node.amount)} does not fit",
                    f"exactly {decimals} decimals in {node.currency}",
                )


def _selection(programme: Programme) -> Iterator[Finding]:
    criteria = programme.selection.criteria.value
    if criteria is None:
        return
    codes = [row.code for row in criteria]
    weights = [row.weight for row in criteria if not isinstance(row.weight, Unpublished)]
    if len(weights) == len(criteria) and sum(weights) != 100:
        yield ("selection", "criteria", "value"), f"the weights sum to {sum(weights)}", "weights that sum to 100"
    tie_break = programme.selection.tie_break.value or ()
    for number, code in enumerate(tie_break):
        yield from _declared(("selection", "tie_break", "value", number), code, codes)
        if code in tie_break[:number]:
            yield ("selection", "tie_break", "value", number), f"{shown(code)} stands here twice", "each once"
    marking = programme.selection.marking.value
    judged = [row.code for row in criteria if row.kind in ("written", "practical")]
    for number, code in enumerate(marking.criteria if marking else ()):
        yield from _declared(("selection", "marking", "value", "criteria", number), code, judged)
    stage = programme.employer_stage.value
    for number, code in enumerate(stage.criteria if stage else ()):
        yield from _declared(("employer_stage", "value", "criteria", number), code, codes)


def _placing(programme: Programme) -> Iterator[Finding]:
    rows: tuple[StudyField | Posting, ...] = (*programme.fields, *programme.postings)
    seats = {row.code: row.seats.value for row in rows}
    criteria = {row.code: row.maximum for row in programme.selection.criteria.value or ()}
    least = programme.placing.least.value or ()
    for number, low in enumerate(least):
        loc: Loc = ("placing", "least", "value", number)
        yield from _declared((*loc, "code"), low.code, seats)
        most = seats.get(low.code)
        if most is not None and low.seats > most:
            yield (*loc, "seats"), f"{low.seats} of {most} seats", f"at most {most}"
        fields = low.code in {row.code for row in programme.fields}
        rule = (programme.placing.fields if fields else programme.placing.postings).value
        if low.seats and rule not in (None, "exact"):
            yield (*loc, "seats"), f"{rule} keeps no minima", "0, or the mechanism exact"
    yield from _twice(("placing", "least", "value"), "code", [low.code for low in least])
    for number, need in enumerate(programme.placing.needs.value or ()):
        loc = ("placing", "needs", "value", number)
        yield from _declared((*loc, "code"), need.code, seats)
        yield from _declared((*loc, "criterion"), need.criterion, criteria)
        if need.mark > criteria.get(need.criterion, need.mark):
            yield (*loc, "mark"), f"{need.mark} is above the highest mark", f"at most {criteria[need.criterion]}"


def _criteria(programme: Programme) -> Iterator[Finding]:
    for number, row in enumerate(programme.selection.criteria.value or ()):
        loc: Loc = ("selection", "criteria", "value", number)
        if row.code in STEPS:
            yield (*loc, "code"), f"{shown(row.code)} names a step of the ranking", "another code"
        if isinstance(row.pass_mark, int) and row.pass_mark > row.maximum:
            yield (*loc, "pass_mark"), f"{row.pass_mark} is above the maximum", f"at most {row.maximum}"
        if len(row.descriptors) != _descriptors(row):
            yield (*loc, "descriptors"), f"{len(row.descriptors)} descriptors", f"{_descriptors(row)}"


def _descriptors(row: Criterion) -> int:
    """Return how many written descriptors a criterion needs: an interview one for each whole mark, others none."""
    return row.maximum // 100 + 1 if row.kind == "interview" else 0


def _sums(programme: Programme) -> Iterator[Finding]:
    parts: dict[str, tuple[Posting | StudyField, ...]] = {
        "postings": programme.postings,
        "fields": programme.fields if programme.fields_split.value is not False else (),
    }
    for name, rows in parts.items():
        seats = [row.seats.value for row in rows]
        known = [number for number in seats if number is not None]
        total = programme.seats.value
        if rows and total is not None and len(known) == len(seats) and sum(known) != total:
            yield (name,), f"the seats sum to {sum(known)}", f"seats that sum to {total}"


def _order(programme: Programme) -> Iterator[Finding]:
    dates, who = programme.dates, programme.eligibility
    meeting, departs = dates.meeting.value, dates.departs_on.value
    months = {
        "meeting": f"{meeting:%Y-%m}" if meeting else None,
        "recruitment": dates.recruitment.value,
        "departure": dates.departure.value,
    }
    pairs: list[tuple[Loc, Any, Any]] = [
        (("dates", "recruitment"), months["meeting"], months["recruitment"]),
        (("dates", "departure"), months["recruitment"] or months["meeting"], months["departure"]),
        (("eligibility", "max_age"), who.min_age.value, who.max_age.value),
        (("eligibility", "graduated_to"), who.graduated_from.value, who.graduated_to.value),
    ]
    for loc, first, last in pairs:
        if first is not None and last is not None and last < first:
            yield loc, f"{shown(last)} comes before {shown(first)}", f"{shown(first)} or later"
    if departs and months["departure"] and f"{departs:%Y-%m}" != months["departure"]:
        yield (
            ("dates", "departs_on"),
            f"{departs} lies outside the month of departure",
            f"a day in {months['departure']}",
        )


def _claims(programme: Programme) -> Iterator[Finding]:
    measures = Counter(claim.measure for claim in programme.claims)
    for number, claim in enumerate(programme.claims):
        loc: Loc = ("claims", number)
        if claim.due and claim.due < claim.on:
            yield (*loc, "due"), f"{claim.due} comes before the day it was said", f"{claim.on} or later"
        if claim.follows and (claim.follows not in measures or claim.follows == claim.measure):
            yield (*loc, "follows"), f"{shown(claim.follows)} is no measure of another claim", ", ".join(measures)
        if len(claim.versions) == 1:
            yield (*loc, "versions"), "a single version contradicts nothing", "none, or two and more"


def _asks(programme: Programme) -> Iterator[Finding]:
    paths = [path for path, _ in known_values(programme)]
    for number, ask in enumerate(programme.asks):
        if not any(ask_for((ask,), path) for path in paths):
            yield ("asks", number, "about"), f"{shown(ask.about)} is no value of this programme", "the path of a value"


def _plan(programme: Programme) -> Iterator[Finding]:
    known: list[str] = []
    offices = [office.code for office in programme.offices]
    shown_by = Counter(row.by for row in programme.milestones)
    for number, row in enumerate(programme.milestones):
        loc: Loc = ("milestones", number)
        yield from _declared((*loc, "owner"), row.owner, offices)
        for place, code in enumerate(row.after):
            if code not in known:
                yield (*loc, "after", place), f"{shown(code)} is no milestone above", ", ".join(known) or "none"
        if (row.by == "agreement") != (row.agreement is not None):
            yield (*loc, "agreement"), "an agreement is named where one shows it, and nowhere else", "by and agreement"
        if shown_by[row.by] > 1 and row.by in ("opening", "intake", "selection", "departure"):
            yield (*loc, "by"), f"{shown(row.by)} stands here twice", "each once"
        known.append(row.code)
