"""How the page for parents says spans, costs and the day of departure, so that it can be read aloud."""

import datetime as dt
from typing import Any, NamedTuple

from django.utils.translation import get_language, ngettext

from rantau.engine.programme import Programme as Terms
from rantau.figures.queries import Announcement
from rantau.web.ui.values import plain_day, spoken, text

FEARED = ("ticket", "housing", "insurance", "visa", "medical", "passport")
"""Items of cost in the order in which parents ask for them: our own order, nobody has published what they cost."""


class Span(NamedTuple):
    """A length in words; `assumed` where any part of it was assumed."""

    words: str
    assumed: bool


class Leaving(NamedTuple):
    """What can be said of the departure: `how` is known, day, month, past or none; the day or month in words."""

    how: str
    words: str = ""
    assumed: bool = False


def lasting(months: int) -> str:
    """Return a number of months in words, in years where they are whole."""
    if months % 12:
        return ngettext("%(number)s month", "%(number)s months", months) % {"number": months}
    return ngettext("%(number)s year", "%(number)s years", months // 12) % {"number": months // 12}


def span(terms: Terms, *, work: bool) -> Span | None:
    """Return how long the study or the work is, or None while a part of it is not announced."""
    facts = [phase.months for phase in terms.phases if (phase.kind == "work") == work]
    known = [fact.value for fact in facts if fact.value is not None]
    if not facts or len(known) < len(facts):
        return None
    return Span(lasting(sum(known)), any(fact.status == "assumed" for fact in facts))


def costs(terms: Terms) -> dict[str, Any]:
    """Return the costs said to be free, and of those without a payer how many there are and the three asked for most."""
    unsaid = [cost for cost in terms.costs if cost.free.value is None and cost.payer.value is None]
    order = {code: number for number, code in enumerate(FEARED)}
    first = sorted(unsaid, key=lambda cost: order.get(cost.code, len(order)))[:3]
    names = [_inside(text(cost.title)[0]) for cost in first]
    return {"free": [cost for cost in terms.costs if cost.free.value], "unsaid": len(unsaid), "first": names}


def _inside(title: str) -> str:
    """Return a title as it stands inside a sentence: abbreviations keep their capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def leaving(found: Announcement, departed_on: dt.date | None) -> Leaving:
    """Return what can be said of the departure on the day of the page."""
    if departed_on:
        return Leaving("known", plain_day(departed_on))
    dates = found.terms.dates
    day, month = dates.departs_on, dates.departure
    if day.value is None and month.value is None:
        return Leaving("none")
    fact = month if day.value is None else day
    past = f"{found.on:%Y-%m}" > str(month.value) if day.value is None else found.on > day.value
    how = "past" if past else "month" if day.value is None else "day"
    return Leaving(how, _when(fact.value), fact.status == "assumed")


def _when(value: Any) -> str:
    """Return a day or a month as it stands inside a sentence: in Russian neither begins with a capital."""
    words = spoken(value)
    return words[:1].lower() + words[1:] if get_language() == "ru" else words
