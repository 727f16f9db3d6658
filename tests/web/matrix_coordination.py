"""Coordination in the access matrix: meetings of the employer, one of them with the host's embassy, and a sealed interest."""

import datetime as dt
from typing import Any

from rantau.agreements.actions import mandates
from rantau.coordination.actions import interests, meetings
from rantau.coordination.actions.meetings import Decided
from rantau.engine.chance import Chance
from rantau.people.models import Person
from rantau.programmes.models import Programme

HOUR = dt.timedelta(hours=1)
MINUTES = ("Notula sangat rahasia", "Keputusan sangat rahasia", "Agenda sangat rahasia")
NOTE = "Sepupu saya bekerja di sana"


def played(
    programme: Programme, staff: dict[str, Person], *, at: dt.datetime, chance: Chance
) -> tuple[dict[str, str], str]:
    """Let the host's embassy act by a mandate, hold meetings with the employer, seal an interest; return the references."""
    mandate = mandates.record(
        of=staff["host"],
        programme=programme,
        office="kedubes-rusia",
        powers=["draft"],
        capacity="Sekretaris",
        basis="Nota 1/2026",
        from_on=at.date(),
        until_on=at.date() + dt.timedelta(days=365),
        person=staff["coordinator"],
        at=at,
        chance=chance,
    )
    mandates.confirm(mandate=mandate, person=staff["second"], at=at)
    found = {"visas": _called(programme, staff["coordinator"], ("rusal", "kedubes-rusia"), at, chance)}
    found["ahead"] = _called(programme, staff["coordinator"], ("rusal",), at, chance)
    who: dict[str, Any] = {"person": staff["coordinator"], "at": at}
    for name in ("held", "minuted"):
        found[name] = _called(programme, staff["coordinator"], ("rusal",), at - 2 * HOUR, chance)
        meetings.hold(meeting=found[name], offices=["rusal"], **who)
    decided = [Decided(text={"id": MINUTES[1]})]
    meetings.minute(meeting=found["minuted"], minutes=MINUTES[0], decisions=decided, **who)
    made = interests.declare(
        programme=programme, kind="other", note=NOTE, person=staff["verifier"], at=at, chance=chance
    )
    return {f"meeting_{name}": meeting.code for name, meeting in found.items()} | {"interest": made.ref}, NOTE


def _called(programme: Programme, person: Person, offices: tuple[str, ...], at: dt.datetime, chance: Chance) -> Any:
    words = {"title": "Rapat berkala", "place": "Jakarta", "agenda": MINUTES[2]} if len(offices) == 1 else {}
    return meetings.plan(
        programme=programme,
        held_at=at + HOUR,
        offices=offices,
        person=person,
        at=at,
        chance=chance,
        **{"title": "Visa", "place": "Daring", **words},
    )
