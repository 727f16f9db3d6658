"""Which marks count: report averages, locked marks settled, two examiners and a third, raw and with severities out."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from rantau.applications.models import Application
from rantau.engine.programme import Criterion, Marking
from rantau.engine.scoring import Counted, counted, mean, settle
from rantau.engine.selection import Row, Rules, decide
from rantau.engine.severity import Given, Severity, adjusted, changed, severity
from rantau.programmes.models import Intake
from rantau.programmes.queries import terms
from rantau.selection.models import Duty, Sitting

EXAMINERS = {"interview": 2}
"""How many locked marks a criterion of a kind needs; one for the others, unless two judge them in rotating pairs."""
ASKED = ("apart", "gate", "again")
"""Why a third examiner is asked: marks too far apart, on both sides of a pass mark, or the outcome hangs on severity."""


def criteria(intake: Intake) -> tuple[Criterion, ...]:
    """Return the criteria of an intake's selection."""
    return terms(intake.version).selection.criteria.value or ()


def marking(intake: Intake) -> Marking | None:
    """Return the rule by which tests are judged twice, or None while it is unpublished."""
    return terms(intake.version).selection.marking.value


def doubles(intake: Intake) -> tuple[Criterion, ...]:
    """Return the criteria that two examiners judge in rotating pairs."""
    rule = marking(intake)
    return tuple(c for c in criteria(intake) if rule and c.code in rule.criteria)


def came(application: Application, criterion: str) -> Sitting | None:
    """Return the sitting at which a person did a test, or None while they did not."""
    found = (s for s in application.sittings.all() if s.state == "attended" and criterion in s.session.criteria)
    return next(found, None)


@dataclass(frozen=True)
class Double:
    """One piece that two examiners judge: who does what, what each has locked (by examiner), and what counts of it."""

    application: Application
    sitting: Sitting
    duties: tuple[Duty, ...]
    given: dict[str, int]
    counted: Counted

    @property
    def third(self) -> Duty | None:
        """Return the third examiner's duty, where one is named."""
        return next((duty for duty in self.duties if duty.part == "third"), None)


def key(duty: Duty) -> str:
    """Return an examiner as the engine knows them."""
    return str(duty.examiner_id)


def double(application: Application, sitting: Sitting, criterion: Criterion, rule: Marking) -> Double:
    """Return how a piece stands that two examiners judge."""
    duties = tuple(duty for duty in sitting.duties.all() if duty.criterion == criterion.code)
    given = {
        str(m.examiner_id): m.value
        for m in application.marks.all()
        if m.criterion == criterion.code and m.state != "draft"
    }
    pair = {key(duty): given.get(key(duty)) for duty in duties if duty.part == "pair"}
    third = next((duty for duty in duties if duty.part == "third"), None)
    found = Counted(waits="pair")
    if len(pair) == 2:
        found = counted(
            pair,
            given.get(key(third)) if third else None,
            name=key(third) if third else "",
            tolerance=rule.tolerance,
            gate=criterion.pass_mark if isinstance(criterion.pass_mark, int) else None,
            again=third is not None and third.why == "again",
        )
    return Double(application=application, sitting=sitting, duties=duties, given=given, counted=found)


def judged(applications: Iterable[Application], criterion: Criterion, rule: Marking) -> list[Double]:
    """Return every piece of a test that two judge."""
    sat = [(a, came(a, criterion.code)) for a in applications]
    return [double(a, sitting, criterion, rule) for a, sitting in sat if sitting is not None]


def strictness(pieces: Iterable[Double], rule: Marking) -> Severity:
    """Return how strict each examiner is, from every locked mark of a test, or why nothing is adjusted."""
    marks = [
        Given(piece=str(piece.sitting.pk), examiner=who, value=value)
        for piece in pieces
        for who, value in piece.given.items()
    ]
    return severity(marks, ratio=Fraction(rule.severity_ratio, 100))


def settled(application: Application) -> dict[str, int]:
    """Return the raw mark of each criterion that is complete, in hundredths: report averages, locked marks settled."""
    locked: dict[str, list[int]] = {}
    for mark in sorted(application.marks.all(), key=lambda m: m.pk):
        if mark.state != "draft":
            locked.setdefault(mark.criterion, []).append(mark.value)
    rule, twice = marking(application.intake), {c.code for c in doubles(application.intake)}
    found = {}
    for criterion in criteria(application.intake):
        values = locked.get(criterion.code, [])
        if criterion.kind == "report":
            if application.average is not None:
                found[criterion.code] = application.average
        elif rule and criterion.code in twice:
            sitting = came(application, criterion.code)
            counts = double(application, sitting, criterion, rule).counted.marks if sitting else {}
            if counts:
                found[criterion.code] = mean(tuple(counts.values()))
        elif len(values) >= EXAMINERS.get(criterion.kind, 1):
            found[criterion.code] = _one_mark(values)
    return found


def _one_mark(values: list[int]) -> int:
    if len(values) == 1:
        return mean(values)
    value = settle(values[:3], tolerance=None).value
    assert value is not None
    return value


def levelled(intake: Intake, applications: list[Application]) -> dict[int, dict[str, int]]:
    """Return everybody's settled marks with the examiners' severities taken out where that may be done, by application."""
    rule, found = marking(intake), {a.pk: settled(a) for a in applications}
    for criterion in doubles(intake):
        assert rule is not None
        pieces = judged(applications, criterion, rule)
        effects = strictness(pieces, rule).effects
        for piece in pieces if effects else ():
            if piece.counted.marks:
                mark = adjusted(piece.counted.marks, effects, maximum=criterion.maximum)
                found[piece.application.pk][criterion.code] = mark
    return found


def deciding(intake: Intake, applications: list[Application]) -> dict[int, dict[str, int]]:
    """Return the marks by which a round decides, by application: raw, unless the programme declares adjusted ones."""
    rule = marking(intake)
    if rule is not None and rule.decides == "adjusted":
        return levelled(intake, applications)
    return {a.pk: settled(a) for a in applications}


@dataclass(frozen=True)
class Otherwise:
    """A person whose outcome differs between raw and adjusted marks, and whether a third has looked at each piece."""

    application: Application
    raw: str
    adjusted: str
    pieces: tuple[Double, ...]


def otherwise(intake: Intake, applications: list[Application], rules: Rules) -> list[Otherwise]:
    """Return whoever would have another outcome by adjusted marks than by raw ones, in the order of codes.

    Equal totals go by the same lot on both sides, so only marks make a difference.
    """
    rule, level = marking(intake), levelled(intake, applications)
    raw = {a.pk: settled(a) for a in applications}
    if rule is None or raw == level:
        return []
    before, after = (
        {o.code: o.outcome for o in decide(_rows(applications, marks), rules, seed=intake.code).outcomes}
        for marks in (raw, level)
    )
    by_code = {a.code: a for a in applications}
    found = [by_code[code] for code in changed(before, after)]
    pieces = {c.code: judged(found, c, rule) for c in doubles(intake)}
    return [
        Otherwise(
            application=a,
            raw=before[a.code],
            adjusted=after[a.code],
            pieces=tuple(p for every in pieces.values() for p in every if p.application.pk == a.pk),
        )
        for a in found
    ]


def _rows(applications: list[Application], marks: dict[int, dict[str, int]]) -> list[Row]:
    return [Row(code=a.code, marks=marks[a.pk]) for a in applications]
