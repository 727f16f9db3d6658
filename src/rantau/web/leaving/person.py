"""A person's own page of the last stretch: the group, the permission for the visa, the arrival, the family, coming home."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rantau.departure import queries
from rantau.departure.actions import arriving, clearing, homeward, visas
from rantau.departure.queries import homeward as ways_home
from rantau.departure.queries import leaving
from rantau.departure.queries import visas as asked
from rantau.engine.canonical import digest
from rantau.people import queries as people
from rantau.web.applications.pages import address
from rantau.web.selection.forms import posted

from . import cards
from .forms import ArrivedForm
from .permission import PERMISSION
from .sentences import DONE, REFUSED, VISA_REASONS
from .words import gaps, office, own

METHODS = ["GET", "HEAD", "POST"]


def _back(request: HttpRequest, clearance: Any, done: str) -> HttpResponse:
    messages.success(request, DONE[done])
    return redirect(address("own_leaving", clearance.application))


def _context(request: HttpRequest, clearance: Any, **more: Any) -> dict[str, Any]:
    application = clearance.application
    return {
        "clearance": clearance,
        "application": application,
        "terms": queries.terms(clearance),
        "back": address("own_departure", application),
        "card": cards.own(clearance, person=request.user, at=request.at),
        **more,
    }


@login_required
@require_GET
def own_leaving(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show one's own last stretch: what is missing, the group, the visa, the arrival, coming home."""
    way = own(request, code)
    home = ways_home.newest(way)
    allowed = asked.PURPOSE in people.consents(request.user, scope=request.programme.code)
    visa = asked.newest(way)
    context = _context(
        request,
        way,
        gaps=gaps(way, queries.gaps(way)) if way.state == "preparing" else [],
        reason=REFUSED.get(way.reason),
        visa_reason=VISA_REASONS.get(visa.reason) if visa else None,
        allowed=allowed,
        asks_permission=way.state in ("preparing", "cleared") and asked.basis(way) != "agreement",
        permission=PERMISSION,
        address=leaving.address(way, person=request.user, at=request.at),
        home=home if home and home.state != "closed" else None,
        payer=office(way, home.payer) if home else "",
    )
    return render(request, "leaving/own.html", context)


@login_required
@require_http_methods(METHODS)
def own_arrived(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Report one's own arrival with one tap, and where one lives if one wants to; later change where one lives."""
    way = own(request, code)
    if way.state not in ("departed", "arrived"):
        raise ObjectDoesNotExist
    form = ArrivedForm(posted(request))
    if not form.is_valid():
        context = _context(request, way, form=form, back=address("own_leaving", way.application))
        return render(request, "leaving/arrived.html", context, status=422 if form.is_bound else 200)
    who = {"person": request.user, "at": request.at, "chance": request.chance}
    if way.state == "departed":
        arriving.report(clearance=way, address=form.cleaned_data["address"], **who)
    else:
        arriving.move_in(clearance=way, address=form.cleaned_data["address"], **who)
    return _back(request, way, "own_arrived")


@login_required
@require_POST
def own_visa(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Allow that one is shown to the host state's embassy for the visa, or take that back."""
    way = own(request, code)
    if request.POST.get("permit") == "yes":
        visas.permit(clearance=way, person=request.user, at=request.at, text=digest(str(PERMISSION)))
        return _back(request, way, "own_permit")
    visas.forbid(clearance=way, person=request.user, at=request.at)
    return _back(request, way, "own_forbid")


@login_required
@require_http_methods(METHODS)
def own_withdraw(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Say what giving the seat up means, then give it up."""
    way = own(request, code)
    if request.method == "POST":
        clearing.withdraw(clearance=way, person=request.user, at=request.at)
        return _back(request, way, "own_withdraw")
    if way.state not in ("preparing", "cleared"):
        raise ObjectDoesNotExist
    return render(
        request,
        "leaving/withdraw.html",
        _context(request, way, form=Form(), back=address("own_leaving", way.application)),
    )


@login_required
@require_http_methods(METHODS)
def own_homeward(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Say what is published of going home early, or that nothing is; then open the way home, without asking why."""
    way = own(request, code)
    if request.method == "POST":
        homeward.open_way(clearance=way, person=request.user, at=request.at, chance=request.chance)
        return _back(request, way, "home_open")
    if way.state not in ("departed", "arrived"):
        raise ObjectDoesNotExist
    payer = office(way, queries.terms(way).departing.return_payer.value or "")
    back = address("own_leaving", way.application)
    return render(request, "leaving/go_home.html", _context(request, way, form=Form(), return_payer=payer, back=back))


@login_required
@require_POST
def own_homeward_step(request: HttpRequest, programme: str, code: str, step: str) -> HttpResponse:
    """Say that one is home, or that one stays after all."""
    way = own(request, code)
    home = ways_home.newest(way)
    if home is None or step not in ("arrive", "stay"):
        raise ObjectDoesNotExist
    take = homeward.arrive if step == "arrive" else homeward.stay
    take(homeward=home, person=request.user, at=request.at)
    return _back(request, way, f"home_{step}")
