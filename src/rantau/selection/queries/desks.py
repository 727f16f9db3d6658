"""What officers' screens of the selection read: pieces, attendance, changes, objections, what waits and what is next."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from rantau.applications import queries as applications
from rantau.applications.models import Application
from rantau.engine.flow import Role
from rantau.engine.programme import Criterion
from rantau.ledger import queries as ledger
from rantau.people import access as people
from rantau.people.models import Person
from rantau.programmes.models import Intake
from rantau.programmes.queries import deadline, terms
from rantau.selection import access
from rantau.selection.models import Duty, Mark, Objection, Round, Session, Sitting

from . import EXAMINERS, criteria, doubles, objections_end, pending, reserve, round_of, vacancies

JUDGED = ("verify", "return", "refuse", "exclude", "confirm", "reopen")


# --- examiners -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Piece:
    """One piece of work as an examiner sees it: its code and marks, nothing of the person.

    `other` is another examiner's mark, once both are locked; `full` says that as many others as needed marked it.
    """

    code: str
    own: Mark | None
    other: Mark | None
    full: bool


@dataclass(frozen=True)
class Batch:
    """The pieces of one session and one criterion, and how far this examiner is with them."""

    session: Session
    criterion: Criterion
    pieces: int
    drafts: int
    locked: int


def batches(person: Person, *, intake: Intake, at: dt.datetime) -> list[Batch]:
    """Return the work that there is to mark, by session and criterion, in the order of time.

    :raises Refusal: `role.missing`
    """
    scope = intake.programme.code
    own = access.marks(person, scope=scope, at=at).values_list("application", "criterion", "state")
    states = {(application, criterion): state for application, criterion, state in own}
    sat = access.sittings(person, scope=scope, at=at).filter(session__intake=intake, state="attended")
    by_session: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for session_of, sitting, application in sat.values_list("session", "pk", "application"):
        by_session[session_of].append((sitting, application))
    known, dealt = {c.code: c for c in criteria(intake)}, _dealt(person, intake)
    found = []
    for session in access.sessions(person, scope=scope, at=at).filter(intake=intake):
        for code in session.criteria:
            own_part = dealt.get(code)
            came = [a for sitting, a in by_session[session.pk] if own_part is None or sitting in own_part]
            mine = Counter(states.get((application, code)) for application in came)
            locked = len(came) - mine[None] - mine["draft"]
            found.append(Batch(session, known[code], len(came), mine["draft"], locked))
    return found


def _dealt(person: Person, intake: Intake) -> dict[str, set[int]]:
    """Return the sittings whose pieces were given to an examiner, for each test that two judge; a third's when asked."""
    found: dict[str, set[int]] = {c.code: set() for c in doubles(intake)}
    given = Duty.objects.filter(examiner=person, sitting__session__intake=intake, criterion__in=found)
    for code, sitting in given.exclude(part="third", why="").values_list("criterion", "sitting") if found else ():
        found[code].add(sitting)
    return found


def pieces(person: Person, *, session: Session, criterion: Criterion, at: dt.datetime) -> list[Piece]:
    """Return the pieces of a session that came, by piece code: no other mark is shown before both are locked.

    Where two judge in rotating pairs, only one's own part.

    :raises Refusal: `role.missing`
    """
    scope = session.intake.programme.code
    people.require(person, Role.EXAMINER, scope=scope, at=at)
    sat = list(
        access.sittings(person, scope=scope, at=at)
        .filter(session=session, state="attended")
        .values_list("pk", "piece", "application")
    )
    own_part = _dealt(person, session.intake).get(criterion.code)
    came = [(code, a) for sitting, code, a in sat if own_part is None or sitting in own_part]
    given: dict[int, list[Mark]] = defaultdict(list)
    for mark in Mark.objects.filter(application__in=[a for _, a in came], criterion=criterion.code).order_by("pk"):
        given[mark.application_id].append(mark)
    return [_piece(code, given[a], person, criterion, dealt=own_part is not None) for code, a in came]


def _piece(code: str, given: list[Mark], person: Person, criterion: Criterion, *, dealt: bool) -> Piece:
    own = next((m for m in given if m.examiner_id == person.pk), None)
    others = [m for m in given if m.examiner_id != person.pk]
    locked = own is not None and own.state != "draft" and bool(others) and others[0].state != "draft"
    full = not dealt and own is None and len(others) >= EXAMINERS.get(criterion.kind, 1)
    return Piece(code=code, own=own, other=others[0] if locked else None, full=full)


