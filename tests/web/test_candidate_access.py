"""Who sees a registration: its person, and who fills it in beside them; a stranger sees that there is nothing."""

import pytest

from rantau.engine.flow import Role
from rantau.people.models import Organisation
from tests.web.candidate_build import World, open_world, page, shown, signed_in, unchanged

pytestmark = pytest.mark.django_db
PAGES = ["application", "review", "receipt", "slip", "documents", "objection", "offer", "withdraw", "school_claim"]
TASKS = ["birth", "name", "identity", "school", "study", "average", "home", "wishes"]
POSTS = {
    "review": {"selection": "on"},
    "guardian_link": {},
    "hand_in": {},
    "withdraw": {"sure": "on"},
    "offer": {"answer": "accept"},
    "objection": {"text": "x"},
    "school_claim": {"name": "x", "place": "y"},
    "documents": {"kind": "photo"},
}
SECRETS = ("Bayu", "Rahmawan", "3205", "0070000001", "SMKN 1 CONTOH", "Garut", "84.25", "84,25", "2007", "+62812")


@pytest.fixture
def world(at, chance) -> World:
    return open_world(at, chance)


@pytest.fixture
def mine(world):
    """Return a sent registration full of what could leak."""
    return world.applicant()


def addresses(application) -> list[str]:
    """Return every page of a registration that can be read."""
    found = [page(name, application) for name in PAGES]
    found += [page("task", application, task=task) for task in TASKS]
    return [*found, page("file", application, kind="photo")]


def staff(world: World) -> dict[str, object]:
    """Return people who see registrations elsewhere, the school of the pupil among them."""
    at = {"at": world.at, "scope": world.programme.code}
    made = {
        role: world.person(role=role, scope=at["scope"]) for role in (Role.VERIFIER, Role.COORDINATOR, Role.AUDITOR)
    }
    return made | {Role.SCHOOL: world.person(role=Role.SCHOOL, scope=at["scope"], office="20200001")}


def test_a_stranger_finds_nothing_on_any_page(world, mine):
    other = signed_in(world.applicant(name="Rina", nik="3205013105070002").person)
    for address in addresses(mine):
        response = other.get(address)
        assert response.status_code == 404, address
        assert [secret for secret in SECRETS if secret in response.content.decode()] == []


def test_a_stranger_changes_nothing(world, mine):
    other = signed_in(world.person(phone="+6281234567899"))
    with unchanged():
        for name, sent in POSTS.items():
            assert other.post(page(name, mine), sent).status_code == 404, name
        for task in TASKS:
            assert other.post(page("task", mine, task=task), {"name": "x"}).status_code == 404, task


def test_officers_do_not_come_in_by_the_candidates_door(world, mine):
    assert Organisation.objects.get(npsn="20200001") == mine.school
    for role, person in staff(world).items():
        client = signed_in(person)
        assert [client.get(address).status_code for address in addresses(mine)] == [404] * len(addresses(mine)), role


def test_who_is_not_signed_in_is_asked_to_and_told_nothing(client, mine):
    for address in [*addresses(mine), page("application", mine).replace(mine.code, "A-00000000000")]:
        response = client.get(address)
        assert (response.status_code, response.url) == (302, f"/en/akun/masuk/?next={address}"), address


def test_another_programme_does_not_know_the_registration(mine):
    client = signed_in(mine.person)
    address = page("application", mine).replace(mine.intake.programme.code, "rusal-2026")
    assert client.get(address).status_code == 404


def test_personal_pages_stay_in_no_cache(mine):
    response = signed_in(mine.person).get(page("application", mine))
    assert response["Cache-Control"] == "no-store"


def test_a_receipt_shows_anybody_state_and_date_and_nothing_of_the_person(client, mine):
    told = shown(client.get(page("check_code", mine)))
    assert "Monday, 4 May 2026, 10:00 WIB" in told
    assert "<strong>Sent</strong>" in told
    assert [secret for secret in SECRETS if secret in told] == []


@pytest.mark.parametrize(
    "change", [str.lower, lambda c: c.replace("-", " "), lambda c: c[:2] + c[2:].replace("0", "o")]
)
def test_a_code_may_be_typed_carelessly(client, mine, change):
    here = page("check_code", mine).replace(f"{mine.code}/", "")
    response = client.get(here, {"code": change(mine.code)})
    assert response.url == page("check_code", mine)


@pytest.mark.parametrize("typed", ["A-00000000000", "hello", "R-0000000000", "../x"])
def test_an_unknown_code_says_what_to_do(client, mine, typed):
    here = page("check_code", mine).replace(f"{mine.code}/", "")
    response = client.get(here, {"code": typed}, follow=True)
    assert response.status_code == 404
    told = response.content.decode()
    assert "This code is not known" in told
    assert "Compare it with the receipt, letter by letter." in told


def test_a_registration_never_sent_and_one_of_another_programme_have_no_receipt(client, world, mine):
    draft = world.applicant(submitted=False, nik="3205013105070002")
    assert client.get(page("check_code", draft)).status_code == 404
    elsewhere = page("check_code", mine).replace(mine.intake.programme.code, "rusal-2026")
    assert client.get(elsewhere).status_code == 404


def test_the_receipts_picture_needs_no_style_of_its_own(mine):
    told = shown(signed_in(mine.person).get(page("receipt", mine)))
    assert "<svg" in told
    assert " style=" not in told
    assert "<style" not in told
