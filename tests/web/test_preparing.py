"""The way to departure on the web: the person's page and documents, the officers' board and look, the public rules."""

import csv
import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rantau.departure import queries
from rantau.departure.actions import beginning, papers
from rantau.departure.models import Clearance, Paper
from rantau.departure.queries import board
from rantau.documents.models import File, Upload
from rantau.ledger.models import Entry
from rantau.people.models import Person
from rantau.web.preparing.own import CARDS
from tests.departure import build
from tests.documents import paper as paper_pictures
from tests.web.candidate_build import keep_files_in

pytestmark = pytest.mark.django_db
ISSUED = dt.date(2026, 5, 1)
SECRETS = ("X7654321", "Ibu Rahasia", "Pak Lurah Rahasia")
GIVEN = {
    "passport": {"number": SECRETS[0], "issued_on": ISSUED, "expires_on": dt.date(2031, 5, 1)},
    "family-consent": {"details": {"consenter": SECRETS[1], "village_head": SECRETS[2]}},
    "health": {"issued_on": ISSUED, "details": {"result": "limited"}},
}
DAYS = {"issued_on_0": "1", "issued_on_1": "5", "issued_on_2": "2026"}
PASSPORT = {"number": "B1112223", **DAYS, "expires_on_0": "1", "expires_on_1": "5", "expires_on_2": "2031"}


@pytest.fixture
def w(at, chance, tmp_path, settings):
    keep_files_in(tmp_path, settings)
    return build.world(at, chance)


