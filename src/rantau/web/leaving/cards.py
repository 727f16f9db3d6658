"""The card of the last stretch on a person's own page: what is next, when they leave, who meets them, coming home."""

import datetime as dt
from typing import Any

from rantau.departure import queries
from rantau.departure.queries import homeward, leaving, visas
from rantau.web.applications.pages import address

from .sentences import HOMEWARDS, STATES, VISAS


def own(clearance: Any, *, person: Any, at: dt.datetime) -> dict[str, Any]:
    """Return what the card says of a person's own way."""
    words, tone = STATES[clearance.state]
    visa, home = visas.newest(clearance), homeward.newest(clearance)
    group = queries.travelling(clearance)
    return {
        "way": clearance,
        "url": address("own_leaving", clearance.application),
        "words": words,
        "tone": tone,
        "visa": (*VISAS[visa.state], visa) if visa else None,
        "group": group if group and group.state != "planned" else None,
        "days": (group.departs_at.date() - at.date()).days
        if group and clearance.state in ("preparing", "cleared")
        else None,
        "late": leaving.missing(clearance, at=at),
        "home": (*HOMEWARDS[home.state], home) if home else None,
    }
