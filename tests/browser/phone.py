"""A phone of 360 by 800 points: what it shows is looked at for overflow, overlaps, accessibility and what the console says."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response, Route

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 800},
    "device_scale_factor": 2,
    "has_touch": True,
    "locale": "id-ID",
    "timezone_id": "Asia/Jakarta",
}
SCREENSHOTS = Path(__file__).resolve().parents[2] / "var" / "screenshots"
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BOXES = (Path(__file__).parent / "boxes.js").read_text("utf-8")


class Phone:
    """One browser page whose every screen is kept and judged; `found` is what is wrong.

    The phone itself may run no scripts. A second one that does is given the same bytes under the same address and
    measures them: so answers to forms are judged too, and judging sends nothing.
    """

    def __init__(self, context: BrowserContext, judge: BrowserContext, name: str, language: str = "id") -> None:
        self.context, self.name = context, name
        self.prefix = "" if language == "id" else f"/{language}"
        self.page, self.judge = context.new_page(), judge.new_page()
        self.page.set_default_timeout(20_000)
        self.found: list[str] = []
        self.said: list[str] = []
        self.screens = 0
        self.headers: dict[str, str] = {}
        self.page.on("response", self._answered)
        for page in (self.page, self.judge):
            page.on("console", self._heard)
            page.on("pageerror", lambda error: self.said.append(f"script: {error}"))
        self.judge.route("**/*", self._give)

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            self.headers = response.headers

    def _give(self, route: Route) -> None:
        if not route.request.is_navigation_request():
            route.fallback()
            return
        kept = {key: self.headers[key] for key in ("content-type", "content-security-policy") if key in self.headers}
        route.fulfill(status=200, headers=kept, body=self.page.content())

    def _heard(self, message: ConsoleMessage) -> None:
        refused = "responded with a status of 422" in message.text  # a form that came back, as we want it
        if message.type in ("error", "warning") and not refused:
            self.said.append(f"console: {message.text}")

    def open(self, address: str, screen: str) -> None:
        """Go to an address, in the reader's language, and look at what comes."""
        self.page.goto(self.prefix + address)
        self.look(screen)

    @property
    def path(self) -> str:
        """Return the path of the page that is open, without its language."""
        return urlsplit(self.page.url).path.removeprefix(self.prefix)

    def look(self, screen: str) -> None:
        """Keep a picture of the screen and what is wrong with it."""
        self.screens += 1
        folder = SCREENSHOTS / self.name
        folder.mkdir(parents=True, exist_ok=True)
        picture = folder / f"{self.screens:02}-{screen}.png"
        self.page.screenshot(path=picture, full_page=True, caret="initial")  # hiding it would put a style into the page
        self.judge.context.add_cookies(self.context.cookies())  # pictures that only this reader may see
        self.judge.goto(self.page.url)
        self.judge.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        wrong = [*self.judge.evaluate(BOXES), *self.said, *violations(self.judge)]
        self.said.clear()
        where = re.sub(r"^https?://[^/]+", "", self.page.url)
        self.found += [f"{self.name} {self.screens:02} {screen} {where}: {line}" for line in wrong]

    def fill(self, **values: str) -> None:
        """Fill in fields by name."""
        for name, value in values.items():
            self.page.locator(f"main [name={name}]").fill(value)

    def pick(self, **values: str) -> None:
        """Choose an item of a list by the list's name."""
        for name, value in values.items():
            self.page.locator(f"main select[name={name}]").select_option(value)

    def tick(self, **values: str) -> None:
        """Tick a box or a radio button by name and value."""
        for name, value in values.items():
            self.page.locator(f"main [name={name}][value='{value}']").check()

    def press(self, selector: str) -> None:
        """Press a button or follow a link, and wait for what comes."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def send(self) -> None:
        """Press the last button of the page's content that has no value of its own."""
        self.press("main form .button")


def violations(page: Page) -> list[str]:
    """Return what axe finds on a page against WCAG 2.2 AA, a line each."""
    page.evaluate(AXE)
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    result = page.evaluate(f"axe.run(document, {json.dumps(options)})")
    return [
        f"axe {violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def sign_in(phone: Phone, email: str, password: str) -> None:
    """Sign in with an address and a password."""
    phone.page.goto(f"{phone.prefix}/akun/masuk/")
    phone.fill(login=email, password=password)
    phone.send()
    assert phone.path != "/akun/masuk/", phone.page.locator("main").inner_text()
