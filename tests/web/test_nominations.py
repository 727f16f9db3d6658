"""The school's desk: only its own, links shown once, sheets row by row, results only where the pupil agreed."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rantau.applications import queries
from rantau.applications.actions import nominating
from rantau.applications.models import Nomination
from rantau.engine.flow import Role
from rantau.people import actions as people
from rantau.people import queries as people_queries
from rantau.people.models import Person
from rantau.programmes.models import Intake
from rantau.web import tables
from rantau.web.nominations import sheets
from tests.web import desk_build as build
from tests.web.desk_build import NISN, OTHER_NISN, everything

pytestmark = pytest.mark.django_db
PUPIL = {"name": "Siti Aminah", "nisn": NISN, "contact": "0812 3456 7890"}
QUERIES = 12
OF_NEIGHBOUR = ("Rahasia Tetangga", "+6281299998888")


@pytest.fixture
def w(at, chance):
    made = build.world(at, chance)
    nominating.invite(
        intake=made.intake,
        school=made.schools["two"],
        person=made.staff["neighbour"],
        name=OF_NEIGHBOUR[0],
        nisn="0089999999",
        contact=OF_NEIGHBOUR[1],
        at=at,
        chance=chance,
    )
    build.pupil(made, "Rahasia Pendaftar", state="draft", school="two")
    return made


def desk(w, who="head", query=""):
    return w.browser(who).get(w.address("sekolah/") + query)


def rows(html):
    """Return the cells of the page's table of pupils as words."""
    found = re.findall(r"<tr>(.*?)</tr>", html.split("<tbody>")[1].split("</tbody>")[0], re.S)
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.split(r"</t[dh]>", row)[:4]] for row in found
    ]


def upload(w, data, who="head"):
    sheet = SimpleUploadedFile("undangan.xlsx", data)
    return w.browser(who).post(w.address("sekolah/daftar/"), {"sheet": sheet})


def sheet(*lines):
    return tables.write(
        sheets.COLUMNS, [dict(zip(("nama", "nisn", "kontak"), line, strict=True)) for line in lines], title="Uji"
    )


def test_the_desk_shows_quota_deadline_and_the_rule_about_money(w):
    page = desk(w)
    html = page.content.decode()
    assert page.status_code == 200
    assert '<span class="big">5</span> of 5' in html
    assert "Wednesday, 3 June 2026, 10:00 WIB" in html
    assert "A school takes no money and signs no placement." in html
    assert f'href="{w.address("bantu/")}"' in html
    assert f'href="{w.address("titipan/")}"' in html
    assert page.headers["Cache-Control"] == "no-store"


def test_an_invitation_is_made_and_its_link_shown_once(w, client):
    page = w.browser("head").post(w.address("sekolah/"), PUPIL)
    html = page.content.decode()
    nomination = Nomination.objects.get(school=w.schools["one"])
    secret = re.search(r"http://testserver/program/[\w-]+/undangan/(\w+)/", html)[1]
    assert queries.invitation(secret) == nomination
    assert (nomination.person.name, nomination.person.phone) == ("Siti Aminah", "+6281234567890")
    assert "Siti Aminah" in html
    assert "data:image/svg+xml" in html
    assert secret not in desk(w).content.decode()
    assert "SMK Satu" in client.get(f"/program/{w.scope}/undangan/{secret}/").content.decode()


