"""Duties and mandates in the access matrix: duties anybody may see, one of a meeting, a doubt, a mandate to be confirmed."""

import datetime as dt
from typing import Any

from rantau.agreements.actions import duties, mandates
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.people import actions as people
from rantau.programmes import queries as programmes
from tests.agreements import build

DECIDED = "Kewajiban rahasia dari rapat"
DOUBT = "Keraguan rahasia atas bukti"
WORDS = "Uraian bukti yang rahasia"
NAMED = "Sasmita Wicaksana"


def owed(staff: dict[str, Any], scope: str, at: Any, chance: Chance) -> tuple[dict[str, str], dict[str, str]]:
    """Bring an agreement into force, doubt one duty, show another; return what addresses name, and what is not public."""
    desk = [staff["coordinator"], staff["second"]]
    w = build.World(programme=programmes.get(scope), chance=chance, at=at, desk=desk)
    for office in build.OFFICES:
        for powers in (("draft", "accept", "answer"), ("legal",), ("approve",), ("sign",)):
            person = people.register(at=at, chance=chance, name=f"Wakil {office} {powers[0]}", rehearsal=True)
            build.mandate(w, person, office, powers)
            w.people |= {(office, power): person for power in powers}
    agreement = build.in_force(w)
    own = agreement.duties.filter(office="rusal", due_at__isnull=False).order_by("due_at", "pk")
    doubted, done = own.filter(excused_by="")[:2]
    for duty in (doubted, done):
        answers = w.of("rusal", "answer")
        duties.show(duty=duty, evidence=WORDS, address="https://contoh.id/surat-7", person=answers, at=at)
    duties.doubt(duty=doubted, reason=DOUBT, person=desk[0], at=at)
    decided = duties.owe(
        programme=w.programme,
        office="rusal",
        what={"id": DECIDED},
        wanted={"id": "Surat"},
        due_on=at.date() + dt.timedelta(days=3),
        person=desk[0],
        roles=frozenset({Role.COORDINATOR}),
        at=at,
        chance=chance,
    )
    waiting = mandates.record(
        of=people.register(at=at, chance=chance, name=NAMED, rehearsal=True),
        programme=w.programme,
        office="kbri-moskow",
        powers=["answer"],
        capacity="Atase",
        basis="Nota 9/2026",
        from_on=at.date(),
        until_on=at.date() + dt.timedelta(days=90),
        person=desk[0],
        at=at,
        chance=chance,
    )
    refs = {"duty": doubted.code, "duty_done": done.code, "duty_decided": decided.code, "mandate": waiting.ref}
    return refs, {"decided": DECIDED, "doubt": DOUBT, "evidence": WORDS, "mandated": NAMED}
