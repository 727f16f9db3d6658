"""The own result, one objection, the answer to an offer: shown to their person, in their window, once."""

import pytest

from rantau.applications.models import Application
from rantau.selection import queries
from rantau.selection.actions import objections
from rantau.selection.models import Objection
from tests.selection import build
from tests.selection.build import DAY
from tests.web.candidate_build import page, shown, signed_in, unchanged

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(at, chance):
    """Return a world after the provisional result: ani and budi within the seats, citra and dodi in reserve, eko below."""
    made = build.world(at, chance, "ani", "budi", "citra", "dodi", "eko")
    build.examined(made, ani=9000, budi=8500, citra=8000, dodi=7000, eko=3000)
    build.provisional(made)
    return made


def door(w, name: str):
    """Return somebody's browser and registration, as it stands."""
    application = Application.objects.select_related("intake__programme", "intake__version").get(pk=w.people[name].pk)
    return signed_in(application.person), application


def test_the_own_result_has_marks_rank_reason_distance_and_the_code(w):
    client, mine = door(w, "citra")
    told = shown(client.get(page("application", mine)))
    line = queries.own_result(mine)
    for words in (
        "Your provisional result",
        "3 of 4 who have a rank",
        "80.00 of 100.00",
        "2.00 of 3.00",
        "Your rank lies behind the seats, within the reserve list.",
        "The person right above you has a higher total.",
        "points below that of the last selected.",
        line["salt"],
        f"/en/program/{w.scope}/hasil/",
    ):
        assert words in told, words
    assert line["code"].partition("-")[2][:4] in told


def test_a_failed_gate_names_the_test(w):
    client, mine = door(w, "eko")
    assert "The mark is below the pass mark in: Practical care test." in shown(client.get(page("application", mine)))


def test_nobody_elses_code_stands_on_the_page(w):
    client, mine = door(w, "citra")
    told = shown(client.get(page("application", mine)))
    others = [queries.own_result(door(w, name)[1])["salt"] for name in ("ani", "budi", "dodi", "eko")]
    assert [salt for salt in others if salt in told] == []


def test_one_objection_is_lodged_shown_and_answered(w):
    client, mine = door(w, "citra")
    here = page("objection", mine)
    assert "Practical care test" in shown(client.get(here))
    with unchanged():
        told = shown(client.post(here, {"text": "  "}))
    assert "Choose the test whose mark you mean." in told
    assert "Write what the officer did wrong." in told
    sent = {"criterion": "care_test", "text": "Nilai saya tertukar."}
    assert client.post(here, sent).url == page("application", mine)
    told = shown(client.get(page("application", mine)))
    assert "Nilai saya tertukar." in told
    assert "An officer who took no part in what it is about decides it" in told
    assert client.get(here).url == page("application", mine)
    objections.decide(
        objection=Objection.objects.get(), upheld=False, answer="Lembar sesuai.", person=w.second, at=w.at
    )
    told = shown(client.get(page("application", mine)))
    assert "No error of the officer was found." in told
    assert "Lembar sesuai." in told


def test_after_the_window_no_objection_is_offered_or_taken(w):
    client, mine = door(w, "citra")
    assert "Write an objection" in shown(client.get(page("application", mine)))
    w.later(30 * DAY)
    assert "Write an objection" not in shown(client.get(page("application", mine)))
    assert client.get(page("objection", mine)).url == page("application", mine)


def test_a_refused_registration_reads_its_reason_and_may_object(at, chance):
    w = build.world(at, chance)
    w.people["fani"] = build.applicant(w, "fani", step="refuse")
    client, mine = door(w, "fani")
    told = shown(client.get(page("application", mine)))
    assert "Your course of study is not among those the programme takes." in told
    assert "ditolak" not in told.lower()
    assert client.post(page("objection", mine), {"text": "Ijazah saya keperawatan."}).status_code == 302
    assert Objection.objects.get().against == "verification"


def offered(w):
    """Return the door of somebody who is offered a seat."""
    build.final(w)
    return door(w, "ani")


def test_an_offer_says_until_when_and_is_accepted(w):
    client, mine = offered(w)
    assert mine.state == "offered"
    assert "A seat is yours if you want it." in shown(client.get(page("application", mine)))
    here = page("offer", mine)
    assert "No answer by then counts as no." in shown(client.get(here))
    with unchanged():
        assert "Choose yes or no." in shown(client.post(here))
    assert client.post(here, {"answer": "accept"}).url == page("application", mine)
    mine.refresh_from_db()
    assert mine.state == "accepted"
    assert "You have a seat. Congratulations." in shown(client.get(page("application", mine)))
    assert client.get(here).url == page("application", mine)


def test_a_declined_seat_goes_to_the_next(w):
    client, mine = offered(w)
    client.post(page("offer", mine), {"answer": "decline"})
    assert build.states(w) | {"eko": ""} == {
        "ani": "declined", "budi": "offered", "citra": "offered", "dodi": "reserve", "eko": ""
    }  # fmt: skip
    assert "You declined the seat." in shown(client.get(page("application", mine)))


def test_silence_is_shown_as_such_and_a_late_yes_is_refused(w):
    client, mine = offered(w)
    w.later(mine.answer_by - w.at + DAY)
    assert "No answer came by the deadline" in shown(client.get(page("application", mine)))
    with unchanged():
        assert client.post(page("offer", mine), {"answer": "accept"}).status_code == 409


def test_nobody_answers_for_somebody_else(w):
    _, mine = offered(w)
    other, _ = door(w, "budi")
    with unchanged():
        assert other.post(page("offer", mine), {"answer": "decline"}).status_code == 404
