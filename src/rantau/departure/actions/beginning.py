"""Beginning a way to departure: for everybody who accepted a seat, with the documents that are asked and their days."""

import datetime as dt
from typing import Any

from django.db import transaction

from rantau.applications.models import Application
from rantau.departure import queries
from rantau.departure.access import LEFT
from rantau.departure.models import Clearance, Paper, Visa
from rantau.engine import codes, required
from rantau.engine.chance import seeded
from rantau.engine.flow import Role
from rantau.engine.phase import ahead
from rantau.engine.programme_departure import DocumentRule
from rantau.ledger.actions import lock
from rantau.ledger.steps import take_all
from rantau.people import queries as people
from rantau.programmes.models import Intake
from rantau.programmes.queries import deadline

SYSTEM = frozenset({Role.SYSTEM})
REMIND = dt.timedelta(days=14)
"""How long before its day a person is reminded of a document; at once where it is asked later than that."""
LATECOMER_DAYS = 7
"""Days for a document whose day had passed before it was asked."""


@transaction.atomic
def due(*, intake: Intake, at: dt.datetime) -> int:
    """Begin for everybody who accepted a seat, end for those who gave it up, ask what became due to be asked. Idempotent."""
    lock(intake.chain)
    taken = _begin(intake, at) + _leave(intake, at)
    return taken + _ask_by_new_rules(intake, at)


def _begin(intake: Intake, at: dt.datetime) -> int:
    accepted = Application.objects.filter(intake=intake, state="accepted", clearance=None)
    made = [
        Clearance(
            ref=codes.reference(chance),
            code=codes.draw("D", chance),
            application=application,
            begun_at=at,
        )
        for application in accepted.select_related("intake__programme__version", "person").order_by("code")
        for chance in [seeded(f"clearance|{application.ref}")]
    ]
    Clearance.objects.bulk_create(made, batch_size=500)
    take_all([(one, "begin", {}) for one in made], actor=people.system().ref, roles=SYSTEM, at=at)
    return len(made)


def _ask_by_new_rules(intake: Intake, at: dt.datetime) -> int:
    """Ask those who were not asked by the programme's newest version yet; whoever moves an event asks by themselves."""
    digest = intake.programme.version.digest if intake.programme.version else ""
    stale = list(queries.under_way(intake).exclude(rules=digest))
    asked = sum(ask(clearance=one, at=at) for one in stale)
    Clearance.objects.filter(pk__in=[one.pk for one in stale]).update(rules=digest)
    return asked


def _leave(intake: Intake, at: dt.datetime) -> int:
    """End the way of people who gave their seat up on another page."""
    gone = queries.under_way(intake).filter(state__in=("preparing", "cleared")).exclude(application__state="accepted")
    rows: list[tuple[Any, str, dict[str, Any]]] = [(one, "withdraw", {}) for one in gone]
    take_all(rows, actor=people.system().ref, roles=SYSTEM, at=at)
    for one, _, _ in rows:
        end(one, at=at)
    return len(rows)


def end(clearance: Clearance, *, at: dt.datetime) -> None:
    """End what was under way for a person who does not leave: documents, a visa that was asked, the group."""
    end_papers(clearance, at=at)
    asked = list(Visa.objects.filter(clearance=clearance, state="asked"))
    for visa in asked:
        visa.clearance = clearance
    take_all([(one, "take_back", {}) for one in asked], actor=people.system().ref, roles=SYSTEM, at=at)
    if clearance.group_id:
        clearance.group = None
        clearance.save(update_fields=["group"])


def end_papers(clearance: Clearance, *, at: dt.datetime) -> int:
    """Ask for no document of a person any more, whose way has ended."""
    left = list(Paper.objects.filter(clearance=clearance).exclude(state__in=queries.GONE).order_by("pk"))
    for paper in left:
        paper.clearance = clearance
    take_all([(one, "end", {"kind": one.kind}) for one in left], actor=people.system().ref, roles=SYSTEM, at=at)
    return len(left)


def ask(*, clearance: Clearance, at: dt.datetime) -> int:
    """Ask a person for every document of their phase that is not asked yet, and set the days anew where an event moved.

    A document that waits for an event nobody knows (the end of a visa, the beginning of work) is not asked before.
    """
    if clearance.state in LEFT:
        return 0
    events, wanted = queries.events(clearance), ahead(queries.phase(clearance, at=at))
    known = {one.kind: one for one in queries.papers(clearance)}
    new: list[Paper] = []
    for rule in queries.terms(clearance).documents:
        if rule.code in known:
            _move(known[rule.code], required.due(rule, events), at)
        elif rule.phase in wanted and (events[rule.due.event] or rule.due.event == "departure"):
            new.append(_asked(clearance, rule, required.due(rule, events), at))
    Paper.objects.bulk_create(new)
    rows = [(one, "ask", {"kind": one.kind}) for one in new]
    take_all(rows, actor=people.system().ref, roles=SYSTEM, at=at)
    return len(new)


def _asked(clearance: Clearance, rule: DocumentRule, due_at: dt.datetime | None, at: dt.datetime) -> Paper:
    if due_at and due_at < at:  # who steps in from the reserve is not late on the first day
        due_at = deadline(at, LATECOMER_DAYS)
    chance = seeded(f"paper|{clearance.ref}|{rule.code}|1")
    paper = Paper(ref=codes.reference(chance), clearance=clearance, kind=rule.code, asked_at=at)
    set_days(paper, due_at, at=at)
    return paper


def _move(paper: Paper, due_at: dt.datetime | None, at: dt.datetime) -> None:
    """Set the day of a first turn anew, unless it would have passed by now; a renewal has a day of its own."""
    if due_at and due_at < at:
        return
    if paper.turn == 1 and paper.state == "asked" and paper.due_at != due_at:
        set_days(paper, due_at, at=at)
        paper.save(update_fields=["due_at", "remind_at", "late_at"])


def set_days(paper: Paper, due_at: dt.datetime | None, *, at: dt.datetime) -> None:
    """Set a document's day, and when its person is reminded and told that it has passed."""
    paper.due_at = paper.late_at = due_at
    paper.remind_at = max(due_at - REMIND, at) if due_at and due_at > at else None
