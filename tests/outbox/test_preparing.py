"""Who is told of lessons and of money that was asked: those called, protection alone, the person alone, with the least data."""

import pytest
from django.core import mail

from rantau.departure.actions import lessons
from rantau.outbox.handlers import HANDLERS
from rantau.people import actions as people
from rantau.people.models import Person
from rantau.programmes.models import Programme
from tests.departure import build
from tests.departure.test_charges import WORDS, answered, reported, told
from tests.departure.test_lessons import plan
from tests.outbox.build import entry

pytestmark = pytest.mark.django_db
SECRET = (WORDS, "Diteruskan", "Kantor mengakui", "1.500.000", "Aula", "safety", "Petugas", "training")


def real(at, chance):
    w = build.world(at, chance)
    Programme.objects.update(rehearsal=False)
    for name, application in w.people.items():
        Person.objects.filter(pk=application.person_id).update(email=f"{name}@example.com", locale="en")
    return w


def sent(kind, subject, w):
    mail.outbox.clear()
    HANDLERS[kind](entry(w, subject))
    assert [secret for secret in SECRET for message in mail.outbox if secret in message.body] == []
    return {message.to[0]: message.body for message in mail.outbox}


def test_everybody_called_is_told_of_a_lesson_and_nobody_else(at, chance):
    w = real(at, chance)
    lesson = plan(w, w.coordinator)
    found = sent("lesson", f"lesson:{lesson.ref}", w)
    assert set(found) == {f"{name}@example.com" for name in build.FOUR}
    assert f"/en/program/{w.scope}/pendaftaran/{w.people['ani'].code}/pembekalan/\n" in found["ani@example.com"]
    assert "It begins on Thursday, 7 May 2026, 10:00 WIB." in found["ani@example.com"]
    lessons.cancel(lesson=lesson, person=w.coordinator, at=w.at)
    assert set(sent("lesson_cancelled", f"lesson:{lesson.ref}", w)) == set(found)


def test_protection_alone_is_told_of_a_report_and_its_person_of_the_answer(at, chance):
    w = real(at, chance)
    for name in ("protector", "employer"):
        Person.objects.filter(pk=w.staff[name].pk).update(email=f"{name}@example.com", locale="en")
    lost = people.register(at=w.at, chance=chance, name="Petugas lain", email="lain@example.com")
    people.grant(to=lost, role="protection", scope="contoh-lain", at=w.at, person=lost)
    charge = told(w, reported(w))
    for kind in ("charge_reported", "charge_waiting"):
        found = sent(kind, f"charge:{charge.ref}", w)
        assert set(found) == {"protector@example.com"}
        assert f"/en/program/{w.scope}/meja/biaya/laporan/{charge.code}/\n" in found["protector@example.com"]
        assert w.people["ani"].code not in found["protector@example.com"]
    answered(w, charge)
    found = sent("charge_answered", f"charge:{charge.ref}", w)
    assert set(found) == {"ani@example.com"}
    assert "An officer has answered something that you told us." in found["ani@example.com"]
    assert "money was asked" not in found["ani@example.com"]
