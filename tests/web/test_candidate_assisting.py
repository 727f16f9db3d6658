"""An officer fills in for somebody present: under the officer's own sign-in, consent recorded as such, a code on paper."""

import pytest

from rantau.applications import access
from rantau.applications.models import Application
from rantau.engine.flow import Role
from rantau.people.models import Consent, Grant, Organisation
from tests import build
from tests.web.candidate_build import World, open_world, page, shown, signed_in, unchanged

pytestmark = pytest.mark.django_db
SENT = {"name": "Siti Contoh", "phone": "0812-3456-7003", "present": "on"}


@pytest.fixture
def world(at, chance) -> World:
    return open_world(at, chance)


@pytest.fixture
def here(world) -> str:
    """Return the address of the page in English."""
    return f"/en/program/{world.programme.code}/bantu/"


@pytest.fixture
def officer(world):
    """Return a verifier whose office lies in the regency where the person will say they live."""
    office = Organisation.objects.create(
        code="dinas-garut", kind="office", name="Dinas", province="Prov. Jawa Barat", regency="Kab. Garut"
    )
    made = world.person(role=Role.VERIFIER, scope=world.programme.code, name="Petugas")
    Grant.objects.filter(person=made).update(organisation=office)
    return made


def test_who_has_no_role_may_not_help(world, here):
    somebody = signed_in(world.person(phone="+6281234567890"))
    with unchanged():
        assert somebody.get(here).status_code == 403
        assert somebody.post(here, SENT).status_code == 403


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Write the person&#x27;s full name."),
        ({"present": ""}, "You may fill in only for somebody who is present."),
        ({"phone": "12"}, "phone"),
    ],
)
def test_a_wrong_start_is_told_at_its_field(officer, here, change, words):
    client = signed_in(officer)
    with unchanged():
        response = client.post(here, SENT | change)
    assert list(response.context["form"].errors) == list(change)
    assert words in shown(response)


def test_an_officer_helps_from_the_paper_to_the_receipt(world, here, officer):
    client = signed_in(officer)
    response = client.post(here, SENT)
    mine = Application.objects.get()
    assert response.url == page("slip", mine)
    assert "Two officers at a school or office set it with you" in shown(client.get(response.url))
    assert (mine.person.phone, mine.assisted_by) == ("+6281234567003", officer)
    assert "You fill in for Siti Contoh, who has to be present." in shown(client.get(page("application", mine)))
    answers = {
        "birth": {"birth_on_0": "31", "birth_on_1": "5", "birth_on_2": "2007"},
        "home": {"province": "Prov. Jawa Barat", "regency": "Kab. Garut"},
        "identity": {"nik": build.ANSWERS["nik"]},
        "school": {"npsn": "20200001"},
        "study": {"major": "welding", "graduated": "2026"},
        "average": {"average": "80"},
        "wishes": {"power": "1"},
    }
    for task, sent in answers.items():
        assert client.post(page("task", mine, task=task), sent).status_code == 302, task
    assert "Read each sentence aloud." in shown(client.get(page("review", mine)))
    assert client.post(page("review", mine), {"selection": "on"}).url == page("receipt", mine)
    mine.refresh_from_db()
    assert mine.state == "submitted"
    assert {c.assisted_by for c in Consent.objects.filter(person=mine.person)} == {officer}
    assert Role.VERIFIER not in access.roles(officer, mine, at=world.at)
    told = shown(client.get(here))
    assert "Siti Contoh" in told
    assert "Sent" in told


def test_a_colleague_neither_sees_nor_writes_what_another_helped_with(world, here, officer):
    signed_in(officer).post(here, SENT)
    mine = Application.objects.get()
    colleague = signed_in(world.person(role=Role.VERIFIER, scope=world.programme.code))
    assert "Siti Contoh" not in shown(colleague.get(here))
    with unchanged():
        assert colleague.post(page("task", mine, task="name"), {"name": "X"}).status_code == 404


def test_who_helped_sees_no_result_and_answers_nothing_for_the_person(world, here, officer):
    client = signed_in(officer)
    client.post(here, SENT)
    mine = Application.objects.get()
    for name in ("objection", "offer", "withdraw"):
        assert client.get(page(name, mine)).status_code == 404
    assert page("withdraw", mine) not in shown(client.get(page("application", mine)))


def test_when_registration_is_closed_nobody_is_started(world, here, officer):
    client = signed_in(officer)
    world.later(build.DAYS * 2)
    assert "Registration is not open now." in shown(client.get(here))
    with unchanged():
        assert client.post(here, SENT).status_code == 409
