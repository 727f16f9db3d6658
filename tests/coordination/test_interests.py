"""Declarations of interest: made for a year, never taken back by a word or by silence, read by inspector and auditors."""

import datetime as dt

import pytest

from rantau.coordination import access, queries
from rantau.coordination.actions import interests
from rantau.coordination.models import Declaration
from rantau.engine.flow import Role
from rantau.ledger.models import Entry
from rantau.people.models import Organisation
from tests.agreements import build as agreements
from tests.build import person
from tests.coordination.build import DAY, refused

pytestmark = pytest.mark.django_db
NOTE = "Adik ipar saya mendaftar"


@pytest.fixture
def w():
    return agreements.world()


def officer(w, role=Role.VERIFIER, name="Petugas"):
    return person(at=w.at, chance=w.chance, role=role, scope=w.programme.code, name=name)


def school(number=1):
    return Organisation.objects.get(npsn=f"2020000{number}")


def declare(w, who, kind="none", **given):
    return interests.declare(programme=w.programme, kind=kind, person=who, at=w.at, chance=w.chance, **given)


def barred(w, who):
    return sorted(queries.barred_schools(who, scope=w.programme.code, at=w.at).values_list("school__npsn", flat=True))


def in_force(w, who):
    own = queries.interests.own(who, w.programme)
    return sorted(one.kind for one in queries.interests.in_force(own, at=w.at))


def test_a_declaration_stands_for_a_year_and_says_in_which_role(w):
    who = officer(w)
    agreements.mandate(w, who, "kemenperin")
    made = declare(w, who, "gift", note=NOTE)
    assert (made.from_on, made.until_on) == (dt.date(2026, 1, 27), dt.date(2027, 1, 26))
    assert (made.roles, made.offices) == (["partner", "verifier"], ["kemenperin"])
    assert not queries.interests.asked(who, w.programme, at=w.at + 364 * DAY)
    assert queries.interests.asked(who, w.programme, at=w.at + 365 * DAY)


def test_a_year_from_a_leap_day_ends_on_the_last_of_february(w):
    who = officer(w)
    w.at = dt.datetime(2028, 2, 29, 3, tzinfo=dt.UTC)
    assert declare(w, who).until_on == dt.date(2029, 2, 28)


def test_the_ledger_says_that_it_was_declared_and_its_kind(w):
    made = declare(w, officer(w), "relative", school=school(), organisation="SMKN 1 CONTOH", note=NOTE)
    entry = Entry.objects.get(subject=f"declaration:{made.ref}")
    assert (entry.action, entry.actor, entry.facts) == ("declare", made.person.ref, {"kind": "relative"})


def test_the_note_is_sealed_and_opens_to_the_inspector_alone(w):
    made = declare(w, officer(w), "other", note=NOTE)
    inspector, auditor = officer(w, Role.INSPECTOR), officer(w, Role.AUDITOR)
    made.refresh_from_db()
    assert NOTE.encode() not in bytes(made.note)
    assert queries.interests.note(access.declaration(inspector, w.programme, made.ref, at=w.at)) == NOTE
    for who in (auditor, w.desk[0], made.person):
        with refused("role.missing"):
            access.declaration(who, w.programme, made.ref, at=w.at)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "love"}, "interest.kind"),
        ({"kind": "school"}, "interest.school"),
        ({"kind": "employer"}, "interest.organisation"),
        ({"kind": "gift", "note": " "}, "interest.organisation"),
        ({"kind": "other", "note": "x" * 1001}, "interest.long"),
        ({"kind": "other", "organisation": "x" * 161}, "interest.long"),
    ],
)
def test_what_is_no_declaration(w, given, code):
    who = officer(w)
    with refused(code):
        declare(w, who, **given)


def test_who_has_no_part_declares_nothing(w):
    stranger = person(at=w.at, chance=w.chance, name="Orang Lain")
    with refused("role.missing"):
        declare(w, stranger)
    assert not queries.interests.asked(stranger, w.programme, at=w.at)