def photo(name: str = "paspor.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, paper_pictures.saved(paper_pictures.page()))


def give(w, name, kind, **changes):
    """Give a document by its owner's hand, with a scan that can be opened."""
    one = build.paper(w, name, kind)
    typed = {**GIVEN[kind], "data": photo().read(), **changes}
    return papers.give(paper=one, person=one.clearance.application.person, at=w.at, chance=w.chance, **typed)


def own(visit, w, name, page="own_departure", *args, **more):
    application = w.people[name]
    return visit(application.person, page, w.scope, application.code, *args, **more)


# --- the person ----------------------------------------------------------------------------------------------------------
def test_the_page_says_what_is_next_by_when_and_every_document_worst_first(w, visit):
    give(w, "ani", "passport")
    sent = give(w, "ani", "health")
    papers.details(paper=sent, person=w.verifier, at=w.at)
    papers.send_back(paper=sent, reason="not_stamped", note="Cap belum ada", person=w.verifier, at=w.at)
    page = own(visit, w, "ani")
    assert page.status_code == 200
    rows = [(row["rule"].code, row["state"], row["level"]) for row in page.context["rows"]]
    assert rows[0] == ("health", "returned", 0)
    assert rows[-1] == ("passport", "given", 1)
    assert page.context["next"]["rule"].code == "family-consent"
    assert [name for name, _card in page.context["cards"]] == list(CARDS)
    assert "an officer who checks documents" in page.words
    assert "No departure group yet" in page.words
    assert SECRETS[0] not in page.words
    link = own(visit, w, "ani", "application")
    assert f"/pendaftaran/{w.people['ani'].code}/keberangkatan/" in link.words


def test_who_has_given_everything_waits_and_others_later_documents_are_told(w, visit):
    Paper.objects.filter(clearance=build.way(w, "ani")).exclude(kind="passport").update(state="waived")
    give(w, "ani", "passport")
    page = own(visit, w, "ani")
    assert (page.context["next"], page.context["waits"]) == (None, 1)
    assert [row["rule"].code for phase in page.context["later"] for row in phase["rows"]] == ["registration"]
    assert "After arrival: 24 hours" in page.words


def test_a_document_is_given_and_what_was_typed_is_never_lost(w, visit):
    wrong = {**PASSPORT, "expires_on_2": "2027", "expires_on_1": "1", "file": photo()}
    page = own(visit, w, "ani", "own_paper", "passport", post=True, data=wrong)
    assert page.status_code == 422
    assert "before the day of departure" in page.words
    assert 'value="B1112223"' in page.words
    kept = Upload.objects.get()
    assert f'name="file_upload" value="{kept.ref}"' in page.words
    empty = own(visit, w, "ani", "own_paper", "passport", post=True, data={"file": photo()})
    assert "This is missing. Copy it from the document." in empty.words
    assert build.paper(w, "ani", "passport").state == "asked"
    done = own(visit, w, "ani", "own_paper", "passport", post=True, data={**PASSPORT, "file_upload": kept.ref})
    assert done.url.endswith("/keberangkatan/#passport")
    given = build.paper(w, "ani", "passport")
    assert (given.state, queries.sealed(given)) == ("given", {"number": "B1112223"})
    assert own(visit, w, "ani", "own_paper_scan", "passport")["Content-Type"] == "image/jpeg"
    seen = own(visit, w, "ani", "own_paper", "passport")
    assert "B1112223" in seen.words
    assert 'type="file"' not in seen.words


def test_what_was_sent_back_says_why_first_and_is_filled_in_already(w, visit):
    one = give(w, "ani", "passport")
    papers.send_back(paper=one, reason="other_name", note="Ejaan lain", person=w.verifier, at=w.at)
    page = own(visit, w, "ani", "own_paper", "passport")
    assert "The name is spelled otherwise than in the registration" in page.words
    assert "“Ejaan lain”" in page.words
    assert f'value="{SECRETS[0]}"' in page.words


def test_nobody_reads_another_s_way_and_the_officer_beside_no_health_paper(w, visit):
    for kind in GIVEN:
        give(w, "ani", kind)
    helper = w.coordinator
    w.people["ani"].assisted_by = helper
    w.people["ani"].save()
    ani = w.people["ani"].code
    for person in (w.people["budi"].person, w.verifier, w.employer, w.host_mission, w.home_mission):
        for name, args in (("own_departure", ()), ("own_paper", ("passport",)), ("own_paper_scan", ("passport",))):
            assert visit(person, name, w.scope, ani, *args).status_code == 404
    page = visit(helper, "own_paper", w.scope, ani, "health")
    assert (page.status_code, "Fit with limits" in page.words) == (200, False)
    assert visit(helper, "own_paper_scan", w.scope, ani, "health").status_code == 404
    assert SECRETS[0] in visit(helper, "own_paper", w.scope, ani, "passport").words


# --- officers ------------------------------------------------------------------------------------------------------------
def test_the_board_shows_each_office_its_part_and_others_nothing(w, visit):
    for kind in GIVEN:
        give(w, "ani", kind)
    build.teacher(w)
    other = Person.objects.get(pk=build.teacher(w, "neighbour").pk)
    other.grants.update(organisation=None)
    boards = {name: visit(w.staff[name], "papers_board", w.scope) for name in ("coordinator", "verifier", "teacher")}
    names = {name: [row["name"] for row in page.context["rows"]] for name, page in boards.items()}
    assert set(map(len, names.values())) == {4}
    assert set(names["verifier"]) == {application.person.name for application in list(w.people.values())[:4]}
    assert [one["paper"].kind for one in boards["verifier"].context["queue"]] == [
        "passport",
        "family-consent",
        "health",
    ]
    assert {cell["state"] for row in boards["teacher"].context["rows"] for cell in row["cells"]} == {"asked", "there"}
    assert [cell["ref"] for row in boards["teacher"].context["rows"] for cell in row["cells"] if cell["ref"]] == []
    assert w.people["ani"].code not in boards["teacher"].words
    for page in boards.values():
        assert [secret for secret in (*SECRETS, "Fit with limits") if secret in page.words] == []
    empty = visit(w.home_mission, "papers_board", w.scope)
    assert (empty.context["people"], "Nobody is on the way yet" in empty.words) == (0, True)
    assert visit(other, "papers_board", w.scope).context["people"] == 0
    for person in (w.employer, w.host_mission, w.protector, w.people["ani"].person):
        assert visit(person, "papers_board", w.scope).status_code == 403


def test_the_home_mission_sees_those_abroad_with_the_end_of_their_visa(w, visit):
    Paper.objects.filter(clearance=build.way(w, "budi"), kind="study-visa").update(
        state="seen", expires_on=dt.date(2026, 8, 1)
    )
    Clearance.objects.filter(pk=build.way(w, "budi").pk).update(state="departed", departed_at=w.at, arrived_at=w.at)
    beginning.ask(clearance=build.way(w, "budi"), at=w.at)
    page = visit(w.home_mission, "papers_board", w.scope)
    [row] = page.context["rows"]
    assert (row["name"], row["visa_ends"]) == (w.people["budi"].person.name, dt.date(2026, 8, 1))
    said = "; ".join(one["words"] for one in row["gaps"])
    assert [words for words in ("The visa ends", "Dokumen registration: missing") if words not in said] == []


def test_the_board_filters_and_its_sheet_holds_no_number_and_runs_nothing(w, visit):
    for kind in GIVEN:
        give(w, "ani", kind)
    ani = w.people["ani"].person
    Person.objects.filter(pk=ani.pk).update(name='=HYPERLINK("http://x")')
    page = visit(w.coordinator, "papers_board", w.scope, dokumen="passport", keadaan="given")
    assert [row["application"].pk for row in page.context["rows"]] == [w.people["ani"].pk]
    answer = visit(w.coordinator, "papers_out", w.scope, dokumen="passport", keadaan="given")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[:2] for row in rows] == [["Code", "Name"], [w.people["ani"].code, '\'=HYPERLINK("http://x")']]
    assert [secret for secret in (*SECRETS, "Fit with limits") if secret in str(rows)] == []


