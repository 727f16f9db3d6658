"""A registration through its pages, from the first question to the receipt."""

import datetime as dt

import pytest

from rantau.applications.actions import registration
from rantau.applications.models import Application, SchoolClaim
from rantau.engine.canonical import digest
from rantau.people import queries as people
from rantau.people.models import Consent, Person
from tests import build
from tests.web.candidate_build import World, open_world, page, shown, signed_in, start, unchanged

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
BORN = {"birth_on_0": "31", "birth_on_1": "5", "birth_on_2": "2007"}
ANSWERS = {
    "birth": BORN,
    "name": {"name": "  Bayu   Rahmawan "},
    "identity": {"nik": "3205 0131 0507 0001", "nisn": "007-000-0001"},
    "school": {"npsn": "20200001"},
    "study": {"major": "welding", "graduated": "2026"},
    "average": {"average": "84,25"},
    "home": {"province": "Prov. Jawa Barat", "regency": "Kab. Garut"},
    "wishes": {"power": "2", "construction": "1"},
}


@pytest.fixture
def world(at, chance) -> World:
    return open_world(at, chance)


@pytest.fixture
def begun(world):
    """Return a registration without any answer."""
    person = world.person(phone="+6281234567890")
    return registration.start(intake=world.intake, person=person, at=world.at, chance=world.chance)


@pytest.fixture
def visitor(begun):
    return signed_in(begun.person)


def test_somebody_registers_in_indonesian_page_by_page(world):
    client = signed_in(world.person(phone="+6281234567890"))
    assert "Mulai pendaftaran" in shown(client.get(start(world, language="id")))
    response = client.post(start(world, language="id"))
    mine = Application.objects.get()
    assert response.url == page("application", mine, language="id")
    assert "Mulai dari pertanyaan pertama" in shown(client.get(response.url))
    order = list(ANSWERS)
    for task, following in zip(order, [*order[1:], "review"], strict=True):
        address = page("task", mine, language="id", task=task)
        assert f"Pertanyaan {order.index(task) + 1} dari 8" in shown(client.get(address))
        nearer = page("review", mine, language="id")
        if following != "review":
            nearer = page("task", mine, language="id", task=following)
        assert client.post(address, ANSWERS[task]).url == nearer
    review = shown(client.get(page("review", mine, language="id")))
    for words in ("Kamis, 31 Mei 2007", "Bayu Rahmawan", "3205 0131 0507 0001", "84,25 dari 100", "1. Konstruksi"):
        assert words in review
    assert "tidak ada yang menghalangi pendaftaran Anda" in review
    response = client.post(page("review", mine, language="id"), {"selection": "on", "statistics": "on"})
    assert response.url == page("receipt", mine, language="id")
    receipt = shown(client.get(response.url))
    assert f"http://testserver{page('check_code', mine, language='id')}" in receipt
    mine.refresh_from_db()
    assert (mine.state, mine.average, mine.major, mine.wishes) == (
        "submitted",
        8425,
        "welding",
        ["construction", "power"],
    )
    assert people.identity(mine.person).plain() == {
        "nik": "3205013105070001",
        "nisn": "0070000001",
        "birth_on": "2007-05-31",
    }
    status = shown(client.get(page("application", mine, language="id")))
    assert "Pendaftaran dikirim" in status
    assert "Setelah pendaftaran ditutup" in status


def test_the_consents_are_those_ticked_each_known_by_its_words(world):
    mine = world.applicant(submitted=False)
    client = signed_in(mine.person)
    shown_words = "Моя школа может узнать, чем закончилась моя заявка."
    assert shown_words in shown(client.get(page("review", mine, language="ru")))
    client.post(page("review", mine, language="ru"), {"selection": "on", "school_result": "on"})
    kept = {c.purpose: c.text for c in Consent.objects.all()}
    assert kept.keys() == {"selection", "school_result"}
    assert kept["school_result"] == digest(shown_words)


def test_without_the_needed_consent_nothing_is_sent(world):
    mine = world.applicant(submitted=False)
    client = signed_in(mine.person)
    with unchanged():
        words = shown(client.post(page("review", mine), {"statistics": "on"}))
    assert "Without this consent the registration cannot be sent." in words


