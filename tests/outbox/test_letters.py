"""What messages say: every kind, every language, least data."""

import datetime as dt

import pytest
from django.core import mail

from rantau.allocation.models import Place
from rantau.applications.models import Application
from rantau.engine.flows import FLOWS
from rantau.outbox.handlers import FINDERS, HANDLERS, OFFICES, PAPERS, PEOPLE
from rantau.outbox.letters import LETTERS
from rantau.people import actions as people
from tests.outbox.build import entry, real, subjects

SUBJECTS = {
    "invitation": "nomination",
    "call_up": "sitting",
    "upheld": "objection",
    "rejected": "objection",
} | dict.fromkeys(("place", "risen"), "place")
SUBJECTS |= dict.fromkeys(("preparing", "reopened"), "clearance") | dict.fromkeys(PAPERS, "paper")
LEAVING = ("preparing", "reopened", *PAPERS)
"""Kinds that lead to the page of the way to departure."""
DEADLINES = ("file_by", "answer_by", "objection_until")
NUMBERS = {"nik": "3171234567890001", "nisn": "0051234567"}
SECRET = (
    *NUMBERS.values(),
    "Nama",
    "Petugas verif",
    "Rahasia",
    "rahasia",
    "false_document",
    "nursing",
    "+628",
    "80.00",
)
LANGUAGES = {
    "id": ("Kabar di halaman Anda: Contoh rekaan: perawat lansia di Jepang", "Kami tidak pernah meminta uang."),
    "en": ("News on your page: An invented example: care work in Japan", "We never ask for money."),
    "ru": ("Новости на вашей странице: Вымышленный пример: уход за пожилыми в Японии", "Мы никогда не просим денег."),
}


def test_every_emitted_kind_has_its_handler_and_its_words():
    emitted = {kind for flow in FLOWS for step in flow.steps for kind in step.emits}
    assert set(HANDLERS) == emitted
    assert set(FINDERS) == set(LETTERS) == emitted
    assert not set(PEOPLE) & set(OFFICES)


@pytest.mark.django_db
@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_kind_says_what_happened_what_is_next_and_where_and_nothing_of_others(at, chance, locale):
    w = real(at, chance, "ani")
    application = w.people["ani"]
    people.keep_identity(person=application.person, chance=chance, **NUMBERS)
    application.person.locale = locale
    application.person.save()
    Application.objects.update(
        reason="false_document", note="Diploma rahasia.", **dict.fromkeys(DEADLINES, at + dt.timedelta(days=9))
    )
    known = subjects(w, application)
    for kind in PEOPLE:
        HANDLERS[kind](entry(w, known[SUBJECTS.get(kind, "application")]))
    prefix = "" if locale == "id" else f"/{locale}"
    subject, no_money = LANGUAGES[locale]
    assert [m.subject for m in mail.outbox] == [subject] * len(PEOPLE)
    assert [m.to for m in mail.outbox] == [["ani@example.com"]] * len(PEOPLE)
    for kind, message in zip(PEOPLE, mail.outbox, strict=True):
        own = "" if kind == "invitation" else f"pendaftaran/{application.code}/"
        own += "keberangkatan/" if kind in LEAVING else ""
        address = f"http://127.0.0.1:8000{prefix}/program/{w.scope}/{own}"
        assert f" {address}\n" in message.body, kind
        assert f"{no_money}" in message.body, kind
        assert f"http://127.0.0.1:8000{prefix}/waspada/" in message.body, kind
        assert [secret for secret in SECRET if secret in message.subject + message.body] == [], kind
    assert len({m.body for m in mail.outbox}) == len(PEOPLE)


@pytest.mark.django_db
def test_a_deadline_is_named_with_its_weekday_and_zone(at, chance):
    w = real(at, chance, "ani")
    ends = dt.datetime(2026, 6, 5, 16, 59, 59, tzinfo=dt.UTC)
    Application.objects.update(answer_by=ends)
    HANDLERS["offer"](entry(w, f"application:{w.people['ani'].ref}"))
    code = w.people["ani"].code
    assert mail.outbox[0].body == (
        "Contoh rekaan: perawat lansia di Jepang\n\n"
        f"Pendaftaran: {code}\n\n"
        "Satu tempat ditawarkan kepada Anda.\n\n"
        "Mohon terima atau tolak di halaman Anda paling lambat Jumat, 5 Juni 2026, 23.59 WIB. Tanpa jawaban, tempat itu "
        "diberikan kepada orang berikutnya.\n\n"
        f"Di sini: http://127.0.0.1:8000/program/{w.scope}/pendaftaran/{code}/\n\n"
        "Kami tidak pernah meminta uang. Siapa pun yang meminta uang bukan dari kami: http://127.0.0.1:8000/waspada/\n\n"
        "Ini bukan situs resmi: belum ada instansi yang menerbitkannya.\n"
    )


SILENCE = {
    "id": "Tanpa jawaban, Anda dianggap menolak",
    "en": "Without an answer it counts as declined",
    "ru": "Без ответа это считается отказом",
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["place", "risen"])
@pytest.mark.parametrize("locale", SILENCE)
def test_a_place_says_until_when_it_is_answered_and_that_silence_counts_as_declining(at, chance, kind, locale):
    w = real(at, chance, "ani")
    application = w.people["ani"]
    application.person.locale = locale
    application.person.save()
    subject = subjects(w, application)["place"]
    Place.objects.update(answer_by=dt.datetime(2026, 6, 5, 16, 59, 59, tzinfo=dt.UTC))
    HANDLERS[kind](entry(w, subject))
    ends = {
        "id": "Jumat, 5 Juni 2026, 23.59 WIB",
        "en": "Friday, 5 June 2026, 23:59 WIB",
        "ru": "Пятница, 5 июня 2026, 23:59 WIB",
    }
    body = mail.outbox[0].body
    assert SILENCE[locale] in body
    assert ends[locale] in body
    assert "osaka" not in body


@pytest.mark.django_db
def test_an_authority_that_publishes_the_site_is_named_as_the_sender(at, chance, settings):
    settings.PUBLISHER = "Dinas Contoh"
    w = real(at, chance, "ani")
    HANDLERS["verified"](entry(w, f"application:{w.people['ani'].ref}"))
    assert mail.outbox[0].body.splitlines()[-1] == "Dikirim oleh Dinas Contoh."
