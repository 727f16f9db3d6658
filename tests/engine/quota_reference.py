"""A selection under floors and caps decided once more, plainly: every set of people looked at, straight from the text.

`plain` is an instance as JSON data; people are named by their identifiers.
"""

import hashlib
import hmac
from itertools import combinations, permutations


class Reference:
    """One instance, every question about it answered by trying all there is to try."""

    def __init__(self, plain):
        self.people = {person["id"]: person for person in plain["candidates"]}
        rule = plain.get("rule", {})
        self.floors = {floor["group"]: floor["seats"] for floor in rule.get("floors", [])}
        self.caps = {cap["group"]: cap["seats"] for cap in rule.get("caps", [])}
        self.seats, self.seed = plain["seats"], plain.get("seed")
        self.one_to_one = rule.get("counting") == "one_to_one"
        self.hard = rule.get("mode", "hard") == "hard"
        self.order = sorted(self.people, key=lambda code: (self.people[code]["score"], self.lot(code)), reverse=True)

    def lot(self, code):
        """Return the number of a person as hexadecimal digits, which are in the order of the numbers."""
        return hmac.new((self.seed or "").encode(), code.encode(), hashlib.sha256).hexdigest()[:32]

    def inside(self, chosen, group):
        """Return how many of some people belong to a group."""
        return sum(group in self.people[code].get("groups", []) for code in chosen)

    def caps_hold(self, chosen, without=()):
        """Return whether caps, but for some, are kept."""
        return all(self.inside(chosen, group) <= seats for group, seats in self.caps.items() if group not in without)

    def used(self, chosen, floors=None):
        """Return the most reserved places that some people can use."""
        floors = self.floors if floors is None else floors
        if not self.one_to_one:
            return sum(min(self.inside(chosen, group), seats) for group, seats in floors.items())
        return _matched([self.people[code].get("groups", []) for code in chosen], dict(floors))

    def held(self, chosen, floors):
        """Return whether all places of some floors can be used at once."""
        return self.used(chosen, floors) == sum(floors.values())

    def sets(self, least=0, seats=None, without=()):
        """Yield every set of people that keeps the caps and the seats."""
        most = self.seats if seats is None else seats
        for size in range(least, min(most, len(self.people)) + 1):
            yield from (chosen for chosen in combinations(self.order, size) if self.caps_hold(chosen, without))

    def selected(self):
        """Return the people selected, in merit order; nothing where hard floors cannot hold."""
        allowed = [chosen for chosen in self.sets() if not self.hard or self.held(chosen, self.floors)]
        if not allowed:
            return None
        size = max(map(len, allowed))
        largest = [chosen for chosen in allowed if len(chosen) == size]
        most = max(map(self.used, largest))
        ranks = {code: rank for rank, code in enumerate(self.order)}
        best = min((c for c in largest if self.used(c) == most), key=lambda c: [ranks[code] for code in c])
        return list(best)

    def unfilled(self, chosen):
        """Return the places of each floor that stay unused; with one place each, earlier floors are filled first."""
        best = []
        for group in self.floors:
            known = dict(zip(self.floors, best, strict=False))
            filled = max(n for n in range(self.floors[group] + 1) if self.held(chosen, {**known, group: n}))
            best.append(filled)
        short = {group: self.floors[group] - filled for group, filled in zip(self.floors, best, strict=True)}
        return {group: less for group, less in short.items() if less}

    def lets_in(self, chosen, code, floors=(), caps=()):
        """Return whether a person could be selected if some floors and caps did not bind.

        Everybody better is selected or refused as they were, as many people are selected, and floors that bind hold as
        far as they do for the people selected.
        """
        better = self.order[: self.order.index(code)]
        short = self.unfilled(chosen)
        binding = {group: seats - short.get(group, 0) for group, seats in self.floors.items() if group not in floors}
        return any(
            code in other
            and all((one in other) == (one in chosen) for one in better)
            and self.held(other, binding)
            for other in self.sets(len(chosen), without=caps)
        )  # fmt: skip

    def reason(self, chosen, code):
        """Return why a person is not among the people selected."""
        last = chosen[-1] if chosen else None
        later = last is None or self.order.index(code) > self.order.index(last)
        if len(chosen) == min(self.seats, len(self.people)) and later:
            tied = last is not None and self.people[last]["score"] == self.people[code]["score"]
            return "TIE_LOST" if tied else "BELOW_CUTOFF"
        better = [one for one in chosen if self.order.index(one) < self.order.index(code)]
        own = [group for group in self.caps if group in self.people[code].get("groups", [])]
        for group in own:
            if self.inside(better, group) == self.caps[group]:
                return f"CAP_FULL:{group}"
        floors = [group for group, seats in self.floors.items() if seats - self.unfilled(chosen).get(group, 0)]
        found = _fewest(floors, lambda some: self.lets_in(chosen, code, floors=some))
        if found:
            return "FLOOR_NEEDS:" + "+".join(found)
        full = [group for group in own if self.inside(chosen, group) == self.caps[group]]
        return "CAP_FULL:" + "+".join(_fewest(full, lambda some: self.lets_in(chosen, code, floors, some)))

    def holds_together(self, names):
        """Return whether there are people who keep floors, caps and seats of these names."""
        floors = {group: seats for group, seats in self.floors.items() if group in names}
        free = [group for group in self.caps if f"cap:{group}" not in names]
        seats = self.seats if "seats" in names else len(self.people)
        return any(self.held(chosen, floors) for chosen in self.sets(seats=seats, without=free))


def shuffled(plain):
    """Yield the instance with its candidates, and the groups of each, in every other order of up to three people."""
    for candidates in permutations(plain["candidates"][:3]):
        rest = plain["candidates"][3:]
        turned = [{**person, "groups": person.get("groups", [])[::-1]} for person in (*rest, *candidates)]
        yield {**plain, "candidates": turned}


def _matched(groups, left):
    """Return the most places that can be filled, each by one person, given the groups of each and the places left."""
    if not groups:
        return 0
    best = _matched(groups[1:], left)
    for group in groups[0]:
        if left.get(group, 0) > 0:
            best = max(best, 1 + _matched(groups[1:], {**left, group: left[group] - 1}))
    return best


def _fewest(groups, works):
    """Return the first group that works alone, else those of all that work of which none can be left out."""
    for group in groups:
        if works([group]):
            return [group]
    if not works(groups):
        return []
    kept = list(groups)
    for group in reversed(groups):
        fewer = [one for one in kept if one != group]
        kept = fewer if works(fewer) else kept
    return kept
