"""A published round as a spreadsheet whose formulas compute it again: totals, order, cut and ties; needs no Django."""

import io
import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from rantau.engine.refusal import Refusal
from rantau.engine.selection import Rules, lot

from .workbook_words import LANGUAGES, WORDS

LONGEST = 5000
"""Rows; each is compared with every other, and a phone has to bear it."""
EXACT = 10**9
"""The largest common multiple of the highest marks with which the division of whole numbers is exact in a sheet."""
DIGITS = 10
"""Digits of a mark inside a key, so that keys are compared as text."""
SEATS, RESERVE, COMMON, FIRST = "Rules!$B$13", "Rules!$B$14", "Rules!$B$15", 18
"""Places on the sheet of rules, and the row of its first criterion."""


class Formula(str):
    """A text that the sheet computes; any other text stays a text, whatever it begins with."""


def build(file: dict[str, Any], *, language: str) -> bytes:
    """Return an XLSX with the sheets Rules, Rows and Check for a round's file of the right shape.

    :raises Refusal: `sheet.rows` (rows, most) for a round too long for a sheet, `sheet.exact` for highest marks with
        which a sheet would not be exact
    :raises pydantic.ValidationError: for rules that cannot be
    """
    Rules.read(file["rules"])
    rows, criteria = file["rows"], file["rules"]["criteria"]
    if len(rows) > LONGEST:
        raise Refusal("sheet.rows", rows=len(rows), most=LONGEST)
    if math.lcm(*(c["maximum"] for c in criteria)) > EXACT:
        raise Refusal("sheet.exact")

    def say(key: str) -> str:
        return WORDS[key][LANGUAGES.index(language)]

    book = Workbook(write_only=True)
    _sheet(book, "Rules", (34, 24, 12, 12, 24), _rules(file, say))
    layout = Layout(file)
    _sheet(book, "Rows", [18] * layout.width, [layout.heading(say), *map(layout.line, range(len(rows)))])
    _sheet(book, "Check", (44, 24, 24), _check(file, layout, say))
    book.calculation.fullCalcOnLoad = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Any, title: str, widths: Iterable[int], lines: Iterable[Sequence[Any]]) -> None:
    sheet = book.create_sheet(title)
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    if title == "Rows":
        sheet.freeze_panes = "B2"
    for number, line in enumerate(lines):
        sheet.append([_cell(sheet, value, bold=number == 0) for value in line])


def _cell(sheet: Any, value: Any, *, bold: bool) -> Any:
    if isinstance(value, Formula) or not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    if value.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True
    if bold:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    return cell


def _rules(file: dict[str, Any], say: Callable[[str], str]) -> list[list[Any]]:
    """Return the lines of the sheet of rules; SEATS, RESERVE, COMMON and FIRST name places in it."""
    rules = file["rules"]
    last = FIRST + len(rules["criteria"]) - 1
    notes = ["title", "unofficial", "hundredths", "lots", "open" if file["audience"] == "audit" else "hidden"]
    lines: list[list[Any]] = [[say(note)] for note in notes]
    lines += [[say("rehearsal") if "rehearsal" in file else ""], []]
    lines += [[say(key), file[key]] for key in ("programme", "intake", "kind", "seed")]
    lines += [[say("root"), file["freeze"]["root"]]]
    lines += [[say("seats"), rules["seats"]], [say("reserve"), rules["reserve"]]]
    lines += [[say("common"), Formula(f"=LCM(B{FIRST}:B{last})")], []]
    lines += [[say(key) for key in ("criterion", "maximum", "weight", "pass_mark", "factor")]]
    for place, c in enumerate(rules["criteria"], FIRST):
        factor = Formula(f"=100*C{place}*$B$15/B{place}")
        lines.append([c["code"], c["maximum"], c["weight"], c["pass_mark"], factor])
    return [*lines, [], [say("tie_break")], *([code] for code in rules["tie_break"])]


