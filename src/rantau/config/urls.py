"""Every address, by area; Indonesian without prefix, English and Russian behind theirs."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

AREAS = [
    "programmes",
    "duties",
    "coordination",
    "questions",
    "people",
    "applications",
    "nominations",
    "verification",
    "marking",
    "selection",
    "allocation",
    "preparing",
    "leaving",
    "agreements",
    "uploads",
    "messages",
    "family",
    "lessons",
    "costs",
    "ui",
]
if settings.DEMO or settings.MODE == "test":
    AREAS.append("rehearsal")

urlpatterns = i18n_patterns(
    *(path("", include(f"rantau.web.{area}.urls")) for area in AREAS),
    prefix_default_language=False,
)
handler404 = "rantau.web.middleware.not_found"
