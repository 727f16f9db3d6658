"""The last stretch on its pages: asked for visas, cleared, left, arrived, missing, home again; and who reads what of it."""

import datetime as dt

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from rantau.applications.models import Application
from rantau.departure.actions import kin
from rantau.departure.models import Clearance, Group, Homeward, Visa
from rantau.departure.queries import family
from rantau.web.leaving import cards
from tests.departure import build, leaving
from tests.departure.build import DAY, HOUR, way

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(visit):
    """Return a function that opens or sends a page of the programme as an officer, or as somebody on the way."""

    def go(w, by, page, *args, **more):
        person = w.staff[by] if by in w.staff else w.people[by].person
        return visit(person, page, w.scope, *args, **more)

    return go


def clock(name, at):
    local = at.astimezone(dt.timezone(dt.timedelta(hours=7)))
    return {
        f"{name}_on_0": str(local.day),
        f"{name}_on_1": str(local.month),
        f"{name}_on_2": str(local.year),
        f"{name}_time": f"{local:%H:%M}",
    }


def plan(**more):
    days = clock("departs", leaving.LEAVES) | clock("arrives", leaving.LEAVES + 20 * HOUR)
    return (
        days | {"route": "Jakarta – Moskow", "gather": "Terminal 3", "met_by": "KBRI", "met_phone": "+7 495 1"} | more
    )


def test_people_leave_by_the_pages_of_the_desk(at, chance, desk):
    w = build.world(at, chance)
    leaving.ready(w, "ani", "budi")
    codes = {name: way(w, name).code for name in build.FOUR}
    assert "has not allowed the embassy" in desk(w, "coordinator", "visa_desk").words
    assert desk(w, "ani", "own_visa", w.people["ani"].code, post=True, data={"permit": "yes"}).status_code == 302
    asked = desk(w, "coordinator", "visa_ask", post=True, data={"people": [codes["ani"]]})
    assert (asked.status_code, Visa.objects.get().state) == (302, "asked")
    answer = {"people": [Visa.objects.get().ref], "answer": "issue"}
    late = desk(w, "host_mission", "visa_answer", post=True, data=answer)
    assert (late.status_code, Visa.objects.get().state) == (422, "asked")
    answer |= {"valid_from_0": "1", "valid_from_1": "6", "valid_from_2": "2027"}
    answer |= {"valid_until_0": "1", "valid_until_1": "9", "valid_until_2": "2027"}
    assert desk(w, "host_mission", "visa_answer", post=True, data=answer).status_code == 302
    assert desk(w, "coordinator", "group_plan", post=True, data=plan(met_by="")).status_code == 302
    group = Group.objects.get()
    desk(w, "coordinator", "group_people", group.code, post=True, data={"put": "yes", "people": [codes["ani"]]})
    refused = desk(w, "coordinator", "group_step", group.code, "announce", post=True)
    assert "Name who meets the group" in refused.words
    assert desk(w, "coordinator", "group_change", group.code, post=True, data=plan()).status_code == 302
    assert desk(w, "coordinator", "group_step", group.code, "announce", post=True).status_code == 302
    assert "KBRI" in desk(w, "ani", "own_leaving", w.people["ani"].code).words
    board = desk(w, "coordinator", "leaving_desk")
    assert [row["way"].code for row in board.context["ready"]] == [codes["ani"]]
    assert len(board.context["lacking"]) == 3
    assert desk(w, "coordinator", "leaving_step", codes["ani"], "clear", post=True).status_code == 302
    assert "Computed again: nothing was missing" in desk(w, "coordinator", "leaving_person", codes["ani"]).words
    w.later(leaving.LEAVES + HOUR - w.at)
    assert desk(w, "coordinator", "group_step", group.code, "depart", post=True).status_code == 302
    assert "I have arrived" in desk(w, "ani", "own_leaving", w.people["ani"].code).words
    w.later(DAY)
    address = {"address": "Ulitsa Rahasia 7"}
    assert desk(w, "ani", "own_arrived", w.people["ani"].code, post=True, data=address).status_code == 302
    assert "Ulitsa Rahasia 7" in desk(w, "ani", "own_leaving", w.people["ani"].code).words
    assert desk(w, "coordinator", "group_step", group.code, "close", post=True).status_code == 302
    assert leaving.states(w) == {"ani": "arrived", "budi": "preparing", "citra": "preparing", "dedi": "preparing"}


def test_the_embassy_of_the_host_country_reads_name_code_and_day(at, chance, desk):
    w = build.world(at, chance)
    leaving.ready(w, "ani", "budi")
    leaving.visa(w, "ani", issued=False)
    page = desk(w, "host_mission", "visa_list")
    person = w.people["ani"].person
    assert (person.name in page.words, way(w, "ani").code in page.content.decode()) == (True, True)
    other = w.people["budi"].person
    told = [other.name, way(w, "budi").code, w.people["ani"].code, person.phone or "-", "SMK", "passport", "Kota"]
    assert [one for one in told if one in page.content.decode().split("<main")[1]] == []
    for name in ("leaving_desk", "visa_desk", "arrivals", "homewards", "exchange"):
        assert desk(w, "host_mission", name).status_code in (403, 404), name
    for officer in ("employer", "home_mission", "verifier"):
        assert desk(w, officer, "visa_list").status_code == 403


