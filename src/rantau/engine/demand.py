"""What a ministry's own sheet asks for: where its heading is, which column is which, what its rows and cells mean.

Nothing here is sure of itself: the guess is shown to whoever handed the sheet in, who corrects and confirms it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from .canonical import Frozen

Line = tuple[int, Sequence[str]]
"""A row as the spreadsheet numbers it, and its cells as text."""

FIELDS = ("project", "trade", "grade", "year", "places", "region", "note")
"""What can be known of a demand; `grade`, `region` and `note` may stay empty."""

LONGEST = {"project": 200, "trade": 120, "grade": 60, "region": 120, "note": 500}
MOST = 1_000_000
"""Places beyond which a number is a slip of the pen."""
FIRST_YEAR, LAST_YEAR = 2026, 2060
HEADING_WITHIN = 40
"""Among how many rows the heading is looked for."""

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "project": ("nama proyek", "proyek", "psn", "kegiatan", "project name", "project", "название проекта", "проект"),
    "trade": (
        *("jabatan", "profesi", "keahlian", "bidang keahlian", "kompetensi", "pekerjaan", "tenaga kerja"),
        *("trade", "occupation", "skill", "skills", "position", "job", "profession"),
        *("профессия", "специальность", "должность"),
    ),
    "grade": (
        *("tingkat", "jenjang", "kualifikasi", "klasifikasi", "level", "kkni", "razryad"),
        *("grade", "qualification", "разряд", "уровень", "квалификация"),
    ),
    "year": ("tahun", "thn", "year", "год"),
    "places": (
        *("jumlah", "kebutuhan", "formasi", "kuota", "banyaknya", "orang"),
        *("places", "number", "quantity", "qty", "headcount", "vacancies", "people", "demand"),
        *("количество", "кол во", "потребность", "число", "мест", "человек"),
    ),
    "region": (
        *("provinsi", "daerah", "wilayah", "lokasi", "kabupaten", "kota", "tempat"),
        *("region", "province", "location", "place", "регион", "область", "провинция", "место"),
    ),
    "note": (
        "keterangan",
        "ket",
        "catatan",
        "note",
        "notes",
        "remark",
        "remarks",
        "comment",
        "примечание",
        "примечания",
    ),
}
"""Words by which the heading of a column is known, in three languages, in lower case and without signs."""

TRADES: Mapping[str, tuple[str, ...]] = {
    "inspector": ("inspector", "inspektor", "ndt", "qc", "контролер", "контролёр", "дефектоскопист"),
    "welder": ("welder", "welders", "welding", "las", "pengelasan", "pengelas", "сварщик", "сварка", "электросварщик"),
    "scaffolder": ("scaffolder", "scaffolding", "perancah", "лесов"),
    "fitter": ("fitter", "pipefitter", "pipa", "perakit", "слесарь", "монтажник", "трубопроводчик"),
    "electrician": ("electrician", "electrical", "listrik", "электрик", "электромонтер", "электромонтёр"),
    "instrument": ("instrument", "instrumentation", "instrumentasi", "кипиа"),
    "machinist": ("machinist", "cnc", "bubut", "permesinan", "токарь", "фрезеровщик", "станочник"),
    "mechanic": ("mechanic", "mekanik", "pemeliharaan", "maintenance", "механик", "наладчик"),
    "operator": ("excavator", "crane", "alat berat", "heavy equipment", "крановщик", "машинист"),
    "smelter": ("smelter", "smelting", "peleburan", "pengecoran", "furnace", "tungku", "литейщик", "плавильщик"),
}
"""The trades we count by, each with the words that mean it; the first that a cell holds is taken, all else is `other`."""

TOTALS = ("jumlah", "total", "subtotal", "sub total", "grand total", "итого", "всего")


class Guess(Frozen):
    """Where the heading is (the row's number) and which column is which, counted from 0.

    `years` are columns that are headed by a year and hold the places of that year: only where no column is the year.
    """

    heading: int
    columns: dict[str, int]
    years: dict[int, int] = {}

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what no column gives and a row cannot do without."""
        needed = ("project", "trade") if self.years else ("project", "trade", "year", "places")
        return tuple(name for name in needed if name not in self.columns)


class Problem(Frozen):
    """What is wrong with a row: which field, and `missing`, `form`, `long` or `twice`."""

    field: str
    code: str


class Asked(Frozen):
    """One demand as a row of a sheet asks for it; it counts only without problems."""

    number: int
    project: str
    trade: str
    words: str
    grade: str
    year: int | None
    places: int | None
    region: str
    note: str
    problems: tuple[Problem, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """Return what tells two demands of one office apart; places and note may change."""
        return key(project=self.project, words=self.words, grade=self.grade, year=self.year, region=self.region)


class Skipped(Frozen):
    """A row that asks for nothing: `numbers`, `heading`, `total`, `section` or `empty`."""

    number: int
    why: str


class Reading(Frozen):
    """Everything below the heading: rows that ask, and rows left out with why."""

    rows: tuple[Asked, ...]
    skipped: tuple[Skipped, ...]


def key(*, project: str, words: str, grade: str, year: int | None, region: str) -> tuple[object, ...]:
    """Return what tells two demands of one office apart, whatever their spaces and capitals."""
    return (plain(project), plain(words), plain(grade), year, plain(region))


def plain(text: str) -> str:
    """Return a text in lower case, its words apart by one space and without signs."""
    return " ".join(re.findall(r"\w+", text.lower()))


def trade_of(text: str) -> str:
    """Return the trade that words mean, or `other`."""
    said = f" {plain(text)} "
    return next((code for code, words in TRADES.items() if any(f" {word} " in said for word in words)), "other")


# --- the heading -----------------------------------------------------------------------------------------------------
def guess(lines: Sequence[Line]) -> Guess:
    """Return the row that looks most like a heading, and what its columns look like; of equals the upper one.

    With nothing recognised it is the first row, and no column is known.
    """
    found = [guess_at(line) for line in lines[:HEADING_WITHIN]]
    if not found:
        return Guess(heading=0, columns={})
    best = max(found, key=lambda one: (len(one.columns) + 2 * bool(one.years), -one.heading))
    return best if best.columns else found[0]


def guess_at(line: Line) -> Guess:
    """Return what the columns of a row look like, were it the heading."""
    number, cells = line
    years = years_of(cells)
    words = [(place, cell) for place, cell in enumerate(cells) if place not in years]
    likely = sorted(
        ((_likeness(cell, name), -place, name) for place, cell in words for name in FIELDS),
        key=lambda one: (-one[0], -one[1], FIELDS.index(one[2])),
    )
    columns: dict[str, int] = {}
    for likeness, place, name in likely:
        if likeness and name not in columns and -place not in columns.values():
            columns[name] = -place
    if "year" in columns or not years:
        return Guess(heading=number, columns=columns)
    return Guess(heading=number, columns={k: v for k, v in columns.items() if k != "places"}, years=years)


def years_of(cells: Sequence[str]) -> dict[int, int]:
    """Return the columns that are headed by a year alone, with the year."""
    return {place: year for place, cell in enumerate(cells) if (year := _year_alone(cell))}


def _likeness(cell: str, name: str) -> int:
    """Return how surely a heading means a field: 3 the very word, 2 begins with it, 1 holds it, 0 not at all."""
    said = plain(cell)
    if len(said) > 80:
        return 0
    found = 0
    for word in HEADINGS[name]:
        if said == word:
            return 3
        if said.startswith(f"{word} "):
            found = 2
        elif f" {word} " in f" {said} ":
            found = max(found, 1)
    return found


def _year_alone(cell: str) -> int | None:
    match = re.fullmatch(r"(?:ta |tahun |thn |year |fy )?(20\d\d)(?: г| год)?", plain(cell))
    return int(match[1]) if match and FIRST_YEAR <= int(match[1]) <= LAST_YEAR else None


# --- the rows --------------------------------------------------------------------------------------------------------
def read(lines: Sequence[Line], found: Guess) -> Reading:
    """Return the rows below the heading as what they ask for, by the columns of a guess that was confirmed or corrected."""
    heading = next((tuple(cells) for number, cells in lines if number == found.heading), ())
    rows: list[Asked] = []
    skipped: list[Skipped] = []
    known: set[tuple[object, ...]] = set()
    for number, cells in lines:
        if number <= found.heading:
            continue
        why = _asks_nothing(cells, heading, found)
        if why:
            skipped.append(Skipped(number=number, why=why))
            continue
        for one in _asked(number, cells, found):
            if one.key in known:
                again = (*one.problems, Problem(field="project", code="twice"))
                one = one.model_copy(update={"problems": again})
            known.add(one.key)
            rows.append(one)
    return Reading(rows=tuple(rows), skipped=tuple(skipped))


def _asks_nothing(cells: Sequence[str], heading: Sequence[str], found: Guess) -> str:
    """Return why a row asks for nothing; empty where it asks."""
    filled = [cell for cell in cells if cell]
    if tuple(cells) == tuple(heading):
        return "heading"
    numbers = [cell.strip("().") for cell in filled]
    if len(filled) >= 3 and numbers == [str(n) for n in range(1, len(numbers) + 1)]:
        return "numbers"
    if _is_total(_cell(cells, found.columns.get("trade"))) and any(map(_is_total, filled)):
        return "total"
    if len(filled) == 1:
        return "section"
    places = [*found.columns.values(), *found.years]
    return "" if any(_cell(cells, place) for place in places) else "empty"


def _is_total(cell: str) -> bool:
    """Return whether a cell begins like a total; an empty one may stand in the row of one."""
    return not cell or f"{plain(cell)} ".startswith(tuple(f"{word} " for word in TOTALS))


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _asked(number: int, cells: Sequence[str], found: Guess) -> Iterator[Asked]:
    given = {name: _cell(cells, found.columns.get(name)) for name in FIELDS}
    if not found.years:
        yield asked(number, given)
    for place, year in found.years.items():
        places = _cell(cells, place)
        if places not in ("", "0", "-", "–", "—"):
            yield asked(number, {**given, "year": str(year), "places": places})


def asked(number: int, given: Mapping[str, str]) -> Asked:
    """Return one demand as typed in a row or a form: texts by field, with everything that is wrong with it."""
    problems = [Problem(field=name, code="missing") for name in ("project", "trade") if not given[name]]
    problems += [Problem(field=n, code="long") for n, most in LONGEST.items() if len(given[n]) > most]
    year, places = _year(given["year"]), _places(given["places"])
    for name, value in (("year", year), ("places", places)):
        if value is None:
            problems.append(Problem(field=name, code="form" if given[name] else "missing"))
    return Asked(
        number=number,
        project=given["project"],
        trade=trade_of(given["trade"]),
        words=given["trade"],
        grade=given["grade"],
        year=year,
        places=places,
        region=given["region"],
        note=given["note"],
        problems=tuple(problems),
    )


def _year(text: str) -> int | None:
    """Return the one year that a text names."""
    found = {int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", text)}
    if len(found) != 1:
        return None
    year = found.pop()
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _places(text: str) -> int | None:
    """Return the whole number of people that a text says: `12`, `1.200`, `1 200`, `12 orang`."""
    match = re.fullmatch(r"(\d{1,3}(?:[., \u00a0]\d{3})+|\d{1,7})(?:\s*[^\W\d]+\.?)?", text.strip())
    if not match:
        return None
    number = int(re.sub(r"\D", "", match[1]))
    return number if 1 <= number <= MOST else None
