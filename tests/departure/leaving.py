"""People who lack nothing, groups that leave, and what is done to both, in few words."""

import datetime as dt
from typing import Any

from rantau.departure.actions import arriving, clearing, deadlines, groups, papers, visas
from rantau.departure.models import Clearance, Group, Lesson, Paper, Presence, Visa
from rantau.programmes.queries import instant

from . import build
from .build import DAY, HOUR, World

LEAVES = instant(build.DEPARTS, 9)
"""When the group of the invented programme leaves."""


def group(w: World, *names: str, met_by: str = "KBRI Moskow", announced: bool = False) -> Group:
    """Plan a group of the programme's day with these people in it."""
    found = groups.plan(
        intake=w.intake,
        departs_at=LEAVES,
        arrives_at=LEAVES + 20 * HOUR,
        route="Jakarta – Doha – Moskow",
        gather="Bandara Soekarno-Hatta, Terminal 3",
        met_by=met_by,
        met_phone="+7 495 000-00-01",
        person=w.coordinator,
        at=w.at,
        chance=w.chance,
    )
    groups.put(group=found, clearances=[build.way(w, name) for name in names], person=w.coordinator, at=w.at)
    return groups.announce(group=found, person=w.coordinator, at=w.at) if announced else found


def ready(w: World, *names: str) -> None:
    """Write what lessons and documents leave behind for people who have all of it; both have tests of their own."""
    for name in names:
        way = build.way(w, name)
        Paper.objects.filter(clearance=way, state="asked", kind__in=[row[0] for row in build.DOCUMENTS[:4]]).update(
            state="seen", expires_on=dt.date(2030, 1, 1)
        )
        for topic, _kind, hours in build.TOPICS:
            lesson, _ = Lesson.objects.get_or_create(
                intake=w.intake,
                topic=topic,
                defaults={
                    "ref": f"{topic:0<26}",
                    "state": "held",
                    "starts_at": w.at,
                    "changed_at": w.at,
                    "minutes": hours * 45,
                    "place": "SMK",
                    "by": w.coordinator,
                },
            )
            Presence.objects.create(lesson=lesson, clearance=way, mark="present", minutes=hours * 45)


def permits(w: World, *names: str) -> None:
    """Let people allow that they are shown to the host state's mission."""
    for name in names:
        way = build.way(w, name)
        visas.permit(clearance=way, person=way.application.person, at=w.at, text="digest")


def visa(w: World, *names: str, issued: bool = True) -> list[Visa]:
    """Ask for people's visas, and let the mission issue them."""
    permits(w, *names)
    made = visas.ask_for(
        clearances=[build.way(w, name) for name in names], person=w.coordinator, at=w.at, chance=w.chance
    )
    if issued:
        days = {"valid_from": dt.date(2027, 6, 1), "valid_until": dt.date(2027, 9, 1)}
        visas.issue(visas=made, person=w.host_mission, at=w.at, **days)
    return made


def cleared(w: World, *names: str) -> Group:
    """Return an announced group of people who are cleared to leave."""
    ready(w, *names)
    visa(w, *names)
    found = group(w, *names, announced=True)
    for name in names:
        clearing.clear(clearance=build.way(w, name), person=w.coordinator, at=w.at)
    return again(found)


def departed(w: World, *names: str) -> Group:
    """Return a group that has left, an hour ago."""
    found = cleared(w, *names)
    w.later(LEAVES + HOUR - w.at)
    return groups.depart(group=found, person=w.coordinator, at=w.at)


def arrived(w: World, name: str) -> Clearance:
    """Let somebody who left report that they arrived, a day later."""
    w.later(DAY)
    way = build.way(w, name)
    return arriving.report(
        clearance=way, person=way.application.person, at=w.at, chance=w.chance, address="Ulitsa Rahasia 7"
    )


def due(w: World) -> int:
    """Take every step of the way that is due; return how many there were but for documents, which have tests of their own."""
    papers.due(intake=w.intake, at=w.at)
    return deadlines.due(intake=w.intake, at=w.at)


def again(found: Any) -> Any:
    """Return a record as it is stored now."""
    return type(found).objects.get(pk=found.pk)


def states(w: World) -> dict[str, str]:
    """Return where everybody's way stands."""
    return {name: build.way(w, name).state for name in build.FOUR}
