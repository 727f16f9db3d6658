"""What an outage moves here: the days of documents that are still asked, and by when a report of money is answered."""

import datetime as dt

from rantau.allocation.actions import moving as earlier
from rantau.departure.models import Charge, Paper
from rantau.engine.outage import Moves, Outage, together
from rantau.programmes.actions.outages import move_deadlines
from rantau.programmes.models import Intake


def move(*, intake: Intake, outage: Outage, at: dt.datetime) -> Moves:
    """Move the deadlines of an intake for an outage, those of the areas below first, and count them."""
    asked = Paper.objects.filter(clearance__application__intake=intake, state="asked")
    reported = Charge.objects.filter(clearance__application__intake=intake, state="reported")
    moves = together(
        earlier.move(intake=intake, outage=outage, at=at),
        move_deadlines("papers", asked, "due_at", outage=outage, at=at),
        move_deadlines("charges", reported, "answer_by", outage=outage, at=at),
    )
    move_deadlines("late", asked, "late_at", outage=outage, at=at, reminds=False)
    return moves
