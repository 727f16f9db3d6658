"""Reading the selection: settled marks, the frozen rows, results, the reserve list, the funnel."""

import datetime as dt
import json
from typing import Any

from django.db.models import QuerySet

from rantau.applications.models import Application
from rantau.applications.queries import subject
from rantau.engine import programme as engine
from rantau.engine import proof
from rantau.engine.programme import Criterion
from rantau.engine.selection import Decision, Outcome, Row, Rules
from rantau.ledger import queries as ledger
from rantau.programmes.models import Intake, Programme
from rantau.programmes.queries import day, instant, terms
from rantau.selection.models import Evidence, Listing, Mark, Objection, Round, Session, Sitting

from .marks import EXAMINERS, came, criteria, deciding, doubles, marking, otherwise, settled

__all__ = ["EXAMINERS", "criteria", "doubles", "marking", "settled"]

FUNNEL = (
    "registered",
    "submitted",
    "verified",
    "returned",
    "withdrawn",
    "ineligible",
    "tested",
    "ranked",
    "selected",
    "reserve",
    "objections",
    "upheld",
    "offered",
    "accepted",
    "declined",
    "silent",
    "released",
    "from_reserve",
)
"""The funnel's counts in the order of the journey."""


def rules(intake: Intake) -> Rules:
    """Return the selection rules of an intake.

    :raises Refusal: while seats, criteria or weights are unpublished
    """
    return Rules.read(engine.selection_rules(terms(intake.version)))


def room(application: Application, criterion: Criterion) -> int:
    """Return how many examiners may mark this: two before the freeze, only as many as are needed once rows are frozen."""
    needed = EXAMINERS.get(criterion.kind, 1)
    return needed if Listing.objects.filter(application=application).exists() else max(needed, 2)


def pending(intake: Intake) -> dict[str, int]:
    """Return what a freeze still waits for: files undecided, people never called to a test, attendance, pieces without a
    pair of examiners, marks missing or unlocked, changes and objections open.

    When nothing else is open before the first freeze: pieces that a third examiner looks at because the outcome hangs on
    the examiners' severities (`again`).
    """
    files = Application.objects.filter(intake=intake, state__in=("submitted", "called", "returned", "filed")).count()
    marks = Mark.objects.filter(application__intake=intake, state__in=("draft", "disputed")).count()
    missing = uncalled = unassigned = 0
    applications = ranked_applications(intake)
    for application in applications:
        known, sat = settled(application), {c for s in application.sittings.all() for c in s.session.criteria}
        uncalled += any(c.kind != "report" and c.code not in sat for c in criteria(intake))
        alone = _without_pair(application)
        unassigned += len(alone)
        absent = {c.code for c in criteria(intake) if came(application, c.code) is None}
        missing += sum(c.code not in known and c.code not in absent | alone for c in criteria(intake))
    objections = Objection.objects.filter(application__intake=intake, state="lodged").count()
    assigned = Sitting.objects.filter(session__intake=intake, state="assigned", application__state="verified").count()
    found = {
        "files": files,
        "uncalled": uncalled,
        "attendance": assigned,
        "unassigned": unassigned,
        "marks": marks,
        "missing": missing,
        "objections": objections,
    }
    if not any(found.values()) and doubles(intake) and round_of(intake, "provisional") is None:
        found["again"] = sum(
            not p.counted.third for one in otherwise(intake, applications, rules(intake)) for p in one.pieces
        )
    return {key: count for key, count in found.items() if count}


def _without_pair(application: Application) -> set[str]:
    """Return the tests that two judge and for whose piece no pair is named."""
    found = set()
    for criterion in doubles(application.intake):
        sitting = came(application, criterion.code)
        if sitting is not None:
            duties = [d for d in sitting.duties.all() if d.criterion == criterion.code and d.part == "pair"]
            found |= {criterion.code} if len(duties) < 2 else set()
    return found


def ranked_applications(intake: Intake) -> list[Application]:
    """Return the verified applications with everything a freeze reads, in code order."""
    found = Application.objects.filter(intake=intake, state="verified").order_by("code")
    read = ["marks", "sittings__session", *(["sittings__duties"] if doubles(intake) else [])]
    applications = list(found.select_related("person", "listing").prefetch_related(*read))
    for application in applications:
        application.intake = intake  # one intake and one programme text for all rows
    return applications


def examined(intake: Intake) -> list[Application]:
    """Return whose marks are compared: the verified before the freeze, whoever was listed after it."""
    if not Listing.objects.filter(application__intake=intake).exists():
        return ranked_applications(intake)
    found = Application.objects.filter(intake=intake, listing__isnull=False).order_by("code")
    applications = list(found.prefetch_related("marks", "sittings__session", "sittings__duties"))
    for application in applications:
        application.intake = intake
    return applications


