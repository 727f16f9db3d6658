"""The verifier's desk: files claimed and decided, documents shown to who holds them, the sample, conflicts."""

import datetime as dt
import re

import pytest

from rantau.applications import queries
from rantau.applications.models import Application
from rantau.documents.models import File
from rantau.engine.flow import Role
from rantau.people import actions as people
from rantau.selection.models import Conflict
from tests.documents import paper
from tests.web import desk_build as build
from tests.web.desk_build import everything

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def picture():
    return paper.saved(paper.page(width=700, height=1000))


@pytest.fixture
def w(at, chance):
    return build.world(at, chance)


def desk(w, who="verifier"):
    return w.browser(who).get(w.address("verifikasi/"))


def facts(page):
    """Return the numbers at the top of the desk as words."""
    found = re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", page.content.decode(), re.S)
    return {label: " ".join(re.sub(r"<[^>]+>", " ", words).split()) for label, words in found}


def file_of(w, application, rest=""):
    return w.address(f"verifikasi/berkas/{application.code}/{rest}")


def take(w, who="verifier"):
    """Take the oldest file and return the browser and its address."""
    browser = w.browser(who)
    page = browser.post(w.address("verifikasi/ambil/"))
    return browser, page["Location"]


def test_the_desk_says_how_much_waits_since_when(w):
    build.pupil(w, "Siti")
    w.later(build.DAY)
    build.pupil(w, "Budi")
    build.pupil(w, "Tetangga", regency="Kab. Utara")
    Application.objects.filter(person__name="Budi").update(seconds=80)
    assert facts(desk(w)) == {
        "Files that wait for you": "3",
        "The oldest was handed in": "Monday, 4 May 2026, 10:00 WIB 1 day ago",
        "Average time on a file": "80 seconds",
        "Sample for a second check": "0",
    }
    assert facts(desk(w, "local"))["Files that wait for you"] == "2"


def test_an_empty_desk_says_so(w):
    assert set(facts(desk(w)).values()) == {"0", "–"}
    browser, address = take(w)
    assert address == w.address("verifikasi/")
    assert "No file waits for you now." in browser.get(address).content.decode()


@pytest.mark.parametrize("who", ["head", "coordinator", "auditor", "inspector"])
@pytest.mark.parametrize("rest", ["", "sampel/", "lembar/"])
def test_only_verifiers_have_the_desk(w, who, rest):
    build.pupil(w, "Rahasia")
    page = w.browser(who).get(w.address(f"verifikasi/{rest}"))
    assert (page.status_code, "Rahasia" in page.content.decode()) == (403, False)


def test_a_stranger_signs_in_first(w, client):
    page = client.get(w.address("verifikasi/"))
    assert (page.status_code, page["Location"].split("?")[0]) == (302, "/en/akun/masuk/")


def test_taking_opens_the_oldest_file_with_findings_first(w):
    siti = build.pupil(w, "Siti", regency="Kota Selatan")
    people.keep_identity(person=siti.person, chance=w.chance, nik="9901010505070001")
    w.later(build.HOUR)
    build.pupil(w, "Rahasia")
    browser, address = take(w)
    assert address == file_of(w, siti)
    html = browser.get(address).content.decode()
    assert "Rahasia" not in html
    order = ["The NIK begins with 99, which is no province.", "Identity card", "9901010505070001", "SMK Dua · 20100002"]
    order += ["Welding", "2025", "81.25 of 100"]
    assert [text for text in order if text in html] == order
    assert [html.index(text) for text in order] == sorted(html.index(text) for text in order)
    assert "can mend the file until Saturday, 9 May 2026, 23:59 WIB" in html
    assert "can object once until Thursday, 7 May 2026, 23:59 WIB" in html


def test_a_file_is_decided_and_the_next_one_opens(w):
    siti = build.pupil(w, "Siti")
    w.later(build.HOUR)
    budi = build.pupil(w, "Budi")
    browser, address = take(w)
    w.later(dt.timedelta(seconds=74))
    page = browser.post(address, {"verdict": "verify"})
    assert page["Location"] == file_of(w, budi)
    assert f"{siti.code}: found right, 74 seconds." in browser.get(page["Location"]).content.decode()
    siti.refresh_from_db()
    assert (siti.state, siti.seconds) == ("verified", 74)


