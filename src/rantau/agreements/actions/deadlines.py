"""What time does to agreements and duties: sides that stay silent, agreements that end, duties that are due."""

import datetime as dt

from django.db import transaction

from rantau.agreements.models import Agreement, Side
from rantau.engine.flow import Role
from rantau.ledger.actions import lock
from rantau.ledger.steps import take_all
from rantau.people import queries as people
from rantau.programmes.models import Programme

from . import duties

SYSTEM = frozenset({Role.SYSTEM})


@transaction.atomic
def take(*, programme: Programme, at: dt.datetime) -> int:
    """Take every step whose time has come, in the programme's own time, and return how many; idempotent."""
    lock(programme.chain)
    system = people.system().ref
    ended = list(Agreement.objects.filter(programme=programme, state="in_force", ends_at__lt=at).order_by("pk"))
    take_all([(one, "lapse", {}) for one in ended], actor=system, roles=SYSTEM, at=at)
    for one in ended:
        duties.cease(one, at=at)
    waiting = Side.objects.filter(agreement__programme=programme, agreement__state="tabled", state="reading")
    silent = list(waiting.filter(reply_by__lt=at, reminded_at=None).exclude(part="consulted").order_by("pk"))
    Side.objects.filter(pk__in=[one.pk for one in silent]).update(reminded_at=at)
    take_all([(one, "remind", {"office": one.office}) for one in silent], actor=system, roles=SYSTEM, at=at)
    return len(ended) + len(silent) + duties.due(programme, at=at)
