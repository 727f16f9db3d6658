"""What a request brings along is believed by nobody: other sites to go to, other hosts, foreign references, odd bytes."""

import logging

import pytest
from django.core.cache import cache
from django.test import Client

from rantau.applications.models import Application, SchoolClaim
from rantau.people import actions as people
from rantau.selection.models import Mark, Objection, Session, Sitting

from .matrix import AT, JUDGED, OPEN, SCHOOLS
from .matrix_requests import undone, writes

pytestmark = pytest.mark.django_db
ELSEWHERE = (
    "https://jahat.example/",
    "//jahat.example/",
    "/\\jahat.example/",
    "javascript:alert(1)",
    "https:jahat.example",
)
PASSWORD = "tiga kata satria"
HERE = f"/en/program/{JUDGED}/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def staff(played, browsers, name: str, scope: str = JUDGED) -> Client:
    """Return the browser of somebody who works on a programme."""
    return browsers.of(played.staff[scope][name])


# --- where it leads --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("place", ELSEWHERE)
def test_signing_in_and_out_leads_to_no_other_site(played, place):
    rival = played.people["rival"].person
    people.set_password(person=rival, password=PASSWORD)
    browser = Client()
    sent = {"login": rival.phone, "password": PASSWORD, "next": place}
    assert browser.post("/en/akun/masuk/", sent).url == "/en/akun/"
    assert browser.post("/en/akun/keluar/", {"next": place}).url == "/en/akun/keluar/selesai/"
    again = browser.post(f"/en/akun/masuk/?next={place}", {"login": rival.phone, "password": PASSWORD})
    assert again.url == "/en/akun/"


def test_signing_in_leads_on_within_the_site(played):
    rival = played.people["rival"].person
    people.set_password(person=rival, password=PASSWORD)
    sent = {"login": rival.phone, "password": PASSWORD, "next": f"{HERE}daftar/"}
    assert Client().post("/en/akun/masuk/", sent).url == f"{HERE}daftar/"


@pytest.mark.parametrize("host", ["jahat.example", "testserver.jahat.example", "127.0.0.1@jahat.example"])
def test_another_host_is_answered_nothing(played, host):
    answer = Client(headers={"host": host}).get(f"{HERE}hasil/")
    assert answer.status_code == 400
    assert b"jahat" not in answer.content


def test_a_proxys_words_about_the_host_are_not_believed(played):
    answer = Client(headers={"x-forwarded-host": "jahat.example"}).get(f"{HERE}hasil/")
    assert answer.status_code == 200
    assert b"jahat.example" not in answer.content


# --- what belongs to others ------------------------------------------------------------------------------------------------
def test_an_objection_corrects_no_mark_but_its_own(played, browsers):
    objection = Objection.objects.get()
    intake = objection.application.intake
    given = Mark.objects.filter(criterion="care_test", application__intake=intake).order_by("pk")
    foreign, own = (
        given.filter(application=played.people["rival"]).first(),
        given.filter(application=objection.application),
    )
    sent = {"upheld": "1", "answer": "Benar.", "value": "99"}
    with undone():
        coordinator = staff(played, browsers, "coordinator")
        refused = coordinator.post(f"{HERE}meja/sanggah/{objection.ref}/", {**sent, "mark": foreign.ref})
        assert (refused.status_code, set(given.values_list("value", "changed"))) == (422, {(8000, 0)})
        coordinator.post(f"{HERE}meja/sanggah/{objection.ref}/", {**sent, "mark": own[0].ref})
        foreign.refresh_from_db()
        assert (foreign.value, foreign.changed) == (8000, 0)
        assert [(mark.value, mark.changed) for mark in own] == [(9900, 1), (8000, 0)]


def test_nobody_gets_a_second_date_in_a_session_of_another_programme(played, browsers):
    sitting = Sitting.objects.first()
    with undone():
        Sitting.objects.filter(pk=sitting.pk).update(state="missed")
        foreign = Session.objects.create(
            intake=played.people["draft"].intake,
            code="S-ASING",
            criteria=sitting.session.criteria,
            place="Lain",
            starts_at=played.at.replace(year=2027),
            seats=9,
            travel="own",
        )
        sent = {"second": sitting.piece, "session": foreign.code}
        with writes() as written:
            answer = staff(played, browsers, "coordinator").post(f"{HERE}sesi/{sitting.session.code}/", sent)
        assert (answer.status_code, written) == (404, [])


