"""Somebody under 18: nothing is kept before a parent or guardian agrees by a link; then the registration goes on."""

import re

import pytest

from rantau.applications.actions import registration
from rantau.people import queries as people
from rantau.people.models import Person
from tests.web.candidate_build import World, open_world, page, shown, signed_in, unchanged

pytestmark = pytest.mark.django_db
YOUNG = {"birth_on_0": "31", "birth_on_1": "5", "birth_on_2": "2009"}
SURE = YOUNG | {"sure": "2009-05-31"}


@pytest.fixture
def world(at, chance) -> World:
    return open_world(at, chance)


@pytest.fixture
def young(world):
    """Return the registration of somebody who has said nothing yet."""
    person = world.person(phone="+6281234567890")
    return registration.start(intake=world.intake, person=person, at=world.at, chance=world.chance)


@pytest.fixture
def waiting(young):
    """Return a browser whose registration waits for a guardian."""
    client = signed_in(young.person)
    client.post(page("task", young, task="birth"), SURE)
    return client


def link_of(client, application) -> str:
    """Return the path of a fresh link for the guardian."""
    told = shown(client.post(page("guardian_link", application)))
    found = re.search(r'href="http://testserver(/en/wali/[^"]+)"', told)
    assert found
    return found[1]


def test_a_mistyped_year_is_asked_about_before_anything_happens(young):
    client = signed_in(young.person)
    with unchanged():
        told = shown(client.post(page("task", young, task="birth"), YOUNG))
    assert "You are 16 years old. Is that right?" in told
    assert "Sunday, 31 May 2009" in told


def test_until_a_guardian_agrees_nothing_but_the_contact_is_kept(young, waiting):
    young.refresh_from_db()
    person = Person.objects.get(pk=young.person_id)
    assert (young.state, person.phone, person.birth_on, person.name) == ("guardian", "+6281234567890", None, "")
    assert "Until a parent or guardian agrees, nothing is kept but your contact." in shown(
        waiting.get(page("application", young))
    )
    with unchanged():
        assert waiting.get(page("task", young, task="name")).url == page("application", young)
        assert waiting.post(page("task", young, task="name"), {"name": "Dewi"}).status_code == 409


def test_a_fresh_link_ends_the_one_before(client, young, waiting):
    first, second = link_of(waiting, young), link_of(waiting, young)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_a_link_is_made_by_a_press_and_only_while_it_is_waited_for(world, young, waiting):
    assert waiting.get(page("guardian_link", young)).status_code == 405
    grown = world.applicant(submitted=False)
    with unchanged():
        assert signed_in(grown.person).post(page("guardian_link", grown)).status_code == 409


def test_after_the_agreement_the_registration_goes_on_and_is_sent(client, world, young, waiting):
    agreed = client.post(link_of(waiting, young), {"name": "Aminah", "relation": "mother", "agree": "on"})
    assert agreed.status_code == 302
    young.refresh_from_db()
    assert young.state == "draft"
    answers = {
        "birth": YOUNG,
        "name": {"name": "Dewi Contoh"},
        "identity": {"nik": "3205017105090001"},
        "school": {"npsn": "20200001"},
        "study": {"major": "welding", "graduated": "2026"},
        "average": {"average": "90"},
        "home": {"province": "Prov. Jawa Barat", "regency": "Kab. Garut"},
        "wishes": {"power": "1"},
    }
    for task, sent in answers.items():
        assert waiting.post(page("task", young, task=task), sent).status_code == 302, task
    told = shown(waiting.get(page("review", young)))
    assert "On the day of departure you would be 17; by law nobody under 18 departs." in told
    assert waiting.post(page("review", young), {"selection": "on"}).url == page("receipt", young)
    young.refresh_from_db()
    assert (young.state, people.identity(young.person).birth_on.year) == ("submitted", 2009)
