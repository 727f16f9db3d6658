"""A file that comes in parts: whole in the end whatever the line does, bounded, sealed, its sender's alone, gone after a day."""

import hashlib
import os
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rantau.documents import access, actions, checks, queries
from rantau.documents.models import File, Part, Upload
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import actions as people
from rantau.people.models import Key, Person

from .paper import page, saved

CHUNK = actions.CHUNK
DATA = b"".join(number.to_bytes(4, "big") for number in range(38_400))  # two whole parts and one of 22,528 bytes


@pytest.fixture(autouse=True)
def folder(tmp_path, settings, db) -> Path:
    """Return an empty folder that is the storage."""
    options = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": options}
    return tmp_path / "files"


@pytest.fixture
def siti(at, chance):
    return people.register(at=at, chance=chance, name="Siti")


@pytest.fixture
def upload(siti, at, chance):
    return actions.begin(owner=siti, size=len(DATA), at=at, chance=chance)


def part(data: bytes, offset: int) -> dict:
    """Return the part of data that begins somewhere."""
    found = data[offset : offset + CHUNK]
    return {"offset": offset, "data": found, "digest": hashlib.sha256(found).hexdigest()}


def sent(upload: Upload, chance, data: bytes = DATA) -> Upload:
    """Send all parts in their order."""
    for offset in range(upload.received, len(data), CHUNK):
        upload = actions.receive(upload=upload, chance=chance, **part(data, offset))
    return upload


def kept(folder: Path) -> tuple:
    """Return everything that is kept: rows and stored bytes."""
    rows = (list(model.objects.order_by("pk").values()) for model in (File, Upload, Part))
    return (*rows, sorted(path.read_bytes() for path in folder.rglob("*") if path.is_file()))


def refusal(act, **given) -> tuple[str, dict]:
    """Return the refusal of an action: code and facts."""
    with pytest.raises(Refusal) as raised:
        act(**given)
    return raised.value.code, raised.value.facts


def test_parts_become_the_file_again_and_lie_sealed(upload, chance, folder):
    upload = sent(upload, chance)
    assert (upload.received, queries.joined(upload)) == (len(DATA), DATA)
    parts = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert len(parts) == 3
    assert [data for data in parts if DATA[:64] in data] == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tries=st.lists(st.integers(0, 2), max_size=12))
def test_whatever_the_line_repeats_or_swallows_the_file_is_the_same(tries, siti, at, chance):
    upload = actions.begin(owner=siti, size=len(DATA), at=at, chance=chance)
    for number in tries:
        before = upload.received
        wanted = part(DATA, number * CHUNK)
        if number * CHUNK > before:
            assert refusal(actions.receive, upload=upload, chance=chance, **wanted) == (
                "upload.offset",
                {"offset": before},
            )
        else:
            upload = actions.receive(upload=upload, chance=chance, **wanted)
        reached = min(len(DATA), (number + 1) * CHUNK) if number * CHUNK <= before else 0
        assert upload.received == max(before, reached)
    assert queries.joined(sent(Upload.objects.get(pk=upload.pk), chance)) == DATA


def test_a_stale_hand_takes_a_part_twice_without_keeping_it_twice(upload, chance, folder):
    stale = Upload.objects.get(pk=upload.pk)
    actions.receive(upload=upload, chance=chance, **part(DATA, 0))
    assert actions.receive(upload=stale, chance=chance, **part(DATA, 0)).received == CHUNK
    assert (Part.objects.count(), len(kept(folder)[-1])) == (1, 1)


