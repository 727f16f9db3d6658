"""When a document is due, whether what was given of it can be true, and when it has to be renewed: rule and days in, days out."""

import calendar
import datetime as dt
from collections.abc import Mapping

from .canonical import Frozen
from .programme_departure import DocumentRule

WATCH = 90
"""Days before its end on which a document that ends is asked for anew: a passport takes weeks, a visa its papers 30 days."""
LAST_MINUTE = dt.time(23, 59, 59)


class Given(Frozen):
    """What a person typed of a document, as far as its rule asks for it."""

    issued_on: dt.date | None = None
    expires_on: dt.date | None = None


class Doubt(Frozen):
    """What cannot be true, or does not last: `field` and a code, with the day it is about."""

    field: str
    code: str
    day: dt.date | None = None


def due(rule: DocumentRule, events: Mapping[str, dt.datetime | None]) -> dt.datetime | None:
    """Return the instant until which a document is due, or None while its event or its length is not known.

    `events` are instants in the programme's zone by name (departure, arrival, visa_end, work). Days end at 23:59:59 of the
    day that is so many days before or after that of the event; hours run from the instant itself.
    """
    event, length = events.get(rule.due.event), rule.due.amount
    if event is None or length is None:
        return None
    sign = -1 if rule.due.side == "before" else 1
    if rule.due.unit == "hours":
        return event + sign * dt.timedelta(hours=length)
    day = event.date() + sign * dt.timedelta(days=length)
    return dt.datetime.combine(day, LAST_MINUTE, tzinfo=event.tzinfo)


def ends(rule: DocumentRule, given: Given) -> dt.date | None:
    """Return the last day of a document: as typed, or reckoned from its issue by the rule's months; None if it has no end."""
    if given.expires_on is not None or given.issued_on is None or rule.months is None:
        return given.expires_on
    return months_later(given.issued_on, rule.months)


def doubts(rule: DocumentRule, given: Given, *, on: dt.date, departs_on: dt.date | None) -> tuple[Doubt, ...]:
    """Return what is wrong with what was typed; none means that its form is valid, and no more than that.

    Codes: `required` (asked and not given), `future` (issued after today), `order` (ends before it was issued), `over` (has
    ended), `before_departure` (ends before the day of departure).
    """
    found = [Doubt(field=name, code="required") for name in ("issued_on", "expires_on") if _lacks(rule, given, name)]
    end = ends(rule, given)
    if given.issued_on and given.issued_on > on:
        found.append(Doubt(field="issued_on", code="future", day=given.issued_on))
    if given.issued_on and given.expires_on and given.expires_on <= given.issued_on:
        found.append(Doubt(field="expires_on", code="order", day=given.expires_on))
    elif end and end < on:
        found.append(Doubt(field="expires_on", code="over", day=end))
    elif end and departs_on and end < departs_on:
        found.append(Doubt(field="expires_on", code="before_departure", day=end))
    return tuple(found)


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _lacks(rule: DocumentRule, given: Given, name: str) -> bool:
    return name in rule.asks and getattr(given, name) is None
