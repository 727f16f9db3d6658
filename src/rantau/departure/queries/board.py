"""Many people's documents at once, for the board: what each lacks, worst first, by a fixed number of questions."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import F, QuerySet, Sum

from rantau.departure import access
from rantau.departure.models import Clearance, Paper, Presence, Result, Visa
from rantau.engine import clearance as engine
from rantau.engine import preparation as preparing
from rantau.people.models import Person
from rantau.programmes.queries import day

from . import GONE, HOLDING, TRUTH, terms, travelling


class Line(NamedTuple):
    """One person on the board: what is missing, their current documents by kind, when their visa ends."""

    clearance: Clearance
    gaps: tuple[engine.Missing, ...]
    papers: dict[str, Paper]
    visa_ends: dt.date | None


class Known(NamedTuple):
    """What the lines of one board are made of, each by the key of the person's way."""

    papers: dict[int, dict[str, Paper]]
    holding: dict[int, dict[str, Paper]]
    visas: dict[int, list[Visa]]
    minutes: dict[int, dict[str, int]]
    results: dict[int, dict[str, str]]


def lines(clearances: Iterable[Clearance], *, at: dt.datetime) -> list[Line]:
    """Return people with what they lack, who is in the most trouble first.

    Before departure that is what their clearance lacks; for those who have left home, every document that is asked and
    the end of their visa.
    """
    ways = list(clearances)
    known = _known([one.pk for one in ways])
    found = {one.code: _line(one, known) for one in ways}
    order = engine.worst_first([(code, line.gaps) for code, line in found.items()], on=day(at))
    return [found[code] for code in order]


def queue(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Paper]:
    """Return the documents that were given and wait for this officer: what is due soonest first, then what came first."""
    waiting = access.papers(person, scope=scope, at=at).filter(state="given")
    return waiting.order_by(F("due_at").asc(nulls_last=True), "given_at", "pk")


def _known(keys: Sequence[int]) -> Known:
    known = Known(
        papers={key: {} for key in keys},
        holding={key: {} for key in keys},
        visas={key: [] for key in keys},
        minutes={key: {} for key in keys},
        results={key: {} for key in keys},
    )
    for paper in Paper.objects.filter(clearance__in=keys).exclude(state__in=GONE).order_by("turn"):
        known.papers[paper.clearance_id][paper.kind] = paper
        if paper.state in HOLDING:
            known.holding[paper.clearance_id][paper.kind] = paper
    for visa in Visa.objects.filter(clearance__in=keys).exclude(state="taken_back").order_by("asked_at", "pk"):
        known.visas[visa.clearance_id].append(visa)
    held = Presence.objects.filter(clearance__in=keys, lesson__state="held").values("clearance", "lesson__topic")
    for row in held.annotate(sum=Sum("minutes")).order_by():
        known.minutes[row["clearance"]][row["lesson__topic"]] = row["sum"]
    for result in Result.objects.filter(clearance__in=keys).order_by("at", "pk"):
        known.results[result.clearance_id][result.topic] = result.result
    return known


def _line(clearance: Clearance, known: Known) -> Line:
    papers, visas = known.papers[clearance.pk], known.visas[clearance.pk]
    ends = _visa_ends(clearance, papers, visas)
    if clearance.state in access.ABROAD:
        return Line(clearance, _abroad(papers, ends), papers, ends)
    said, group = terms(clearance), travelling(clearance)
    before = {one.code for one in said.documents if one.due.event == "departure"}
    holding = known.holding[clearance.pk]
    minutes, results = known.minutes[clearance.pk], known.results[clearance.pk]
    attended = tuple(
        preparing.Attended(topic=topic, minutes=minutes.get(topic, 0), result=results.get(topic, ""))
        for topic in sorted({*minutes, *results})
    )
    state = engine.State(
        documents=tuple(_document(one) for kind, one in sorted((papers | holding).items()) if kind in before),
        preparation=preparing.rows(said.preparation, attended, share=said.departing.attendance.value),
        visa=visas[-1].state if visas else "",
        departs_on=day(group.departs_at) if group else None,
        met_by=bool(group and group.met_by),
    )
    return Line(clearance, engine.missing(state), papers, ends)


def _by_day(papers: dict[str, Paper]) -> list[Paper]:
    return sorted(papers.values(), key=lambda one: (one.due_at is None, one.due_at or one.asked_at, one.kind))


def _document(paper: Paper) -> engine.Document:
    return engine.Document(
        code=paper.kind,
        truth=TRUTH.get(paper.state, "missing"),
        due_on=day(paper.due_at) if paper.due_at else None,
        ends_on=paper.expires_on if paper.state in TRUTH else None,
    )


def _visa_ends(clearance: Clearance, papers: dict[str, Paper], visas: list[Visa]) -> dt.date | None:
    kinds = {one.code for one in terms(clearance).documents if one.kind == "visa"}
    known = [one.valid_until for one in visas if one.state == "issued"]
    known += [one.expires_on for kind, one in papers.items() if kind in kinds and one.state != "asked"]
    return max((one for one in known if one), default=None)


def _abroad(papers: dict[str, Paper], visa_ends: dt.date | None) -> tuple[engine.Missing, ...]:
    """Return what those lack who have left home: documents that are asked or have ended, and when their visa ends."""
    found = [
        engine.Missing(code="document.missing", about=one.kind, due_on=day(one.due_at) if one.due_at else None)
        for one in _by_day(papers)
        if one.state in ("asked", "expired")
    ]
    return (*found, engine.Missing(code="visa.ends", due_on=visa_ends)) if visa_ends else tuple(found)
