"""The selection under floors and caps: the same instance gives the same people and the same reasons on any machine."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal, Protocol

from .augmenting import Augmenting
from .canonical import Frozen, canonical, digest
from .canonical import dump as dump_file
from .cells import Pool, inside, nested, pool
from .completion import Completion, conflict
from .counting import Counting
from .quota_instance import Candidate as Candidate
from .quota_instance import Instance as Instance
from .quota_instance import Quota as Quota
from .quota_instance import Rule as Rule
from .quota_instance import read as read
from .quota_reasons import Asking, Exchange, Path, Question, reasons, unfilled
from .shape import Unreadable as Unreadable

FORMAT = "rantau.selection/1"

Method = Literal["merit", "exact"]


class Selection(Frozen):
    """Who is selected, in merit order, and why the others are not; `unfilled_reserve` only where floors are soft."""

    selected: tuple[str, ...]
    refused: dict[str, str]
    method: Method
    unfilled_reserve: dict[str, int] | None = None

    def file(self) -> dict[str, Any]:
        """Return the result to publish; its digest is the SHA-256 of the canonical JSON of everything else in it."""
        file = {"format": FORMAT, **self.model_dump(mode="json", exclude_none=True)}
        return {**file, "digest": digest(file)}


class Shortfall(Frozen):
    """A floor that asks for more people than belong to its group."""

    group: str
    required: int
    available: int


class Infeasible(Frozen):
    """Why no selection holds all floors: those short on their own, and what cannot hold together.

    `conflict` names floors by their group, caps as `cap:<group>`, and the number of seats as `seats`; without any one
    of them the others can hold.
    """

    shortfall: tuple[Shortfall, ...]
    conflict: tuple[str, ...]

    def file(self) -> dict[str, Any]:
        """Return the answer to give instead of a result."""
        return {"status": "infeasible", **self.plain()}


class LookAhead(Protocol):
    """Whether a selection can still be completed: the most people, the most reserved places they use, person by person.

    `size` is how many people are selected in the end and `used` how many reserved places they use. `admit` is asked for
    each person in merit order.
    """

    size: int
    used: int

    def admit(self, cell: int) -> bool:
        """Return whether the next person of a cell is selected, and keep it so."""
        ...


def choose(instance: Instance, *, exact: bool = False) -> Selection | Infeasible:
    """Return the best selection of the largest size: the first person in merit order in whom two differ decides.

    Soft floors use as many reserved places as a selection of that size can. The order of candidates never matters. With
    `exact` the solver is asked where counting would be enough, for the same people and the same reasons.
    """
    people = pool(instance)
    floors, caps = ([quota.group for quota in part] for part in (instance.rule.floors, instance.rule.caps))
    hard = instance.rule.mode == "hard"
    method, ahead, question = _way(people, hard=hard, exact=exact)
    if hard and ahead.used < sum(people.floors):
        return _infeasible(people, floors, caps)
    selected: list[int] = []
    counts = [0] * len(people.cells)
    for place, cell in enumerate(people.cell_of):
        if len(selected) == ahead.size:
            break
        if ahead.admit(cell):
            selected.append(place)
            counts[cell] += 1
    filled = ahead.used == sum(people.floors)
    short = (0,) * len(floors) if filled else unfilled(people, counts)
    binding = replace(people, floors=tuple(seats - less for seats, less in zip(people.floors, short, strict=True)))
    return Selection(
        selected=tuple(people.ids[place] for place in selected),
        refused=reasons(people, selected, question(binding, counts), floors, caps),
        method=method,
        unfilled_reserve=None if hard else {group: less for group, less in zip(floors, short, strict=True) if less},
    )


def dump(result: Selection | Infeasible) -> bytes:
    """Return the bytes of an answer: canonical JSON, `format` first where it has one, and a line feed at the end."""
    file = result.file()
    return dump_file(file) if "format" in file else canonical(file) + b"\n"


def _way(people: Pool, *, hard: bool, exact: bool) -> tuple[Method, LookAhead, Callable[[Pool, list[int]], Question]]:
    """Return how a rule is decided: by counting or by paths where groups are nested, otherwise by the solver's yes."""
    count = len(people.floors)
    groups = [
        cell.caps if people.one_to_one else cell.floors | {count + cap for cap in cell.caps} for cell in people.cells
    ]
    if exact or not nested(groups, people.sizes):
        return "exact", Completion(people, hard=hard), Asking
    if people.one_to_one:
        return "merit", Augmenting(people, people.sizes), Path
    return "merit", Counting(people), Exchange


def _infeasible(people: Pool, floors: list[str], caps: list[str]) -> Infeasible:
    members = inside(people.sizes, [cell.floors for cell in people.cells], number=len(floors))
    rows = zip(floors, people.floors, members, strict=True)
    short = [Shortfall(group=group, required=seats, available=has) for group, seats, has in rows if seats > has]
    if short:
        return Infeasible(shortfall=tuple(short), conflict=(short[0].group,))
    found = conflict(people)
    named = [floors[floor] for floor in found.floors] + [f"cap:{caps[cap]}" for cap in found.caps]
    return Infeasible(shortfall=(), conflict=(*named, *(["seats"] if found.seats else [])))