def drafts(person: Person, *, session: Session, criterion: str, at: dt.datetime) -> dict[str, Mark]:
    """Return an examiner's own unlocked marks of a session and a criterion, by piece code.

    :raises Refusal: `role.missing`
    """
    scope = session.intake.programme.code
    came = access.sittings(person, scope=scope, at=at).filter(session=session, state="attended")
    by_application = dict(came.values_list("application", "piece"))
    own = access.marks(person, scope=scope, at=at).filter(criterion=criterion, state="draft")
    found = {by_application[m.application_id]: m for m in own if m.application_id in by_application}
    return dict(sorted(found.items()))


@dataclass(frozen=True)
class Change:
    """A locked mark as those see it who change it: its piece, never its person."""

    mark: Mark
    piece: str
    criterion: Criterion | None
    own: bool  # the reader proposed the change: a second person decides


def changes(person: Person, *, intake: Intake, at: dt.datetime) -> list[Change]:
    """Return the locked marks that a person may see, proposed changes first, then by piece.

    :raises Refusal: `role.missing`
    """
    found = list(access.locked_marks(person, scope=intake.programme.code, at=at).filter(application__intake=intake))
    known = {c.code: c for c in criteria(intake)}
    where: dict[tuple[int, str], str] = {}
    sat = Sitting.objects.filter(application__in={m.application_id for m in found}).select_related("session")
    for sitting in sat.order_by("pk"):
        where |= {(sitting.application_id, code): sitting.piece for code in sitting.session.criteria}
    proposed = _last_actors(intake, [f"mark:{m.ref}" for m in found if m.state == "disputed"], "dispute")
    rows = [
        Change(
            mark=m,
            piece=where.get((m.application_id, m.criterion), ""),
            criterion=known.get(m.criterion),
            own=proposed.get(f"mark:{m.ref}") == person.ref,
        )
        for m in found
    ]
    return sorted(rows, key=lambda row: (row.mark.state != "disputed", row.piece, row.mark.criterion, row.mark.pk))


def _last_actors(intake: Intake, subjects: list[str], action: str) -> dict[str, str]:
    entries = ledger.entries(intake.chain).filter(subject__in=subjects, action=action)
    return dict(entries.values_list("subject", "actor"))


# --- objections ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Heard:
    """An objection with its piece of the file: who may not decide it, and the marks that it is about."""

    objection: Objection
    barred: bool
    marks: tuple[Mark, ...]


def heard(person: Person, *, intake: Intake, at: dt.datetime) -> list[Heard]:
    """Return the objections that an officer sees, undecided and oldest first; `barred` where they took part.

    :raises Refusal: `role.missing`
    """
    found = list(
        access.objections(person, scope=intake.programme.code, at=at)
        .filter(application__intake=intake)
        .select_related("application__person", "decided_by")
        .prefetch_related("application__marks__examiner")
    )
    subjects = [applications.subject(o.application) for o in found]
    took = ledger.entries(intake.chain).filter(subject__in=subjects, action__in=JUDGED, actor=person.ref)
    judged = set(took.values_list("subject", flat=True))
    return [_heard(o, person, judged) for o in found]


def _heard(objection: Objection, person: Person, judged: set[str]) -> Heard:
    about = [
        m
        for m in sorted(objection.application.marks.all(), key=lambda m: m.pk)
        if objection.against == "mark" and m.criterion == objection.criterion
    ]
    barred = (
        applications.subject(objection.application) in judged
        or any(m.examiner_id == person.pk for m in about)
        or objection.application.person_id == person.pk
    )
    return Heard(objection=objection, barred=barred, marks=tuple(about))


# --- the coordinator -------------------------------------------------------------------------------------------------
STAGES = ("registration", "calling", "verification", "tests", "list", "objections", "final", "seats", "end")
"""The stretches of an intake's journey as its coordinator goes them."""

WAITS = {
    "files": "verification",
    "uncalled": "tests",
    "attendance": "tests",
    "unassigned": "tests",
    "marks": "tests",
    "missing": "tests",
    "again": "tests",
    "objections": "objections",
}
"""What a freeze waits for (`pending`), in the order in which it is settled, and the stage it belongs to."""


@dataclass(frozen=True)
class Next:
    """What comes next: its code and stage, by or from when, what is waited for, whether a coordinator can do it now."""

    code: str
    stage: str
    by: dt.datetime | None = None
    waiting: dict[str, int] | None = None
    ready: bool = True