WRONG = [
    ("birth", {}, "Write the day, the month and the year."),
    ("birth", BORN | {"birth_on_1": "13"}, "The month is a number from 1 to 12."),
    ("birth", BORN | {"birth_on_0": "31", "birth_on_1": "2"}, "This date does not exist. Check the day and the month."),
    ("birth", BORN | {"birth_on_2": "2027"}, "This date lies in the future. Check the year."),
    (
        "birth",
        BORN | {"birth_on_2": "2020"},
        "This year cannot be right. Write the year you were born, with four digits.",
    ),
    ("name", {"name": " "}, "Write your full name as it stands on your identity card."),
    ("name", {"name": "Bayu 2"}, "A name has letters and no digits. Write it as on your identity card."),
    ("identity", {"nik": ""}, "Write the 16 digits of your NIK."),
    (
        "identity",
        {"nik": "320501310507000"},
        "A NIK has 16 digits; this has 15. Compare it with the card, four digits at a time.",
    ),
    ("identity", {"nik": "32050131O5070001"}, "A NIK has digits only. Leave out letters, dots and spaces."),
    ("identity", {"nik": "3205013105070001", "nisn": "123"}, "A NISN has 10 digits; this has 3."),
    ("study", {"graduated": "2026"}, "Choose your course of study, or “another course” and write it."),
    ("study", {"major": "-", "graduated": "2026"}, "Write your course of study as it stands on your diploma."),
    (
        "study",
        {"major": "welding", "graduated": "26"},
        "This year cannot be right. Write it with four digits, for example 2026.",
    ),
    ("study", {"major": "welding", "graduated": "last"}, "Write the year with four digits, for example 2026."),
    ("average", {"average": "8425"}, "Write a number with at most two decimals, for example 84.25."),
    ("average", {"average": "842"}, "An average out of 100 cannot be above 100. Did a decimal point get lost?"),
    ("average", {"average": "8,4"}, "This looks like a scale up to 10. Write it out of 100: 8.4 becomes 84."),
    ("average", {"average": "84.255"}, "Write a number with at most two decimals, for example 84.25."),
    ("home", {"province": "Prov. Jawa Barat"}, "Choose the regency or city you live in."),
    ("wishes", {}, "Give at least one field the number 1."),
    ("wishes", {"power": "1", "transport": "1"}, "You used this number twice. Give each field a different one."),
]


@pytest.mark.parametrize(("task", "sent", "words"), WRONG)
def test_a_wrong_answer_says_how_to_mend_it_and_keeps_nothing(begun, visitor, task, sent, words):
    with unchanged():
        told = shown(visitor.post(page("task", begun, task=task), sent))
    assert words.replace("'", "&#x27;") in told


@pytest.mark.parametrize(
    ("typed", "kept"), [("84,25", 8425), ("84.2", 8420), ("84", 8400), (" 100 ", 10000), ("10.01", 1001)]
)
def test_an_average_is_kept_in_hundredths(begun, visitor, typed, kept):
    visitor.post(page("task", begun, task="average"), {"average": typed})
    begun.refresh_from_db()
    assert begun.average == kept


def test_a_course_beside_the_list_is_kept_as_written(begun, visitor):
    visitor.post(page("task", begun, task="study"), {"major": "-", "other": "Teknik  Kapal", "graduated": "2025"})
    begun.refresh_from_db()
    assert (begun.major, begun.graduated) == ("Teknik Kapal", 2025)
    assert 'value="Teknik Kapal"' in shown(visitor.get(page("task", begun, task="study")))


def test_a_draft_goes_on_on_another_phone(begun, visitor):
    visitor.post(page("task", begun, task="birth"), BORN)
    visitor.post(page("task", begun, task="name"), {"name": "Bayu"})
    other = signed_in(begun.person)
    assert "2 of 8" in shown(other.get(page("application", begun)))
    assert 'value="Bayu"' in shown(other.get(page("task", begun, task="name")))
    assert 'value="2007"' in shown(other.get(page("task", begun, task="birth")))


def test_a_second_visit_opens_the_same_registration(world, begun, visitor):
    assert "Open my registration" in shown(visitor.get(start(world)))
    with unchanged():
        assert visitor.post(start(world)).url == page("application", begun)


def test_a_change_from_the_check_leads_back_to_it(world):
    mine = world.applicant(submitted=False)
    client = signed_in(mine.person)
    address = page("task", mine, task="name") + "?from=review"
    assert page("task", mine, task="name") + "?from=review" in shown(client.get(page("review", mine)))
    assert client.post(address, {"name": "Bayu R."}).url == page("review", mine)


def test_a_number_that_looks_wrong_is_kept_and_told_kindly(begun, visitor):
    visitor.post(page("task", begun, task="birth"), BORN)
    address = page("task", begun, task="identity")
    response = visitor.post(address, {"nik": "3205013105080001"})
    assert response.url.startswith(address)
    told = shown(visitor.get(response.url))
    assert "The date in the NIK (310508) differs from the date of birth you gave (310507)." in told
    assert "A NIK holds for life" in told
    assert people.identity(Person.objects.get(pk=begun.person_id)).nik == "3205013105080001"


