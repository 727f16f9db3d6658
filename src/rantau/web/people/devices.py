"""Whose device this is: a borrowed phone forgets its reader when the browser closes or nothing happens for 30 minutes."""

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

BORROWED, OWN = "borrowed", "own"
CHOICES = (
    (BORROWED, _("A borrowed or shared phone: sign me out when the browser closes, or after 30 minutes without use")),
    (OWN, _("My own phone: keep me signed in for 14 days")),
)
IDLE = dt.timedelta(minutes=30)
STEP = dt.timedelta(minutes=1)
"""How finely use is noted: not every request has to write the session."""

FORGET = '"cache", "storage"'
"""What a browser is told to clear at the end."""


def remember(request: HttpRequest, device: str) -> None:
    """Note on the session whose device this is; what is not said to be one's own is borrowed."""
    request.session["device"] = OWN if device == OWN else BORROWED
    request.session["seen"] = request.real_at.isoformat()
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if device == OWN else 0)


class Borrowed:
    """End the session of a borrowed phone that lay unused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out what was idle too long, before any page is made."""
        if request.session.get("device") != BORROWED:
            return self.get_response(request)
        unused = request.real_at - dt.datetime.fromisoformat(request.session["seen"])
        if unused > IDLE:
            logout(request)
            response = self.get_response(request)
            response["Clear-Site-Data"] = FORGET
            return response
        if unused > STEP:
            request.session["seen"] = request.real_at.isoformat()
        return self.get_response(request)
