"""A plain allocation as columns of whole numbers: openings with or without reserves, nothing else to keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .instance import Instance
from .orders import Order

Whole = npt.NDArray[np.int64]

NEVER, ALWAYS = -(1 << 63), (1 << 63) - 1
"""The key of who is not acceptable, below every other; and one above every other."""


@dataclass(frozen=True, slots=True)
class Columns:
    """People, openings and applications by number; an application is one wish of one person, best wish first.

    Applications of a person lie from `starts[person]` to `starts[person + 1]`. In an opening people are counted in
    groups: `groups[opening]` is everyone without a reserved type there, the groups after it are its reserved types.
    `key` by application is the larger the better; no two are equal in one opening but those that are NEVER.
    """

    starts: Whole
    opening: Whole
    group: Whole
    key: Whole
    capacity: Whole
    groups: Whole
    reserve: Whole

    @property
    def people(self) -> int:
        """Return how many people there are."""
        return len(self.starts) - 1

    @property
    def owner(self) -> Whole:
        """Return the person behind each application."""
        return np.repeat(np.arange(self.people), np.diff(self.starts))

    @property
    def room(self) -> Whole:
        """Return the opening of each group."""
        return np.repeat(np.arange(len(self.capacity)), np.diff(self.groups))


def suits(instance: Instance) -> bool:
    """Return whether an instance is plain: openings with or without reserves, no other limits."""
    return not instance.caps and all(row.rule != "cap_hard" for row in instance.openings)


def of(instance: Instance, orders: Sequence[Order]) -> Columns:
    """Return a plain instance under an order for each opening as columns: people and openings keep their numbers."""
    named: list[dict[str, int]] = []
    reserve: list[int] = []
    for row in instance.openings:
        kinds = sorted(row.seats)
        named.append({kind: len(reserve) + at for at, kind in enumerate(kinds, 1)})
        reserve += [0, *(row.seats[kind] for kind in kinds)]
    groups = np.cumsum([0, *(1 + len(kinds) for kinds in named)], dtype=np.int64)
    first = groups.tolist()
    places = [order.place for order in orders]
    group: list[int] = []
    key: list[int] = []
    for person, (types, wishes) in enumerate(zip(instance.types, instance.wishes, strict=True)):
        for opening in wishes:
            place = places[opening].get(person)
            key.append(NEVER if place is None else -place)
            group.append(_group(types, named[opening], first[opening]) if types else first[opening])
    return Columns(
        starts=np.cumsum([0, *map(len, instance.wishes)], dtype=np.int64),
        opening=np.array([opening for wishes in instance.wishes for opening in wishes], dtype=np.int64),
        group=np.array(group, dtype=np.int64),
        key=np.array(key, dtype=np.int64),
        capacity=np.array([row.capacity for row in instance.openings], dtype=np.int64),
        groups=groups,
        reserve=np.array(reserve, dtype=np.int64),
    )


def _group(types: frozenset[str], named: Mapping[str, int], otherwise: int) -> int:
    """Return the group of the one reserved type that a person has, if any: two were refused before."""
    return next((named[kind] for kind in types if kind in named), otherwise)
