"""Desks of money: protection officers read and answer reports; offices record what they paid and correct it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rantau.departure import access
from rantau.departure.actions import charges as answering
from rantau.departure.actions import expenses as actions
from rantau.departure.queries import costs
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import access as people
from rantau.programmes import queries as programmes
from rantau.web.selection.forms import posted
from rantau.web.sentences import refusal_sentence

from .forms import AnswerForm, ExpenseForm
from .sentences import ANSWERS, ASKERS, CLASSES
from .words import items, payers


@login_required
@require_GET
def charges(request: HttpRequest, programme: str) -> HttpResponse:
    """List the reports, those that wait longest first."""
    found = access.charges(request.user, scope=programme, at=request.at)
    rows = [_row(request, one) for one in found]
    context = {"open": [r for r in rows if r["open"]], "answered": [r for r in rows if not r["open"]]}
    return render(request, "costs/charges.html", context)


def _row(request: HttpRequest, charge: Any) -> dict[str, Any]:
    return {
        "charge": charge,
        "open": charge.state == "reported",
        "late": charge.state == "reported" and charge.answer_by < request.at,
        "item": items(request.programme).get(charge.item, charge.item),
        "class": CLASSES[charge.cost_kind],
        "asked_by": ASKERS[charge.asked_by],
        "answer": ANSWERS.get(charge.answer, ""),
    }


@login_required
@require_http_methods(["GET", "POST"])
def charge_desk(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show one report to a protection officer, and take the answer."""
    found = access.charge(request.user, code, scope=programme, at=request.at)
    form = AnswerForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            answering.answer(charge=found, person=request.user, at=request.at, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal_sentence(refusal))
            found.refresh_from_db(fields=["state"])
        else:
            messages.success(request, _("Answered. Its person reads the answer on their page."))
            return redirect("charges", programme=programme)
    context = {"row": _row(request, found), "words": costs.words(found), "form": form}
    return render(request, "costs/charge_desk.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def expenses(request: HttpRequest, programme: str) -> HttpResponse:
    """List what was paid, and take what was paid now."""
    allowed = costs.payers(request.user, request.programme, at=request.at)
    named = payers(programmes.terms(request.programme.version))
    own = {code: named[code] for code in allowed}
    table = {code: words for code, words in items(request.programme).items() if code != costs.OTHER}
    form = ExpenseForm(posted(request), items=table, payers=own)
    if form.is_bound and form.is_valid():
        try:
            who = {"person": request.user, "at": request.at, "chance": request.chance}
            actions.record(intake=costs.current(request.programme), **who, **form.given())
        except Refusal as refusal:
            form.add_error(None, refusal_sentence(refusal))
        else:
            messages.success(request, _("Recorded. It is never changed; a wrong row is corrected by one against it."))
            return redirect("expenses", programme=programme)
    return render(request, "costs/expenses.html", _desk(request, form, named), status=422 if form.is_bound else 200)


def _desk(request: HttpRequest, form: ExpenseForm, named: dict[str, str]) -> dict[str, Any]:
    table = items(request.programme)
    found = costs.expenses(request.user, request.programme, at=request.at)
    counts = costs.reports(request.programme).items()
    coordinates = Role.COORDINATOR in people.roles(request.user, scope=request.programme.code, at=request.at)
    return {
        "form": form,
        "rows": [
            {
                "expense": one,
                "item": table.get(one.item, one.item),
                "payer": named.get(one.payer, one.payer),
                "correctable": one.corrects_id is None and not hasattr(one, "correction"),
            }
            for one in found
        ],
        "reports": [(CLASSES[kind], numbers) for kind, numbers in counts] if coordinates else [],
    }


@login_required
@require_POST
def correct(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Take a wrong row back by one against it."""
    found = costs.expense(request.user, request.programme, ref, at=request.at)
    who = {"person": request.user, "at": request.at, "chance": request.chance}
    actions.correct(expense=found, evidence=request.POST.get("evidence", "")[:200], **who)
    messages.success(request, _("Corrected: both rows stay."))
    return redirect("expenses", programme=programme)
