"""What is done with messages: telling one person, waiting for the morning, queueing again what a gateway refused, pruning."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from rantau.engine.flow import Role
from rantau.engine.quiet import awake
from rantau.engine.refusal import Refusal
from rantau.ledger import jobs
from rantau.ledger.actions import append
from rantau.people import access, queries
from rantau.people.actions import reaching

from .gateways import Said, Undelivered, send
from .models import Delivery

KEPT = 30
"""Days for which the results of finished jobs are kept."""

FIRST_WAIT = dt.timedelta(minutes=5)
"""Until the second attempt; each further wait is four times as long: 5 and 20 minutes, 1 h 20, 5 h 20, 21 h, 3.5 days."""

ATTEMPTS = 7
"""After so many attempts a message and its job stay failed, with their error, until an officer tries again."""

PATIENCE = 3
"""Attempts by one channel before the person's next one is tried; the last one keeps all that are left."""

URGENT = frozenset({"call_up", "arrival_missing", "not_boarded", "group_cancelled", "homeward"})
"""Kinds that wait for no morning: a test may begin early the next day, somebody is missing on the way or wants to come home.
Everything else names a day far enough away."""

DONE = ("sent", "no_address")

OFFICERS = (Role.COORDINATOR, Role.OPERATOR)
"""Who sees what was not delivered on a programme, and may try again."""


def begin(*, entry: int, kind: str, person: Any, scope: str) -> Delivery:
    """Return the row of one entry told to one person, made as waiting on first use."""
    at = timezone.now()
    defaults = {"scope": scope, "channel": "none", "state": "queued", "begun_at": at, "at": at}
    return Delivery.objects.get_or_create(entry=entry, kind=kind, person=person, defaults=defaults)[0]


def deliver(*, delivery: Delivery, said: Said, message: str, at: dt.datetime) -> Delivery:
    """Tell a person once by the way that is due, or wait until their night is over, or keep that there is no way.

    What was sent or given up is left as it is. Cut off between sending and keeping, the message goes out again with the
    same `message` identifier.

    :raises Undelivered: when a gateway did not take it; the attempt is kept
    """
    if delivery.state in DONE or delivery.attempts >= ATTEMPTS:
        return delivery
    ways = queries.routes(delivery.person)
    if not ways:
        return _keep(delivery, state="no_address", channel="none", at=at)
    morning = wakes(delivery, at=at)
    if morning > at:
        return _wait(delivery, until=morning)
    way = ways[min(delivery.attempts // PATIENCE, len(ways) - 1)]
    attempts = delivery.attempts + 1
    try:
        left_by = send(way, said, message=message)
    except Undelivered as error:
        _keep(delivery, state="failed", channel=way.channel, attempts=attempts, error=error.code[:48], at=at)
        raise
    return _keep(delivery, state="sent", channel=left_by, attempts=attempts, error="", at=at)


def wakes(delivery: Delivery, *, at: dt.datetime) -> dt.datetime:
    """Return the first instant from `at` on at which a message may reach its person, by the clock where they are."""
    if delivery.kind in URGENT:
        return at
    evening, morning = settings.QUIET_HOURS
    return awake(at, zone=ZoneInfo(delivery.person.zone), evening=evening, morning=morning)


def _keep(delivery: Delivery, **changed: Any) -> Delivery:
    for name, value in changed.items():
        setattr(delivery, name, value)
    delivery.save(update_fields=list(changed))
    return delivery


@transaction.atomic
def _wait(delivery: Delivery, *, until: dt.datetime) -> Delivery:
    """Queue the same job for the morning, once; it goes on counting the attempts made so far."""
    if delivery.not_before == until:
        return delivery
    later = jobs.deliver.using(run_after=until).enqueue(delivery.kind, delivery.entry)
    DBTaskResult.objects.filter(pk=later.id).update(worker_ids=["night"] * delivery.attempts)
    return _keep(delivery, not_before=until)


# --- jobs ----------------------------------------------------------------------------------------------------------------
def retry(*, at: dt.datetime) -> int:
    """Queue failed jobs again, each after its wait, and return how many; the task library itself never tries twice."""
    again = []
    for failed in DBTaskResult.objects.failed().exclude(finished_at=None):
        attempts = len(failed.worker_ids)
        if attempts < ATTEMPTS and at >= failed.finished_at + FIRST_WAIT * 4 ** max(attempts - 1, 0):
            again.append(failed.pk)
    waiting = DBTaskResult.objects.failed().filter(pk__in=again)
    return waiting.update(status=TaskResultStatus.READY, started_at=None, finished_at=None)


def prune(*, at: dt.datetime) -> int:
    """Delete the results of jobs that finished more than 30 days ago and codes that count no more; return how many jobs."""
    reaching.drop_codes(at=at)
    old = DBTaskResult.objects.finished().filter(finished_at__lt=at - dt.timedelta(days=KEPT))
    return old.delete()[0]


@transaction.atomic
def try_again(*, programme: Any, person: Any, at: dt.datetime) -> int:
    """Try at once everything of a programme that failed, from the person's first channel on; return how many messages.

    The entry names the number alone. Whose night it is still waits for the morning.

    :raises Refusal: `role.missing`, `messages.none`
    """
    access.require(person, *OFFICERS, scope=programme.code, at=at)
    failed = Delivery.objects.filter(scope=programme.code, state="failed")
    wanted = set(failed.values_list("kind", "entry"))
    number = failed.update(state="queued", attempts=0, not_before=None)
    if not number:
        raise Refusal("messages.none")
    append(
        chain=programme.chain,
        actor=person.ref,
        subject=f"programme:{programme.code}",
        action="messages.again",
        at=at,
        facts={"deliveries": number},
    )
    for kind, entry in sorted(wanted - _queued_again(wanted)):
        jobs.deliver.enqueue(kind, entry)
    return number


def _queued_again(wanted: set[tuple[str, int]]) -> set[tuple[str, int]]:
    """Queue the jobs of these messages that failed, their attempts counted anew; return what waits or runs by then."""
    own = DBTaskResult.objects.filter(task_path=jobs.deliver.module_path)
    waiting, failed = set(), {}
    for pk, status, sent in own.exclude(status=TaskResultStatus.SUCCESSFUL).values_list("pk", "status", "args_kwargs"):
        told = tuple(sent["args"])
        if told in wanted and status == TaskResultStatus.FAILED:
            failed[told] = pk
        elif told in wanted:
            waiting.add(told)
    again = {told: pk for told, pk in failed.items() if told not in waiting}
    DBTaskResult.objects.filter(pk__in=again.values()).update(
        status=TaskResultStatus.READY, started_at=None, finished_at=None, worker_ids=[]
    )
    return waiting | set(again)
