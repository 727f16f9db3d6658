"""What an outage moves here: the days for answering an offer and for objecting to a mark."""

import datetime as dt

from rantau.applications.actions import moving as earlier
from rantau.applications.models import Application
from rantau.engine.outage import Moves, Outage, together
from rantau.programmes.actions.outages import move_deadlines
from rantau.programmes.models import Intake
from rantau.selection.models import Round


def move(*, intake: Intake, outage: Outage, at: dt.datetime) -> Moves:
    """Move the deadlines of an intake for an outage, those of the areas below first, and count them.

    The window to object to marks is over for good once the final list is frozen.
    """
    found, rounds = Application.objects.filter(intake=intake), Round.objects.filter(intake=intake)
    offered, silent = found.filter(state="offered"), found.filter(state="silent")
    windows = rounds.filter(kind="provisional", state="published")
    over = windows if rounds.filter(kind="final").exists() else windows.none()
    still = windows.exclude(pk__in=over.values("pk"))
    return together(
        earlier.move(intake=intake, outage=outage, at=at),
        move_deadlines("offers", offered, "answer_by", outage=outage, at=at, missed=silent),
        move_deadlines("marks", still, "objections_until", outage=outage, at=at, missed=over, reminds=False),
    )
