"""The officers' board of documents: who lacks what, by when, worst first; each office sees its own part, also as a sheet."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from rantau.departure import access, queries
from rantau.departure.queries import board
from rantau.engine.flow import Role
from rantau.people import access as people
from rantau.programmes.queries import day
from rantau.web import tables

from .forms import Sift
from .sentences import STATES, WAYS
from .words import gap, standing, titles

READERS = (Role.COORDINATOR, Role.VERIFIER, Role.SCHOOL, Role.HOME_MISSION)
OFFICERS = frozenset({Role.COORDINATOR, Role.VERIFIER, Role.HOME_MISSION})
"""Who reads how far a document is known to be true; a school reads only whether it is there."""
BEYOND = ("visa.refused",)
"""What a school learns from its pupil and not from the board."""
THERE = ("given", "seen", "confirmed", "waived")
FULL = tuple(state for state in STATES if state != "there")
PLAIN = ("late", "asked", "there")
PAGE = 100
QUEUE = 8
STEP = 20
"""How wide one document is in the strip."""


@login_required
@require_GET
def papers_board(request: HttpRequest, programme: str) -> HttpResponse:
    """Show who lacks what by when, worst first, with filters, counts and a strip a person."""
    held = people.require(request.user, *READERS, scope=programme, at=request.at)
    found = _Board(request, held)
    page = Paginator(found.shown, PAGE).get_page(request.GET.get("halaman"))
    looks = bool(held & {Role.VERIFIER, Role.HOME_MISSION})
    queue = board.queue(request.user, scope=programme, at=request.at) if looks else None
    context = {
        "terms": found.terms,
        "form": found.form,
        "full": found.full,
        "rows": page,
        "people": len(found.lines),
        "counts": found.counts(),
        "queue": [_waiting(found, one) for one in queue[:QUEUE]] if queue is not None else [],
        "waiting": queue.count() if queue is not None else 0,
        "looks": looks,
        "coordinates": Role.COORDINATOR in held,
        "asked": request.GET.urlencode(),
    }
    return render(request, "preparing/board.html", context)


def _waiting(found: "_Board", paper: Any) -> dict[str, Any]:
    title = found.titles.get(paper.kind, paper.kind)
    return {"paper": paper, "title": title, "person": paper.clearance.application.person}


class _Board:
    """What an office sees of everybody's documents, and which of it was asked for."""

    def __init__(self, request: HttpRequest, held: frozenset[Role]) -> None:
        self.terms, self.at = queries.rules_of(request.programme), request.at
        self.full, self.coded = bool(held & OFFICERS), bool(held & {Role.COORDINATOR, Role.VERIFIER})
        self.titles = titles(self.terms)
        scope = request.programme.code
        ways = access.visible(request.user, scope=scope, at=request.at).exclude(state__in=access.LEFT)
        looks = access.papers(request.user, scope=scope, at=request.at).values_list("clearance", flat=True)
        self.opens = set(looks)
        self.coordinates = Role.COORDINATOR in held
        self.lines = [self._line(line) for line in board.lines(ways, at=request.at)]
        asked = {one.code: self.titles[one.code] for one in self.terms.documents}
        self.form = Sift(request.GET or None, titles=asked, states=FULL if self.full else PLAIN)
        wanted = self.form.cleaned_data if self.form.is_valid() else {"dokumen": "", "keadaan": ""}
        self.shown = [line for line in self.lines if _wanted(line, **wanted)]

    def _line(self, line: board.Line) -> dict[str, Any]:
        cells = [self._cell(line, rule) for rule in self.terms.documents if rule.code in line.papers]
        gaps = [one for one in line.gaps if self.full or one.code not in BEYOND]
        if not self.full:
            gaps = [one for one in gaps if not one.code.startswith("document.unseen")]
        due = min((one.due_on for one in gaps if one.due_on), default=None)
        left = (due - day(self.at)).days if due else 0
        label, tone, _means = WAYS[line.clearance.state]
        return {
            "clearance": line.clearance,
            "application": line.clearance.application,
            "code": line.clearance.application.code if self.coded else "",
            "name": line.clearance.application.person.name,
            "way": label,
            "way_tone": tone,
            "gaps": _by_day([gap(one, self.titles) for one in gaps]),
            "due": due,
            "days": left,
            "late": max(0, -left),
            "cells": [{**cell, "x": STEP // 2 + STEP * place} for place, cell in enumerate(cells)],
            "wide": STEP * len(cells),
            "there": sum(cell["state"] in (*THERE, "there") for cell in cells),
            "visa_ends": line.visa_ends if self.full else None,
        }

    def _cell(self, line: board.Line, rule: Any) -> dict[str, Any]:
        paper = line.papers[rule.code]
        state = standing(paper, self.at)
        if not self.full:
            state = "late" if state == "late" else "there" if state in THERE else "asked"
        words, tone = STATES[state]
        opens = paper.clearance_id in self.opens or (self.coordinates and paper.state == "asked")
        return {
            "kind": rule.code,
            "title": self.titles[rule.code],
            "state": state,
            "words": words,
            "tone": tone,
            "due": paper.due_at,
            "ref": paper.ref if opens else "",
        }

    def counts(self) -> list[dict[str, Any]]:
        """Return for each document how many people's stands how, worst first."""
        found = []
        for rule in self.terms.documents:
            cells = [cell for line in self.lines for cell in line["cells"] if cell["kind"] == rule.code]
            by_state = [(state, sum(cell["state"] == state for cell in cells)) for state in STATES]
            signs = [(state, n, *STATES[state]) for state, n in by_state if n]
            if signs:
                found.append({"kind": rule.code, "title": self.titles[rule.code], "signs": signs})
        return found


def _by_day(gaps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what is missing joined day by day, what has no day last."""
    found: dict[Any, list[str]] = {}
    for one in sorted(gaps, key=lambda one: (one["due"] is None, one["due"] or dt.date.max)):
        found.setdefault(one["due"], []).append(one["words"])
    return [{"due": due, "words": "; ".join(words)} for due, words in found.items()]


def _wanted(line: dict[str, Any], *, dokumen: str, keadaan: str) -> bool:
    if not dokumen and not keadaan:
        return True
    return any(dokumen in ("", cell["kind"]) and keadaan in ("", cell["state"]) for cell in line["cells"])


# --- as a sheet ----------------------------------------------------------------------------------------------------------
CODE = tables.Column("kode", _("Code"))
NAME = tables.Column("nama", _("Name"))
WAY = tables.Column("perjalanan", pgettext_lazy("way", "State"))
NEXT = tables.Column("terdekat", _("Next day"))
LACKS = tables.Column("kurang", _("What is missing"))


@login_required
@require_GET
def papers_out(request: HttpRequest, programme: str) -> HttpResponse:
    """Give the shown part of the board as CSV: states and days of documents, and no number of anything."""
    held = people.require(request.user, *READERS, scope=programme, at=request.at)
    found = _Board(request, held)
    documents = [tables.Column(one.code, found.titles[one.code]) for one in found.terms.documents]
    columns = ([CODE] if found.coded else []) + [NAME, WAY, NEXT, LACKS, *documents]
    return tables.download_csv(tables.write_csv(columns, [_sheet(line) for line in found.shown]), "dokumen")


def _sheet(line: dict[str, Any]) -> dict[str, str]:
    return {
        "kode": line["code"],
        "nama": line["name"],
        "perjalanan": str(line["way"]),
        "terdekat": line["due"].isoformat() if line["due"] else "",
        "kurang": "; ".join(one["words"] for one in line["gaps"]),
        **{cell["kind"]: str(cell["words"]) for cell in line["cells"]},
    }