def test_nothing_is_not_declared_while_something_stands_and_gives_way_to_it(w):
    who = officer(w)
    declare(w, who)
    declare(w, who, "school", school=school())
    assert in_force(w, who) == ["school"]
    with refused("interest.stands"):
        declare(w, who)
    declare(w, who, "gift", organisation="Sebuah jam")
    assert in_force(w, who) == ["gift", "school"]


def test_the_same_again_replaces_itself(w):
    who = officer(w)
    first = declare(w, who, "school", school=school())
    w.at += 30 * DAY
    second = declare(w, who, "school", school=school())
    first.refresh_from_db()
    assert (first.superseded_by, second.superseded_by) == (second, None)
    assert in_force(w, who) == ["school"]


def test_a_bar_is_lifted_neither_by_silence_nor_before_its_year_is_over(w):
    who = officer(w)
    declare(w, who, "school", school=school(1))
    declare(w, who, "relative", school=school(2))
    assert barred(w, who) == ["20200001", "20200002"]
    w.at += 200 * DAY
    declare(w, who, "school", school=school(1))
    w.at += 200 * DAY
    assert barred(w, who) == ["20200001", "20200002"]
    with refused("interest.stands"):
        declare(w, who)
    w.at += 400 * DAY
    assert (in_force(w, who), barred(w, who)) == ([], ["20200001", "20200002"])
    declare(w, who)
    assert (in_force(w, who), barred(w, who)) == (["none"], [])


def test_a_bar_counts_for_its_person_and_programme_alone(w):
    who, other = officer(w), officer(w)
    declare(w, who, "school", school=school())
    assert (barred(w, other), list(queries.barred_schools(who, scope="contoh", at=w.at))) == ([], [])


def test_who_has_not_declared_comes_first_then_who_declared_something(w):
    silent, plain, tied = officer(w, name="Ani"), officer(w, name="Budi"), officer(w, name="Citra")
    past = officer(w, name="Dewi")
    Declaration.objects.filter(pk=declare(w, past, "gift", organisation="Jam").pk).update(until_on=dt.date(2026, 1, 26))
    declare(w, plain)
    declare(w, tied, "school", school=school())
    auditor = officer(w, Role.AUDITOR, "Zaki")
    shown = queries.interests.everybody(auditor, w.programme, at=w.at)
    mine = [
        (one.person.name, one.roles, [declaration.kind for declaration in one.declarations])
        for one in shown
        if one.person in (silent, plain, tied, past, auditor)
    ]
    assert mine == [
        ("Ani", ("verifier",), []),
        ("Dewi", ("verifier",), []),
        ("Zaki", ("auditor",), []),
        ("Citra", ("verifier",), ["school"]),
        ("Budi", ("verifier",), ["none"]),
    ]
    assert [one.offices for one in shown if one.person == w.of("rusal", "sign")] == [("rusal",)]
    assert len(shown) == len({one.person.pk for one in shown}) == 20 + 2 + 5


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.VERIFIER, Role.HOST_MISSION, Role.MINISTRY])
def test_the_list_is_shown_to_inspector_and_auditors_alone(w, role):
    declare(w, officer(w), "gift", organisation="Jam")
    who = officer(w, role)
    with refused("role.missing"):
        queries.interests.everybody(who, w.programme, at=w.at)


def test_the_pages_of_coordination_that_are_a_person_s(w):
    stranger = person(at=w.at, chance=w.chance, name="Orang Lain")
    people = {
        "stranger": stranger,
        "verifier": officer(w),
        "auditor": officer(w, Role.AUDITOR),
        "inspector": officer(w, Role.INSPECTOR),
        "coordinator": w.desk[0],
        "ministry": w.of("kemenperin", "answer"),
        "signatory": w.of("kemenperin", "sign"),
    }
    found = {name: set(queries.rooms(who, w.programme, at=w.at)) - {"demand"} for name, who in people.items()}
    assert found == {
        "stranger": set(),
        "verifier": {"interest"},
        "auditor": {"interest", "interests", "meetings"},
        "inspector": {"interest", "interests"},
        "coordinator": {"interest", "meetings"},
        "ministry": {"interest", "meetings", "demand_desk"},
        "signatory": {"interest", "meetings"},
    }