def test_what_does_not_fit_is_refused_and_nothing_changes(upload, chance, folder):
    actions.receive(upload=upload, chance=chance, **part(DATA, 0))
    upload.refresh_from_db()
    before, other = kept(folder), bytes(CHUNK)
    wrong = {
        ("upload.damaged", ""): {**part(DATA, CHUNK), "digest": part(DATA, 0)["digest"]},
        ("upload.offset", "gap"): part(DATA, 2 * CHUNK),
        ("upload.offset", "inside"): part(DATA, 100),
        ("upload.offset", "another at the same place"): part(other, 0),
        ("upload.chunk", "short"): part(DATA[: CHUNK + 9], CHUNK),
        ("upload.chunk", "nothing"): part(DATA[:CHUNK], CHUNK),
    }
    for (code, _), given_ in wrong.items():
        assert refusal(actions.receive, upload=upload, chance=chance, **given_)[0] == code
    assert kept(folder) == before
    done = sent(upload, chance)
    assert refusal(actions.receive, upload=done, chance=chance, **part(DATA + other, len(DATA)))[0] == "upload.chunk"


def test_a_file_is_not_joined_before_it_is_whole_nor_when_a_part_was_changed(upload, chance, folder):
    actions.receive(upload=upload, chance=chance, **part(DATA, 0))
    upload.refresh_from_db()
    assert refusal(queries.joined, upload=upload) == ("upload.unfinished", {"missing": len(DATA) - CHUNK})
    done = sent(upload, chance)
    first, second = Part.objects.order_by("offset")[:2]
    Part.objects.filter(pk=second.pk).update(key="elsewhere")
    Part.objects.filter(pk=first.pk).update(key=second.key)
    with pytest.raises(LookupError):
        queries.joined(done)
    Key.objects.all().delete()
    with pytest.raises(LookupError):
        queries.joined(Upload.objects.get())


def test_a_size_of_nothing_or_too_much_is_no_beginning(siti, at, chance):
    begin = {"owner": siti, "at": at, "chance": chance}
    assert refusal(actions.begin, size=0, **begin) == ("upload.empty", {})
    assert refusal(actions.begin, size=checks.LIMIT + 1, **begin)[0] == "file.size"
    assert Upload.objects.count() == 0


def test_the_oldest_of_three_unfinished_gives_way(siti, at, chance, folder, django_capture_on_commit_callbacks):
    other = actions.begin(owner=people.register(at=at, chance=chance), size=9, at=at, chance=chance)
    begun = [actions.begin(owner=siti, size=len(DATA), at=at, chance=chance) for _ in range(3)]
    sent(begun[0], chance)
    with django_capture_on_commit_callbacks(execute=True):
        begun.append(actions.begin(owner=siti, size=9, at=at, chance=chance))
    assert list(Upload.objects.order_by("pk")) == [other, *begun[1:]]
    assert kept(folder)[-1] == []


def test_after_a_day_an_upload_is_nobody_s_and_swept(
    upload, siti, at, chance, folder, django_capture_on_commit_callbacks
):
    sent(upload, chance)
    end = at + actions.LIVES
    last = end - actions.dt.timedelta(seconds=1)
    for path in folder.rglob("*"):
        os.utime(path, (0, 0))  # bytes as old as can be: what has a row is kept all the same
    assert (access.upload(upload.ref, person=siti, at=last), actions.sweep(last)) == (upload, 0)
    assert queries.joined(access.upload(upload.ref, person=siti, at=last)) == DATA
    with pytest.raises(Upload.DoesNotExist):
        access.upload(upload.ref, person=siti, at=end)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.sweep(end) >= 3
    assert (Upload.objects.count(), Part.objects.count(), kept(folder)[-1]) == (0, 0, [])


def test_an_upload_is_its_sender_s_alone(upload, siti, at, chance):
    budi = people.register(at=at, chance=chance)
    people.grant(to=budi, role=Role.VERIFIER, scope="*", at=at, person=budi)
    assert access.upload(upload.ref, person=siti, at=at) == upload
    for person in (budi, AnonymousUser()):
        with pytest.raises(Upload.DoesNotExist):
            access.upload(upload.ref, person=person, at=at)


def test_what_came_in_parts_is_kept_like_what_came_whole(siti: Person, at, chance):
    data = saved(page())
    upload = sent(actions.begin(owner=siti, size=len(data), at=at, chance=chance), chance, data)
    file = actions.store(owner=siti, data=queries.joined(upload), at=at, chance=chance)
    assert queries.content(file) == checks.prepare(data).data
    assert default_storage.exists(file.key)