def test_a_school_is_found_by_place_and_word(begun, visitor):
    address = page("task", begun, task="school")
    place = {"province": "Prov. Jawa Barat", "regency": "Kab. Garut"}
    found = shown(visitor.get(address, place))
    assert ("SMKN 1 CONTOH" in found, "SMKS RAHASIA" in found) == (True, False)
    assert "SMKS RAHASIA" in shown(visitor.get(address, {"province": "Prov. Jawa Barat", "text": "rahasia"}))
    assert "No school was found." in shown(visitor.get(address, {"text": "tidakada"}))
    visitor.post(address, {"npsn": "20200001"})
    begun.refresh_from_db()
    assert begun.school.npsn == "20200001"


def test_an_unlisted_school_is_claimed_and_the_registration_goes_on(begun, visitor):
    address = page("school_claim", begun)
    with unchanged():
        assert "Write the school&#x27;s name." in shown(visitor.post(address, {"place": "Garut", "npsn": ""}))
    response = visitor.post(address, {"name": "SMK Baru", "place": "Garut", "npsn": "2020 0009"})
    assert response.status_code == 302
    claim = SchoolClaim.objects.get()
    assert (claim.name, claim.npsn, claim.state) == ("SMK Baru", "20200009", "asked")
    assert "SMK Baru" in shown(visitor.get(page("task", begun, task="school")))


def test_what_stands_against_a_registration_is_told_before_sending_and_refuses_nothing(world):
    mine = world.applicant(submitted=False, average=7000, graduated=2020)
    client = signed_in(mine.person)
    told = shown(client.get(page("review", mine)))
    assert "Your average is 70.00 of 100; the programme asks for at least 75.00." in told
    assert "You graduated in 2020; the programme takes those who graduated from 2024 on." in told
    assert client.post(page("review", mine), {"selection": "on"}).status_code == 302
    mine.refresh_from_db()
    assert mine.state == "submitted"


def test_the_same_nik_of_somebody_else_is_never_told(world):
    world.applicant()
    mine = world.applicant(submitted=False)
    client = signed_in(mine.person)
    assert "Nothing stands against your registration" in shown(client.get(page("review", mine)))


def test_an_unfinished_registration_is_not_sent(begun, visitor):
    assert "Some questions have no answer yet." in shown(visitor.get(page("review", begun)))
    assert begun.state == "draft"


def test_after_the_last_minute_a_draft_says_that_it_closed(world, begun, visitor):
    world.later(15 * DAY)
    told = shown(visitor.get(page("application", begun)))
    assert "Registration has closed, and this one was not sent." in told
    assert visitor.get(page("task", begun, task="name")).url == page("application", begun)
    with unchanged():
        assert visitor.post(page("task", begun, task="name"), {"name": "Bayu"}).status_code == 409


def test_a_closed_intake_takes_nobody(client, world):
    world.later(15 * DAY)
    assert "Registration has closed. It ended on Monday, 18 May 2026, 10:00 WIB." in shown(client.get(start(world)))
    late = signed_in(world.person(phone="+6281234567890"))
    with unchanged():
        assert late.post(start(world)).url == start(world)
    assert Application.objects.count() == 0


def test_a_real_programme_says_why_it_is_not_open(client, at, chance):
    programme = build.programme(at=at, chance=chance, rehearsal=False)
    told = shown(client.get(f"/en/program/{programme.code}/daftar/"))
    for words in (
        "Registration is not open, and no date for it is announced.",
        "Which tests decide is not announced.",
        "No authority has published this site yet.",
        "We never ask for money.",
    ):
        assert words in told
    somebody = signed_in(build.person(at=at, chance=chance, phone="+6281234567890"))
    assert somebody.post(f"/en/program/{programme.code}/daftar/").status_code == 302
    assert Application.objects.count() == 0


def test_who_is_not_signed_in_signs_in_first(client, world):
    here = start(world)
    assert client.post(here).url == f"/en/akun/masuk/?next={here}"
    assert f"/en/akun/daftar/?next={here}" in shown(client.get(here))


def test_a_page_in_each_other_language(world):
    mine = world.applicant()
    client = signed_in(mine.person)
    assert "Your registration is here. You need do nothing now." in shown(client.get(page("application", mine)))
    assert "Заявка у нас. Сейчас делать ничего не нужно." in shown(client.get(page("application", mine, language="ru")))


def test_withdrawing_asks_once_more(world):
    mine = world.applicant()
    client = signed_in(mine.person)
    with unchanged():
        told = shown(client.post(page("withdraw", mine)))
    assert "Tick the box if you really want to withdraw." in told
    client.post(page("withdraw", mine), {"sure": "on"})
    mine.refresh_from_db()
    assert mine.state == "withdrawn"
    assert "You withdrew your registration." in shown(client.get(page("application", mine)))
