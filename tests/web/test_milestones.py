"""The pages of milestones: what is known and what cannot be earlier, drawn and said; a slip; an officer's record."""

import datetime as dt
import html

import pytest
from django.utils import translation

from rantau.engine.chance import seeded
from rantau.engine.flow import Role
from rantau.engine.milestones import Node, plan
from rantau.people import actions as people
from rantau.programmes import actions, queries
from rantau.programmes.models import Reached
from rantau.web.coordination import drawing
from tests.figures.build import published
from tests.programmes.build import everything
from tests.web import build_programmes as build

pytestmark = pytest.mark.django_db
CLOCK = dt.datetime(2026, 1, 27, 3, tzinfo=dt.UTC)
BY_HAND = build.text("rusal-2026").replace('by = "agreement"\nagreement = "mou"', 'by = "hand"')
LANGUAGES = pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("", ("Pendaftaran belum bisa dibuka", "MoU berlaku", "paling cepat", "belum diumumkan")),
        ("/en", ("Registration cannot open yet", "Memorandum (MoU) in force", "no earlier than", "not announced")),
        ("/ru", ("Регистрацию открыть пока нельзя", "Меморандум (MoU) действует", "не раньше", "не объявлено")),
    ],
)


@pytest.fixture
def played(at, chance):
    """Return the rehearsal on the day after the meeting; the memorandum is shown by an officer's word."""
    assumptions, person = build.text("rusal-2026.assumptions"), people.ensure_system(at=at, chance=chance)
    return actions.store(text=BY_HAND, assumptions=assumptions, person=person, at=CLOCK, clock_at=CLOCK)


def said(response):
    return html.unescape(" ".join(response.content.decode().split()))


def officer(programme, role=Role.MINISTRY, name="one"):
    person = people.register(at=CLOCK, chance=seeded(name), name=name, rehearsal=True)
    people.grant(to=person, role=role, scope=programme.code, at=CLOCK, person=person)
    return person


@LANGUAGES
def test_of_the_real_programme_everything_open_is_no_earlier_than_today(client, at, chance, prefix, words):
    build.real(at=at, chance=chance)
    page = said(client.get(f"{prefix}/program/rusal-2026/tonggak/"))
    assert [word in page for word in words] == [True] * 4
    assert 'class="assumed"' not in page
    assert 'class="critical"' not in page
    assert page.count('class="open-end"') == 8
    assert "?tonggak=memorandum&geser=60#slip" in page
    assert f'{prefix}/program/rusal-2026/tonggak/"' in said(client.get(f"{prefix}/program/rusal-2026/"))


@LANGUAGES
def test_a_rehearsal_plans_by_what_it_assumes_and_says_so(client, played, prefix, words):
    page = said(client.get(f"{prefix}/program/{played.code}/tonggak/"))
    assert [word in page for word in words[:2]] == [True, True]
    assert (page.count('class="open-end"'), page.count('class="work"'), page.count("work work-critical")) == (0, 2, 3)
    assert page.count('class="gantt-critical"') == 5
    assert 'class="assumed"' in page


def test_a_slip_is_shown_in_days_and_with_what_is_missed(client, played):
    address = f"/en/program/{played.code}/tonggak/"
    assert "?tonggak=technical-proposal&geser=60#slip" in said(client.get(address))
    page = said(client.get(address, {"tonggak": "memorandum", "geser": 60}))
    assert "If “Memorandum (MoU) in force” comes 60 days later" in page
    assert "1 May 2026 → <strong>9 June 2026</strong> · 39 days later" in page
    assert "September 2026 – September 2027 → <strong>October 2026 – October 2027</strong>" in page
    missed = page.split("These announced times are then missed:")[1].split("</ul>")[0]
    assert ("Registration opens" in missed, "Departure" in missed, "Final result" in missed) == (True, True, False)
    page = said(client.get(address, {"tonggak": "memorandum", "geser": 51}))
    assert "No announced time is missed: there was room of 51 days." in page


@pytest.mark.parametrize(
    "asked", [{"tonggak": "talks", "geser": 60}, {"tonggak": "memorandum", "geser": "-1"}, {"tonggak": "", "geser": 9}]
)
def test_a_slip_that_cannot_be_is_asked_again(client, played, asked):
    response = client.get(f"/en/program/{played.code}/tonggak/", asked)
    assert (response.status_code, "This has to be mended first" in said(response)) == (422, True)
    assert 'id="slipped"' not in said(response)


def test_a_programme_without_milestones_says_so(client, at, chance):
    person = people.ensure_system(at=at, chance=chance)
    made = actions.store(text=build.text("contoh-jepang"), person=person, at=at, clock_at=at)
    page = said(client.get(f"/en/program/{made.code}/tonggak/"))
    assert ("nothing is written about what has to come first" in page, "<h2" in page) == (True, False)
    assert "/tonggak/" not in said(client.get(f"/en/program/{made.code}/"))


