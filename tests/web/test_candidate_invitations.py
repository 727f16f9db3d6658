"""A school's invitation as the pupil meets it: who invites, yes with a password or as somebody signed in, or no."""

import datetime as dt

import pytest
from django.test import Client

from rantau.applications.actions import nominating
from rantau.applications.models import Application, Nomination
from rantau.engine.flow import Role
from rantau.people import queries as people
from rantau.people.models import Organisation, Person
from tests.web.candidate_build import World, open_world, page, shown, signed_in, unchanged

pytestmark = pytest.mark.django_db
SECRET = "tiga kata saya"


@pytest.fixture
def world(at, chance) -> World:
    return open_world(at, chance)


@pytest.fixture
def link(world) -> str:
    """Return the address of an invitation, in English."""
    school = Organisation.objects.get(npsn="20200001")
    head = world.person(role=Role.SCHOOL, scope=world.programme.code, office="20200001")
    _, secret = nominating.invite(
        intake=world.intake,
        school=school,
        person=head,
        name="Dewi Contoh",
        nisn="0080000001",
        contact="+6281234567002",
        at=world.at,
        chance=world.chance,
    )
    return f"/en/program/{world.programme.code}/undangan/{secret}/"


def test_the_page_says_who_invites_and_until_when(client, link):
    told = shown(client.get(link))
    for words in (
        "SMKN 1 CONTOH nominates you",
        "Monday, 11 May 2026, 23:59 WIB",
        "A school can never take money for it",
    ):
        assert words in told
    assert [secret for secret in ("0080000001", "+6281234567002", "Dewi") if secret in told] == []


def test_yes_with_a_password_starts_the_registration_with_the_school(client, link):
    with unchanged():
        assert "This password is too short" in shown(client.post(link, {"password": "abc"}))
    response = client.post(link, {"password": SECRET})
    mine = Application.objects.get()
    assert response.url == page("application", mine)
    assert (mine.school.npsn, mine.person.name, Nomination.objects.get().state) == (
        "20200001",
        "Dewi Contoh",
        "accepted",
    )
    assert "My registration" in shown(client.get(response.url))
    assert mine.person.check_password(SECRET)
    assert client.get(link).status_code == 404


def test_yes_as_somebody_signed_in_makes_it_theirs(world, link):
    grown = world.person(phone="+6281234567890", name="Dewi C.")
    client = signed_in(grown)
    assert "You are signed in as <strong>Dewi C.</strong>" in shown(client.get(link))
    client.post(link)
    mine = Application.objects.get()
    assert (mine.person_id, mine.school.npsn) == (grown.pk, "20200001")
    assert people.identity(Person.objects.get(pk=grown.pk)).nisn == "0080000001"
    assert not Person.objects.filter(name="Dewi Contoh").exists()


def test_no_destroys_what_the_school_wrote(client, link):
    with unchanged():
        assert "are destroyed at once" in shown(client.get(f"{link}tolak/"))
    assert "is destroyed" in shown(client.post(f"{link}tolak/"))
    assert not Person.objects.filter(name="Dewi Contoh").exists()
    assert Nomination.objects.get().state == "declined"
    assert client.get(link).status_code == 404


@pytest.mark.parametrize("ending", ["", "tolak/"])
def test_an_invitation_that_is_over_says_so_and_takes_nothing(world, client, link, ending):
    world.later(dt.timedelta(days=8))
    with unchanged():
        for response in (client.get(link + ending), client.post(link + ending, {"password": SECRET})):
            assert response.status_code == 404
            assert "This invitation is over" in response.content.decode()


def test_a_wrong_link_and_another_programmes_are_over_too(world, link):
    wrong = [link[:-2] + "/", link.replace(world.programme.code, "rusal-2026")]
    assert [Client().get(address).status_code for address in wrong] == [404, 404]
