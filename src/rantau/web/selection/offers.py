"""Offers and the reserve as they stand, and the extra seat that puts right an error found after the final result."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from rantau.applications import access
from rantau.programmes.queries import deadline, terms
from rantau.selection.actions import offers as actions
from rantau.selection.queries import desks

from .desk import planned
from .forms import SeatForm, posted
from .sentences import DONE, STATES


def _rows(ranked: list[tuple[int, Any]]) -> list[dict[str, Any]]:
    return [
        {"rank": rank, "application": a, "words": STATES[a.state][0], "tone": STATES[a.state][1]} for rank, a in ranked
    ]


@login_required
@require_GET
def offers(request: HttpRequest, programme: str) -> HttpResponse:
    """Show offers and answers, and the reserve in its order."""
    intake = planned(request)
    stands = desks.standing(intake)
    rows = {key: _rows(stands[key]) for key in ("offers", "reserve", "others")}
    context = {**stands, **rows, "intake": intake, "terms": terms(intake.version)}
    return render(request, "selection/offers.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def extra_seat(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Ask what was wrong, and offer an extra seat: nobody loses theirs."""
    intake = planned(request)
    application = access.get(request.user, code, scope=programme, at=request.at)
    form = SeatForm(posted(request))
    if not form.is_valid():
        until = deadline(request.at, terms(intake.version).windows.offer_days.value or 0)
        context = {"form": form, "application": application, "until": until, "words": STATES.get(application.state)}
        return render(request, "selection/extra_seat.html", context, status=422 if form.is_bound else 200)
    actions.add_seat(application=application, person=request.user, at=request.at, **form.cleaned_data)
    messages.success(request, DONE["seat"] % {"code": code})
    return redirect("offers", programme=programme)
