"""The coordinator's pages of a division: announce, what a decision waits for, decide, see it, publish it, finish."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rantau.allocation import access, queries
from rantau.allocation.actions import deciding, wishing
from rantau.allocation.queries import desks, steps
from rantau.engine.flow import Role
from rantau.engine.placing import KINDS as EVERY
from rantau.engine.refusal import Refusal
from rantau.people import access as people
from rantau.programmes import queries as programmes
from rantau.programmes.queries import deadline, terms
from rantau.web.selection.desk import planned

from .drawing import bars
from .sentences import ANSWERS, DONE, KINDS, NEXT, PLACES, STATES, WAITING
from .words import places_of, ruled, titled, unknown


def _read(request: HttpRequest) -> Any:
    """Return the programme's intake to a coordinator or an auditor, or raise DoesNotExist before the first is planned.

    :raises Refusal: `role.missing`
    """
    scope = request.programme.code
    people.require(request.user, Role.COORDINATOR, Role.AUDITOR, scope=scope, at=request.at)
    intake = programmes.intake(request.programme)
    if intake is None:
        raise ObjectDoesNotExist
    return intake


def _announced(request: HttpRequest, kind: str) -> Any:
    """Return an announced division to the programme's coordinator or auditor, or raise DoesNotExist."""
    return access.desk(request.user, scope=request.programme.code, at=request.at).get(
        kind=kind, intake=programmes.intake(request.programme)
    )


def _row(intake: Any, kind: str, request: HttpRequest) -> dict[str, Any] | None:
    found = queries.of(intake, kind)
    now = steps.step(intake, kind, found, at=request.at)
    if now == "undivided":
        return None
    words, tone = STATES[found.state if found else "new"]
    return {
        "kind": kind,
        "title": KINDS[kind],
        "words": words,
        "tone": tone,
        "next": NEXT[now][0],
        "ready": now in steps.READY,
        "found": found,
    }


@login_required
@require_GET
def allocations(request: HttpRequest, programme: str) -> HttpResponse:
    """Show each division of the intake, where it stands and its next step."""
    intake = _read(request)
    rows = [row for kind in EVERY if (row := _row(intake, kind, request))]
    return render(request, "allocation/desk_index.html", {"intake": intake, "rows": rows, **_me(request)})


def _me(request: HttpRequest) -> dict[str, Any]:
    held = people.roles(request.user, scope=request.programme.code, at=request.at)
    return {"coordinates": Role.COORDINATOR in held}


@login_required
@require_GET
def allocation_desk(request: HttpRequest, programme: str, kind: str) -> HttpResponse:
    """Show where a division stands: the next step, counts, what is waited for, the newest run, the answers."""
    intake = _read(request)
    if queries.of(intake, kind) is None:
        if kind not in EVERY:
            raise ObjectDoesNotExist
        return redirect("allocation_announce", programme=programme, kind=kind)
    return _desk(request, _announced(request, kind))


def _desk(request: HttpRequest, found: Any, *, infeasible: dict[str, Any] | None = None) -> HttpResponse:
    named = terms(found.intake.version)
    titles = places_of(named, found.kind)
    now = steps.step(found.intake, found.kind, found, at=request.at)
    run = desks.preview(found)
    stands = desks.standing(found)
    context = {
        "allocation": found,
        "intake": found.intake,
        "title": KINDS[found.kind],
        "word": PLACES[found.kind],
        "state": STATES[found.state],
        "code": now,
        "step": NEXT[now],
        "ready": now in steps.READY,
        "by": found.wishes_until if now == "open" else found.answers_until if now == "answers" else None,
        "waiting": [(count, WAITING[key]) for key, count in queries.pending(found).items()],
        "counts": desks.counts(found),
        "rules": ruled(queries.rules(found), titles, named),
        "run": run,
        "answers": [(words, stands["answers"][state]) for state, words in ANSWERS.items() if stands["answers"][state]],
        "places": [row | {"title": titles[row["code"]]} for row in stands["places"]],
        "unplaced": stands["unplaced"],
        "infeasible": infeasible,
        **(_result(run, titles) if run else {}),
        **_me(request),
    }
    return render(request, "allocation/desk.html", context, status=409 if infeasible else 200)


