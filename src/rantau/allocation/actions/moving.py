"""What an outage moves here: the day on which lists close, and the days for answering a place."""

import datetime as dt

from rantau.allocation.models import Allocation, Place
from rantau.engine.outage import Moves, Outage, together
from rantau.programmes.actions.outages import move_deadlines
from rantau.programmes.models import Intake
from rantau.selection.actions import moving as earlier


def move(*, intake: Intake, outage: Outage, at: dt.datetime) -> Moves:
    """Move the deadlines of an intake for an outage, those of the areas below first, and count them."""
    found = Allocation.objects.filter(intake=intake)
    lists, closed = found.filter(state="open"), found.exclude(state="open")
    held = Place.objects.filter(allocation__intake=intake)
    asked, silent = held.filter(state__in=("offered", "waiting")), held.filter(state="silent")
    published = found.filter(state="published")
    return together(
        earlier.move(intake=intake, outage=outage, at=at),
        move_deadlines("wishes", lists, "wishes_until", outage=outage, at=at, missed=closed),
        move_deadlines("rounds", published, "answers_until", outage=outage, at=at, reminds=False),
        move_deadlines("places", asked, "answer_by", outage=outage, at=at, missed=silent),
    )
