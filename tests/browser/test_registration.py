"""The first journey, on a borrowed phone without scripts: from the announcement to a receipt that anybody can check."""

import pytest
from playwright.sync_api import Response

from tests.browser.phone import Phone

pytestmark = pytest.mark.browser
P = "/program/rusal-2026-peragaan/"
BORN = {"birth_on_0": "31", "birth_on_1": "5", "birth_on_2": "2007"}
PASSWORDS = {"password1": "tiga kata pendek", "password2": "tiga kata pendek"}
FRONT_PAGE = 23 * 1024
"""Bytes over the wire that the first view of the front page may take, everything included."""


def announcement(phone: Phone) -> None:
    """Read the announcement, one sentence of it, what is open, and whether it would be for oneself."""
    phone.open("/", "front")
    phone.press("main a[href*='/janji/']")
    phone.look("sentence")
    for address, screen in (
        ("/program/rusal-2026/pertanyaan/", "questions"),
        ("/program/", "programmes"),
        ("/cara-memeriksa/", "verify"),
        ("/waspada/", "safety"),
        ("/peragaan/", "rehearsal-door"),
        (P, "rehearsal-announcement"),
        (f"{P}cek/", "self-check"),
    ):
        phone.open(address, screen)
    phone.send()
    phone.look("self-check-wrong")
    phone.fill(**BORN, graduated="2025", average="84,5")
    phone.pick(major="other")
    phone.send()
    phone.look("self-check-answer")


def account(phone: Phone) -> None:
    """Make an account on a phone that several share."""
    phone.open(f"{P}daftar/", "register")
    phone.press("main a[href*='/akun/daftar/']")
    phone.look("sign-up")
    assert phone.page.locator("main [name=device][value=borrowed]").is_checked()
    phone.send()
    phone.look("sign-up-wrong")
    phone.fill(username="0812 3456 7890", name="Siti", **PASSWORDS)
    phone.tick(device="borrowed")
    phone.send()
    assert phone.path == f"{P}daftar/"
    phone.look("register-signed-in")


def answers(phone: Phone) -> None:
    """Answer every question, one of them wrong at first."""
    phone.send()
    phone.look("registration-begun")
    phone.press("main a[href*='/isi/birth/']")
    phone.look("birth")
    phone.fill(birth_on_0="31", birth_on_1="2", birth_on_2="2007")
    phone.send()
    phone.look("birth-wrong")
    phone.fill(**BORN)
    phone.send()
    phone.open(phone.path.replace("/identity/", "/name/"), "name")
    phone.fill(name="Siti Rahma")
    phone.send()
    phone.look("identity")
    phone.fill(nik="3200007005070001")
    phone.send()
    phone.look("identity-doubt")
    phone.press("main .notice a.button-quiet")
    phone.look("school")
    school(phone)
    phone.look("study")
    phone.page.locator("main [name=major]").first.check()
    phone.fill(graduated="2025")
    phone.send()
    phone.look("average")
    phone.fill(average="84,25")
    phone.send()
    phone.look("home")
    phone.press("main form[method=post] .button")
    phone.look("home-wrong")
    phone.page.locator("main select[name=regency]").select_option(index=1)
    phone.press("main form[method=post] .button")


def school(phone: Phone) -> None:
    """Find a school by province and regency."""
    phone.pick(province="Jawa Barat")
    phone.press("main form[method=get] .button")
    phone.look("school-province")
    phone.page.locator("main select[name=regency]").select_option(index=1)
    phone.press("main form[method=get] .button")
    phone.look("school-found")
    phone.press("main button[name=npsn]")


def wishes(phone: Phone) -> None:
    """Put the fields in the order of the wish."""
    phone.look("wishes")
    for number, field in enumerate(phone.page.locator("main form[method=post] select").all(), 1):
        field.select_option(str(number))
    phone.send()


def sent(phone: Phone) -> str:
    """Check the answers, send them, and return the code on the receipt."""
    assert phone.path.endswith("/periksa/")
    phone.look("review")
    phone.send()
    phone.look("review-without-consent")
    phone.page.locator("main [name=selection]").check()
    phone.send()
    assert phone.path.endswith("/tanda-terima/")
    phone.look("receipt")
    code = phone.path.split("/")[-3]
    title = phone.page.locator("main figure svg title").text_content()
    assert title.endswith(f"{phone.prefix}{P}periksa/{code}/")
    phone.press("main a.button")
    phone.look("status")
    return code


def signed_out(phone: Phone) -> None:
    """Sign out: the browser is told to clear everything, and going back shows nothing."""
    answered: list[Response] = []
    phone.page.on("response", lambda response: answered.append(response))
    personal = phone.page.url
    phone.press("header form.inline button")
    phone.look("signed-out")
    assert '"cache", "storage"' in [response.header_value("clear-site-data") for response in answered]
    assert [cookie["name"] for cookie in phone.context.cookies() if cookie["name"] == "sessionid"] == []
    phone.page.go_back()
    assert "Siti" not in phone.page.content()
    phone.page.goto(personal)
    assert phone.path == "/akun/masuk/"
    phone.look("sign-in")


@pytest.mark.parametrize(
    "language", ["id", pytest.param("en", marks=pytest.mark.slow), pytest.param("ru", marks=pytest.mark.slow)]
)
def test_a_borrowed_phone_registers_and_keeps_nothing(phone, language):
    siti, anybody = (phone(f"{name}/{language}", language=language) for name in ("registration", "receipt"))
    announcement(siti)
    account(siti)
    answers(siti)
    if "/isi/wishes/" in siti.path:
        wishes(siti)
    code = sent(siti)
    signed_out(siti)
    anybody.open(f"{P}periksa/", "check")
    anybody.fill(code=code.lower())
    anybody.send()
    assert anybody.path == f"{P}periksa/{code}/"
    anybody.look("checked")
    assert "Siti" not in anybody.page.content()
    assert not (found := siti.found + anybody.found), "\n".join(found)


def test_the_first_view_of_the_front_page_is_light(phone):
    visitor = phone("front", scripts=True)
    wire = visitor.context.new_cdp_session(visitor.page)
    wire.send("Network.enable")
    sizes: dict[str, int] = {}
    wire.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    visitor.page.goto("/", wait_until="networkidle")
    assert len(sizes) >= 2
    assert sum(sizes.values()) <= FRONT_PAGE, sizes
