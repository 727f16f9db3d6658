"""A ministry's own sheet: where its heading is, which column is which, which rows ask for something and what is wrong."""

import pytest

from rantau.engine.demand import Guess, Problem, asked, guess, guess_at, read, trade_of

ROW = {"project": "Smelter", "trade": "Juru las", "grade": "", "year": "2029", "places": "12", "region": "", "note": ""}


def sheet(*rows):
    return list(enumerate(rows, 1))


def problems(**changed):
    return [(one.field, one.code) for one in asked(1, ROW | changed).problems]


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        (
            ["No", "Nama Proyek", "Jabatan", "Grade", "Tahun", "Jumlah (orang)", "Provinsi", "Keterangan"],
            {"project": 1, "trade": 2, "grade": 3, "year": 4, "places": 5, "region": 6, "note": 7},
        ),
        (["Headcount", "Year", "Occupation", "Project"], {"places": 0, "year": 1, "trade": 2, "project": 3}),
        (
            ["Год", "Проект", "Профессия (специальность)", "Разряд", "Кол-во мест", "Регион"],
            {"year": 0, "project": 1, "trade": 2, "grade": 3, "places": 4, "region": 5},
        ),
        (["Lokasi proyek", "Nama proyek"], {"region": 0, "project": 1}),
        (["Jumlah kebutuhan tenaga kerja", "Tenaga kerja"], {"places": 0, "trade": 1}),
        (["Proyek", "Proyek"], {"project": 0}),
        (["Rencana anggaran " * 6 + "proyek", "No"], {}),
    ],
)
def test_columns_are_known_by_their_heading_in_three_languages_and_any_order(heading, columns):
    assert guess_at((1, heading)).columns == columns


def test_the_heading_is_found_below_titles():
    lines = sheet(
        ["KEMENTERIAN"], ["Kebutuhan proyek 2029"], ["Proyek", "Jabatan", "Tahun", "Orang"], ["A", "B", "2029", "1"]
    )
    assert guess(lines) == Guess(heading=3, columns={"project": 0, "trade": 1, "year": 2, "places": 3})


def test_of_two_rows_of_a_heading_the_lower_counts_and_years_hold_their_places():
    upper, lower = ["Proyek", "Jabatan", "Kebutuhan", ""], ["Proyek", "Jabatan", "2028", "Tahun 2029"]
    found = guess(sheet(upper, lower))
    assert found == Guess(heading=2, columns={"project": 0, "trade": 1}, years={2: 2028, 3: 2029})
    assert found.missing == ()


@pytest.mark.parametrize("cell", ["2025", "2061", "28", "2028 sampai 2029", "Rp 2028000"])
def test_what_is_no_year_of_its_own_heads_no_column_of_places(cell):
    assert guess_at((1, ["Proyek", "Jabatan", cell])).years == {}


def test_a_column_for_the_year_stands_before_columns_headed_by_years():
    assert guess_at((1, ["Tahun", "2028"])) == Guess(heading=1, columns={"year": 0})


def test_nothing_is_known_of_a_sheet_without_a_heading():
    assert guess([]) == Guess(heading=0, columns={})
    assert guess(sheet(["a", "b"], ["c", "d"])) == Guess(heading=1, columns={})
    assert Guess(heading=1, columns={"trade": 0}).missing == ("project", "year", "places")


def test_rows_that_ask_for_nothing_are_left_out_and_named():
    heading = ["Proyek", "Jabatan", "Tahun", "Orang", "PIC"]
    lines = sheet(
        ["Judul"],
        heading,
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        ["A. Smelter"],
        ["Total Energi", "Juru las", "2029", "5", "Budi"],
        heading,
        ["Jumlah", "", "", "5"],
        ["", "", "", "", "Budi", "Tono"],
        ["Kilang", "Listrik", "2030", "7"],
    )
    found = read(lines, guess(lines))
    assert [(row.number, row.project, row.trade, row.places) for row in found.rows] == [
        (5, "Total Energi", "welder", 5),
        (9, "Kilang", "electrician", 7),
    ]
    assert [(one.number, one.why) for one in found.skipped] == [
        (3, "numbers"),
        (4, "section"),
        (6, "heading"),
        (7, "total"),
        (8, "empty"),
    ]


def test_years_side_by_side_are_a_demand_each_and_an_empty_cell_is_none():
    lines = sheet(["Proyek", "Jabatan", "2028", "2029", "2030"], ["A", "Las", "3", "-", "lima"])
    found = read(lines, guess(lines))
    assert [(row.number, row.year, row.places, row.problems) for row in found.rows] == [
        (2, 2028, 3, ()),
        (2, 2030, None, (Problem(field="places", code="form"),)),
    ]


def test_a_row_that_repeats_another_is_named_whatever_its_spaces_and_capitals():
    lines = sheet(["Proyek", "Jabatan", "Tahun", "Orang"], ["A b", "Las", "2029", "1"], ["a  B", "LAS", "2029", "2"])
    assert [row.problems for row in read(lines, guess(lines)).rows] == [(), (Problem(field="project", code="twice"),)]


def test_the_columns_that_were_chosen_are_read_and_not_those_that_were_guessed():
    lines = sheet(["x", "y", "z", "w"], ["9", "2029", "Las", "Smelter"])
    found = Guess(heading=1, columns={"places": 0, "year": 1, "trade": 2, "project": 3, "note": 9})
    assert [(row.project, row.places, row.note) for row in read(lines, found).rows] == [("Smelter", 9, "")]


@pytest.mark.parametrize(
    ("text", "places"),
    [("12", 12), ("12 orang", 12), ("1.200", 1200), ("1,200", 1200), ("1 200 чел.", 1200), ("1000000", 1_000_000)],
)
def test_how_many_people_a_cell_says(text, places):
    assert asked(1, ROW | {"places": text}).places == places


@pytest.mark.parametrize("text", ["lima", "2.5", "-3", "0", "1000001", "12-15", "99999999"])
def test_what_says_no_whole_number_of_people(text):
    assert problems(places=text) == [("places", "form")]


@pytest.mark.parametrize(("text", "year"), [("2029", 2029), ("TA 2029", 2029), ("akhir 2029", 2029)])
def test_which_year_a_cell_says(text, year):
    assert asked(1, ROW | {"year": text}).year == year


@pytest.mark.parametrize("text", ["2028/2029", "29", "2025", "2061", "12029"])
def test_what_says_no_single_year(text):
    assert problems(year=text) == [("year", "form")]


def test_everything_that_is_wrong_with_a_row_is_said():
    empty = dict.fromkeys(ROW, "")
    assert problems(**empty) == [(name, "missing") for name in ("project", "trade", "year", "places")]
    assert problems(project="x" * 201, note="x" * 501) == [("project", "long"), ("note", "long")]


@pytest.mark.parametrize(
    ("words", "trade"),
    [
        ("Juru Las (SMAW)", "welder"),
        ("Inspektor las", "inspector"),
        ("Welder smelter", "welder"),
        ("Операторы, сварщик", "welder"),
        ("Pipe fitter", "fitter"),
        ("Operator alat berat", "operator"),
        ("Kelas dua", "other"),
        ("", "other"),
    ],
)
def test_which_trade_words_mean(words, trade):
    assert trade_of(words) == trade
