"""Strict orders of people from tie groups or scores: ties parted by one published list or by the lot, never by chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .selection import lot_order
from .shape import Unreadable


@dataclass(frozen=True, slots=True)
class Order:
    """A strict order: place by person (0 is best), the tie group each stood in before it was parted, scores if given.

    Who is not in `place` is not acceptable.
    """

    place: Mapping[int, int]
    group: Mapping[int, int]
    scores: Mapping[int, int] | None = None


class Ties:
    """How tied people are parted: by their place in `listed`, then by the lot for those who are not in it."""

    def __init__(self, people: Sequence[str], listed: Mapping[int, int] | None, seed: str | None) -> None:
        self.people = people
        self.listed = listed or {}
        self._seed = seed
        self.drawn: dict[int, tuple[int, str]] = {}

    def order(self, groups: Sequence[Sequence[int]], path: str, scores: Mapping[int, int] | None = None) -> Order:
        """Return the strict order of tie groups, best first.

        :raises Unreadable: at `path`, where two people are tied and nothing parts them
        """
        place: dict[int, int] = {}
        group: dict[int, int] = {}
        for number, members in enumerate(groups):
            ordered = sorted(members, key=lambda person: self._rank(person, members, path)) if members[1:] else members
            for person in ordered:
                place[person] = len(place)
                group[person] = number
        return Order(place, group, scores)

    def by_score(self, scores: Mapping[int, int], path: str) -> Order:
        """Return the strict order of scores, the larger first.

        :raises Unreadable: at `path`, where two people have the same score and nothing parts them
        """
        groups: dict[int, list[int]] = {}
        for person in sorted(scores):
            groups.setdefault(scores[person], []).append(person)
        return self.order([groups[score] for score in sorted(groups, reverse=True)], path, scores)

    def _rank(self, person: int, members: Sequence[int], path: str) -> tuple[int, int, str]:
        if person in self.listed:
            return 0, self.listed[person], ""
        if self._seed is None:
            other = next(one for one in members if one != person)
            pair = " and ".join(sorted((self.people[person], self.people[other])))
            raise Unreadable(path, f"{pair} are tied, and neither tie_break nor seed parts them")
        if person not in self.drawn:
            self.drawn[person] = lot_order(self._seed, self.people[person])
        return 1, *self.drawn[person]