class Layout:
    """Where each column of the sheet of rows stands, and the line of each row."""

    def __init__(self, file: dict[str, Any]) -> None:
        self.file = file
        self.tests = [c["code"] for c in file["rules"]["criteria"]]
        codes = ["code", "rank", "total", "outcome", "step", *(f"mark:{test}" for test in self.tests)]
        codes += ["lot", "gate", "numerator", "total_again", "key", "rank_again", "outcome_again", "step_again", "same"]
        self.letters = {code: get_column_letter(place) for place, code in enumerate(codes, 1)}
        self.width, self.last = len(codes), max(len(file["rows"]) + 1, 2)

    def heading(self, say: Callable[[str], str]) -> list[str]:
        """Return the headings."""
        return [code.removeprefix("mark:") if ":" in code else say(code) for code in self.letters]

    def column(self, code: str, *, first: int = 2, last: int = 0) -> str:
        """Return the range of a column's cells, from the first row to the last."""
        letter = self.letters[code]
        return f"{letter}${first}:{letter}{last}" if last else f"{letter}${first}:{letter}${self.last}"

    def above_maximum(self) -> list[str]:
        """Return a formula for each criterion: how many marks are above the highest possible one."""
        columns = {n: self.column(f"mark:{test}") for n, test in enumerate(self.tests, FIRST)}
        return [f'COUNTIF(Rows!{column},">"&Rules!$B${n})' for n, column in columns.items()]

    def line(self, index: int) -> list[Any]:
        """Return what stands in the line of a row: what was published, its lot number, and the formulas."""
        row, place = self.file["rows"][index], index + 2
        values = [row["code"], row["rank"], row.get("total"), row["outcome"], row["step"]]
        values += [row.get("marks", {}).get(test) for test in self.tests]
        values.append(f"{lot(self.file['seed'], row['code']):032x}")
        at = {code: f"{letter}{place}" for code, letter in self.letters.items()}
        if "marks" in row:
            return [*values, *self._computed(at, place), *self._judged(at)]
        return [*values, *self._taken(at, place, ranked="total" in row), *self._judged(at)]

    def _computed(self, at: dict[str, str], place: int) -> list[Any]:
        """Return gate, numerator, total, key, rank, outcome and step of a row whose marks are known."""
        gate, total, rank = at["gate"], at["total_again"], at["rank_again"]
        factors = [f"{at[f'mark:{test}']}*Rules!$E${n}" for n, test in enumerate(self.tests, FIRST)]
        padded = [f'RIGHT("{"0" * DIGITS}"&{at[f"mark:{test}"]},{DIGITS})' for test in self._ties()]
        key = "&".join([*padded, at["lot"]])
        totals, keys = self.column("total_again"), self.column("key")
        above = f'COUNTIF({totals},">"&{total})+SUMPRODUCT(({totals}={total})*({keys}>{at["key"]}))'
        return [
            Formula(f"={self._gate(at)}"),
            Formula(f'=IF({gate}<>"","",{"+".join(factors)})'),
            Formula(f'=IF({gate}<>"","",{_half_even(at["numerator"])})'),
            Formula(f'=IF({gate}<>"","",{key})'),
            Formula(f'=IF({gate}<>"","",1+{above})'),
            Formula(_outcome(rank)),
            Formula(f'=IF({gate}<>"","gate",IF({rank}=1,"first",{self._step(at, place)}))'),
        ]

    def _taken(self, at: dict[str, str], place: int, *, ranked: bool) -> list[Any]:
        """Return the same of a row whose marks are not public: what follows from its total and the order listed."""
        if not ranked:
            return [None, None, None, None, None, Formula(_outcome(at["rank_again"])), "gate"]
        total, before = at["total_again"], self.column("total_again", first=1, last=place - 1)
        rank = f'=1+COUNTIF({self.column("total_again")},">"&{total})+COUNTIF({before},{total})'
        step = f'=IF({total}<>{self.letters["total_again"]}{place - 1},"total",{at["step"]})'
        taken = [None, None, Formula(f"={at['total']}"), None, Formula(rank)]
        return [*taken, Formula(_outcome(at["rank_again"])), Formula(step)]

    def _judged(self, at: dict[str, str]) -> list[Any]:
        pairs = [f"{at[key]}={at[f'{key}_again']}" for key in ("rank", "total", "outcome", "step")]
        return [Formula(f"=IF(AND({','.join(pairs)}),1,0)")]

    def _ties(self) -> list[str]:
        return list(self.file["rules"]["tie_break"])

    def _gate(self, at: dict[str, str]) -> str:
        """Return the formula of why a row has no rank: the first criterion that fails."""
        formula = '""'
        for n, test in reversed(list(enumerate(self.tests, FIRST))):
            cell = at[f"mark:{test}"]
            below = f'IF({cell}<Rules!$D${n},"below_pass:{test}",{formula})'
            formula = f'IF({cell}="","absent:{test}",{below})'
        return formula

    def _step(self, at: dict[str, str], place: int) -> str:
        """Return the formula of what parts a row from the one directly above."""
        formula = '"lot"'
        for test in reversed(self._ties()):
            cell = at[f"mark:{test}"]
            formula = f'IF({cell}<>{self.letters[f"mark:{test}"]}{place - 1},"{test}",{formula})'
        return f'IF({at["total_again"]}<>{self.letters["total_again"]}{place - 1},"total",{formula})'


