"""What the coordinator's page of the examiners reads: raw and adjusted marks, agreement, who is asked to look again."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from rantau.engine.agreement import alpha, icc, of_mean, standing
from rantau.engine.examiners import error
from rantau.engine.flow import Role
from rantau.engine.programme import Criterion, Marking
from rantau.engine.refusal import Refusal
from rantau.engine.scoring import mean
from rantau.engine.severity import Severity, adjusted
from rantau.people import access as people
from rantau.people import queries as register
from rantau.people.models import Person
from rantau.programmes.models import Intake
from rantau.programmes.queries import terms
from rantau.selection.models import Duty, Session

from . import criteria, doubles, examined, marking, pending, ranked_applications, round_of, rules
from .marks import ASKED, Double, judged, key, otherwise, strictness


@dataclass(frozen=True)
class Line:
    """One piece: each examiner's mark with whether it counts, the raw and the adjusted mark, why a third is asked."""

    piece: str
    marks: tuple[tuple[str, int, bool], ...]
    raw: int | None
    adjusted: int | None
    why: str
    waits: str


@dataclass(frozen=True)
class Figure:
    """A figure of agreement and how far it carries; no value, with the reason, where it does not exist."""

    value: Fraction | None
    said: Literal["good", "provisional", "low", ""] = ""
    why: str = ""


@dataclass(frozen=True)
class Panel:
    """How a test stands that two judge: the rule, the examiners' severities, agreement, every piece by its code."""

    criterion: Criterion
    rule: Marking
    assumed: bool
    severity: Severity
    names: dict[str, str]
    alpha: Figure
    two: Figure
    anchors: int
    error: int | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Again:
    """A piece whose maker would have another outcome by adjusted marks, and whether a third is asked or has looked.

    Without outcomes where it was asked for this reason and nothing hangs on it any more, or marks are missing again.
    """

    piece: str
    raw: str
    adjusted: str
    state: Literal["open", "asked", "done"]


def panels(person: Person, *, intake: Intake, at: dt.datetime) -> list[Panel]:
    """Return every test that two judge, to the coordinator.

    :raises Refusal: `role.missing`
    """
    people.require(person, Role.COORDINATOR, scope=intake.programme.code, at=at)
    rule, applications = marking(intake), examined(intake)
    found = [(c, judged(applications, c, rule)) for c in doubles(intake) if rule is not None]
    return [_panel(intake, person, criterion, pieces) for criterion, pieces in found]


def _panel(intake: Intake, person: Person, criterion: Criterion, pieces: list[Double]) -> Panel:
    """Return a test's panel; a coordinator who takes part sees no line of their own."""
    rule = marking(intake)
    assert rule is not None
    level = strictness(pieces, rule)
    twice = [tuple(p.given[key(d)] for d in p.duties if d.part == "pair" and key(d) in p.given) for p in pieces]
    both = [(two[0], two[1]) for two in twice if len(two) == 2]
    anchors, two = _of_two(pieces)
    examiners = Person.objects.filter(pk__in={int(who) for p in pieces for who in p.given})
    return Panel(
        criterion=criterion,
        rule=rule,
        assumed=terms(intake.version).selection.marking.status == "assumed",
        severity=level,
        names={str(who.pk): who.name for who in examiners},
        alpha=_alpha(pieces),
        two=two,
        anchors=anchors,
        error=error(both) if both else None,
        lines=tuple(
            _line(p, level, criterion)
            for p in sorted(pieces, key=lambda p: p.sitting.piece)
            if p.application.person_id != person.pk
        ),
    )


def _line(piece: Double, level: Severity, criterion: Criterion) -> Line:
    counts, third = piece.counted.marks, piece.third
    return Line(
        piece=piece.sitting.piece,
        marks=tuple((who, value, who in counts) for who, value in sorted(piece.given.items())),
        raw=mean(tuple(counts.values())) if counts else None,
        adjusted=adjusted(counts, level.effects, maximum=criterion.maximum) if counts and level.effects else None,
        why=third.why if third is not None and third.why in ASKED else "",
        waits=piece.counted.waits,
    )


