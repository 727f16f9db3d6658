"""The page that is one file: small, alone, the same words in three languages, and served as it stands in the repository."""

import json
import re
from pathlib import Path

import pytest

FILE = Path(__file__).resolve().parents[2] / "tools" / "verify.html"
PAGE = FILE.read_text("utf-8")
WORDS = dict(re.findall(r"^  (\w+): (\[\".*\"\]),$", PAGE, re.MULTILINE))


def test_the_page_is_at_most_60_kib():
    assert len(FILE.read_bytes()) <= 60 * 1024


def test_the_page_names_nothing_outside_itself():
    assert (
        re.findall(r"https?:|//\w+\.|@import|url\(|\bsrc=|fetch\(|XMLHttpRequest|WebSocket|sendBeacon|Storage", PAGE)
        == []
    )
    assert re.findall(r'href="([^"]*)"', PAGE) == ["data:,", "verify.html"]
    assert re.findall(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|new Function", PAGE) == []


def test_every_word_is_there_in_three_languages_with_the_same_facts():
    said = {key: json.loads(words) for key, words in WORDS.items()}
    here = dict(re.findall(r'data-say="(\w+)"[^>]*>([^<]*)<', PAGE))
    assert len(said) > 90
    assert [
        key for key, words in said.items() if len(words) != 3 or not all(words[1:]) or not (words[0] or here[key])
    ] == []
    facts = {key: [set(re.findall(r"\{\w+\}", text)) for text in words if text] for key, words in said.items()}
    assert {key: found for key, found in facts.items() if any(one != found[0] for one in found)} == {}
    parts = {key: {text.count("|") for text in words if text} for key, words in said.items()}
    assert {key: found for key, found in parts.items() if len(found) > 1} == {}


def test_every_word_that_is_used_is_there_and_none_is_left_over():
    script = PAGE[PAGE.index("<body>") :]
    body = re.sub(r"const WORDS = \{.*?\n\};", "", script, flags=re.DOTALL)
    asked = set(re.findall(r'\bsay\("(\w+)"|sentence\("(\w+)"', script))
    asked = {one or other for one, other in asked}
    assert asked - set(WORDS) == set()
    plain = {key: re.sub("^[cf]_|Why$", "", key) for key in WORDS}
    named = {key for key, word in plain.items() if re.search(rf"\b{word}\b", body)}
    assert set(WORDS) - named == set()


@pytest.mark.parametrize("prefix", ["", "/en", "/ru"])
def test_the_page_is_served_byte_for_byte(client, db, prefix):
    answer = client.get(f"{prefix}/cara-memeriksa/verify.html")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert answer.content == FILE.read_bytes()


@pytest.mark.parametrize("prefix", ["", "/en", "/ru"])
def test_how_to_check_leads_to_the_page(client, db, prefix):
    assert f'href="{prefix}/cara-memeriksa/verify.html"' in client.get(f"{prefix}/cara-memeriksa/").content.decode()
