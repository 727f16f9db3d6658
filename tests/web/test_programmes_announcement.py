"""The announcement, its sentences and its open questions, in three languages, real and played."""

import datetime as dt

import pytest
from django.core.exceptions import ObjectDoesNotExist

from rantau.engine.promises import Status
from rantau.figures import queries as figures
from rantau.programmes import actions, queries
from tests.web import build_programmes as build

pytestmark = pytest.mark.django_db
NOVEMBER = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)
CLAIMS = [
    "seats",
    "two-years",
    "language-year",
    "technical-year",
    "five-fields",
    "in-russia",
    "training-free",
    "five-year-contract",
    "welding",
    "ceiling",
    "split",
    "curriculum",
    "basics",
    "absorption",
    "recruitment",
    "departure",
    "memorandum",
    "technical-proposal",
    "protection",
]


@pytest.fixture
def real(at, chance):
    return build.real(at=at, chance=chance)


@pytest.fixture
def played(at, chance):
    return build.played(at=at, chance=chance)


def status(programme, at):
    return {claim.code: judgement.status.value for claim, judgement in figures.promises(programme, at)}


def test_the_front_page_answers_before_a_programme_is_stored(client):
    response = client.get("/en/")
    assert (response.status_code, "No programme is announced here yet" in response.content.decode()) == (200, True)


@pytest.mark.parametrize(
    ("prefix", "seats", "unknown", "office", "past"),
    [
        ("", "Tempat", "belum diumumkan", "RUSAL", "tanggal lewat, belum ada bukti yang diketahui"),
        ("/en", "Places", "not announced", "RUSAL", "date past, no evidence known"),
        ("/ru", "Мест", "не объявлено", "РУСАЛ", "срок прошёл, подтверждений не известно"),
    ],
)
def test_the_front_page_in_three_languages(client, real, prefix, seats, unknown, office, past):
    page = client.get(f"{prefix}/").content.decode()
    assert [word for word in (seats, unknown, office, past, "Rp 43") if word not in page] == []
    assert page.count('<li id="') == len(CLAIMS)


def test_the_front_page_is_the_announcement_without_a_redirect(client, real):
    front, own = client.get("/"), client.get("/program/rusal-2026/")
    assert (front.status_code, own.status_code) == (200, 200)
    assert front.context["programme"] == own.context["programme"] == real


