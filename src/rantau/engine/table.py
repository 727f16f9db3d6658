"""An allocation from three sheets of text, checked row by row: as columns of numbers with their names, or as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .columns import NEVER, Columns, Whole
from .selection import lot_order
from .sheet import Sheet

Flags = npt.NDArray[np.bool_]

BITS = 24
"""How much of a key is the place among the tied; more people than that are refused."""


@dataclass(frozen=True, slots=True)
class Table:
    """What an allocation is decided from, in columns: people and openings sorted by id.

    `rank` and `score` are by application, as they were given; `line` is the order people are served in, if there is one.
    `caps` says that seats are capped by type, which the columns leave out.
    """

    people: Sequence[str]
    openings: Sequence[str]
    columns: Columns
    rank: Whole
    score: Whole
    line: Whole | None
    caps: bool


def read(applicants: Sheet, openings: Sheet, wishes: Sheet, *, seed: str | None, serial: bool) -> Table:
    """Return the table that three sheets make; the order of their rows never matters.

    `serial` asks for one order, that of the applicants' scores; else each opening has that of the scores beside the
    wishes, or the applicants' where there are none. Who has no score where others have one is not acceptable there.

    :raises Unreadable: with the sheet, the line and the column of the first value that cannot be used, and why
    """
    person, opening = applicants.ids(), openings.ids()
    if len(person) > 1 << BITS:
        raise applicants.wrong(1 << BITS, "id", f"is one too many: there may be {1 << BITS} people")
    who, where = wishes.known("applicant", person), wishes.known("opening", opening)
    rank = wishes.whole("rank", 1)
    order = np.lexsort((rank, who))
    _check_twice(wishes, "rank", order, who, rank)
    _check_twice(wishes, "opening", np.lexsort((where, who)), who, where)
    merit, own = _merit(applicants, person), wishes.some("score")
    if merit is None and (serial or own is None) and len(person):
        raise (applicants if serial else wishes).wrong(-1, "score", "is missing: there is no other order")
    acceptable = np.ones(len(who), dtype=bool) if own is None else np.isin(np.arange(len(who)), own[1])
    given = np.zeros(len(who), dtype=np.int64)
    if own is not None:
        given[own[1]] = own[0]
    tied = _tied(merit, who, where, given, acceptable, own=own is not None)
    place = _places(applicants, person, tied, seed)
    score = merit[who] if merit is not None and (serial or own is None) else given
    groups, reserve, offset = _groups(openings, opening)
    group = groups[where] + _offsets(applicants, wishes, person, offset, (who, where))
    columns = Columns(
        starts=np.searchsorted(who[order], np.arange(len(person) + 1)).astype(np.int64),
        opening=where[order],
        group=group[order],
        key=np.where(acceptable, _keys(score, place[who]), NEVER)[order],
        capacity=_by_number(openings.whole("capacity", 0), openings, opening),
        groups=groups,
        reserve=reserve,
    )
    line = None if merit is None else np.lexsort((place, -merit))
    caps = any(openings.columns.get("caps", ()))
    return Table(sorted(person), sorted(opening), columns, rank[order], score[order], line, caps)


def _by_number(values: Whole, sheet: Sheet, numbers: dict[str, int]) -> Whole:
    found = np.empty_like(values)
    found[sheet.known("id", numbers)] = values
    return found


def _check_twice(wishes: Sheet, column: str, order: Whole, who: Whole, values: Whole) -> None:
    """Return when no person has a value twice; `order` sorts by person and value."""
    same = (np.diff(who[order]) == 0) & (np.diff(values[order]) == 0)
    if same.any():
        at = int(np.flatnonzero(same)[0])
        row = max(int(order[at]), int(order[at + 1]))
        name, value = wishes.columns["applicant"][row], wishes.columns[column][row]
        raise wishes.wrong(row, column, f"{name} has {value} twice")


def _merit(applicants: Sheet, person: dict[str, int]) -> Whole | None:
    found = applicants.some("score")
    if found is None:
        return None
    if len(found[0]) < len(person):
        row = applicants.columns["score"].index("")
        raise applicants.wrong(row, "score", "is missing, though others have one")
    return _by_number(found[0], applicants, person)


def _tied(merit: Whole | None, who: Whole, where: Whole, given: Whole, acceptable: Flags, *, own: bool) -> Whole:
    """Return the people who stand level with somebody else in an order that is given."""
    level: list[Whole] = []
    if merit is not None:
        _, at, counts = np.unique(merit, return_inverse=True, return_counts=True)
        level.append(np.flatnonzero(counts[at] > 1))
    if own:
        rows = np.flatnonzero(acceptable)
        rows = rows[np.lexsort((given[rows], where[rows]))]
        same = (np.diff(where[rows]) == 0) & (np.diff(given[rows]) == 0)
        level += [who[rows[1:][same]], who[rows[:-1][same]]]
    return np.unique(np.concatenate(level)) if level else np.zeros(0, dtype=np.int64)


def _places(applicants: Sheet, person: dict[str, int], tied: Whole, seed: str | None) -> Whole:
    """Return by person their place among the tied, 0 the best: by the published list, then by the lot."""
    names = sorted(person)
    listed = _listed(applicants, person)
    place = np.zeros(len(person), dtype=np.int64)
    keys: dict[int, tuple[int, int, str]] = {}
    for number in tied.tolist():
        if number in listed:
            keys[number] = 0, listed[number], ""
        elif seed is None:
            row = applicants.columns["id"].index(names[number])
            raise applicants.wrong(
                row, "tie_break", f"{names[number]} is tied, and neither tie_break nor seed parts them"
            )
        else:
            keys[number] = 1, *lot_order(seed, names[number])
    place[sorted(keys, key=keys.__getitem__)] = np.arange(len(keys))
    return place


def _listed(applicants: Sheet, person: dict[str, int]) -> dict[int, int]:
    """Return the published numbers of those who have one: the smaller goes first."""
    found = applicants.some("tie_break")
    if found is None:
        return {}
    values, rows = found
    _, first = np.unique(values, return_index=True)
    if len(first) < len(values):
        row = int(np.setdiff1d(np.arange(len(values)), first)[0])
        raise applicants.wrong(int(rows[row]), "tie_break", f"{values[row]} appears twice")
    return dict(zip(applicants.known("id", person)[rows].tolist(), values.tolist(), strict=True))


def _keys(score: Whole, place: Whole) -> Whole:
    """Return one number for each score and place, the larger the better; scores too large for it go by their rank."""
    if len(score) and max(abs(int(score.min())), abs(int(score.max()))) >= 1 << (62 - BITS):
        score = np.unique(score, return_inverse=True)[1].astype(np.int64)
    return (score << BITS) + ((1 << BITS) - 1 - place)


def _groups(openings: Sheet, opening: dict[str, int]) -> tuple[Whole, Whole, dict[str, Whole]]:
    """Return where each opening's groups begin, the seats reserved by group, and by type the group within each opening."""
    capacity, reserves, caps = openings.whole("capacity", 0), openings.seats("reserves"), openings.seats("caps")
    for row, seats in enumerate(reserves):
        if sum(seats.values()) > capacity[row]:
            raise openings.wrong(row, "reserves", f"reserve {sum(seats.values())} of {capacity[row]} seats")
        if seats and caps and caps[row]:
            raise openings.wrong(row, "caps", "may not stand beside reserves")
    by_number: list[dict[str, int]] = [{}] * len(opening)
    for name, seats in zip(openings.columns["id"], reserves, strict=False):
        by_number[opening[name]] = seats
    offset: dict[str, Whole] = {}
    for number, seats in enumerate(by_number):
        for at, kind in enumerate(sorted(seats), 1):
            if kind not in offset:
                offset[kind] = np.zeros(len(opening), dtype=np.int64)
            offset[kind][number] = at
    reserve = [n for seats in by_number for n in (0, *(seats[kind] for kind in sorted(seats)))]
    begins = np.cumsum([0, *(len(seats) + 1 for seats in by_number)], dtype=np.int64)
    return begins, np.array(reserve, dtype=np.int64), offset


