"""Whether everyone still to come can be placed so that every minimum is met: the solver says yes or no, never who."""

from collections import Counter
from collections.abc import Mapping, Sequence

from .levels import Levels, Seat
from .oracle import whole_numbers

Cell = tuple[Seat, ...]
"""People who may sit in the same seats are one cell: only their number matters, never their wishes."""


class Infeasible(Exception):
    """Say that floors cannot be met: those short on their own, and a smallest set of limits that cannot stand together."""

    def __init__(self, shortfall: Sequence[Mapping[str, object]], conflict: Sequence[str]) -> None:
        super().__init__(list(conflict))
        self.shortfall = list(shortfall)
        self.conflict = list(conflict)


class Completing:
    """The people to come, by cell, and the minima that they have to fill; remembers one way to fill them."""

    def __init__(self, levels: Levels) -> None:
        self.levels = levels
        instance = levels.instance
        self.minima = [level.minimum for level in levels.levels]
        common = instance.common.place if instance.common else {}
        self.cell: dict[int, Cell] = {}
        for person, held in enumerate(instance.held):
            if held is None and person in common:
                openings = [o for o in range(len(instance.openings)) if levels.acceptable(person, o)]
                self.cell[person] = tuple(levels.seat(person, opening) for opening in openings)
        self.waiting = Counter(self.cell.values())
        self.witness: dict[tuple[Cell, Seat], int] = {}

    def begin(self, taken: Sequence[int]) -> None:
        """Check that the minima can be met at all. Where seats are held already, lower what cannot be met any more.

        :raises Infeasible: where they cannot, and nobody holds a seat
        """
        if any(at is not None for at in self.levels.instance.held):
            return self.settle(taken)
        if self._solve(taken, self.minima):
            return None
        active = [number for number, minimum in enumerate(self.minima) if minimum]
        short = []
        for number in active:
            most = self._most(number, taken)
            if most < self.minima[number]:
                name = self.levels.levels[number].name
                short.append({"group": name, "required": self.minima[number], "available": most})
        raise Infeasible(short, self._conflict(taken, active))

    def leave(self, person: int) -> None:
        """Take a person who is served now out of those to come."""
        self.waiting[self.cell[person]] -= 1

    def can(self, taken: Sequence[int], person: int, seat: Seat) -> bool:
        """Return whether the rest can fill every minimum beside the seats `taken`, the new seat of `person` among them."""
        key = (self.cell.get(person, ()), seat)
        if self.witness.get(key, 0):
            self.witness[key] -= 1
            if self._fits(taken):
                return True
            self.witness[key] += 1
        return self._fits(taken) or self._solve(taken, self.minima)

    def settle(self, taken: Sequence[int]) -> None:
        """Lower minima that cannot be met any more, now that somebody who might have filled them found no place.

        They are lowered as little as possible, those that come first by id least.
        """
        if self._fits(taken) or self._solve(taken, self.minima):
            return
        lowered = [0] * len(self.minima)
        for number, minimum in enumerate(self.minima):
            lowered[number] = self._largest(taken, lowered, number, minimum)
        self.minima = lowered
        self._solve(taken, lowered)

    def _largest(self, taken: Sequence[int], lowered: Sequence[int], number: int, minimum: int) -> int:
        """Return the largest number, at most the minimum, that a level can have beside the others as lowered so far."""
        low, high = 0, minimum
        while low < high:
            middle = high if high == minimum and low == 0 else (low + high + 1) // 2
            if self._solve(taken, [*lowered[:number], middle, *lowered[number + 1 :]]):
                low = middle
            else:
                high = middle - 1
        return low

    def needs(self, taken: Sequence[int]) -> str:
        """Return the minima that refuse the seats `taken`: the first that does alone, else a smallest set, with `+`."""
        active = [number for number, minimum in enumerate(self.minima) if minimum]
        for number in active:
            if self._solve(taken, self._only([one for one in active if one != number])):
                return self.levels.levels[number].name
        return "+".join(self._conflict(taken, active))

    def _conflict(self, taken: Sequence[int], active: Sequence[int]) -> list[str]:
        needed = list(active)
        for number in active:
            rest = [one for one in needed if one != number]
            if not self._solve(taken, self._only(rest)):
                needed = rest
        return [self.levels.levels[number].name for number in needed]

    def _only(self, numbers: Sequence[int]) -> list[int]:
        return [minimum if number in numbers else 0 for number, minimum in enumerate(self.minima)]

    def _most(self, number: int, taken: Sequence[int]) -> int:
        """Return how many could count at a level: those there and those to come who may, up to its capacity."""
        able = sum(n for cell, n in self.waiting.items() if any(number in self.levels.chain(seat) for seat in cell))
        return min(taken[number] + able, self.levels.levels[number].capacity)

    def _fits(self, taken: Sequence[int]) -> bool:
        """Return whether the remembered way to fill the minima still holds."""
        used: Counter[Cell] = Counter()
        total = list(taken)
        for (cell, seat), n in self.witness.items():
            used[cell] += n
            for number in self.levels.chain(seat):
                total[number] += n
        if any(n > self.waiting[cell] for cell, n in used.items()):
            return False
        pairs = zip(total, self.minima, self.levels.levels, strict=True)
        return all(minimum <= n <= level.capacity for n, minimum, level in pairs)

    def _solve(self, taken: Sequence[int], minima: Sequence[int]) -> bool:
        """Ask the solver for whole numbers per cell and seat within all limits; remember them where they meet all minima."""
        columns = [(cell, seat) for cell, n in sorted(self.waiting.items(), key=_by_seats) if n > 0 for seat in cell]
        cells = [cell for cell in dict.fromkeys(cell for cell, _ in columns)]
        limits = [(0, self.waiting[cell]) for cell in cells]
        rows: dict[int, list[int]] = {number: [] for number in range(len(cells) + len(taken))}
        at = {cell: number for number, cell in enumerate(cells)}
        for column, (cell, seat) in enumerate(columns):
            rows[at[cell]].append(column)
            for number in self.levels.chain(seat):
                rows[len(cells) + number].append(column)
        for number, level in enumerate(self.levels.levels):
            low, high = minima[number] - taken[number], level.capacity - taken[number]
            if high < 0 or (low > 0 and not rows[len(cells) + number]):
                return False
            limits.append((max(low, 0), high))
        found = whole_numbers(len(columns), list(rows.values()), limits)
        if found is not None and minima is self.minima:
            self.witness = {key: n for key, n in zip(columns, found, strict=True) if n}
        return found is not None


def _by_seats(item: tuple[Cell, int]) -> list[tuple[int, list[str]]]:
    return [(opening, sorted(kinds)) for opening, kinds in item[0]]
