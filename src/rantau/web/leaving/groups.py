"""The coordinator's pages of a group that leaves together: plan, change, people in and out, announce, departed, cancelled."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rantau.departure import access, queries
from rantau.departure.actions import groups as acts
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import access as people
from rantau.web.applications.pages import refuse
from rantau.web.selection.desk import planned
from rantau.web.selection.forms import posted

from .forms import GroupForm, PeopleForm
from .sentences import DONE, GROUPS
from .words import labels, row

METHODS = ["GET", "HEAD", "POST"]
STEPS = {"announce": acts.announce, "depart": acts.depart, "cancel": acts.cancel, "close": acts.close}
FIELDS = {"group.past": "departs_on", "group.order": "arrives_on", "group.unmet": "met_by"}
"""At which field a refusal of the form is shown."""


def _group(request: HttpRequest, code: str) -> Any:
    people.require(request.user, Role.COORDINATOR, scope=request.programme.code, at=request.at)
    return access.groups(request.user, scope=request.programme.code, at=request.at).get(code=code)


def _back(request: HttpRequest, found: Any, done: str) -> HttpResponse:
    messages.success(request, DONE[done])
    return redirect("group", programme=request.programme.code, code=found.code)


def _free(found: Any) -> list[Any]:
    """Return who could be put in a group: those who prepare or are cleared and are in none."""
    ways = queries.under_way(found.intake).filter(state__in=acts.STAYS)
    return [one for one in ways if queries.travelling(one) is None]


@login_required
@require_http_methods(METHODS)
def group_plan(request: HttpRequest, programme: str) -> HttpResponse:
    """Plan a group."""
    intake = planned(request)
    form = GroupForm(posted(request))
    if form.is_valid():
        try:
            who = {"person": request.user, "at": request.at, "chance": request.chance}
            return _back(request, acts.plan(intake=intake, **who, **form.fields_of()), "plan")
        except Refusal as refusal:
            refuse(form, FIELDS.get(refusal.code), refusal, *FIELDS)
    return render(request, "leaving/group_form.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(METHODS)
def group_change(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Change a group; where it was announced everybody in it is told."""
    found = _group(request, code)
    form = GroupForm(posted(request), group=found)
    if form.is_valid():
        try:
            acts.change(group=found, person=request.user, at=request.at, **form.fields_of())
            return _back(request, found, "change")
        except Refusal as refusal:
            refuse(form, FIELDS.get(refusal.code), refusal, *FIELDS)
    return render(
        request, "leaving/group_form.html", {"form": form, "group": found}, status=422 if form.is_bound else 200
    )


@login_required
@require_GET
def group(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show a group, who is in it, who could be, and the steps that can be taken now."""
    return _shown(request, _group(request, code))


def _shown(request: HttpRequest, found: Any, status: int = 200, **forms: Any) -> HttpResponse:
    open_ = found.state in ("planned", "announced")
    inside, free = queries.members(found), _free(found) if open_ else []
    context = {
        "group": found,
        "words": GROUPS[found.state],
        "rows": [row(one) for one in inside],
        "unready": sum(one.state == "preparing" for one in inside),
        "travelling": sum(one.state == "departed" for one in inside),
        "open": open_,
        "over": request.at > found.departs_at,
        "put_form": PeopleForm(people=labels(free)) if free else None,
        "out_form": PeopleForm(people=labels(inside)) if open_ and inside else None,
        **forms,
    }
    return render(request, "leaving/group.html", context, status=status)


@login_required
@require_POST
def group_people(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Put the people who are ticked in the group, or take them out."""
    found = _group(request, code)
    out = "out" in request.POST
    ways = {one.code: one for one in (queries.members(found) if out else _free(found))}
    form = PeopleForm(request.POST, people=labels(ways.values()))
    if not form.is_valid():
        return _shown(request, found, 422, wrong=form, **{"out_form" if out else "put_form": form})
    ticked = [ways[one] for one in form.cleaned_data["people"]]
    change = acts.take_out if out else acts.put
    change(group=found, clearances=ticked, person=request.user, at=request.at)
    return _back(request, found, "out" if out else "put")


@login_required
@require_POST
def group_step(request: HttpRequest, programme: str, code: str, step: str) -> HttpResponse:
    """Announce a group, record that it left, cancel or close it."""
    found = _group(request, code)
    if step not in STEPS:
        raise ObjectDoesNotExist
    STEPS[step](group=found, person=request.user, at=request.at)
    return _back(request, found, step)