def test_own_pupils_stand_with_what_they_lack(w):
    w.browser("head").post(w.address("sekolah/"), PUPIL)
    called = build.pupil(w, "Budi", state="called", school="one")
    called.file_by = w.at + build.DAY
    called.save()
    half = build.pupil(w, "Citra", state="draft", school="one")
    half.average, half.wishes = None, ["power"]
    half.save()
    build.pupil(w, "Dewi", state="filed", school="one")
    assert rows(desk(w).content.decode()) == [
        [
            "Budi",
            "Called: documents are asked",
            "Identity card, Diploma, Report, semesters 1–5, Photo",
            "Tuesday, 5 May 2026, 10:00 WIB",
        ],
        ["Citra", "Is filling in the registration", "report average", ""],
        ["Siti Aminah +6281234567890", "Waits for the pupil&#x27;s answer", "", "Monday, 11 May 2026, 23:59 WIB"],
        ["Dewi", "Documents are being checked", "", ""],
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_more_pupils_need_no_more_queries(w, number, django_assert_num_queries):
    for one in range(number):
        build.pupil(w, f"Siti {one}", state="called", school="one")
        build.pupil(w, f"Budi {one}", state="draft", school="one")
    browser = w.browser("head")
    with django_assert_num_queries(QUERIES):
        assert browser.get(w.address("sekolah/")).status_code == 200


def test_nothing_of_another_school_is_shown(w):
    w.browser("head").post(w.address("sekolah/"), PUPIL)
    html = desk(w).content.decode()
    for secret in (*OF_NEIGHBOUR, "Rahasia Pendaftar", "SMK Dua"):
        assert secret not in html
    theirs = desk(w, "neighbour").content.decode()
    assert "Siti Aminah" not in theirs
    assert OF_NEIGHBOUR[0] in theirs


def test_another_schools_desk_is_not_there(w):
    assert desk(w, query="?npsn=20100002").status_code == 404
    before = everything()
    assert w.browser("head").post(w.address("sekolah/?npsn=20100002"), PUPIL).status_code == 404
    assert everything() == before


@pytest.mark.parametrize("who", ["verifier", "coordinator", "auditor", "inspector"])
@pytest.mark.parametrize("rest", ["sekolah/", "sekolah/contoh.xlsx", "sekolah/daftar/"])
def test_only_schools_have_the_desk(w, who, rest):
    page = w.browser(who).get(w.address(rest))
    assert page.status_code == 403
    assert OF_NEIGHBOUR[0] not in page.content.decode()


def test_a_stranger_is_asked_to_sign_in(w, client):
    page = client.get(w.address("sekolah/"))
    assert (page.status_code, page["Location"].split("?")[0]) == (302, "/en/akun/masuk/")


def test_a_person_of_two_schools_chooses_between_them(w):
    head = w.staff["head"]
    people.grant(to=head, role=Role.SCHOOL, scope=w.scope, at=w.at, person=head, organisation=w.schools["two"])
    first, second = desk(w).content.decode(), desk(w, query="?npsn=20100002").content.decode()
    assert (OF_NEIGHBOUR[0] in first, OF_NEIGHBOUR[0] in second) == (False, True)
    w.browser("head").post(w.address("sekolah/?npsn=20100002"), PUPIL)
    assert Nomination.objects.filter(school=w.schools["two"]).count() == 2


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "Write the pupil&#x27;s name."),
        ({"nisn": "008123456"}, "A NISN has 10 digits and nothing else. Compare it with the diploma."),
        (
            {"contact": "08"},
            "This is no phone number. Write it like 0812 3456 7890; numbers of other countries begin with +.",
        ),
        ({"contact": "siti@"}, "This is no e-mail address. Write it like nama@contoh.id."),
    ],
)
def test_what_is_mistyped_is_said_and_nothing_is_kept(w, changed, words):
    before = everything()
    page = w.browser("head").post(w.address("sekolah/"), PUPIL | changed)
    html = page.content.decode()
    assert (page.status_code, words in html, 'aria-invalid="true"' in html) == (422, True, True)
    assert everything() == before


def test_a_refusal_stands_in_the_form(w):
    browser = w.browser("head")
    browser.post(w.address("sekolah/"), PUPIL)
    before = everything()
    page = browser.post(w.address("sekolah/"), PUPIL)
    assert page.status_code == 409
    assert "This pupil is nominated already." in page.content.decode()
    w.later(31 * build.DAY)
    page = browser.post(w.address("sekolah/"), PUPIL | {"nisn": OTHER_NISN})
    assert page.status_code == 409
    assert everything() == before


def test_a_school_takes_its_own_invitation_back(w):
    browser = w.browser("head")
    browser.post(w.address("sekolah/"), PUPIL)
    own = Nomination.objects.get(school=w.schools["one"])
    pupil = own.person_id
    page = browser.post(w.address(f"sekolah/undangan/{own.ref}/batal/"), follow=True)
    assert page.redirect_chain == [(w.address("sekolah/") + "?npsn=20100001", 302)]
    own.refresh_from_db()
    assert own.state == "cancelled"
    assert not Person.objects.filter(pk=pupil).exists()
    assert "1 cancelled by the school." in page.content.decode()