def test_a_school_works_for_no_other_school(played, browsers):
    other = SCHOOLS[1][0]
    sent = {"name": "Dewi", "nisn": "0080000001", "contact": "081234567002"}
    with writes() as written:
        answer = staff(played, browsers, "school", OPEN).post(f"/en/program/{OPEN}/sekolah/?npsn={other}", sent)
    assert (answer.status_code, written) == (404, [])


def test_a_school_that_was_not_found_is_settled_by_its_own_programme(played, browsers):
    claim = SchoolClaim.objects.get()
    boss = staff(played, browsers, "coordinator")
    with writes() as written:
        answer = boss.post(f"{HERE}sekolah-belum-terdaftar/", {"claim": claim.ref, "npsn": SCHOOLS[0][0]})
    assert (answer.status_code, written) == (404, [])


def test_an_examiner_marks_no_piece_that_is_not_in_the_session(played, browsers):
    sitting = Sitting.objects.get(application=played.people["owner"])
    with undone():
        Sitting.objects.filter(pk=sitting.pk).update(state="missed")
        with writes() as written:
            staff(played, browsers, "examiner").post(
                f"{HERE}nilai/{sitting.session.code}/care_test/", {f"mark-{sitting.piece}": "99"}
            )
        assert written == []


def test_the_officer_beside_somebody_sees_nothing_once_their_office_has_ended(played, browsers):
    helper, owner = played.staff[JUDGED]["helper"], played.people["owner"]
    pages = [f"{HERE}pendaftaran/{owner.code}/{rest}" for rest in ("", "dokumen/photo/", "lembar/", "tanda-terima/")]
    assert [browsers.of(helper).get(page).status_code for page in pages] == [200] * 4
    with undone():
        helper.grants.update(until_at=AT)
        answers = [browsers.of(helper).get(page) for page in pages]
        assert [answer.status_code for answer in answers] == [404] * 4
        assert [answer for answer in answers if b"Kusumaningrum" in answer.content] == []


# --- what is no text ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path",
    [
        "periksa/A-%00/",
        "pendaftaran/%00/",
        "pendaftaran/{code}/isi/school/?text=%00",
        "sesi/%00/",
        "meja/kursi/%00/",
        "hasil/?kode=%00",
    ],
)
def test_a_byte_that_no_text_holds_is_nothing_here(played, browsers, path):
    browser = browsers.of(played.people["returned"].person)
    assert browser.get(HERE + path.format(code=played.people["returned"].code)).status_code == 404


def test_a_form_with_such_a_byte_changes_nothing(played, browsers):
    application = played.people["returned"]
    with writes() as written:
        answer = browsers.of(application.person).post(
            f"{HERE}pendaftaran/{application.code}/isi/school/", {"npsn": "2030\0"}
        )
    assert (answer.status_code, written) == (404, [])
    assert Application.objects.get(pk=application.pk).school.npsn == SCHOOLS[0][0]


# --- what is logged ----------------------------------------------------------------------------------------------------------
def test_no_log_holds_the_secret_of_a_link(played, caplog):
    secrets = [played.refs["invitation"], played.refs["guardian"]]
    addresses = [f"/program/{OPEN}/undangan/{secrets[0]}/", f"/en/wali/{secrets[1]}/"]
    strict = Client(enforce_csrf_checks=True)
    with caplog.at_level(logging.DEBUG):
        assert [strict.post(address).status_code for address in addresses] == [403, 403]
        assert [strict.get(f"{address}x/").status_code for address in addresses] == [404, 404]
        assert strict.put(addresses[0]).status_code in (403, 405)
    told = [record.getMessage() for record in caplog.records]
    assert f"/program/{OPEN}/undangan/…/" in " ".join(told)
    assert "/en/wali/…/" in " ".join(told)
    assert [line for line in told if any(secret in line for secret in secrets)] == []
