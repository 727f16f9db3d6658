"""The steps nobody clicks, of a whole programme: those before an acceptance, then everything on the way to departure."""

import datetime as dt

from rantau.allocation.actions import deadlines as earlier
from rantau.departure import queries
from rantau.departure.models import Clearance
from rantau.programmes.models import Intake, Programme
from rantau.programmes.queries import now

from . import arriving, beginning, charges, clearing, groups, kin, papers, visas
from .moving import move

STEPS = (beginning.due, papers.due, kin.due, visas.due, clearing.due, arriving.due, groups.due, charges.due)
"""What time does to people on their way, in the order in which it follows from one another."""


def take(*, programme: Programme, at: dt.datetime) -> int:
    """Take every step of the programme that is due and return how many; a second time there are none.

    `at` is real time; a rehearsal is taken to its own.
    """
    own = now(programme, at)
    taken = earlier.take(programme=programme, at=at, reached=queries.reached(programme, at=own), move=move)
    intakes = Intake.objects.filter(programme=programme).select_related("programme__version").order_by("pk")
    return taken + sum(due(intake=intake, at=own) for intake in intakes)


def due(*, intake: Intake, at: dt.datetime) -> int:
    """Take the steps of an intake's people on their way that are due and return how many; a second time there are none."""
    if not intake.applications.filter(state="accepted").exists() and not _begun(intake):
        return 0
    return sum(step(intake=intake, at=at) for step in STEPS)


def _begun(intake: Intake) -> bool:
    return Clearance.objects.filter(application__intake=intake).exists()