def _offsets(
    applicants: Sheet, wishes: Sheet, person: dict[str, int], offset: dict[str, Whole], pairs: tuple[Whole, Whole]
) -> Whole:
    """Return by wish the group within its opening that the person counts in.

    :raises Unreadable: where two types of a person are reserved for in one opening
    """
    who, where = pairs
    having = _having(applicants, person)
    found = np.zeros(len(who), dtype=np.int64)
    for kind in sorted(offset.keys() & having.keys()):
        mine = np.where(having[kind][who], offset[kind][where], 0)
        two = np.flatnonzero((mine > 0) & (found > 0))
        if len(two):
            name = wishes.columns["applicant"][two[0]]
            raise wishes.wrong(
                int(two[0]), "opening", f"{name} counts for two reserved types there, {kind} one of them"
            )
        found += mine
    return found


def _having(applicants: Sheet, person: dict[str, int]) -> dict[str, Flags]:
    """Return by type which people have it."""
    found: dict[str, Flags] = {}
    for row, types in enumerate(applicants.columns.get("types", ())):
        kinds = types.split(" ") if types else []
        if "" in kinds or len(set(kinds)) < len(kinds):
            raise applicants.wrong(row, "types", "should be different types with one space between")
        for kind in kinds:
            if kind not in found:
                found[kind] = np.zeros(len(person), dtype=bool)
            found[kind][person[applicants.columns["id"][row]]] = True
    return found


def plain(applicants: Sheet, openings: Sheet, wishes: Sheet, *, seed: str | None) -> dict[str, Any]:
    """Return the same as plain data of an instance; the sheets were read before. Rows keep their order."""
    rows: dict[str, dict[str, Any]] = {name: {"id": name, "prefs": []} for name in applicants.columns["id"]}
    for column in ("score", "types"):
        for row, text in zip(rows.values(), applicants.columns.get(column, ()), strict=False):
            if text:
                row[column] = int(text) if column == "score" else text.split(" ")
    ranks = wishes.whole("rank", 1).tolist()
    scores = wishes.columns.get("score") or [""] * len(ranks)
    scored = any(scores)
    for at in sorted(range(len(ranks)), key=ranks.__getitem__):
        row, place = rows[wishes.columns["applicant"][at]], wishes.columns["opening"][at]
        row["prefs"].append(place)
        if scored:
            row.setdefault("scores", {}).update({place: int(scores[at])} if scores[at] else {})
    listed = applicants.some("tie_break")
    names = applicants.columns["id"]
    order = [] if listed is None else [names[listed[1][at]] for at in np.argsort(listed[0])]
    found = {"applicants": list(rows.values()), "openings": _plain_openings(openings), "tie_break": order}
    return found | ({} if seed is None else {"seed": seed})


def _plain_openings(openings: Sheet) -> list[dict[str, Any]]:
    found = []
    capacity, reserves, caps = openings.whole("capacity", 0), openings.seats("reserves"), openings.seats("caps")
    for at, name in enumerate(openings.columns["id"]):
        row: dict[str, Any] = {"id": name, "capacity": int(capacity[at])}
        for rule, key, seats in (("reserve_soft", "reserves", reserves), ("cap_hard", "caps", caps)):
            if seats and seats[at]:
                parts = [{"type": kind, "seats": n} for kind, n in seats[at].items()]
                row["choice"] = {"rule": rule, key: parts}
        found.append(row)
    return found
