"""The coordinator's desk, step by step to the last offer, the call seen before it is done, the objection desk."""

import hashlib
import io

import pytest
from django.urls import reverse
from django.utils import translation

from rantau.applications.models import Application
from rantau.engine.flow import Role
from rantau.people import actions as people
from rantau.programmes.models import Intake
from rantau.selection import queries
from rantau.selection.models import Mark, Objection, Round
from tests.selection.build import HOUR, applicant, examined, final, frozen, objected, officer, provisional, world

pytestmark = pytest.mark.django_db
FIVE = {"ani": 9000, "budi": 8000, "citra": 7000, "dedi": 6000, "eka": 5600}
STEPS = ("intake_plan", "call", "freeze", "draw", "publish", "freeze_final", "offers", "objections")


@pytest.fixture
def browse(client):
    """Return a function that signs somebody in and opens a page by name, in English."""

    def go(person, name, *args, method="get", data=None, **query):
        if person is None:
            client.logout()
        elif client.session.get("_auth_user_id") != str(person.pk):
            client.force_login(person)
        with translation.override("en"):
            address = reverse(name, args=args)
        return getattr(client, method)(address, data or query)

    return go


def listed(at, chance, **marks):
    w = world(at, chance, *(marks or FIVE))
    examined(w, **(marks or FIVE))
    return w


# --- the journey -------------------------------------------------------------------------------------------------------
def test_the_desk_walks_from_the_freeze_to_the_seats(at, chance, browse):
    w = listed(at, chance)
    boss, scope = w.coordinator, w.scope

    def step():
        return browse(boss, "desk", scope).context["step"]

    assert (str(step()["title"]), step()["url"]) == (
        "Freeze the list and the rules",
        f"/en/program/{scope}/meja/bekukan/",
    )
    assert browse(boss, "freeze", scope).context["rows"] == 5
    day = {"on_0": "8", "on_1": "5", "on_2": "2026", "clock": "09.00"}
    named = {"source": "Sepuluh lemparan dadu", "substitutes": "Koin\r\n\r\n Lotre negara "}
    browse(boss, "freeze", scope, method="post", data={**named, **day})
    assert Round.objects.get().source == {
        "name": "Sepuluh lemparan dadu",
        "substitutes": ["Koin", "Lotre negara"],
        "planned": "2026-05-08T02:00:00+00:00",
    }
    assert (step()["code"], step()["url"]) == ("draw", "")
    w.later(72 * HOUR)
    proof = io.BytesIO(b"berita acara")
    proof.name = "bukti.pdf"
    assert "Lotre negara" in browse(boss, "draw", scope).content.decode()
    given = {"source": "Sepuluh lemparan dadu", "value": "4-2-6", "evidence": proof}
    browse(boss, "draw", scope, method="post", data=given)
    assert Round.objects.get().draw["evidence"] == hashlib.sha256(b"berita acara").hexdigest()
    assert (step()["code"], step()["direct"]) == ("run", True)
    browse(boss, "run", scope, method="post")
    page = browse(boss, "publish", scope)
    assert [(str(words), count) for words, count in page.context["counts"]] == [
        ("Selected", 2),
        ("Reserve", 2),
        ("No seat", 1),
    ]
    browse(boss, "publish", scope, method="post")
    assert (step()["code"], Round.objects.get().state) == ("window", "published")
    w.later(Round.objects.get().objections_until - w.at + HOUR)
    assert browse(boss, "freeze_final", scope).context["rows"] == 5
    browse(boss, "freeze_final", scope, method="post")
    browse(boss, "run", scope, method="post")
    assert step()["url"] == f"/en/program/{scope}/meja/umumkan/"
    assert "Publish and offer the seats" in browse(boss, "publish", scope).content.decode()
    browse(boss, "publish", scope, method="post")
    assert (step()["code"], browse(boss, "publish", scope).status_code) == ("offers", 302)
    assert [row["rank"] for row in browse(boss, "offers", scope).context["offers"]] == [1, 2]


def test_an_intake_is_planned_opened_and_closed(at, chance, browse):
    w = world(at, chance)
    Intake.objects.all().delete()
    assert browse(w.coordinator, "desk", w.scope).context["step"]["code"] == "plan"
    assert browse(w.coordinator, "call", w.scope).status_code == 404
    assert browse(w.coordinator, "intake_plan", w.scope, method="post", data={}).status_code == 422
    days = {"opens_0": 6, "opens_1": 5, "opens_2": 2026, "closes_0": 7, "closes_1": 5, "closes_2": 2026}
    assert browse(w.coordinator, "intake_plan", w.scope, method="post", data=days).status_code == 302
    assert Intake.objects.get().closes_at.isoformat() == "2026-05-07T16:59:59+00:00"
    browse(w.coordinator, "intake_open", w.scope, method="post")
    assert browse(w.coordinator, "desk", w.scope).context["step"]["ready"] is False
    assert browse(w.coordinator, "intake_close", w.scope, method="post").status_code == 409
    w.later(48 * HOUR)
    browse(w.coordinator, "intake_close", w.scope, method="post")
    assert Intake.objects.get().state == "closed"


