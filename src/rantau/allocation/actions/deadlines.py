"""The steps nobody clicks, of a whole programme: those before an allocation, then lists that close and silence that counts."""

import datetime as dt

from rantau.allocation.models import Allocation
from rantau.programmes.models import Intake, Programme
from rantau.programmes.queries import intake as intake_of
from rantau.programmes.queries import now
from rantau.selection.actions import deadlines as earlier

from . import deciding, wishing


def take(*, programme: Programme, at: dt.datetime) -> int:
    """Take every step of the programme that is due and return how many; a second time there are none.

    `at` is real time; a rehearsal is taken to its own.
    """
    intake = intake_of(programme)
    taken = earlier.take(programme=programme, at=at)
    return taken + (due(intake=intake, at=now(programme, at)) if intake else 0)


def due(*, intake: Intake, at: dt.datetime) -> int:
    """Take the steps of an intake's allocations that are due and return how many."""
    taken = 0
    found = Allocation.objects.filter(intake=intake).select_related("intake__programme", "intake__version")
    for allocation in found.order_by("pk"):
        if allocation.state == "open" and allocation.wishes_until and at > allocation.wishes_until:
            wishing.close(allocation=allocation, at=at)
            taken += 1
        taken += deciding.due(allocation=allocation, at=at)
    return taken
