"""Large plain allocations over columns of numbers, by loops that numba compiles where it is installed: the same places."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from .columns import ALWAYS, NEVER, Columns, Whole

COMPILER = find_spec("numba") is not None
"""Whether loops can be compiled; the compiler is loaded when the first one is."""

WORTH_COMPILING = 1_000_000
"""Applications from which compiling, some seconds a process, is sooner done than the loop in plain Python."""

Loop = Callable[..., Any]


def applicants_propose(columns: Columns, *, compiled: bool | None = None) -> Whole:
    """Return by person the application that deferred acceptance grants, or -1: stable and best for every applicant.

    `compiled` says which loop runs, else the size does; both give the same places.
    """
    open_to = np.bincount(columns.group[columns.key != NEVER], minlength=len(columns.reserve))
    base = np.cumsum([0, *np.minimum(open_to, columns.capacity[columns.room])])
    of_items = (base, np.full(base[-1], -1), np.zeros(base[-1], dtype=np.int64))
    counts = (np.zeros_like(columns.reserve), np.zeros_like(columns.capacity), np.full_like(columns.reserve, NEVER))
    given = (columns.starts, columns.opening, columns.group, columns.key, columns.capacity, columns.groups)
    arrays = (*given, columns.reserve, columns.owner, _eager(columns), *of_items, *counts)
    granted = _run(_propose, (_push, _sink, _last), arrays, columns, compiled)
    held = np.asarray(granted, dtype=np.int64)
    chosen = np.full(columns.people, -1)
    held = held[held >= 0]
    chosen[columns.owner[held]] = held
    return chosen


def serve(columns: Columns, order: Whole, *, compiled: bool | None = None) -> Whole:
    """Return by person the application that the serial rule grants, or -1: each in `order` the best wish with a seat."""
    chosen = np.full(columns.people, -1)
    arrays = (columns.starts, columns.opening, columns.key, columns.capacity.copy(), order, chosen)
    return np.asarray(_run(_serve, (), arrays, columns, compiled), dtype=np.int64)


def _eager(columns: Columns) -> Whole:
    """Return the people who wish anything, those first who stand well at their best wish: fewer have to leave later.

    Who asks first changes nothing about the places.
    """
    people = np.flatnonzero(np.diff(columns.starts))
    return np.ascontiguousarray(people[np.argsort(columns.key[columns.starts[people]])[::-1]])


def _run(
    loop: Loop, parts: tuple[Loop, ...], arrays: tuple[Whole, ...], columns: Columns, compiled: bool | None
) -> Any:
    """Run a loop with the parts that it calls, compiled or over lists."""
    if compiled is None:
        compiled = COMPILER and len(columns.key) >= WORTH_COMPILING
    if compiled:
        return _compiled(loop)(*map(_compiled, parts), arrays)
    return loop(*parts, tuple(array.tolist() for array in arrays))


_COMPILED: dict[Loop, Loop] = {}


def _compiled(loop: Loop) -> Loop:
    """Return the compiled form of a loop, made once a process."""
    if loop not in _COMPILED:
        _COMPILED[loop] = import_module("numba").njit(loop)
    return _COMPILED[loop]


# What follows runs compiled over arrays, and uncompiled over lists: nothing but whole numbers, indices and loops. It bears
# no types for that reason: an annotation that is true of the one is false of the other.


def _propose(push, sink, last, arrays):  # type: ignore[no-untyped-def]
    """Fill `items` with the applications that are kept; each group of an opening is a heap, its weakest on top.

    Whatever is refused to one key of a group stays refused to every lower one: `bar` is the highest known.
    """
    starts, opening, group, key, capacity, groups, reserve, owner, order, base, items, keys, size, taken, bar = arrays
    for first in order:
        asks, end = starts[first], starts[first + 1]
        while asks < end:
            room, mine = opening[asks], group[asks]
            if key[asks] <= bar[mine]:
                asks += 1
                continue
            if taken[room] < capacity[room]:
                push(items, keys, base[mine], size[mine], asks, key[asks])
                size[mine] += 1
                taken[room] += 1
                break
            leaves = last(groups[room], groups[room + 1], mine, reserve, base, keys, size)
            lowest = keys[base[leaves]] if leaves >= 0 else ALWAYS
            if size[mine] >= reserve[mine] and key[asks] < lowest:
                bar[mine] = lowest
                asks += 1
                continue
            gone = items[base[leaves]]
            if leaves == mine:
                sink(items, keys, base[mine], size[mine], asks, key[asks])
            else:
                size[leaves] -= 1
                end = base[leaves] + size[leaves]
                sink(items, keys, base[leaves], size[leaves], items[end], keys[end])
                items[end] = -1
                push(items, keys, base[mine], size[mine], asks, key[asks])
                size[mine] += 1
            asks, end = gone + 1, starts[owner[gone] + 1]
    return items


def _last(first, end, mine, reserve, base, keys, size):  # type: ignore[no-untyped-def]
    """Return the group, from `first` to `end`, whose weakest leaves for a newcomer to `mine`; -1 where none may."""
    found, lowest = -1, ALWAYS
    for group in range(first, end):
        over = size[group] > reserve[group] or (group == mine and size[group] == reserve[group])
        if over and size[group] > 0 and keys[base[group]] < lowest:
            found, lowest = group, keys[base[group]]
    return found


def _push(items, keys, base, size, item, key):  # type: ignore[no-untyped-def]
    """Add an item to a heap of `size`."""
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if keys[base + above] <= key:
            break
        items[base + at], keys[base + at] = items[base + above], keys[base + above]
        at = above
    items[base + at], keys[base + at] = item, key


def _sink(items, keys, base, size, item, key):  # type: ignore[no-untyped-def]
    """Put an item in the place of the top of a heap of `size`, where it has any."""
    at = 0
    while 2 * at + 1 < size:
        below = 2 * at + 1
        if below + 1 < size and keys[base + below + 1] < keys[base + below]:
            below += 1
        if keys[base + below] >= key:
            break
        items[base + at], keys[base + at] = items[base + below], keys[base + below]
        at = below
    if size > 0:
        items[base + at], keys[base + at] = item, key


def _serve(arrays):  # type: ignore[no-untyped-def]
    """Fill `chosen` in the order of people; `free` counts the seats that are left."""
    starts, opening, key, free, order, chosen = arrays
    for person in order:
        for asks in range(starts[person], starts[person + 1]):
            if key[asks] != NEVER and free[opening[asks]] > 0:
                free[opening[asks]] -= 1
                chosen[person] = asks
                break
    return chosen
