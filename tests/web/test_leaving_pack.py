"""The departure pack in three languages: what is known, what is not, tagged to be read aloud, and no number of a person."""

import io

import pytest
from pypdf import PdfReader

from rantau.people import actions as people
from tests.departure import build, leaving

pytestmark = pytest.mark.django_db
NIK = "3205010101057701"
SAID = {
    "id": ("Bekal keberangkatan", "belum diumumkan", "Kartu darurat"),
    "en": ("Departure pack", "not announced yet", "Emergency card"),
    "ru": ("Памятка в дорогу", "ещё не объявлено", "Карточка на крайний случай"),
}


def test_a_pack_says_what_is_known_and_what_is_not_in_each_language(at, chance, visit):
    w = build.world(at, chance)
    leaving.cleared(w, "ani")
    person = build.way(w, "ani").application.person
    people.keep_identity(person=person, nik=NIK, chance=w.chance)
    code = w.people["ani"].code
    for language, words in SAID.items():
        made = visit(person, "own_pack", w.scope, code, language)
        book = PdfReader(io.BytesIO(made.content))
        text = " ".join(" ".join(page.extract_text() for page in book.pages).split())
        assert [one for one in (*words, "KBRI Moskow +7 495 000-00-01", "0800-1000") if one not in text] == []
        assert (NIK in text, code in text) == (False, False)
        assert book.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert book.trailer["/Root"]["/Lang"] == language
        assert len(book.pages) == 2
    assert visit(person, "own_pack", w.scope, code, "de").status_code == 404
    assert visit(w.home_mission, "desk_pack", w.scope, build.way(w, "ani").code, "id").status_code == 404
    assert visit(w.host_mission, "desk_pack", w.scope, build.way(w, "ani").code, "id").status_code == 403
