"""A school's invitation as the pupil meets it: who invites, what it means, yes or no, and what no destroys."""

from typing import Any

from django.contrib.auth import login
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rantau.applications import queries
from rantau.applications.actions import nominating
from rantau.programmes.queries import terms
from rantau.web.people import devices

from .forms import Password
from .pages import address

BACKEND = "rantau.people.backends.HandleBackend"
METHODS = ["GET", "HEAD", "POST"]


def _alive(request: HttpRequest, secret: str) -> Any:
    """Return the invitation behind a link while it can be answered, or None: used, taken back, or its days are over."""
    try:
        found = queries.invitation(secret)
    except ObjectDoesNotExist:
        return None
    alive = found.state == "invited" and request.at <= found.lives_until
    return found if alive and found.intake.programme_id == request.programme.pk else None


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "applications/invitation_over.html", status=404)


@never_cache
@require_http_methods(METHODS)
def invitation(request: HttpRequest, programme: str, secret: str) -> HttpResponse:
    """Show the invitation and accept it, with a new password or as the person who is signed in."""
    nomination = _alive(request, secret)
    if nomination is None:
        return _over(request)
    signed_in = request.user.is_authenticated
    form = Password(request.POST if request.method == "POST" and not signed_in else None)
    if request.method == "POST" and (signed_in or form.is_valid()):
        application = nominating.accept(
            nomination=nomination,
            at=request.at,
            chance=request.chance,
            person=request.user if signed_in else None,
            password="" if signed_in else form.cleaned_data["password"],
        )
        if not signed_in:
            login(request, application.person, backend=BACKEND)
            devices.remember(request, devices.BORROWED)
        return redirect(address("application", application))
    known = {
        "nomination": nomination,
        "form": form,
        "secret": secret,
        "terms": terms(nomination.intake.version),
        "closes_at": nomination.intake.closes_at,
    }
    return render(request, "applications/invitation.html", known)


@never_cache
@require_http_methods(METHODS)
def decline(request: HttpRequest, programme: str, secret: str) -> HttpResponse:
    """Ask once more, then decline: what the school wrote about the pupil is destroyed."""
    nomination = _alive(request, secret)
    if nomination is None:
        return _over(request)
    if request.method == "POST":
        nominating.decline(nomination=nomination, at=request.at)
        return render(request, "applications/invitation_declined.html")
    return render(request, "applications/invitation_decline.html", {"nomination": nomination, "secret": secret})
