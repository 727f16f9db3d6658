"""A verifier at the desk: takes the oldest file, returns it with a reason once, and verifies the next."""

import pytest

from tests.browser.phone import sign_in
from tests.browser.state import PASSWORD

CHAPTER = "filed"
pytestmark = [pytest.mark.browser, pytest.mark.slow]
DESK = "/program/rusal-2026-peragaan/verifikasi/"


@pytest.mark.parametrize("language", ["id", "en", "ru"])
def test_a_verifier_returns_one_file_and_verifies_the_next(phone, site, language):
    desk = phone(f"verification/{language}", language=language)
    sign_in(desk, site.people["verifier"], PASSWORD)
    desk.open(DESK, "desk")
    waiting = int(desk.page.locator("main .facts .big").first.inner_text())
    desk.press("main form[action$='/ambil/'] button")
    desk.look("file")
    first = desk.page.url
    desk.page.locator("main summary", has=desk.page.locator("kbd")).first.click()
    desk.page.locator("#return-unreadable").check()
    desk.page.locator("#return-note").fill("Foto ijazah terlalu gelap.")
    desk.press("main details[open] form .button")
    assert desk.page.url != first
    desk.look("next-file")
    second = desk.page.url
    desk.press("main form:has(input[value=verify]) .button")
    assert desk.page.url != second
    desk.look("file-after")
    desk.open(DESK, "desk-after")
    assert int(desk.page.locator("main .facts .big").first.inner_text()) == waiting - 2
    assert not (found := desk.found), "\n".join(found)
