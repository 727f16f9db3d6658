"""A whole intake, from the first invitation to the last answered offer, and the report of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import rantau
from rantau.engine.canonical import digest
from rantau.programmes import actions as programmes
from rantau.programmes import queries as programme_queries
from rantau.selection import queries as selection

from . import check, decide, depart, enrol, examine, place, plan, talks
from .stage import Progress, Stage, build, silent

OPENS = dt.date(2026, 5, 4)
"""The made-up day on which registration opens, where the story is not told another."""


@dataclass(frozen=True)
class Played:
    """A finished rehearsal: its stage, the report up to the last answered seat, and what was published, by file name."""

    stage: Stage
    report: dict[str, Any]
    files: dict[str, bytes]


def play(
    *,
    text: str,
    assumptions: str,
    applicants: int,
    seed: int,
    opens: dt.date = OPENS,
    progress: Progress = silent,
    real_schools: bool = False,
    position: int = 0,
    open_end: bool = False,
    slip: int = 0,
    seal: Any = None,
) -> Played:
    """Play a programme from its first talks through the actions the pages call; the same arguments give the same bytes.

    With `open_end` the last places are left unanswered and nobody leaves yet, for visitors. `slip` lets one party of the
    talks answer so many days later; registration then opens later by as much. With a `seal` signed agreements are sealed.

    :raises Refusal: `programme.invalid`, `intake.unpublished`
    """
    name = f"{digest(text)}|{digest(assumptions)}|{applicants}|{seed}"
    told: dict[str, Any] = {
        "text": text,
        "assumptions": assumptions,
        "progress": progress,
        "real_schools": real_schools,
    }
    stage = build(**told, seed=name, opens=opens + dt.timedelta(days=slip), position=position)
    planned = plan.before(stage, slip=slip)
    table = _talk(stage, programme_queries.instant(opens + dt.timedelta(days=slip), 7), seed=name, slip=slip, seal=seal)
    enrol.open_intake(stage)
    behind = enrol.register_all(stage, enrol.characters(stage, applicants))
    check.call(stage)
    check.verify_all(stage, behind)
    examine.examine(stage, behind)
    provisional = decide.rank(stage)
    decide.hear(stage, provisional, behind)
    final = decide.conclude(stage, provisional)
    funnel = selection.funnel(stage.intake)
    way = depart.begin(stage)
    runs = place.place(stage, open_end=open_end)
    left = {} if open_end else depart.finish(stage, way)
    if table:
        talks.keep_up(stage, table)
    programmes.set_clock(programme=stage.programme, clock_at=stage.at)
    report = {"programme": stage.programme.code, "seed": seed, "applicants": applicants, "funnel": funnel}
    report |= {"versions": _versions(text, assumptions), "plan": plan.after(stage, planned), "departure": left}
    report["rehearsal"] = True
    return Played(stage=stage, report=report, files={"round.json": bytes(final.public), **_allocations(runs)})


def _talk(stage: Stage, morning: dt.datetime, **given: Any) -> talks.Table | None:
    """Play what comes before registration where the programme has it, and wait for the morning on which that opens."""
    if stage.at >= morning:
        return None
    table = talks.talk(stage, **given)
    stage.move(max(stage.at, morning))
    return table


def _versions(text: str, assumptions: str) -> dict[str, str]:
    return {"rantau": rantau.__version__, "programme": digest(text), "assumptions": digest(assumptions)}


def _allocations(runs: list[Any]) -> dict[str, bytes]:
    """Return the published files of allocations by name."""
    files: dict[str, bytes] = {}
    for run in runs:
        name = f"{run.allocation.kind}-{run.number}"
        files |= {f"{name}.instance.json": bytes(run.instance), f"{name}.result.json": bytes(run.result)}
    return files