def test_the_board_asks_the_database_the_same_for_one_and_for_many(w, django_assert_num_queries):
    give(w, "ani", "passport")
    ways = list(queries.under_way(w.intake))
    for some in (ways[:1], ways):
        with django_assert_num_queries(4):
            board.lines(some, at=w.at)
    assert [(line.clearance.pk, line.gaps) for line in board.lines(ways, at=w.at)] == [
        (clearance.pk, gaps) for clearance, gaps in queries.worst_first(ways, at=w.at)
    ]


def test_an_officer_looks_decides_and_goes_on_to_the_next(w, visit):
    first, second = give(w, "ani", "passport"), give(w, "budi", "passport")
    page = visit(w.verifier, "paper_look", w.scope, first.ref)
    assert (SECRETS[0] in page.words, w.people["ani"].person.name in page.words) == (True, True)
    scan = visit(w.verifier, "paper_scan", w.scope, first.ref)
    assert (scan["Content-Type"], scan["Content-Disposition"]) == ("image/jpeg", "inline")
    empty = visit(w.verifier, "paper_look", w.scope, first.ref, post=True, data={"verdict": "confirm", "source": " "})
    assert (empty.status_code, "Name the source that confirmed it" in empty.words) == (422, True)
    unsaid = visit(w.verifier, "paper_look", w.scope, first.ref, post=True, data={"verdict": "return", "note": "Kabur"})
    assert ("Choose a reason from the list" in unsaid.words, 'value="Kabur"' in unsaid.words) == (True, True)
    done = visit(w.verifier, "paper_look", w.scope, first.ref, post=True, data={"verdict": "see"})
    assert done.url.endswith(f"/meja/dokumen/{second.ref}/")
    back = {"verdict": "return", "reason": "unreadable", "note": "Kabur"}
    last = visit(w.verifier, "paper_look", w.scope, second.ref, post=True, data=back)
    assert last.url.endswith("/meja/dokumen/")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.note) == ("seen", "asked", "Kabur")
    source = {"verdict": "confirm", "source": "Imigrasi, 5 Mei 2026"}
    visit(w.verifier, "paper_look", w.scope, first.ref, post=True, data=source)
    first.refresh_from_db()
    assert (first.state, first.confirmed_from) == ("confirmed", "Imigrasi, 5 Mei 2026")


def test_a_health_paper_opens_only_by_a_click_that_is_on_record(w, visit):
    one = give(w, "ani", "health")
    closed = visit(w.verifier, "paper_look", w.scope, one.ref)
    assert ("Fit with limits" in closed.words, "Open; it is recorded" in closed.words) == (False, True)
    assert closed.context["steps"] == []
    assert visit(w.verifier, "paper_scan", w.scope, one.ref).status_code == 404
    assert visit(w.verifier, "paper_open", w.scope, one.ref).status_code == 405
    assert queries.looks(one) == []
    opened = visit(w.verifier, "paper_open", w.scope, one.ref, post=True)
    assert ("Fit with limits" in opened.words, "data:image/jpeg;base64," in opened.words) == (True, True)
    assert opened.context["steps"] == ["see", "confirm", "return"]
    assert queries.looks(one) == [(w.at, "verifier")]
    before = Entry.objects.count()
    for person in (w.coordinator, w.home_mission, w.employer, w.host_mission, w.people["budi"].person):
        for name in ("paper_open", "paper_scan"):
            assert visit(person, name, w.scope, one.ref, post=True).status_code == 404
    known = visit(w.coordinator, "paper_look", w.scope, one.ref)
    assert (known.status_code, "Fit with limits" in known.words, str(File.objects.get().ref) in known.words) == (
        200,
        False,
        False,
    )
    assert Entry.objects.count() == before


def test_a_coordinator_says_that_a_document_is_not_needed_and_why(w, visit):
    one = build.paper(w, "ani", "study-visa")
    empty = visit(w.coordinator, "paper_look", w.scope, one.ref, post=True, data={"verdict": "waive"})
    assert empty.status_code == 422
    visit(w.coordinator, "paper_look", w.scope, one.ref, post=True, data={"verdict": "waive", "note": "Warga negara"})
    one.refresh_from_db()
    assert (one.state, one.note) == ("waived", "Warga negara")
    assert "Warga negara" in own(visit, w, "ani", "own_paper", "study-visa").words


# --- the public ----------------------------------------------------------------------------------------------------------
def test_anybody_reads_every_document_with_its_day_and_what_nobody_has_announced(at, chance, visit):
    w = build.selection.world(at, chance, text=build.programme())
    page = visit(None, "document_rules", w.scope)
    assert [row["rule"].code for phase in page.context["phases"] for row in phase["rows"]] == [
        one[0] for one in build.DOCUMENTS
    ]
    assert "Before departure: 40 days" in page.words
    assert "our reading; nobody has announced it" in page.words
    assert f"/program/{w.scope}/dokumen/" in visit(None, "programme", w.scope).words
