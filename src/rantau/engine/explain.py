"""Why a place was given or refused, wish by wish, and the cut-offs by which anyone finds their own place."""

from typing import Any

from .deferred import Places
from .levels import Held, Levels, Seat
from .serial import Served

CODES = (
    "PLACED",
    "NOT_REACHED",
    "NOT_ELIGIBLE",
    "OPENING_CLOSED",
    "BELOW_CUTOFF",
    "TIE_LOST",
    "CAP_FULL",
    "FLOOR_NEEDS",
)
"""Placed; placed higher; not acceptable; no seats; others stood above; a tie lost; a limit full; a minimum needs it."""


def seated(levels: Levels, places: Places) -> Held:
    """Return everyone in their place."""
    held = Held(levels)
    for person, opening in enumerate(places):
        if opening is not None:
            left = held.take(person, opening)
            assert left is None, "more people than seats"
    return held


def reasons(levels: Levels, served: Served, *, nested: bool) -> dict[str, list[dict[str, Any]]]:
    """Return for every person one line a wish, in the order of their list: the opening, a code, and its facts.

    Facts: `at` the level that refused (an opening, `opening:type`, or a cap), `last` the person who got in there last,
    `yours` and `cutoff` in that level's points where scores are given, else as places in its order, 1 the best.
    """
    held = seated(levels, served.places)
    instance = levels.instance
    found: dict[str, list[dict[str, Any]]] = {}
    for person, wishes in enumerate(instance.wishes):
        lines: list[dict[str, Any]] = []
        present = served.places[person]
        reached = False
        for opening in wishes:
            line: dict[str, Any] = {"opening": instance.openings[opening].id}
            if reached:
                line["code"] = "NOT_REACHED"
            elif opening == present:
                line["code"] = "PLACED"
                reached = True
            else:
                line |= _refused(held, served, person, opening, nested=nested)
            lines.append(line)
        found[instance.people[person]] = lines
    return found


def _refused(held: Held, served: Served, person: int, opening: int, *, nested: bool) -> dict[str, Any]:
    levels = held.levels
    if not levels.acceptable(person, opening):
        chain = (levels.levels[number] for number in (opening, *levels.around[opening]))
        return {"code": "NOT_ELIGIBLE", "at": next(one.name for one in chain if person not in one.order.place)}
    for number in levels.chain(levels.seat(person, opening)):
        if levels.levels[number].capacity == 0:
            return {"code": "OPENING_CLOSED", "at": levels.levels[number].name}
    if (person, opening) in served.needed:
        return {"code": "FLOOR_NEEDS", "at": served.needed[person, opening]}
    return _full(held, person, opening, held.refused_at(person, opening, nested=nested))


def _full(held: Held, person: int, opening: int, number: int | None) -> dict[str, Any]:
    """Return the line of a level that is full with people who stand above, or who keep a seat from an earlier round."""
    levels = held.levels
    seat = levels.seat(person, opening)
    if number is None:
        number = next(n for n in levels.chain(seat) if held.count[n] >= levels.levels[n].capacity)
    level = levels.levels[number]
    last = held.threshold(number, seat)
    line: dict[str, Any] = {"code": "BELOW_CUTOFF" if number == opening else "CAP_FULL", "at": level.name}
    if last is None or last < 0:
        return line
    scores = level.order.scores
    line["last"] = levels.instance.people[last]
    line["yours"] = scores[person] if scores else level.order.place[person] + 1
    line["cutoff"] = scores[last] if scores else level.order.place[last] + 1
    if level.order.group[last] == level.order.group[person]:
        line["code"] = "TIE_LOST"
    return line


def cutoffs(levels: Levels, places: Places) -> dict[str, dict[str, dict[str, str | None]]]:
    """Return by opening, category (`*` for everyone else) and level the last person who got in.

    None where the level is still open to the category, empty where it is closed to it. A person gets the first wish
    where, at every level of their category, they stand at or above that person in the level's order.
    """
    held = seated(levels, places)
    found: dict[str, dict[str, dict[str, str | None]]] = {}
    for opening, row in enumerate(levels.instance.openings):
        kinds: list[frozenset[str]] = [frozenset(), *(frozenset([kind]) for kind in sorted(row.seats))]
        named = {(*kind, "*")[0]: kind for kind in kinds}
        found[row.id] = {name: _cutoffs(held, (opening, kind)) for name, kind in named.items()}
    return found


def _cutoffs(held: Held, seat: Seat) -> dict[str, str | None]:
    levels = held.levels
    found: dict[str, str | None] = {}
    for number in levels.chain(seat):
        level = levels.levels[number]
        last = held.threshold(number, seat) if held.count[number] >= level.capacity else None
        found[level.name] = None if last is None else "" if last < 0 else levels.instance.people[last]
    return found
