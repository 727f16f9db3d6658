"""Reading a way to departure: its rules, its days, its legal phase, its documents, what is missing."""

import datetime as dt
import json
from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet, Sum

from rantau.applications.models import Application
from rantau.departure.access import LEFT
from rantau.departure.models import Clearance, Group, Paper, Presence, Result, Visa
from rantau.engine import clearance as engine
from rantau.engine import phase as phases
from rantau.engine import preparation as preparing
from rantau.engine.programme import Programme as Terms
from rantau.engine.programme_departure import DocumentRule
from rantau.ledger import queries as ledger
from rantau.people import vault
from rantau.people.models import Person
from rantau.programmes import queries as programmes
from rantau.programmes.models import Intake, Programme
from rantau.programmes.queries import ZONE, day, instant
from rantau.selection import queries as selection

GONE = ("replaced", "ended")
"""States of a document that another has taken the place of, or that nobody asks for any more."""

HOLDING = ("given", "seen", "confirmed")
"""States in which a document is there and has not ended."""

TRUTH: dict[str, engine.Truth] = {"given": "form", "seen": "seen", "confirmed": "confirmed", "waived": "confirmed"}
"""How far a document is known to be true in each state; in all others it is missing."""


def rules_of(programme: Programme) -> Terms:
    """Return the terms whose documents, topics and costs are in force: those of the programme's newest version."""
    return programmes.terms(programme.version)


def rule(clearance: Clearance, kind: str) -> DocumentRule:
    """Return the rule of a document, or raise ObjectDoesNotExist where the programme asks for no such document any more."""
    for one in terms(clearance).documents:
        if one.code == kind:
            return one
    raise ObjectDoesNotExist(kind)


def terms(clearance: Clearance) -> Terms:
    """Return the terms that hold for a person's way."""
    return rules_of(clearance.application.intake.programme)


def of(application: Application) -> Clearance | None:
    """Return the way of an application, or None while nobody has begun it."""
    found = Clearance.objects.select_related("application__intake__programme__version", "application__person", "group")
    return found.filter(application=application).first()


def by_ref(ref: str) -> Clearance:
    """Return a way by its reference, for messages about it."""
    found = Clearance.objects.select_related("application__intake__programme__version", "application__person", "group")
    return found.get(ref=ref)


def paper_by_ref(ref: str) -> Paper:
    """Return a document by its reference, for messages about it."""
    found = Paper.objects.select_related(
        "clearance__application__intake__programme__version", "clearance__application__person"
    )
    return found.get(ref=ref)


def under_way(intake: Intake) -> QuerySet[Clearance]:
    """Return those of an intake of whom something may still be asked, in the order of their codes."""
    found = Clearance.objects.filter(application__intake=intake).exclude(state__in=LEFT)
    return found.select_related("application__intake__programme__version", "application__person", "group").order_by(
        "code"
    )


def everybody(intake: Intake) -> QuerySet[Clearance]:
    """Return everybody of an intake whose way was ever begun, in the order of their codes."""
    found = Clearance.objects.filter(application__intake=intake)
    return found.select_related("application__intake__programme__version", "application__person", "group").order_by(
        "code"
    )


def events(clearance: Clearance) -> dict[str, dt.datetime | None]:
    """Return the instants from which documents are reckoned, in the programme's zone; None is what nobody knows yet.

    The departure is that of the person's group, before they have one the programme's own day. The arrival is the reported
    one, before that the planned one. The visa's end is the last that a visa of theirs says. Work begins in a later area.
    """
    group, said = travelling(clearance), terms(clearance).dates.departs_on.value
    departs = group.departs_at if group else (instant(said) if isinstance(said, dt.date) else None)
    arrives = clearance.arrived_at or (group.arrives_at if group else None)
    ends = _visa_ends(clearance)
    found = {
        "departure": clearance.departed_at or departs,
        "arrival": arrives,
        "visa_end": instant(ends) if ends else None,
        "work": None,
    }
    return {name: at.astimezone(ZONE) if at else None for name, at in found.items()}


def members(group: Group) -> list[Clearance]:
    """Return everybody in a group, by code."""
    found = group.members.select_related("application__intake__programme__version", "application__person", "group")
    return list(found.order_by("code"))