def _result(run: dict[str, Any], titles: dict[str, str]) -> dict[str, Any]:
    """Return what a run gives, counted."""
    return {
        "bars": bars(run["places"], titles),
        "rows": [place | {"title": titles[place["code"]]} for place in run["places"]],
        "people": len(run["codes"]),
        "without": sum(place is None for _, place in run["codes"]),
        "unfilled": [(titles.get(code, code), missing) for code, missing in run["unfilled"].items()],
    }


@login_required
@require_http_methods(["GET", "POST"])
def allocation_announce(request: HttpRequest, programme: str, kind: str) -> HttpResponse:
    """Show the rules that would be announced, or what of them is unpublished; then announce and open the lists."""
    intake = planned(request)
    if kind not in EVERY:
        raise ObjectDoesNotExist
    if request.method == "POST":
        wishing.announce(intake=intake, kind=kind, person=request.user, at=request.at, chance=request.chance)
        return _done(request, kind, "announce")
    if queries.of(intake, kind):
        return redirect("allocation_desk", programme=programme, kind=kind)
    named = terms(intake.version)
    now, missing = steps.before(intake, kind), steps.missing(intake, kind)
    context = {
        "intake": intake,
        "kind": kind,
        "title": KINDS[kind],
        "word": PLACES[kind],
        "code": now,
        "step": NEXT.get(now),
        "missing": unknown(named, missing or ()),
        "until": deadline(request.at, named.windows.wish_days.value or 0),
        "days": named.windows.place_days.value,
    }
    if missing == ():
        context["rules"] = ruled(queries.possible(intake, kind), places_of(named, kind), named)
    return render(request, "allocation/announce.html", context)


def _done(request: HttpRequest, kind: str, what: str) -> HttpResponse:
    messages.success(request, DONE[what])
    return redirect("allocation_desk", programme=request.programme.code, kind=kind)


@login_required
@require_POST
def allocation_decide(request: HttpRequest, programme: str, kind: str) -> HttpResponse:
    """Apply the announced rules; where minima cannot be met, say what is short and what is in conflict."""
    found = _announced(request, kind)
    try:
        deciding.decide(allocation=found, person=request.user, at=request.at)
    except Refusal as refusal:
        if refusal.code != "allocation.infeasible":
            raise
        return _desk(request, found, infeasible=_infeasible(found, refusal))
    return _done(request, kind, "decide")


def _infeasible(found: Any, refusal: Refusal) -> dict[str, Any]:
    """Return which minima are in conflict, and those that too few people could fill."""
    titles = titled(queries.titles(found))
    return {
        "conflict": [titles.get(code, code) for code in refusal.facts["conflict"]],
        "short": [row | {"title": titles.get(row["group"], row["group"])} for row in refusal.facts["shortfall"]],
    }


@login_required
@require_http_methods(["GET", "POST"])
def allocation_publish(request: HttpRequest, programme: str, kind: str) -> HttpResponse:
    """Show what becomes public and until when places are answered; then publish."""
    planned(request)
    found = _announced(request, kind)
    if request.method == "POST":
        deciding.publish(allocation=found, person=request.user, at=request.at, chance=request.chance)
        return _done(request, kind, "publish")
    run = desks.preview(found)
    if found.state != "decided" or run is None:
        return redirect("allocation_desk", programme=programme, kind=kind)
    named = terms(found.intake.version)
    context = {
        "allocation": found,
        "title": KINDS[kind],
        "word": PLACES[kind],
        "run": run,
        "until": deadline(request.at, named.windows.place_days.value or 0),
        **_result(run, places_of(named, kind)),
    }
    return render(request, "allocation/publish.html", context)


@login_required
@require_POST
def allocation_finish(request: HttpRequest, programme: str, kind: str) -> HttpResponse:
    """End the rounds."""
    deciding.finish(allocation=_announced(request, kind), person=request.user, at=request.at)
    return _done(request, kind, "finish")
