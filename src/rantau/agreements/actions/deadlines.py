"""What time does to agreements and duties: sides that stay silent, agreements that end, duties that are due."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from rantau.agreements.models import Agreement, Duty, Side
from rantau.engine.flow import Role
from rantau.ledger.actions import lock
from rantau.ledger.steps import take_all
from rantau.people import queries as people
from rantau.programmes.models import Programme
from rantau.programmes.queries import now

from . import duties

SYSTEM = frozenset({Role.SYSTEM})


def take(*, programme: Programme, at: dt.datetime, reached: Mapping[str, dt.date]) -> int:
    """Take every step of a programme's agreements and duties whose time has come; a second time there are none.

    `at` is real time; a rehearsal is taken to its own. `reached` are milestones of which only later areas know.
    """
    return due(programme=programme, at=now(programme, at), reached=reached)


def due(*, programme: Programme, at: dt.datetime, reached: Mapping[str, dt.date]) -> int:
    """Take the same steps at an instant of the programme's own time."""
    if not any(model.objects.filter(programme=programme).exists() for model in (Agreement, Duty)):
        return 0
    taken = 0
    while more := _take(programme, at, reached):  # a late run takes one step after the other: reminded, late, escalated
        taken += more
    return taken


@transaction.atomic
def _take(programme: Programme, at: dt.datetime, reached: Mapping[str, dt.date]) -> int:
    lock(programme.chain)
    system = people.system().ref
    ended = list(Agreement.objects.filter(programme=programme, state="in_force", ends_at__lt=at).order_by("pk"))
    take_all([(one, "lapse", {}) for one in ended], actor=system, roles=SYSTEM, at=at)
    for one in ended:
        duties.cease(one, at=at)
    waiting = Side.objects.filter(agreement__programme=programme, agreement__state="tabled", state="reading")
    asked = waiting.exclude(part="consulted").order_by("pk")
    prompted = list(asked.filter(prompt_at__lt=at, reply_by__gte=at))
    Side.objects.filter(pk__in=[one.pk for one in prompted]).update(prompt_at=None)
    take_all([(one, "prompt", {"office": one.office}) for one in prompted], actor=system, roles=SYSTEM, at=at)
    silent = list(asked.filter(reply_by__lt=at, reminded_at=None))
    Side.objects.filter(pk__in=[one.pk for one in silent]).update(reminded_at=at)
    take_all([(one, "remind", {"office": one.office}) for one in silent], actor=system, roles=SYSTEM, at=at)
    return len(ended) + len(prompted) + len(silent) + duties.due(programme, at=at, reached=reached)
