"""What leaves the database while a programme is played to its last offer says nothing of anybody: ledger, files, logs, mail."""

import datetime as dt
import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult

from rantau.allocation.models import Run
from rantau.applications.models import Application
from rantau.departure.models import Charge
from rantau.ledger import jobs
from rantau.ledger.models import Entry, Head
from rantau.outbox.models import Delivery
from rantau.people.models import Person
from rantau.programmes.models import Programme
from rantau.selection.models import Listing, Mark, Round
from tests.web import matrix, matrix_divided
from tests.web.matrix import JUDGED, OPEN, World

pytestmark = pytest.mark.django_db
HERE, THERE = f"/en/program/{JUDGED}/", f"/en/program/{OPEN}/"
SAID = {
    "answer": "Jawaban rahasia petugas",
    "favour": "Kunjungan rahasia seseorang",
    "guardian": "Sekarningrum Hapsari",
    "helped": "Danastri Widyadari",
    "password": "lima kata rahasia benar",
    "claimed": "SMK Randualas",
}
"""What people type while it is played, each a marker too."""


class Journey:
    """A play: everybody's browser, and everything that answers sent away from the site's pages."""

    def __init__(self, world: World) -> None:
        self.world, self.sent = world, list[str]()
        self.lines: list[str] = []
        self.browsers: dict[Any, Client] = {}

    def post(self, person: Person | None, path: str, **data: Any) -> Any:
        """Send a form as somebody and note where it led and what was left in the browser."""
        if person not in self.browsers:
            self.browsers[person] = Client()
            if person is not None:
                self.browsers[person].force_login(person)
        answer = self.browsers[person].post(path, data)
        assert answer.status_code in (200, 302), (path, answer.status_code)
        self.sent += [answer.get("Location", ""), answer.cookies.output()]
        return answer

    def staff(self, name: str, scope: str = JUDGED) -> Person:
        """Return an officer."""
        return self.world.staff[scope][name]

    def until(self, instant: dt.datetime) -> None:
        """Let time pass on the first programme's own clock."""
        Programme.objects.filter(code=JUDGED).update(clock_at=instant)


