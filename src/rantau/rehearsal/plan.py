"""What the report says of the plan: each milestone as planned, as it came, and what a slip of two months would have done."""

import datetime as dt
from typing import Any

from rantau.engine import milestones
from rantau.figures import queries as figures
from rantau.programmes import queries as programmes

from .stage import Stage

SLIP = 60
"""Days: what the report asks about where the story itself has no slip."""


def before(stage: Stage, *, slip: int) -> dict[str, Any]:
    """Return what the first day says: each milestone's planned day, and what a slip of the memorandum would do."""
    nodes = programmes.nodes(stage.programme, programmes.reached(stage.programme, at=stage.at))
    today = programmes.day(stage.at)
    slips = next((row.code for row in stage.terms.milestones if row.agreement == "mou"), None)
    if not nodes or slips is None:
        return {}
    found = milestones.slip(nodes, slips, slip or SLIP, today=today)
    return {
        "planned": {row.code: _text(row.planned) for row in milestones.plan(nodes, today=today).rows},
        "slip": {
            "milestone": slips,
            "days": slip or SLIP,
            "moved": {one.code: one.days for one in found.moved},
            "missed": list(found.missed),
        },
    }


def after(stage: Stage, planned: dict[str, Any]) -> dict[str, Any]:
    """Return the same with the day on which each milestone was reached."""
    if not planned:
        return {}
    steps = figures.milestones(stage.programme, at=stage.at).steps
    return planned | {"reached": {step.milestone.code: _text(step.reached) for step in steps}}


def _text(on: dt.date | None) -> str | None:
    return on.isoformat() if on else None
