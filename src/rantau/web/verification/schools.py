"""Schools that somebody could not find: the coordinator links each to the one it is, or dismisses it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rantau.applications import queries
from rantau.applications.actions import calling
from rantau.engine.flow import Role
from rantau.people import access as people
from rantau.people import queries as register

from .forms import LinkForm

SHOWN = 12
COMMON = {"smk", "smkn", "smks", "sekolah", "menengah", "kejuruan", "negeri", "swasta"}
"""Words in the name of nearly every school."""


@login_required
@require_http_methods(["GET", "POST"])
def school_claims(request: HttpRequest, programme: str) -> HttpResponse:
    """Show the open claims, one of them with schools that it may mean; link it or dismiss it."""
    people.require(request.user, Role.COORDINATOR, scope=programme, at=request.at)
    waiting = list(queries.school_claims(scope=programme))
    if request.method == "POST":
        return _settle(request, programme, waiting)
    wanted = request.GET.get("klaim", "")
    shown = next((claim for claim in waiting if claim.ref == wanted), waiting[0] if waiting else None)
    context = {
        "waiting": waiting,
        "shown": shown,
        "text": request.GET.get("q") or "",
        "found": _likely(shown, request.GET.get("q", "")) if shown else [],
    }
    return render(request, "verification/school_claims.html", context)


def _likely(claim: Any, text: str) -> list[Any]:
    """Return schools that a claim may mean: by what is searched for, else by its number, its name, the telling words of it."""
    if text:
        return list(register.schools(text=text, limit=SHOWN))
    words = [word for word in claim.name.split() if word.lower().strip(".") not in COMMON]
    tries = [claim.npsn, claim.name, " ".join(words), *sorted(words, key=len, reverse=True)]
    for one in filter(None, tries):
        found = list(register.schools(text=one, limit=SHOWN))
        if found:
            return found
    return []


def _settle(request: HttpRequest, programme: str, waiting: list[Any]) -> HttpResponse:
    claim = next((claim for claim in waiting if claim.ref == request.POST.get("claim")), None)
    if claim is None:
        raise Http404
    if "dismiss" in request.POST:
        calling.dismiss_school(claim=claim, person=request.user, at=request.at)
        messages.success(request, _("Dismissed: %(name)s is no school of this programme.") % {"name": claim.name})
        return redirect("school_claims", programme=programme)
    form = LinkForm(request.POST)
    if form.is_valid():
        calling.link_school(claim=claim, person=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, _("Linked: %(name)s.") % {"name": claim.name})
    else:
        messages.error(request, form.errors["npsn"][0])
    return redirect("school_claims", programme=programme)
