"""Where news reaches a person: adding a contact, confirming it by a code, preferring, removing, whose night is kept quiet."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from rantau.engine.refusal import Refusal
from rantau.outbox import codes
from rantau.people import queries
from rantau.people.actions import reaching
from rantau.web.sentences import refusal_sentence

from . import words
from .forms import AddForm, ConfirmForm, ZoneForm, open_channels


@login_required
@require_http_methods(["GET", "POST"])
def reach(request: HttpRequest) -> HttpResponse:
    """Show a person's contacts, the open channels with what they cost, and take another contact."""
    form = AddForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            added, digits = codes.add(person=request.user, at=request.at, chance=request.chance, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("typed", refusal_sentence(refusal))
        else:
            _say(request, digits)
            return redirect("reach_contact", added.ref)
    own = queries.contacts_of(request.user)
    context = {
        "form": form,
        "own": [
            {"contact": one, "channel": words.CHANNELS[one.channel], "open": one.channel in open_channels()}
            for one in own
        ],
        "default": [] if any(one.confirmed_at for one in own) else queries.routes(request.user)[:1],
        "channels": [(words.CHANNELS[name], words.HINTS[name]) for name in open_channels()],
        "names": words.CHANNELS,
        "evening": settings.QUIET_HOURS[0],
        "morning": settings.QUIET_HOURS[1],
        "zone": ZoneForm(initial={"zone": request.user.zone}),
    }
    return render(request, "messages/reach.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def zone(request: HttpRequest) -> HttpResponse:
    """Set whose clock says when it is night."""
    reaching.set_zone(person=request.user, zone=request.POST.get("zone", ""))
    messages.success(request, _("Set. At night by this clock you are sent nothing that can wait."))
    return redirect("reach")


@login_required
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("code")
def contact(request: HttpRequest, ref: str) -> HttpResponse:
    """Show one contact of one's own, and take its code or what is to be done with it."""
    found = queries.contact(ref, person=request.user)
    do = DO.get(request.POST.get("do", "confirm"), _confirm)
    if request.method == "POST" and do is not _confirm:
        do(request, found)
        return redirect("reach_contact", ref) if do is _again else redirect("reach")
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _confirm(request, found, form):
        return redirect("reach")
    context = {"form": form, "contact": found, "channel": words.CHANNELS[found.channel]}
    return render(request, "messages/contact.html", context, status=422 if form.is_bound else 200)


def _confirm(request: HttpRequest, found: Any, form: ConfirmForm) -> bool:
    """Confirm, or say beside the field why not."""
    try:
        reaching.confirm_contact(contact=found, typed=form.cleaned_data["code"], at=request.at)
    except Refusal as refusal:
        form.add_error("code", refusal_sentence(refusal))
        return False
    messages.success(request, _("Confirmed. News reaches you there from now on."))
    return True


def _again(request: HttpRequest, found: Any) -> None:
    _say(request, codes.ask(contact=found, at=request.at, chance=request.chance))


def _prefer(request: HttpRequest, found: Any) -> None:
    reaching.prefer_contact(contact=found)
    messages.success(request, _("News tries this contact first from now on."))


def _remove(request: HttpRequest, found: Any) -> None:
    reaching.remove_contact(contact=found)
    messages.success(request, _("The contact is deleted."))


DO: dict[str, Any] = {"again": _again, "prefer": _prefer, "remove": _remove}
"""What a button of the page asks for."""


def _say(request: HttpRequest, digits: str) -> None:
    """Say that a code is on its way; in a demo, where nothing is sent, what it is."""
    if digits:
        messages.info(request, _("In a demo nothing is sent. The code is %(digits)s.") % {"digits": digits})
    elif request.user.rehearsal:
        messages.info(request, _("In a rehearsal nothing is sent to anybody, codes neither."))
    else:
        messages.info(request, _("A code is on its way. If none comes, ask for another one."))
