"""Schools that are not in the list, for the coordinator; requests for favour, recorded by all, read by the inspector."""

import pytest

from rantau.applications.models import Application, Favour, SchoolClaim
from rantau.web.verification.sentences import FAVOURS
from tests.web import desk_build as build
from tests.web.desk_build import everything

pytestmark = pytest.mark.django_db
CLAIMS, FAVOUR, READ = "sekolah-belum-terdaftar/", "titipan/", "titipan/daftar/"


@pytest.fixture
def w(at, chance):
    return build.world(at, chance)


def claim(w, name="SMK Satu Utara", npsn=""):
    return build.claim_school(w, build.pupil(w, "Siti", state="draft"), name, npsn)


def test_a_claim_is_shown_with_schools_it_may_mean(w):
    claim(w)
    html = w.browser("coordinator").get(w.address(CLAIMS)).content.decode()
    assert ["SMK Satu Utara, Metro" in html, 'value="20100001"' in html, 'value="20100002"' in html] == [
        True,
        True,
        False,
    ]


def test_the_number_counts_before_the_name(w):
    claim(w, npsn="20100002")
    html = w.browser("coordinator").get(w.address(CLAIMS)).content.decode()
    assert ['value="20100001"' in html, 'value="20100002"' in html] == [False, True]


def test_a_claim_is_chosen_and_schools_are_searched(w):
    claim(w)
    other = claim(w, "SMK Entah")
    page = w.browser("coordinator").get(w.address(CLAIMS), {"klaim": other.ref, "q": "dua"}).content.decode()
    assert ["SMK Entah, Metro" in page, 'value="20100002"' in page] == [True, True]
    page = w.browser("coordinator").get(w.address(CLAIMS), {"klaim": other.ref}).content.decode()
    assert "No school of the register fits these words." in page


def test_a_claim_is_linked(w):
    one = claim(w)
    page = w.browser("coordinator").post(w.address(CLAIMS), {"claim": one.ref, "npsn": "20100001"}, follow=True)
    assert "Linked: SMK Satu Utara." in page.content.decode()
    assert Application.objects.get().school == w.schools["one"]
    assert "None waits." in page.content.decode()


def test_a_claim_is_dismissed(w):
    one = claim(w)
    page = w.browser("coordinator").post(w.address(CLAIMS), {"claim": one.ref, "dismiss": "1"}, follow=True)
    assert "Dismissed: SMK Satu Utara is no school of this programme." in page.content.decode()
    assert (SchoolClaim.objects.get().state, Application.objects.get().school) == ("dismissed", None)


@pytest.mark.parametrize(
    ("typed", "status"), [({"npsn": "99999999"}, 404), ({"npsn": "x"}, 302), ({"claim": "nobody"}, 404), ({}, 302)]
)
def test_a_mistake_links_nothing(w, typed, status):
    one = claim(w)
    before = everything()
    assert w.browser("coordinator").post(w.address(CLAIMS), {"claim": one.ref} | typed).status_code == status
    assert everything() == before


@pytest.mark.parametrize("who", ["head", "verifier", "auditor", "inspector"])
def test_only_the_coordinator_sees_and_settles_claims(w, who):
    one = claim(w)
    before = everything()
    page = w.browser(who).get(w.address(CLAIMS))
    assert (page.status_code, "SMK Satu Utara" in page.content.decode()) == (403, False)
    assert w.browser(who).post(w.address(CLAIMS), {"claim": one.ref, "npsn": "20100001"}).status_code == 403
    assert everything() == before


@pytest.mark.parametrize("who", ["head", "verifier", "coordinator"])
def test_a_favour_is_two_taps_from_every_desk(w, who):
    page = w.browser(who).post(w.address(FAVOUR), {"kind": "call"}, follow=True)
    assert "Recorded. Only the inspector reads it." in page.content.decode()
    assert list(Favour.objects.values_list("person", "kind", "note")) == [(w.staff[who].pk, "call", "")]


@pytest.mark.parametrize(("who", "rest"), [("head", "sekolah/"), ("verifier", "verifikasi/"), ("coordinator", CLAIMS)])
def test_each_desk_leads_to_it(w, who, rest):
    assert f'href="{w.address(FAVOUR)}"' in w.browser(who).get(w.address(rest)).content.decode()


def test_every_way_has_its_button(w):
    html = w.browser("verifier").get(w.address(FAVOUR)).content.decode()
    assert [code for code in FAVOURS if f'name="kind" value="{code}"' in html] == list(FAVOURS)


def test_a_favour_of_no_kind_is_not_recorded(w):
    before = everything()
    assert w.browser("verifier").post(w.address(FAVOUR), {"kind": "bribe"}).status_code == 422
    assert everything() == before


@pytest.mark.parametrize("who", ["auditor", "inspector"])
def test_who_is_never_approached_records_nothing(w, who):
    before = everything()
    assert w.browser(who).post(w.address(FAVOUR), {"kind": "call"}).status_code == 403
    assert everything() == before


def recorded(w):
    w.browser("verifier").post(w.address(FAVOUR), {"kind": "gift", "note": "Amplop untuk RAHASIA"})


def test_the_inspector_reads_the_requests(w):
    recorded(w)
    html = w.browser("inspector").get(w.address(READ)).content.decode()
    words = ["Petugas verifier", "Offered a gift or money", "Amplop untuk RAHASIA", "Monday, 4 May 2026, 10:00 WIB"]
    assert [text for text in words if text in html] == words


@pytest.mark.parametrize("who", ["coordinator", "verifier", "auditor", "head", "colleague"])
def test_nobody_else_reads_them(w, who):
    recorded(w)
    page = w.browser(who).get(w.address(READ))
    assert page.status_code == 403
    assert ["RAHASIA" in page.content.decode(), "gift" in page.content.decode()] == [False, False]


def test_a_stranger_is_asked_to_sign_in(w, client):
    recorded(w)
    for rest in (CLAIMS, FAVOUR, READ):
        page = client.get(w.address(rest))
        assert (page.status_code, page["Location"].split("?")[0]) == (302, "/en/akun/masuk/")
