"""A visa is asked once a passport was seen and something allows that the host state is shown a name; its mission sees no more."""

import datetime as dt

import pytest

from rantau.departure.actions import visas
from rantau.departure.models import Paper, Visa
from rantau.departure.queries import visas as queries
from rantau.engine.refusal import Refusal
from rantau.ledger import queries as ledger

from . import build, leaving

pytestmark = pytest.mark.django_db
DAYS = {"valid_from": dt.date(2027, 6, 1), "valid_until": dt.date(2027, 9, 1)}


def asking(w, *names):
    ways = [build.way(w, name) for name in names]
    return visas.ask_for(clearances=ways, person=w.coordinator, at=w.at, chance=w.chance)


def test_it_is_asked_for_those_whose_passport_was_seen_and_who_may_be_shown(at, chance):
    w = build.world(at, chance)
    code = build.way(w, "ani").code
    with build.refused("visa.passport", codes=[code]):
        asking(w, "ani")
    Paper.objects.filter(clearance=build.way(w, "ani"), kind="passport").update(state="seen")
    with build.refused("visa.basis", codes=[code]):
        asking(w, "ani")
    leaving.permits(w, "ani")
    ready, waiting = queries.askable(w.intake)
    assert [one.code for one in ready] == [code]
    assert {why for _, why in waiting} == {"passport"}
    (visa,) = asking(w, "ani")
    shown = ledger.history(f"visa:{visa.ref}").last()
    assert (shown.action, shown.facts) == (
        "shown",
        {"fields": ["name", "code", "asked_at"], "purpose": "visa", "basis": "consent"},
    )
    with build.refused("visa.asked", codes=[code]):
        asking(w, "ani")
    with build.refused("visa.nobody"):
        asking(w)
    with build.refused("role.missing", roles=["coordinator"]):
        visas.ask_for(clearances=[build.way(w, "ani")], person=w.host_mission, at=w.at, chance=w.chance)


def test_the_mission_is_shown_who_waits_and_nothing_else(at, chance):
    w = build.world(at, chance)
    leaving.ready(w, "ani", "budi")
    (asked, _) = leaving.visa(w, "ani", "budi", issued=False)
    way = build.way(w, "ani")
    found = queries.shown(w.host_mission, scope=w.scope, at=w.at)
    assert queries.Shown(asked.ref, way.application.person.name, way.code, w.at) in found
    assert len(found) == 2
    for name in ("coordinator", "home_mission", "employer"):
        with pytest.raises(Refusal, match=r"role\.missing"):
            queries.shown(w.staff[name], scope=w.scope, at=w.at)
    visas.issue(visas=[asked], person=w.host_mission, at=w.at, **DAYS)
    assert [one.code for one in queries.shown(w.host_mission, scope=w.scope, at=w.at)] == [build.way(w, "budi").code]


def test_an_answer_has_its_days_or_a_reason(at, chance):
    w = build.world(at, chance)
    leaving.ready(w, "ani", "budi")
    both = leaving.visa(w, "ani", "budi", issued=False)
    with build.refused("visa.dates"):
        visas.issue(
            visas=both, valid_from=DAYS["valid_until"], valid_until=DAYS["valid_from"], person=w.host_mission, at=w.at
        )
    with build.refused("visa.reason"):
        visas.refuse(visas=both, reason="tidak suka", person=w.host_mission, at=w.at)
    with build.refused("step.role", flow="visa", step="issue"):
        visas.issue(visas=both, person=w.home_mission, at=w.at, **DAYS)
    visas.refuse(visas=both[:1], reason="no_reason", person=w.host_mission, at=w.at)
    visas.issue(visas=both[1:], person=w.coordinator, at=w.at, **DAYS)
    assert sorted(Visa.objects.values_list("state", "reason", "valid_until")) == [
        ("issued", "", DAYS["valid_until"]),
        ("refused", "no_reason", None),
    ]


def test_who_takes_the_permission_back_is_shown_no_longer(at, chance):
    w = build.world(at, chance)
    leaving.ready(w, "ani", "budi")
    (first, second) = leaving.visa(w, "ani", "budi", issued=False)
    way = build.way(w, "ani")
    with build.refused("step.role", flow="visa", step="permit"):
        visas.forbid(clearance=way, person=w.coordinator, at=w.at)
    visas.forbid(clearance=way, person=way.application.person, at=w.at)
    assert (leaving.again(first).state, leaving.again(second).state) == ("taken_back", "asked")
    visas.take_back(visa=leaving.again(second), person=w.coordinator, at=w.at)
    assert queries.shown(w.host_mission, scope=w.scope, at=w.at) == []
    assert leaving.due(w) == 0
