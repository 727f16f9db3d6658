"""The officers' side of lost access: the first sees the person and opens, the second approves and hands over a word."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rantau.people import actions, queries

from .forms import FindForm, requested


@login_required
def recovery(request: HttpRequest, programme: str) -> HttpResponse:
    """Show what is under way, and find a person by registration code alone."""
    under_way = queries.recoveries_for(request.user, scope=programme, at=request.at)
    form, found = requested(request, FindForm), None
    if form.is_valid():
        try:
            found = _found(request, programme, form.cleaned_data["code"])
        except ObjectDoesNotExist:
            form.add_error("code", _("Nobody has this registration code. Compare each character with the receipt."))
    return render(request, "people/recovery.html", {"form": form, "found": found, "under_way": under_way})


@login_required
@require_POST
def open_recovery(request: HttpRequest, programme: str) -> HttpResponse:
    """Open a case as the first officer."""
    form = FindForm(request.POST)
    if form.is_valid():
        actions.open_recovery(
            of=_found(request, programme, form.cleaned_data["code"]),
            scope=programme,
            chain=request.programme.chain,
            person=request.user,
            at=request.at,
            chance=request.chance,
        )
        messages.success(request, _("Opened. A second officer approves it on this page, under their own sign-in."))
    return redirect("recovery", programme)


@login_required
@require_POST
def approve_recovery(request: HttpRequest, programme: str, ref: str) -> HttpResponse:
    """Approve as the second officer and show the word once."""
    found = queries.recovery(ref, person=request.user, scope=programme, at=request.at)
    word = actions.approve_recovery(recovery=found, person=request.user, at=request.at, chance=request.chance)
    where = request.build_absolute_uri(reverse("recover"))
    return render(request, "people/recovery_word.html", {"word": word, "recovery": found, "where": where})


def _found(request: HttpRequest, programme: str, code: str) -> object:
    return queries.recoverable(code, person=request.user, scope=programme, at=request.at)
