"""How messages leave: once, only after the step, again when a gateway fails, never in a rehearsal."""

import datetime as dt

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from rantau.cli.database import due
from rantau.engine.flow import Role
from rantau.ledger.models import Head
from rantau.ledger.steps import take
from rantau.outbox import actions
from rantau.outbox.handlers import HANDLERS
from rantau.outbox.models import Delivery
from rantau.people.models import Person
from rantau.programmes.models import Programme
from tests.allocation.build import answer, past, published, refresh, run, seated, take_seats
from tests.outbox.build import entry, forget, real, subjects, work
from tests.selection.build import World

pytestmark = pytest.mark.django_db
SMTP = "django.core.mail.backends.smtp.EmailBackend"
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


def leave(w: World, name: str) -> None:
    """Take a step that emits one job."""
    take(w.people[name], "leave", actor=w.coordinator.ref, roles=frozenset({Role.COORDINATOR}), at=w.at)


@transaction.atomic
def cut_off(w: World, name: str) -> None:
    """Take a step in a transaction that fails later."""
    leave(w, name)
    raise ZeroDivisionError


def deliveries() -> list[tuple[str, str, str]]:
    """Return (kind, channel, state) of everything delivered."""
    return list(Delivery.objects.order_by("pk").values_list("kind", "channel", "state"))


def gateway_down(settings) -> None:
    """Point e-mail at a port where nobody listens."""
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 1


def failed(ago: dt.timedelta) -> dt.datetime:
    """Let the one failed job have failed a while ago; return the instant."""
    at = timezone.now() - ago
    assert DBTaskResult.objects.failed().update(finished_at=at) == 1
    return at


def test_a_step_tells_its_person_once_however_often_the_job_runs(at, chance):
    w = real(at, chance, "ani", "budi")
    leave(w, "ani")
    assert (len(mail.outbox), work()) == (0, ["SUCCESSFUL"])
    assert [m.to for m in mail.outbox] == [["ani@example.com"]]
    DBTaskResult.objects.update(status="READY")
    assert work() == ["SUCCESSFUL"]
    assert len(mail.outbox) == 1
    assert deliveries() == [("unsuccessful", "email", "sent")]
    assert Delivery.objects.get().person == w.people["ani"].person


def test_who_is_given_a_place_is_told_and_who_rises_once_more(at, chance):
    w = seated(at, chance)
    Programme.objects.update(rehearsal=False)
    for name, application in w.people.items():
        Person.objects.filter(pk=application.person_id).update(email=f"{name}@example.com")
    refresh(w)
    both = ("anak", "lansia")
    allocation = published(w, ani=both, budi=both, citra=both, dedi=both)
    work()
    told = Delivery.objects.filter(kind__in=("place", "risen")).values_list("kind", "person")
    four = ("ani", "budi", "citra", "dedi")
    assert sorted(told) == sorted(("place", w.people[name].person_id) for name in four)
    for name, says in {"ani": "decline", "budi": "accept", "citra": "wait", "dedi": "accept"}.items():
        answer(w, allocation, name, says)
    take_seats(w)
    past(w, allocation)
    work()
    mail.outbox.clear()
    run(w, allocation)
    work()
    assert list(told.filter(kind="risen")) == [("risen", w.people["citra"].person_id)]
    assert [m.to for m in mail.outbox] == [["citra@example.com"]]


def test_a_copy_carries_the_same_identifier(at, chance):
    w = real(at, chance, "ani")
    about = entry(w, f"application:{w.people['ani'].ref}")
    HANDLERS["verified"](about)
    Delivery.objects.all().delete()
    HANDLERS["verified"](about)
    assert [m.extra_headers for m in mail.outbox] == [{"Message-ID": f"<verified.{about.hash}@rantau>"}] * 2


def test_who_has_only_a_phone_is_kept_as_without_address(at, chance):
    w = real(at, chance, "ani")
    Person.objects.filter(pk=w.people["ani"].person_id).update(email="")
    leave(w, "ani")
    assert work() == ["SUCCESSFUL"]
    assert (mail.outbox, deliveries()) == ([], [("unsuccessful", "none", "no_address")])


def test_nobody_is_told_what_was_rolled_back(at, chance):
    w = real(at, chance, "ani")
    with pytest.raises(ZeroDivisionError):
        cut_off(w, "ani")
    assert (work(), mail.outbox, deliveries()) == ([], [], [])


def test_a_rehearsal_queues_nothing(at, chance):
    w = real(at, chance, "ani")
    Head.objects.update(quiet=True)
    leave(w, "ani")
    assert (DBTaskResult.objects.count(), mail.outbox, deliveries()) == (0, [], [])


def test_a_rehearsal_reaches_no_gateway_even_if_a_job_was_queued(at, chance):
    w = real(at, chance, "ani")
    leave(w, "ani")
    Programme.objects.update(rehearsal=True)
    assert (work(), mail.outbox, deliveries()) == (["SUCCESSFUL"], [], [])


def test_who_was_erased_since_is_told_nothing_and_their_deliveries_are_gone(at, chance):
    w = real(at, chance, "ani")
    pupil = Person.objects.create(ref="pupil", email="pupil@example.com", joined_at=at)
    w.people["ani"].person = pupil
    known = subjects(w, w.people["ani"])
    HANDLERS["invitation"](entry(w, known["nomination"]))
    assert deliveries() == [("invitation", "email", "sent")]
    forget(pupil)
    HANDLERS["invitation"](entry(w, known["nomination"]))
    assert ([m.to for m in mail.outbox], deliveries()) == ([["pupil@example.com"]], [])


def test_a_gateway_that_fails_keeps_the_job_and_the_message_goes_out_later(at, chance, settings):
    w = real(at, chance, "ani")
    gateway_down(settings)
    leave(w, "ani")
    assert (work(), deliveries()) == (["FAILED"], [("unsuccessful", "email", "failed")])
    job = DBTaskResult.objects.get()
    assert job.traceback.endswith("Undelivered: ConnectionRefusedError\n")
    assert work() == []
    settings.EMAIL_BACKEND = LOCMEM
    due.take_all(failed(dt.timedelta(0)) + dt.timedelta(minutes=5))
    assert (work(), deliveries()) == (["SUCCESSFUL"], [("unsuccessful", "email", "sent")])
    assert [m.to for m in mail.outbox] == [["ani@example.com"]]


def test_waits_grow_and_the_seventh_failure_stays_for_the_operator(at, chance, settings):
    w = real(at, chance, "ani")
    gateway_down(settings)
    leave(w, "ani")
    waits = []
    for attempt in range(7):
        assert work() == ["FAILED"]
        end, wait = failed(dt.timedelta(0)), dt.timedelta(minutes=5 * 4**attempt)
        assert actions.retry(at=end + wait - dt.timedelta(seconds=1)) == 0
        if not actions.retry(at=end + wait):
            break
        waits.append(wait)
    assert waits == [dt.timedelta(minutes=m) for m in (5, 20, 80, 320, 1280, 5120)]
    assert DBTaskResult.objects.failed().count() == 1


def test_results_of_finished_jobs_are_dropped_after_thirty_days(at, chance):
    w = real(at, chance, "ani", "budi")
    leave(w, "ani")
    work()
    leave(w, "budi")
    ended = timezone.now()
    DBTaskResult.objects.successful().update(finished_at=ended)
    due.take_all(ended + dt.timedelta(days=30))
    assert DBTaskResult.objects.count() == 2
    due.take_all(ended + dt.timedelta(days=30, seconds=1))
    assert [job.status for job in DBTaskResult.objects.all()] == ["READY"]
