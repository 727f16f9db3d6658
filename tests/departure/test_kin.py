"""Whom a person wants told: sealed, read for one event by who may know, every reading on record, taken back at any time."""

import pytest

from rantau.departure.actions import deadlines, kin
from rantau.departure.models import Clearance, Kin
from rantau.departure.queries import family
from rantau.engine.refusal import Refusal
from rantau.ledger.models import Entry
from tests.departure import build

pytestmark = pytest.mark.django_db
MOTHER = "Ibu Rahasia Kembangarum"
PHONE = "+6281298765432"


def name(w, who="ani", person=None, **changed):
    given = {"called": MOTHER, "phone": "0812 9876 5432", "of": ("death", "arrival"), "wording": "a" * 64}
    return kin.name(
        clearance=build.way(w, who),
        person=person or w.people[who].person,
        at=w.at,
        chance=w.chance,
        **{**given, **changed},
    )


def put(w, state, who="ani"):
    Clearance.objects.filter(application=w.people[who]).update(state=state)


def read(w, person, event="arrival", who="ani"):
    return family.kin(build.way(w, who), event, person=person, at=w.at)


def test_what_is_named_is_sealed_and_the_ledger_holds_codes_alone(at, chance):
    w = build.world(at, chance)
    kept = name(w)
    assert (kept.of, kept.given_at) == (["arrival", "death"], w.at)
    assert family.named(build.way(w, "ani")) == (MOTHER, PHONE, ("arrival", "death"), w.at)
    row = Kin.objects.get()
    assert not any(part in bytes(row.name) + bytes(row.phone) for part in (b"Ibu", b"Rahasia", b"9876"))
    entry = Entry.objects.get(subject=family.subject(build.way(w, "ani")))
    assert (entry.action, entry.actor) == ("name", w.people["ani"].person.ref)
    assert entry.facts == {"of": ["arrival", "death"], "wording": "a" * 64}


def test_the_home_mission_and_protection_read_it_for_an_agreed_event_and_the_owner_sees_that(at, chance):
    w = build.world(at, chance)
    name(w)
    put(w, "departed")
    assert read(w, w.home_mission)[:2] == (MOTHER, PHONE)
    first = w.at
    w.later(build.HOUR)
    assert read(w, w.protector, "death")[:2] == (MOTHER, PHONE)
    assert family.readings(build.way(w, "ani")) == [
        (w.at, "protection", "death"),
        (first, "home_mission", "arrival"),
    ]


OTHERS = ("coordinator", "verifier", "examiner", "auditor", "employer", "host_mission", "operator")


def test_nobody_else_reads_it(at, chance):
    w = build.world(at, chance)
    name(w)
    put(w, "departed")
    people = [*(w.staff[one] for one in OTHERS), build.teacher(w), w.people["budi"].person, w.people["ani"].person]
    for person in people:
        with build.refused("role.missing", roles=["home_mission", "protection"]):
            read(w, person)
    assert family.readings(build.way(w, "ani")) == []


def test_it_is_read_of_people_abroad_for_what_they_agreed_to_and_nothing_else(at, chance):
    w = build.world(at, chance)
    name(w)
    with build.refused("kin.at_home"):
        read(w, w.protector)
    with build.refused("role.missing", roles=["home_mission", "protection"]):
        read(w, w.home_mission)
    put(w, "arrived")
    with build.refused("kin.untold"):
        read(w, w.home_mission, "illness")
    put(w, "arrived", "budi")
    with build.refused("kin.unnamed"):
        read(w, w.home_mission, who="budi")
    assert [family.tellable(build.way(w, "ani"), event) for event in ("arrival", "illness")] == [True, False]
    assert not family.tellable(build.way(w, "budi"), "arrival")


def test_a_reason_that_was_not_agreed_to_by_name_is_told_as_coming_home():
    assert [family.event_of(reason) for reason in ("illness", "death", "pregnancy", "expelled")] == [
        "illness",
        "death",
        "coming_home",
        "coming_home",
    ]


def test_the_owner_changes_it_and_takes_it_back_at_any_time(at, chance):
    w = build.world(at, chance)
    name(w)
    name(w, called="Paman", of=("coming_home",))
    assert family.named(build.way(w, "ani"))[:3] == ("Paman", PHONE, ("coming_home",))
    put(w, "home")
    kin.take_back(clearance=build.way(w, "ani"), person=w.people["ani"].person, at=w.at)
    assert (Kin.objects.count(), family.named(build.way(w, "ani"))) == (0, None)
    with build.refused("kin.unnamed"):
        kin.take_back(clearance=build.way(w, "ani"), person=w.people["ani"].person, at=w.at)
    actions = Entry.objects.filter(subject=family.subject(build.way(w, "ani"))).order_by("position")
    assert list(actions.values_list("action", flat=True)) == ["name", "name", "take_back"]


def test_what_cannot_be_named_changes_nothing(at, chance):
    w = build.world(at, chance)
    name(w)
    for code, facts, changed in [
        ("kin.events", {}, {"of": ()}),
        ("kin.events", {}, {"of": ("arrival", "gossip")}),
        ("contact.phone", {}, {"phone": "ibu"}),
        ("role.missing", {"roles": ["owner"]}, {"person": w.coordinator}),
        ("role.missing", {"roles": ["owner"]}, {"person": w.people["budi"].person}),
    ]:
        with build.refused(code, **facts):
            name(w, **changed)
    put(w, "refused")
    with build.refused("kin.ended"):
        name(w)
    with build.refused("role.missing", roles=["owner"]):
        kin.take_back(clearance=build.way(w, "ani"), person=w.home_mission, at=w.at)


def test_it_is_forgotten_when_the_way_ends_before_the_departure(at, chance):
    w = build.world(at, chance)
    name(w)
    name(w, "budi")
    put(w, "refused")
    assert deadlines.due(intake=w.intake, at=w.at) == 1
    assert Kin.objects.get().clearance == build.way(w, "budi")
    assert deadlines.due(intake=w.intake, at=w.at) == 0


def test_with_the_persons_key_what_they_named_is_gone(at, chance):
    w = build.world(at, chance)
    name(w)
    put(w, "departed")
    w.people["ani"].person.key.delete()
    assert family.named(build.way(w, "ani")) is None
    with pytest.raises(Refusal, match=r"kin\.unnamed"):
        read(w, w.home_mission)
