"""What channels, states of a message and errors of gateways are called."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from rantau.outbox import queries
from rantau.outbox.actions import ATTEMPTS

CHANNELS = {
    "email": _("E-mail"),
    "whatsapp": _("WhatsApp"),
    "sms": _("SMS"),
    "telegram": _("Telegram"),
}
HINTS = {
    "email": _("Uses a little mobile data. Works wherever there is internet, abroad too."),
    "whatsapp": _(
        "Uses a little mobile data. Abroad it needs internet and may fail; keep the number with which you use it."
    ),
    "sms": _(
        "Needs no internet. Abroad your operator may charge for it, and it may never arrive: do not rely on it there."
    ),
    "telegram": _(
        "Uses a little mobile data. It can write to you only after you pressed Start in its chat. May fail abroad."
    ),
}
"""What each channel costs and where it may fail."""

LEFT_BY = CHANNELS | {
    "console": _("on the server's screen: no gateway is set up"),
    "files": _("a file on the server: no gateway is set up"),
    "none": "–",
}
STATES = {
    "sent": (_("sent"), "good"),
    "queued": (_("waiting"), "wait"),
    "failed": (_("not delivered yet; it is tried again"), "bad"),
    "given_up": (_("not delivered; an officer has to try again"), "bad"),
    "no_address": (_("no way to reach you"), "none"),
}
DESK_STATES = STATES | {
    "failed": (_("not delivered"), "bad"),
    "no_address": (_("no contact, or none on an open channel"), "none"),
}
ERRORS = {
    "gateway": _("the gateway did not take it"),
    "address": _("the gateway's address in the settings, or the contact, is not understood"),
}


class Row(NamedTuple):
    """One message as its person reads of it."""

    happened: Any
    at: Any
    channel: Any
    words: Any
    tone: str
    until: Any


def told(person: Any) -> list[Row]:
    """Return a person's last messages in words."""
    return [_row(one) for one in queries.told(person)]


def _row(one: Any) -> Row:
    given_up = one.state == "failed" and one.attempts >= ATTEMPTS
    words, tone = STATES["given_up" if given_up else one.state]
    until = one.not_before if one.state == "queued" else None
    return Row(queries.happened(one.kind), one.at, LEFT_BY[one.channel], words, tone, until)


def failing(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the officers' rows in words."""
    found = []
    for row in rows:
        words, tone = DESK_STATES[row["state"]]
        named = {"happened": queries.happened(row["kind"]), "by": LEFT_BY[row["channel"]], "words": words, "tone": tone}
        found.append(row | named)
    return found


def jobs(rows: list[Any]) -> list[dict[str, Any]]:
    """Return failed jobs in words; an error without words of its own stays the name it has in the code."""
    return [
        {
            "job": row,
            "happened": queries.happened(row.kind) if row.kind else _("A one-time code"),
            "error": ERRORS.get(row.error, row.error),
        }
        for row in rows
    ]
