"""What every template knows: whose site this is, which programme and time, whether it is played, the languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url

LANGUAGES = (("id", "Bahasa Indonesia"), ("en", "English"), ("ru", "Русский"))


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the values of every page."""
    programme = getattr(request, "programme", None)
    return {
        "programme": programme,
        "rehearsal": bool(programme and programme.rehearsal),
        "at": getattr(request, "at", None),
        "publisher": settings.PUBLISHER,
        "demo": settings.DEMO,
        "languages": [(code, name, translate_url(request.get_full_path(), code)) for code, name in LANGUAGES],
    }
