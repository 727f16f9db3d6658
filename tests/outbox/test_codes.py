"""One-time codes on their way: at once and by night, never in the queue, in logs or to anybody made up."""

import logging
import re

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from rantau.outbox import codes
from rantau.people import actions as people
from rantau.people.actions import reaching
from rantau.people.models import Code
from tests.outbox.build import work

pytestmark = pytest.mark.django_db
DIGITS = re.compile(r": (\d{6})\.")


@pytest.fixture
def siti(at, chance):
    return people.register(at=at, chance=chance, email="siti@contoh.id", locale="id")


def asked(person, chance):
    """Let somebody add their e-mail now."""
    return codes.add(person=person, channel="email", typed="kotak@contoh.id", at=timezone.now(), chance=chance)


def test_a_code_is_sent_at_once_by_night_too_before_letters_and_its_digits_are_forgotten(
    siti, chance, settings, caplog
):
    caplog.set_level(logging.DEBUG)
    settings.QUIET_HOURS = (2, 1) if timezone.now().hour < 12 else (14, 13)
    contact, shown = asked(siti, chance)
    (job,) = DBTaskResult.objects.all()
    assert (shown, job.priority, job.args_kwargs) == ("", 50, {"args": [Code.objects.get().ref], "kwargs": {}})
    assert work() == ["SUCCESSFUL"]
    (message,) = mail.outbox
    (digits,) = DIGITS.findall(message.body)
    assert (message.to, digits in message.subject) == (["kotak@contoh.id"], False)
    assert Code.objects.get().sealed is None
    said = caplog.text + " ".join(str(row) for row in DBTaskResult.objects.values()) + str(Code.objects.values())
    assert not re.search(rf"(?<![0-9a-f]){digits}(?![0-9a-f])", said)
    assert "kotak@contoh.id" not in said
    reaching.confirm_contact(contact=contact, typed=digits, at=timezone.now())
    DBTaskResult.objects.update(status="READY")
    assert (work(), len(mail.outbox)) == (["SUCCESSFUL"], 1)


def test_a_code_that_is_over_is_not_sent_late(siti, chance):
    asked(siti, chance)
    Code.objects.update(lives_until=timezone.now())
    assert (work(), mail.outbox) == (["SUCCESSFUL"], [])


def test_nothing_is_sent_to_a_contact_that_was_removed(siti, chance):
    contact, _shown = asked(siti, chance)
    reaching.remove_contact(contact=contact)
    assert (work(), mail.outbox) == (["SUCCESSFUL"], [])


def test_a_gateway_that_fails_keeps_the_code_for_the_next_try(siti, chance, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    asked(siti, chance)
    assert work() == ["FAILED"]
    assert Code.objects.get().sealed is not None
    assert DBTaskResult.objects.get().traceback.endswith("Undelivered: ConnectionRefusedError\n")


@pytest.mark.parametrize("demo", [True, False])
def test_nobody_made_up_is_sent_a_code_and_a_demo_shows_it(at, chance, settings, demo):
    settings.DEMO = demo
    played = people.register(at=at, chance=chance, email="peran@contoh.id", rehearsal=True)
    contact, shown = asked(played, chance)
    assert bool(re.fullmatch(r"\d{6}", shown)) == demo
    assert DBTaskResult.objects.count() == 0
    codes.send_code.enqueue(Code.objects.get().ref)
    assert (work(), mail.outbox) == (["SUCCESSFUL"], [])
    if demo:
        assert reaching.confirm_contact(contact=contact, typed=shown, at=timezone.now()).confirmed_at


@pytest.mark.parametrize("pupils", [15, pytest.param(300, marks=pytest.mark.slow)])
def test_a_whole_school_behind_one_address_gets_its_codes(at, chance, client, pupils):
    for number in range(pupils):
        pupil = people.register(at=at, chance=chance, email=f"murid{number}@contoh.id")
        contact = reaching.add_contact(person=pupil, channel="email", typed=pupil.email, at=at, chance=chance)
        contact.confirmed_at = at
        contact.save()
    for number in range(pupils):
        answer = client.post("/akun/kode/", {"login": f"murid{number}@contoh.id"}, REMOTE_ADDR="10.0.0.1")
        assert answer.status_code == 200
    assert (Code.objects.count(), DBTaskResult.objects.ready().count()) == (pupils, pupils)
