"""The mechanisms by name: which orders each compares by, which rules it can keep, and how it places people."""

import numpy as np

from . import fast
from .columns import Whole, suits
from .deferred import Places, applicants_propose, openings_propose
from .instance import Cap, Instance, Opening
from .levels import Levels
from .orders import Order
from .serial import Served, serve
from .shape import Unreadable

LARGE = 5_000
"""Wishes from which a plain instance is placed and certified by columns of numbers: the same places, sooner."""

MECHANISMS = ("merit_wishes", "applicant_proposing_da", "opening_proposing_da", "exact")


def default(instance: Instance) -> str:
    """Return the mechanism that the rules call for: minima `exact`, one order `merit_wishes`, else deferred acceptance."""
    if any(row.minimum for row in limits(instance)):
        return "exact"
    return "merit_wishes" if instance.common else "applicant_proposing_da"


def limits(instance: Instance) -> list[Opening | Cap]:
    """Return every opening and every cap."""
    return [*instance.openings, *instance.caps]


def serial(instance: Instance, mechanism: str) -> bool:
    """Return whether people are served in one order: with reserves, deferred acceptance gives them their meaning."""
    return mechanism == "exact" or (
        mechanism == "merit_wishes" and not any(row.rule == "reserve_soft" for row in instance.openings)
    )


def place(levels: Levels, mechanism: str) -> Served:
    """Return the places that a mechanism gives."""
    instance = levels.instance
    served = serial(instance, mechanism)
    if large(instance) and mechanism in ("merit_wishes", "applicant_proposing_da"):
        if not served:
            return Served(_places(levels, fast.applicants_propose(levels.columns)))
        if instance.common and all(opening is None for opening in instance.held):
            return Served(_places(levels, fast.serve(levels.columns, _line(instance.common))))
    if served:
        return serve(levels, minima=mechanism == "exact")
    if mechanism == "opening_proposing_da":
        return Served(openings_propose(levels))
    return Served(applicants_propose(levels))


def large(instance: Instance) -> bool:
    """Return whether an instance is plain, and so large that columns of numbers are worth their making."""
    return suits(instance) and sum(map(len, instance.wishes)) >= LARGE


def _line(common: Order) -> Whole:
    return np.array(sorted(common.place, key=common.place.__getitem__), dtype=np.int64)


def _places(levels: Levels, chosen: Whole) -> Places:
    opening = np.append(levels.columns.opening, -1)[chosen]
    return [None if at < 0 else at for at in opening.tolist()]


def levels_of(instance: Instance, mechanism: str) -> Levels:
    """Return the levels under the orders that a mechanism compares by, after checking that its rules are there.

    :raises Unreadable: an unknown mechanism, a missing order, rules that the mechanism cannot keep
    """
    if mechanism not in MECHANISMS:
        raise Unreadable("mechanism", f"{mechanism} is none of {', '.join(MECHANISMS)}")
    _check_minima(instance, mechanism)
    common = instance.common or (None if instance.people else Order({}, {}))  # nobody is in order already
    if mechanism in ("merit_wishes", "exact"):
        if common is None:
            raise Unreadable("merit_order", f"is missing: {mechanism} needs it, or a score for everybody")
        common = common.strict()
        orders = [_within(common, order) for order in instance.orders]
        cap_orders = [_within(common, order) for order in instance.cap_orders]
    else:
        rows = [(row.path, order) for row, order in zip(instance.openings, instance.orders, strict=True)]
        caps = [(row.path, order) for row, order in zip(instance.caps, instance.cap_orders, strict=True)]
        orders = [_or(path, order, common) for path, order in rows]
        cap_orders = [_or(path, order, common) for path, order in caps]
    levels = Levels(instance, orders, cap_orders)
    _check_held(levels)
    if not serial(instance, mechanism):
        levels.check_nested()
    return levels


def _check_minima(instance: Instance, mechanism: str) -> None:
    if mechanism == "exact":
        for row in instance.openings:
            if row.rule == "reserve_soft":
                raise Unreadable(f"{row.path}.choice.rule", "exact keeps minima, not soft reserves")
        return
    for limit in limits(instance):
        if limit.minimum:
            raise Unreadable(f"{limit.path}.minimum", f"{mechanism} keeps no minima; exact does")


def _check_held(levels: Levels) -> None:
    """Return when everyone may keep the place they hold: it is open to them, and no more hold one than there are seats."""
    instance = levels.instance
    for person, opening in enumerate(instance.held):
        if opening is not None and not levels.acceptable(person, opening):
            raise Unreadable(
                instance.openings[opening].path, f"{instance.people[person]} holds a seat not open to them"
            )
    for level, n in zip(levels.levels, levels.taken(instance.held), strict=True):
        if n > level.capacity:
            path = next(row.path for row in limits(instance) if row.id == level.name.split(":")[0])
            raise Unreadable(path, f"{n} people hold the {level.capacity} seats of {level.name}")


def _within(common: Order, listed: Order | None) -> Order:
    """Return the common order of those whom an opening or a cap lists."""
    if listed is None:
        return common
    people = sorted((person for person in listed.place if person in common.place), key=common.place.__getitem__)
    place = {person: at for at, person in enumerate(people)}
    return Order(place, {person: common.group[person] for person in people}, common.scores)


def _or(path: str, order: Order | None, common: Order | None) -> Order:
    found = order or common
    if found is None:
        raise Unreadable(f"{path}.priority", "is missing, and applicants carry no scores")
    return found.strict()
