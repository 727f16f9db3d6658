"""What is done with messages: sending one, keeping that it was sent, queueing again what a gateway refused, pruning."""

import datetime as dt
from typing import Any

from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .letters import Letter
from .models import Delivery

KEPT = 30
"""Days for which the results of finished jobs are kept."""

FIRST_WAIT = dt.timedelta(minutes=5)
"""Until the second attempt; each further wait is four times as long: 5 and 20 minutes, 1 h 20, 5 h 20, 21 h, 3.5 days."""

ATTEMPTS = 7
"""After so many attempts a job stays failed, with its error, for the operator."""


def delivered(entry: int, kind: str, person: Any) -> bool:
    """Return whether an entry's message of a kind was sent to a person, or they were found to have no address."""
    return Delivery.objects.filter(entry=entry, kind=kind, person=person).exists()


def deliver(*, entry: int, kind: str, person: Any, letter: Letter, message: str) -> Delivery:
    """Send a message to the person's e-mail if there is one, then keep that it was done.

    The gateway is called outside any transaction of ours, so that a slow one holds no lock. Cut off between sending and
    keeping, the message goes out again with the same `message` identifier, by which mail programs drop the copy.
    A gateway's own exception is passed on.
    """
    if person.email:
        EmailMessage(letter.subject, letter.text, to=[person.email], headers={"Message-ID": message}).send()
    channel, state = ("email", "sent") if person.email else ("none", "no_address")
    kept, _ = Delivery.objects.get_or_create(
        entry=entry, kind=kind, person=person, defaults={"channel": channel, "state": state, "at": timezone.now()}
    )
    return kept


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
    """Delete the results of jobs that finished more than 30 days ago, and return how many."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=at - dt.timedelta(days=KEPT))
    return old.delete()[0]
