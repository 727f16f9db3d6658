"""Somebody who has the checking page on a phone: what they can do with it, and what it says."""

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.phone import BOXES, violations

JUDGE = """(bytes) => {
  const found = judge(Uint8Array.from(bytes));
  return found.verdict === "different" ? found.path : {verified: "", unreadable: "unreadable"}[found.verdict];
}"""


class Reader:
    """Somebody with the page on a phone of 360 points: gives it files, reads what it says, and hears what went wrong."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.folder = page, folder
        self.asked: list[str] = []
        self.said: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def open(self, address: str, language: str = "id") -> "Reader":
        """Open the page, from wherever it is."""
        self.page.goto(address + ("" if language == "id" else f"#{language}"))
        assert self.page.locator("html").get_attribute("lang") == language
        return self

    def give(self, data: bytes) -> str:
        """Choose a file with this content and return what the page says of it."""
        path = self.folder / "round.json"
        path.write_bytes(data)
        self.page.evaluate("document.getElementById('verdict').textContent = ''")
        with self.page.expect_file_chooser() as chooser:
            self.page.click("#file")
        chooser.value.set_files(path)
        return self.answer()

    def answer(self) -> str:
        """Wait for the page's answer and return it."""
        self.page.locator("#verdict:focus:not(:empty)").wait_for()
        return self.page.locator("#result").inner_text()

    def ask(self, code: str) -> str:
        """Type a publication code and return what the page says of it."""
        self.page.fill("#code", code)
        self.page.click("#ask button")
        return " ".join(self.page.locator("#answer").inner_text().split())

    def judge(self, data: bytes) -> str:
        """Return the page's verdict in the form of the other verifiers: empty, the path, or UNREADABLE."""
        return self.page.evaluate(JUDGE, list(data))

    def faults(self) -> list[str]:
        """Return everything that does not fit, is not accessible, or was said by the console."""
        return [*self.page.evaluate(BOXES), *violations(self.page), *self.said]