def test_the_front_page_takes_four_queries(client, real, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get("/")


def test_a_rehearsal_with_an_intake_takes_nine(client, played, chance, django_assert_num_queries):
    build.opened(played, chance=chance)
    with django_assert_num_queries(9):
        client.get("/program/rusal-2026-peragaan/")


def test_only_the_rehearsal_is_marked_as_one(client, real, played):
    pages = {code: client.get(f"/program/{code}/").content.decode() for code in ("rusal-2026", "rusal-2026-peragaan")}
    assert {code: "PERAGAAN" in page for code, page in pages.items()} == {
        "rusal-2026": False,
        "rusal-2026-peragaan": True,
    }
    assert {code: "asumsi peragaan" in page for code, page in pages.items()} == {
        "rusal-2026": False,
        "rusal-2026-peragaan": True,
    }
    assert "Rabu, 20 Mei 2026, 09.00 WIB" in pages["rusal-2026-peragaan"]
    assert "noindex" not in pages["rusal-2026"]
    assert "noindex" in pages["rusal-2026-peragaan"]


def test_every_page_says_that_it_is_no_official_site_until_somebody_publishes(client, real, settings):
    assert "Bukan situs resmi." in client.get("/").content.decode()
    settings.PUBLISHER = "Kantor Contoh"
    page = client.get("/").content.decode()
    assert ("Bukan situs resmi." in page, "Kantor Contoh" in page) == (False, True)


@pytest.mark.parametrize("code", CLAIMS)
@pytest.mark.parametrize("prefix", build.LANGUAGES)
def test_every_sentence_has_an_address_with_its_source_and_date(client, real, prefix, code):
    response = client.get(f"{prefix}/program/rusal-2026/janji/{code}/")
    shown = response.context["sentence"]
    page = response.content.decode()
    assert (response.status_code, shown.claim.code) == (200, code)
    assert all(source.address.replace("&", "&amp;") in page for source in shown.sources)
    assert "WIB" in page


def test_the_addresses_are_those_of_the_programme_file(real):
    assert [claim.code for claim in queries.terms(real.version).claims] == CLAIMS


def test_a_sentence_nobody_said_is_not_there(client, real):
    assert client.get("/program/rusal-2026/janji/gold/").status_code == 404
    assert client.get("/program/nobody/").status_code == 404


def test_on_the_real_clock_both_dates_are_past_and_nobody_is_accused(real):
    found = status(real, NOVEMBER)
    assert {found[code] for code in ("recruitment", "departure")} == {"past_no_evidence"}
    assert set(found.values()) & {"not_met", "kept", "partly"} == set()
    assert found["ceiling"] == "contradicted"


def test_before_the_dates_nothing_is_due(real, at):
    assert {status(real, at)[code] for code in ("recruitment", "departure")} == {"not_due"}


def test_opening_in_time_keeps_the_sentence_and_opening_late_keeps_it_in_part(played, chance):
    intake = build.opened(played, chance=chance)
    assert status(played, build.CLOCK)["recruitment"] == "kept"
    late = build.CLOCK + dt.timedelta(days=30)
    terms = queries.terms(played.version)
    intake.opens_at = late
    facts = figures.evidence(terms, intake, 0, at=late)
    assert [(fact.measure, fact.says, fact.on) for fact in facts] == [
        ("recruitment.opened", "partly", dt.date(2026, 6, 19))
    ]


def test_accepted_places_are_evidence_for_the_seats(played, chance):
    intake = build.opened(played, chance=chance)
    terms = queries.terms(played.version)
    says = {
        taken: [fact.says for fact in figures.evidence(terms, intake, taken, at=build.CLOCK)][1:]
        for taken in (0, 49, 50)
    }
    assert says == {0: [], 49: ["partly"], 50: ["kept"]}


def test_a_planned_intake_is_no_evidence(played, chance):
    person = build.officer(played, chance=chance)
    actions.plan_intake(
        programme=played,
        opens_at=build.CLOCK + dt.timedelta(days=1),
        closes_at=build.CLOCK + dt.timedelta(days=9),
        person=person,
        at=build.CLOCK,
        chance=chance,
    )
    found = figures.announcement(played, at=build.CLOCK)
    assert (found.open, {c.code: j.status for c, j in found.promises}["recruitment"]) == (False, Status.NOT_DUE)


@pytest.mark.parametrize(
    ("prefix", "words"), [("", "Pendaftaran dibuka"), ("/en", "Registration is open"), ("/ru", "Регистрация открыта")]
)
def test_an_open_intake_is_offered_with_its_last_instant(client, played, chance, prefix, words):
    build.opened(played, chance=chance)
    page = client.get(f"{prefix}/program/rusal-2026-peragaan/").content.decode()
    assert words in page
    assert "2026" in page.split(words)[1][:120]


def test_registration_lapses_by_itself(played, chance):
    build.opened(played, chance=chance)
    later = build.CLOCK + dt.timedelta(days=15)
    assert (figures.announcement(played, at=later).open, figures.announcement(played, at=build.CLOCK).open) == (
        False,
        True,
    )


def test_assumptions_answer_the_questions_of_a_rehearsal(real, played):
    counted = {p.code: sum(len(own) for _, own in figures.by_office(queries.terms(p.version))) for p in (real, played)}
    assert counted["rusal-2026-peragaan"] < counted["rusal-2026"]


@pytest.mark.parametrize("prefix", build.LANGUAGES)
@pytest.mark.parametrize("path", ["/cara-memeriksa/", "/waspada/", "/program/"])
def test_pages_that_explain(client, real, prefix, path):
    response = client.get(prefix + path)
    assert response.status_code == 200
    assert {"/cara-memeriksa/": "VERIFIED", "/waspada/": "0800 1000", "/program/": "RUSAL"}[path].casefold() in (
        response.content.decode().replace("РУСАЛ", "RUSAL").casefold()
    )


def test_the_journey_is_promised_and_unknown(real):
    stages = figures.announcement(real, at=NOVEMBER).stages
    assert [(s.code, s.promised, s.until, s.known) for s in stages] == [
        ("meeting", dt.date(2026, 1, 26), None, dt.date(2026, 1, 26)),
        ("recruitment", dt.date(2026, 5, 1), None, None),
        ("departure", dt.date(2026, 9, 1), None, None),
        ("language", dt.date(2026, 9, 1), dt.date(2027, 9, 1), None),
        ("technical", dt.date(2027, 9, 1), dt.date(2028, 9, 1), None),
        ("work", dt.date(2028, 9, 1), dt.date(2033, 9, 1), None),
    ]


def test_how_people_are_chosen_is_told_with_maximum_and_weight_or_as_unknown(client, real, played):
    unknown, told = (client.get(f"/en/program/{p.code}/") for p in (real, played))
    assert "Tests, weights and pass marks" in unknown.content.decode()
    page = told.content.decode()
    assert [text for text in ("rehearsal assumption", "100.00", "60.00", "40%", "the lot") if text not in page] == []
    assert [title.split(":")[0] for title in told.context["ties"]] == [
        "Practical test",
        "Written test",
        "Average school report, semesters 1–5",
        "Interview",
    ]


def test_a_page_names_its_other_languages(client, real):
    page = client.get("/en/program/rusal-2026/janji/seats/").content.decode()
    assert [
        f'hreflang="{code}" href="http://testserver{prefix}/program/rusal-2026/janji/seats/"' in page
        for code, prefix in (("id", ""), ("en", "/en"), ("ru", "/ru"))
    ] == [True, True, True]


def test_no_programme_by_that_code():
    with pytest.raises(ObjectDoesNotExist):
        queries.get("nobody")
