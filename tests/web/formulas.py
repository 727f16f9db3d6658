"""A small reader of spreadsheets for tests: it computes the few functions that our sheets use, as Excel and LibreOffice do."""

import io
import math
import operator
import re
from collections.abc import Callable
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<number>\d+(?:\.\d+)?)
    |(?P<cell>(?:\w+!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)|(?P<name>[A-Z]+)(?=\()|(?P<sign><>|<=|>=|[-+*/&=<>(),]))""",
    re.VERBOSE,
)
LEVELS = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"))
COMPARED = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
COUNTED = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


class Book:
    """A spreadsheet whose cells are read as what they compute; change `cells` before reading to try another value."""

    def __init__(self, data: bytes) -> None:
        self.cells: dict[tuple[str, int, int], Any] = {}
        self.known: dict[tuple[str, int, int], Any] = {}
        for sheet in load_workbook(io.BytesIO(data)):
            for row in sheet.iter_rows():
                for cell in row:
                    formula = cell.data_type == "f"
                    self.cells[sheet.title, cell.column, cell.row] = ("=", cell.value) if formula else cell.value

    def rows(self, sheet: str) -> list[list[Any]]:
        """Return what every cell of a sheet shows, line by line."""
        places = [(column, row) for title, column, row in self.cells if title == sheet]
        width, height = max(column for column, _ in places), max(row for _, row in places)
        return [[self.value(sheet, column, row) for column in range(1, width + 1)] for row in range(1, height + 1)]

    def value(self, sheet: str, column: int, row: int) -> Any:
        """Return what a cell shows; an empty one is None."""
        at = (sheet, column, row)
        if at not in self.known:
            held = self.cells.get(at)
            self.known[at] = Reader(self, sheet, held[1]).read() if isinstance(held, tuple) else held
        return self.known[at]


class Reader:
    """One formula being read: every part is a function that computes it when asked, so that IF asks for one branch."""

    def __init__(self, book: Book, sheet: str, formula: str) -> None:
        self.book, self.sheet, self.tokens = book, sheet, []
        at = 1
        while at < len(formula):
            found = TOKEN.match(formula, at)
            assert found, formula[at:]
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()

    def read(self) -> Any:
        """Return what the whole formula computes."""
        part = self.level(0)
        assert self.tokens == []
        return part()

    def taken(self, *signs: str) -> str:
        """Take the next token if it is one of the signs, and return it, or nothing."""
        if self.tokens and self.tokens[0][0] == "sign" and self.tokens[0][1] in signs:
            return self.tokens.pop(0)[1]
        return ""

    def level(self, depth: int) -> Callable[[], Any]:
        """Read operators of one strength, from left to right."""
        if depth == len(LEVELS):
            return self.part()
        left = self.level(depth + 1)
        while sign := self.taken(*LEVELS[depth]):
            left = self.both(sign, left, self.level(depth + 1))
        return left

    def both(self, sign: str, left: Callable[[], Any], right: Callable[[], Any]) -> Callable[[], Any]:
        """Return an operator and what stands on its sides."""
        return lambda: each(lambda a, b: applied(sign, a, b), left(), right())

    def part(self) -> Callable[[], Any]:
        """Read a text, number, cell, range, function or bracket."""
        kind, token = self.tokens.pop(0)
        if kind == "text":
            return lambda: token[1:-1].replace('""', '"')
        if kind == "number":
            return lambda: float(token) if "." in token else int(token)
        if kind == "cell":
            return lambda: self.range(token)
        if kind == "name":
            given = self.arguments()
            return lambda: FUNCTIONS[token](*given)
        assert token == "("
        inner = self.level(0)
        assert self.taken(")")
        return inner

    def arguments(self) -> list[Callable[[], Any]]:
        """Read what stands in the brackets of a function."""
        assert self.taken("(")
        given = [self.level(0)]
        while self.taken(","):
            given.append(self.level(0))
        assert self.taken(")")
        return given

    def range(self, token: str) -> Any:
        """Return the value of a cell, or the values of a column's range as a list."""
        sheet, _, where = token.rpartition("!")
        ends = [re.fullmatch(r"([A-Z]+)(\d+)", end.replace("$", "")) for end in where.split(":")]
        column, rows = column_index_from_string(ends[0][1]), [int(end[2]) for end in ends]
        values = [self.book.value(sheet or self.sheet, column, row) for row in range(rows[0], rows[-1] + 1)]
        return values if ":" in where else values[0]


def each(apply: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    """Apply something to two values, or to each of a list's."""
    if not isinstance(left, list) and not isinstance(right, list):
        return apply(left, right)
    length = len(left if isinstance(left, list) else right)
    sides = [side if isinstance(side, list) else [side] * length for side in (left, right)]
    return [apply(a, b) for a, b in zip(*sides, strict=True)]


def applied(sign: str, left: Any, right: Any) -> Any:
    """Return what an operator makes of two values: a text is above every number, an empty cell is 0 or an empty text."""
    if sign == "&":
        return "".join("" if side is None else str(side) for side in (left, right))
    if sign in COUNTED:
        made = COUNTED[sign](*(0 if side is None else side for side in (left, right)))
        return int(made) if made == int(made) else made
    empty = "" if isinstance(left, str) or isinstance(right, str) else 0
    pair = [empty if side is None else side for side in (left, right)]
    if isinstance(pair[0], str) != isinstance(pair[1], str):
        pair = [isinstance(side, str) for side in pair]
    return COMPARED[sign](*pair)


def numbers(values: Any) -> list[Any]:
    """Return the numbers among the values of a range."""
    return [v for v in (values if isinstance(values, list) else [values]) if isinstance(v, int | float)]


def countif(values: list[Any], wanted: Any) -> int:
    """Return how many values are equal to something, or larger where it begins with `>`."""
    if isinstance(wanted, str) and wanted.startswith(">"):
        return sum(value > float(wanted[1:]) for value in numbers(values))
    return sum(type(value) is type(wanted) and value == wanted for value in values)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "IF": lambda asked, yes, no: yes() if asked() else no(),
    "AND": lambda *asked: all(one() for one in asked),
    "SUM": lambda *parts: sum(number for part in parts for number in numbers(part())),
    "SUMPRODUCT": lambda part: sum(numbers(part())),
    "MIN": lambda *parts: min(number for part in parts for number in numbers(part())),
    "COUNT": lambda part: len(numbers(part())),
    "COUNTA": lambda part: sum(value is not None for value in part()),
    "COUNTIF": lambda part, wanted: countif(part(), wanted()),
    "MOD": lambda a, b: a() % b(),
    "LCM": lambda part: math.lcm(*numbers(part())),
    "INDEX": lambda part, place: part()[place() - 1],
    "MATCH": lambda wanted, part, _exactly: part().index(wanted()) + 1,
    "RIGHT": lambda part, number: str(part())[-number() :],
}
