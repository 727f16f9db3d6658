"""Arrivals, for the home mission and those who answer with it: who left, who arrived, who is missing since when."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from rantau.departure import access
from rantau.departure.actions import arriving
from rantau.departure.queries import family, leaving
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import access as people
from rantau.web.applications.pages import refuse

from .forms import ReportForm, split
from .sentences import DONE, GROUPS
from .words import labels, row

WATCH = (Role.HOME_MISSION, Role.COORDINATOR, Role.PROTECTION)


@login_required
@require_GET
def arrivals(request: HttpRequest, programme: str) -> HttpResponse:
    """Show every group with who is missing first, and the form by which the home mission reports arrivals."""
    people.require(request.user, *WATCH, scope=request.programme.code, at=request.at)
    return _shown(request)


def _shown(request: HttpRequest, status: int = 200, form: Any = None, kin: Any = None) -> HttpResponse:
    scope = request.programme.code
    held = people.roles(request.user, scope=scope, at=request.at)
    found = leaving.expected(request.user, scope=scope, at=request.at)
    away = [one for group in found for one in (*group.missing, *group.on_the_way)]
    reads = bool(held & access.TOLD)
    context = {
        "missing": [_missing(one, reads, kin) for group in found for one in group.missing],
        "groups": [
            {
                "group": one.group,
                "words": GROUPS[one.group.state],
                "on_the_way": [row(way) for way in one.on_the_way],
                "arrived": [row(way) for way in one.arrived],
                "missing": len(one.missing),
            }
            for one in found
        ],
        "form": form,
        "reads": reads,
        "coordinates": Role.COORDINATOR in held,
    }
    if Role.HOME_MISSION in held and away and form is None:
        context["form"] = _form(away, away[0].group)
    return render(request, "leaving/arrivals.html", context, status=status)


def _form(away: list[Any], group: Any) -> Any:
    form = ReportForm(people=labels(away))
    form.initial["arrived_on"], form.initial["arrived_time"] = split(group.arrives_at if group else None)
    return form


def _missing(clearance: Any, reads: bool, kin: Any) -> dict[str, Any]:
    """Return somebody who is missing: their own number, and whether somebody at home may be called, to those who may call.

    `kin` is a pair, a code and whom to call, where that was just opened.
    """
    return {
        **row(clearance),
        "since": clearance.arrive_by,
        "phone": clearance.application.person.phone if reads else "",
        "tellable": reads and family.tellable(clearance, "arrival"),
        "kin": kin[1] if kin and kin[0] == clearance.code else None,
    }


@login_required
@require_POST
def arrival_kin(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show whom at home one may call of somebody who is missing; that it was read is put on record."""
    scope = request.programme.code
    people.require(request.user, *WATCH, scope=scope, at=request.at)
    way = access.abroad(request.user, scope=scope, at=request.at).get(code=code)
    return _shown(request, kin=(way.code, family.kin(way, "arrival", person=request.user, at=request.at)))


@login_required
@require_POST
def arrivals_report(request: HttpRequest, programme: str) -> HttpResponse:
    """Report that those who are ticked arrived, and when."""
    scope = request.programme.code
    people.require(request.user, Role.HOME_MISSION, scope=scope, at=request.at)
    away = {one.code: one for one in access.abroad(request.user, scope=scope, at=request.at).filter(state="departed")}
    form = ReportForm(request.POST, people=labels(away.values()))
    if form.is_valid():
        ticked = [away[one] for one in form.cleaned_data["people"]]
        try:
            arriving.report_all(clearances=ticked, arrived_at=form.at("arrived"), person=request.user, at=request.at)
        except Refusal as refusal:
            refuse(form, "arrived_on", refusal, "arrival.time")
        else:
            messages.success(request, DONE["arrivals"])
            return redirect("arrivals", programme=programme)
    return _shown(request, 422, form)
