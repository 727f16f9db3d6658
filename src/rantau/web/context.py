"""What every template knows: whose site this is, which programme and time, whether it is played, the languages."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url

LANGUAGES = (("id", "Bahasa Indonesia"), ("en", "English"), ("ru", "Русский"))
LINE = (dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.datetime(2034, 1, 1, tzinfo=dt.UTC))
"""The journey line of every header: January 2026 to the end of 2033."""


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the values of every page."""
    programme = getattr(request, "programme", None)
    at = getattr(request, "at", None)
    languages = [(code, name, translate_url(request.get_full_path(), code)) for code, name in LANGUAGES]
    return {
        "programme": programme,
        "rehearsal": played(request),
        "at": at,
        "here": here(at) if at else "",
        "publisher": settings.PUBLISHER,
        "source_code": settings.SOURCE_CODE,
        "demo": settings.DEMO,
        "languages": languages,
        "alternates": [(code, request.build_absolute_uri(url)) for code, _, url in languages],
    }


def played(request: HttpRequest) -> bool:
    """Return whether the page belongs to a rehearsal: its programme does, or without one the person who reads it."""
    programme, user = getattr(request, "programme", None), getattr(request, "user", None)
    return programme.rehearsal if programme else bool(user and user.is_authenticated and user.rehearsal)


def here(at: dt.datetime) -> str:
    """Return where an instant lies on the line of the header, as a drawing's percentage."""
    start, end = LINE
    return f"{100 * min(max((at - start) / (end - start), 0), 1):.1f}%"
