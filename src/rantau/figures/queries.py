"""Reading across areas: each published sentence against what is known, the journey line, milestones, what is played."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rantau.agreements.queries import public as agreements
from rantau.applications import queries as applications
from rantau.departure import queries as departure
from rantau.departure.queries import costs, lessons
from rantau.engine import eligibility
from rantau.engine import milestones as critical
from rantau.engine import programme as engine
from rantau.engine.known import Text
from rantau.engine.programme import Office, Question
from rantau.engine.programme import Programme as Terms
from rantau.engine.programme_plan import Milestone
from rantau.engine.promises import Claim, Evidence, Judgement, judge
from rantau.programmes import queries as programmes
from rantau.programmes.models import Intake, Programme, Reached


@dataclass(frozen=True)
class Stage:
    """One row of the journey: an event (one day or month) or a stretch of months, as promised and as known.

    `promised` says the first day and, for a stretch, the day after its end; None while nothing is announced. `known` is
    the day it is known to have begun. `approximate` says that only a month was named.
    """

    number: int
    code: str
    kind: str
    title: Any
    promised: dt.date | None
    until: dt.date | None
    known: dt.date | None
    approximate: bool
    fact: Any


@dataclass(frozen=True)
class Announcement:
    """A programme's public page: its terms, newest intake, the journey's stages, judged sentences and open questions."""

    programme: Programme
    terms: Terms
    intake: Intake | None
    open: bool
    on: dt.date
    stages: list[Stage]
    promises: list[tuple[Claim, Judgement]]
    questions: list[tuple[Office, list[Question]]]
    taken: int | None


@dataclass(frozen=True)
class Played:
    """One programme of the rehearsal: its terms, own time and newest intake."""

    programme: Programme
    terms: Terms
    intake: Intake | None
    open: bool


@dataclass(frozen=True)
class Step:
    """One milestone: what the programme says of it, what is computed, who owes it, and the evidence where it was recorded.

    `planned_assumed` and `expected_assumed` say that the day rests on assumed numbers of days.
    """

    milestone: Milestone
    row: critical.Row
    announced: tuple[dt.date, dt.date] | None
    reached: dt.date | None
    office: Office
    evidence: Reached | None
    planned_assumed: bool
    expected_assumed: bool


@dataclass(frozen=True)
class Milestones:
    """The milestones of a programme at an instant: each in order, the critical path to the last, what an intake waits for.

    `stretches` are the phases after departure, by the day on which it is expected.
    """

    programme: Programme
    terms: Terms
    on: dt.date
    nodes: tuple[critical.Node, ...]
    plan: critical.Plan
    steps: list[Step]
    path: tuple[str, ...]
    unmet: tuple[str, ...]
    stretches: tuple[critical.Stretch, ...]


@dataclass(frozen=True)
class Slipped:
    """What a slip of one milestone does to the others and to the phases after departure (before, after)."""

    slip: critical.Slip
    path: tuple[str, ...]
    stretches: tuple[tuple[critical.Stretch, critical.Stretch], ...]


def announcement(programme: Programme, *, at: dt.datetime) -> Announcement:
    """Return everything a programme's public page shows at an instant."""
    terms, intake = programmes.terms(programme.version), programmes.intake(programme)
    taken = accepted(intake)
    facts = (*evidence(terms, intake, taken, at=at), *drafted(programme))
    if intake is not None:
        facts = (*facts, *prepared(programme, at=at))
    on = programmes.day(at)
    return Announcement(
        programme=programme,
        terms=terms,
        intake=intake,
        open=is_open(intake, at=at),
        on=on,
        stages=journey(terms, known=_begun(terms, facts, on)),
        promises=[(claim, judge(claim, facts, on)) for claim in terms.claims],
        questions=by_office(terms),
        taken=taken,
    )


def journey(terms: Terms, *, known: dict[str, dt.date]) -> list[Stage]:
    """Return the stages of a programme; `known` holds the days on which they are known to have begun."""
    dates = terms.dates
    events = [
        ("meeting", dates.meeting, _day(dates.meeting.value), False),
        ("recruitment", dates.recruitment, _month(dates.recruitment.value), True),
        ("departure", *_departure(terms)),
    ]
    stages = [
        Stage(n, code, "event", None, promised, None, known.get(code), approximate, fact)
        for n, (code, fact, promised, approximate) in enumerate(events, 1)
    ]
    start = _departure(terms)[1]
    for phase in terms.phases:
        months = phase.months.value
        end = add_months(start, months) if start and isinstance(months, int) else None
        stages.append(
            Stage(
                number=len(stages) + 1,
                code=phase.code,
                kind=phase.kind,
                title=phase.title,
                promised=start,
                until=end,
                known=known.get(phase.code),
                approximate=True,
                fact=phase.months,
            )
        )
        start = end
    return stages


