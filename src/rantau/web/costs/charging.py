"""Reporting that money was asked: two taps, then a code, a day, whom else to call, and more for who wants to tell it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from rantau.departure import access
from rantau.departure.actions import charges as actions
from rantau.departure.queries import costs
from rantau.engine.refusal import Refusal
from rantau.web.selection.forms import posted
from rantau.web.sentences import refusal_sentence

from .forms import ReportForm, TellForm
from .sentences import ANSWERS
from .words import items


@login_required
@require_http_methods(["GET", "POST"])
def charge(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Ask what the money was asked for, and send the report."""
    clearance = access.own(request.user, code, scope=programme)
    named = items(request.programme)
    form = ReportForm(posted(request), items=named)
    if form.is_bound and form.is_valid():
        who = {"person": request.user, "at": request.at, "chance": request.chance}
        made = actions.report(clearance=clearance, item=form.cleaned_data["item"], **who)
        return redirect("charge_sent", programme=programme, code=code, charge=made.code)
    context = {
        "form": form,
        "application": clearance.application,
        "own": [{"charge": one, "item": named.get(one.item, one.item)} for one in costs.own(clearance)],
        "days": actions.DAYS,
    }
    return render(request, "costs/charge.html", context, status=422 if form.is_bound else 200)


@login_required
@sensitive_post_parameters("note", "amount")
@require_http_methods(["GET", "POST"])
def sent(request: HttpRequest, programme: str, code: str, charge: str) -> HttpResponse:
    """Show a report to who made it: its code, when it is answered, the answer; and take more of what happened."""
    found = access.own_charge(request.user, code, charge, scope=programme)
    form = TellForm(posted(request), charge=found, words=costs.words(found))
    if form.is_bound and form.is_valid():
        try:
            who = {"person": request.user, "at": request.at, "chance": request.chance}
            actions.tell(charge=found, told=form.given(), **who)
        except Refusal as refusal:
            form.add_error(None, refusal_sentence(refusal))
        else:
            messages.success(request, _("Added to your report."))
            return redirect("charge_sent", programme=programme, code=code, charge=charge)
    status = (409 if found.state != "reported" else 422) if form.is_bound else 200
    return render(request, "costs/sent.html", _told(request, found, form), status=status)


def _told(request: HttpRequest, found: Any, form: TellForm) -> dict[str, Any]:
    return {
        "charge": found,
        "form": form,
        "application": found.clearance.application,
        "item": items(request.programme).get(found.item, found.item),
        "answer": ANSWERS.get(found.answer, "") if found.state == "answered" else "",
        "days": actions.DAYS,
    }


@login_required
@require_POST
def reopen(request: HttpRequest, programme: str, code: str, charge: str) -> HttpResponse:
    """Open an answered report again, once."""
    found = access.own_charge(request.user, code, charge, scope=programme)
    actions.reopen(charge=found, person=request.user, at=request.at)
    messages.success(request, _("Your report is open again. Tell below what is not right yet."))
    return redirect("charge_sent", programme=programme, code=code, charge=charge)
