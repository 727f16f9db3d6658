"""The chapter from the seat to the arrival, day by day beside the others: papers, lessons, visas, who leaves and who does not."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

from rantau.applications import queries as applications
from rantau.departure import access, queries
from rantau.departure.actions import arriving, clearing, deadlines, groups, lessons, papers, visas
from rantau.departure.queries import visas as visa_queries
from rantau.engine.canonical import digest
from rantau.engine.chance import happens, pick
from rantau.engine.flow import Role
from rantau.engine.preparation import LESSON_HOUR
from rantau.engine.programme_departure import DocumentRule
from rantau.engine.refusal import Refusal
from rantau.programmes import actions as programmes
from rantau.programmes import queries as programme_queries
from rantau.selection import queries as selection
from rantau.selection.actions import offers

from .stage import Stage

LESSON = 4 * LESSON_HOUR
"""Minutes of one morning of lessons."""
VISAS_ASKED = 48
VISAS_ANSWERED = 40
CLEARED = 4
ANNOUNCED = 3
"""Days before the departure from which visas are asked and answered and people cleared, and on which the group is told."""
LEAST = 56
"""Days from the seats to the departure: where the story is late, it leaves later than the programme says."""
AFTERNOONS = (1, 4)
"""Days of the week on which anything happens before the last days: every day would be twice as long to play."""
STORIES = {"medical": 3, "withdraws": 2, "visa": 1}
"""How many of those who accepted meet which fate; who it is, is drawn."""


class Way:
    """The chapter's own memory: the group, the lessons that are planned, who meets which fate, what came of it."""

    def __init__(self, stage: Stage) -> None:
        """Remember the stage on which it is played."""
        self.stage = stage
        self.group: Any = None
        self.lessons: list[Any] = []
        self.fates: dict[str, str] = {}
        self.counts: Counter[str] = Counter()


def begin(stage: Stage) -> Way | None:
    """Begin everybody's way, plan lessons and the group, and let every day until the arrival do its part meanwhile.

    Returns None for a programme that asks for nothing before a departure.
    """
    departs = stage.terms.dates.departs_on.value
    if not stage.terms.documents or not isinstance(departs, dt.date):
        return None
    way, today = Way(stage), programme_queries.day(stage.at)
    departs = max(departs, today + dt.timedelta(days=LEAST))
    with stage.day(hours=1):
        deadlines.due(intake=stage.intake, at=stage.at)
        _plan_group(way, departs)
        _plan_lessons(way)
    _draw_fates(way)
    first = programme_queries.day(stage.at)
    for number in range((departs - first).days + 3):
        on = first + dt.timedelta(days=number)
        at, left = programme_queries.instant(on, 17), (departs - on).days
        if at > stage.at and (on.weekday() in AFTERNOONS or left <= CLEARED):
            stage.meanwhile(at, _day(way, left))
    return way


def finish(stage: Stage, way: Way | None) -> dict[str, Any]:
    """Play until everybody has arrived and return what the report says: who left, and why the others did not."""
    if way is None:
        return {}
    stage.until(programme_queries.day(way.group.departs_at) + dt.timedelta(days=3), hour=9)
    ways = queries.everybody(stage.intake)
    states, seats = Counter(one.state for one in ways), stage.terms.seats.value or 0
    departed = sum(1 for one in ways if one.departed_at)
    reasons = Counter(_why(one) for one in ways if not one.departed_at)
    last = selection.reserve_until(stage.intake)
    return {
        "seats": seats,
        "departed": departed,
        "states": dict(sorted(states.items())),
        "not_departed": dict(sorted(reasons.items())),
        "empty_seats": max(seats - departed, 0),
        "reserve_until": programme_queries.day(last).isoformat() if last else None,
        "happened": dict(sorted(way.counts.items())),
    }


def _why(clearance: Any) -> str:
    """Return why somebody did not leave: the reason of a refusal, what was missing first, or that they gave up."""
    gaps = queries.gaps(clearance) if clearance.state == "preparing" else ()
    return str(clearance.reason or (gaps[0].code if gaps else clearance.state))