def add_months(on: dt.date, months: int) -> dt.date:
    """Return the first day of the month that many months later."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def promises(programme: Programme, at: dt.datetime) -> list[tuple[Claim, Judgement]]:
    """Return each published sentence of a programme with what is known about it at an instant."""
    return announcement(programme, at=at).promises


def evidence(terms: Terms, intake: Intake | None, taken: int | None, *, at: dt.datetime) -> tuple[Evidence, ...]:
    """Return what our own records know: recruitment that opened, seats that were accepted, people who left.

    Opening after the last announced day is `partly`, as is a part of the seats. Once nobody of the intake is still to leave,
    a seat is filled by who left and no longer by who accepted.
    """
    if intake is None or intake.state == "planned" or at < intake.opens_at:
        return ()
    opened, ledger = programmes.day(intake.opens_at), (f"ledger:{intake.chain}",)
    due = next((claim.due for claim in terms.claims if claim.measure == "recruitment.opened"), None)
    punctual = due is None or opened <= due
    found = [Evidence(measure="recruitment.opened", says="kept" if punctual else "partly", on=opened, sources=ledger)]
    gone = departure.gone(intake, at=at)
    taken = len(gone.days) if gone.days and not gone.waiting else taken
    if taken and terms.seats.value:
        says = "kept" if taken >= terms.seats.value else "partly"
        found.append(Evidence(measure="seats.filled", says=says, on=programmes.day(at), sources=ledger))
    return (*found, *departed(terms, intake, gone.days))


def departed(terms: Terms, intake: Intake, days: Sequence[dt.date]) -> tuple[Evidence, ...]:
    """Return what our own records know of the departure: `kept` once as many people as seats left by the announced day.

    Fewer, later, or of a number that nobody announced is `partly`. Its day is that on which the last seat left, before that
    the first. `days` are those on which people left, in order.
    """
    if not days:
        return ()
    due = next((claim.due for claim in terms.claims if claim.measure == "departure"), None)
    seats = terms.seats.value
    full = days[seats - 1] if seats and len(days) >= seats else None
    says: Literal["kept", "partly"] = "kept" if full and (due is None or full <= due) else "partly"
    return (Evidence(measure="departure", says=says, on=full or days[0], sources=(f"ledger:{intake.chain}",)),)


AGREED = {"memorandum": "mou", "technical_proposal": "technical_proposal"}
"""The kind of agreement that shows what became of each announced drafting."""


def drafted(programme: Programme) -> tuple[Evidence, ...]:
    """Return what our agreements show of the announced drafting: `partly` once before the parties, `kept` once in force."""
    known = agreements.evidence(programme)
    return tuple(
        Evidence(measure=measure, says=known[kind][0], on=known[kind][1], sources=(f"agreement:{known[kind][2]}",))
        for measure, kind in AGREED.items()
        if kind in known
    )


def prepared(programme: Programme, *, at: dt.datetime) -> tuple[Evidence, ...]:
    """Return what our records show of basics before departure, and of training that participants do not pay.

    Basics are `kept` where everybody who left had done them all, `partly` where some had. Training is `broken` only by a
    report that was answered, with what the other side says to it: a report alone accuses nobody.
    """
    taught, paid = lessons.taught(programme, at=at), costs.paid_for_training(programme, at=at)
    if not taught and not paid:
        return ()
    found, ledger = [], tuple(f"ledger:{one.chain}" for one in programme.intakes.order_by("pk"))
    if taught and taught.prepared:
        says = "kept" if taught.prepared == taught.left else "partly"
        found.append(Evidence(measure="basics.taught", says=says, on=taught.on, sources=ledger))
    if paid:
        note = Text(id=paid.reply)
        found.append(Evidence(measure="training.cost", says="broken", on=paid.on, sources=ledger, note=note))
    return tuple(found)


def accepted(intake: Intake | None) -> int | None:
    """Return how many people have accepted a place of an intake, or None before there is one."""
    return applications.states(intake)["accepted"] if intake else None


def is_open(intake: Intake | None, *, at: dt.datetime) -> bool:
    """Return whether one can register at an instant, also before anybody clicked it closed."""
    return intake is not None and intake.state == "open" and intake.opens_at <= at <= intake.closes_at


def by_office(terms: Terms) -> list[tuple[Office, list[Question]]]:
    """Return the open questions under the office that owes the answer, offices in the order of the file."""
    asked = terms.questions()
    found = [(office, [q for q in asked if q.office == office.code]) for office in terms.offices]
    return [(office, own) for office, own in found if own]


def self_check(
    programme: Programme, answers: eligibility.Answers, *, at: dt.datetime
) -> tuple[tuple[eligibility.Requirement, ...], tuple[eligibility.Finding, ...]]:
    """Return a programme's requirements and what they say about answers that nobody keeps."""
    plain = engine.requirements(programmes.terms(programme.version))
    needed = tuple(eligibility.Requirement.read(row) for row in plain)
    return needed, eligibility.check(answers, needed, on=programmes.day(at))


