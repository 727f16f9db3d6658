"""The parts of every page: values in words, fields tied to their labels, drawings by attribute, nothing inline."""

import datetime as dt
import gzip
import re
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from rantau.web.ui import values
from rantau.web.ui.drawing import drawn
from rantau.web.ui.fields import DayField
from tests.web import build_programmes as build

AT = dt.datetime(2026, 11, 24, 15, 23, tzinfo=dt.UTC)
STYLE = Path("src/rantau/web/ui/static/rantau.css")


def render(text, **context):
    return Template(text).render(Context(context))


def spoken(language, text, **context):
    with translation.override(language):
        return render(text, **context)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("id", "Selasa, 24 November 2026, 22.23 WIB"),
        ("en", "Tuesday, 24 November 2026, 22:23 WIB"),
        ("ru", "вторник, 24 ноября 2026, 22:23 WIB"),
    ],
)
def test_an_instant_has_its_weekday_and_zone(language, shown):
    assert spoken(language, "{{ at|when }}", at=AT).casefold() == shown.casefold()


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Makassar", "Selasa, 24 November 2026, 23.23 WITA"),
        ("Asia/Jayapura", "Rabu, 25 November 2026, 00.23 WIT"),
        ("Europe/Moscow", "Selasa, 24 November 2026, 18.23 waktu Moskow"),
        ("Asia/Krasnoyarsk", "Selasa, 24 November 2026, 22.23 waktu Krasnoyarsk"),
    ],
)
def test_an_instant_in_a_zone_by_name(zone, shown):
    assert spoken("id", "{{ at|when_local:zone }}", at=AT, zone=zone) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ 8140|points }}", "81,40"),
        ('{{ 20000050|money:"RUB" }}', "200.000,50 RUB"),
        ('{{ 20000000|money:"RUB" }}', "200.000 RUB"),
        ('{{ 43800000|money:"IDR" }}', "Rp 43.800.000"),
        ("{{ at|day }}", "Selasa, 24 November 2026"),
        ("{{ nothing|when }}{{ nothing|day }}{{ nothing|points }}", ""),
        ('{{ "A-7K3QF9X2MW5"|code }}', '<span class="code" translate="no">A-7K3Q F9X2 MW5</span>'),
    ],
)
def test_values_in_words(text, shown):
    assert spoken("id", text, at=AT, nothing=None) == shown


def test_a_text_only_in_indonesian_says_so():
    class Words:
        def in_(self, language):
            return ("hanya satu", language != "id")

    assert spoken("en", "{{ words|text }}", words=Words()) == '<span lang="id">hanya satu</span>'
    assert spoken("id", "{{ words|text }}", words=Words()) == "hanya satu"
    with translation.override("ru"):
        assert values.spoken(True) == "да"


def test_a_status_is_words_and_an_unknown_tone_is_a_mistake():
    assert render('{% status "kept" "good" %}') == '<span class="status status-good">kept</span>'
    with pytest.raises(Exception, match="is no tone"):
        render('{% status "kept" "red" %}')


