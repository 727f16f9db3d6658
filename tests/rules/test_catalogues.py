"""Every message is there in every language, with the same placeholders, and compiled."""

import re

import polib
import pytest

from tests.rules import source

LANGUAGES = {"id", "ru"}  # the source strings are English
CATALOGUES = [path for path in source.files() if path.suffix == ".po"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
UNTRIMMED = re.compile(r"{%-?\s*blocktrans(?:late)?\b(?![^%]*\btrimmed\b)[^%]*%}")


def texts(entry: polib.POEntry) -> list[str]:
    """Return an entry's translations, one a plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def faults(entry: polib.POEntry) -> list[str]:
    """Return what is wrong with one message."""
    found = ["fuzzy"] if entry.fuzzy else []
    wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    for text in texts(entry):
        if not text.strip():
            found.append("empty")
        elif set(PLACEHOLDER.findall(text)) != wanted and not (entry.msgid_plural and text == texts(entry)[0]):
            found.append(f"other placeholders in {text!r}")
    return found


def test_there_are_catalogues_in_every_language():
    folders = {path.parents[2] for path in CATALOGUES}
    assert folders
    assert {source.name(f): {p.name for p in f.iterdir() if p.is_dir()} for f in folders} == {
        source.name(f): LANGUAGES for f in folders
    }


@pytest.mark.parametrize("path", CATALOGUES, ids=source.name)
def test_a_catalogue_is_complete(path):
    catalogue = polib.pofile(str(path))
    found = {entry.msgid: faults(entry) for entry in catalogue if not entry.obsolete}
    assert {message: problems for message, problems in found.items() if problems} == {}
    assert catalogue.metadata["Language"] == path.parents[1].name


@pytest.mark.parametrize("path", CATALOGUES, ids=source.name)
def test_the_compiled_catalogue_says_the_same(path):
    written = {(e.msgctxt, e.msgid): texts(e) for e in polib.pofile(str(path)) if not e.obsolete}
    compiled = {(e.msgctxt, e.msgid): texts(e) for e in polib.mofile(str(path.with_suffix(".mo")))}
    assert compiled == written


def test_russian_has_its_plural_forms():
    russian = [polib.pofile(str(path)) for path in CATALOGUES if path.parents[1].name == "ru"]
    plural = [c for c in russian if any(entry.msgid_plural for entry in c)]
    assert [c.fpath for c in plural if "nplurals=4" not in c.metadata["Plural-Forms"]] == []


def test_every_block_of_text_is_trimmed():
    templates = [path for path in source.files() if path.suffix in {".html", ".txt"} and "templates" in path.parts]
    assert [source.name(path) for path in templates if UNTRIMMED.search(path.read_text("utf-8"))] == []


def test_the_rules_see_what_is_wrong():
    assert faults(polib.POEntry(msgid="%(n)s seats", msgstr="kursi")) == ["other placeholders in 'kursi'"]
    assert faults(polib.POEntry(msgid="Seats", msgstr="", flags=["fuzzy"])) == ["fuzzy", "empty"]
    assert UNTRIMMED.search("{% blocktranslate count n=n %}")
    assert not UNTRIMMED.search("{% blocktranslate trimmed with n=n %}")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_same_words_are_said_the_same_way_in_every_room(language):
    said: dict[tuple[str | None, str], dict[str, tuple[str, ...]]] = {}
    for path in CATALOGUES:
        if path.parents[1].name == language:
            for entry in polib.pofile(str(path)):
                if not entry.obsolete:
                    said.setdefault((entry.msgctxt, entry.msgid), {})[source.name(path)] = tuple(texts(entry))
    assert {message: rooms for message, rooms in said.items() if len(set(rooms.values())) > 1} == {}
