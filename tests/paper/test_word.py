"""Agreements as DOCX: headings, a column a language, each text marked with its language, the same bytes."""

import datetime as dt
import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from rantau.engine.refusal import Refusal
from rantau.paper.labels import DRAFT, MADE_UP, REHEARSAL, UNOFFICIAL
from rantau.paper.values import Clause, Signatory, alike
from rantau.paper.word import docx
from tests.paper.papers import PARTIES, SUBJECTS, clauses, paper
from tests.paper.test_typeset import HOSTILE


def opened(data: bytes):
    """Return a DOCX as python-docx reads it."""
    return Document(io.BytesIO(data))


def rows(document) -> list[list[str]]:
    """Return the text of all tables, row by row."""
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


@pytest.fixture(scope="module")
def written() -> bytes:
    """Return the agreement in Indonesian and Russian, signed by one party."""
    signed = Signatory(party=PARTIES[0], name="Siti Rahmawati", capacity="Direktur", on=dt.date(2026, 3, 5))
    return docx(paper(signatories=(signed, Signatory(party=PARTIES[1]))))


def test_the_same_value_is_the_same_bytes_whenever_it_is_packed(written):
    assert docx(paper()) == docx(paper())
    with zipfile.ZipFile(io.BytesIO(written)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_clause_is_a_heading_with_its_number(written):
    headings = [one.text for one in opened(written).paragraphs if one.style.name == "Heading 2"]
    assert headings == [
        "Para pihak · Стороны",
        *(f"{number}. {one} · {two}" for number, (one, two, _) in enumerate(SUBJECTS, start=1)),
    ]


def test_languages_stand_side_by_side_row_by_row(written):
    found = rows(opened(written))
    for clause in clauses():
        for lines in zip(*(clause.text[language].split("\n") for language in ("id", "ru")), strict=True):
            assert list(lines) in found
    assert ["(1) menanggung biaya perjalanan pergi dan pulang;", "(1) оплачивает проезд в обе стороны;"] in found
    assert ["Pengelasan\nСварка", "25", "200 000 ₽"] in found


def test_every_text_is_marked_with_its_language(written):
    tags = {
        run.text: run._r.rPr.find(qn("w:lang")).get(qn("w:val"))
        for one in opened(written).paragraphs
        if one.style.name == "Title"
        for run in one.runs
    }
    assert tags == {"Nota Kesepahaman": "id-ID", "Меморандум о взаимопонимании": "ru-RU"}


def test_who_signed_is_written_and_who_did_not_has_lines(written):
    found = rows(opened(written))[-10:]
    assert [row[1] for row in found] == [
        "Kementerian Contoh Republik Indonesia\nМинистерство-пример Республики Индонезия",
        "_" * 40,
        "Siti Rahmawati",
        "Direktur",
        "5 Maret 2026 · 5 марта 2026\u202fг.",
        "Perusahaan Contoh\nКомпания-пример",
        *["_" * 40] * 4,
    ]


def test_its_properties_are_the_documents_own(written):
    known = opened(written).core_properties
    assert (known.title, known.subject, known.author) == ("Nota Kesepahaman", "tentang pendidikan dan kerja", "")
    assert (known.keywords, known.version, known.category) == ("M-7Q2KX9W4TB, 3", "3", "memorandum")
    assert (known.created, known.modified) == (dt.datetime(2026, 3, 2, tzinfo=dt.UTC),) * 2


def test_a_rehearsal_and_a_draft_say_so_at_the_head_and_foot():
    section = opened(docx(paper(rehearsal=True, status="draft", official=False))).sections[0]
    assert [one.text for one in section.header.paragraphs][1:] == [REHEARSAL, DRAFT]
    assert [one.text for one in section.footer.paragraphs][:2] == [MADE_UP, UNOFFICIAL]


def test_one_language_needs_no_columns():
    document = opened(docx(paper(clauses=clauses()[:1], signatories=()), languages=("ru",)))
    assert document.tables == []
    assert "Статья 1-я." in [one.text for one in document.paragraphs]


def test_annexes_follow_under_a_heading_of_their_own():
    document = opened(docx(paper(clauses=clauses()[:1], annexes=clauses()[1:2])))
    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert headings[1:] == [
        "1. Tujuan · Цель",
        "Lampiran · Приложение",
        "2. Ruang lingkup · Предмет соглашения",
        headings[-1],
    ]


def test_hostile_text_is_written_as_it_stands():
    clause = Clause(number="1", title=alike(HOSTILE), text=alike(HOSTILE))
    document = opened(docx(paper(clauses=(clause,), signatories=())))
    assert [HOSTILE, HOSTILE] in rows(document)


def test_what_cannot_be_seen_is_not_written():
    with pytest.raises(Refusal) as refused:
        docx(paper(code="M\x07"))
    assert (refused.value.code, refused.value.facts) == ("paper.glyphs", {"found": ["U+0007"]})
