"""The agreements of a programme: what anybody may know of them, and for who has a part in them what is to be done."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from rantau.agreements import access, wording
from rantau.agreements.actions import drafting
from rantau.agreements.queries import desks
from rantau.agreements.queries import public as queries
from rantau.figures.queries import AGREED
from rantau.programmes.queries import terms

from .drawing import drawn
from .start_forms import StartForm
from .table import back
from .turns import turn
from .words import KINDS, SAID, STATES

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def agreements(request: HttpRequest, programme: str) -> HttpResponse:
    """Show how far each agreement is, to everybody; to who has a part in them, what is to be done next."""
    known = terms(request.programme.version)
    rows = told(request.programme)
    missing = expected(rows, known)
    context = {
        "terms": known,
        "rows": rows,
        "expected": missing,
        "talks": ", ".join(str(row["kind"]) for row in missing if row["claim"]),
        "own": _own(request),
        "starts": _starts(request),
    }
    template = "agreements/desk.html" if context["own"] is not None else "agreements/public.html"
    return render(request, template, context)


def told(programme: Any) -> list[dict[str, Any]]:
    """Return every tabled agreement of a programme as anybody may know it."""
    return [
        {
            "agreement": one.agreement,
            "kind": KINDS[one.agreement.kind],
            "state": STATES[one.agreement.state],
            "said": SAID.get(one.agreement.state, ""),
            "number": one.number,
            "since": one.since,
            "waits": one.waits,
            "readable": one.readable,
            "line": drawn(one.agreement.state, key=f"line-{one.agreement.code}"),
        }
        for one in queries.told(programme)
    ]


def expected(rows: list[dict[str, Any]], known: Any) -> list[dict[str, Any]]:
    """Return the kinds of agreement that the programme needs and of which nothing is known yet, with what was said.

    `rows` are the agreements that anybody may know of.
    """
    there = {row["agreement"].kind for row in rows}
    claims = {AGREED[claim.measure]: claim for claim in known.claims if claim.measure in AGREED}
    sources = {source.key: source for source in known.sources}
    found: dict[str, dict[str, Any]] = {}
    for row in known.milestones:
        if row.agreement and row.agreement not in there:
            claim = claims.get(row.agreement)
            found[row.agreement] = {
                "kind": KINDS[row.agreement],
                "why": row.why,
                "claim": claim,
                "sources": [sources[key] for key in claim.sources] if claim else [],
            }
    return list(found.values())


def _own(request: HttpRequest) -> list[dict[str, Any]] | None:
    """Return what a person with a mandate, or who reads everything, sees of each agreement; None for everybody else."""
    who, at = request.user, request.at
    if not (access.offices(who, request.programme, at=at) or access.reads_all(who, request.programme, at=at)):
        return None
    rows = []
    for one in access.visible(who, request.programme, at=at).distinct():
        words, tone = STATES[one.state]
        may = desks.possible(who, one, at=at)
        rows.append(
            {
                "agreement": one,
                "kind": KINDS[one.kind],
                "words": words,
                "tone": tone,
                "turn": turn(request, one, may=may),
            }
        )
    return rows


def _starts(request: HttpRequest) -> list[tuple[str, Any]]:
    """Return the kinds of agreement whose first draft the person may write."""
    mandates = access.mandates(request.user, request.programme, at=request.at)
    kinds = {one.code: one.kind for one in terms(request.programme.version).offices}
    own = {kinds.get(one.office) for one in mandates if "draft" in one.powers}
    return [(one.kind, KINDS[one.kind]) for one in wording.templates() if own & set(one.signs)]


@login_required
@require_http_methods(METHODS)
def agreement_start(request: HttpRequest, programme: str) -> HttpResponse:
    """Ask which agreement is to be drafted, then write its first draft from the template and the programme."""
    kinds = _starts(request)
    if not kinds:
        return redirect("agreements", programme=programme)
    visible = list(access.visible(request.user, request.programme, at=request.at).distinct())
    form = StartForm(request.POST if request.method == "POST" else None, kinds=kinds, visible=visible)
    if not form.is_valid():
        return render(request, "agreements/start.html", {"form": form}, status=422 if form.is_bound else 200)
    made = drafting.draft(
        programme=request.programme, person=request.user, at=request.at, chance=request.chance, **form.given()
    )
    return back(request, made, "start")


def announced(programme: Any, known: Any) -> dict[str, Any]:
    """Return for a programme's announcement how far its agreements are, and of which nothing is known."""
    rows = told(programme)
    return {"rows": rows, "expected": expected(rows, known)}
