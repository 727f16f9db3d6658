"""Files in parts over the web: in the words of tus, their sender's alone, taken by the page of documents like whole ones."""

import datetime as dt
import hashlib

import pytest
from django.urls import reverse
from django.utils import timezone

from rantau.applications.actions import calling, registration
from rantau.applications.models import Application, Attachment
from rantau.documents import actions
from rantau.documents.models import File, Part, Upload
from rantau.engine.reasons import REQUIRED_DOCUMENTS
from rantau.people import queries as people
from rantau.programmes import actions as programmes
from tests.documents import paper
from tests.web.candidate_build import World, keep_files_in, open_world, page, shown, signed_in, unchanged

pytestmark = pytest.mark.django_db
CHUNK = actions.CHUNK


@pytest.fixture
def world(at, chance, tmp_path, settings) -> World:
    keep_files_in(tmp_path, settings)
    return open_world(at, chance)


@pytest.fixture
def called(world):
    """Return a registration that was called for documents."""
    mine = world.applicant()
    world.later(dt.timedelta(days=15))
    coordinator = people.holders("coordinator", scope=world.programme.code)[0].person
    programmes.close_intake(intake=world.intake, person=coordinator, at=world.at)
    calling.call(intake=world.intake, person=coordinator, at=world.at)
    return Application.objects.get(pk=mine.pk)


def photo(**how) -> bytes:
    """Return a photo of several parts."""
    return paper.saved(paper.page(**how), quality=95)


def begun(client, size: int):
    """Begin an upload and return the answer."""
    return client.post(reverse("upload_begin"), headers={"Upload-Length": str(size)})


def send(client, address: str, data: bytes, offset: int, digest: str = ""):
    """Send the part at an offset and return the answer."""
    part = data[offset : offset + CHUNK]
    said = {"Upload-Offset": str(offset), "Upload-Checksum": f"sha256 {digest or hashlib.sha256(part).hexdigest()}"}
    return client.post(address, part, content_type="application/offset+octet-stream", headers=said)


def sent(client, data: bytes) -> str:
    """Send a file in parts and return the upload's reference."""
    made = begun(client, len(data)).json()
    for offset in range(0, len(data), CHUNK):
        assert send(client, made["address"], data, offset).status_code == 200
    return made["ref"]


def test_an_upload_is_begun_asked_for_and_goes_on(world):
    client, data = signed_in(world.person()), photo()
    answer = begun(client, len(data))
    where = answer["Location"]
    assert (answer.status_code, answer["Upload-Offset"], answer["Upload-Length"]) == (201, "0", str(len(data)))
    assert send(client, where, data, 0)["Upload-Offset"] == str(CHUNK)
    gap = send(client, where, data, 2 * CHUNK)
    assert (gap.status_code, gap["Upload-Offset"], gap.json()["code"]) == (409, str(CHUNK), "upload.offset")
    assert client.head(where)["Upload-Offset"] == str(CHUNK)
    asked = client.get(where)
    assert (asked.json()["offset"], asked["Cache-Control"]) == (CHUNK, "no-store")


def test_refusals_are_said_in_the_reader_s_language(world):
    client = signed_in(world.person())
    assert begun(client, 9_000_000).status_code == 413
    empty = client.post("/ru" + reverse("upload_begin"))
    assert (empty.status_code, empty.json()) == (
        422,
        {"code": "upload.empty", "sentence": "Файл пуст. Сфотографируйте документ ещё раз."},
    )
    where = begun(client, 2 * CHUNK)["Location"]
    for data, digest, code in ((bytes(CHUNK), "0" * 64, "upload.damaged"), (bytes(9), "", "upload.chunk")):
        assert send(client, where, data, 0, digest).json()["code"] == code
    large = client.post(where, bytes(CHUNK + 1), content_type="application/offset+octet-stream")
    assert (large.status_code, large.json()["code"]) == (422, "upload.chunk")
    assert Part.objects.count() == 0


def test_nobody_else_asks_for_it_adds_to_it_or_takes_it(world, called):
    data, thief = photo(), signed_in(called.person)
    owner = signed_in(world.person(phone="+6281234567899"))
    ref = sent(owner, data)
    half = begun(owner, len(data)).json()
    address = page("documents", called)
    with unchanged():
        for answer in (thief.get(half["address"]), thief.head(half["address"]), send(thief, half["address"], data, 0)):
            assert answer.status_code == 404
        taken = thief.post(address, {"kind": "photo", "file_upload": ref})
        assert (taken.status_code, list(taken.context["wrong"].errors)) == (422, ["file"])
    assert (Part.objects.count(), Upload.objects.count()) == (-(-len(data) // CHUNK), 2)


def test_the_page_of_documents_takes_what_came_in_parts_once(called, django_capture_on_commit_callbacks):
    client, address = signed_in(called.person), page("documents", called)
    given = {"kind": "photo", "file_upload": sent(client, photo())}
    assert client.post(address, given).url == f"{address}#photo"
    assert (Attachment.objects.count(), Upload.objects.count(), Part.objects.count()) == (1, 0, 0)
    with unchanged():
        again = client.post(address, given)
    assert again.status_code == 422
    assert "What was sent of this file is kept no longer." in again.content.decode()


def test_an_unfit_file_is_dropped_an_unfinished_one_stays(called):
    client, address = signed_in(called.person), page("documents", called)
    half = begun(client, 2 * CHUNK).json()
    send(client, half["address"], bytes(CHUNK), 0)
    for given, left in (({"file_upload": half["ref"]}, 2), ({"file_upload": sent(client, photo(ground=30, ink=5))}, 1)):
        with unchanged():
            answer = client.post(address, {"kind": "photo", **given})
        assert (answer.status_code, Upload.objects.count()) == (422, left)
    assert Upload.objects.get().ref == half["ref"]
    Upload.objects.update(lives_until=timezone.now())
    assert client.get(half["address"]).status_code == 404


def test_the_page_works_without_scripts_and_remembers_on_one_s_own_phone_alone(called):
    client = signed_in(called.person)
    address = page("documents", called)
    assert 'type="file" name="file"' in shown(client.get(address))
    for device, remembered in (("borrowed", 0), ("own", len(REQUIRED_DOCUMENTS))):
        session = client.session
        session.update({"device": device, "seen": timezone.now().isoformat()})
        session.save()
        assert shown(client.get(address)).count(" data-own>") == remembered


def test_a_document_in_quarantine_is_not_served_and_the_person_is_told_why(world, called):
    client = signed_in(called.person)
    address = page("documents", called)
    for kind in REQUIRED_DOCUMENTS:
        registration.attach(
            application=called, person=called.person, kind=kind, data=paper.pdf(), at=world.at, chance=world.chance
        )
    File.objects.filter(pk=Attachment.objects.get(kind="diploma").file_id).update(scan="infected")
    told = shown(client.get(address))
    assert ("3 of 4" in told, "A virus scanner found something harmful in this file after it was kept." in told) == (
        True,
        True,
    )
    assert client.get(page("file", called, kind="diploma")).status_code == 409
    with unchanged():
        assert client.post(page("hand_in", called)).status_code == 409
