"""Every kind of page that a link leads to, for everybody who can sign in, in three languages, on a phone."""

from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from django.utils import translation

from tests.browser.phone import Phone
from tests.browser.state import PASSWORD

CHAPTER = "played"
pytestmark = [pytest.mark.browser, pytest.mark.slow]
LANGUAGES = {"id": "", "en": "/en", "ru": "/ru"}
FILES = (".json", ".xlsx", ".csv", ".pdf", ".py")
ROLES = ("", "owner", "school", "verifier", "examiner", "coordinator", "auditor", "inspector", "operator", "employer")


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


def walk(phone: Phone, language: str) -> list[str]:
    """Look at one page of every kind that can be reached; return the kinds."""
    prefix = LANGUAGES[language]
    waiting, seen = [("home", f"{prefix}/"), ("account", f"{prefix}/akun/")], {""}
    while waiting:
        name, address = waiting.pop(0)
        if name in seen:
            continue
        answer = phone.page.goto(address)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        seen.add(name)
        phone.look(f"{name}-{answer.status}")
        waiting += links(phone, language)
    return sorted(seen - {""})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
def test_every_page_fits_and_is_accessible(phone, site, role, language):
    reader = phone(f"pages/{language}/{role or 'visitor'}")
    if role:
        reader.sign_in(site.people[role], PASSWORD)
    kinds = walk(reader, language)
    assert {"home", "programme", "results", "safety"} <= set(kinds)
    assert "\n".join(reader.found) == ""