def test_the_desk_says_what_is_not_published_yet(at, chance, browse):
    w = world(at, chance)
    Intake.objects.update(state="planned")
    version = Intake.objects.get().version
    text = version.text.replace(
        'tie_break = { value = ["employer_interview", "care_test", "report"], assumed = true, model = "rekaan" }',
        'tie_break = "unpublished"',
    )
    assert text != version.text
    ask = '[[asks]]\nabout = "selection"\noffice = "panti-contoh"\ntext.id = "Apa penentunya?"\n\n[[claims]]'
    text = text.replace("[[claims]]", ask, 1)
    type(version).objects.update(text=text)
    page = browse(w.coordinator, "desk", w.scope)
    assert [str(words) for words in page.context["missing"]] == ["what decides between equal totals"]
    assert browse(w.coordinator, "intake_open", w.scope, method="post").status_code == 409
    assert Intake.objects.get().state == "planned"


def test_everybody_is_seen_by_code_before_the_call(at, chance, browse):
    w = world(at, chance, "ani", "budi", "citra")
    Application.objects.update(state="submitted")
    wrong = {
        "code": "min_average",
        "severity": "error",
        "rule": "min_average",
        "source": "x",
        "facts": {"given": 6000, "needed": 7000},
    }
    Application.objects.filter(pk=w.people["budi"].pk).update(average=6000, findings=[wrong])
    page = browse(w.coordinator, "call", w.scope)
    plan = page.context["plan"]
    assert {group: sorted(row["code"] for row in rows) for group, rows in plan.items()} == {
        "exclude": [w.people["budi"].code],
        "call": sorted(w.people[name].code for name in ("ani", "citra")),
        "pass_over": [],
    }
    shown = page.content.decode()
    assert [a.person.name for a in w.people.values() if a.person.name in shown] == []
    assert "60.00" in shown
    assert set(Application.objects.values_list("state", flat=True)) == {"submitted"}
    browse(w.coordinator, "call", w.scope, method="post")
    assert sorted(Application.objects.values_list("state", flat=True)) == ["called", "called", "ineligible"]


def test_a_freeze_that_cannot_be_says_what_it_waits_for(at, chance, browse):
    w = world(at, chance, "ani")
    page = browse(w.coordinator, "freeze", w.scope)
    assert [(count, str(words)) for count, words in page.context["waiting"]] == [
        (1, "people are not called to every test")
    ]
    day = {"on_0": "8", "on_1": "5", "on_2": "2026", "clock": "09:00"}
    response = browse(
        w.coordinator, "freeze", w.scope, method="post", data={"source": "dadu", "substitutes": "koin", **day}
    )
    assert (response.status_code, Round.objects.count()) == (409, 0)
    response = browse(w.coordinator, "freeze", w.scope, method="post", data={"source": "", "clock": "x"})
    assert (response.status_code, sorted(response.context["form"].errors)) == (
        422,
        ["clock", "on", "source", "substitutes"],
    )


def test_what_is_late_and_what_waits_is_counted(at, chance, browse):
    w = listed(at, chance)
    provisional(w)
    objected(w, "ani")
    context = browse(w.coordinator, "desk", w.scope).context
    assert {row["name"]: row["count"] for row in context["waits"]} == {
        "school_claims": 0,
        "disputes": 0,
        "objections": 1,
        "exemptions": 0,
        "allocations": 0,
        "recovery": 0,
    }
    assert context["late"] == []
    w.later(queries.published(w.intake, "provisional").objections_until - w.at + 24 * 9 * HOUR)
    context = browse(w.coordinator, "desk", w.scope).context
    assert [(str(words), count) for words, count in context["late"]] == [
        ("The day announced for the final result is over.", 1)
    ]


def test_an_extra_seat_pushes_nobody_out(at, chance, browse):
    w = listed(at, chance)
    provisional(w)
    final(w)
    where = (w.scope, w.people["eka"].code)
    assert browse(w.coordinator, "extra_seat", *where).status_code == 200
    assert browse(w.coordinator, "extra_seat", *where, method="post", data={"reason": ""}).status_code == 422
    assert (
        browse(w.coordinator, "extra_seat", *where, method="post", data={"reason": "Nilai tertukar."}).status_code
        == 302
    )
    page = browse(w.coordinator, "offers", w.scope)
    assert ([row["rank"] for row in page.context["offers"]], page.context["extra"]) == ([1, 2, 5], 1)