def rows(intake: Intake) -> tuple[tuple[Application, Row], ...]:
    """Return the rows a round decides on, with their applications, by publication code."""
    applications = ranked_applications(intake)
    marks = deciding(intake, applications)
    found = [(a, Row(code=a.listing.code, marks=marks[a.pk])) for a in applications]
    return tuple(sorted(found, key=lambda pair: pair[1].code))


def listed(round_: Round) -> dict[str, Application]:
    """Return the applications of a frozen round by publication code, in whatever state they are now."""
    found = Application.objects.filter(listing__code__in=[row["code"] for row in round_.rows])
    by_code = {a.listing.code: a for a in found.select_related("listing", "person")}
    for application in by_code.values():
        application.intake = round_.intake
    return by_code


def objections_end(provisional: Round) -> dt.datetime:
    """Return when the last window to object ends: that of the round, or of somebody refused shortly before."""
    refused = Application.objects.filter(intake=provisional.intake, state="ineligible", objection=None)
    last = refused.exclude(objection_until=None).order_by("-objection_until").first()
    ends = [at for at in (provisional.objections_until, last and last.objection_until) if at]
    return max(ends)


def decision(round_: Round) -> Decision:
    """Return a decided round's outcomes."""
    return Decision.read(round_.decision)


def round_by_ref(ref: str) -> Round:
    """Return the round that a ledger subject names."""
    return Round.objects.select_related("intake__programme", "intake__version").get(ref=ref)


def objecting_until(intake: Intake, until: dt.datetime) -> list[Application]:
    """Return whoever stands on the provisional list while it can be objected to until this instant."""
    found = Round.objects.filter(intake=intake, kind="provisional", state="published", objections_until=until).first()
    return list(listed(found).values()) if found else []


def round_of(intake: Intake, kind: str) -> Round | None:
    """Return the intake's provisional or final round, or None before its freeze."""
    return Round.objects.select_related("intake__programme", "intake__version").filter(intake=intake, kind=kind).first()


def published(intake: Intake, kind: str) -> Round:
    """Return a published round, or raise DoesNotExist."""
    return Round.objects.select_related("intake__programme").get(intake=intake, kind=kind, state="published")


def public_bytes(intake: Intake, kind: str) -> bytes:
    """Return a published round's public file, byte for byte, or raise DoesNotExist."""
    return bytes(published(intake, kind).public or b"")


def evidence(intake: Intake) -> bytes:
    """Return the evidence of an intake's draw as it was handed in, or nothing where none was kept."""
    found = Evidence.objects.filter(round__intake=intake, round__kind="provisional").first()
    return bytes(found.data) if found else b""


def latest(intake: Intake) -> Round | None:
    """Return the newest published round: the final one when it is out."""
    return Round.objects.filter(intake=intake, state="published").order_by("-published_at").first()


def own_result(application: Application) -> dict[str, Any] | None:
    """Return a person's own line of the newest published round, or None while there is none for them.

    Keys: round, code, salt, outcome (engine Outcome), cut (hundredths or None), marks (code → hundredths), distance.
    """
    round_ = latest(application.intake)
    listing = Listing.objects.filter(application=application).first()
    if round_ is None or listing is None:
        return None
    frozen: dict[str, int] = next((row["marks"] for row in round_.rows if row["code"] == listing.code), {})
    decided = decision(round_)
    outcome = next((o for o in decided.outcomes if o.code == listing.code), None)
    if outcome is None:
        return None
    distance = None if outcome.total is None or decided.cut is None else outcome.total - decided.cut
    return {
        "round": round_,
        "code": listing.code,
        "salt": listing.salt,
        "outcome": outcome,
        "cut": decided.cut,
        "marks": frozen,
        "distance": distance,
    }


def own_proof(application: Application) -> dict[str, Any] | None:
    """Return the proof (`rantau.proof/1`) of a person's line of the newest published round, or None where none is theirs.

    It holds the publication code and what the public list says of it, nothing else of the person.
    """
    round_ = latest(application.intake)
    listing = Listing.objects.filter(application=application).first()
    if round_ is None or listing is None:
        return None
    try:
        return proof.prove(json.loads(bytes(round_.public or b"")), listing.code)
    except LookupError:
        return None


def outcome_of(round_: Round, code: str) -> Outcome | None:
    """Return the public line of a publication code in a round."""
    return next((o for o in decision(round_).outcomes if o.code == code), None)


def may_object(application: Application, *, at: dt.datetime) -> str:
    """Return what the person may object against now, `verification` or `mark`, or the empty text."""
    if Objection.objects.filter(application=application).exists():
        return ""
    if application.state == "ineligible" and application.objection_until and at <= application.objection_until:
        return "verification"
    round_ = round_of(application.intake, "provisional")
    open_round = round_ and round_.state == "published" and round_.objections_until and at <= round_.objections_until
    return "mark" if open_round and application.state == "verified" and hasattr(application, "listing") else ""


