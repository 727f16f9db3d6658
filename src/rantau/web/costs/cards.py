"""What money puts on a participant's own page: the way to report that money was asked, and reports that are under way."""

import datetime as dt
from typing import Any

from django.urls import reverse

from rantau.departure.queries import costs


def own(clearance: Any, *, person: Any, at: dt.datetime) -> dict[str, Any]:
    """Return what `costs/parts/own.html` shows: {"url", "fees", "reports": [(code, address, answered)]}; reports to their
    person alone."""
    application = clearance.application
    scope = application.intake.programme.code
    mine = costs.own(clearance) if person.pk == application.person_id else []
    return {
        "url": reverse("charge", args=[scope, application.code]),
        "fees": reverse("fees", args=[scope]),
        "mine": person.pk == application.person_id,
        "reports": [
            (one.code, reverse("charge_sent", args=[scope, application.code, one.code]), one.state == "answered")
            for one in mine
        ],
    }
