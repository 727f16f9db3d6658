"""The certificate of an allocation: valid, nobody passed over, best for applicants; checked by looking at the places."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from . import columns_certificate
from .columns import Whole, suits
from .deferred import Places
from .explain import seated
from .levels import Levels
from .mechanisms import large, place

Node = tuple[int, str]
"""An opening and the class of who leaves it: their type while it lies within its reserve, else `*`."""


def certify(levels: Levels, places: Places, mechanism: str) -> dict[str, Any]:
    """Return what can be said of places: how many, how many pairs block, whether they are the best for applicants.

    `proof` says how the last was shown: `rotations` (no ring of people could all rise; one pass over the wishes), or
    `replay` (the rule was run again). Openings proposing gives the best for applicants only where there is one outcome.
    """
    stable = mechanism.endswith("_da")
    pairs = sum(1 for _ in blocking(levels, places)) if stable else 0
    plain = stable and suits(levels.instance)
    return {
        "instance": levels.instance.digest,
        "people": len(places),
        "placed": sum(at is not None for at in places),
        "blocking_pairs": pairs,
        "best_for_applicants": not pairs and best(levels, places, mechanism),
        "proof": "rotations" if plain else "replay",
    }


def best(levels: Levels, places: Places, mechanism: str) -> bool:
    """Return whether stable places are the best for every applicant, or served places what the serial rule gives."""
    if not mechanism.endswith("_da"):
        return place(levels, mechanism).places == places
    if large(levels.instance):
        return columns_certificate.best(levels.columns, _granted(levels, places))
    if suits(levels.instance):
        return next(rotations(levels, places), None) is None
    return place(levels, "applicant_proposing_da").places == places


def faults(levels: Levels, places: Places, mechanism: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with places, each as a path and why; nothing where they are certified."""
    instance = levels.instance
    broken = list(invalid(levels, places))
    yield from broken
    if broken or not mechanism.endswith("_da"):
        return
    passed_over = False
    for person, opening in blocking(levels, places):
        passed_over = True
        name = instance.openings[opening].id
        yield f"assignment.{instance.people[person]}", f"{name} is wished more and would take them: a blocking pair"
    if not passed_over and mechanism == "applicant_proposing_da" and not best(levels, places, mechanism):
        yield "assignment", "is not the best for applicants: some could rise together and nobody would fall"


def invalid(levels: Levels, places: Places) -> Iterator[tuple[str, str]]:
    """Yield each seat that is not on its holder's list or not open to them, and each level with too many people."""
    instance = levels.instance
    for person, opening in enumerate(places):
        path = f"assignment.{instance.people[person]}"
        if opening is None:
            continue
        if opening not in instance.wishes[person]:
            yield path, f"{instance.openings[opening].id} is not among their wishes"
        elif not levels.acceptable(person, opening):
            yield path, f"{instance.openings[opening].id} is not open to them"
    for level, n in zip(levels.levels, levels.taken(places), strict=True):
        if n > level.capacity:
            yield "assignment", f"{level.name} has {n} people for {level.capacity} seats"


def blocking(levels: Levels, places: Places) -> Iterator[tuple[int, int]]:
    """Yield each (person, opening) that the person prefers to their place and that would keep them. Places are valid.

    A cap that holds the person already compares their two seats: one within a reserve is the stronger claim, else the
    one they wish more. Giving the seat up first instead would ask too much: no outcome might stand then.
    """
    if large(levels.instance):
        columns = levels.columns
        found = columns_certificate.blocking(columns, _granted(levels, places))
        yield from zip(columns.owner[found].tolist(), columns.opening[found].tolist(), strict=True)
        return
    held = seated(levels, places)
    for person, wanted in _wanted(levels, places):
        for opening in wanted:
            if held.refused_at(person, opening, nested=True) is None:
                yield person, opening


def _granted(levels: Levels, places: Places) -> Whole:
    """Return by person the application that gave them their place, or -1."""
    pairs = zip(levels.instance.wishes, places, levels.columns.starts.tolist(), strict=False)
    return np.array([-1 if at is None else start + wishes.index(at) for wishes, at, start in pairs], dtype=np.int64)


def _wanted(levels: Levels, places: Places) -> Iterator[tuple[int, list[int]]]:
    """Yield each person with the acceptable openings they prefer to their place, where there are any."""
    for person, wishes in enumerate(levels.instance.wishes):
        present = places[person]
        better = wishes if present is None else wishes[: wishes.index(present)]
        found = [opening for opening in better if levels.acceptable(person, opening)]
        if found:
            yield person, found


def rotations(levels: Levels, places: Places) -> Iterator[list[Node]]:
    """Yield the rings of openings along which people could all rise. Places are stable; none proves them the best.

    From each full opening an arrow goes to where the best of those who want it sits now (Gusfield & Irving 1989); with
    reserves the arrow leaves from who would go: their type while it lies within its reserve, else anyone.
    """
    held = seated(levels, places)
    instance = levels.instance
    first: dict[Node, int] = {}
    for person, wanted in _wanted(levels, places):
        for opening in wanted:
            for kind in ("*", *levels.seat(person, opening)[1]):
                before = first.get((opening, kind))
                order = levels.orders[opening].place
                if before is None or order[person] < order[before]:
                    first[opening, kind] = person

    def node(person: int) -> Node | None:
        opening = places[person]
        if opening is None:
            return None
        seat = levels.seat(person, opening)
        within = len(held.seats[seat]) <= held.reserve(seat)
        return opening, next(iter(seat[1])) if within and seat[1] else "*"

    seen: dict[Node, int] = {}
    starts = {node(person) for person in range(len(instance.people))} - {None}
    for start in sorted(one for one in starts if one is not None):
        path: list[Node] = []
        at: Node | None = start
        while at is not None and at not in seen:
            seen[at] = start[0]
            path.append(at)
            person_next = first.get(at, first.get((at[0], "*")))
            at = None if person_next is None else node(person_next)
        if at is not None and at in path:
            yield path[path.index(at) :]
