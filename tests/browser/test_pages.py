"""Every kind of page that a link leads to, for everybody who can sign in, in three languages, on a phone."""

from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from django.utils import translation

from tests.browser.phone import Phone, sign_in
from tests.browser.state import PASSWORD

CHAPTER = "played"
pytestmark = [pytest.mark.browser, pytest.mark.slow]
LANGUAGES = {"id": "", "en": "/en", "ru": "/ru"}
FILES = (".json", ".xlsx", ".csv", ".pdf", ".py", ".ics", ".docx")
P = "/program/rusal-2026-peragaan/"
ROLES = (
    *("", "owner", "school", "verifier", "examiner", "coordinator", "auditor", "inspector", "operator"),
    *("ministry", "employer", "partner", "host_mission", "home_mission"),
)

KINDS = {
    "home",
    "programme",
    "claim",
    "questions",
    "results",
    "account",
    "application",
    "desk",
    "offers",
    "marking",
    "audit",
    "milestones",
    "agreements",
    "agreement",
    "agreement_changes",
    "duties",
    "duty",
    "mandates",
    "meetings",
    "meeting",
    "demand",
    "interest",
    "question_desk",
}
"""Some of the kinds that have to be among those found: links lead there."""


def kind(path: str, language: str) -> str:
    """Return which kind of page an address of ours leads to, or nothing for files and for what is in another language."""
    if path.endswith(FILES):
        return ""
    with translation.override(language):
        try:
            return resolve(path).url_name or ""
        except Resolver404:
            return ""


def links(phone: Phone, language: str) -> list[tuple[str, str]]:
    """Return (kind, address) of every page that the open page leads to."""
    found = []
    for link in phone.page.locator("a[href]").all():
        parts = urlsplit(link.get_attribute("href") or "")
        if not parts.netloc and parts.path and link.get_attribute("download") is None:
            found.append((kind(parts.path, language), parts.path + (f"?{parts.query}" if parts.query else "")))
    return [(name, address) for name, address in found if name]


def walk(phone: Phone, language: str, seen: set[str]) -> None:
    """Look at one page of every kind that can be reached and was not seen yet, the rehearsal's before others."""
    prefix = LANGUAGES[language]
    waiting = [("account", f"{prefix}/akun/"), ("programme", f"{prefix}{P}"), ("home", f"{prefix}/")]
    followed = set()
    while waiting:
        waiting.sort(key=lambda link: P not in link[1])
        name, address = waiting.pop(0)
        if name in followed:
            continue
        answer = phone.page.goto(address)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        followed.add(name)
        if name not in seen:
            phone.look(f"{name}-{answer.status}")
            seen.add(name)
        waiting += links(phone, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_and_is_accessible(phone, site, language):
    seen: set[str] = set()
    found = []
    for role in ROLES:
        reader = phone(f"pages/{language}/{role or 'visitor'}")
        if role:
            sign_in(reader, site.people[role], PASSWORD)
        walk(reader, language, seen)
        found += reader.found
    assert not found, "\n".join(found)
    assert seen >= KINDS
