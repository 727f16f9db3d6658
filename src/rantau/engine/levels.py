"""The levels a seat is counted at: a type inside an opening, the opening, every cap around it; and who is held there."""

import heapq
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from .columns import Columns, of
from .instance import Instance
from .orders import Order
from .shape import Unreadable

Seat = tuple[int, frozenset[str]]
"""Where a person counts: the opening, and those of their types that the opening's rule speaks of."""


@dataclass(frozen=True, slots=True)
class Level:
    """One limit: its name in results, how many at most and at least, the opening it lies in (None for a cap), its type.

    `order` is what people are compared by here.
    """

    name: str
    capacity: int
    minimum: int
    opening: int | None
    type: str | None
    order: Order


class Levels:
    """All limits of an instance under one family of orders, and the chain of limits that each seat counts at."""

    def __init__(self, instance: Instance, orders: Sequence[Order], cap_orders: Sequence[Order]) -> None:
        self.instance = instance
        self.orders = orders
        self.levels: list[Level] = []
        self.types: dict[tuple[int, str], int] = {}
        self._kinds = [frozenset(row.seats) for row in instance.openings]
        for number, (opening, order) in enumerate(zip(instance.openings, orders, strict=True)):
            self.levels.append(Level(opening.id, opening.capacity, opening.minimum, number, None, order))
        for cap, order in zip(instance.caps, cap_orders, strict=True):
            self.levels.append(Level(cap.id, cap.capacity, cap.minimum, None, None, order))
        self.first_cap = len(instance.openings)
        for number, opening in enumerate(instance.openings):
            for kind in sorted(opening.seats) if opening.rule == "cap_hard" else ():
                self.types[number, kind] = len(self.levels)
                name = f"{opening.id}:{kind}"
                self.levels.append(Level(name, opening.seats[kind], 0, number, kind, orders[number]))
        around: list[list[int]] = [[] for _ in instance.openings]
        for cap_number in sorted(range(len(instance.caps)), key=lambda n: len(instance.caps[n].openings)):
            for number in instance.caps[cap_number].openings:
                around[number].append(self.first_cap + cap_number)
        self.around = around
        self._chains: dict[Seat, tuple[int, ...]] = {}
        self._typed: dict[int, frozenset[int]] = {}

    def seat(self, person: int, opening: int) -> Seat:
        """Return where a person would count in an opening."""
        return opening, self.instance.types[person] & self._kinds[opening]

    def chain(self, seat: Seat) -> tuple[int, ...]:
        """Return the levels a seat counts at, from the inside out (types with fewer seats first)."""
        found = self._chains.get(seat)
        if found is None:
            opening, kinds = seat
            inner = [self.types[opening, kind] for kind in kinds if (opening, kind) in self.types]
            inner.sort(key=lambda number: (len(self._of_type(number)), number))
            found = self._chains[seat] = (*inner, opening, *self.around[opening])
        return found

    @cached_property
    def columns(self) -> Columns:
        """The same as columns of numbers, where the instance is plain."""
        return of(self.instance, self.orders)

    def acceptable(self, person: int, opening: int) -> bool:
        """Return whether the opening and every cap around it list the person."""
        around = self.around[opening]
        if person not in self.orders[opening].place:
            return False
        return not around or all(person in self.levels[number].order.place for number in around)

    def taken(self, places: Sequence[int | None]) -> list[int]:
        """Return how many sit at each level."""
        taken = [0] * len(self.levels)
        for person, opening in enumerate(places):
            if opening is not None:
                for number in self.chain(self.seat(person, opening)):
                    taken[number] += 1
        return taken

    def check_nested(self) -> None:
        """Return when caps are nested or disjoint, typed caps inside an opening too, and orders agree along every chain.

        :raises Unreadable: at the cap or opening that breaks it: no stable outcome is certain then
        """
        self._check_caps()
        self._check_types()
        self._check_orders()

    def _check_caps(self) -> None:
        caps = self.instance.caps
        for number, cap in enumerate(caps):
            for other in caps[:number]:
                if cap.openings & other.openings and not (
                    cap.openings <= other.openings or other.openings <= cap.openings
                ):
                    raise Unreadable(f"{cap.path}.openings", f"{cap.id} and {other.id} overlap without being nested")

    def _check_types(self) -> None:
        instance = self.instance
        for person, wishes in enumerate(instance.wishes):
            for opening in wishes:
                row = instance.openings[opening]
                kinds = sorted(instance.types[person] & row.seats.keys())
                if len(kinds) < 2:
                    continue
                if row.rule == "reserve_soft":
                    who = instance.people[person]
                    raise Unreadable(f"{row.path}.choice.reserves", f"{who} counts for {' and '.join(kinds)}")
                self._check_crossing(opening, kinds)

    def _check_crossing(self, opening: int, kinds: Sequence[str]) -> None:
        for at, kind in enumerate(kinds):
            for other in kinds[:at]:
                one, two = (self._of_type(self.types[opening, k]) for k in (kind, other))
                if not (one <= two or two <= one):
                    path = f"{self.instance.openings[opening].path}.choice.caps"
                    raise Unreadable(path, f"{other} and {kind} overlap without being nested")

    def _of_type(self, number: int) -> frozenset[int]:
        """Return the people of a typed level's type who wish its opening."""
        if not self._typed:
            found: dict[int, set[int]] = {at: set() for at in self.types.values()}
            for person, wishes in enumerate(self.instance.wishes):
                for opening in wishes:
                    for kind in self.instance.types[person]:
                        if (opening, kind) in self.types:
                            found[self.types[opening, kind]].add(person)
            self._typed = {at: frozenset(people) for at, people in found.items()}
        return self._typed[number]

    def _check_orders(self) -> None:
        instance = self.instance
        if not instance.caps:
            return
        wishing: list[list[int]] = [[] for _ in self.levels]
        for person, wishes in enumerate(instance.wishes):
            for opening in wishes:
                if self.acceptable(person, opening):
                    for number in (opening, *self.around[opening]):
                        wishing[number].append(person)
        for opening in range(self.first_cap):
            chain = (opening, *self.around[opening])
            for inner, outer in itertools.pairwise(chain):
                _agree(self, wishing[inner], inner, outer)


