"""The judge of screens sees what is wrong, and only that."""

import pytest

pytestmark = pytest.mark.browser
SOUND = "<h1>Judul</h1><p>Satu kalimat.</p><details><summary>Lagi</summary><p>Dua kalimat.</p></details>"
FAULTS = {
    "wide": ('<p class="wide">Lebar</p>', "overflow: p.wide “Lebar” reaches from 8 to 508 of 360"),
    "overlap": ('<p>Atas</p><p class="up">Bawah</p>', "overlap: p “Atas” and p.up “Bawah”"),
    "label": ("<input name='nik'>", "axe label: ['input']"),
    "contrast": ('<p class="pale">Pucat</p>', "axe color-contrast: ['.pale']"),
    "folded": ('<details><summary>Lagi</summary><p class="pale">Pucat</p></details>', "axe color-contrast: ['.pale']"),
    "style": ('<p style="color: red">Merah</p>', "console: Applying inline style violates"),
}
STYLE = ".wide { width: 500px; } .up { margin-top: -2.2em; } .pale { color: #ddd; }"


def shown(phone, body: str) -> list[str]:
    """Show a page of ours and return what the judge says of it."""
    page = f"<!doctype html><html lang=id><head><title>Uji</title><link rel=stylesheet href=/uji.css></head><body><main>{body}"
    policy = {"content-security-policy": "default-src 'none'; style-src 'self'", "content-type": "text/html"}
    reader = phone("judge")
    for context in (reader.context, reader.judge.context):
        context.route("**/uji.css", lambda route: route.fulfill(body=STYLE, content_type="text/css"))
        context.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    reader.context.route("**/uji/", lambda route: route.fulfill(body=page, headers=policy))
    reader.open("/uji/", "page")
    return reader.found


def test_nothing_is_said_of_a_sound_page(phone):
    assert shown(phone, SOUND) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_seen(phone, fault):
    body, expected = FAULTS[fault]
    found = shown(phone, SOUND + body)
    assert [line for line in found if expected in line] != [], found
