"""What schools and invited pupils do, and what nobody may."""

import datetime as dt

import pytest

from rantau.applications import access, queries
from rantau.applications.actions import nominating
from rantau.applications.models import Application, Nomination
from rantau.ledger import queries as ledger
from rantau.people import queries as people
from rantau.people.models import Key, Person
from rantau.programmes import actions as programmes
from rantau.programmes.queries import instant
from tests.web import desk_build as build
from tests.web.desk_build import NISN, OTHER_NISN, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(at, chance):
    return build.world(at, chance)


def invite(w, *, by="head", school="one", name="Siti Aminah", nisn=NISN, contact="+6281234567890"):
    return nominating.invite(
        intake=w.intake,
        school=w.schools[school],
        person=w.staff[by],
        name=name,
        nisn=nisn,
        contact=contact,
        at=w.at,
        chance=w.chance,
    )


def test_an_invitation_lives_as_long_as_the_programme_says_and_is_in_the_ledger(w):
    nomination, secret = invite(w)
    assert (nomination.state, nomination.lives_until) == ("invited", instant(dt.date(2026, 5, 11), 23, 59, 59))
    assert nomination.secret != secret
    assert queries.invitation(secret) == nomination
    assert people.identity(nomination.person).nisn == NISN
    (entry,) = ledger.history(f"nomination:{nomination.ref}")
    assert (entry.action, entry.actor) == ("invite", w.staff["head"].ref)
    assert entry.facts == {"from": "new", "to": "invited", "school": "20100001"}


def test_an_address_is_kept_as_an_address(w):
    nomination, _secret = invite(w, contact="siti@example.org")
    assert (nomination.person.email, nomination.person.phone) == ("siti@example.org", "")


def test_nobody_is_invited_after_the_end(w):
    w.later(31 * build.DAY)
    with refused("intake.closed", closes=w.intake.closes_at):
        invite(w)


def test_nobody_is_invited_before_the_intake_opens(w):
    coordinator = w.staff["coordinator"]
    w.intake = programmes.plan_intake(
        programme=w.intake.programme,
        opens_at=w.at,
        closes_at=w.at + build.DAY,
        person=coordinator,
        at=w.at,
        chance=w.chance,
    )
    with refused("intake.closed"):
        invite(w)


def test_a_school_invites_for_itself_alone(w):
    with refused("nomination.school"):
        invite(w, school="two")
    with refused("nomination.school"):
        invite(w, by="coordinator")


def test_the_quota_is_a_schools_own_and_ended_invitations_free_it(w):
    made = [invite(w, nisn=f"008000000{number}")[0] for number in range(5)]
    invite(w, by="neighbour", school="two", nisn=OTHER_NISN)
    with refused("nomination.quota", quota=5):
        invite(w)
    nominating.cancel(nomination=made[0], person=w.staff["head"], at=w.at)
    assert invite(w)[0].state == "invited"


def test_a_nisn_has_ten_digits(w):
    with refused("identity.form", number="nisn"):
        invite(w, nisn="008123456")


def test_one_pupil_has_one_invitation_whichever_school_made_it(w):
    invite(w)
    with refused("nomination.exists"):
        invite(w, by="neighbour", school="two")


def test_accepting_with_a_password_starts_a_registration_with_the_school_set(w):
    nomination, secret = invite(w)
    application = nominating.accept(nomination=nomination, at=w.at, chance=w.chance, password="empat kata yang baru")
    assert (application.school, application.state) == (w.schools["one"], "draft")
    assert application.person.check_password("empat kata yang baru")
    with pytest.raises(Nomination.DoesNotExist):
        queries.invitation(secret)


def test_accepting_needs_a_password_or_somebody_signed_in(w):
    nomination, _secret = invite(w)
    with refused("nomination.password"):
        nominating.accept(nomination=nomination, at=w.at, chance=w.chance)


def test_accepting_as_oneself_keeps_one_person_and_the_registration_begun(w):
    mine = build.pupil(w, "Siti", state="draft")
    nomination, _secret = invite(w)
    made_for_it = nomination.person_id
    accepted = nominating.accept(nomination=nomination, at=w.at, chance=w.chance, person=mine.person)
    assert (accepted, accepted.school) == (mine, w.schools["one"])
    assert people.identity(Person.objects.get(pk=mine.person_id)).nisn == NISN
    assert not Person.objects.filter(pk=made_for_it).exists()


def test_accepting_changes_nothing_that_was_sent(w):
    mine = build.pupil(w, "Siti", state="verified", school="two")
    nomination, _secret = invite(w)
    accepted = nominating.accept(nomination=nomination, at=w.at, chance=w.chance, person=mine.person)
    mine.refresh_from_db()
    assert (accepted, mine.school, mine.state) == (mine, w.schools["two"], "verified")
    assert people.identity(mine.person).nisn == "0071234567"
    assert (nomination.state, nomination.person) == ("accepted", mine.person)


