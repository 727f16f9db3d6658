"""Signing in by a one-time code instead of a password, for those who confirmed a contact; nobody depends on it."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from rantau.engine.refusal import Refusal
from rantau.outbox import codes
from rantau.people import contacts
from rantau.people.actions import reaching
from rantau.web.sentences import refusal_sentence

from .forms import EnterForm, LoginForm


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("code", "login")
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask whose code is wanted, then for the code; a login that nobody has gets the same pages.

    The login travels in the page and stands in no address and no session.
    """
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if "code" in request.POST:
        return _enter(request)
    form = LoginForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "messages/code_ask.html", {"form": form}, status=422 if form.is_bound else 200)
    login = contacts.login(form.cleaned_data["login"])
    shown = codes.ask_sign_in(login=login, at=request.at, chance=request.chance)
    entering = EnterForm(initial={"login": login})
    return render(request, "messages/code_enter.html", {"form": entering, "login": login, "shown": shown})


def _enter(request: HttpRequest) -> HttpResponse:
    """Sign the person in, or ask who it is, or say that the code does not fit."""
    form = EnterForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        login = contacts.login(given["login"])
        try:
            meant = reaching.sign_in(login=login, typed=given["code"], who=given["who"], at=request.at)
        except Refusal as refusal:
            form.add_error("code", refusal_sentence(refusal))
        else:
            if len(meant) == 1:
                get_adapter().login(request, meant[0])
                return redirect(settings.LOGIN_REDIRECT_URL)
            form = EnterForm(request.POST, persons=meant)
            form.add_error("who", _("Several people share this address. Choose yourself."))
    context = {"form": form, "login": form.data.get("login", "")}
    return render(request, "messages/code_enter.html", context, status=422)
