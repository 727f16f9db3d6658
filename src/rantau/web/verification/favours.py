"""Requests for favour: recorded in two taps by whoever was approached, read by the inspector alone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from rantau.applications import queries
from rantau.applications.actions import verification
from rantau.engine.flow import Role
from rantau.people import access as people
from rantau.programmes.queries import intake

from .forms import FavourForm
from .sentences import FAVOURS

STAFF = (Role.SCHOOL, Role.VERIFIER, Role.EXAMINER, Role.COORDINATOR, Role.MINISTRY, Role.OPERATOR)


@login_required
@require_http_methods(["GET", "POST"])
def favour(request: HttpRequest, programme: str) -> HttpResponse:
    """Record that somebody asked for a favour; one tap a kind."""
    people.require(request.user, *STAFF, scope=programme, at=request.at)
    running = intake(request.programme)
    if running is None:
        raise Http404
    form = FavourForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verification.record_favour(intake=running, person=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, _("Recorded. Only the inspector reads it. Thank you."))
        return redirect("favour", programme=programme)
    context = {"form": form, "kinds": list(FAVOURS.items())}
    return render(request, "verification/favour.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def favours(request: HttpRequest, programme: str) -> HttpResponse:
    """List the recorded requests for the inspector, and for nobody else."""
    people.require(request.user, Role.INSPECTOR, scope=programme, at=request.at)
    found = [{"favour": one, "kind": FAVOURS[one.kind]} for one in queries.favours(scope=programme)]
    return render(request, "verification/favours.html", {"found": found})