def test_a_file_is_returned_with_a_reason_and_a_note(w):
    siti = build.pupil(w, "Siti")
    browser, address = take(w)
    page = browser.post(address, {"verdict": "return", "reason": "unreadable", "note": "Foto ulang."})
    assert page["Location"] == w.address("verifikasi/")
    siti.refresh_from_db()
    assert (siti.state, siti.reason, siti.note) == ("returned", "unreadable", "Foto ulang.")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"verdict": "return"}, "Choose a reason: the person reads it."),
        ({"verdict": "refuse", "reason": "requirement"}, "Name the requirement in the note: the person reads it."),
        ({"verdict": "refuse", "reason": "mood"}, "Choose a reason from the list."),
        ({"verdict": "return", "reason": "unreadable", "note": "x" * 301}, "The note has room for 300 letters."),
    ],
)
def test_a_decision_that_says_too_little_is_asked_again(w, typed, words):
    build.pupil(w, "Siti")
    browser, address = take(w)
    before = everything()
    page = browser.post(address, typed)
    assert (page.status_code, words in page.content.decode()) == (422, True)
    assert everything() == before


def test_a_reason_of_the_other_verdict_is_refused(w):
    build.pupil(w, "Siti")
    browser, address = take(w)
    before = everything()
    assert browser.post(address, {"verdict": "return", "reason": "too_old"}).status_code == 409
    assert everything() == before


def test_a_file_that_another_holds_is_neither_read_nor_decided(w, picture):
    build.attach(w, build.pupil(w, "Rahasia"), picture)
    _browser, address = take(w)
    before, other = everything(), w.browser("colleague")
    for page in (
        other.get(address),
        other.post(address, {"verdict": "verify"}),
        other.post(f"{address}lepas/"),
        other.post(f"{address}konflik/"),
        other.get(f"{address}dokumen/diploma/"),
    ):
        assert (page.status_code, "Rahasia" in page.content.decode()) == (409, False)
    assert everything() == before


def test_after_half_an_hour_another_may_take_it(w):
    siti = build.pupil(w, "Siti")
    browser, address = take(w)
    w.later(dt.timedelta(minutes=31))
    assert "expired: another officer may take it" in browser.get(w.address("verifikasi/")).content.decode()
    assert take(w, "colleague")[1] == address
    assert browser.post(address, {"verdict": "verify"}).status_code == 409
    siti.refresh_from_db()
    assert (siti.state, siti.claimed_by) == ("filed", w.staff["colleague"])


def test_a_file_is_given_back(w):
    siti = build.pupil(w, "Siti")
    browser, address = take(w)
    assert siti.code[:6] in browser.get(w.address("verifikasi/")).content.decode()
    assert browser.post(f"{address}lepas/")["Location"] == w.address("verifikasi/")
    siti.refresh_from_db()
    assert (siti.claimed_by, siti.claimed_at) == (None, None)


def test_a_conflict_of_interest_sends_the_file_to_another(w):
    build.pupil(w, "Sepupu")
    browser, address = take(w)
    browser.post(f"{address}konflik/")
    assert list(Conflict.objects.values_list("person", "application__person__name")) == [
        (w.staff["verifier"].pk, "Sepupu")
    ]
    assert browser.get(address).status_code == 404
    assert facts(desk(w))["Files that wait for you"] == "0"
    assert take(w, "colleague")[1] == address


@pytest.mark.parametrize("rest", ["", "lepas/", "konflik/", "dokumen/diploma/"])
def test_files_of_the_own_regency_and_school_are_not_there(w, picture, rest):
    people.grant(to=w.staff["head"], role=Role.VERIFIER, scope=w.scope, at=w.at, person=w.staff["head"])
    near = build.pupil(w, "Rahasia", regency="Kab. Utara", school="one")
    build.attach(w, near, picture)
    Application.objects.update(claimed_at=w.at, claimed_by=w.staff["local"])
    before = everything()
    for who in ("local", "head"):
        browser = w.browser(who)
        method = browser.get if rest in ("", "dokumen/diploma/") else browser.post
        page = method(file_of(w, near, rest))
        assert (page.status_code, "Rahasia" in page.content.decode()) == (404, False)
    assert everything() == before


def test_another_programmes_verifier_sees_nothing(w):
    siti = build.pupil(w, "Rahasia")
    stranger = people.register(at=w.at, chance=w.chance, name="Orang lain", email="lain@example.org")
    people.grant(to=stranger, role=Role.VERIFIER, scope="contoh-jepang", at=w.at, person=stranger)
    w.staff["stranger"] = stranger
    assert desk(w, "stranger").status_code == 403
    assert w.browser("stranger").get(file_of(w, siti)).status_code == 404


