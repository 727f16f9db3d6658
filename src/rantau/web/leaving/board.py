"""The coordinator's board of an intake's ways, and one person's: who lacks what, clear, refuse, take back, not boarded."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from rantau.departure import access, queries
from rantau.departure.actions import clearing, groups
from rantau.departure.queries import exchange, leaving
from rantau.departure.queries import homeward as ways_home
from rantau.departure.queries import visas as asked
from rantau.engine.flow import Role
from rantau.people import access as people
from rantau.programmes.queries import day
from rantau.web.selection.desk import planned

from .forms import ReasonForm, RefuseForm
from .sentences import DONE, GROUPS, HOMEWARDS, REFUSED, STATES, VISA_REASONS, VISAS
from .words import gaps, row

STEPS = ("clear", "reopen", "refuse", "miss")


@login_required
@require_GET
def leaving_desk(request: HttpRequest, programme: str) -> HttpResponse:
    """Show where all ways of the intake stand: counts, groups, who can be cleared, who lacks what."""
    intake = planned(request)
    found = leaving.board(intake, at=request.at)
    today = day(request.at)
    context = {
        "intake": intake,
        "funnel": [(STATES[name][0], number) for name, number in found.counts.items()],
        "groups": [
            {"group": one, "people": people_, "ready": ready, "words": GROUPS[one.state], "days": _days(one, today)}
            for one, people_, ready in found.groups
        ],
        "lacking": [
            {**row(one.clearance), "gaps": gaps(one.clearance, one.gaps), "late": _late(one.gaps, today)}
            for one in found.lacking
        ],
        "ready": [row(one) for one in found.ready],
    }
    return render(request, "leaving/desk.html", context)


def _days(group: Any, today: Any) -> int | None:
    left = (day(group.departs_at) - today).days
    return left if group.state in ("planned", "announced") and left >= 0 else None


def _late(found: Any, today: Any) -> int:
    return sum(1 for gap in found if gap.due_on and gap.due_on < today)


def _way(request: HttpRequest, code: str) -> Any:
    people.require(request.user, Role.COORDINATOR, scope=request.programme.code, at=request.at)
    return access.get(request.user, code, scope=request.programme.code, at=request.at)


@login_required
@require_GET
def leaving_person(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show one person's way: what is missing, the visa, the group, and the steps that can be taken now."""
    return _person(request, _way(request, code))


def _person(request: HttpRequest, way: Any, status: int = 200, **forms: Any) -> HttpResponse:
    visa, home = asked.newest(way), ways_home.newest(way)
    context = {
        **row(way),
        "group": queries.travelling(way),
        "gaps": gaps(way, queries.gaps(way)),
        "visa": (*VISAS[visa.state], visa) if visa else None,
        "visa_reason": VISA_REASONS.get(visa.reason) if visa else None,
        "home": (*HOMEWARDS[home.state], home) if home else None,
        "checked": leaving.recompute(way),
        "reason": REFUSED.get(way.reason),
        "outside": exchange.outside(way),
        "late": leaving.missing(way, at=request.at),
        "refuse_form": RefuseForm(initial={"reason": "visa" if visa and visa.state == "refused" else None}),
        "reopen_form": ReasonForm(prefix="reopen"),
        **forms,
    }
    return render(request, "leaving/person.html", context, status=status)


@login_required
@require_POST
def leaving_step(request: HttpRequest, programme: str, code: str, step: str) -> HttpResponse:
    """Take one of the coordinator's steps on somebody's way."""
    way = _way(request, code)
    if step not in STEPS:
        raise ObjectDoesNotExist
    who = {"clearance": way, "person": request.user, "at": request.at}
    if step == "refuse":
        form = RefuseForm(request.POST)
        if not form.is_valid():
            return _person(request, way, 422, refuse_form=form, wrong=form)
        clearing.refuse(**who, **form.cleaned_data)
    elif step == "reopen":
        again = ReasonForm(request.POST, prefix="reopen")
        if not again.is_valid():
            return _person(request, way, 422, reopen_form=again, wrong=again)
        clearing.reopen(**who, **again.cleaned_data)
    elif step == "clear":
        clearing.clear(**who)
    else:
        groups.miss(**who)
    messages.success(request, DONE[step])
    return redirect("leaving_person", programme=programme, code=code)
