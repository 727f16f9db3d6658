"""What every answer says to a browser: run nothing of others, frame nothing, keep nothing; and what production leaves out."""

import base64
import hashlib
import json
import os
import re
import runpy
import subprocess
import sys
from types import ModuleType

import pytest
from django.http import HttpResponse
from django.test import Client

from rantau.config import urls

from .matrix import JUDGED
from .matrix_requests import address, letter, undone, who
from .matrix_table import ROWS

pytestmark = pytest.mark.django_db
KEPT_BY_ANYBODY = dict.fromkeys(("round_file", "evidence", "allocation_file"), "public, max-age=31536000, immutable")
"""What never changes and holds nothing of anybody."""
OF_ONE_FILE = ("verifying_page",)
"""Pages that hold their own style and script, each allowed by its fingerprint."""
BAND = "Not an official site."
DEMO = "/peragaan/"
PRODUCTION = """
import json, django
django.setup()
from django.conf import settings
from rantau.config.urls import AREAS
names = ("ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "DEBUG", "DEMO")
print(json.dumps({name: getattr(settings, name) for name in names} | {"areas": AREAS}))
"""


def asked(played, browsers, *kinds: str) -> dict[str, HttpResponse]:
    """Return the answers to everything that can be asked, by address and kind of person."""
    found = {}
    for row in ROWS:
        path = address(played, row.view, row.scope, row.given)
        for kind in kinds:
            with undone():
                answer = browsers.of(who(played, kind, row.scope, row.whose)).get(path)
            if answer.streaming:
                list(answer.streaming_content)  # a file is closed when it was read
            found[f"{row.name} {kind}"] = answer
    return found


@pytest.fixture(scope="module")
def everything(played, browsers):
    """Ask everything once as nobody, as the person of a record and as a coordinator."""
    return asked(played, browsers, "an", "ow", "co")


def test_no_page_runs_frames_or_guesses_anything(everything):
    answers = {name: answer for name, answer in everything.items() if not name.endswith(" ow")}
    seen = {letter(answer) for answer in answers.values()}
    assert seen == set("o.->rx")
    for name, answer in answers.items():
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy, name
        assert "default-src 'none'" in policy, name
        assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "DENY"), name
        assert answer["Referrer-Policy"] == "same-origin", name
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            assert "frame-ancestors 'none'" in policy, name
            allowed = (b"<style",) if name.partition(" ")[0] in OF_ONE_FILE else ()
            bad = [part for part in (b"<style", b" style=", b" onclick=", b"javascript:") if part in answer.content]
            assert set(bad) == set(allowed), name


def test_whoever_is_signed_in_leaves_nothing_in_a_cache(everything):
    for name, answer in everything.items():
        if name.endswith(" an"):
            continue
        view = name.partition(" ")[0]
        if view in KEPT_BY_ANYBODY and answer.status_code == 200:
            assert answer["Cache-Control"] == KEPT_BY_ANYBODY[view]
        else:
            assert "no-store" in answer["Cache-Control"], name


def test_the_page_of_one_file_may_run_itself_and_reach_nothing(client):
    answer = client.get("/en/cara-memeriksa/verify.html")
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    sources = {key: policy.pop(key) for key in ("script-src", "style-src")}
    assert policy == {
        "default-src": "'none'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    page = answer.content.decode()
    for key, allowed in sources.items():
        tag = key.removesuffix("-src")
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert allowed == f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


@pytest.mark.parametrize("name", ["guardian", "invitation", "invitation_decline", "check", "shared_note"])
def test_what_a_stranger_opens_by_a_secret_or_fills_in_is_kept_by_nobody(played, browsers, name):
    row = next(row for row in ROWS if row.name == name)
    answer = browsers.of(None).get(address(played, name, row.scope, row.given))
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client, played):
    answer = client.post(f"/peragaan/masuk/{played.people['owner'].person.ref}/")
    session = answer.cookies["sessionid"]
    assert (session["httponly"], session["samesite"], session["max-age"]) == (True, "Lax", "")


# --- which site this is ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("publisher", "shown"), [("", True), ("Kantor Contoh", False)])
def test_the_band_stands_on_every_page_until_somebody_publishes_the_site(played, browsers, settings, publisher, shown):
    settings.PUBLISHER = publisher
    for path in (
        "/en/",
        "/en/program/",
        "/en/waspada/",
        "/en/akun/masuk/",
        f"/en/program/{JUDGED}/hasil/",
        "/en/none/",
    ):
        told = browsers.of(None).get(path).content.decode()
        assert (BAND in told) is shown, path
        assert ("Published by Kantor Contoh." in told) is not shown, path


def test_a_rehearsal_says_so_on_every_page_of_it(played, browsers):
    for path in (f"/en/program/{JUDGED}/", f"/en/program/{JUDGED}/hasil/", f"/en/program/{JUDGED}/none/"):
        assert ("REHEARSAL" in browsers.of(None).get(path).content.decode()) is not path.endswith("none/"), path


# --- what is not there -------------------------------------------------------------------------------------------------------
def addresses_in(settings, mode: str, *, demo: bool):
    """Return the addresses as they are put together in a mode."""
    settings.MODE, settings.DEMO = mode, demo
    made = ModuleType(f"urls_in_{mode}")
    vars(made).update(runpy.run_path(urls.__file__))
    return made


@pytest.mark.parametrize(
    ("mode", "demo", "there"), [("production", False, 404), ("rehearsal", False, 404), ("demo", True, 200)]
)
def test_the_rehearsals_door_stands_open_in_a_demo_alone(played, settings, mode, demo, there):
    settings.ROOT_URLCONF = addresses_in(settings, mode, demo=demo)
    ref = played.people["owner"].person.ref
    browser = Client()
    assert browser.get(DEMO).status_code == there
    assert browser.post(f"{DEMO}masuk/{ref}/").status_code == (302 if demo else 404)
    assert browser.post(f"{DEMO}{JUDGED}/jam/", {"days": "1"}).status_code == (302 if demo else 404)
    assert ("_auth_user_id" in browser.session) is demo
    assert (DEMO.encode() in browser.get("/").content) is demo


def test_production_trusts_no_made_up_host_and_hides_the_demo():
    keys = {name: "ab" * 32 for name in ("RANTAU_SECRET_KEY", "RANTAU_MASTER_KEY")}
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": "src", "DJANGO_SETTINGS_MODULE": "rantau.config.settings"}
    ran = subprocess.run([sys.executable, "-c", PRODUCTION], env=environment | keys, capture_output=True, check=True)
    found = json.loads(ran.stdout)
    assert "rehearsal" not in found.pop("areas")
    assert found == {
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "DEBUG": False,
        "DEMO": False,
    }
