"""A photo goes up over a line that dies in the middle: told dark before it is sent, kept, and gone on with after a reload."""

import pytest
from playwright.sync_api import Request, Route

from rantau.documents.actions import CHUNK
from tests.browser.phone import Phone
from tests.browser.state import PASSWORD
from tests.documents import paper

CHAPTER = "called"
pytestmark = pytest.mark.browser
SAID = "main section:has(#photo) .upload-said"
SEND = "main section:has(#photo) form button"


def photo(**how: int) -> dict[str, object]:
    """Return a photo as it is chosen on a phone: 8 million pixels, larger than what is sent."""
    data = paper.saved(paper.page(width=2448, height=3264, letters=36, **how), quality=92)
    return {"name": "KTP.jpg", "mimeType": "image/jpeg", "buffer": data}


def says(phone: Phone, words: str) -> None:
    """Wait until the field says something."""
    phone.page.wait_for_function(
        "([where, words]) => document.querySelector(where).textContent.includes(words)", arg=[SAID, words]
    )


def at_documents(phone: Phone, email: str) -> None:
    """Sign in on one's own phone and open the page of documents."""
    phone.page.goto("/akun/masuk/")
    phone.fill(login=email, password=PASSWORD)
    phone.tick(device="own")
    phone.send()
    phone.page.goto("/program/rusal-2026-peragaan/daftar/")
    phone.press("main a[href*='/pendaftaran/']")
    phone.press("main a[href$='/dokumen/']")


def test_an_upload_goes_on_where_the_line_died(phone, site):
    siti = phone("upload", scripts=True)
    arrived: list[int] = []

    def until_two(route: Route, request: Request) -> None:
        if request.method == "POST" and len(arrived) == 2:
            route.abort("connectionreset")
            return
        if request.method == "POST":
            arrived.append(int(request.headers["upload-offset"]))
        route.continue_()

    def all_through(request: Request) -> None:
        if request.method == "POST" and "upload-offset" in request.headers:
            arrived.append(int(request.headers["upload-offset"]))

    at_documents(siti, site.people["owner"])
    siti.look("documents")
    siti.page.locator("#photo_file").set_input_files(photo(ground=38, ink=5))
    says(siti, "Foto terlalu gelap.")
    siti.look("dark")
    assert arrived == []
    siti.page.locator("#photo_file").set_input_files(photo())
    says(siti, "Foto terang dan tajam.")
    siti.page.route("**/unggah/*/", until_two)
    siti.page.locator(SEND).click()
    says(siti, "Sambungan terputus.")
    siti.look("line-dead")
    siti.page.unroute("**/unggah/*/")
    siti.page.reload()
    says(siti, "berkas sudah sampai. Pilih berkas yang sama lagi")
    siti.look("reloaded")
    siti.page.on("request", all_through)
    siti.page.locator("#photo_file").set_input_files(photo())
    says(siti, "Foto terang dan tajam.")
    siti.press(SEND)
    siti.look("there")
    assert arrived == [CHUNK * number for number in range(len(arrived))]
    assert len(arrived) > 4
    assert siti.page.locator("main section:has(#photo) a[href$='/dokumen/photo/']").count() == 1
    assert siti.page.evaluate("Object.keys(localStorage)") == []
    found = [
        line for line in siti.found if "net::ERR_CONNECTION_RESET" not in line
    ]  # the browser tells of the dead line
    assert not found, "\n".join(found)
