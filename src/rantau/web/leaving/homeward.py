"""The desk of coming home: whose way is open, its plan, its end; why is shown to the home mission and protection alone."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rantau.departure import access, queries
from rantau.departure.actions import homeward as acts
from rantau.departure.queries import family, leaving
from rantau.departure.queries import homeward as ways_home
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import access as people
from rantau.web.applications.pages import refuse
from rantau.web.selection.forms import posted
from rantau.web.ui.values import text

from .forms import HomewardForm, OutcomeForm, PlanForm
from .sentences import DONE, HOMEWARDS, REASONS
from .words import office, row

METHODS = ["GET", "HEAD", "POST"]
PLAIN = {"travel": acts.travel, "arrive": acts.arrive, "stay": acts.stay, "tell": acts.tell_family}
FIELDS = {"homeward.order": "arrives_on", "homeward.payer": "payer"}


@login_required
@require_GET
def homewards(request: HttpRequest, programme: str) -> HttpResponse:
    """Show the ways home that are open, and those abroad for whom one can be opened."""
    scope = request.programme.code
    held = people.require(request.user, *access.CARING, scope=scope, at=request.at)
    found = access.homewards(request.user, scope=scope, at=request.at).order_by("-opened_at", "code")
    rows = [{**row(one.clearance), "home": one, "said": HOMEWARDS[one.state]} for one in found]
    abroad = access.abroad(request.user, scope=scope, at=request.at).filter(state__in=("departed", "arrived"))
    going = {one.clearance_id for one in found if one.state in ways_home.OPEN}
    context = {
        "open": [one for one in rows if one["home"].state not in ("closed", "stayed")],
        "closed": [one for one in rows if one["home"].state in ("closed", "stayed")],
        "abroad": [row(one) for one in abroad.order_by("code") if one.pk not in going],
        "coordinates": Role.COORDINATOR in held,
    }
    return render(request, "leaving/homewards.html", context)


@login_required
@require_http_methods(METHODS)
def homeward_open(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Open a way home for somebody abroad."""
    scope = request.programme.code
    people.require(request.user, *access.CARING, scope=scope, at=request.at)
    way = access.abroad(request.user, scope=scope, at=request.at).get(code=code)
    form = HomewardForm(posted(request))
    if not form.is_valid():
        context = {**row(way), "form": form}
        return render(request, "leaving/homeward_open.html", context, status=422 if form.is_bound else 200)
    who = {"person": request.user, "at": request.at, "chance": request.chance}
    home = acts.open_way(clearance=way, **who, **form.cleaned_data)
    messages.success(request, DONE["home_open"])
    return redirect("homeward", programme=programme, code=home.code)


def _found(request: HttpRequest, code: str) -> Any:
    scope = request.programme.code
    people.require(request.user, *access.CARING, scope=scope, at=request.at)
    return access.homewards(request.user, scope=scope, at=request.at).get(code=code)


@login_required
@require_GET
def homeward(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show one way home: where it stands, its plan, who pays as far as anybody has said, whether the family may be told."""
    return _shown(request, _found(request, code))


def _plan_form(home: Any, data: Any = None) -> PlanForm:
    offices = {one.code: text(one.name)[0] for one in ways_home.offices(home)}
    return PlanForm(data, way=home, offices=offices)


def _shown(request: HttpRequest, home: Any, status: int = 200, **more: Any) -> HttpResponse:
    why = ways_home.why(home, person=request.user, at=request.at)
    context = {
        **row(home.clearance),
        "home": home,
        "said": HOMEWARDS[home.state],
        "why": why,
        "reason": REASONS[why.reason] if why else "",
        "tellable": why is not None and family.tellable(home.clearance, family.event_of(home.reason)),
        "phone": home.clearance.application.person.phone if why else "",
        "address": leaving.address(home.clearance, person=request.user, at=request.at),
        "payer": office(home.clearance, home.payer),
        "terms": queries.terms(home.clearance),
        "plan_form": _plan_form(home) if home.state in ("open", "planned") else None,
        "close_form": OutcomeForm() if home.state in ("home", "stayed") else None,
        **more,
    }
    return render(request, "leaving/homeward.html", context, status=status)


@login_required
@require_POST
def homeward_step(request: HttpRequest, programme: str, code: str, step: str) -> HttpResponse:
    """Take one step of a way home: plan, travel, end, show whom of the family to tell, tell them, close."""
    home = _found(request, code)
    who = {"homeward": home, "person": request.user, "at": request.at}
    if step == "plan":
        form = _plan_form(home, request.POST)
        if not form.is_valid() or not _planned(form, who):
            return _shown(request, home, 422, plan_form=form, wrong=form)
    elif step == "close":
        last = OutcomeForm(request.POST)
        if not last.is_valid():
            return _shown(request, home, 422, close_form=last, wrong=last)
        acts.close(**who, **last.cleaned_data)
    elif step == "kin":
        event = family.event_of(home.reason)
        return _shown(request, home, kin=family.kin(home.clearance, event, person=request.user, at=request.at))
    elif step in PLAIN:
        PLAIN[step](**who)
    else:
        raise ObjectDoesNotExist
    messages.success(request, DONE[f"home_{step}"])
    return redirect("homeward", programme=programme, code=code)


def _planned(form: PlanForm, who: dict[str, Any]) -> bool:
    try:
        acts.plan(**who, **form.plan())
    except Refusal as refusal:
        refuse(form, FIELDS.get(refusal.code), refusal, *FIELDS)
        return False
    return True
