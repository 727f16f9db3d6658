"""Who goes where, by daylight: a list on a phone, two officers, a reason for every wish, an answer, a stranger's check."""

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.browser.phone import Phone, sign_in
from tests.browser.state import PASSWORD

CHAPTER = "seated"
pytestmark = [pytest.mark.browser, pytest.mark.slow]
P = "/program/rusal-2026-peragaan/"
DESK = f"{P}meja/pembagian/field/"
PUBLIC = f"{P}pembagian/field/"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")}


def wish(candidate: Phone) -> None:
    """Give the same number twice, mend it, leave one field out."""
    candidate.press("main a[href*='/pendaftaran/']")
    candidate.look("application")
    candidate.press("main a[href$='/pembagian/field/']")
    candidate.look("own-open")
    assert "Mengubah daftar tidak membuka tempat lain" in candidate.page.locator("main").inner_text()
    lists = candidate.page.locator("select[name^=wish_]")
    for number, chosen in enumerate(("2", "2", "1", "3", "")):
        lists.nth(number).select_option(chosen)
    candidate.send()
    candidate.look("own-twice")
    assert lists.nth(0).input_value() == "2"
    lists.nth(1).select_option("4")
    candidate.send()
    candidate.look("own-kept")


def test_a_list_becomes_a_place_with_reasons_and_a_stranger_checks_it(phone, site, tmp_path):
    desk, second, candidate, stranger = phone("desk"), phone("second"), phone("candidate"), phone("stranger")
    sign_in(desk, site.people["coordinator"], PASSWORD)
    sign_in(second, site.people["second"], PASSWORD)
    sign_in(candidate, site.people["owner"], PASSWORD)
    desk.open(f"{DESK}umumkan/", "announce")
    desk.send()
    desk.look("announced")
    wish(candidate)
    for days in ("7", "1"):
        desk.page.goto("/peragaan/")
        desk.press(f"form[action='/peragaan/rusal-2026-peragaan/jam/'] button[value='{days}']")
    desk.open(DESK, "closed")
    desk.press("main form[action$='/putuskan/'] button")
    desk.look("decided")
    second.open(f"{DESK}terbitkan/", "publish")
    second.send()
    second.look("published")
    candidate.page.reload()
    candidate.look("own-placed")
    assert "Ilmu material" in candidate.page.locator("main ol").first.inner_text()
    candidate.press("main a[href$='/jawaban/']")
    candidate.look("answer")
    candidate.page.locator("main form input[value=accept]").check()
    candidate.send()
    candidate.look("accepted")
    stranger.open(PUBLIC, "public")
    for name in ("instance", "result"):
        (tmp_path / f"{name}.json").write_bytes(stranger.context.request.get(f"{PUBLIC}1/{name}.json").body())
    command = [sys.executable, "-m", "rantau.cli", "verify", "result.json", "--instance", "instance.json"]
    run = partial(subprocess.run, command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert run().stdout == "VERIFIED\n"
    result = json.loads((tmp_path / "result.json").read_bytes())
    person, place = next((code, place) for code, place in result["assignment"].items() if place)
    result["assignment"][person] = next(p for p in result["cutoffs"] if p != place)
    (tmp_path / "result.json").write_text(json.dumps(result))
    told = run()
    assert (told.returncode, f"DIFFERENT assignment.{person}" in told.stdout) == (1, True)
    assert not (found := desk.found + second.found + candidate.found + stranger.found), "\n".join(found)
