"""The steps nobody clicks: everything whose deadline has passed, in a programme's own time."""

import datetime as dt

from rantau.applications.actions import calling, nominating
from rantau.programmes.models import Programme
from rantau.programmes.queries import intake as intake_of
from rantau.programmes.queries import now

from . import offers


def take(*, programme: Programme, at: dt.datetime) -> int:
    """Take every step of the programme's intake that is due and return how many; a second time there are none.

    `at` is real time; a rehearsal is taken to its own.
    """
    intake, own = intake_of(programme), now(programme, at)
    if intake is None:
        return 0
    return (
        calling.due(intake=intake, at=own) + nominating.due(intake=intake, at=own) + offers.due(intake=intake, at=own)
    )