def played(*, at: dt.datetime) -> list[Played]:
    """Return the rehearsals, each at its own time."""
    found = []
    for programme in programmes.rehearsals():
        intake = programmes.intake(programme)
        open_ = is_open(intake, at=programmes.now(programme, at))
        found.append(Played(programme, programmes.terms(programme.version), intake, open_))
    return found


def milestones(programme: Programme, *, at: dt.datetime) -> Milestones:
    """Return the milestones of a programme with all that is known and computed of them at an instant.

    What this knows and `programmes` does not: the days on which a final result was published and the first people left.
    """
    terms, on = programmes.terms(programme.version), programmes.day(at)
    known = programmes.reached(programme, at=at) | departure.reached(programme, at=at)
    nodes = programmes.nodes(programme, known)
    plan = critical.plan(nodes, today=on)
    offices = {office.code: office for office in terms.offices}
    recorded = {row.milestone: row for row in programmes.standing(programme)}
    planned, expected = _assumed(terms, programmes.nodes(programme, {})), _assumed(terms, nodes)
    return Milestones(
        programme=programme,
        terms=terms,
        on=on,
        nodes=nodes,
        plan=plan,
        steps=[
            Step(
                milestone=one,
                row=plan.row(one.code),
                announced=terms.announced(one),
                reached=known.get(one.code),
                office=offices[one.owner],
                evidence=recorded.get(one.code) if one.code in known else None,
                planned_assumed=one.code in planned,
                expected_assumed=one.code in expected,
            )
            for one in terms.milestones
        ],
        path=critical.path(plan, terms.milestones[-1].code) if terms.milestones else (),
        unmet=programmes.unmet(programme, at=at),
        stretches=_stretches(terms, plan),
    )


def slipped(found: Milestones, code: str, days: int) -> Slipped:
    """Return what becomes of a programme's milestones when one comes so many days later than expected now.

    :raises Refusal: `milestone.unknown`, `milestone.reached`
    """
    moved = critical.slip(found.nodes, code, days, today=found.on)
    return Slipped(
        slip=moved,
        path=critical.path(moved.after, found.nodes[-1].code),
        stretches=tuple(zip(found.stretches, _stretches(found.terms, moved.after), strict=True)),
    )


def _assumed(terms: Terms, nodes: tuple[critical.Node, ...]) -> set[str]:
    """Return the milestones, of those not reached, whose day rests on assumed numbers of days."""
    days = {row.code for row in terms.milestones if row.after and row.days.status == "assumed"}
    return {node.code for node in nodes if not node.reached and days & {node.code, *critical.missing(nodes, node.code)}}


def _stretches(terms: Terms, plan: critical.Plan) -> tuple[critical.Stretch, ...]:
    """Return the phases after departure as expected, or none in a programme that names no departure."""
    departs = next((plan.row(row.code).expected for row in terms.milestones if row.by == "departure"), None)
    phases = [(phase.code, phase.months.value) for phase in terms.phases]
    return critical.stretches(departs, phases) if departs else ()


def _begun(terms: Terms, facts: tuple[Evidence, ...], on: dt.date) -> dict[str, dt.date]:
    """Return the day each event or stretch of the journey is known to have begun."""
    known = {fact.measure: fact.on for fact in facts}
    begun = {"recruitment": known.get("recruitment.opened"), "departure": known.get("departure")}
    meeting = terms.dates.meeting.value
    if terms.dates.meeting.status == "published" and isinstance(meeting, dt.date) and meeting <= on:
        begun["meeting"] = meeting
    return {code: day for code, day in begun.items() if day}


def _departure(terms: Terms) -> tuple[Any, dt.date | None, bool]:
    """Return the fact that says when people depart, its day or the first of its month, and whether only a month."""
    exact, month = terms.dates.departs_on, terms.dates.departure
    if exact.value is not None and month.value is None:
        return exact, exact.value, False
    return month, _month(month.value), True


def _day(value: Any) -> dt.date | None:
    return value if isinstance(value, dt.date) else None


def _month(value: Any) -> dt.date | None:
    return dt.date(int(value[:4]), int(value[5:]), 1) if isinstance(value, str) else None
