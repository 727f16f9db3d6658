"""Agreements as PDF: the same bytes, every clause in both languages, and nothing printed that cannot be read."""

import datetime as dt
import io
import re
import threading

import pytest
from pypdf import PdfReader

from rantau.engine.refusal import Refusal
from rantau.paper.labels import DRAFT, MADE_UP, REHEARSAL, UNOFFICIAL
from rantau.paper.typeset import pdf
from rantau.paper.values import Clause, Signatory, alike
from tests.paper.papers import PARTIES, SEATS, clauses, paper

HOSTILE = '#read("/etc/passwd") $x$ *b* @you <l> </w:t> \\u{41} // c /* d */ [e] {f} &amp; %(g)s ~'


def pages(data: bytes) -> list[str]:
    """Return the text of each page on one line, words that were divided made whole again."""
    found = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    return [
        " ".join(re.sub(r"(\w)[-\u00ad]\s*\n", r"\1", text).replace("\u200b", "").replace("\u00ad", "").split())
        for text in found
    ]


def squeezed(text: str) -> str:
    """Return a text without spaces and hyphens, which lines come and go with."""
    return re.sub(r"[\s\-\u00ad\u200b]", "", text)


@pytest.fixture(scope="module")
def printed() -> bytes:
    """Return the agreement as it is agreed upon, in Indonesian and Russian."""
    return pdf(paper())


def test_the_same_value_is_the_same_bytes(printed):
    assert pdf(paper()) == printed
    assert pdf(paper(version="4")) != printed


def test_every_clause_stands_in_both_languages_in_its_order(printed):
    text = squeezed("".join(pages(printed)))
    places = []
    for clause in clauses():
        for language in ("id", "ru"):
            for line in clause.text[language].split("\n"):
                assert squeezed(line) in text
            places.append(text.index(squeezed(clause.text[language].split("\n")[-1])))
    assert places == sorted(places)
    for row in SEATS.rows:
        for words in row:
            assert all(squeezed(words[language]) in text for language in ("id", "ru"))


def test_every_page_says_what_it_is_and_which_of_how_many(printed):
    found = pages(printed)
    assert len(found) == 4
    for number, text in enumerate(found, start=1):
        assert f"Halaman {number} dari 4 · Страница {number} из 4" in text
        assert "M-7Q2KX9W4TB · Versi 3 SHA-256 982d 9e3e b996 f559 …" in text
        assert not {mark for mark in (REHEARSAL, DRAFT, UNOFFICIAL, MADE_UP) if mark in text}


def test_a_signature_does_not_stand_alone(printed):
    last = pages(printed)[-1]
    assert "Tanda tangan · Подписи" in last
    assert "Ketentuan penutup" in last


def test_a_rehearsal_and_a_draft_say_so_on_every_page():
    for text in pages(pdf(paper(rehearsal=True, status="draft", official=False))):
        assert [mark for mark in (REHEARSAL, DRAFT, UNOFFICIAL, MADE_UP) if mark not in text] == []


def test_it_can_be_kept_and_read_aloud(printed):
    reader = PdfReader(io.BytesIO(printed))
    root = reader.trailer["/Root"]
    known = root["/Metadata"].get_object().get_data().decode()
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - an object of the file that equals true
    assert root["/Lang"] == "id"
    assert reader.metadata.title == "Nota Kesepahaman"
    assert [
        re.search(f'{name}[>"=]+([^<"]+)', known)[1] for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")
    ] == [
        "2",
        "A",
        "1",
    ]
    assert [line.title for line in reader.outline if not isinstance(line, list)] == ["Nota Kesepahaman"]


def test_one_language_needs_no_columns():
    (text,) = pages(pdf(paper(clauses=clauses()[:1], parties=(), signatories=(), address=""), languages=("ru",)))
    assert "Страница 1 из 1" in text
    assert "Русский" not in text
    assert "Tujuan" not in text


def test_what_is_not_written_in_a_language_stands_there_in_another_one_with_its_mark():
    (text,) = pages(pdf(paper(clauses=clauses()[:1], parties=(), signatories=()), languages=("en",)))
    assert "Purpose" in text
    assert "Pasal ke-1. (ID)" in text
    assert "Memorandum of Understanding" in text


def test_hostile_text_is_printed_as_it_stands():
    word = "A" * 300
    clause = Clause(number="1", title=alike(HOSTILE), text=alike(f"{HOSTILE}\n{word}"))
    signatory = Signatory(party=alike(HOSTILE), name=HOSTILE, capacity=HOSTILE, on=dt.date(2026, 3, 5))
    made = pdf(paper(title=alike(HOSTILE), code=HOSTILE[:20], clauses=(clause,), signatories=(signatory,)))
    text = squeezed("".join(pages(made)))
    assert text.count(squeezed(HOSTILE)) == 8
    assert text.count(word) == 2
    assert "root:" not in text


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("李雷 🎉", ["李 (U+674E)", "雷 (U+96F7)", "🎉 (U+1F389)"]),
        ("Siti\u202eitiS", ["U+202E"]),
        ("Siti\x07\u200b", ["U+0007", "U+200B"]),
    ],
    ids=["no glyph", "turned", "unseen"],
)
def test_what_cannot_be_read_is_not_printed(name, found):
    with pytest.raises(Refusal) as refused:
        pdf(paper(signatories=(Signatory(party=PARTIES[0], name=name),)))
    assert (refused.value.code, refused.value.facts) == ("paper.glyphs", {"found": found})


def test_the_alphabets_of_three_languages_and_their_signs_are_there():
    alphabet = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ é ā ’ “ ” « » – — № § ₽ € × ≤ ° …"
    clause = Clause(number="1", title=alike("Huruf"), text=alike(alphabet))
    (text,) = pages(pdf(paper(clauses=(clause,), parties=(), signatories=()), languages=("ru",)))
    assert squeezed(alphabet) in squeezed(text)


def test_two_threads_print_at_once(printed):
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(pdf(paper()))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [printed, printed]