def test_somebody_missing_is_shown_with_whom_one_may_call(at, chance, desk):
    w = build.world(at, chance)
    leaving.departed(w, "ani", "budi")
    for name, called, of in (("ani", "Ibu Ani", ("arrival",)), ("budi", "Ibu Budi", ("illness",))):
        said = {"called": called, "phone": "+6281299990000", "of": of, "wording": "0" * 64}
        kin.name(clearance=way(w, name), person=w.people[name].person, at=w.at, chance=w.chance, **said)
    w.later(2 * DAY)
    leaving.due(w)
    page = desk(w, "home_mission", "arrivals")
    assert ("Ibu Ani" in page.words, "Ibu Budi" in page.words) == (False, False)
    opened = desk(w, "home_mission", "arrival_kin", way(w, "ani").code, post=True)
    assert ("Ibu Ani" in opened.words, "Ibu Budi" in opened.words) == (True, False)
    assert [one.role for one in family.readings(way(w, "ani"))] == ["home_mission"]
    for person, name in (("home_mission", "budi"), ("coordinator", "ani")):
        assert "Ibu" not in desk(w, person, "arrival_kin", way(w, name).code, post=True).words
    assert len(page.context["missing"]) == 2
    assert "Ibu Ani" not in desk(w, "coordinator", "arrivals").words
    early = {"people": [way(w, "ani").code]} | clock("arrived", leaving.LEAVES - HOUR)
    assert desk(w, "home_mission", "arrivals_report", post=True, data=early).status_code == 422
    there = early | clock("arrived", leaving.LEAVES + 20 * HOUR)
    assert desk(w, "home_mission", "arrivals_report", post=True, data=there).status_code == 302
    assert leaving.states(w)["ani"] == "arrived"
    assert desk(w, "employer", "arrivals").status_code == 403


def test_coming_home_asks_nothing_and_shows_why_to_few(at, chance, desk):
    w = build.world(at, chance)
    leaving.departed(w, "ani", "budi")
    page = desk(w, "ani", "own_homeward", w.people["ani"].code)
    assert "Nobody has said who pays" in page.words or "Who pays the way home" in page.words
    assert desk(w, "ani", "own_homeward", w.people["ani"].code, post=True).status_code == 302
    said = {"reason": "illness", "note": "Catatan rahasia sakit"}
    opened = desk(w, "home_mission", "homeward_open", way(w, "budi").code, post=True, data=said)
    assert opened.status_code == 302
    home = Homeward.objects.get(clearance=way(w, "budi"))
    assert "Catatan rahasia sakit" in desk(w, "protector", "homeward", home.code).words
    seen = desk(w, "coordinator", "homeward", home.code)
    assert (seen.status_code, "rahasia" in seen.words, "illness" in seen.words) == (200, False, False)
    for officer in ("host_mission", "employer", "verifier"):
        assert desk(w, officer, "homeward", home.code).status_code == 403
        assert desk(w, officer, "homewards").status_code == 403
    days = (
        clock("travels", w.at + DAY) | clock("arrives", w.at + 2 * DAY) | {"route": "–", "met_by": "BP3MI", "payer": ""}
    )
    assert desk(w, "coordinator", "homeward_step", home.code, "plan", post=True, data=days).status_code == 302
    assert "no debt of yours" in desk(w, "budi", "own_leaving", w.people["budi"].code).words
    for step in ("travel", "arrive"):
        assert desk(w, "home_mission", "homeward_step", home.code, step, post=True).status_code == 302
    last = desk(w, "home_mission", "homeward_step", home.code, "close", post=True, data={"outcome": "Sudah pulang."})
    assert (last.status_code, Homeward.objects.get(pk=home.pk).state) == (302, "closed")
    assert desk(w, "ani", "own_homeward_step", w.people["ani"].code, "stay", post=True).status_code == 302


def test_the_card_says_what_is_next(at, chance):
    w = build.world(at, chance)
    leaving.group(w, "ani", announced=True)

    def card(name):
        found = cards.own(way(w, name), person=w.people[name].person, at=w.at)
        return " ".join(render_to_string("leaving/parts/own.html", {"card": found}).split())

    with translation.override("en"):
        assert "Departure: Monday, 7 June 2027" in card("ani")
        assert f"{(build.DEPARTS - w.at.date()).days} days left" in card("ani")
        assert "The day of departure is not set for you yet." in card("budi")


def test_a_refusal_is_read_by_the_person_with_what_they_can_do(at, chance, desk):
    w = build.world(at, chance)
    code = way(w, "ani").code
    empty = desk(w, "coordinator", "leaving_step", code, "refuse", post=True, data={"reason": "medical", "note": ""})
    assert (empty.status_code, way(w, "ani").state) == (422, "preparing")
    said = {"reason": "medical", "note": "Surat dokter 3 Mei."}
    assert desk(w, "coordinator", "leaving_step", code, "refuse", post=True, data=said).status_code == 302
    own = desk(w, "ani", "own_leaving", w.people["ani"].code)
    assert "It is no verdict on you." in own.words
    assert "Surat dokter 3 Mei." in own.words
    assert "Cannot leave" in desk(w, "ani", "application", w.people["ani"].code).words
    assert Application.objects.filter(state="offered").count() == 1
    assert desk(w, "budi", "own_leaving", w.people["ani"].code).status_code == 404
    assert desk(w, "budi", "own_withdraw", w.people["budi"].code, post=True).status_code == 302
    assert Clearance.objects.get(pk=way(w, "budi").pk).state == "withdrawn"
