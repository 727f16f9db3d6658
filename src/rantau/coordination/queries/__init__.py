"""Reading coordination: what a declared interest bars, and where meetings, demand and declarations are read."""

import datetime as dt

from rantau.agreements import access as agreements
from rantau.coordination import access
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import access as people
from rantau.people.models import Person
from rantau.programmes.models import Programme

from . import demand as demand
from . import interests as interests
from . import meetings as meetings
from .interests import barred_schools as barred_schools
from .interests import nominator_declared as nominator_declared


def rooms(person: Person, programme: Programme, *, at: dt.datetime) -> frozenset[str]:
    """Return which pages of coordination are a person's: `meetings`, `demand`, `demand_desk`, `interest`, `interests`."""
    held = people.roles(person, scope=programme.code, at=at)
    mandates = agreements.mandates(person, programme, at=at)
    found = {"demand"}
    if mandates or held & access.READERS:
        found.add("meetings")
    if mandates or held & access.DECLARERS:
        found.add("interest")
    if held & {Role.INSPECTOR, Role.AUDITOR}:
        found.add("interests")
    try:
        access.ministry(person, programme, at=at)
    except Refusal:
        return frozenset(found)
    return frozenset(found | {"demand_desk"})
