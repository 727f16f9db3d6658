"""Measure other libraries at the sizes they reach, beside ours on the same people: no reserves, no ties, which they lack."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from algmatch import HospitalResidentsProblem
from large import market
from matching.games import HospitalResident
from measured import Measured, computed

from rantau.engine import allocation, fast, instance
from rantau.engine.columns import Columns

Places = dict[int, int | None]


def plain_market(people: int) -> Columns:
    """Return a market without reserves, fifty people and fifteen seats to an opening."""
    found = market(people, people // 50)
    rooms = len(found.capacity)
    everyone = (found.opening, found.key, found.capacity, np.arange(rooms + 1), np.zeros(rooms, dtype=np.int64))
    return Columns(found.starts, found.opening, *everyone)


def orders(columns: Columns) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Return the wishes of each person and the order of each opening, over who wishes it."""
    starts, opening, owner = columns.starts.tolist(), columns.opening.tolist(), columns.owner.tolist()
    wishes = {person: opening[starts[person] : starts[person + 1]] for person in range(columns.people)}
    ranked: dict[int, list[int]] = {number: [] for number in range(len(columns.capacity))}
    for at in np.argsort(-columns.key).tolist():
        ranked[opening[at]].append(owner[at])
    return wishes, ranked


def by_matching(wishes: Mapping[int, list[int]], ranked: Mapping[int, list[int]], seats: int) -> Places:
    """Return the places by `matching`, its objects made and solved."""
    game = HospitalResident.create_from_dictionaries(
        {f"r{person}": [f"h{number}" for number in listed] for person, listed in wishes.items()},
        {f"h{number}": [f"r{person}" for person in listed] for number, listed in ranked.items() if listed},
        dict.fromkeys((f"h{number}" for number, listed in ranked.items() if listed), seats),
    )
    places: Places = dict.fromkeys(wishes)
    for place, people in game.solve(optimal="resident").items():
        places |= dict.fromkeys((int(person.name[1:]) for person in people), int(place.name[1:]))
    return places


def by_algmatch(wishes: Mapping[int, list[int]], ranked: Mapping[int, list[int]], seats: int) -> Places:
    """Return the places by `algmatch`, its instance made, solved and checked."""
    rooms = {number: {"capacity": seats, "preferences": listed} for number, listed in ranked.items()}
    problem = HospitalResidentsProblem(dictionary={"residents": dict(wishes), "hospitals": rooms})
    found = problem.get_stable_matching()
    return {int(person[1:]): int(place[1:]) if place else None for person, place in found["resident_sided"].items()}


def in_full(columns: Columns) -> dict[str, Any]:
    """Return the instance that ours reads, with an order for each opening."""
    wishes, ranked = orders(columns)
    seats = columns.capacity.tolist()
    return {
        "applicants": [{"id": str(person), "prefs": list(map(str, listed))} for person, listed in wishes.items()],
        "openings": [
            {"id": str(number), "capacity": seats[number], "priority": list(map(str, listed))}
            for number, listed in ranked.items()
        ],
    }


def tried(work: Callable[[], Places], expected: Places) -> float | str:
    """Return the seconds of one run, or the name of what ended it; places that differ from ours end everything."""
    begin = time.process_time()
    try:
        found = work()
    except RecursionError:
        return "RecursionError"
    took = time.process_time() - begin
    assert found == expected
    return took


def measured(sizes: tuple[int, ...] = (400, 2_000, 10_000)) -> list[Measured]:
    """Return what ours takes beside each library, size by size."""
    lines = []
    for people in sizes:
        columns = plain_market(people)
        chosen = fast.applicants_propose(columns, compiled=True).tolist()
        expected = {person: None if at < 0 else int(columns.opening[at]) for person, at in enumerate(chosen)}
        given = orders(columns)
        plain, seats = in_full(columns), int(columns.capacity[0])
        ours = {
            "compiled": computed(lambda c=columns: fast.applicants_propose(c, compiled=True)),
            "plain Python": computed(lambda c=columns: fast.applicants_propose(c, compiled=False)),
            "read, placed, explained, certified": computed(lambda p=plain: allocation.allocate(instance.read(p))),
        }
        for name, solve in (("matching", by_matching), ("algmatch", by_algmatch)):
            theirs = tried(lambda s=solve, o=given, n=seats: s(*o, n), expected)
            lines += [Measured(f"{people:,} people, {how}", name, 1, took, 1, theirs) for how, took in ours.items()]
    return lines