def _alpha(pieces: list[Double]) -> Figure:
    """Return Krippendorff's alpha of all locked marks, by interval."""
    who = sorted({examiner for p in pieces for examiner in p.given})
    ratings = [[Fraction(p.given[w]) if w in p.given else None for w in who] for p in pieces]
    try:
        found = alpha(ratings, "interval")
    except Refusal as refusal:
        return Figure(value=None, why=refusal.code)
    return Figure(value=found, said=standing(found))


def _of_two(pieces: list[Double]) -> tuple[int, Figure]:
    """Return how many anchors everybody marked, and the correlation of two examiners' mean: ICC(2,1) carried to two.

    Anchors of different examiners cannot stand in one table; the largest group with the same examiners is taken.
    """
    groups: dict[frozenset[str], list[Double]] = defaultdict(list)
    for piece in pieces:
        if any(d.why == "anchor" or d.part == "anchor" for d in piece.duties) or len(piece.duties) == 2:
            groups[frozenset(piece.given)].append(piece)
    who, most = max(groups.items(), key=lambda group: (len(group[1]), sorted(group[0])), default=(frozenset[str](), []))
    try:
        single = icc([[Fraction(p.given[w]) for w in sorted(who)] for p in most])["ICC(2,1)"]
    except Refusal as refusal:
        return len(most), Figure(value=None, why=refusal.code)
    if single is None or single == -1:
        return len(most), Figure(value=None, why="scoring.no_variation")
    found = of_mean(single, 2)
    return len(most), Figure(value=found, said=standing(found, provisional=Fraction(4, 5)))


def again(person: Person, *, intake: Intake, at: dt.datetime) -> list[Again]:
    """Return the pieces on which an outcome hangs by the examiners' severities; none while marks are missing.

    :raises Refusal: `role.missing`
    """
    people.require(person, Role.COORDINATOR, scope=intake.programme.code, at=at)
    applications = ranked_applications(intake)
    if not doubles(intake) or round_of(intake, "provisional") is not None:
        return []
    settled = not set(pending(intake)) - {"again"}
    found = [
        Again(piece=p.sitting.piece, raw=one.raw, adjusted=one.adjusted, state="done" if p.counted.third else "open")
        for one in (otherwise(intake, applications, rules(intake)) if settled else ())
        for p in one.pieces
        if one.application.person_id != person.pk
    ]
    rule, known = marking(intake), {row.piece for row in found}
    for criterion in doubles(intake) if rule else ():
        for p in judged(applications, criterion, rule):
            asked = p.third is not None and p.third.why == "again" and p.sitting.piece not in known
            if asked and p.application.person_id != person.pk:
                found.append(Again(p.sitting.piece, "", "", state="done" if p.counted.third else "asked"))
    return sorted(found, key=lambda row: row.piece)


def able(session: Session, *, at: dt.datetime) -> list[tuple[Person, int]]:
    """Return who may examine in a session, with how many pieces each has to judge there."""
    scope = session.intake.programme.code
    held = register.holders(Role.EXAMINER.value, scope=scope)
    people_ = {g.person_id: g.person for g in held if g.holds(scope=scope, at=at)}
    asked = (
        Duty.objects.filter(sitting__session=session).exclude(part="third", why="").values_list("examiner", flat=True)
    )
    counts: dict[int, int] = defaultdict(int)
    for examiner in asked:
        counts[examiner] += 1
    return [(who, counts[pk]) for pk, who in sorted(people_.items(), key=lambda pair: (pair[1].name, pair[0]))]


def tests(session: Session) -> list[Criterion]:
    """Return the tests of a session that two judge."""
    return [c for c in criteria(session.intake) if c in doubles(session.intake) and c.code in session.criteria]
