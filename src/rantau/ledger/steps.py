"""The only way a record changes state: check, change, append, queue, in one transaction."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Protocol

from django.db import models, transaction

from rantau.engine.flow import Flow, Role, Step
from rantau.engine.refusal import Refusal

from . import jobs
from .actions import extend, lock
from .models import Entry, Head

BATCH = 500


class Record(Protocol):
    """What a step needs of a record: its flow, its random reference, its chain, its state."""

    flow: Flow
    ref: str
    state: str
    pk: Any

    @property
    def chain(self) -> str:
        """Return the name of the chain that this record's entries go to."""


@transaction.atomic(savepoint=False)
def take(
    record: Record,
    name: str,
    *,
    actor: str,
    roles: frozenset[Role],
    at: dt.datetime,
    barred: frozenset[str] = frozenset(),
    **facts: Any,
) -> Entry:
    """Take one step of the record's flow and return its entry.

    `barred` holds references of persons who may not take this step (they took part in what it judges).

    :raises Refusal: `step.role`, `step.state`, `step.late`, `step.early`, `step.same_person`
    """
    return take_all([(record, name, facts)], actor=actor, roles=roles, at=at, barred=barred)[0]


@transaction.atomic(savepoint=False)
def take_all(
    rows: Sequence[tuple[Record, str, dict[str, Any]]],
    *,
    actor: str,
    roles: frozenset[Role],
    at: dt.datetime,
    barred: frozenset[str] = frozenset(),
) -> list[Entry]:
    """Take many steps, of records of one model in one chain, with the same checks and the same entries as `take`.

    All or none: one refusal leaves everything as it was. Rows are (record, step, facts).

    :raises Refusal: as `take`
    """
    if not rows:
        return []
    head = lock(rows[0][0].chain)
    model = _one_model(rows, head)
    current = _locked(model, [record.pk for record, _, _ in rows])
    written, taken = [], []
    for record, name, facts in rows:
        step = _checked(record, current[record.pk], name, actor=actor, roles=roles, at=at, barred=barred)
        written.append(
            (f"{record.flow.name}:{record.ref}", step.name, {"from": current[record.pk], "to": step.target, **facts})
        )
        taken.append((record, step))
    entries = extend(head, written, actor=actor, at=at)
    _change(model, taken)
    if not head.quiet:
        jobs.queue(entries, [step.emits for _, step in taken])
    return entries


def _one_model(rows: Sequence[tuple[Record, str, dict[str, Any]]], head: Head) -> type[models.Model]:
    kinds = {type(record) for record, _, _ in rows}
    chains = {record.chain for record, _, _ in rows}
    if len(kinds) != 1 or chains != {head.name} or len({record.pk for record, _, _ in rows}) != len(rows):
        raise ValueError("take_all takes distinct records of one model in one chain")
    model = kinds.pop()
    assert issubclass(model, models.Model)
    return model


def _locked(model: type[models.Model], keys: list[Any]) -> dict[Any, str]:
    states: dict[Any, str] = {}
    ordered = sorted(keys)
    for start in range(0, len(ordered), BATCH):
        batch = model._default_manager.select_for_update().filter(pk__in=ordered[start : start + BATCH])
        states.update(batch.order_by("pk").values_list("pk", "state"))
    return states


def _checked(
    record: Record,
    state: str,
    name: str,
    *,
    actor: str,
    roles: frozenset[Role],
    at: dt.datetime,
    barred: frozenset[str],
) -> Step:
    step = record.flow.step(name)
    instants = {key: getattr(record, key) for key in (step.until, step.after) if key}
    record.flow.check(name, state=state, roles=roles, at=at, instants=instants)
    if actor in barred or (step.other_than and _last_actor(record, step.other_than) == actor):
        raise Refusal("step.same_person", flow=record.flow.name, step=name)
    return step


def _last_actor(record: Record, actions: tuple[str, ...]) -> str:
    entries = Entry.objects.filter(subject=f"{record.flow.name}:{record.ref}", action__in=actions)
    return entries.order_by("-position").values_list("actor", flat=True).first() or ""


def _change(model: type[models.Model], taken: list[tuple[Record, Step]]) -> None:
    targets: dict[str, list[Any]] = defaultdict(list)
    for record, step in taken:
        targets[step.target].append(record.pk)
        record.state = step.target
    for target, keys in targets.items():
        for start in range(0, len(keys), BATCH):
            model._default_manager.filter(pk__in=keys[start : start + BATCH]).update(state=target)
