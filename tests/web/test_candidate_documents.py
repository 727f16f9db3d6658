"""Documents: asked only from those who are called, refused in plain words beside the field, replaced, handed in."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rantau.applications.actions import calling, registration, verification
from rantau.applications.models import Application, Attachment
from rantau.engine.flow import Role
from rantau.engine.reasons import REQUIRED_DOCUMENTS
from rantau.people import queries as people
from rantau.programmes import actions as programmes
from tests.documents import paper
from tests.web.candidate_build import World, keep_files_in, open_world, page, shown, signed_in, unchanged

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def world(at, chance, tmp_path, settings) -> World:
    keep_files_in(tmp_path, settings)
    return open_world(at, chance)


@pytest.fixture
def called(world):
    """Return a registration that was called for documents."""
    mine = world.applicant()
    world.later(15 * DAY)
    coordinator = people.holders("coordinator", scope=world.programme.code)[0].person
    programmes.close_intake(intake=world.intake, person=coordinator, at=world.at)
    calling.call(intake=world.intake, person=coordinator, at=world.at)
    return Application.objects.get(pk=mine.pk)


def upload(data: bytes, kind: str = "photo", name: str = "KTP Bayu.jpg") -> dict[str, object]:
    """Return what a browser sends for one document."""
    return {"kind": kind, "file": SimpleUploadedFile(name, data)}


def good() -> bytes:
    """Return a readable photo."""
    return paper.saved(paper.page())


def test_before_the_call_there_is_no_page_for_documents(world):
    mine = world.applicant()
    client = signed_in(mine.person)
    assert client.get(page("documents", mine)).url == page("application", mine)
    with unchanged():
        response = client.post(page("documents", mine), upload(good()))
    assert response.status_code == 409
    assert "Documents are asked only from those who are called" in response.content.decode()


def test_who_is_called_is_told_until_when_and_what(called):
    client = signed_in(called.person)
    assert "You are among those called." in shown(client.get(page("application", called)))
    told = shown(client.get(page("documents", called)))
    assert "Until Tuesday, 26 May 2026, 23:59 WIB" in told
    for words in ("Identity card (KTP)", "Diploma (ijazah)", "School report (rapor)", "Photo of your face", "0 of 4"):
        assert words in told


REFUSED = [
    (b"", "This file is empty."),
    (b"hello", "file.type"),
    (paper.saved(paper.page(ground=30, ink=5)), "file.dark"),
    (paper.saved(paper.page(width=300, height=400)), "file.small"),
    (paper.saved(paper.page(blur=12)), "file.blurred"),
]


@pytest.mark.parametrize(("data", "told"), REFUSED, ids=[told for _, told in REFUSED])
def test_what_cannot_be_read_is_refused_beside_its_field(called, data, told):
    client = signed_in(called.person)
    with unchanged():
        response = client.post(page("documents", called), upload(data))
    assert response.status_code == 422
    wrong = response.context["wrong"]
    assert list(wrong.errors) == ["file"]
    assert 'id="photo_file_error"' in response.content.decode()
    assert 'href="#photo_file"' in response.content.decode()
    if not told.startswith("file."):
        assert told in response.content.decode()


def test_no_file_and_an_unknown_kind_keep_nothing(called):
    client = signed_in(called.person)
    with unchanged():
        told = client.post(page("documents", called), {"kind": "photo"})
        assert "Choose a photo or a PDF first." in told.content.decode()
        assert client.post(page("documents", called), upload(good(), kind="salary")).status_code == 409


def test_a_document_is_kept_replaced_and_served_to_its_person_alone(world, called):
    client = signed_in(called.person)
    first = client.post(page("documents", called), upload(good()))
    assert first.url == page("documents", called) + "#photo"
    client.post(page("documents", called), upload(paper.pdf(2), name="x.pdf"))
    assert [a.replaced_at is None for a in Attachment.objects.order_by("pk")] == [False, True]
    assert "1 of 4" in shown(client.get(page("documents", called)))
    served = client.get(page("file", called, kind="photo"))
    assert served.status_code == 200
    assert (served["Content-Type"], served["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert served["Content-Disposition"].startswith("attachment;")
    assert "Bayu" not in served["Content-Disposition"]
    assert client.get(page("file", called, kind="diploma")).status_code == 404
    other = signed_in(world.person(phone="+6281234567899"))
    assert other.get(page("file", called, kind="photo")).status_code == 404


def test_when_everything_is_there_it_is_handed_in(called):
    client = signed_in(called.person)
    for kind in REQUIRED_DOCUMENTS:
        assert "Hand in the documents" not in shown(client.get(page("documents", called)))
        client.post(page("documents", called), upload(good(), kind=kind))
    assert "Hand in the documents" in shown(client.get(page("documents", called)))
    assert client.post(page("hand_in", called)).url == page("application", called)
    called.refresh_from_db()
    assert called.state == "filed"
    assert "Your documents wait for an officer." in shown(client.get(page("application", called)))
    assert client.get(page("documents", called)).url == page("application", called)


def test_after_the_deadline_it_says_that_it_ended_before_anybody_acts(world, called):
    world.later(8 * DAY)
    client = signed_in(called.person)
    assert "The documents were not handed in by the deadline" in shown(client.get(page("application", called)))
    with unchanged():
        assert client.post(page("documents", called), upload(good())).status_code == 409
        assert client.post(page("hand_in", called)).status_code == 409


def test_a_file_that_came_back_says_why_and_an_answer_can_be_mended(world, called):
    client = signed_in(called.person)
    for kind in REQUIRED_DOCUMENTS:
        client.post(page("documents", called), upload(good(), kind=kind))
    registration.file(application=called, person=called.person, at=world.at)
    officer = world.person(role=Role.VERIFIER, scope=world.programme.code)
    claimed = verification.claim(person=officer, scope=world.programme.code, at=world.at)
    verification.decide(
        application=claimed, person=officer, verdict="return", reason="answer_differs", note="Tahun lulus.", at=world.at
    )
    told = shown(client.get(page("application", called)))
    for words in ("An answer differs from the document.", "Tahun lulus.", "Until Sunday, 24 May 2026, 23:59 WIB"):
        assert words in told
    assert page("task", called, task="study") in told
    assert page("task", called, task="wishes") not in told
    saved = client.post(page("task", called, task="study"), {"major": "machining", "graduated": "2025"})
    assert saved.url == page("application", called)
    called.refresh_from_db()
    assert (called.major, called.graduated, called.state) == ("machining", 2025, "returned")
    assert client.get(page("task", called, task="wishes")).status_code == 404
