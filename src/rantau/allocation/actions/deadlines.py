"""The steps nobody clicks, of a whole programme: those before an allocation, then lists that close and silence that counts."""

import datetime as dt
from collections.abc import Mapping

from rantau.allocation.models import Allocation
from rantau.programmes.actions import outages
from rantau.programmes.models import Intake, Programme
from rantau.programmes.queries import now
from rantau.selection.actions import deadlines as earlier

from . import deciding, wishing
from .moving import move


def take(
    *,
    programme: Programme,
    at: dt.datetime,
    reached: Mapping[str, dt.date] | None = None,
    move: outages.Move = move,
) -> int:
    """Take every step of the programme that is due and return how many; a second time there are none.

    Deadlines that fell into an outage move before anything lapses: `move` is that of the topmost area that has
    deadlines, which calls the areas below it. `at` is real time; a rehearsal is taken to its own. `reached` are
    milestones of which only later areas know.
    """
    own = now(programme, at)
    taken = outages.apply(programme=programme, at=own, move=move)
    taken += earlier.take(programme=programme, at=at, reached=reached)
    intakes = Intake.objects.filter(programme=programme).exclude(allocations=None).distinct().order_by("pk")
    return taken + sum(due(intake=intake, at=own) for intake in intakes)  # people go to work long after their intake


def due(*, intake: Intake, at: dt.datetime) -> int:
    """Take the steps of an intake's allocations that are due and return how many; a second time there are none.

    Who loses the seat in the programme by silence in one allocation leaves the others too, whichever came first.
    """
    taken = 0
    while more := sum(_due(allocation, at) for allocation in _of(intake)):
        taken += more
    return taken


def _of(intake: Intake) -> list[Allocation]:
    found = Allocation.objects.filter(intake=intake).select_related("intake__programme", "intake__version")
    return list(found.order_by("pk"))


def _due(allocation: Allocation, at: dt.datetime) -> int:
    closes = allocation.state == "open" and allocation.wishes_until is not None and at > allocation.wishes_until
    reminds = (
        not closes and allocation.state == "open" and allocation.remind_at is not None and at > allocation.remind_at
    )
    if closes:
        wishing.close(allocation=allocation, at=at)
    if reminds:
        wishing.remind(allocation=allocation, at=at)
    return closes + reminds + deciding.due(allocation=allocation, at=at)
