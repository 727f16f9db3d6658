"""What an outage moves here: the days for documents, for invitations and for objections to a verification."""

import datetime as dt

from rantau.applications.models import Application, Nomination
from rantau.engine.outage import Moves, Outage, together
from rantau.programmes.actions import outages
from rantau.programmes.actions.outages import move_deadlines
from rantau.programmes.models import Intake


def move(*, intake: Intake, outage: Outage, at: dt.datetime) -> Moves:
    """Move the deadlines of an intake for an outage, those of the areas below first, and count them."""
    found, invited = Application.objects.filter(intake=intake), Nomination.objects.filter(intake=intake)
    asked, gone = found.filter(state__in=("called", "returned")), found.filter(state="lapsed")
    waiting, lapsed = invited.filter(state="invited"), invited.filter(state="lapsed")
    refused = found.filter(state="ineligible", objection=None)
    return together(
        outages.move(intake=intake, outage=outage, at=at),
        move_deadlines("documents", asked, "file_by", outage=outage, at=at, missed=gone),
        move_deadlines("nominations", waiting, "lives_until", outage=outage, at=at, missed=lapsed),
        move_deadlines("objections", refused, "objection_until", outage=outage, at=at, reminds=False),
    )
