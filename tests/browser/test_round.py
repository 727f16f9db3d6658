"""A round by daylight: the coordinator freezes, records the draw, publishes; a phone finds a code and checks the file."""

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.phone import Phone, sign_in
from tests.browser.state import PASSWORD

CHAPTER = "examined"
pytestmark = [pytest.mark.browser, pytest.mark.slow]
P = "/program/rusal-2026-peragaan/"
VERIFY = Path(__file__).resolve().parents[2] / "tools" / "verify.py"


def published(desk: Phone) -> None:
    """Bring the provisional round to publication, step by step as the desk names them."""
    desk.open(f"{P}meja/", "desk")
    desk.open(f"{P}meja/bekukan/", "freeze")
    desk.send()
    desk.look("freeze-wrong")
    soon = {f"on_{n}": value for n, value in enumerate(two_days_after(desk))}
    named = {"source": "Sepuluh lemparan dadu di depan saksi", "substitutes": "Sepuluh lemparan dadu di kantor notaris"}
    desk.fill(**named, clock="09.00", **soon)
    desk.send()
    desk.look("frozen")
    desk.page.goto("/peragaan/")
    desk.press("form[action='/peragaan/rusal-2026-peragaan/jam/'] button[value='7']")
    desk.open(f"{P}meja/undi/", "draw")
    desk.fill(value="3 1 4 1 5 9 2 6 5 3")
    desk.send()
    desk.look("drawn")
    desk.press("main .next-step form .button")
    desk.look("computed")
    desk.open(f"{P}hasil/", "sealed")
    desk.open(f"{P}meja/", "desk-computed")
    desk.press("main .next-step a.button")
    desk.look("publish")
    desk.send()
    desk.look("published")


def two_days_after(desk: Phone) -> list[str]:
    """Return the day two days after the rehearsal's own, as day, month and year."""
    words = desk.page.locator(".band-play").inner_text()
    months = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
    number, month, year = words.rsplit(", ", 2)[-2].split() if "," in words else ["", "", ""]
    day = dt.date(int(year), months.index(month) + 1, int(number)) + dt.timedelta(days=2)
    return [str(day.day), str(day.month), str(day.year)]


def test_a_round_is_published_and_a_stranger_checks_it(phone, site, tmp_path):
    desk, candidate, stranger = phone("round"), phone("result"), phone("stranger")
    sign_in(desk, site.people["coordinator"], PASSWORD)
    published(desk)
    sign_in(candidate, site.people["owner"], PASSWORD)
    candidate.press("main a[href*='/pendaftaran/']")
    candidate.look("own-result")
    code = candidate.page.locator("main dd .code").first.inner_text().replace(" ", "")
    candidate.press("main a[href$='/bukti/']")
    candidate.look("own-proof")
    proof = tmp_path / "proof.json"
    proof.write_bytes(candidate.context.request.get(candidate.page.url + "berkas.json").body())
    stranger.open(f"{P}hasil/", "results")
    stranger.fill(kode=code)
    stranger.press("main form:has([name=kode]) button")
    stranger.look("found")
    assert code in stranger.page.locator("main").inner_text().replace(" ", "")
    file = tmp_path / "round.json"
    file.write_bytes(stranger.context.request.get(f"{P}hasil/provisional.json").body())
    assert code in [row["code"] for row in json.loads(file.read_bytes())["rows"]]
    command = [sys.executable, str(VERIFY), str(proof), str(file)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (told.stdout.splitlines()[0], told.returncode) == ("VERIFIED", 0)
    assert not (found := desk.found + candidate.found + stranger.found), "\n".join(found)