class Lines(logging.Handler):
    """Everything that is logged, as it would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self.written.append(self.format(record))


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Journey]:
    """Play from a first published result to an accepted offer, once; what a test does to it is undone."""
    cache.clear()
    root, lines = logging.getLogger(), Lines()
    level = root.level
    with django_db_blocker.unblock(), transaction.atomic():
        root.addHandler(lines)
        root.setLevel(logging.DEBUG)
        journey = Journey(matrix.build())
        _type_everywhere(journey)
        _settle(journey)
        _conclude(journey)
        _err(journey)
        root.removeHandler(lines)
        root.setLevel(level)
        journey.lines = lines.written
        yield journey
        transaction.set_rollback(True)


def _err(journey: Journey) -> None:
    """Ask for what is not there or not allowed: these are the requests that are logged."""
    owner, stranger = journey.world.people["owner"], Client()
    stranger.force_login(journey.world.stranger)
    for path in (f"pendaftaran/{owner.code}/", f"verifikasi/berkas/{owner.code}/", "meja/", "meja/hitung/", "none/"):
        assert stranger.get(f"{HERE}{path}").status_code in (403, 404, 405)
    assert (
        stranger.post(f"{HERE}pendaftaran/{owner.code}/isi/name/", {"name": matrix.NAMES["rival"]}).status_code == 404
    )


def _type_everywhere(journey: Journey) -> None:
    """Type something personal wherever the open programme has a field for it."""
    world, refs = journey.world, journey.world.refs
    draft = world.people["draft"]
    journey.post(None, f"/en/wali/{refs['guardian']}/", name=SAID["guardian"], relation="mother", agree="on")
    journey.post(None, f"{THERE}undangan/{refs['invitation']}/", password=SAID["password"])
    claim = {"name": SAID["claimed"], "place": "Metro", "npsn": ""}
    journey.post(draft.person, f"{THERE}pendaftaran/{draft.code}/isi/school/tidak-ada/", **claim)
    journey.post(draft.person, f"{THERE}pendaftaran/{draft.code}/periksa/", selection="on")
    helper, helped = journey.staff("helper", OPEN), {"name": SAID["helped"], "phone": "0812-7771-0088", "present": "on"}
    journey.post(helper, f"{THERE}bantu/", **helped)
    journey.post(journey.staff("examiner"), f"{HERE}titipan/", kind="gift", note=SAID["favour"])


def _settle(journey: Journey) -> None:
    """Decide what is open: two files, a changed mark, an objection, lost access."""
    people, refs = journey.world.people, journey.world.refs
    verifier, boss, examiner = journey.staff("verifier"), journey.staff("coordinator"), journey.staff("examiner")
    journey.post(verifier, f"{HERE}verifikasi/berkas/{people['filed'].code}/", verdict="verify")
    returned = people["returned"]
    journey.post(returned.person, f"{HERE}pendaftaran/{returned.code}/dokumen/serahkan/")
    journey.post(verifier, f"{HERE}verifikasi/ambil/")
    journey.post(verifier, f"{HERE}verifikasi/berkas/{returned.code}/", verdict="verify")
    journey.post(examiner, f"{HERE}nilai/perubahan/{refs['disputed']}/", agree="1")
    (mark, _other) = Mark.objects.filter(application=people["objector"], criterion="care_test").order_by("pk")
    decision = {"upheld": "1", "answer": SAID["answer"], "mark": mark.ref, "value": "90"}
    journey.post(boss, f"{HERE}meja/sanggah/{refs['objection']}/", **decision)
    word = journey.post(boss, f"{HERE}pemulihan/{refs['recovery']}/").context["word"]
    renewed = {"word": word, "password1": SAID["password"], "password2": SAID["password"]}
    journey.post(None, "/en/akun/pulihkan/", **renewed)


def _conclude(journey: Journey) -> None:
    """Publish the final result, accept a seat, withdraw from one."""
    boss, first = journey.staff("coordinator"), Round.objects.get(kind="provisional", intake__programme__code=JUDGED)
    journey.until(first.objections_until + dt.timedelta(hours=1))
    for step in ("bekukan-akhir", "hitung", "umumkan"):
        journey.post(boss, f"{HERE}meja/{step}/")
    ways = {"accept": {"answer": "accept"}, "decline": {"answer": "decline"}}
    seats = [a for a in journey.world.people.values() if not a.refresh_from_db() and a.state == "offered"]
    assert len(seats) == 2
    for application, way in zip(seats, ways.values(), strict=True):
        journey.post(application.person, f"{HERE}pendaftaran/{application.code}/tawaran/", **way)


def markers(journey: Journey, *but: str) -> list[str]:
    """Return every text that must be nowhere, but for some classes."""
    typed = [*SAID.values(), *(word for name in ("guardian", "helped") for word in SAID[name].split()), "81277710088"]
    return [m.text for m in journey.world.markers if m.kind not in but] + typed


def held(text: str, wanted: list[str]) -> list[str]:
    """Return the markers that a text holds."""
    return [marker for marker in wanted if marker in text]


def test_the_ledger_names_nobody(played):
    text = json.dumps(list(Entry.objects.values("actor", "subject", "action", "facts")), ensure_ascii=False)
    actions = set(Entry.objects.values_list("action", flat=True))
    done = {"submit", "return", "guardian_agree", "favour", "change", "uphold", "use", "publish", "accept", "decline"}
    assert done - actions == set()
    assert held(text, markers(played)) == []
    people = set(Person.objects.values_list("ref", flat=True))
    people |= set(
        Charge.objects.values_list("ref", flat=True)
    )  # who reports that money was asked is not even a reference
    assert set(Entry.objects.values_list("actor", flat=True)) - people == set()
    assert not {str(pk) for pk in Person.objects.values_list("pk", flat=True)} & set(
        Entry.objects.values_list("actor", flat=True)
    )
    assert [s for s in Entry.objects.values_list("subject", flat=True) if held(s, markers(played))] == []


def test_both_files_of_a_round_speak_of_publication_codes_alone(played):
    for round_ in Round.objects.exclude(public=None):
        for data in (bytes(round_.public), bytes(round_.audit)):
            text = data.decode()
            assert held(text, markers(played)) == [], round_.kind
            assert len(set(re.findall(r"R-[0-9A-Z]{10,12}", text))) == len(round_.rows) > 3
            assert re.findall(r"A-[0-9A-Z]{10,12}", text) == []


def test_both_files_of_a_division_speak_of_publication_codes_alone(played):
    refs = set(Person.objects.values_list("ref", flat=True)) | set(Application.objects.values_list("ref", flat=True))
    private = [*markers(played), *matrix_divided.NAMES.values(), "Kesusahan", *refs]
    runs = list(Run.objects.exclude(published_at=None))
    assert runs != []
    for run in runs:
        for data in (bytes(run.instance), bytes(run.result)):
            text = data.decode()
            assert held(text, private) == []
            assert set(re.findall(r"R-[0-9A-Z]{10,12}", text)) <= set(Listing.objects.values_list("code", flat=True))
            assert re.findall(r"A-[0-9A-Z]{10,12}", text) == []


def test_a_public_file_leads_back_to_no_record(played):
    refs = {a.ref for a in played.world.people.values()} | set(Person.objects.values_list("ref", flat=True))
    for round_ in Round.objects.exclude(public=None):
        assert held(bytes(round_.public).decode(), sorted(refs | set(Mark.objects.values_list("ref", flat=True)))) == []


def test_no_log_line_holds_anything_personal(played):
    assert [line for line in played.lines if line.startswith("Not Found: ")] != []
    assert held("\n".join(played.lines), markers(played, "code")) == []
    assert held("\n".join(played.lines), list(played.world.refs.values())) == []


def test_no_address_that_a_browser_was_sent_to_holds_anything_personal(played):
    assert len([where for where in played.sent if where.startswith("/")]) > 15
    assert held("\n".join(played.sent), markers(played, "code")) == []


def test_jobs_hold_a_kind_and_an_entry(played):
    queued = list(DBTaskResult.objects.values_list("args_kwargs", flat=True))
    assert {"receipt", "called", "verified", "call_up", "upheld", "offer"} - {q["args"][0] for q in queued} == set()
    assert {(len(q["args"]), type(q["args"][1]), len(q["kwargs"])) for q in queued} == {(2, int, 0)}
    assert held(json.dumps(queued), markers(played)) == []


def test_messages_say_what_happened_and_nothing_of_the_person(played):
    Programme.objects.update(rehearsal=False)
    Person.objects.update(rehearsal=False)
    assert Head.objects.filter(quiet=True, name__startswith="intake:").count() == 0
    for queued in DBTaskResult.objects.values_list("args_kwargs", flat=True):
        jobs.deliver.func(*queued["args"])
    assert len(mail.outbox) > 20
    assert Delivery.objects.filter(state="no_address").exists()
    for letter in mail.outbox:
        told = held(letter.body, markers(played, "code"))
        assert [one for one in told if not one.startswith("U-")] == [], (
            letter.body
        )  # a report is named by its code alone
        assert held(letter.subject, markers(played)) == []
        others = [m for m in played.world.markers if m.kind == "code" and m.text in letter.body]
        assert {f"{m.whose}.surat@example.org" for m in others} <= set(letter.to)


def test_sealed_columns_hold_nothing_that_can_be_read(played):
    out = io.BytesIO()
    for person in Person.objects.all():
        for column in (person.nik, person.nisn, person.birth_on):
            out.write(bytes(column or b""))
    sealed = out.getvalue()
    assert len(sealed) > 1000
    assert [m for m in markers(played, "code") if m.encode() in sealed] == []