def with_way(visas: QuerySet[Visa]) -> QuerySet[Visa]:
    """Return visas together with the way, the person and the programme each is about."""
    return visas.select_related(
        "clearance__application__intake__programme__version", "clearance__application__person", "clearance__group"
    )


def travelling(clearance: Clearance) -> Group | None:
    """Return the group with which a person leaves or has left, or None; one that was cancelled takes nobody."""
    return clearance.group if clearance.group and clearance.group.state != "cancelled" else None


def _visa_ends(clearance: Clearance) -> dt.date | None:
    issued = Visa.objects.filter(clearance=clearance, state="issued").values_list("valid_until", flat=True)
    given = Paper.objects.filter(clearance=clearance, kind__in=_visas(clearance)).exclude(expires_on=None)
    known = [*issued, *given.exclude(state__in=(*GONE, "asked")).values_list("expires_on", flat=True)]
    return max((one for one in known if one), default=None)


def _visas(clearance: Clearance) -> list[str]:
    return [one.code for one in terms(clearance).documents if one.kind == "visa"]


def course(clearance: Clearance) -> phases.Course:
    """Return what is known of a person's way for the engine; work begins in a later area."""
    return phases.Course(
        home=terms(clearance).home_country,
        departed_on=day(clearance.departed_at) if clearance.departed_at else None,
        ended_on=day(clearance.home_at) if clearance.home_at else None,
    )


def phase(clearance: Clearance, *, at: dt.datetime) -> phases.Phase:
    """Return a person's legal phase at an instant."""
    return phases.phase(course(clearance), on=day(at))


def papers(clearance: Clearance) -> list[Paper]:
    """Return a person's current documents: of each kind the newest turn that is not gone, by due day."""
    found = Paper.objects.filter(clearance=clearance).exclude(state__in=GONE).select_related("file")
    newest: dict[str, Paper] = {}
    for one in found.order_by("turn"):
        newest[one.kind] = one
    return sorted(newest.values(), key=lambda one: (one.due_at is None, one.due_at or one.asked_at, one.kind))


def waiting_until(intake: Intake, until: dt.datetime) -> list[Application]:
    """Return the registrations of those of whom a document is asked until that very instant."""
    found = Paper.objects.filter(clearance__application__intake=intake, state="asked", due_at=until)
    return list(
        Application.objects.filter(clearance__papers__in=found)
        .select_related("intake__programme", "intake__version", "person")
        .distinct()
    )


def asked(intake: Intake) -> QuerySet[Paper]:
    """Return every document that is asked of those of an intake who are on their way, in the order of their codes."""
    found = Paper.objects.filter(clearance__application__intake=intake, state="asked")
    found = found.exclude(clearance__state__in=LEFT).select_related(
        "clearance__application__intake__programme__version", "clearance__application__person", "clearance__group"
    )
    return found.order_by("clearance__code", "kind", "turn")


def holding_papers(clearance: Clearance) -> list[Paper]:
    """Return a person's documents by kind: the newest turn that holds, also while its renewal is asked; else the newest."""
    found: dict[str, Paper] = {one.kind: one for one in papers(clearance)}
    holds = Paper.objects.filter(clearance=clearance, state__in=HOLDING).order_by("turn")
    found |= {one.kind: one for one in holds}
    return [found[kind] for kind in sorted(found)]


def holding(clearance: Clearance, kind: str) -> Paper | None:
    """Return the document of a kind that holds: the newest that was given and has not ended."""
    found = Paper.objects.filter(clearance=clearance, kind=kind, state__in=HOLDING)
    return found.order_by("-turn").first()


def sealed(paper: Paper) -> dict[str, str]:
    """Return what is sealed of a document: its number, who consents, the head of the village, a result; callers have
    checked that the reader may know it.

    :raises LookupError: when the person's key was destroyed
    """
    owner = paper.clearance.application.person
    number = vault.unseal_text(owner, f"paper:{paper.ref}:number", paper.number)
    text = vault.unseal_text(owner, f"paper:{paper.ref}:details", paper.details)
    return ({"number": number} if number else {}) | (json.loads(text) if text else {})


def looked(paper: Paper, person: Person) -> bool:
    """Return whether an officer has opened a health or police paper as it was given last."""
    entries = ledger.history(f"paper:{paper.ref}").filter(action="read", actor=person.ref)
    return paper.given_at is not None and entries.filter(at__gte=paper.given_at).exists()


