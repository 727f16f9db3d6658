"""The desk of requests for exemption: place and reason, never a list of wishes, and an answer in words."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from rantau.allocation import access, queries
from rantau.allocation.actions import wishing
from rantau.engine.flow import Role
from rantau.people import access as people
from rantau.web.selection.forms import posted

from .forms import JudgementForm
from .sentences import DONE, EXEMPTIONS, KINDS
from .words import titled


def _row(exemption: Any) -> dict[str, Any]:
    return {
        "exemption": exemption,
        "kind": KINDS[exemption.allocation.kind],
        "place": titled(queries.titles(exemption.allocation))[exemption.place],
        "words": EXEMPTIONS[exemption.state],
    }


@login_required
@require_GET
def exemptions(request: HttpRequest, programme: str) -> HttpResponse:
    """Show the requests, unanswered first, oldest first."""
    found = access.exemptions(request.user, scope=programme, at=request.at)
    rows = [_row(one) for one in found.exclude(state="taken_back")]
    held = people.roles(request.user, scope=programme, at=request.at)
    context = {
        "open": [row for row in rows if row["exemption"].state == "asked"],
        "answered": [row for row in rows if row["exemption"].state != "asked"],
        "coordinates": Role.COORDINATOR in held,
    }
    return render(request, "allocation/exemptions.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def exemption_judge(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Show one request with its reason while it is unanswered, and answer it."""
    found = access.exemptions(request.user, scope=programme, at=request.at).exclude(state="taken_back").get(ref=ref)
    form = JudgementForm(posted(request))
    if not form.is_valid():
        why = queries.reason(found) if found.state == "asked" else ""
        context = {**_row(found), "form": form, "why": why}
        return render(request, "allocation/exemption.html", context, status=422 if form.is_bound else 200)
    wishing.judge(exemption=found, person=request.user, at=request.at, **form.cleaned_data)
    messages.success(request, DONE["grant" if form.cleaned_data["grants"] else "refuse"])
    return redirect("exemptions", programme=programme)