def test_a_picture_is_shown_in_the_page_to_who_holds_the_file(w, picture):
    siti = build.pupil(w, "Siti")
    build.attach(w, siti, picture, "diploma", "photo")
    browser, address = take(w)
    html = browser.get(address).content.decode()
    assert f'<img src="{address}dokumen/diploma/" alt="Diploma">' in html
    assert html.count('class="status status-bad">Missing') == 2
    page = browser.get(f"{address}dokumen/diploma/")
    assert {key: page[key] for key in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")} == {
        "Content-Type": "image/jpeg",
        "Content-Disposition": "inline",
        "X-Content-Type-Options": "nosniff",
    }
    assert page["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert page["Cache-Control"] == "no-store"
    assert paper.opened(page.content).size == (700, 1000)
    assert browser.get(f"{address}dokumen/report/").status_code == 404
    assert browser.get(f"{address}dokumen/lain/").status_code == 404


def test_a_pdf_is_a_download(w):
    siti = build.pupil(w, "Siti")
    build.attach(w, siti, paper.pdf(2), "diploma")
    browser, address = take(w)
    assert "Download Diploma (PDF, 2 pages)" in browser.get(address).content.decode()
    page = browser.get(f"{address}dokumen/diploma/")
    assert (page["Content-Type"], page["Content-Disposition"].split(";")[0]) == ("application/pdf", "attachment")


def test_an_officer_reads_what_the_virus_scanner_said(w, picture):
    build.attach(w, build.pupil(w, "Siti"), picture)
    browser, address = take(w)
    files = File.objects.filter(attachments__kind="diploma")
    said = {}
    for scan in ("unscanned", "clean", "infected"):
        files.update(scan=scan)
        html = browser.get(address).content.decode()
        words = ("Not checked for viruses", "A virus scanner found something harmful in it", "dokumen/diploma/")
        said[scan] = [word in html for word in words] + [browser.get(f"{address}dokumen/diploma/").status_code]
    assert said == {
        "unscanned": [True, False, True, 200],
        "clean": [False, False, True, 200],
        "infected": [False, True, False, 409],
    }


def test_a_decided_file_is_closed_to_its_verifier(w, picture):
    build.attach(w, build.pupil(w, "Siti"), picture)
    browser, address = take(w)
    browser.post(address, {"verdict": "verify"})
    assert [browser.get(address).status_code, browser.get(f"{address}dokumen/diploma/").status_code] == [409, 409]


def sampled(w):
    """Return a file in the sample that the verifier found right."""
    while True:
        made = build.pupil(w, "Siti")
        if queries.in_sample(made):
            return build.verified(w, made)
        made.delete()


def test_the_sample_is_shown_to_a_second_officer(w, picture):
    one = sampled(w)
    build.attach(w, one, picture)
    second = w.browser("colleague")
    assert (
        f'href="{w.address(f"verifikasi/sampel/{one.code}/")}"'
        in second.get(w.address("verifikasi/sampel/")).content.decode()
    )
    page = second.get(w.address(f"verifikasi/sampel/{one.code}/"))
    assert (page.status_code, "Do answers and documents agree?" in page.content.decode()) == (200, True)
    assert second.get(file_of(w, one, "dokumen/diploma/"))["Content-Disposition"] == "inline"


@pytest.mark.parametrize(
    ("agrees", "state", "words"), [("yes", "verified", "confirmed"), ("no", "filed", "opened again")]
)
def test_a_second_officer_says_whether_it_agrees(w, agrees, state, words):
    one = sampled(w)
    page = w.browser("colleague").post(w.address(f"verifikasi/sampel/{one.code}/"), {"agrees": agrees}, follow=True)
    one.refresh_from_db()
    assert (one.state, f"{one.code} {words}." in page.content.decode()) == (state, True)
    assert w.browser("colleague").get(w.address(f"verifikasi/sampel/{one.code}/")).status_code == 404


def test_the_first_officer_does_not_check_their_own_sample(w, picture):
    one = sampled(w)
    build.attach(w, one, picture)
    before, first = everything(), w.browser("verifier")
    address = w.address(f"verifikasi/sampel/{one.code}/")
    assert one.code[:6] not in first.get(w.address("verifikasi/sampel/")).content.decode()
    assert [first.get(address).status_code, first.post(address, {"agrees": "yes"}).status_code] == [404, 404]
    assert first.get(file_of(w, one, "dokumen/diploma/")).status_code == 409
    assert everything() == before


def test_the_page_of_a_file_runs_only_our_own_script(w):
    build.pupil(w, "Siti")
    browser, address = take(w)
    page = browser.get(address)
    assert re.findall(r"<script[^>]*>", page.content.decode()) == ['<script src="/static/verification.js" defer>']
    policy = {part.strip() for part in page["Content-Security-Policy"].split(";")}
    assert "script-src 'self'" in policy


@pytest.mark.parametrize("language", ["", "/ru"])
def test_the_desk_speaks_the_readers_language(w, language):
    build.pupil(w, "Siti")
    html = w.browser("verifier").get(f"{language}/program/{w.scope}/verifikasi/").content.decode()
    assert {"": "Ambil berkas terlama", "/ru": "Взять самые давние"}[language] in html