def reserve(intake: Intake) -> list[Application]:
    """Return the reserve list as it stands, in the order of the final round."""
    round_ = round_of(intake, "final")
    if round_ is None or round_.state != "published":
        return []
    waiting = Application.objects.filter(intake=intake, state="reserve").select_related(
        "intake__programme", "intake__version", "listing", "person"
    )
    ranks = {o.code: o.rank or 0 for o in decision(round_).outcomes}
    return sorted(waiting, key=lambda a: ranks[a.listing.code])


def vacancies(intake: Intake) -> int:
    """Return how many seats nobody holds or has been offered."""
    round_ = round_of(intake, "final")
    if round_ is None or round_.state != "published":
        return 0
    held = Application.objects.filter(intake=intake, state__in=("selected", "offered", "accepted")).count()
    return max(rules(intake).seats + round_.extra_seats - held, 0)


def reserve_until(intake: Intake) -> dt.datetime | None:
    """Return the last instant at which a free seat is still offered to the reserve, or None where no rule ends it.

    That is the end of the day so many days before the programme's day of departure, as the intake was opened with.
    """
    said = terms(intake.version)
    days, departs = said.departing.reserve_days.value, said.dates.departs_on.value
    if days is None or not isinstance(departs, dt.date):
        return None
    return instant(departs - dt.timedelta(days=days), 23, 59, 59)


def changed_marks(intake: Intake) -> int:
    """Return how many locked marks were changed: published with the result."""
    return Mark.objects.filter(application__intake=intake, changed__gt=0).count()


def sessions(programme: Programme) -> QuerySet[Session]:
    """Return a programme's test sessions, soonest first."""
    return Session.objects.filter(intake__programme=programme).order_by("starts_at", "code")


def calls(application: Application) -> QuerySet[Sitting]:
    """Return a person's own sittings: where, when, who pays the way there."""
    return application.sittings.select_related("session").order_by("session__starts_at")


def sitting_by_ref(ref: str) -> Sitting:
    """Return the sitting that a ledger subject names, for what no person asks for: messages."""
    found = Sitting.objects.select_related("session", "application__person", "application__intake__programme")
    return found.select_related("application__intake__version").get(ref=ref)


def objection_by_ref(ref: str) -> Objection:
    """Return the objection that a ledger subject names, for what no person asks for: messages."""
    found = Objection.objects.select_related("application__person", "application__intake__programme")
    return found.select_related("application__intake__version").get(ref=ref)


def objection_of(application: Application) -> Objection | None:
    """Return the person's objection, if they lodged one."""
    return Objection.objects.filter(application=application).first()


def barred(objection: Objection) -> frozenset[str]:
    """Return who may not decide an objection: everybody who took part in what it is about."""
    took = ledger.actors(subject(objection.application), "verify", "return", "refuse", "exclude", "confirm", "reopen")
    marked = objection.application.marks.filter(criterion=objection.criterion) if objection.against == "mark" else ()
    return took | {mark.examiner.ref for mark in marked} | {objection.application.person.ref}


def funnel(intake: Intake) -> dict[str, int]:
    """Return the funnel's counts: how many people ever reached each point, and where the offers went."""
    reached: dict[str, set[str]] = {}
    for subject_, action, facts in ledger.entries(intake.chain).values_list("subject", "action", "facts"):
        if subject_.startswith("application:"):
            reached.setdefault(action, set()).add(subject_)
            if facts.get("from_reserve"):
                reached.setdefault("from_reserve", set()).add(subject_)

    def count(*actions: str) -> int:
        return len(set().union(*(reached.get(action, set()) for action in actions)))

    decided = round_of(intake, "final") or round_of(intake, "provisional")
    ranked = [o for o in decision(decided).outcomes if o.rank] if decided and decided.decision else []
    lodged = Objection.objects.filter(application__intake=intake)
    tested = Sitting.objects.filter(session__intake=intake, state="attended").values("application").distinct()
    found = {
        "registered": Application.objects.filter(intake=intake).count(),
        "submitted": count("submit"),
        "verified": count("verify", "reinstate"),
        "returned": count("return"),
        "withdrawn": count("withdraw"),
        "ineligible": count("refuse", "exclude"),
        "tested": tested.count(),
        "ranked": len(ranked),
        "selected": count("select"),
        "reserve": count("reserve"),
        "objections": lodged.count(),
        "upheld": lodged.filter(state="upheld").count(),
        "offered": count("offer", "seat"),
        "accepted": count("accept"),
        "declined": count("decline"),
        "silent": count("silence"),
        "released": count("release"),
        "from_reserve": count("from_reserve"),
    }
    return {key: found[key] for key in FUNNEL}


def reached(programme: Programme, *, at: dt.datetime) -> dict[str, dt.date]:
    """Return the milestone that a published final result shows, with the day of the first."""
    rounds = [round_of(intake, "final") for intake in programme.intakes.order_by("opens_at")]
    days = [day(one.published_at) for one in rounds if one and one.published_at and one.published_at <= at]
    rows = terms(programme.version).milestones if days else ()
    return {row.code: min(days) for row in rows if row.by == "selection"}
