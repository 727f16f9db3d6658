"""Files are sealed for their owner, served as downloads, and swept when they belong to nobody."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from rantau.documents import access, actions, checks, queries
from rantau.documents.models import File
from rantau.engine.chance import seeded
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.people import actions as people
from rantau.people.models import Key
from rantau.web.files import serve

from .paper import page, pdf, saved

OLD = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def folder(tmp_path, settings, db) -> Path:
    """Return an empty folder that is the storage."""
    options = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": options}
    return tmp_path / "files"


@pytest.fixture
def siti(at, chance):
    return people.register(at=at, chance=chance, name="Siti")


def store(owner, data: bytes, at: dt.datetime) -> File:
    """Store a document."""
    return actions.store(owner=owner, data=data, at=at, chance=seeded(f"file of {owner.ref} {len(data)}"))


def stored(folder: Path) -> list[Path]:
    """Return the files in storage."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_document_comes_back_and_lies_sealed(siti, folder, at):
    data = pdf(2)
    file = store(siti, data, at)
    assert queries.content(File.objects.get()) == (ready := checks.prepare(data).data)
    assert (file.type, file.pages, file.size, file.stored_at) == ("application/pdf", 2, len(ready), at)
    [path] = stored(folder)
    assert str(path.relative_to(folder)) == file.key
    assert ready[:8] not in path.read_bytes()
    assert siti.ref not in file.key


def test_a_photo_comes_back_as_it_was_made_ready(siti, at):
    data = saved(page())
    assert queries.content(store(siti, data, at)) == checks.prepare(data).data


def test_a_refused_document_leaves_nothing(siti, folder, at):
    with pytest.raises(Refusal):
        store(siti, b"<svg/>", at)
    assert (File.objects.count(), stored(folder)) == (0, [])


def test_with_the_key_the_document_is_gone(siti, at):
    store(siti, pdf(), at)
    Key.objects.all().delete()
    with pytest.raises(LookupError):
        queries.content(File.objects.get())


def test_bytes_are_bound_to_their_file_and_owner(siti, folder, at, chance):
    first, second = store(siti, pdf(1), at), store(siti, pdf(2), at)
    budi = people.register(at=at, chance=chance)
    File.objects.filter(pk=first.pk).update(key=second.key)
    File.objects.filter(pk=second.pk).update(owner=budi)
    for file in File.objects.all():
        with pytest.raises(LookupError):
            queries.content(file)


@pytest.mark.parametrize("change", [lambda b: b[:-1], lambda b: b"", lambda b: b[:20] + b"x" + b[21:]])
def test_changed_bytes_are_noticed(siti, folder, at, change):
    file = store(siti, pdf(), at)
    [path] = stored(folder)
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(LookupError):
        queries.content(file)


def test_lost_bytes_are_noticed(siti, folder, at):
    file = store(siti, pdf(), at)
    stored(folder)[0].unlink()
    with pytest.raises(LookupError):
        queries.content(file)


def test_a_person_opens_their_own_and_nobody_else_s(siti, at, chance):
    file, budi = store(siti, pdf(), at), people.register(at=at, chance=chance)
    people.grant(to=budi, role=Role.VERIFIER, scope="*", at=at, person=budi)
    assert access.get(file.ref, person=siti) == file
    assert access.roles(file, person=siti) == {Role.OWNER}
    for person in (budi, AnonymousUser()):
        assert list(access.visible(person=person)) == []
        assert access.roles(file, person=person) == frozenset()
        with pytest.raises(File.DoesNotExist):
            access.get(file.ref, person=person)


@pytest.mark.parametrize(
    ("data", "kind", "ending"), [(pdf(), "application/pdf", "pdf"), (saved(page()), "image/jpeg", "jpg")]
)
def test_a_document_leaves_as_a_download(siti, at, data, kind, ending):
    file = store(siti, data, at)
    response = serve(file)
    assert response.content == queries.content(file)
    assert dict(response.headers) == {
        "Content-Type": kind,
        "Content-Disposition": f'attachment; filename="dokumen-{file.ref[:6].lower()}.{ending}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def test_sweeping_takes_old_orphans_alone(siti, folder, at):
    kept = store(siti, pdf(), at)
    old, young = (default_storage.save(f"aa/{name}", ContentFile(name.encode())) for name in ("old", "young"))
    for key in (kept.key, old):
        os.utime(folder / key, (OLD.timestamp(), OLD.timestamp()))
    now = OLD + actions.GRACE
    os.utime(folder / young, (now.timestamp(), now.timestamp()))
    assert actions.sweep(now) == 0  # a day is not over yet
    assert actions.sweep(now + dt.timedelta(seconds=1)) == 1
    assert [str(p.relative_to(folder)) for p in stored(folder)] == sorted([young, kept.key])
    assert actions.sweep(now + dt.timedelta(seconds=1)) == 0
    assert queries.content(kept) == checks.prepare(pdf()).data


def test_sweeping_nothing_is_no_fault():
    assert actions.sweep(OLD) == 0
