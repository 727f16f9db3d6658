"""Where a request gets its time, its chance and its programme, and where a refusal becomes a page."""

import os
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from rantau.engine.refusal import Refusal
from rantau.programmes import queries as programmes

from .sentences import refusal_sentence

Answer = Callable[[HttpRequest], HttpResponse]


class Clock:
    """Give every request `at`, `chance` and, below a programme's address, `programme`: the web's only clock.

    Below a rehearsal's address `at` is the rehearsal's own time.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read the clock once."""
        request.at = request.real_at = timezone.now()
        request.chance = os.urandom
        request.programme = None
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        """Find the programme that the address names; what holds a byte that no text has is nothing here."""
        if any("\0" in str(value) for sent in (kwargs, request.GET, request.POST) for value in sent.values()):
            return not_found(request)
        if "programme" not in kwargs:
            return None
        try:
            request.programme = programmes.get(kwargs["programme"])
        except ObjectDoesNotExist:
            return not_found(request)
        request.at = programmes.now(request.programme, request.at)
        return None


class Refusals:
    """Turn what was anticipated into a page: a refusal says why, what cannot be seen is not there."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep personal pages out of every cache: a borrowed phone keeps nothing."""
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal with its sentence (403 for a role or a mandate, 409 otherwise) and an invisible record with 404."""
        if isinstance(exception, ObjectDoesNotExist):
            return not_found(request)
        if isinstance(exception, Refusal):
            status = 403 if exception.code in ("step.role", "role.missing", "mandate.missing") else 409
            sentence = refusal_sentence(exception, programme=request.programme)
            context = {"sentence": sentence, "code": exception.code}
            return render(request, "refused.html", context, status=status)
        return None


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page for an address where nothing is, or nothing this person may see."""
    return render(request, "404.html", status=404)