def _agree(levels: Levels, people: Iterable[int], inner: int, outer: int) -> None:
    mine, theirs = levels.levels[inner].order.place, levels.levels[outer].order.place
    if mine is theirs:
        return
    ordered = sorted(set(people), key=mine.__getitem__)
    for above, below in itertools.pairwise(ordered):
        if theirs[above] > theirs[below]:
            who = f"{levels.instance.people[above]} and {levels.instance.people[below]}"
            path = levels.instance.caps[outer - levels.first_cap].path
            raise Unreadable(f"{path}.priority", f"puts {who} the other way round than {levels.levels[inner].name}")


class Held:
    """Who holds a seat now. `take` seats a person and returns who has to leave for it, by the rule of choice.

    Inside an opening with reserves nobody leaves while their type is within its reserve; at a cap likewise, while
    anybody else is there. Where levels are nested and agree, one leaves at most, and the order of arrival never matters.
    """

    def __init__(self, levels: Levels) -> None:
        self.levels = levels
        self.count = [0] * len(levels.levels)
        self.seats: dict[Seat, list[tuple[int, int, int]]] = {}
        self.groups: list[list[Seat]] = [[] for _ in levels.levels]
        self._thresholds: dict[tuple[int, Seat], int | None] = {}

    def take(self, person: int, opening: int, wish: int = 0) -> tuple[int, int] | None:
        """Seat a person in an opening; return the (person, opening) who leaves, or nothing."""
        seat = self.levels.seat(person, opening)
        chain = self.levels.chain(seat)
        self._add(seat, chain, person, wish)
        for number in chain:
            if self.count[number] > self.levels.levels[number].capacity:
                leaving = self.last(number)
                assert leaving is not None  # the newcomer is there at least
                _, _, gone = heapq.heappop(self.seats[leaving])
                for level in self.levels.chain(leaving):
                    self.count[level] -= 1
                return gone, leaving[0]
        return None

    def last(self, number: int) -> Seat | None:
        """Return the seat whose last person leaves first at a level: none within a reserve while there are others."""
        order = self.levels.levels[number].order.place
        found: tuple[bool, int, int] | None = None
        where = None
        for seat in self.groups[number]:
            heap = self.seats[seat]
            if heap:
                _, wish, person = heap[0]
                key = (len(heap) > self.reserve(seat), order[person], wish)
                if found is None or key > found:
                    found, where = key, seat
        return where

    def reserve(self, seat: Seat) -> int:
        """Return how many seats are reserved for people who count as this seat does."""
        opening, kinds = seat
        row = self.levels.instance.openings[opening]
        return sum(row.seats[kind] for kind in kinds) if row.rule == "reserve_soft" else 0

    def refused_at(self, person: int, opening: int, *, nested: bool) -> int | None:
        """Return the level that would refuse a newcomer, or None where they would be kept.

        Where levels are nested, who is kept at the first full level makes no other level fuller.
        """
        seat = self.levels.seat(person, opening)
        for number in self.levels.chain(seat):
            level = self.levels.levels[number]
            if self.count[number] < level.capacity:
                continue
            last = self.threshold(number, seat)
            if last is not None and (last < 0 or level.order.place[last] < level.order.place[person]):
                return number
            if nested:
                return None
        return None

    def threshold(self, number: int, seat: Seat) -> int | None:
        """Return the person whom a newcomer on `seat` must stand above at a full level; None: nobody, -1: no one can.

        A newcomer's own group is one larger: it may then lie above its reserve.
        """
        known = self._thresholds.get((number, seat), -2)
        if known != -2:
            return known
        found = self._thresholds[number, seat] = self._threshold(number, seat)
        return found

    def _threshold(self, number: int, seat: Seat) -> int | None:
        order = self.levels.levels[number].order.place
        surplus: list[int] = []
        within: list[int] = []
        mine = len(self.seats.get(seat, ())) >= self.reserve(seat)
        for other in self.groups[number]:
            heap = self.seats[other]
            if not heap:
                continue
            above = mine if other == seat else len(heap) > self.reserve(other)
            (surplus if above else within).append(heap[0][2])
        if mine:
            return max(surplus, key=order.__getitem__, default=-1)
        return None if surplus else max(within, key=order.__getitem__, default=-1)

    def _add(self, seat: Seat, chain: Sequence[int], person: int, wish: int) -> None:
        if self._thresholds:
            self._thresholds.clear()
        heap = self.seats.get(seat)
        if heap is None:
            heap = self.seats[seat] = []
            for number in chain:
                self.groups[number].append(seat)
        heapq.heappush(heap, (-self.levels.orders[seat[0]].place[person], wish, person))
        for number in chain:
            self.count[number] += 1