def next_step(intake: Intake | None, *, at: dt.datetime) -> Next:
    """Return the one step that the intake's journey needs next."""
    if intake is None:
        return Next("plan", "registration")
    if intake.state == "planned":
        return Next("open", "registration", by=intake.opens_at)
    if intake.state == "open":
        over = at > intake.closes_at
        return Next("close" if over else "registration", "registration", by=intake.closes_at, ready=over)
    provisional, final = round_of(intake, "provisional"), round_of(intake, "final")
    if final is not None and final.state == "published":
        return _seats(intake)
    if final is not None:
        return Next("publish_final" if final.state == "decided" else "run_final", "final", by=final_due(intake))
    if provisional is None:
        return _before_freeze(intake)
    if provisional.state != "published":
        return _list(provisional, at)
    return _after_provisional(intake, provisional, at)


def _before_freeze(intake: Intake) -> Next:
    states, waiting = applications.states(intake), pending(intake)
    if states["submitted"]:
        return Next("call", "calling", waiting={"submitted": states["submitted"]})
    return _waits(waiting) or Next("freeze", "list", ready=states["verified"] > 0)


def _waits(waiting: dict[str, int], stage: str = "") -> Next | None:
    """Return the first thing that a freeze waits for, as a step."""
    for key, own in WAITS.items():
        if key in waiting:
            mine = key in ("uncalled", "attendance", "unassigned", "again", "objections")
            return Next(key, stage or own, waiting=waiting, ready=mine)
    return None


def _list(round_: Round, at: dt.datetime) -> Next:
    if round_.state == "frozen":
        planned = dt.datetime.fromisoformat(round_.source["planned"])
        return Next("draw", "list", by=planned, ready=at >= planned)
    return Next("run" if round_.state == "drawn" else "publish", "list")


def _after_provisional(intake: Intake, provisional: Round, at: dt.datetime) -> Next:
    until, waiting = objections_end(provisional), pending(intake)
    if at <= until:
        return Next("window", "objections", by=until, waiting=waiting, ready="objections" in waiting)
    return _waits(waiting, "objections") or Next("freeze_final", "final", by=final_due(intake))


def _seats(intake: Intake) -> Next:
    open_ = applications.by_state(intake, "offered").order_by("-answer_by").first()
    if open_ is not None:
        return Next("offers", "seats", by=open_.answer_by, ready=False)
    free = vacancies(intake)
    return Next("empty_seats", "end", waiting={"seats": free}) if free else Next("done", "end", ready=False)


def final_due(intake: Intake) -> dt.datetime | None:
    """Return by when the final result is announced: the programme's days after the window for objections."""
    provisional, days = round_of(intake, "provisional"), terms(intake.version).windows.reannounce_days.value
    if provisional is None or provisional.objections_until is None or not days:
        return None
    return deadline(objections_end(provisional), days)


def late(intake: Intake, *, at: dt.datetime) -> dict[str, int]:
    """Return what should have happened by now and has not, by code; only what is late."""
    provisional, final = round_of(intake, "provisional"), round_of(intake, "final")
    due, done = final_due(intake), final is not None and final.state == "published"
    of = Application.objects.filter(intake=intake)
    begun = Sitting.objects.filter(session__intake=intake, state="assigned", session__starts_at__lt=at)
    drawn_by = (
        dt.datetime.fromisoformat(provisional.source["planned"])
        if provisional and provisional.state == "frozen"
        else None
    )
    found = {
        "close": int(intake.state == "open" and at > intake.closes_at),
        "files": of.filter(state__in=("called", "returned"), file_by__lt=at).count(),
        "attendance": begun.filter(application__state="verified").count(),
        "draw": int(drawn_by is not None and at > drawn_by + dt.timedelta(days=1)),
        "final": int(due is not None and at > due and not done),
        "offers": of.filter(state="offered", answer_by__lt=at).count(),
    }
    return {key: count for key, count in found.items() if count}


def standing(intake: Intake) -> dict[str, Any]:
    """Return offers, reserve and those without a seat as they stand, with the free and the extra seats.

    Each is a pair of the final round's rank (None where somebody has none) and the application, in the order of ranks.
    """
    final = round_of(intake, "final")
    if final is None or final.state != "published":
        return {"offers": [], "reserve": [], "others": [], "vacancies": 0, "extra": 0}
    ranks = {row["code"]: row["rank"] for row in final.decision["outcomes"]}
    stands = applications.by_state(intake, "offered", "accepted", "declined", "silent", "released", "unsuccessful")
    listed = list(stands.select_related("listing"))
    ranked = [(ranks.get(a.listing.code), a) for a in listed]
    ranked.sort(key=lambda pair: (pair[0] is None, pair[0] or 0, pair[1].listing.code))
    return {
        "offers": [pair for pair in ranked if pair[1].state != "unsuccessful"],
        "reserve": [(ranks[a.listing.code], a) for a in reserve(intake)],
        "others": [pair for pair in ranked if pair[1].state == "unsuccessful"],
        "vacancies": vacancies(intake),
        "extra": final.extra_seats,
    }
