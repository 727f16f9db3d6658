"""The pages of outages: recorded by an operator, confirmed by a second person, and what they moved, for everybody to see."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import access as people
from rantau.programmes import queries
from rantau.programmes.actions import outages as actions
from rantau.web.sentences import refusal_sentence

from .forms import OutageForm, posted
from .sentences import DONE, MISSED, MOVED

READS = (Role.OPERATOR, Role.COORDINATOR)
"""Who sees what is recorded and not confirmed yet."""


@require_GET
def outages(request: HttpRequest, programme: str) -> HttpResponse:
    """Show the confirmed outages and which deadlines they moved, how many and to when; nobody is named."""
    found = [_said(one) for one in queries.outages(request.programme) if one.state == "confirmed"]
    return render(request, "selection/outages.html", {"found": found})


@login_required
@require_http_methods(["GET", "POST"])
def outage_desk(request: HttpRequest, programme: str) -> HttpResponse:
    """Show every outage with what it moved and what it came too late for; let an operator record one."""
    wanted = READS if request.method == "GET" else (Role.OPERATOR,)
    held = people.require(request.user, *wanted, scope=programme, at=request.at)
    form = OutageForm(posted(request))
    if form.is_valid() and _recorded(request, form):
        messages.success(request, DONE["outage"])
        return redirect("outage_desk", programme=programme)
    context = {
        "form": form if Role.OPERATOR in held else None,
        "found": [_said(one, person=request.user) for one in queries.outages(request.programme)],
    }
    return render(request, "selection/outage_desk.html", context, status=422 if form.is_bound else 200)


def _recorded(request: HttpRequest, form: OutageForm) -> bool:
    """Record it, or say in the form why that span is not possible."""
    try:
        actions.record(
            programme=request.programme, person=request.user, at=request.at, chance=request.chance, **form.given()
        )
    except Refusal as refusal:
        if refusal.code not in ("outage.span", "outage.exists"):
            raise
        form.add_error("until_on", refusal_sentence(refusal, programme=request.programme))
        return False
    return True


@login_required
@require_POST
def outage_confirm(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Confirm an outage as a second person."""
    return _decided(request, ref, "outage_confirm")


@login_required
@require_POST
def outage_discard(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Discard what was recorded wrongly."""
    return _decided(request, ref, "outage_discard")


def _decided(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    people.require(request.user, *READS, scope=request.programme.code, at=request.at)
    found = queries.outage(request.programme, ref)
    decide = actions.confirm if name == "outage_confirm" else actions.discard
    decide(of=found, person=request.user, at=request.at)
    messages.success(request, DONE[name])
    return redirect("outage_desk", programme=request.programme.code)


def _said(outage: Any, *, person: Any = None) -> dict[str, Any]:
    """Return an outage with its counts in words, intake by intake."""
    return {
        "outage": outage,
        "own": person is not None and outage.recorded_by == person.ref,
        "shifts": [
            {
                "shift": shift,
                "moved": [(MOVED[kind], number) for kind, number in shift.moved.items()],
                "missed": [(MISSED[kind], number) for kind, number in shift.missed.items()],
            }
            for shift in outage.shifts.all()
        ],
    }