def _plan_group(way: Way, departs: dt.date) -> None:
    stage = way.stage
    leaves = programme_queries.instant(departs, 9)
    way.group = groups.plan(
        intake=stage.intake,
        person=stage.coordinator(),
        at=stage.at,
        chance=stage.chance,
        departs_at=leaves,
        arrives_at=leaves + dt.timedelta(hours=16),
        route="Penerbangan peragaan",
        gather="Terminal keberangkatan, loket peragaan, empat jam sebelumnya",
        met_by="Perwakilan RI (peragaan)",
        met_phone="",
    )


def _plan_lessons(way: Way) -> None:
    """Plan mornings of four lesson hours, one each working day, until every topic has its hours."""
    stage = way.stage
    on = programme_queries.day(stage.at) + dt.timedelta(days=3)
    for topic in stage.terms.preparation:
        left = (topic.hours.value or 0) * LESSON_HOUR
        while left > 0:
            while on.weekday() > 4:
                on += dt.timedelta(days=1)
            minutes = min(left, LESSON)
            _plan_lesson(way, topic.code, on, minutes, stage.at)
            left -= minutes
            on += dt.timedelta(days=1)


def _plan_lesson(way: Way, topic: str, on: dt.date, minutes: int, at: dt.datetime) -> None:
    way.lessons.append(
        lessons.plan(
            intake=way.stage.intake,
            topic=topic,
            starts_at=programme_queries.instant(on, 9),
            minutes=minutes,
            place="Balai latihan peragaan",
            person=way.stage.coordinator(),
            at=at,
            chance=way.stage.chance,
        )
    )


def _plan_again(way: Way, at: dt.datetime) -> None:
    """Plan what somebody still lacks once more, as long as there is time: topic by topic, what most lack first."""
    stage = way.stage
    lacks: Counter[str] = Counter()
    for one in queries.under_way(stage.intake):
        for row in queries.preparation(one):
            if row.standing != "done":
                lacks[row.topic] = max(lacks[row.topic], (row.asked or LESSON) - row.attended)
    on = programme_queries.day(at)
    for topic, minutes in sorted(lacks.items()):
        while minutes > 0:
            on += dt.timedelta(days=1)
            if programme_queries.instant(on, 9) >= way.group.departs_at - dt.timedelta(days=CLEARED):
                return
            _plan_lesson(way, topic, on, min(minutes, LESSON), at)
            minutes -= LESSON


def _draw_fates(way: Way) -> None:
    codes = [one.code for one in queries.under_way(way.stage.intake)]
    for fate, number in STORIES.items():
        for _ in range(min(number, len(codes))):
            one = pick(tuple(codes), way.stage.chance)
            codes.remove(one)
            way.fates[one] = fate


def _day(way: Way, left: int) -> Callable[[dt.datetime], None]:
    """Return what happens on one afternoon, so many days before the departure (after it, less than none)."""

    def happens_then(at: dt.datetime) -> None:
        if left < 0:
            _arrivals(way, at, after=-left)
            return
        deadlines.due(intake=way.stage.intake, at=at)
        _reserve_answers(way, at)
        _hold_lessons(way, at)
        _give_papers(way, at)
        _look_at_papers(way, at)
        _leave_early(way, at, left)
        if CLEARED <= left <= VISAS_ASKED:
            _ask_visas(way, at)
        if 1 <= left <= VISAS_ANSWERED:
            _answer_visas(way, at)
        if 0 <= left <= CLEARED:
            _clear(way, at)
        if left == ANNOUNCED:
            groups.announce(group=way.group, person=way.stage.coordinator(), at=at)
            _mark_visas(way.stage, at)
        if left == 0:
            _depart(way, at)

    return happens_then


def _reserve_answers(way: Way, at: dt.datetime) -> None:
    """Let who is called from the reserve accept; their way begins with the next day."""
    for application in list(applications.by_state(way.stage.intake, "offered")):
        offers.answer(application=application, accepts=True, person=application.person, at=at)
        way.counts["from_reserve"] += 1


def _hold_lessons(way: Way, at: dt.datetime) -> None:
    stage, teacher = way.stage, way.stage.coordinator()
    held = [one for one in way.lessons if one.starts_at <= at]
    for lesson in held:
        way.lessons.remove(lesson)
        called = [one.code for one in queries.under_way(stage.intake)]
        marks = {code: lessons.Mark("absent") for code in called if happens(60, stage.chance)}
        lessons.hold(lesson=lesson, marks=marks, person=teacher, at=at)
        way.counts["lessons"] += 1
        way.counts["absent"] += len(marks)
    if held and not way.lessons:
        _plan_again(way, at)


