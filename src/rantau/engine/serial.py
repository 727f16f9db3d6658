"""One order, wishes, any caps: each in turn takes the best wish that is open, if those after can still keep the minima."""

from dataclasses import dataclass, field

from .completing import Completing
from .deferred import Places
from .instance import Instance
from .levels import Levels, Seat


@dataclass(slots=True)
class Served:
    """What serving in order came to: places by person, and the minima that stood against a wish: (person, opening)."""

    places: Places
    needed: dict[tuple[int, int], str] = field(default_factory=dict)


def serve(levels: Levels, *, minima: bool = False) -> Served:
    """Return the places of the serial rule. Who holds a seat keeps it or rises; then rounds go on until nobody rises.

    With `minima` a wish is granted only where everyone after can still be placed, by eligibility and not by their
    wishes, so that every minimum is met: no list of wishes, one's own or another's, opens or closes a place.

    :raises Infeasible: where the minima cannot be met even before anybody is served
    """
    line = _Line(levels, Completing(levels) if minima else None)
    order = levels.instance.common
    people = sorted(order.place, key=order.place.__getitem__) if order else []
    again = True
    while again:
        again = sum(line.serve(person) for person in people) > 0 and any(at is not None for at in levels.instance.held)
    return line.served


class _Line:
    """The state while people are served: seats taken at each level, and who is still to come."""

    def __init__(self, levels: Levels, completing: Completing | None) -> None:
        self.levels = levels
        self.instance: Instance = levels.instance
        self.completing = completing
        self.served = Served(list(self.instance.held))
        self.taken = [0] * len(levels.levels)
        for person, opening in enumerate(self.instance.held):
            if opening is not None:
                self._count(levels.seat(person, opening), 1)
        if completing:
            completing.begin(self.taken)

    def serve(self, person: int) -> bool:
        """Give a person the best wish above their present place that is open; return whether they moved."""
        present = self.served.places[person]
        if self.completing and present is None:
            self.completing.leave(person)
        for opening in self.instance.wishes[person]:
            if opening == present:
                break
            if self.levels.acceptable(person, opening) and self._grant(person, opening, present):
                return True
        if self.completing and present is None:
            self.completing.settle(self.taken)
        return False

    def _grant(self, person: int, opening: int, present: int | None) -> bool:
        seat = self.levels.seat(person, opening)
        before = None if present is None else self.levels.seat(person, present)
        if before is not None:
            self._count(before, -1)
        chain = self.levels.chain(seat)
        room = all(self.taken[number] < self.levels.levels[number].capacity for number in chain)
        if room:
            self._count(seat, 1)
            if self._complete(person, opening, seat):
                self.served.places[person] = opening
                return True
            self._count(seat, -1)
        if before is not None:
            self._count(before, 1)
        return False

    def _complete(self, person: int, opening: int, seat: Seat) -> bool:
        if self.completing is None or self.completing.can(self.taken, person, seat):
            return True
        self.served.needed[person, opening] = self.completing.needs(self.taken)
        return False

    def _count(self, seat: Seat, change: int) -> None:
        for number in self.levels.chain(seat):
            self.taken[number] += change
