"""What messages say: every kind, every language, least data."""

import datetime as dt

import pytest
from django.core import mail

from rantau.allocation.models import Place
from rantau.applications.models import Application, Nomination
from rantau.engine.flow import Role
from rantau.engine.flows import FLOWS
from rantau.outbox.handlers import FINDERS, HANDLERS, OFFICES, PEOPLE, STAFF
from rantau.outbox.leaving import LEAVING, PREPARING, WAY
from rantau.outbox.letters import LETTERS
from rantau.outbox.models import Delivery
from rantau.people import actions as people
from tests.outbox.build import entry, real, subjects

SUBJECTS = (
    {
        "invitation": "nomination",
        "call_up": "sitting",
        "upheld": "objection",
        "rejected": "objection",
        "school_linked": "claim",
        "school_dismissed": "claim",
        "exemption_granted": "exemption",
        "exemption_refused": "exemption",
        "missed": "sitting",
        "provisional": "round",
        "draft_soon": "intake",
        "guardian_soon": "intake",
        "wishes_open": "allocation",
        "wishes_soon": "allocation",
        "deadline_moved": "shift",
        "recovery_opened": "recovery",
        "recovery_used": "recovery",
    }
    | {"preparing": "clearance"}
    | dict.fromkeys(("place", "risen", "place_soon", "place_silent", "settled"), "place")
)
SUBJECTS |= dict.fromkeys(set(WAY) - {"preparing"}, "paper")
STATES = {
    "draft_soon": "draft",
    "guardian_soon": "guardian",
    "file_soon": "called",
    "mend_soon": "returned",
    "offer_soon": "offered",
    "wishes_open": "accepted",
    "wishes_soon": "accepted",
    "deadline_moved": "called",
}
"""In which state somebody is told of a day; in the last test also: who has moved on is told nothing."""
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
    assert len(FINDERS) == len(PEOPLE) + len(OFFICES) + len(STAFF) + len(LEAVING) + len(PREPARING)


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
    Place.objects.update(state="offered")
    for kind in PEOPLE:
        Application.objects.update(state=STATES.get(kind, "filed"))
        HANDLERS[kind](entry(w, known[SUBJECTS.get(kind, "application")]))
    prefix = "" if locale == "id" else f"/{locale}"
    subject, no_money = LANGUAGES[locale]
    assert [m.subject for m in mail.outbox] == [subject] * len(PEOPLE)
    assert [m.to for m in mail.outbox] == [["ani@example.com"]] * len(PEOPLE)
    for kind, message in zip(PEOPLE, mail.outbox, strict=True):
        own = "" if kind in ("invitation", "recovery_opened", "recovery_used") else f"pendaftaran/{application.code}/"
        own += "keberangkatan/" if kind in WAY else ""
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


@pytest.mark.django_db
def test_who_has_done_what_was_asked_by_the_time_the_message_goes_out_is_not_reminded(at, chance):
    w = real(at, chance, "ani")
    known = subjects(w, w.people["ani"])
    Application.objects.update(state="verified", file_by=at + dt.timedelta(days=9), answer_by=at)
    Place.objects.update(state="accepted")
    for kind in (*STATES, "place_soon"):
        HANDLERS[kind](entry(w, known[SUBJECTS.get(kind, "application")]))
    assert list(Delivery.objects.values_list("kind", flat=True)) == ["deadline_moved"]  # the window to object to marks


@pytest.mark.django_db
def test_a_school_is_told_of_its_pupil_s_invitation_and_a_second_officer_of_lost_access(at, chance):
    w = real(at, chance, "ani")
    known = subjects(w, w.people["ani"])
    officers = {name: w.staff[name] for name in ("coordinator", "second", "verifier")}
    for name, person in officers.items():
        person.email, person.locale = f"{name}@example.com", "en"
        person.save()
    school = people.register(at=at, chance=chance, name="Ibu Rahasia", email="sekolah@example.com", locale="en")
    other = people.register(at=at, chance=chance, name="Pak Rahasia", email="lain@example.com", locale="en")
    for person, code in ((school, "s"), (other, "t")):
        office = people.keep_organisation(code=code, kind="school", name="SMK Rahasia")
        people.grant(to=person, role=Role.SCHOOL, scope=w.scope, organisation=office, person=w.coordinator, at=at)
    Nomination.objects.update(state="invited")
    found = {}
    for kind in STAFF:
        mail.outbox.clear()
        HANDLERS[kind](entry(w, known["recovery" if kind == "recovery_soon" else "nomination"]))
        found[kind] = [m.to[0] for m in mail.outbox]
        assert [secret for secret in SECRET for m in mail.outbox if secret in m.body] == []
    assert found == {
        "nomination_soon": ["sekolah@example.com"],
        "recovery_soon": ["second@example.com"],
        "nomination_lapsed": ["sekolah@example.com"],
    }
