"""The coordinator's pages of the examiners: pieces dealt out, raw and adjusted marks beside each other, why not, whom to ask."""

import pytest
from django.urls import reverse
from django.utils import translation

from rantau.selection.models import Duty, Mark
from tests.selection.build import mark, sat, world
from tests.selection.twice import dealt, duty, judged, twice

pytestmark = pytest.mark.django_db


@pytest.fixture
def browse(client):
    """Return a function that signs somebody in and opens a page by name, in English."""

    def go(person, name, *args, method="get", data=None):
        client.force_login(person)
        with translation.override("en"):
            return getattr(client, method)(reverse(name, args=args), data or {})

    return go


def test_the_pieces_of_a_session_are_dealt_out_to_those_chosen(at, chance, browse):
    w = twice(at, chance, "ani", "budi")
    session = sat(w)["ani"].session
    where = ("session_examiners", w.scope, session.code)
    assert reverse("session_examiners", args=where[1:]) in browse(
        w.coordinator, "attendance", w.scope, session.code
    ).content.decode().replace("/en/", "/")
    shown = browse(w.coordinator, *where)
    assert [who.name in shown.content.decode() for who in (w.examiner, w.colleague, w.third)] == [True] * 3
    wrong = browse(w.coordinator, *where, method="post", data={"examiners": []})
    assert (wrong.status_code, "Choose at least two examiners." in wrong.content.decode()) == (422, True)
    data = {"examiners": [w.examiner.ref, w.colleague.ref]}
    assert browse(w.coordinator, *where, method="post", data=data).status_code == 302
    assert {d.examiner for d in Duty.objects.all()} == {w.examiner, w.colleague}
    page = browse(w.coordinator, *where).content.decode()
    assert f"{w.examiner.name}: 2 pieces" in page
    assert page.count(" checked") == 2


def test_a_session_that_one_judges_has_no_such_page(at, chance, browse):
    w = world(at, chance, "ani")
    session = sat(w)["ani"].session
    assert browse(w.coordinator, "session_examiners", w.scope, session.code).status_code == 404
    assert "penguji/" not in browse(w.coordinator, "attendance", w.scope, session.code).content.decode().replace(
        "nilai/penguji/", ""
    )
    page = browse(w.coordinator, "examiners", w.scope).content.decode()
    assert "No test of this programme is judged by two examiners" in page


def test_raw_marks_stand_with_the_reason_why_nothing_is_adjusted(at, chance, browse):
    w = twice(at, chance, "ani", "budi")
    judged(w, ani=(8000, 8600), budi=(6000, 7200))
    page = browse(w.coordinator, "examiners", w.scope)
    shown = page.content.decode()
    assert "fewer than 15 pieces" in shown
    assert "83.00" in shown
    assert "rehearsal assumption" in shown
    assert "marks too far apart" in shown
    assert "waits for the third examiner" in shown
    (panel,) = page.context["panels"]
    assert sorted((row["raw"] or 0, row["adjusted"], bool(row["waits"])) for row in panel["rows"]) == [
        (0, None, True),
        (8300, None, False),
    ]
    assert [a.person.name for a in w.people.values() if a.person.name in shown] == []


def test_an_examiner_marks_only_what_was_given_to_them(at, chance, browse):
    w = twice(at, chance, "ani")
    sitting = sat(w)["ani"]
    where = ("pieces", w.scope, sitting.session.code, "care_test")
    assert "No piece of this session is given to you yet" in browse(w.examiner, *where).content.decode()
    dealt(w, sitting)
    parts = duty(w)
    first, third = w.staff[parts["pair"][0]], w.staff[parts["third"][0]]
    assert sitting.piece in browse(first, *where).content.decode().replace(" ", "")
    data = {f"mark-{sitting.piece}": "80", "keep": "1"}
    browse(third, *where, method="post", data=data)
    assert Mark.objects.count() == 0
    browse(first, *where, method="post", data=data)
    assert Mark.objects.get().examiner == first


def test_the_desk_says_who_is_asked_to_deal_and_to_look_again(at, chance, browse):
    w = twice(at, chance, "ani")
    sitting = sat(w)["ani"]
    assert "Deal the pieces out to pairs of examiners" in browse(w.coordinator, "desk", w.scope).content.decode()
    dealt(w, sitting)
    mark(w, sitting, "employer_interview", 200)
    assert "Deal the pieces out to pairs" not in browse(w.coordinator, "desk", w.scope).content.decode()
    asked = browse(w.coordinator, "examiners", w.scope, method="post")
    assert (asked.status_code, "something is still open" in asked.content.decode()) == (409, True)


@pytest.mark.parametrize("number", [1, 3])
def test_the_panel_takes_the_same_queries_for_any_number(at, chance, browse, django_assert_num_queries, number):
    w = twice(at, chance, *"abc"[:number])
    judged(w, **dict.fromkeys(w.people, (8000, 8200)))
    browse(w.coordinator, "examiners", w.scope)
    with django_assert_num_queries(35):
        assert len(browse(w.coordinator, "examiners", w.scope).context["panels"][0]["rows"]) == number
