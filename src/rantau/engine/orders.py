"""Strict orders of people from tie groups or scores: ties parted by one published list or by the lot, never by chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .selection import lot_order
from .shape import Unreadable


@dataclass(frozen=True, slots=True)
class Order:
    """A strict order: place by person (0 is best), the tie group each stood in before it was parted, scores if given.

    Who is not in `place` is not acceptable. `unparted` says where and why two people are still tied: such an order
    only lists people, and whoever compares by it has to refuse it (`strict`).
    """

    place: Mapping[int, int]
    group: Mapping[int, int]
    scores: Mapping[int, int] | None = None
    unparted: tuple[str, str] | None = None

    def strict(self) -> "Order":
        """Return the order itself.

        :raises Unreadable: where two people are tied and nothing parts them
        """
        if self.unparted:
            raise Unreadable(*self.unparted)
        return self


class Ties:
    """How tied people are parted: by their place in `listed`, then by the lot for those who are not in it."""

    def __init__(self, people: Sequence[str], listed: Mapping[int, int] | None, seed: str | None) -> None:
        self.people = people
        self.listed = listed or {}
        self._seed = seed
        self.drawn: dict[int, tuple[int, str]] = {}

    def order(self, groups: Sequence[Sequence[int]], path: str, scores: Mapping[int, int] | None = None) -> Order:
        """Return the order of tie groups, best first; `path` is named where two people stay tied."""
        place: dict[int, int] = {}
        group: dict[int, int] = {}
        unparted = None
        for number, members in enumerate(groups):
            if members[1:] and unparted is None and self._seed is None:
                unparted = self._unparted(members, path)
            for person in sorted(members, key=self._rank) if members[1:] else members:
                place[person] = len(place)
                group[person] = number
        return Order(place, group, scores, unparted)

    def by_score(self, scores: Mapping[int, int], path: str) -> Order:
        """Return the order of scores, the larger first; `path` is named where two people stay tied."""
        groups: dict[int, list[int]] = {}
        for person in sorted(scores):
            groups.setdefault(scores[person], []).append(person)
        return self.order([groups[score] for score in sorted(groups, reverse=True)], path, scores)

    def _unparted(self, members: Sequence[int], path: str) -> tuple[str, str] | None:
        loose = next((person for person in members if person not in self.listed), None)
        if loose is None:
            return None
        other = next(one for one in members if one != loose)
        pair = " and ".join(sorted((self.people[loose], self.people[other])))
        return path, f"{pair} are tied, and neither tie_break nor seed parts them"

    def _rank(self, person: int) -> tuple[int, int, str]:
        if person in self.listed:
            return 0, self.listed[person], ""
        if self._seed is None:
            return 1, 0, self.people[person]
        if person not in self.drawn:
            self.drawn[person] = lot_order(self._seed, self.people[person])
        return 1, *self.drawn[person]