def test_an_invitation_is_answered_in_its_days(w):
    nomination, _secret = invite(w)
    w.later(8 * build.DAY)
    with refused("step.late", until=nomination.lives_until):
        nominating.accept(nomination=nomination, at=w.at, chance=w.chance, password="empat kata yang baru")
    with refused("step.late", until=nomination.lives_until):
        nominating.decline(nomination=nomination, at=w.at)


def test_declining_destroys_what_the_school_wrote(w):
    nomination, secret = invite(w)
    pupil = nomination.person_id
    nominating.decline(nomination=nomination, at=w.at)
    assert (nomination.state, nomination.person, nomination.secret) == ("declined", None, "")
    assert not Person.objects.filter(pk=pupil).exists()
    assert not Key.objects.filter(person=pupil).exists()
    with pytest.raises(Nomination.DoesNotExist):
        queries.invitation(secret)
    with refused("step.state", state="declined"):
        nominating.accept(nomination=nomination, at=w.at, chance=w.chance, password="empat kata yang baru")


def test_a_school_takes_back_its_own_invitation_and_no_other(w):
    nomination, _secret = invite(w)
    pupil = nomination.person_id
    with refused("nomination.school"):
        nominating.cancel(nomination=nomination, person=w.staff["neighbour"], at=w.at)
    with refused("nomination.school"):
        nominating.cancel(nomination=nomination, person=w.staff["coordinator"], at=w.at)
    nominating.cancel(nomination=nomination, person=w.staff["head"], at=w.at)
    assert nomination.state == "cancelled"
    assert not Person.objects.filter(pk=pupil).exists()


def test_an_accepted_invitation_is_not_taken_back(w):
    nomination, _secret = invite(w)
    nominating.accept(nomination=nomination, at=w.at, chance=w.chance, password="empat kata yang baru")
    with refused("step.state", state="accepted"):
        nominating.cancel(nomination=nomination, person=w.staff["head"], at=w.at)


def test_unanswered_invitations_lapse_once_and_leave_no_person(w):
    late, _secret = invite(w)
    pupil = late.person_id
    assert nominating.due(intake=w.intake, at=w.at) == 0
    w.later(8 * build.DAY)
    fresh, _secret = invite(w, nisn=OTHER_NISN)
    assert [nominating.due(intake=w.intake, at=w.at), nominating.due(intake=w.intake, at=w.at)] == [1, 0]
    assert not Person.objects.filter(pk=pupil).exists()
    assert dict(Nomination.objects.values_list("pk", "state")) == {late.pk: "lapsed", fresh.pk: "invited"}


def test_a_school_reads_its_own_pupils_and_what_they_lack(w):
    invite(w, name="Zahra")
    invite(w, by="neighbour", school="two", nisn=OTHER_NISN, name="Rahasia")
    build.pupil(w, "Tetangga", state="draft", school="two")
    build.pupil(w, "Agus", state="filed", school="one")
    called = build.pupil(w, "Budi", state="called", school="one")
    found = queries.pupils(intake=w.intake, school=w.schools["one"])
    assert [(row["person"].name, row["missing"]) for row in found] == [
        ("Budi", ["identity_card", "diploma", "report", "photo"]),
        ("Zahra", []),
        ("Agus", []),
    ]
    assert found[0]["application"] == called
    assert [n.person.name for n in access.nominations(w.staff["head"], scope=w.scope, at=w.at)] == ["Zahra"]


def test_only_the_number_of_ended_invitations_is_known(w):
    for nisn in (NISN, OTHER_NISN):
        nominating.decline(nomination=invite(w, nisn=nisn)[0], at=w.at)
    nominating.decline(nomination=invite(w, by="neighbour", school="two")[0], at=w.at)
    assert queries.ended_nominations(intake=w.intake, school=w.schools["one"]) == {"declined": 2}
    assert Application.objects.count() == 0


def test_an_officer_who_tries_the_link_does_not_become_the_pupil(w):
    nomination, _secret = invite(w)
    with refused("nomination.staff"):
        nominating.accept(nomination=nomination, person=w.staff["head"], at=w.at, chance=w.chance)
    nomination.refresh_from_db()
    assert (nomination.state, Application.objects.count()) == ("invited", 0)


def test_a_made_up_school_invites_the_visitor_of_a_rehearsal_until_every_quota_is_used(w):
    secret = nominating.invite_visitor(programme=w.intake.programme, at=w.at, chance=w.chance)
    assert queries.invitation(secret).person.name == "Pengunjung Peragaan"
    while any(queries.quota_left(w.intake, school) for school in w.schools.values()):
        nominating.invite_visitor(programme=w.intake.programme, at=w.at, chance=w.chance)
    with refused("nomination.quota", quota=0):
        nominating.invite_visitor(programme=w.intake.programme, at=w.at, chance=w.chance)


def test_no_visitor_is_invited_to_a_real_programme(w):
    w.intake.programme.rehearsal = False
    with refused("clock.real"):
        nominating.invite_visitor(programme=w.intake.programme, at=w.at, chance=w.chance)
    assert Nomination.objects.count() == 0
