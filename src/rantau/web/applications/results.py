"""A person's own result in words: marks with their maximum, rank, distance to the cut, and how to check it."""

import datetime as dt
from typing import Any

from rantau.selection import queries
from rantau.web.ui.values import text

from .sentences import OUTCOME_REASONS, PARTINGS, SITTINGS, TRAVEL


def own(application: Any) -> dict[str, Any] | None:
    """Return the person's own line of the newest published round as the page shows it, or None before there is one."""
    found = queries.own_result(application)
    if found is None:
        return None
    criteria = queries.criteria(application.intake)
    titles = {c.code: text(c.title)[0] for c in criteria}
    outcome = found["outcome"]
    reason, _colon, failed = outcome.reason.partition(":")
    parting = outcome.step if outcome.step in PARTINGS else "criterion"
    distance = found["distance"]
    return found | {
        "rows": [
            {
                "title": titles[c.code],
                "mark": found["marks"].get(c.code),
                "maximum": c.maximum,
                "pass_mark": c.pass_mark,
                "weight": c.weight,
            }
            for c in criteria
        ],
        "ranked": sum(line.rank is not None for line in queries.decision(found["round"]).outcomes),
        "final": found["round"].kind == "final",
        "why": str(OUTCOME_REASONS[reason]) % {"criterion": titles.get(failed, failed)},
        "parted": str(PARTINGS[parting]) % {"criterion": titles.get(outcome.step, "")},
        "above": distance if distance is not None and distance >= 0 else None,
        "below": -distance if distance is not None and distance < 0 else None,
    }


def calls(application: Any) -> list[dict[str, Any]]:
    """Return the person's test dates: place, time, which tests, who pays the way there."""
    titles = {c.code: text(c.title)[0] for c in queries.criteria(application.intake)}
    return [
        {
            "state": sitting.state,
            "words": SITTINGS[sitting.state],
            "place": sitting.session.place,
            "starts_at": sitting.session.starts_at,
            "tests": ", ".join(titles.get(code, code) for code in sitting.session.criteria),
            "travel": TRAVEL[sitting.session.travel],
        }
        for sitting in queries.calls(application)
    ]


def object_until(application: Any) -> dt.datetime | None:
    """Return when the window for an objection ends."""
    if application.state == "ineligible":
        until: dt.datetime | None = application.objection_until
        return until
    round_ = queries.round_of(application.intake, "provisional")
    return round_.objections_until if round_ else None