def looks(paper: Paper) -> list[tuple[dt.datetime, str]]:
    """Return when somebody looked at a health or police paper and in which role, newest first; for its owner."""
    entries = ledger.history(f"paper:{paper.ref}").filter(action="read").order_by("-position")
    return [(one.at, str(one.facts["role"])) for one in entries]


def attended(clearance: Clearance) -> tuple[preparing.Attended, ...]:
    """Return what a person has of each topic: minutes in lessons that were held, and the newest result."""
    held = Presence.objects.filter(clearance=clearance, lesson__state="held").values("lesson__topic")
    minutes = {row["lesson__topic"]: row["sum"] for row in held.annotate(sum=Sum("minutes")).order_by()}
    results = {one.topic: one.result for one in Result.objects.filter(clearance=clearance).order_by("at", "pk")}
    return tuple(
        preparing.Attended(topic=topic, minutes=minutes.get(topic, 0), result=results.get(topic, ""))
        for topic in sorted({*minutes, *results})
    )


def preparation(clearance: Clearance) -> tuple[preparing.Row, ...]:
    """Return how every topic of the preparation stands for a person."""
    said = terms(clearance)
    return preparing.rows(said.preparation, attended(clearance), share=said.departing.attendance.value)


def state(clearance: Clearance) -> engine.State:
    """Return everything that decides over a person's clearance, for the engine."""
    before = {one.code for one in terms(clearance).documents if one.due.event == "departure"}
    visa = Visa.objects.filter(clearance=clearance).exclude(state="taken_back").order_by("asked_at", "pk").last()
    group = travelling(clearance)
    return engine.State(
        documents=tuple(_document(one) for one in holding_papers(clearance) if one.kind in before),
        preparation=preparation(clearance),
        visa=visa.state if visa else "",
        departs_on=day(group.departs_at) if group else None,
        met_by=bool(group and group.met_by),
    )


def _document(paper: Paper) -> engine.Document:
    return engine.Document(
        code=paper.kind,
        truth=TRUTH.get(paper.state, "missing"),
        due_on=day(paper.due_at) if paper.due_at else None,
        ends_on=paper.expires_on if paper.state in TRUTH else None,
    )


def gaps(clearance: Clearance) -> tuple[engine.Missing, ...]:
    """Return what is missing before a person may leave."""
    return engine.missing(state(clearance))


def worst_first(
    clearances: Iterable[Clearance], *, at: dt.datetime
) -> list[tuple[Clearance, tuple[engine.Missing, ...]]]:
    """Return people with what they lack, who is in the most trouble first."""
    found = {one.code: (one, gaps(one)) for one in clearances}
    order = engine.worst_first([(code, lacks) for code, (_, lacks) in found.items()], on=day(at))
    return [found[code] for code in order]


def reached(programme: Programme, *, at: dt.datetime) -> dict[str, dt.date]:
    """Return the milestones that only this area and the selection show, with their days: a final result, a departure."""
    found = dict(selection.reached(programme, at=at))
    first = departed(programme, at=at).order_by("departed_at").values_list("departed_at", flat=True).first()
    if first is None:
        return found
    return found | {row.code: day(first) for row in rules_of(programme).milestones if row.by == "departure"}


def departed(programme: Programme, *, at: dt.datetime) -> QuerySet[Clearance]:
    """Return those of a programme who have left home by an instant, whatever became of them since."""
    return Clearance.objects.filter(application__intake__programme=programme, departed_at__lte=at)


class Gone(NamedTuple):
    """Of an intake: the day on which each person left home, in order, and whether somebody is still to leave."""

    days: tuple[dt.date, ...]
    waiting: bool


def gone(intake: Intake, *, at: dt.datetime) -> Gone:
    """Return who of an intake has left home by an instant."""
    rows = list(Clearance.objects.filter(application__intake=intake).values_list("state", "departed_at"))
    days = sorted(day(left) for _, left in rows if left and left <= at)
    return Gone(tuple(days), any(state in ("preparing", "cleared") for state, _ in rows))


def counts(intake: Intake) -> dict[str, int]:
    """Return how many people of an intake are in each state of their way."""
    found: dict[str, int] = {}
    for name in Clearance.objects.filter(application__intake=intake).values_list("state", flat=True):
        found[name] = found.get(name, 0) + 1
    return found
