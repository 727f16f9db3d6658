"""Signing out, the account's home, mending lost access with a word; the rest of signing in is the account library's."""

from typing import Any

from allauth.account.views import LogoutView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from rantau.applications import access as applications
from rantau.engine.refusal import Refusal
from rantau.people import actions, queries
from rantau.programmes import queries as programmes
from rantau.web.allocation.cards import cards
from rantau.web.coordination import cards as coordination
from rantau.web.messages import words as news

from . import devices, words
from .forms import ConsentForm, RecoverForm, refused, requested


class SignOut(LogoutView):
    """Sign out and let nothing stay on the device."""

    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        """End the session and tell the browser to clear what it kept."""
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = devices.FORGET
        return response


def left(request: HttpRequest) -> HttpResponse:
    """Say that nothing stays."""
    return render(request, "account/left.html")


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show who is signed in, their ways on, their desks and consents."""
    found = queries.account(request.user, at=request.at)
    codes = [programme.code for programme in programmes.all_programmes()]
    context = {
        "desks": words.desks(found.grants, codes),
        "consents": words.consents(found.consents),
        "coordination": coordination.cards(request.user, at=request.at),
        "news": news.told(request.user),
        "registrations": [_registration(request, own) for own in applications.owned(request.user)],
    }
    return render(request, "account/home.html", context | {"guardian": found.guardian, "who": request.user})


def _registration(request: HttpRequest, own: Any) -> tuple[Any, Any, list[dict[str, Any]]]:
    """Return a registration with its programme's terms, and where its person goes in the programme's own time."""
    at = programmes.now(own.intake.programme, request.at)
    return own, programmes.terms(own.intake.version), cards(request.user, own, at=at)


@login_required
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Withdraw one consent."""
    form = ConsentForm(request.POST)
    if form.is_valid():
        actions.withdraw_consent(person=request.user, at=request.at, **form.cleaned_data)
        messages.success(request, _("The consent is withdrawn from now on."))
    return redirect("account")


@sensitive_post_parameters("password1", "password2", "word")
def recover(request: HttpRequest) -> HttpResponse:
    """Set a new password with the one-time word of two officers."""
    form = requested(request, RecoverForm)
    if form.is_valid():
        word, password = form.cleaned_data["word"], form.cleaned_data["password1"]
        try:
            actions.use_recovery(word=word, password=password, at=_time_of(word, request))
        except Refusal as refusal:
            refused(form, "word", refusal)
        else:
            messages.success(request, _("The new password is set. Sign in with it."))
            return redirect("account_login")
    return render(request, "account/recover.html", {"form": form})


def _time_of(word: str, request: HttpRequest) -> object:
    """Return the time that counts for a word: a rehearsal's own where it was given in one."""
    scope = queries.recovery_scope(word)
    return programmes.now(programmes.get(scope), request.at) if scope else request.at