def _half_even(numerator: str) -> str:
    """Return the formula of a whole number divided by the common multiple, rounded half to even, exactly."""
    rest = f"MOD({numerator},{COMMON})"
    whole = f"({numerator}-{rest})/{COMMON}"
    up = f"IF(2*{rest}>{COMMON},1,IF(AND(2*{rest}={COMMON},MOD({whole},2)=1),1,0))"
    return f"{whole}+{up}"


def _outcome(rank: str) -> str:
    below = f'IF({rank}<={SEATS}+{RESERVE},"reserve","unsuccessful")'
    return f'=IF({rank}="","unsuccessful",IF({rank}<={SEATS},"selected",{below}))'


def _check(file: dict[str, Any], layout: Layout, say: Callable[[str], str]) -> list[list[Any]]:
    """Return the lines of the sheet of checks: each what it counts, and what that should be."""

    def column(code: str) -> str:
        return f"Rows!{layout.column(code)}"

    def alike(key: str) -> Formula:
        pair = f"({column(key)}={column(f'{key}_again')})"
        return Formula(f'=SUMPRODUCT(({column("code")}<>"")*{pair})')

    count, ranked = len(file["rows"]), f"COUNT({column('rank_again')})"
    last = FIRST + len(file["rules"]["criteria"]) - 1
    asked: list[tuple[str, str, Any]] = [
        ("listed", f"=COUNTA({column('code')})", file["counts"]["tested"]),
        ("frozen", f"=COUNTA({column('code')})", file["freeze"]["rows"]),
        ("ranked", f"={ranked}", file["counts"]["ranked"]),
        ("weights", f"=SUM(Rules!$C${FIRST}:$C${last})", 100),
        ("marks_high", "=" + "+".join(layout.above_maximum()), 0),
        ("chosen", f'=COUNTIF({column("outcome_again")},"selected")', Formula(f"=MIN({SEATS},{ranked})")),
        *((f"{key}s_same", alike(key), count) for key in ("rank", "total", "outcome", "step")),
        ("rows_same", f"=SUM({column('same')})", count),
    ]
    lines = [[say("checked"), say("found"), say("wanted")]]
    lines += [[say(key), Formula(found), wanted] for key, found, wanted in asked]
    end = len(asked) + 1
    verdict = f'=IF(SUMPRODUCT((B2:B{end}<>C2:C{end})*1)=0,"{say("all_same")}","{say("some_differ")}")'
    totals, cut = column("total_again"), f"MIN({SEATS},{ranked})"
    told = [
        ("verdict", verdict),
        ("of_marks", f"=COUNT({column('numerator')})"),
        ("cut", f'=IF({ranked}=0,"",INDEX({totals},MATCH({cut},{column("rank_again")},0)))'),
        ("at_cut", f"=IF({ranked}=0,0,COUNTIF({totals},INDEX({totals},MATCH({cut},{column('rank_again')},0))))"),
        ("by_lot", f'=COUNTIF({column("step_again")},"lot")'),
    ]
    return [*lines, [], *([say(key), Formula(formula)] for key, formula in told)]
