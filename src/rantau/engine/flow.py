"""A state machine as a table of values: who may take which step, from which state, until when."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from .canonical import Frozen
from .refusal import Refusal


class Role(StrEnum):
    """What a person is to a record; a person may hold several."""

    OWNER = "owner"
    SYSTEM = "system"
    SCHOOL = "school"
    VERIFIER = "verifier"
    EXAMINER = "examiner"
    COORDINATOR = "coordinator"
    MINISTRY = "ministry"
    EMPLOYER = "employer"
    LANGUAGE_PROVIDER = "language_provider"
    TECHNICAL_PROVIDER = "technical_provider"
    HOME_MISSION = "home_mission"
    HOST_MISSION = "host_mission"
    PROTECTION = "protection"
    PARTNER = "partner"
    AUDITOR = "auditor"
    INSPECTOR = "inspector"
    OPERATOR = "operator"


STAFF = "school verifier coordinator operator"
"""Roles that may fill in for a person who is present, under their own sign-in."""


class Step(Frozen):
    """One allowed step: `until` and `after` name an instant on the record; `other_than` names earlier steps whose
    actor may not take this one (a second officer)."""

    name: str
    sources: frozenset[str]
    target: str
    by: frozenset[Role]
    until: str = ""
    after: str = ""
    other_than: tuple[str, ...] = ()
    emits: tuple[str, ...] = ()


class Flow(Frozen):
    """All steps of one kind of record."""

    name: str
    initial: str
    steps: tuple[Step, ...]

    @property
    def states(self) -> frozenset[str]:
        """Return every state a record of this flow can be in."""
        return frozenset({self.initial, *(s.target for s in self.steps)}).union(*(s.sources for s in self.steps))

    def step(self, name: str) -> Step:
        """Return the step of that name, or raise LookupError: a misspelt step is a bug, not a refusal."""
        for step in self.steps:
            if step.name == name:
                return step
        raise LookupError(f"{self.name} has no step {name!r}")

    def check(
        self,
        name: str,
        *,
        state: str,
        roles: frozenset[Role],
        at: dt.datetime,
        instants: Mapping[str, dt.datetime | None],
    ) -> Step:
        """Return the step if it may be taken now.

        :raises Refusal: `step.role`, `step.state`, `step.late` (after its deadline), `step.early` (before its time)
        """
        step = self.step(name)
        if not step.by & roles:
            raise Refusal("step.role", flow=self.name, step=name)
        if state not in step.sources:
            raise Refusal("step.state", flow=self.name, step=name, state=state)
        end = instants.get(step.until) if step.until else None
        if end and at > end:
            raise Refusal("step.late", flow=self.name, step=name, until=end)
        start = instants.get(step.after) if step.after else None
        if step.after and (start is None or at <= start):
            raise Refusal("step.early", flow=self.name, step=name, after=start)
        return step


def steps(*rows: tuple[str, str, str, str, dict[str, object]]) -> tuple[Step, ...]:
    """Return steps from rows of (name, sources, target, roles, the rest); words in a cell are separated by spaces."""
    return tuple(
        Step(
            name=name,
            sources=frozenset(sources.split()),
            target=target,
            by=frozenset(Role(role) for role in by.split()),
            **rest,  # type: ignore[arg-type]  # a cell of the table below; Step itself checks it
        )
        for name, sources, target, by, rest in rows
    )