def test_an_officer_records_with_evidence_and_a_second_one_withdraws(client, played):
    first, second = officer(played), officer(played, Role.COORDINATOR, "two")
    desk = f"/en/program/{played.code}/meja/tonggak/memorandum/"
    client.force_login(first)
    assert f'href="{desk}"' in said(client.get(f"/en/program/{played.code}/tonggak/"))
    assert "First meeting · <span" in said(client.get(desk))
    sent = {"on_0": 27, "on_1": 1, "on_2": 2026, "note": "Naskah <b>bertanda</b> tangan", "source_title": "Siaran pers"}
    response = client.post(desk, sent | {"source_address": "https://contoh.id/mou"})
    assert (response.status_code, response.url) == (302, f"/en/program/{played.code}/tonggak/")
    page = client.get(response.url).content.decode()
    assert "Naskah &lt;b&gt;bertanda&lt;/b&gt; tangan" in page
    assert 'href="https://contoh.id/mou" rel="noopener nofollow external">Siaran pers</a>' in page
    assert "another officer withdraws it" in said(client.get(desk))
    assert client.post(f"{desk}cabut/").status_code == 409
    client.force_login(second)
    assert "Withdraw what was recorded" in said(client.get(desk))
    assert client.post(f"{desk}cabut/").status_code == 302
    assert Reached.objects.get().state == "withdrawn"
    assert "bertanda" not in client.get(response.url).content.decode()
    assert client.post(f"{desk}cabut/").status_code == 404


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"on_0": 28}, "has not come yet"),
        ({"on_0": 25}, "was not reached by that day: First meeting."),
        ({"note": " "}, "Without evidence nothing is recorded."),
        ({"source_address": "contoh"}, "Write a whole address"),
    ],
)
def test_what_cannot_be_recorded_is_asked_again_and_leaves_nothing(client, played, changed, words):
    client.force_login(officer(played))
    before = everything()
    sent = {"on_0": 27, "on_1": 1, "on_2": 2026, "note": "Naskah", "source_title": "", "source_address": ""} | changed
    response = client.post(f"/en/program/{played.code}/meja/tonggak/memorandum/", sent)
    assert (response.status_code, words in said(response)) == (422, True)
    assert everything() == before


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("", "Yang harus lebih dulu tercapai belum tercapai: Proposal teknis berlaku, MoU berlaku."),
        ("/en", "is not reached: Technical proposal in force, Memorandum (MoU) in force."),
        ("/ru", "что должно произойти раньше: Техническое предложение действует, Меморандум (MoU) действует."),
    ],
)
def test_registration_that_may_not_open_yet_says_what_is_missing_by_name(client, played, prefix, words):
    person = officer(played, Role.COORDINATOR)
    actions.plan_intake(
        programme=played,
        opens_at=CLOCK,
        closes_at=CLOCK + dt.timedelta(days=9),
        person=person,
        at=CLOCK,
        chance=seeded("intake"),
    )
    client.force_login(person)
    desk = said(client.get(f"{prefix}/program/{played.code}/meja/"))
    assert (f'href="{prefix}/program/{played.code}/tonggak/"' in desk, '<button class="button" disabled>' in desk) == (
        True,
        True,
    )
    before = everything()
    with translation.override(prefix[1:] or "id"):
        response = client.post(f"{prefix}/program/{played.code}/meja/buka/")
    assert (response.status_code, words in said(response)) == (409, True)
    assert (everything(), queries.intake(played).state) == (before, "planned")


def test_what_comes_after_the_selection_can_be_recorded_once_its_result_is_published(client, at, chance):
    w = published(at, chance)
    client.force_login(w.coordinator)
    desk, on = f"/en/program/{w.scope}/meja/tonggak/visas/", queries.day(w.at)
    sent = {"on_0": on.day, "on_1": on.month, "on_2": on.year, "note": "Rekaan"}
    early = client.post(desk, sent | {"on_0": on.day - 1})
    assert (early.status_code, "was not reached by that day: Hasil akhir diumumkan." in said(early)) == (422, True)
    assert client.post(desk, sent).status_code == 302
    assert [(row.milestone, row.on) for row in Reached.objects.all()] == [("visas", on)]


def test_bars_lie_on_one_scale_and_inside_it():
    nodes = [
        Node(code="a", first=dt.date(2026, 1, 26), last=dt.date(2026, 1, 26), reached=dt.date(2026, 1, 26)),
        Node(code="b", after=("a",), days=45, first=dt.date(2026, 1, 1), last=dt.date(2026, 1, 31)),
    ]
    found = plan(nodes, today=dt.date(2026, 1, 27))
    on = drawing.scale(drawing.days_of(nodes, found.rows, dt.date(2026, 1, 27)))
    assert (on.first, on.end) == (dt.date(2026, 1, 1), dt.date(2026, 5, 1))
    assert [month["x"] for month in on.months] == ["0.00%", "25.83%", "49.17%", "75.00%"]
    assert drawing.bar(nodes[1], found.rows[1], on, critical=True) == {
        "announced": {"x": "0.00%", "width": "25.83%"},
        "work": {"x": "20.83%", "width": "37.50%"},
        "late": {"x": "25.00%", "width": "33.33%"},
        "x": "58.33%",
        "reached": False,
        "open": False,
        "critical": True,
    }
    assert drawing.move(dt.date(2026, 1, 1), dt.date(2026, 5, 1), on) == {
        "from": "0.00%",
        "to": "100.00%",
        "way": {"x": "0.00%", "width": "100.00%"},
    }
    assert [on.span(dt.date(2026, 5, 1), dt.date(2026, 5, 1))["x"], on.x(dt.date(2025, 1, 1))] == ["98.80%", 0]
    assert len(drawing.scale([dt.date(2026, 1, 1), dt.date(2033, 9, 1)]).months) <= drawing.LABELS