def test_another_schools_invitation_is_not_there(w):
    theirs = Nomination.objects.get()
    before = everything()
    assert w.browser("head").post(w.address(f"sekolah/undangan/{theirs.ref}/batal/")).status_code == 404
    assert w.browser("coordinator").post(w.address(f"sekolah/undangan/{theirs.ref}/batal/")).status_code == 404
    assert everything() == before


def test_good_rows_of_a_sheet_are_kept_and_bad_ones_named(w):
    data = sheet(
        ("Siti Aminah", NISN, "0812 3456 7890"),
        ("", OTHER_NISN, "081234567891"),
        ("Budi", "12", "081234567891"),
        ("Citra", "0081111111", "08"),
        ("Dewi", "0082222222", "dewi@example.org"),
    )
    page = upload(w, data)
    html = page.content.decode()
    own = Nomination.objects.filter(school=w.schools["one"]).order_by("pk")
    assert [(n.person.name, people_queries.identity(n.person).nisn) for n in own] == [
        ("Siti Aminah", NISN),
        ("Dewi", "0082222222"),
    ]
    assert len(re.findall(r"http://testserver/program/[\w-]+/undangan/\w+/", html)) == 2
    assert [row[:2] for row in rows(html)] == [["3", "Name"], ["4", "NISN"], ["5", "Telephone or e-mail"]]
    assert "2 invitations made" in html


def test_a_mended_sheet_can_be_handed_in_again(w):
    line = ("Siti Aminah", NISN, "0812 3456 7890")
    upload(w, sheet(line))
    html = upload(w, sheet(line, ("Budi", OTHER_NISN, "081234567891"))).content.decode()
    assert "1 pupil had an invitation already and was left as is." in html
    assert "1 invitation made" in html
    assert Nomination.objects.filter(school=w.schools["one"]).count() == 2


def test_a_sheet_stops_at_the_quota(w):
    html = upload(w, sheet(*(("Siti", f"008000000{n}", "0812 3456 7890") for n in range(7)))).content.decode()
    assert Nomination.objects.filter(school=w.schools["one"]).count() == 5
    assert [row[:1] for row in rows(html)] == [["7"], ["8"]]
    assert "quota of 5 nominations is used up." in html


def test_a_sheet_that_cannot_be_read_changes_nothing(w):
    before = everything()
    page = upload(w, b"\x89PNG\0")
    assert page.status_code == 409
    assert "The file cannot be read." in page.content.decode()
    page = w.browser("head").post(w.address("sekolah/daftar/"), {})
    assert page.status_code == 422
    assert "Choose the file with the sheet first." in page.content.decode()
    assert everything() == before


def test_the_address_of_the_sheet_leads_back_to_the_desk(w):
    assert w.browser("head").get(w.address("sekolah/daftar/"))["Location"] == w.address("sekolah/") + "?npsn=20100001"


def test_the_template_can_be_filled_in_and_handed_in(w):
    page = w.browser("head").get(w.address("sekolah/contoh.xlsx"))
    assert page["Content-Disposition"] == 'attachment; filename="undangan.xlsx"'
    assert tables.read(io.BytesIO(page.content).read(), sheets.COLUMNS) == ([], [])


@pytest.mark.parametrize(
    "state", ["not_called", "ineligible", "verified", "selected", "reserve", "unsuccessful", "accepted", "withdrawn"]
)
def test_a_result_is_the_pupils_to_tell(w, state):
    pupil = build.pupil(w, "Siti", state=state, school="one")
    untold = "Past the school&#x27;s part; the result is the pupil&#x27;s to tell"
    assert rows(desk(w).content.decode()) == [["Siti", untold, "", ""]]
    people.consent(person=pupil.person, purposes={"school_result": "x"}, scope=w.scope, at=w.at)
    (told,) = rows(desk(w).content.decode())
    assert told[1] != untold


def test_without_an_intake_there_is_no_desk(w):
    Nomination.objects.all().delete()
    build.Application.objects.all().delete()
    Intake.objects.all().delete()
    assert desk(w).status_code == 404


def test_an_unanswered_invitation_reads_as_lapsed_before_anything_ran(w):
    w.browser("head").post(w.address("sekolah/"), PUPIL)
    w.later(8 * build.DAY)
    before = everything()
    assert rows(desk(w).content.decode())[0][1] == "not answered in time"
    assert everything() == before
