"""Changes of locked marks: one proposes with a reason, a second person decides; by piece code, never by person."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from rantau.engine.flow import Role
from rantau.people import access as people
from rantau.programmes import queries as programmes
from rantau.selection.actions import marking as actions
from rantau.selection.queries import desks
from rantau.web.selection.forms import posted

from .forms import ChangeForm


def _changes(request: HttpRequest) -> list[desks.Change]:
    people.require(request.user, Role.EXAMINER, Role.COORDINATOR, scope=request.programme.code, at=request.at)
    intake = programmes.intake(request.programme)
    return desks.changes(request.user, intake=intake, at=request.at) if intake else []


@login_required
@require_GET
def disputes(request: HttpRequest, programme: str) -> HttpResponse:
    """Show the proposed changes, and the locked marks of one piece that is searched for."""
    found = _changes(request)
    typed = request.GET.get("karya", "").strip().upper()
    held = people.roles(request.user, scope=programme, at=request.at)
    context = {
        "open": [c for c in found if c.mark.state == "disputed"],
        "typed": typed,
        "locked": [c for c in found if c.piece == typed and c.mark.state == "locked"] if typed else [],
        "changed": [c for c in found if c.mark.changed and c.mark.state == "locked"],
        "coordinates": Role.COORDINATOR in held,
    }
    return render(request, "marking/disputes.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def dispute(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Propose another value for a locked mark; or decide a proposal of somebody else."""
    found = next((c for c in _changes(request) if c.mark.ref == ref), None)
    if found is None or found.criterion is None:
        raise ObjectDoesNotExist
    if found.mark.state == "disputed":
        return _settle(request, found)
    rule = found.criterion
    form = ChangeForm(posted(request), maximum=rule.maximum, step=100 if rule.kind == "interview" else 1)
    if not form.is_valid():
        context = {"change": found, "form": form, "back": request.GET.get("dari", "")}
        return render(request, "marking/propose.html", context, status=422 if form.is_bound else 200)
    actions.dispute(mark=found.mark, person=request.user, at=request.at, **form.cleaned_data)
    messages.success(request, _("Proposed. A second person decides."))
    return redirect("disputes", programme=programme)


def _settle(request: HttpRequest, found: desks.Change) -> HttpResponse:
    given: Any = request.POST
    if request.method == "POST" and ("agree" in given or "keep" in given):
        actions.settle(mark=found.mark, agrees="agree" in given, person=request.user, at=request.at)
        words = _("The mark is changed; the result counts it.") if "agree" in given else _("The mark stays as it was.")
        messages.success(request, words)
        return redirect("disputes", programme=request.programme.code)
    return render(request, "marking/settle.html", {"change": found})
