"""What a person answers to what was decided: an objection, yes or no to a seat, or that they withdraw."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from rantau.applications.actions import registration
from rantau.engine.refusal import Refusal
from rantau.selection import queries
from rantau.selection.actions import objections, offers

from . import results
from .answers import notices
from .forms import Objection, Offer, Withdraw
from .pages import address, context, held, is_own, refuse
from .status import may_withdraw, shown_state

METHODS = ["GET", "HEAD", "POST"]


def _own(request: HttpRequest, code: str) -> Any:
    application = held(request, code)
    if not is_own(request, application):
        raise ObjectDoesNotExist
    return application


@login_required
@require_http_methods(METHODS)
def objection(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Take the one objection, in its window."""
    application = _own(request, code)
    against = queries.may_object(application, at=request.at)
    if request.method != "POST" and not against:
        return redirect(address("application", application))
    form = Objection(request.POST if request.method == "POST" else None, application=application, against=against)
    if form.is_bound and form.is_valid():
        try:
            objections.lodge(
                application=application, person=request.user, at=request.at, chance=request.chance, **form.cleaned_data
            )
        except Refusal as refusal:
            refuse(form, "text", refusal, "objection.empty")
        else:
            return redirect(address("application", application))
    known = {
        "form": form,
        "against": against,
        "until": results.object_until(application),
        "result": results.own(application),
        "notices": notices(application, application.state),
    }
    return render(request, "applications/objection.html", context(request, application, **known))


@login_required
@require_http_methods(METHODS)
def offer(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Take the answer to an offered seat."""
    application = _own(request, code)
    if request.method != "POST" and shown_state(application, request.at) != "offered":
        return redirect(address("application", application))
    form = Offer(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        accepts = form.cleaned_data["answer"] == "accept"
        offers.answer(application=application, accepts=accepts, person=request.user, at=request.at)
        return redirect(address("application", application))
    return render(request, "applications/offer.html", context(request, application, form=form))


@login_required
@require_http_methods(METHODS)
def withdraw(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Ask once more, then withdraw the registration."""
    application = _own(request, code)
    if request.method != "POST" and not may_withdraw(application):
        return redirect(address("application", application))
    form = Withdraw(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        registration.withdraw(application=application, person=request.user, at=request.at)
        return redirect(address("application", application))
    return render(request, "applications/withdraw.html", context(request, application, form=form))
