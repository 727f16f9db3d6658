"""People in merit order, gathered into cells: whoever belongs to the same named groups is one to floors and caps."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from .quota_instance import Candidate, Instance
from .selection import lot_order


class Cell(NamedTuple):
    """Which floors and which caps, by their place in the rule, count the people of a cell; `chain` is the caps in order.

    From the cap of the largest group to that of the smallest; see `chains`.
    """

    floors: frozenset[int]
    caps: frozenset[int]
    chain: tuple[int, ...]


@dataclass(frozen=True)
class Pool:
    """Candidates, best first, with the cell of each; the cells and how many people they hold; seats of the rule.

    `seats` is never more than there are people. Cells are numbered as they first appear in merit order.
    """

    ids: tuple[str, ...]
    scores: tuple[int, ...]
    cell_of: tuple[int, ...]
    cells: tuple[Cell, ...]
    sizes: tuple[int, ...]
    floors: tuple[int, ...]
    caps: tuple[int, ...]
    seats: int
    one_to_one: bool


def pool(instance: Instance) -> Pool:
    """Return an instance's candidates in merit order: score descending, equal scores by the lot."""
    floors = {quota.group: i for i, quota in enumerate(instance.rule.floors)}
    caps = {quota.group: i for i, quota in enumerate(instance.rule.caps)}
    named = frozenset(floors | caps)
    numbers: dict[frozenset[str], int] = {}
    ordered = merit_order(instance)
    cell_of = [numbers.setdefault(named.intersection(person.groups), len(numbers)) for person in ordered]
    sizes = [0] * len(numbers)
    for cell in cell_of:
        sizes[cell] += 1
    capped = [_places(groups, caps) for groups in numbers]
    rows = zip(numbers, capped, chains(capped, sizes), strict=True)
    return Pool(
        ids=tuple(person.id for person in ordered),
        scores=tuple(person.score for person in ordered),
        cell_of=tuple(cell_of),
        cells=tuple(Cell(_places(groups, floors), under, tuple(chain)) for groups, under, chain in rows),
        sizes=tuple(sizes),
        floors=tuple(quota.seats for quota in instance.rule.floors),
        caps=tuple(quota.seats for quota in instance.rule.caps),
        seats=min(instance.seats, len(ordered)),
        one_to_one=instance.rule.counting == "one_to_one",
    )


def merit_order(instance: Instance) -> list[Candidate]:
    """Return the candidates best first; without a seed no two scores are equal."""
    times, seed = Counter(person.score for person in instance.candidates), instance.lot_seed or ""

    def order(person: Candidate) -> tuple[int, tuple[int, str]]:
        return -person.score, lot_order(seed, person.id) if times[person.score] > 1 else (0, "")

    return sorted(instance.candidates, key=order)


def nested(groups: Sequence[frozenset[int]], sizes: Sequence[int]) -> bool:
    """Return whether any two groups are disjoint, or one lies inside the other; arguments as for `chains`."""
    members: dict[int, set[int]] = {}
    for cell, around in enumerate(groups):
        for group in around:
            members.setdefault(group, set()).add(cell)
    pairs = {pair for chain in chains(groups, sizes) for pair in pairwise(chain)}
    return all(members[inner] <= members[outer] for outer, inner in pairs)


def chains(groups: Sequence[frozenset[int]], sizes: Sequence[int]) -> list[list[int]]:
    """Return the groups of each cell from the largest to the smallest, given the people in each cell.

    Of two groups of equal size the one named first comes first, so nested groups stand in the same order everywhere.
    """
    people = inside(sizes, groups, number=1 + max((group for cell in groups for group in cell), default=0))
    return [sorted(cell, key=lambda group: (-people[group], group)) for cell in groups]


def inside(counts: Iterable[int], groups: Iterable[frozenset[int]], *, number: int) -> list[int]:
    """Return how many people there are in each of so many groups, given those of each cell and its groups."""
    people = [0] * number
    for count, cell in zip(counts, groups, strict=True):
        for group in cell if count else ():
            people[group] += count
    return people


def _places(groups: frozenset[str], quotas: dict[str, int]) -> frozenset[int]:
    return frozenset(quotas[group] for group in groups if group in quotas)
