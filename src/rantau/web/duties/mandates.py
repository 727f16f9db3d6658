"""The desk of mandates: who acts for which office, recorded by one officer, confirmed by another, ended; to anybody offices."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rantau.agreements import access
from rantau.agreements.actions import mandates as actions
from rantau.agreements.queries import acting
from rantau.engine.refusal import Refusal
from rantau.people import queries as people
from rantau.programmes.queries import terms
from rantau.web.sentences import refusal_sentence
from rantau.web.ui import values

from .forms import MandateForm
from .standings import DONE, MANDATES, POWERS


@require_GET
def mandates(request: HttpRequest, programme: str) -> HttpResponse:
    """Show for each office whether anybody may act for it; to who records and confirms mandates, by whom."""
    try:
        desk = access.desk(request.user, request.programme, at=request.at)
    except Refusal:
        desk = None
    rows = [_row(request, one) for one in desk] if desk is not None else []
    context = {
        "terms": terms(request.programme.version),
        "offices": acting.offices(request.programme, at=request.at),
        "full": desk is not None,
        "officer": acting.officer(request.user, request.programme, at=request.at),
        "waiting": [row for row in rows if row["state"] == "recorded"],
        "rows": [row for row in rows if row["state"] in ("in_force", "early")],
        "over": [row for row in rows if row["state"] in ("past", "ended")],
    }
    return render(request, "duties/mandates.html", context)


def _row(request: HttpRequest, mandate: Any) -> dict[str, Any]:
    state = acting.state(mandate, at=request.at)
    words, tone = MANDATES[state]
    office = acting.office(request.programme, mandate.office)
    powers = [POWERS[power][0] for power in mandate.powers]
    return {"mandate": mandate, "office": office, "powers": powers, "state": state, "words": words, "tone": tone}


@login_required
@require_http_methods(["GET", "POST"])
def mandate_record(request: HttpRequest, programme: str) -> HttpResponse:
    """Ask for an office, a person by what is typed exactly, powers, basis and days; record it."""
    acting.require_officer(request.user, request.programme, at=request.at)
    offices = {one.code: values.text(one.name)[0] for one in acting.parties(request.programme)}
    posted = request.POST if request.method == "POST" else None
    form = MandateForm(posted, offices=offices, initial={"office": request.GET.get("pihak", "")})
    if form.is_valid() and _recorded(request, form):
        messages.success(request, DONE["record"])
        return redirect("mandates", programme)
    return render(request, "duties/mandate_record.html", {"form": form}, status=422 if form.is_bound else 200)


def _recorded(request: HttpRequest, form: MandateForm) -> bool:
    """Record what was typed, or note beside its field why it cannot be: nothing typed is lost."""
    given = dict(form.cleaned_data)
    try:
        given["of"] = people.exactly(given.pop("contact"))
        actions.record(programme=request.programme, person=request.user, at=request.at, chance=request.chance, **given)
    except Refusal as refusal:
        form.add_error(FIELDS.get(refusal.code), refusal_sentence(refusal))
        return False
    return True


FIELDS = {
    "contact.phone": "contact",
    "contact.email": "contact",
    "person.unknown": "contact",
    "person.several": "contact",
    "mandate.self": "contact",
    "grant.apart": "contact",
    "mandate.office": "office",
    "mandate.dates": "until_on",
}
"""The field beside which a refusal stands."""


@login_required
@require_POST
def mandate_confirm(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Confirm a mandate as the second officer."""
    mandate = access.desk(request.user, request.programme, at=request.at).get(ref=ref)
    actions.confirm(mandate=mandate, person=request.user, at=request.at)
    messages.success(request, DONE["confirm"])
    return redirect("mandates", programme)


@login_required
@require_POST
def mandate_end(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """End a mandate at once."""
    mandate = access.desk(request.user, request.programme, at=request.at).get(ref=ref)
    actions.end(mandate=mandate, person=request.user, at=request.at)
    messages.success(request, DONE["end"])
    return redirect("mandates", programme)
