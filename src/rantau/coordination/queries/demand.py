"""Reading demand: what stands, its history, sheets that wait, and totals by trade, year and ministry beside the supply."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from rantau.coordination.models import Demand, Sheet
from rantau.engine import demand as engine
from rantau.engine.known import Text
from rantau.engine.programme import Programme as Terms
from rantau.programmes.models import Programme
from rantau.programmes.queries import terms


@dataclass(frozen=True)
class Total:
    """How many places are asked for of a trade in a year, by ministry."""

    trade: str
    year: int
    by_office: dict[str, int]

    @property
    def places(self) -> int:
        """Return the places of all ministries."""
        return sum(self.by_office.values())


@dataclass(frozen=True)
class Supply:
    """What the programme trains for one place of work: its seats as the programme states them, and from which year.

    `home` says that it is in the country that asks. `year` is None where it does not follow from what is published;
    `assumed` says that a value it rests on is assumed.
    """

    posting: str
    title: Text
    home: bool
    seats: Any
    trade: str
    year: int | None
    assumed: bool


@dataclass(frozen=True)
class Picture:
    """What is asked for and what is trained: rows in force, totals, supply."""

    rows: tuple[Demand, ...]
    totals: tuple[Total, ...]
    supply: tuple[Supply, ...]
    offices: tuple[str, ...]

    @property
    def places(self) -> int:
        """Return all places that are asked for."""
        return sum(row.places for row in self.rows)

    @property
    def projects(self) -> int:
        """Return how many projects ask."""
        return len({(row.office, row.project) for row in self.rows})


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def key(row: Demand) -> tuple[object, ...]:
    """Return what tells two demands of one office apart."""
    return engine.key(project=row.project, words=row.words, grade=row.grade, year=row.year, region=row.region)


def of(programme: Programme, office: str = "") -> list[Demand]:
    """Return what is asked for now, of one office or of all, by year, trade and project: anybody may read it."""
    found = Demand.objects.filter(programme=programme, ended_at=None)
    if office:
        found = found.filter(office=office)
    return list(found.order_by("year", "trade", "project", "pk"))


def versions(row: Demand) -> list[Demand]:
    """Return every version of a demand, newest first."""
    return list(Demand.objects.filter(code=row.code).select_related("person").order_by("-version"))


def picture(programme: Programme) -> Picture:
    """Return the demand of a programme beside its supply; what is not published is not reckoned."""
    rows = of(programme)
    sums: dict[tuple[int, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        sums[row.year, row.trade][row.office] += row.places
    offices = sorted({row.office for row in rows})
    totals = tuple(Total(trade=t, year=y, by_office=dict(by)) for (y, t), by in sorted(sums.items()))
    return Picture(
        rows=tuple(rows), totals=totals, supply=tuple(supply(terms(programme.version))), offices=tuple(offices)
    )


def supply(known: Terms) -> list[Supply]:
    """Return what a programme trains for each of its places of work.

    The year is that in which the work begins: departure and the months of the phases before the work, where all of these
    are known.
    """
    before = []
    for phase in known.phases:
        if phase.kind == "work":
            break
        before.append(phase.months)
    facts = [known.dates.departure, *before]
    occupation = known.contract.occupation.value
    words = " ".join((occupation.id, occupation.en, occupation.ru)) if occupation else ""
    year = None
    if all(fact.value is not None for fact in facts):
        start = known.dates.departure.value
        months = int(start[5:]) - 1 + sum(fact.value for fact in before)
        year = int(start[:4]) + months // 12
    return [
        Supply(
            posting=posting.code,
            title=posting.title,
            home=posting.country == known.home_country,
            seats=posting.seats,
            trade=engine.trade_of(words) if words else "",
            year=year,
            assumed=any(fact.status == "assumed" for fact in (*facts, posting.seats)),
        )
        for posting in known.postings
    ]


def reading(sheet: Sheet) -> tuple[engine.Guess, engine.Reading]:
    """Return what is known of a waiting sheet's columns, and its rows read by them."""
    found = engine.Guess.read(sheet.found)
    return found, engine.read(lines(sheet), found)


def lines(sheet: Sheet) -> list[engine.Line]:
    """Return a waiting sheet's rows as they were read; none once it was taken or put away."""
    return [(number, tuple(cells)) for number, cells in sheet.lines or []]
