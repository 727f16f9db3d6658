"""Which channel was tried in which country, when, and whether it worked: what people recorded, nothing else."""

import datetime as dt
from typing import Any, NamedTuple

from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import access
from rantau.people.contacts import CHANNELS
from rantau.programmes import queries as programmes

from .models import Trial


class Place(NamedTuple):
    """One channel in one country: the newest trial, or None where nobody has tried it."""

    channel: str
    country: str
    trial: Any


def record(
    *, programme: Any, channel: str, country: str, on: dt.date, works: bool, note: str, person: Any, at: dt.datetime
) -> Trial:
    """Record what somebody tried; a later day replaces it on the pages, earlier rows stay.

    :raises Refusal: `role.missing` for anybody but an operator, `trial.later` for a day that has not come
    """
    access.require(person, Role.OPERATOR, scope=programme.code, at=at)
    if on > programmes.day(at):
        raise Refusal("trial.later")
    return Trial.objects.create(channel=channel, country=country, on=on, works=works, note=note, by=person, at=at)


def countries() -> list[str]:
    """Return the countries that programmes send people from and to, and those in which something was tried."""
    found = set(Trial.objects.values_list("country", flat=True))
    for programme in programmes.all_programmes():
        terms = programmes.terms(programme.version)
        found |= {terms.home_country, terms.host_country}
    return sorted(found)


def places() -> list[Place]:
    """Return every channel in every country with its newest trial."""
    newest = {(one.channel, one.country): one for one in Trial.objects.order_by("on", "pk")}
    return [Place(channel, where, newest.get((channel, where))) for where in countries() for channel in CHANNELS]


def require(person: Any, programme: Any, *, at: dt.datetime) -> None:
    """Return if a person may record trials.

    :raises Refusal: `role.missing`
    """
    access.require(person, Role.OPERATOR, scope=programme.code, at=at)
