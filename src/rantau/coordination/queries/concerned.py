"""Whom something that happened to a meeting concerns: who acts for the invited offices, and the coordinator who called it."""

import datetime as dt

from rantau.agreements.access import POWERS
from rantau.agreements.queries.concerned import Concerned, acting, each, holding
from rantau.coordination.models import Meeting
from rantau.engine.flow import Role


def meeting(ref: str, *, approving: bool = False, at: dt.datetime) -> Concerned:
    """Return who acts for the offices of a meeting, `by` its beginning; `approving` leaves out the office that wrote."""
    found = Meeting.objects.select_related("programme__version").get(ref=ref)
    wrote = found.minuted_by if approving else None
    people = acting(found.programme, [one for one in found.offices if one != wrote], POWERS, at=at)
    if not found.called_by and wrote != "":
        people += holding(Role.COORDINATOR, found.programme, at=at)
    return Concerned(each(people), found.programme, found.code, found.held_at)
