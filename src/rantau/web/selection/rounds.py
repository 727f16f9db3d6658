"""The coordinator's pages of a round: freeze with a named source, draw, compute, look at what becomes public, publish."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from rantau.engine.refusal import Refusal
from rantau.programmes.queries import deadline, terms
from rantau.selection import queries
from rantau.selection.actions import rounds
from rantau.selection.queries import public
from rantau.web.sentences import refusal_sentence

from .desk import planned
from .forms import DrawForm, FreezeForm, posted
from .sentences import DONE, KINDS, OUTCOMES, PENDING

FIELDS = {
    "round.source": "source",
    "round.substitutes": "substitutes",
    "round.soon": "on",
    "round.value": "value",
    "round.evidence": "evidence",
}
"""Where on its form a refusal is shown."""


def _waiting(intake: Any) -> list[tuple[int, Any]]:
    return [(count, PENDING[key]) for key, count in queries.pending(intake).items()]


def _current(request: HttpRequest) -> Any:
    """Return the round that is under way, the final one once it is frozen, to the programme's coordinator."""
    intake = planned(request)
    found = queries.round_of(intake, "final") or queries.round_of(intake, "provisional")
    if found is None:
        raise ObjectDoesNotExist
    return found


def _done(request: HttpRequest, what: str) -> HttpResponse:
    messages.success(request, DONE[what])
    return redirect("desk", programme=request.programme.code)


@login_required
@require_http_methods(["GET", "POST"])
def freeze(request: HttpRequest, programme: str) -> HttpResponse:
    """Show what a freeze waits for and what it binds; ask for the source of chance, and freeze."""
    intake = planned(request)
    form = FreezeForm(posted(request))
    if form.is_valid() and _accepted(form, lambda: rounds.freeze(intake=intake, **form.given(), **_acting(request))):
        return _done(request, "freeze")
    context = {
        "form": form,
        "intake": intake,
        "waiting": _waiting(intake),
        "rows": len(queries.ranked_applications(intake)),
        "rules": queries.rules(intake),
        "criteria": queries.criteria(intake),
    }
    return render(request, "selection/freeze.html", context, status=422 if form.is_bound else 200)


def _acting(request: HttpRequest) -> dict[str, Any]:
    return {"person": request.user, "at": request.at, "chance": request.chance}


def _accepted(form: Any, act: Callable[[], Any]) -> bool:
    """Do it and return true, or show at its field what was refused about one; other refusals go their way."""
    try:
        act()
    except Refusal as refusal:
        if refusal.code not in FIELDS:
            raise
        form.add_error(FIELDS[refusal.code], refusal_sentence(refusal))
    return not form.errors


@login_required
@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest, programme: str) -> HttpResponse:
    """Ask which of the named sources gave what, and for the evidence, which is published."""
    round_ = _current(request)
    form = DrawForm(posted(request), request.FILES or None, source=round_.source)
    given = {"round_": round_, "person": request.user, "at": request.at}
    if form.is_valid() and _accepted(form, lambda: rounds.draw(**given, **form.cleaned_data)):
        return _done(request, "draw")
    context = {"form": form, "told": public.announced(round_.intake)}
    return render(request, "selection/draw.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def run(request: HttpRequest, programme: str) -> HttpResponse:
    """Apply the rules to the frozen rows."""
    rounds.run(round_=_current(request), person=request.user, at=request.at)
    return _done(request, "run")


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, programme: str) -> HttpResponse:
    """Show what becomes public and until when objections are open; then publish."""
    round_ = _current(request)
    if request.method == "POST":
        rounds.publish(round_=round_, person=request.user, at=request.at)
        return _done(request, "publish")
    if round_.state != "decided":
        return redirect("desk", programme=programme)
    decided = queries.decision(round_)
    counted: Counter[str] = Counter(o.outcome for o in decided.outcomes)
    windows = terms(round_.intake.version).windows
    days = windows.objection_days if round_.kind == "provisional" else windows.offer_days
    context = {
        "round": round_,
        "kind": KINDS[round_.kind],
        "signed": public.signing_key() is not None,
        "counts": [(OUTCOMES[key][0], counted[key]) for key in OUTCOMES],
        "ranked": sum(o.rank is not None for o in decided.outcomes),
        "rows": len(decided.outcomes),
        "cut": decided.cut,
        "changed": queries.changed_marks(round_.intake),
        "until": deadline(request.at, days.value or 0),
    }
    return render(request, "selection/publish.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def freeze_final(request: HttpRequest, programme: str) -> HttpResponse:
    """Show what the final freeze waits for; then freeze, once."""
    intake = planned(request)
    if request.method == "POST":
        rounds.freeze_final(intake=intake, person=request.user, at=request.at, chance=request.chance)
        return _done(request, "freeze_final")
    context = {
        "provisional": queries.published(intake, "provisional"),
        "waiting": _waiting(intake),
        "changed": queries.changed_marks(intake),
        "rows": len(queries.ranked_applications(intake)),
    }
    return render(request, "selection/freeze_final.html", context)
