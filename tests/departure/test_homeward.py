"""Coming home needs no explanation and costs nothing here; why is read by few, and the family is told by consent alone."""

import pytest

from rantau.departure.actions import homeward, kin
from rantau.departure.queries import homeward as queries
from rantau.ledger import queries as ledger

from . import build, leaving
from .build import DAY

pytestmark = pytest.mark.django_db


def opened(w, name="ani", **fields):
    way = build.way(w, name)
    fields.setdefault("person", way.application.person)
    return homeward.open_way(clearance=way, at=w.at, chance=w.chance, **fields)


def planned(w, found, **fields):
    said = {"travels_at": w.at + DAY, "arrives_at": w.at + 2 * DAY, "route": "Moskow – Jakarta", "met_by": "BP3MI"}
    return homeward.plan(homeward=found, person=w.home_mission, at=w.at, **said | {"payer": ""} | fields)


def test_a_person_opens_it_without_an_explanation_and_comes_home(at, chance):
    w = build.world(at, chance)
    with build.refused("homeward.home"):
        opened(w)
    leaving.departed(w, "ani")
    leaving.arrived(w, "ani")
    found = opened(w)
    assert (found.state, found.reason, found.note) == ("open", "leaving", None)
    with build.refused("homeward.open"):
        opened(w)
    planned(w, found)
    homeward.travel(homeward=found, person=w.protector, at=w.at)
    homeward.arrive(homeward=found, person=build.way(w, "ani").application.person, at=w.at)
    way = build.way(w, "ani")
    assert (way.state, way.home_at, way.application.state) == ("home", w.at, "accepted")
    with build.refused("reason.empty"):
        homeward.close(homeward=found, outcome=" ", person=w.home_mission, at=w.at)
    homeward.close(homeward=found, outcome="Sudah di rumah.", person=w.home_mission, at=w.at)
    assert leaving.again(found).state == "closed"


def test_who_stays_after_all_can_ask_again(at, chance):
    w = build.world(at, chance)
    leaving.departed(w, "ani")
    found = opened(w)
    homeward.stay(homeward=found, person=build.way(w, "ani").application.person, at=w.at)
    assert build.way(w, "ani").state == "departed"
    assert opened(w).state == "open"


def test_why_is_read_by_few_and_stands_nowhere_in_the_ledger(at, chance):
    w = build.world(at, chance)
    leaving.departed(w, "ani", "budi")
    found = opened(w, reason="pregnancy", note="Rahasia sekali", person=w.home_mission)
    read = {name: queries.why(found, person=w.staff[name], at=w.at) for name in (*build.OFFICERS, "coordinator")}
    assert {name for name, why in read.items() if why} == {"home_mission", "protector"}
    assert read["protector"] == ("pregnancy", "Rahasia sekali")
    facts = str(list(ledger.history(f"homeward:{found.ref}").values_list("facts", flat=True)))
    assert "pregnancy" not in facts
    assert "Rahasia" not in facts
    with build.refused("homeward.reason"):
        opened(w, "budi", reason="bosan")
    with build.refused("step.role", flow="homeward", step="open"):
        opened(w, "budi", person=w.employer)


def test_only_an_office_pays_or_it_stays_a_question(at, chance):
    w = build.world(at, chance)
    leaving.departed(w, "ani")
    found = opened(w)
    with build.refused("homeward.payer"):
        planned(w, found, payer="participant")
    with build.refused("homeward.order"):
        planned(w, found, arrives_at=w.at)
    assert planned(w, found).payer == ""
    office = queries.offices(found)[0].code
    assert planned(w, found, payer=office).payer == office


def test_the_family_is_told_of_what_the_person_allowed_and_by_nobody_else(at, chance):
    w = build.world(at, chance)
    leaving.departed(w, "ani")
    way = build.way(w, "ani")
    owner = way.application.person
    said = {"called": "Ibu Sulastri", "phone": "+6281200001111", "of": ("illness", "arrival"), "wording": "0" * 64}
    kin.name(clearance=way, person=owner, at=w.at, chance=w.chance, **said)
    death = opened(w, reason="death", person=w.home_mission)
    with build.refused("kin.untold"):
        homeward.tell_family(homeward=death, person=w.home_mission, at=w.at)
    homeward.stay(homeward=death, person=w.home_mission, at=w.at)
    ill = opened(w, reason="illness", person=w.home_mission)
    with build.refused("step.role", flow="homeward", step="tell_family"):
        homeward.tell_family(homeward=ill, person=w.coordinator, at=w.at)
    homeward.tell_family(homeward=ill, person=w.home_mission, at=w.at)
    last = ledger.history(f"homeward:{ill.ref}").last()
    assert (last.action, last.facts) == ("family_told", {})
    kin.take_back(clearance=way, person=owner, at=w.at)
    with build.refused("kin.untold"):
        homeward.tell_family(homeward=ill, person=w.home_mission, at=w.at)
