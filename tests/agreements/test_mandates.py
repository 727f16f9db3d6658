"""Who may act for an office: recorded on a basis, confirmed by another, between its days, apart from what it must not meet."""

import datetime as dt

import pytest

from rantau.agreements import access
from rantau.agreements.actions import mandates
from rantau.agreements.models import Mandate
from rantau.agreements.queries import acting
from rantau.engine.flow import Role
from rantau.people import access as people
from rantau.people import actions as people_actions
from rantau.people.actions import APART
from rantau.people.queries import exactly
from tests import build as fewest
from tests.agreements import build
from tests.agreements.build import AT, DAY, refused

pytestmark = pytest.mark.django_db
HOST = "kedubes-rusia"


@pytest.fixture
def w():
    return build.world()


def anybody(w, **given):
    return fewest.person(at=AT, chance=w.chance, **given)


def record(w, of, office="rusal", powers=("sign",), by=0, **changed):
    given = {
        "capacity": "Direktur",
        "basis": "SK 2/2026",
        "from_on": dt.date(2026, 1, 20),
        "until_on": dt.date(2027, 1, 20),
    } | changed
    desk = by if hasattr(by, "ref") else w.desk[by]
    return mandates.record(
        of=of, programme=w.programme, office=office, powers=powers, person=desk, at=w.at, chance=w.chance, **given
    )


def test_a_mandate_gives_its_powers_once_a_second_officer_confirmed_it(w):
    person = anybody(w)
    mandate = record(w, person)
    assert (access.mandates(person, w.programme, at=w.at), mandate.state) == ([], "recorded")
    assert people.roles(person, scope=w.programme.code, at=w.at) == frozenset()
    with refused("step.same_person", flow="mandate", step="confirm"):
        mandates.confirm(mandate=mandate, person=w.desk[0], at=w.at)
    mandates.confirm(mandate=mandate, person=w.desk[1], at=w.at)
    assert access.require(person, w.programme, "sign", office="rusal", at=w.at) == mandate
    assert people.roles(person, scope=w.programme.code, at=w.at) == {Role.EMPLOYER}
    for power, office in (("approve", "rusal"), ("sign", "kp2mi")):
        with refused("mandate.missing", power=power, office=office):
            access.require(person, w.programme, power, office=office, at=w.at)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"office": "esok"}, "mandate.office"),
        ({"office": "kp2mi-rusal"}, "mandate.office"),
        ({"powers": ()}, "mandate.powers"),
        ({"powers": ("sign", "decide")}, "mandate.powers"),
        ({"until_on": dt.date(2026, 1, 19)}, "mandate.dates"),
    ],
)
def test_what_is_no_mandate_is_not_recorded(w, changed, code):
    person = anybody(w)
    with refused(code):
        record(w, person, **changed)


def test_nobody_records_or_confirms_their_own_and_nobody_without_the_role_any(w):
    person = anybody(w, role=Role.VERIFIER, scope=w.programme.code)
    with refused("mandate.self"):
        record(w, w.desk[0], by=0)
    with refused("step.role", flow="mandate", step="record"):
        record(w, person, by=w.of("rusal", "sign"))
    mandate = record(w, w.desk[1], "kp2mi")
    with refused("step.same_person", flow="mandate", step="confirm"):
        mandates.confirm(mandate=mandate, person=w.desk[1], at=w.at)
    with refused("step.role", flow="mandate", step="confirm"):
        mandates.confirm(mandate=mandate, person=w.of("rusal", "sign"), at=w.at)


def test_it_holds_from_the_first_to_the_last_day_and_the_role_with_it(w):
    person = anybody(w)
    mandate = record(w, person, from_on=dt.date(2026, 2, 1), until_on=dt.date(2026, 2, 28))
    mandates.confirm(mandate=mandate, person=w.desk[1], at=w.at)
    days = (
        (dt.datetime(2026, 1, 31, 16, 59, 58, tzinfo=dt.UTC), "early", False),
        (dt.datetime(2026, 1, 31, 17, 0, 0, tzinfo=dt.UTC), "in_force", True),
        (dt.datetime(2026, 2, 28, 16, 59, 58, tzinfo=dt.UTC), "in_force", True),
        (dt.datetime(2026, 2, 28, 17, 0, 0, tzinfo=dt.UTC), "past", False),
    )
    for at, state, held in days:
        assert acting.state(mandate, at=at) == state
        assert (access.mandates(person, w.programme, at=at) == [mandate]) is held, at
        assert (Role.EMPLOYER in people.roles(person, scope=w.programme.code, at=at)) is held, at


def test_ended_it_gives_nothing_more_but_another_mandate_of_the_person_still_does(w):
    person = anybody(w)
    first, second = build.mandate(w, person, "rusal", ("sign",)), build.mandate(w, person, "rusal", ("answer",))
    with refused("step.role", flow="mandate", step="end"):
        mandates.end(mandate=first, person=person, at=w.at)
    mandates.end(mandate=first, person=w.desk[0], at=w.at)
    assert access.mandates(person, w.programme, at=w.at) == [second]
    assert people.roles(person, scope=w.programme.code, at=w.at) == {Role.EMPLOYER}
    mandates.end(mandate=second, person=w.desk[0], at=w.at)
    assert access.mandates(person, w.programme, at=w.at) == []
    assert people.roles(person, scope=w.programme.code, at=w.at) == frozenset()
    with refused("step.state", flow="mandate", step="end", state="ended"):
        mandates.end(mandate=second, person=w.desk[0], at=w.at)