# --- objections --------------------------------------------------------------------------------------------------------
def test_an_objection_is_upheld_with_the_corrected_mark(at, chance, browse):
    w = listed(at, chance)
    provisional(w)
    where = (w.scope, objected(w, "dedi").ref)
    page = browse(w.second, "objection_decide", *where)
    assert "Nilai saya tertukar." in page.content.decode()
    data = {"upheld": "1", "answer": "Lembar tertukar."}
    response = browse(w.second, "objection_decide", *where, method="post", data=data)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["value"])
    assert Objection.objects.get().state == "lodged"
    browse(w.second, "objection_decide", *where, method="post", data={**data, "value": "99"})
    kept = Mark.objects.get(application=w.people["dedi"], criterion="care_test")
    assert (Objection.objects.get().state, kept.value, kept.changed) == ("upheld", 9900, 1)
    assert "Lembar tertukar." in browse(w.second, "objections", w.scope).content.decode()
    assert 'name="upheld"' not in browse(w.second, "objection_decide", *where).content.decode()


def test_of_two_interview_marks_one_is_chosen(at, chance, browse):
    w = listed(at, chance)
    provisional(w)
    where = (w.scope, objected(w, "dedi", "employer_interview").ref)
    data = {"upheld": "1", "answer": "Lembar tertukar.", "value": "3"}
    response = browse(w.second, "objection_decide", *where, method="post", data=data)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["mark"])
    second = Mark.objects.filter(application=w.people["dedi"], criterion="employer_interview").last()
    browse(w.second, "objection_decide", *where, method="post", data={**data, "mark": second.ref})
    second.refresh_from_db()
    assert second.value == 300


def test_a_wrongly_refused_file_goes_on(at, chance, browse):
    w = world(at, chance)
    w.people["ani"] = applicant(w, "ani", step="refuse")
    where = (w.scope, objected(w, "ani", "").ref)
    assert (
        "A major that the programme does not take"
        in browse(w.other_verifier, "objection_decide", *where).content.decode()
    )
    data = {"upheld": "1", "answer": "Petugas keliru."}
    browse(w.other_verifier, "objection_decide", *where, method="post", data=data)
    assert Application.objects.get().state == "verified"


@pytest.mark.parametrize("name", ["verifier", "examiner"])
def test_who_took_part_is_told_so_and_cannot_decide(at, chance, browse, name):
    w = listed(at, chance)
    provisional(w)
    where = (w.scope, objected(w, "ani").ref)
    w.staff[name].grants.create(role="coordinator", scope=w.scope, from_at=w.at, given_by="x")
    shown = browse(w.staff[name], "objection_decide", *where).content.decode()
    assert ("You may not decide this objection." in shown, 'name="upheld"' in shown) == (True, False)
    assert "not yours" in browse(w.staff[name], "objections", w.scope).content.decode()
    data = {"upheld": "0", "answer": "Tetap."}
    response = browse(w.staff[name], "objection_decide", *where, method="post", data=data)
    assert (response.status_code, Objection.objects.get().state) == (409, "lodged")


@pytest.mark.parametrize("names", [("ani",), ("ani", "budi", "citra")])
def test_lists_take_the_same_queries_for_any_number(at, chance, browse, django_assert_num_queries, names):
    w = listed(at, chance)
    provisional(w)
    for name in names:
        objected(w, name)
    browse(w.second, "desk", w.scope)
    with django_assert_num_queries(16):
        assert len(browse(w.second, "objections", w.scope).context["open"]) == len(names)


@pytest.mark.parametrize("number", [1, 3])
def test_the_call_takes_the_same_queries_for_any_number(at, chance, browse, django_assert_num_queries, number):
    w = world(at, chance, *("ani", "budi", "citra")[:number])
    Application.objects.update(state="submitted")
    browse(w.coordinator, "desk", w.scope)
    with django_assert_num_queries(7):
        assert len(browse(w.coordinator, "call", w.scope).context["plan"]["call"]) == number


# --- who may not -------------------------------------------------------------------------------------------------------
def test_nobody_else_gets_in(at, chance, browse):
    w = listed(at, chance)
    frozen(w)
    elsewhere = officer("jauh", Role.COORDINATOR, "program-lain", w.at, w.chance)
    stranger = people.register(at=w.at, chance=w.chance, name="Orang luar")
    before = list(Round.objects.values_list("state", flat=True))
    for name in ("desk", *STEPS):
        assert (name, browse(None, name, w.scope).status_code) == (name, 302)
        for person in (elsewhere, stranger, w.auditor, w.examiner):
            response = browse(person, name, w.scope)
            leaked = [a.code for a in w.people.values() if a.code in response.content.decode()]
            assert (name, response.status_code, leaked) == (name, 403, [])
    for name in ("intake_open", "intake_close", "run"):
        assert browse(w.coordinator, name, w.scope).status_code == 405
        assert browse(elsewhere, name, w.scope, method="post").status_code == 403
    assert browse(elsewhere, "extra_seat", w.scope, w.people["ani"].code).status_code == 403
    assert browse(w.verifier, "objections", w.scope).status_code == 200
    assert browse(w.coordinator, "objection_decide", w.scope, "tidak-ada").status_code == 404
    assert list(Round.objects.values_list("state", flat=True)) == before
