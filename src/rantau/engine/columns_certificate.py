"""The certificate of a plain allocation over columns: seats kept, nobody passed over, best for applicants; a few passes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .columns import ALWAYS, NEVER, Columns, Whole

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Seated:
    """What a newcomer meets, by group: how many sit there, the key they must pass, and the application that has it.

    `bar` is NEVER where a seat waits for them, ALWAYS where none ever will; then `last` is -1.
    """

    size: Whole
    bar: Whole
    last: Whole


def seated(columns: Columns, chosen: Whole) -> Seated:
    """Return what a newcomer meets in each group, given by person the application that was granted, or -1."""
    held = chosen[chosen >= 0]
    size = np.bincount(columns.group[held], minlength=len(columns.reserve))
    bar, weakest = _first(-columns.key[held], held, columns.group[held], len(columns.reserve))
    over, within = size > columns.reserve, size < columns.reserve
    lowest, who = _of_opening(columns, np.where(over, bar, NEVER), weakest)
    own = ~over & ~within & (bar > lowest)
    lowest, who = np.where(own, bar, lowest), np.where(own, weakest, who)
    taken = np.bincount(columns.opening[held], minlength=len(columns.capacity))
    waits = (taken < columns.capacity)[columns.room] | (within & (who >= 0))
    passes = np.where(who < 0, ALWAYS, -lowest)
    return Seated(size, np.where(waits, NEVER, passes), np.where(waits, -1, who))


def _first(keys: Whole, who: Whole, at: Whole, length: int) -> tuple[Whole, Whole]:
    """Return at each place the largest of the keys there, NEVER if none, and whose it is, -1 nobody's."""
    largest, found = np.full(length, NEVER), np.full(length, -1)
    np.maximum.at(largest, at, keys)
    theirs = keys == largest[at]
    found[at[theirs]] = who[theirs]
    return largest, found


def _of_opening(columns: Columns, keys: Whole, who: Whole) -> tuple[Whole, Whole]:
    """Return by group the largest of the keys of all groups in its opening, NEVER if none, and whose it is."""
    some = np.flatnonzero(keys > NEVER)
    largest, found = _first(keys[some], who[some], columns.room[some], len(columns.capacity))
    return largest[columns.room], found[columns.room]


def valid(columns: Columns, chosen: Whole) -> bool:
    """Return whether everyone holds an own application that is acceptable, and no opening more people than seats."""
    held = np.flatnonzero(chosen >= 0)
    asked = chosen[held]
    own = (columns.starts[held] <= asked) & (asked < columns.starts[held + 1])
    if not own.all() or (columns.key[asked] == NEVER).any():
        return False
    taken = np.bincount(columns.opening[asked], minlength=len(columns.capacity))
    return bool((taken <= columns.capacity).all())


def wanted(columns: Columns, chosen: Whole) -> Flags:
    """Return by application whether its owner prefers it to what they got."""
    limit = np.where(chosen < 0, columns.starts[1:], chosen)
    return np.arange(len(columns.key)) < np.repeat(limit, np.diff(columns.starts))


def blocking(columns: Columns, chosen: Whole) -> Whole:
    """Return the applications that are preferred to what was granted and would be kept; none in a stable outcome."""
    return np.flatnonzero((columns.key > seated(columns, chosen).bar[columns.group]) & wanted(columns, chosen))


def best(columns: Columns, chosen: Whole) -> bool:
    """Return whether a stable outcome is the best for applicants: no ring of openings along which people could all rise.

    From each group (from the first of its opening where it lies above its reserve) an arrow goes to the seat of the
    best who wants in (Gusfield & Irving 1989).
    """
    groups, better = len(columns.reserve), np.flatnonzero(wanted(columns, chosen) & (columns.key > NEVER))
    keys, of_group = _first(columns.key[better], better, columns.group[better], groups)
    _, of_opening = _of_opening(columns, keys, of_group)
    everyone = columns.groups[:-1][columns.room]
    number = np.arange(groups)
    wants = np.where((of_group < 0) | (number == everyone), of_opening, of_group)
    held = chosen[chosen >= 0]
    size = np.bincount(columns.group[held], minlength=groups)
    leaves = np.where(size <= columns.reserve, number, everyone)
    holds = np.full(columns.people + 1, -1)  # the last is nobody
    holds[:-1][chosen >= 0] = leaves[columns.group[held]]
    owner = np.append(columns.owner, columns.people)
    return not _rings(
        holds[owner[wants]].tolist(), np.flatnonzero(np.bincount(holds[holds >= 0], minlength=groups)).tolist()
    )


def _rings(arrow: list[int], starts: list[int]) -> bool:
    """Return whether a walk along the arrows from any start comes round to itself."""
    seen: dict[int, int] = {}
    for start in starts:
        at = start
        while at >= 0 and at not in seen:
            seen[at] = start
            at = arrow[at]
        if at >= 0 and seen[at] == start:
            return True
    return False
