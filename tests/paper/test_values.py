"""Texts by language: which is said, and what no eye would see."""

import pytest

from rantau.engine.refusal import Refusal
from rantau.paper.labels import LABELS, STATUS
from rantau.paper.layout import paragraphs, table
from rantau.paper.values import LANGUAGES, Table, alike, printable, said
from tests.paper.papers import SEATS, paper


@pytest.mark.parametrize(
    ("words", "language", "found"),
    [
        ({"id": "satu", "ru": "один"}, "ru", ("один", "ru")),
        ({"id": "satu", "en": "one"}, "ru", ("satu", "id")),
        ({"id": "", "en": "one"}, "id", ("one", "en")),
        ({"ru": "один"}, "en", ("один", "ru")),
        ({}, "en", ("", "en")),
        ("Иван", "id", ("Иван", "id")),
    ],
)
def test_a_text_that_is_not_written_is_said_in_the_first_other_language(words, language, found):
    assert said(words, language) == found


def test_every_fixed_word_is_there_in_every_language():
    assert [set(LABELS[language]) for language in LANGUAGES] == [set(LABELS["id"])] * 3
    assert [set(STATUS[language]) for language in LANGUAGES] == [{"draft", "agreed", "signed", "in_force", "ended"}] * 3
    assert [
        text for table in (LABELS, STATUS) for one in table.values() for text in one.values() if not text.strip()
    ] == []


def test_paragraphs_stand_side_by_side_though_one_language_has_fewer():
    rows = paragraphs({"id": "a\r\n\r\n  b\tc ", "ru": "в"}, ("id", "ru"))
    assert [[one["text"] for one in row] for row in rows] == [["a", "в"], ["b c", ""]]
    assert [[one["lang"] for one in row] for row in rows] == [["id", "ru"], ["id", "ru"]]


def test_numbers_stand_on_the_right_and_are_printed_once():
    found = table(SEATS, ("id", "ru"))
    assert found["numeric"] == [False, True, True]
    assert [[len(cell) for cell in row] for row in found["rows"]] == [[2, 1, 1]] * 3
    assert table(Table(head=(alike("a"),), rows=()), ("id",)) == {
        "head": [[{"text": "a", "lang": "id", "borrowed": False}]],
        "rows": [],
        "numeric": [False],
    }


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\u202e", "\u2066", "\u200b", "\ufeff", "\ue000", "\u0378"])
def test_an_unseen_character_is_named_wherever_it_stands(sign):
    for changes in ({"code": f"M{sign}"}, {"title": {"id": "x", "en": sign}}, {"parties": ({"ru": f"а{sign}"},)}):
        with pytest.raises(Refusal) as refused:
            printable(paper(**changes))
        assert (refused.value.code, refused.value.facts) == ("paper.glyphs", {"found": [f"U+{ord(sign):04X}"]})


def test_line_ends_tabs_and_soft_hyphens_are_writing():
    printable(paper(subtitle={"id": "a\r\nb\tc\u00add"}))
