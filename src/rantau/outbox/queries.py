"""What became of messages: a person's own, and for officers how many did not arrive, never whose."""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import Count, Min, QuerySet
from django_tasks_db.models import DBTaskResult

from rantau.engine.flow import Role
from rantau.ledger import jobs
from rantau.people import access

from .actions import ATTEMPTS, OFFICERS
from .codes import send_code
from .gateways import Undelivered
from .letters import LETTERS
from .models import Delivery

OWN, JOBS = 5, 50
"""Rows of a person's list, and of the operator's."""


class Job(NamedTuple):
    """A job that failed: what it was to tell, its error by name, how often it was tried, when last, whether it goes on."""

    kind: str
    error: str
    attempts: int
    at: dt.datetime | None
    goes_on: bool


class Desk(NamedTuple):
    """What an officer sees of a programme's messages."""

    rows: list[dict[str, Any]]
    jobs: list[Job]
    operator: bool
    failed: int


def told(person: Any) -> QuerySet[Delivery]:
    """Return the last messages for a person, newest first."""
    return Delivery.objects.filter(person=person).order_by("-at", "-pk")[:OWN]


def happened(kind: str) -> Any:
    """Return what a kind of message says happened, in the reader's language."""
    return LETTERS[kind].happened


def desk(person: Any, programme: Any, *, at: dt.datetime) -> Desk:
    """Return what did not arrive, by kind and channel: how many messages and persons, since when; to operators jobs too.

    :raises Refusal: `role.missing`
    """
    held = access.require(person, *OFFICERS, scope=programme.code, at=at)
    found = Delivery.objects.filter(scope=programme.code, state__in=("failed", "queued", "no_address"))
    groups = found.values("state", "kind", "channel").annotate(
        number=Count("pk"), persons=Count("person", distinct=True), since=Min("begun_at")
    )
    rows = [dict(row) for row in groups.order_by("state", "-number", "kind", "channel")]
    operator = Role.OPERATOR in held
    failed = sum(row["number"] for row in rows if row["state"] == "failed")
    return Desk(rows, _jobs(programme) if operator else [], operator, failed)


def _jobs(programme: Any) -> list[Job]:
    """Return the newest failed jobs but those that tell of another programme; what was said and to whom is not in them."""
    paths = (jobs.deliver.module_path, send_code.module_path)
    failed = list(DBTaskResult.objects.failed().filter(task_path__in=paths).order_by("-finished_at")[: 4 * JOBS])
    entries = {job.args_kwargs["args"][-1] for job in failed if job.task_path == paths[0]}
    others = Delivery.objects.filter(entry__in=entries).exclude(scope=programme.code)
    elsewhere = set(others.values_list("entry", flat=True))
    return [_job(job) for job in failed if job.args_kwargs["args"][-1] not in elsewhere][:JOBS]


def _job(job: Any) -> Job:
    """Return a job with its error as a name: of our own failure the code, of any other its class; never its text."""
    kind = job.args_kwargs["args"][0] if job.task_path == jobs.deliver.module_path else ""
    error = job.exception_class_path.rpartition(".")[2]
    if error == Undelivered.__name__:
        error = job.traceback.strip().rpartition(": ")[2]
    attempts = len(job.worker_ids)
    return Job(kind, error, attempts, job.finished_at, attempts < ATTEMPTS)
