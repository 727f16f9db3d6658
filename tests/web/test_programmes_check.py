"""The self-check: nothing asked in vain, unknown shown as unknown, nothing left behind."""

import pytest
from django.contrib.sessions.models import Session

from rantau.ledger.models import Entry
from rantau.people.models import Person
from tests.web import build_programmes as build

pytestmark = pytest.mark.django_db
BORN = {"birth_on_0": "31", "birth_on_1": "5", "birth_on_2": "2007"}
FULL = BORN | {"graduated": "2025", "major": "welding", "average": "82.5"}
REAL, PLAYED = "/program/rusal-2026/cek/", "/program/rusal-2026-peragaan/cek/"


@pytest.fixture(autouse=True)
def _programmes(at, chance):
    build.real(at=at, chance=chance)
    build.played(at=at, chance=chance)


def words(response):
    return {row.code: str(row.words) for row in response.context["rows"]}


@pytest.mark.parametrize("prefix", build.LANGUAGES)
def test_only_what_can_be_compared_is_asked(client, prefix):
    asked = {path: list(client.get(prefix + path).context["form"].fields) for path in (REAL, PLAYED)}
    assert asked == {REAL: ["birth_on"], PLAYED: ["birth_on", "graduated", "major", "average"]}


@pytest.mark.parametrize(
    ("prefix", "unknown", "title"),
    [
        ("", "belum bisa dipastikan", "Sejauh yang diketahui, tidak ada halangan"),
        ("/en", "nobody can say yet", "Nothing known stands against it"),
        ("/ru", "пока никто не скажет", "Насколько известно, препятствий нет"),
    ],
)
def test_what_nobody_announced_is_shown_as_unknown(client, prefix, unknown, title):
    response = client.post(prefix + REAL, BORN)
    page = response.content.decode()
    names = ("min_age", "max_age", "graduated_from", "graduated_to", "majors", "min_average")
    assert {code: text for code, text in words(response).items() if code != "departure_age"} == dict.fromkeys(
        names, unknown
    )
    assert title in page
    assert page.count("KP2MI") >= len(names)


def test_what_fits_and_what_does_not(client):
    fits = words(client.post("/en" + PLAYED, FULL))
    assert set(fits.values()) == {"fits"}
    other = client.post("/en" + PLAYED, FULL | {"major": "other", "average": "70"})
    assert {code for code, text in words(other).items() if text == "does not fit"} == {"majors", "min_average"}
    assert other.context["misfit"] is True


def test_who_departs_under_18_does_not_fit_by_law(client):
    young = words(client.post("/en" + PLAYED, FULL | {"birth_on_2": "2009"}))
    assert (young["departure_age"], young["min_age"]) == ("does not fit", "does not fit")


def test_the_requirement_shows_who_set_it(client):
    page = client.post("/en" + PLAYED, FULL).content.decode()
    assert [text for text in ("UU 18/2017 art. 5", "rehearsal assumption", "75.00", "2024") if text not in page] == []
    assert "[33]" not in page


def test_an_unanswered_question_is_no_misfit(client):
    response = client.post("/en" + PLAYED, BORN)
    assert words(response)["min_average"] == "you did not answer this"
    assert response.context["misfit"] is False


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"birth_on_0": ""}, "Write the day, month and year of your birth."),
        ({"birth_on_1": "13"}, "The month is a number from 1 to 12."),
        ({"birth_on_0": "31", "birth_on_1": "2"}, "This date does not exist. Check the day and the month."),
        ({"average": "101"}, "Write the average as a number from 0 to 100, for example 82.5."),
        ({"graduated": "25"}, "The year has four digits, for example 2026."),
    ],
)
def test_an_answer_that_cannot_be_read_says_how_to_mend_it(client, change, message):
    page = client.post("/en" + PLAYED, FULL | change).content.decode()
    assert page.count(message) == 2  # above the form, and at its field


def test_nothing_is_left_behind(client, caplog):
    before = (Entry.objects.count(), Person.objects.count())
    response = client.post(REAL, BORN)
    assert (Entry.objects.count(), Person.objects.count(), Session.objects.count()) == (*before, 0)
    assert {name for name in response.cookies if name != "csrftoken"} == set()
    assert "no-store" in response["Cache-Control"]
    assert "2007" not in response.content.decode()
    assert "2007" not in caplog.text


def test_answers_in_an_address_are_not_read(client):
    response = client.get(REAL, BORN)
    assert (response.context.get("rows"), response.context["form"].is_bound) == (None, False)
