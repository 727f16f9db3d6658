"""The guardian's page: plain words, the first name alone, one agreement."""

import pytest

from rantau.people import actions, queries, vault
from rantau.people.models import Guardian

SENT = {"name": "Aminah binti Usman", "relation": "mother", "agree": "on"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def siti(at, chance):
    actions.ensure_system(at=at, chance=chance)
    return actions.register(at=at, chance=chance, name="Siti Nurhaliza", phone="+6281234567890", email="siti@contoh.id")


@pytest.fixture
def link(siti, at, chance):
    return f"/en/wali/{actions.ask_guardian(person=siti, at=at, chance=chance)}/"


def test_before_the_agreement_the_page_knows_the_first_name_alone(client, link):
    response = client.get(link)
    shown = response.content.decode()
    assert response.status_code == 200
    assert "Siti asks for your agreement" in shown
    assert [word for word in ("Nurhaliza", "+62812", "siti@contoh.id") if word in shown] == []


def test_no_address_leaks_and_nothing_is_indexed_or_kept(client, link):
    for response in (client.get(link), client.post(link, SENT)):
        assert response["Referrer-Policy"] == "same-origin"
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert "no-store" in response["Cache-Control"]


def test_a_guardian_agrees_and_the_page_says_when(client, link, siti):
    response = client.post(link, SENT)
    assert (response.status_code, response.url) == (302, link)
    kept = Guardian.objects.get()
    assert (kept.relation, vault.unseal_text(siti, "guardian", kept.name)) == ("mother", "Aminah binti Usman")
    assert queries.guardian_agreed(siti)
    shown = client.get(link).content.decode()
    assert "The agreement was given on" in shown
    assert "Aminah" not in shown


def test_a_second_agreement_is_refused_and_changes_nothing(client, link):
    client.post(link, SENT)
    before = Guardian.objects.values().get()
    assert client.post(link, SENT | {"name": "Orang Lain"}).status_code == 409
    assert Guardian.objects.values().get() == before


@pytest.mark.parametrize("lacking", ["name", "relation", "agree"])
def test_an_agreement_needs_all_three(client, link, lacking):
    response = client.post(link, {key: value for key, value in SENT.items() if key != lacking})
    assert list(response.context["form"].errors) == [lacking]
    assert Guardian.objects.get().agreed_at is None


def test_a_wrong_or_replaced_link_opens_nothing(client, link, siti, at, chance):
    actions.ask_guardian(person=siti, at=at, chance=chance)
    assert [client.get(url).status_code for url in (link, "/en/wali/x/")] == [404, 404]
    assert client.post(link, SENT).status_code == 404
    assert Guardian.objects.get().agreed_at is None
