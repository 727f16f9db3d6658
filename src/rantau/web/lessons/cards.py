"""What lessons put on a participant's own page: the next one with day and place, and hours done of hours asked."""

import datetime as dt
from typing import Any

from django.urls import reverse

from rantau.departure import queries as departure
from rantau.departure.queries import lessons

from .sentences import topics
from .words import bars


def own(clearance: Any, *, person: Any, at: dt.datetime) -> dict[str, Any]:
    """Return what `lessons/parts/own.html` shows of a person's lessons: {"next", "bars", "done", "all", "unknown", "url"}."""
    programme = clearance.application.intake.programme
    rows = departure.preparation(clearance)
    drawn = bars(rows, departure.terms(clearance).preparation)
    ahead = [one for one in lessons.own(clearance) if one.state == "planned" and one.ends_at > at]
    named = topics(programme)
    args = [programme.code, clearance.application.code]
    return {
        "next": {"lesson": ahead[0], "title": named.get(ahead[0].topic, "")} if ahead else None,
        "bars": drawn,
        "done": sum(row["standing"] == "done" for row in drawn),
        "all": len(drawn),
        "unknown": any(row["asked"] is None for row in drawn),
        "assumed": any(row["assumed"] for row in drawn),
        "url": reverse("own_lessons", args=args),
    }
