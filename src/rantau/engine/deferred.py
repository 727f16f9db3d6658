"""Deferred acceptance: people propose down their wishes, or openings propose down their orders; both end stable."""

from .instance import Instance
from .levels import Held, Levels

Places = list[int | None]
"""The opening of each person by number, or None."""


def applicants_propose(levels: Levels) -> Places:
    """Return the stable places that are best for every applicant (Gale & Shapley 1962; reserves: Hafalir et al. 2013).

    Everyone asks for their best wish; an opening keeps whom its rule chooses; who has to leave asks for the next.
    """
    wishes = levels.instance.wishes
    held, next_wish = Held(levels), [0] * len(wishes)
    places: Places = [None] * len(wishes)
    for first in range(len(wishes)):
        asking: int | None = first
        while asking is not None:
            person, asking = asking, None
            while next_wish[person] < len(wishes[person]):
                opening = wishes[person][next_wish[person]]
                next_wish[person] += 1
                if not levels.acceptable(person, opening):
                    continue
                places[person] = opening
                leaving = held.take(person, opening)
                if leaving is None:
                    break
                asking = leaving[0]
                places[asking] = None
                if asking != person:
                    break
                asking = None
    return places


def openings_propose(levels: Levels) -> Places:
    """Return the stable places that are best for the openings' orders, and worst among the stable ones for applicants.

    Openings offer their seats to the best who are still to be had; who has several offers keeps the best and refuses
    the rest for good; refused seats are offered anew until nobody has two (Hatfield & Milgrom 2005).
    """
    instance = levels.instance
    keep = [len(wishes) for wishes in instance.wishes]
    """How many of each person's wishes they have not refused: what lies below an offer they hold is refused."""
    while True:
        offers = _offers(levels, instance, keep)
        best = [min(found, default=None) for found in offers]
        refused = False
        for person, found in enumerate(best):
            if found is not None and keep[person] > found + 1:
                refused = refused or len(offers[person]) > 1
                keep[person] = found + 1
        if not refused:
            return [None if at is None else instance.wishes[person][at] for person, at in enumerate(best)]


def _offers(levels: Levels, instance: Instance, keep: list[int]) -> list[set[int]]:
    """Return the wishes (by their rank, 0 is best) that each person is offered while openings choose freely."""
    held = Held(levels)
    offered: list[dict[int, int]] = [{} for _ in instance.wishes]
    for person, wishes in enumerate(instance.wishes):
        for rank, opening in enumerate(wishes[: keep[person]]):
            if levels.acceptable(person, opening):
                offered[person][opening] = rank
                leaving = held.take(person, opening, rank)
                if leaving is not None:
                    del offered[leaving[0]][leaving[1]]
    return [set(found.values()) for found in offered]