def _give_papers(way: Way, at: dt.datetime) -> None:
    """Let papers trickle in: most take their time, nearly everybody is in time."""
    stage = way.stage
    for paper in list(queries.asked(stage.intake).filter(clearance__state="preparing")):
        if queries.rule(paper.clearance, paper.kind).due.event == "departure":
            close = paper.due_at is not None and paper.due_at - at < dt.timedelta(days=5)
            if happens(700 if close else 250, stage.chance):
                _give(way, paper, at)


def _give(way: Way, paper: Any, at: dt.datetime) -> None:
    stage, rule = way.stage, queries.rule(paper.clearance, paper.kind)
    if rule.kind == "visa" and getattr(visa_queries.newest(paper.clearance), "state", "") != "issued":
        return
    typed = _typed(rule, at, queries.events(paper.clearance)["departure"] or at)
    if rule.kind == "identity" and happens(80, stage.chance):
        ended = programme_queries.day(at) - dt.timedelta(days=30)  # an old one, which is not taken
        typed |= {"issued_on": ended - dt.timedelta(days=1826), "expires_on": ended}
    try:
        papers.give(
            paper=paper,
            person=paper.clearance.application.person,
            at=at,
            chance=stage.chance,
            prepared=stage.papers["diploma"],
            **typed,
        )
    except Refusal as refusal:
        way.counts[refusal.code] += 1
        return
    way.counts["given"] += 1


def _typed(rule: DocumentRule, at: dt.datetime, departs: dt.datetime) -> dict[str, Any]:
    """Return what a made-up person types of a document."""
    today = programme_queries.day(at)
    ends = programme_queries.day(departs) + dt.timedelta(days=1800 if rule.kind == "identity" else 90)
    said: dict[str, Any] = {"number": "REKAAN-1", "issued_on": today - dt.timedelta(days=2), "expires_on": ends}
    typed = {key: value for key, value in said.items() if key in rule.asks}
    inside = {"consenter": "Orang tua (rekaan)", "village_head": "Kepala desa (rekaan)", "result": "fit"}
    return typed | {"details": {key: value for key, value in inside.items() if key in rule.asks}}


def _look_at_papers(way: Way, at: dt.datetime) -> None:
    """Let verifiers look at what came: some go back, most are seen, the passports are confirmed by their source."""
    stage = way.stage
    for officer in stage.staff[Role.VERIFIER]:
        for paper in list(access.papers(officer, scope=stage.programme.code, at=at).filter(state="given")):
            if queries.rule(paper.clearance, paper.kind).sensitive:
                papers.details(paper=paper, person=officer, at=at)
            if way.fates.get(paper.clearance.code) != "medical" and happens(70, stage.chance):
                papers.send_back(
                    paper=paper, reason="unreadable", note="Foto ulang di tempat terang.", person=officer, at=at
                )
                way.counts["sent_back"] += 1
            elif paper.kind == "passport" and happens(300, stage.chance):
                papers.confirm(paper=paper, source="Imigrasi (peragaan)", person=officer, at=at)
                way.counts["confirmed"] += 1
            else:
                papers.see(paper=paper, person=officer, at=at)
                way.counts["seen"] += 1


def _leave_early(way: Way, at: dt.datetime, left: int) -> None:
    """Let a few give up and a few be told by the doctors, one now and then, early enough for the reserve and too late."""
    for clearance in list(queries.under_way(way.stage.intake).filter(state__in=("preparing", "cleared"))):
        fate = way.fates.get(clearance.code)
        if fate == "medical" and left <= 45 and happens(300, way.stage.chance):
            note = "Pemeriksaan menyatakan belum dapat ikut; boleh mendaftar lagi."
            clearing.refuse(clearance=clearance, reason="medical", note=note, person=way.stage.coordinator(), at=at)
            way.counts["refused_medical"] += 1
        elif fate == "withdraws" and left <= 55 and happens(200, way.stage.chance):
            clearing.withdraw(clearance=clearance, person=clearance.application.person, at=at)
            way.counts["withdrew"] += 1


