"""Beginning a way to departure: for everybody who accepted a seat, with the documents that are asked and their days."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from rantau.applications.models import Application
from rantau.departure import queries
from rantau.departure.access import LEFT
from rantau.departure.models import Clearance, Paper, Visa
from rantau.engine import codes, required
from rantau.engine.chance import seeded
from rantau.engine.flow import Role
from rantau.engine.phase import ahead
from rantau.engine.programme_departure import DocumentRule
from rantau.engine.reminding import soon
from rantau.ledger.actions import lock
from rantau.ledger.steps import take_all
from rantau.people import queries as people
from rantau.programmes.models import Intake
from rantau.programmes.queries import deadline

SYSTEM = frozenset({Role.SYSTEM})
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
    return _end(Paper.objects.filter(clearance=clearance), clearance, at)


def _end(papers: QuerySet[Paper], clearance: Clearance, at: dt.datetime) -> int:
    left = list(papers.exclude(state__in=queries.GONE).order_by("pk"))
    for paper in left:
        paper.clearance = clearance
    take_all([(one, "end", {"kind": one.kind}) for one in left], actor=people.system().ref, roles=SYSTEM, at=at)
    return len(left)


def ask(*, clearance: Clearance, at: dt.datetime) -> int:
    """Ask a person for every document of their phase that is not asked yet, and set the days anew where an event moved.

    What no rule asks any more is ended. A document that waits for an event nobody knows (the end of a visa, the beginning
    of work) is not asked before.
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
    return len(new) + _end_unruled(clearance, at)


def _end_unruled(clearance: Clearance, at: dt.datetime) -> int:
    ruled = [one.code for one in queries.terms(clearance).documents]
    return _end(Paper.objects.filter(clearance=clearance).exclude(kind__in=ruled), clearance, at)


def _asked(clearance: Clearance, rule: DocumentRule, ruled_at: dt.datetime | None, at: dt.datetime) -> Paper:
    chance = seeded(f"paper|{clearance.ref}|{rule.code}|1")
    paper = Paper(ref=codes.reference(chance), clearance=clearance, kind=rule.code, asked_at=at, ruled_at=ruled_at)
    latecomer = ruled_at is not None and ruled_at < at  # who steps in from the reserve is not late on the first day
    set_days(paper, deadline(at, LATECOMER_DAYS) if latecomer else ruled_at, at=at)
    return paper


def _move(paper: Paper, ruled_at: dt.datetime | None, at: dt.datetime) -> None:
    """Set the day of a first turn anew where the rule's own day is another now, unless that has passed.

    Days that were given on top (to step in, to mend, after an outage) stay; a renewal has a day of its own.
    """
    if paper.turn > 1 or paper.state != "asked" or paper.ruled_at == ruled_at or (ruled_at and ruled_at < at):
        return
    paper.ruled_at = ruled_at
    keeps = paper.reason and ruled_at and paper.due_at and paper.due_at > ruled_at
    set_days(paper, paper.due_at if keeps else ruled_at, at=at)
    paper.save(update_fields=["ruled_at", "due_at", "remind_at", "late_at"])


def set_days(paper: Paper, due_at: dt.datetime | None, *, at: dt.datetime) -> None:
    """Set a document's day, and when its person is reminded and told that it has passed."""
    paper.due_at = paper.late_at = due_at
    paper.remind_at = soon(at, due_at) if due_at and due_at > at else None
