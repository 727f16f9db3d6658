"""The third chapter: test sessions, who came, and what examiners gave, blind."""

import datetime as dt
from typing import Any

from rantau.applications import queries as applications
from rantau.engine.chance import Chance, happens, seeded
from rantau.engine.flow import Role
from rantau.engine.programme import Criterion
from rantau.selection import access, queries
from rantau.selection.actions import examining, marking, sessions
from rantau.selection.queries import desks

from .cast import Character, bell
from .stage import Stage

SEATS = 60
STRICT = (0, 250, -300, 50)
"""By how much (hundredths) each made-up examiner marks above or below the others."""
ERROR = 360
"""The spread (hundredths) of one made-up examiner's mark for the same piece."""
LOOKS = 9
"""How often thirds may be asked in turn: each piece at most twice, so it ends well before."""


def examine(stage: Stage, behind: dict[str, Character]) -> None:
    """Call everybody verified to a session, record who came, give a second date, mark and lock."""
    tested = [c for c in queries.criteria(stage.intake) if c.kind != "report"]
    waiting = len(applications.by_state(stage.intake, "verified"))
    planned = [_plan(stage, tested, number) for number in range(-(-waiting // SEATS))]
    second = _plan(stage, tested, len(planned) + 1)
    with stage.day():
        for session in planned:
            sessions.assign(session=session, person=stage.coordinator(), at=stage.at, chance=stage.chance)
    stage.at = max(stage.at, max(s.starts_at for s in planned) + dt.timedelta(hours=6))
    with stage.day():
        _attend(stage, second)
    stage.at = max(stage.at, second.starts_at + dt.timedelta(hours=6))
    with stage.day():
        _attend(stage, None)
    twice = queries.doubles(stage.intake)
    _mark(stage, [c for c in tested if c not in twice], behind)
    if twice:
        _judge(stage, [*planned, second], behind)


def _plan(stage: Stage, tested: list[Criterion], number: int) -> Any:
    return sessions.plan(
        intake=stage.intake,
        criteria=[c.code for c in tested],
        place=f"Balai Peragaan {number + 1}",
        starts_at=stage.at + dt.timedelta(days=5 + number, hours=1),
        seats=SEATS,
        travel="unpublished",
        person=stage.coordinator(),
        at=stage.at,
        chance=stage.chance,
    )


def _attend(stage: Stage, second: Any) -> None:
    coordinator = stage.coordinator()
    found = access.sittings(coordinator, scope=stage.programme.code, at=stage.at).filter(state="assigned")
    ready = [s for s in found if s.session.starts_at < stage.at and s.application.state == "verified"]
    missed = [s for s in ready if happens(40 if second else 200, stage.chance)]
    came = [s for s in ready if s not in missed]
    sessions.record(sittings=came, came=True, person=coordinator, at=stage.at)
    sessions.record(sittings=missed, came=False, person=coordinator, at=stage.at)
    for sitting in missed if second else ():
        sessions.second_date(sitting=sitting, session=second, person=coordinator, at=stage.at)


def _mark(stage: Stage, tested: list[Criterion], behind: dict[str, Character]) -> None:
    examiners = stage.staff[Role.EXAMINER]
    scope = stage.programme.code
    found = list(access.sittings(stage.coordinator(), scope=scope, at=stage.at).filter(state="attended"))
    may = {who: set(access.sittings(who, scope=scope, at=stage.at).values_list("pk", flat=True)) for who in examiners}
    locked: list[Any] = []
    with stage.day():
        given: dict[Any, list[Any]] = {examiner: [] for examiner in examiners}
        for number, sitting in enumerate(found):
            one = behind[sitting.application.code]
            able = [who for who in examiners if sitting.pk in may[who]]
            for criterion in tested:
                for turn in range(1 if criterion.kind == "written" else 2):
                    examiner = able[(number + turn) % len(able)]
                    value = _value(criterion, one, stage.chance)
                    given[examiner].append(
                        marking.enter(
                            sitting=sitting,
                            criterion=criterion.code,
                            value=value,
                            person=examiner,
                            at=stage.at,
                            chance=stage.chance,
                        )
                    )
            stage.progress("marks", number + 1, len(found))
        for examiner, marks in given.items():
            locked += marking.lock(marks=marks, person=examiner, at=stage.at)
    with stage.day():
        _mend(stage, [m for m in locked if m.criterion == tested[0].code][:2], tested[0])


def _judge(stage: Stage, held: list[Any], behind: dict[str, Character]) -> None:
    """Deal the pieces that two judge out to pairs, let everybody mark and lock theirs, and thirds look where asked."""
    examiners = stage.staff[Role.EXAMINER]
    with stage.day():
        for session in held:
            if session.sittings.filter(state="attended").exists():
                examining.assign(session=session, examiners=examiners, person=stage.coordinator(), at=stage.at)
        _mark_own(stage, held, behind)
    for _turn in range(LOOKS):
        with stage.day():
            _mark_own(stage, held, behind)
        waiting = queries.pending(stage.intake)
        if set(waiting) == {"again"}:
            examining.look_again(intake=stage.intake, person=stage.coordinator(), at=stage.at)
        elif not waiting:
            break


def thirds(stage: Stage, behind: dict[str, Character]) -> None:
    """Let the thirds look whom a corrected mark has asked for, until none is missing."""
    held = list(queries.sessions(stage.programme))
    for _turn in range(LOOKS):
        if "missing" in queries.pending(stage.intake):
            with stage.day():
                _mark_own(stage, held, behind)


def _mark_own(stage: Stage, held: list[Any], behind: dict[str, Character]) -> None:
    """Let every examiner mark and lock whatever was given to them and has no mark yet; each is a little strict or mild."""
    for number, examiner in enumerate(stage.staff[Role.EXAMINER]):
        marks = []
        for session in held:
            people = {s.piece: s for s in access.sittings(examiner, scope=stage.programme.code, at=stage.at)}
            for criterion in queries.doubles(stage.intake):
                pieces = desks.pieces(examiner, session=session, criterion=criterion, at=stage.at)
                for sitting in (people[p.code] for p in pieces if p.own is None):
                    weld = _value(criterion, behind[sitting.application.code], seeded(sitting.piece))
                    seen = weld + bell(stage.chance) * ERROR // 1000 + STRICT[number % len(STRICT)]
                    value = min(max(seen, 0), criterion.maximum)
                    marks.append(
                        marking.enter(
                            sitting=sitting,
                            criterion=criterion.code,
                            value=value,
                            person=examiner,
                            at=stage.at,
                            chance=stage.chance,
                        )
                    )
        marking.lock(marks=marks, person=examiner, at=stage.at)


def _value(criterion: Criterion, one: Character, chance: Chance) -> int:
    """Return a mark in hundredths that follows ability with noise; interviews in whole points."""
    top = criterion.maximum
    share = 780 + one.ability * 9 // 100 + bell(chance) * 6 // 100  # thousandths of the maximum
    value = min(max(top * share // 1000, 0), top)
    return round(value / 100) * 100 if criterion.kind == "interview" else value


def _mend(stage: Stage, marks: list[Any], criterion: Criterion) -> None:
    """Let an examiner notice slips of the pen, and a second person decide: the first is changed, the second is kept."""
    judge = stage.staff[Role.COORDINATOR][1]
    for number, mark in enumerate(marks):
        proposed = min(mark.value + 150, criterion.maximum)
        marking.dispute(
            mark=mark, proposed=proposed, reason="Salah salin dari lembar nilai.", person=mark.examiner, at=stage.at
        )
        marking.settle(mark=mark, agrees=number == 0, person=judge, at=stage.at)