class Form(forms.Form):
    name = forms.CharField(label="Nama", help_text="Seperti di ijazah")
    born = DayField(label="Lahir")
    way = forms.ChoiceField(label="Cara", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def field(name, data=None):
    return render("{% field bound %}", bound=Form(data)[name])


def test_a_field_is_tied_to_its_label_hint_and_error():
    shown = field("name", {})
    assert 'for="id_name"' in shown
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert (shown.count('id="id_name_helptext"'), shown.count('id="id_name_error"')) == (1, 1)


def test_a_date_is_three_labelled_numbers_that_keep_what_was_typed():
    shown = field("born", {"born_0": "31", "born_1": "2", "born_2": "2008"})
    assert re.findall(r'<label for="(\w+)">(\w+)</label>', shown) == [
        ("id_born_0", "Tanggal"),
        ("id_born_1", "Bulan"),
        ("id_born_2", "Tahun"),
    ]
    assert re.findall(r'value="(\d+)"', shown) == ["31", "2", "2008"]
    assert "<fieldset" in shown
    assert "Tanggal ini tidak ada di kalender." in shown


def test_a_date_reads_and_writes_dates():
    form = Form({"name": "x", "born_0": "31", "born_1": "5", "born_2": "2008", "way": "a"})
    assert form.is_valid()
    assert form.cleaned_data["born"] == dt.date(2008, 5, 31)
    assert re.findall(r'value="(\d+)"', render("{% field b %}", b=Form(initial={"born": "2008-05-31"})["born"])) == [
        "31",
        "5",
        "2008",
    ]


def test_choices_are_a_group_with_a_legend():
    shown = field("way")
    assert ("<legend>Cara</legend>" in shown, shown.count('type="radio"')) == (True, 2)


def test_the_summary_links_every_error_to_its_field():
    shown = render("{% error_summary form %}", form=Form({}))
    assert re.findall(r'href="#(\w+)"', shown) == ["id_name", "id_born_0", "id_way_0"]
    assert render("{% error_summary form %}", form=Form()).strip() == ""


def test_a_number_comes_with_its_maximum_unit_date_and_source():
    shown = spoken("id", '{% figure "81,40" 100 "poin" on "daftar" %}', on=dt.date(2026, 6, 3))
    assert re.sub(r"<[^>]+>", " ", shown).split() == [
        "81,40",
        "dari",
        "100",
        "poin",
        "3",
        "Juni",
        "2026",
        "·",
        "daftar",
    ]


def test_the_funnel_is_drawn_by_attributes():
    shown = render("{% funnel rows %}", rows=[("all", 300), ("some", 75), ("none", 0)])
    assert re.findall(r'class="bar" width="([\d.]+%)"', shown) == ["100.0%", "25.0%", "0.0%"]


class Stage:
    def __init__(self, number, kind, promised, until=None, known=None):
        self.number, self.kind, self.promised, self.until, self.known = number, kind, promised, until, known


def test_the_journey_line_holds_today_and_keeps_stops_apart():
    stages = [
        Stage(1, "event", dt.date(2026, 1, 1), known=dt.date(2026, 1, 1)),
        Stage(2, "event", dt.date(2026, 1, 2)),
        Stage(3, "work", dt.date(2027, 1, 1), dt.date(2028, 1, 1), dt.date(2027, 1, 1)),
        Stage(4, "work", None, None),
    ]
    line = drawn(stages, key="k", on=dt.date(2027, 7, 2))
    assert [year["year"] for year in line.years] == [2026, 2027, 2028]
    assert [(stop["x"], stop["label_x"], stop["known"]) for stop in line.stops] == [
        ("1.50%", "1.50%", True),
        ("1.50%", "5.10%", False),
    ]
    (stretch,) = line.stretches
    assert (stretch["x"], stretch["width"], stretch["real_width"]) == ("33.30%", "33.30%", "16.61%")
    assert (line.here, line.here_anchor) == ("49.91%", "middle")


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", build.LANGUAGES)
def test_the_page_of_parts_shows_each(client, prefix):
    response = client.get(f"{prefix}/ui/")
    page = response.content.decode()
    parts = ("tasks", "steps", "sum", "notice", "bars", "figure", "errors", "field", "sections", "links", "facts")
    assert response.status_code == 200
    assert [part for part in parts if f'class="{part}' not in page] == []


@pytest.mark.django_db
def test_nothing_is_inline(client, at, chance):
    build.real(at=at, chance=chance)
    pages = [client.get(path).content.decode() for path in ("/", "/ui/", "/program/rusal-2026/cek/", "/nowhere/")]
    assert [re.findall(r"<style|<script|\sstyle=|\son\w+=", page) for page in pages] == [[]] * 4


@pytest.mark.django_db
def test_the_first_view_fits_into_23_kib_over_the_wire(client, at, chance):
    build.real(at=at, chance=chance)
    sizes = [len(gzip.compress(data)) for data in (client.get("/").content, STYLE.read_bytes())]
    assert sum(sizes) <= 23 * 1024


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("prefix", "words"), [("", "Tidak ada apa-apa"), ("/en", "There is nothing here"), ("/ru", "Здесь ничего нет")]
)
def test_nothing_at_an_address(client, prefix, words):
    response = client.get(f"{prefix}/nowhere/")
    assert (response.status_code, words in response.content.decode()) == (404, True)


@pytest.mark.parametrize("name", ["500.html", "403_csrf.html"])
def test_pages_for_when_nothing_works_stand_alone_and_speak_three_languages(name):
    page = render(f"{{% include '{name}' %}}")
    assert [lang for lang in ('lang="id"', 'lang="en"', 'lang="ru"') if lang not in page] == []