def _ask_visas(way: Way, at: dt.datetime) -> None:
    ready = [one for one in queries.under_way(way.stage.intake).filter(state="preparing") if _needs_visa(one)]
    if not ready:
        return
    for clearance in ready:
        if not visa_queries.basis(clearance):
            person = clearance.application.person
            visas.permit(clearance=clearance, person=person, at=at, text=digest("peragaan"))
    visas.ask_for(clearances=ready, person=way.stage.coordinator(), at=at, chance=way.stage.chance)
    way.counts["visas_asked"] += len(ready)


def _needs_visa(clearance: Any) -> bool:
    passport = queries.holding(clearance, "passport")
    return passport is not None and passport.state in ("seen", "confirmed") and visa_queries.newest(clearance) is None


def _answer_visas(way: Way, at: dt.datetime) -> None:
    """Let the embassy of the host country answer: nearly all are issued, one is refused."""
    stage = way.stage
    officer = stage.staff[Role.HOST_MISSION][0]
    asked = access.visas(officer, scope=stage.programme.code, at=at).filter(state="asked")
    refused = [one for one in asked if way.fates.get(one.clearance.code) == "visa"]
    issued = [one for one in asked if one not in refused and happens(350, stage.chance)]
    departs = programme_queries.day(way.group.departs_at)
    if issued:
        until = departs + dt.timedelta(days=80)
        visas.issue(visas=issued, valid_from=departs - dt.timedelta(days=5), valid_until=until, person=officer, at=at)
        way.counts["visas_issued"] += len(issued)
    for one in refused:
        visas.refuse(visas=[one], reason="no_reason", person=officer, at=at)
        clearing.refuse(
            clearance=one.clearance,
            reason="visa",
            note="Negara tujuan tidak memberi visa dan tidak menyebut alasannya.",
            person=stage.coordinator(),
            at=at,
        )
        way.counts["visas_refused"] += 1


def _clear(way: Way, at: dt.datetime) -> None:
    """Put everybody into the group and clear those who lack nothing."""
    stage, boss = way.stage, way.stage.coordinator()
    preparing = list(queries.under_way(stage.intake).filter(state="preparing"))
    fresh = [one for one in preparing if one.group_id is None]
    if fresh:
        groups.put(group=way.group, clearances=fresh, person=boss, at=at)
    for clearance in queries.under_way(stage.intake).filter(state="preparing"):
        if not queries.gaps(clearance):
            clearing.clear(clearance=clearance, person=boss, at=at)
            way.counts["cleared"] += 1


def _depart(way: Way, at: dt.datetime) -> None:
    boss = way.stage.coordinator()
    behind = [one for one in queries.members(way.group) if one.state != "cleared"]
    if behind:
        groups.take_out(group=way.group, clearances=behind, person=boss, at=at)
    groups.depart(group=way.group, person=boss, at=at)


def _arrivals(way: Way, at: dt.datetime, *, after: int) -> None:
    """Let people report that they have arrived; the last is missed for a day and reported by the mission."""
    stage = way.stage
    travelling = list(queries.under_way(stage.intake).filter(state="departed"))
    deadlines.due(intake=stage.intake, at=at)
    mission = stage.staff[Role.HOME_MISSION][0]
    if after > 1:
        if travelling:
            arriving.report_all(clearances=travelling, arrived_at=way.group.arrives_at, person=mission, at=at)
            way.counts["arrived_late"] += len(travelling)
        return
    for clearance in travelling[1:]:
        arriving.report(
            clearance=clearance,
            person=clearance.application.person,
            at=at,
            chance=stage.chance,
            address="Asrama peragaan",
        )
        way.counts["arrived"] += 1


def _mark_visas(stage: Stage, at: dt.datetime) -> None:
    """Record that the visas are there, where the programme has such a milestone and everything before it was reached."""
    known = programme_queries.reached(stage.programme, at=at) | queries.reached(stage.programme, at=at)
    for row in stage.terms.milestones:
        if row.code == "visas" and row.by == "hand" and set(row.after) <= set(known):
            programmes.reach(
                programme=stage.programme,
                milestone=row.code,
                on=programme_queries.day(at),
                note="Visa peragaan diterbitkan.",
                person=stage.coordinator(),
                at=at,
                chance=stage.chance,
                shown=known,
            )
