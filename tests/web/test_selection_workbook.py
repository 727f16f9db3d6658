"""The spreadsheet of a round: its formulas, computed, give what was published, and something else when a value changes."""

import copy
import math

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from rantau.engine.publication import build as publish
from rantau.engine.refusal import Refusal
from rantau.engine.selection import Criterion, Rules
from rantau.web.selection.workbook import EXACT, LONGEST, build
from rantau.web.selection.workbook_words import LANGUAGES, WORDS
from tests.engine.rounds import ENTRIES, RULES, files, header
from tests.engine.strategies import rounds
from tests.web.formulas import Book

FILES = files()
PLACES = ["Rank, computed", "Total, computed", "Outcome, computed", "Step, computed"]


def table(book: Book) -> list[dict]:
    """Return the sheet of rows as dictionaries by heading."""
    heading, *rows = book.rows("Rows")
    return [dict(zip(heading, row, strict=True)) for row in rows]


def told(book: Book) -> dict[str, tuple]:
    """Return the sheet of checks: what was computed and what it should be, by name."""
    return {row[0]: (row[1], row[2]) for row in book.rows("Check")[1:] if row[0]}


def english(file: dict) -> Book:
    return Book(build(file, language="en"))


def published(row: dict) -> list:
    return [row["rank"], row.get("total"), row["outcome"], row["step"]]


@pytest.mark.parametrize("name", FILES)
def test_every_formula_gives_what_was_published(name):
    file = FILES[name]
    book = english(file)
    rows = table(book)
    assert [[row[place] or None for place in PLACES] for row in rows] == [published(row) for row in file["rows"]]
    assert [row["Same (1) or not (0)"] for row in rows] == [1] * len(rows)
    assert [(key, pair) for key, pair in told(book).items() if pair[1] is not None and pair[0] != pair[1]] == []


def test_the_checks_say_what_the_round_came_to():
    checks = told(english(FILES["final public"]))
    assert {key: pair[0] for key, pair in checks.items()} == {
        "Rows listed": 10,
        "Rows frozen": 10,
        "Rows ranked": 8,
        "All weights together": 100,
        "Marks above the highest possible": 0,
        "Rows selected": 2,
        "Ranks that are the same": 10,
        "Totals that are the same": 10,
        "Outcomes that are the same": 10,
        "Steps that are the same": 10,
        "Rows that are wholly the same": 10,
        "Verdict": "All that is computed here is the same",
        "Totals computed from marks": 4,
        "Lowest total selected": 9000,
        "Rows with that total": 1,
        "Rows parted by the lot": 2,
    }


TAMPERED = {
    "a total": (lambda f: f["rows"][1].update(total=8999), "Totals that are the same"),
    "a rank": (lambda f: f["rows"][1].update(rank=3), "Ranks that are the same"),
    "an outcome": (lambda f: f["rows"][4].update(outcome="selected"), "Outcomes that are the same"),
    "a step": (lambda f: f["rows"][3].update(step="lot"), "Steps that are the same"),
    "a mark": (lambda f: f["rows"][0]["marks"].update(written=9400), "Totals that are the same"),
    "a mark above the maximum": (lambda f: f["rows"][0]["marks"].update(interview=2001), "Marks above the highest possible"),
    "a row left out": (lambda f: f["rows"].pop(), "Rows frozen"),
    "the number ranked": (lambda f: f["counts"].update(ranked=7), "Rows ranked"),
    "another code by the lot": (lambda f: f["rows"][2].update(code="R-X", marks={**f["rows"][3]["marks"]}),
                                "Steps that are the same"),
}  # fmt: skip


@pytest.mark.parametrize(("forge", "line"), TAMPERED.values(), ids=TAMPERED)
def test_a_changed_value_makes_the_sheet_say_so(forge, line):
    file = copy.deepcopy(FILES["final public"])
    forge(file)
    checks = told(english(file))
    assert checks[line][0] != checks[line][1]
    assert checks["Verdict"][0] == "Something differs"


def test_the_formulas_live_a_mark_that_is_typed_moves_its_row():
    book = english(FILES["provisional audit"])
    book.cells["Rows", 6, 8] = 10000  # R-G: 100.00 in the written test
    rows = {row["Publication code"]: row for row in table(book)}
    assert [rows["R-G"][place] for place in PLACES] == [5, 7400, "unsuccessful", "total"]
    book = english(FILES["provisional audit"])
    book.cells["Rules", 2, 13] = 1  # one seat
    assert [row["Outcome, computed"] for row in table(book)] == ["selected", *["reserve"] * 2, *["unsuccessful"] * 6]


@settings(max_examples=25, deadline=None)
@given(rounds())
def test_any_round_comes_out_the_same(round_):
    for file in round_.files():
        if math.lcm(*(c["maximum"] for c in file["rules"]["criteria"])) <= EXACT:
            book = english(file)
            assert [row["Same (1) or not (0)"] for row in table(book)] == [1] * len(file["rows"])
            assert told(book)["Verdict"][0] == "All that is computed here is the same"


@pytest.mark.parametrize(("mark", "total"), [(14001, 7000), (14003, 7002), (14002, 7001), (1, 0), (3, 2)])
def test_a_total_exactly_half_way_goes_to_the_even_one(mark, total):
    rules = Rules(seats=1, reserve=0, criteria=(Criterion(code="written", maximum=20000, weight=100),))
    made = ENTRIES[0].model_copy(update={"marks": {"written": mark}})
    (row,) = table(english(publish(header(), [made], rules, audience="audit")))
    assert row["Total, computed"] == total


def test_a_round_of_nobody_has_a_sheet_too():
    checks = told(english(publish(header(), [], RULES, audience="public")))
    assert (checks["Rows listed"], checks["Rows ranked"], checks["Lowest total selected"][0]) == ((0, 0), (0, 0), "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sheets(language):
    book = Book(build(FILES["final audit"], language=language))
    words = [WORDS[key][LANGUAGES.index(language)] for key in ("title", "open", "rehearsal", "all_same")]
    assert [book.value("Rules", 1, row) for row in (1, 5, 6)] + [book.value("Check", 2, 14)] == words


def test_every_word_is_there_in_every_language():
    assert {key: words for key, words in WORDS.items() if len(words) != 3 or not all(words)} == {}


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path):
    file = copy.deepcopy(FILES["final public"])
    file["programme"], file["rows"][0]["code"] = '=HYPERLINK("http://x")', "+1"
    path = tmp_path / "round.xlsx"
    path.write_bytes(build(file, language="id"))
    book = load_workbook(path)
    cells = [book["Rules"]["B8"], book["Rows"]["A2"]]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [
        ('=HYPERLINK("http://x")', "s", True),
        ("+1", "s", True),
    ]


def test_a_public_sheet_holds_no_mark_of_whoever_was_not_chosen():
    rows = table(english(FILES["final public"]))
    assert [row["Publication code"] for row in rows if row["written"] is not None] == ["R-E", "R-A", "R-D", "R-B"]


def test_what_no_sheet_can_hold_is_refused():
    file = FILES["final public"]
    with pytest.raises(Refusal) as refused:
        build({**file, "rows": file["rows"][:1] * (LONGEST + 1)}, language="id")
    assert (refused.value.code, refused.value.facts) == ("sheet.rows", {"rows": LONGEST + 1, "most": LONGEST})
    criteria = [{**RULES.plain()["criteria"][0], "maximum": EXACT + 1, "weight": 100}]
    with pytest.raises(Refusal) as refused:
        build({**file, "rules": {**file["rules"], "criteria": criteria, "tie_break": []}}, language="id")
    assert refused.value.code == "sheet.exact"