def test_a_mandate_of_one_programme_gives_nothing_on_another(w):
    other = fewest.programme(at=AT, chance=w.chance, rehearsal=False)
    person = w.of("rusal", "sign")
    assert access.mandates(person, other, at=w.at) == []
    assert people.roles(person, scope=other.code, at=w.at) == frozenset()


@pytest.mark.parametrize("role", sorted(APART[Role.HOST_MISSION]))
def test_who_holds_any_other_role_gets_no_mandate_of_the_host_mission(w, role):
    person = anybody(w, role=role, scope=w.programme.code)
    with refused("grant.apart", roles=[role.value]):
        record(w, person, HOST)


@pytest.mark.parametrize("role", sorted(APART[Role.HOST_MISSION]))
def test_who_acts_for_the_host_mission_gets_no_other_role_here_or_everywhere(w, role):
    person = w.of(HOST, "sign")
    for scope in (w.programme.code, "*"):
        with refused("grant.apart", roles=["host_mission"]):
            people_actions.grant(to=person, role=role, scope=scope, at=w.at, person=w.desk[0])


def test_a_role_on_every_programme_is_in_the_way_and_one_that_begins_later_too(w):
    everywhere, later = anybody(w, role=Role.PROTECTION), anybody(w)
    people_actions.grant(
        to=later, role=Role.VERIFIER, scope=w.programme.code, at=w.at, from_at=w.at + 30 * DAY, person=w.desk[0]
    )
    for person, role in ((everywhere, "protection"), (later, "verifier")):
        with refused("grant.apart", roles=[role]):
            record(w, person, HOST)


def test_a_role_that_ended_or_belongs_to_another_programme_is_not_in_the_way(w):
    person = anybody(w, role=Role.VERIFIER, scope="contoh-jepang")
    people_actions.grant(to=person, role=Role.VERIFIER, scope=w.programme.code, at=w.at, person=w.desk[0])
    people_actions.revoke(of=person, role=Role.VERIFIER, scope=w.programme.code, at=w.at)
    assert build.mandate(w, person, HOST).state == "in_force"


def test_a_role_given_between_recording_and_confirming_stops_the_mandate(w):
    person = anybody(w)
    mandate = record(w, person, HOST)
    people_actions.grant(to=person, role=Role.HOME_MISSION, scope=w.programme.code, at=w.at, person=w.desk[0])
    with refused("grant.apart", roles=["home_mission"]):
        mandates.confirm(mandate=mandate, person=w.desk[1], at=w.at)


def test_a_mandate_for_the_home_mission_keeps_the_host_s_away_and_the_other_way_round(w):
    for first, second, role in (("kbri-moskow", HOST, "home_mission"), (HOST, "kbri-moskow", "host_mission")):
        with refused("grant.apart", roles=[role]):
            record(w, w.of(first, "sign"), second)


def test_the_desk_is_read_by_who_records_or_audits_alone(w):
    auditor = anybody(w, role=Role.AUDITOR, scope=w.programme.code)
    everyone = set(Mandate.objects.values_list("ref", flat=True))
    assert len(everyone) == 4 * len(build.OFFICES)
    for person in (w.desk[0], auditor):
        assert set(access.desk(person, w.programme, at=w.at).values_list("ref", flat=True)) == everyone
    for person in (w.of("kp2mi", "draft"), w.of(HOST, "sign"), anybody(w)):
        with refused("role.missing"):
            access.desk(person, w.programme, at=w.at)


def test_anybody_knows_which_offices_are_represented_and_by_nobody_s_name(w):
    shown = {one.office.code: one.held for one in acting.offices(w.programme, at=w.at)}
    assert shown == dict.fromkeys(build.OFFICES, True) | dict.fromkeys(set(shown) - set(build.OFFICES), False)
    assert "esdm" in shown
    mandates.end(mandate=Mandate.objects.get(person=w.of(HOST, "sign")), person=w.desk[0], at=w.at)
    assert acting.offices(w.programme, at=w.at + 366 * DAY) == [
        acting.Represented(office=one, held=False) for one in acting.parties(w.programme)
    ]


def test_a_person_is_found_by_what_they_signed_up_with_and_by_nothing_like_it(w):
    wanted = anybody(w, name="Sari", email="sari@example.org", phone="+6281234567890")
    for typed in ("sari@example.org", " SARI@example.org ", "0812-3456-7890", wanted.ref, wanted.ref.lower()):
        assert exactly(typed) == wanted
    for typed in ("sari@example", "Sari", "", "sar"):
        with refused("contact.email" if "@" in typed else "contact.phone"):
            exactly(typed)
    for typed in ("ani@example.org", "0812-3456-7891"):
        with refused("person.unknown"):
            exactly(typed)
    anybody(w, phone="+6281234567890")
    with refused("person.several", number=2):
        exactly("081234567890")
