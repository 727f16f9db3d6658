"""The steps nobody clicks: everything whose deadline has passed, in a programme's own time."""

import datetime as dt
from collections.abc import Mapping

from rantau.agreements.actions import deadlines as agreements
from rantau.applications.actions import calling, nominating
from rantau.people import actions as people
from rantau.people import queries as people_queries
from rantau.programmes.models import Programme
from rantau.programmes.queries import intake as intake_of
from rantau.programmes.queries import now
from rantau.selection import queries

from . import offers


def take(*, programme: Programme, at: dt.datetime, reached: Mapping[str, dt.date] | None = None) -> int:
    """Take every step of the programme that is due and return how many; a second time there are none.

    `at` is real time; a rehearsal is taken to its own. `reached` are milestones of which only later areas know.
    """
    intake, own = intake_of(programme), now(programme, at)
    known = {**queries.reached(programme, at=own), **(reached or {})}
    agreed = agreements.take(programme=programme, at=at, reached=known)
    late = list(people_queries.recoveries_past(scope=programme.code, at=own))
    for recovery in late:
        people.lapse_recovery(recovery=recovery, person=people_queries.system(), at=own)
    waiting = list(people_queries.recoveries_unapproved(scope=programme.code, at=own))
    for recovery in waiting:
        people.remind_recovery(recovery=recovery, person=people_queries.system(), at=own)
    taken = agreed + len(late) + len(waiting)
    if intake is not None:
        taken += calling.due(intake=intake, at=own)
        taken += nominating.due(intake=intake, at=own)
        taken += offers.due(intake=intake, at=own)
    return taken
