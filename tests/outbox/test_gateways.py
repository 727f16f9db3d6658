"""Messages by other ways than e-mail: a gateway that is down delays and loses nothing, and nobody reads its passwords."""

import datetime as dt
import logging
import re

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from rantau.cli.database import due
from rantau.engine.refusal import Refusal
from rantau.ledger.models import Entry
from rantau.outbox import actions, gateways, queries, short
from rantau.outbox.handlers import HANDLERS
from rantau.outbox.models import Delivery
from rantau.people.actions import reaching
from rantau.people.models import Person
from tests.outbox.build import entry, real, work
from tests.outbox.loopback import Gateway

pytestmark = pytest.mark.django_db
PHONE = "+6281234500001"
GSM = re.compile(r"[A-Za-z0-9 \n@$!\"#%&'()*+,\-./:;<=>?_]*")
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def gateway():
    """Return a gateway that is up."""
    made = Gateway()
    yield made
    made.down()


@pytest.fixture
def open_ways(gateway, settings):
    """Lead SMS and Telegram to the gateway, each below a path of its own."""
    settings.CHANNELS = {"email": "django", "sms": gateway.way("sms"), "telegram": gateway.way("tg"), "whatsapp": ""}
    return gateway


def by_phone(w, name="ani"):
    """Let somebody have a phone and no e-mail."""
    person = w.people[name].person
    Person.objects.filter(pk=person.pk).update(email="", phone=PHONE)
    return Person.objects.get(pk=person.pk)


def contact(w, person, channel, typed):
    """Give somebody a confirmed contact."""
    made = reaching.add_contact(person=person, channel=channel, typed=typed, at=w.at, chance=w.chance)
    made.confirmed_at = w.at
    made.save()


def tell(w, name="ani", kind="verified"):
    """Queue one message for somebody."""
    about = entry(w, f"application:{w.people[name].ref}")
    actions.jobs.deliver.enqueue(kind, about.pk)
    return about


def states():
    """Return (channel, state, attempts, error) of everything told."""
    return list(Delivery.objects.order_by("pk").values_list("channel", "state", "attempts", "error"))


def after_its_wait():
    """Let the failed job's wait be over, and queue it again."""
    job = DBTaskResult.objects.get()
    due.take_all(job.finished_at + actions.FIRST_WAIT * 4 ** (len(job.worker_ids) - 1))


def test_a_gateway_that_was_down_delays_and_loses_nothing_and_a_job_run_twice_sends_one_message(at, chance, open_ways):
    w = real(at, chance, "ani", "budi")
    by_phone(w)
    open_ways.down()
    tell(w)
    assert (work(), states()) == (["FAILED"], [("sms", "failed", 1, "gateway")])
    open_ways.up()
    open_ways.refuse = True
    after_its_wait()
    assert (work(), states()) == (["FAILED"], [("sms", "failed", 2, "gateway")])
    open_ways.refuse = False
    after_its_wait()
    assert (work(), states()) == (["SUCCESSFUL"], [("sms", "sent", 3, "")])
    DBTaskResult.objects.update(status="READY")
    assert work() == ["SUCCESSFUL"]
    assert [path for path, _said in open_ways.taken] == [f"/sms/{PHONE}"]
    assert (mail.outbox, states()) == ([], [("sms", "sent", 3, "")])


def test_neither_log_nor_jobs_name_a_number_or_a_password(at, chance, open_ways, caplog):
    w = real(at, chance, "ani")
    by_phone(w)
    caplog.set_level(logging.DEBUG)
    tell(w)
    open_ways.refuse = True
    assert work() == ["FAILED"]
    kept = [str(row) for row in DBTaskResult.objects.values()] + [str(row) for row in Delivery.objects.values()]
    said = caplog.text + " ".join(kept)
    assert "Undelivered: gateway" in said
    assert [secret for secret in (PHONE[1:], "sandi-gerbang", "pengguna") if secret in said] == []


def test_after_three_failures_the_next_contact_is_tried_and_the_last_keeps_the_rest(at, chance, open_ways):
    w = real(at, chance, "ani")
    person = by_phone(w)
    for channel, typed in (("sms", PHONE), ("telegram", "87654321")):
        contact(w, person, channel, typed)
    open_ways.refuse = True
    tell(w)
    for _ in range(3):
        work()
        after_its_wait()
    assert states() == [("sms", "failed", 3, "gateway")]
    work()
    assert states() == [("telegram", "failed", 4, "gateway")]
    open_ways.refuse = False
    after_its_wait()
    assert (work(), states()) == (["SUCCESSFUL"], [("telegram", "sent", 5, "")])
    assert [path for path, _said in open_ways.taken] == ["/tg/87654321"]


def test_an_sms_is_short_says_that_there_is_news_and_not_what(at, chance, open_ways, settings):
    w = real(at, chance, "ani")
    person = by_phone(w)
    for locale in ("id", "en", "ru"):
        Person.objects.filter(pk=person.pk).update(locale=locale)
        HANDLERS["verified"](entry(w, f"application:{w.people['ani'].ref}"))
        w.people["ani"].refresh_from_db()
    texts = [text for _path, text in open_ways.taken]
    site = settings.SITE
    assert texts == [
        f"{w.scope}: ada kabar di halaman Anda. Kami tidak pernah meminta uang. {site}/akun/",
        f"{w.scope}: news on your page. We never ask for money. {site}/en/akun/",
        f"{w.scope}: новость. {site}/ru/akun/",
    ]


def test_what_an_sms_says_fits_into_one():
    page = "https://rantau.contoh-instansi.go.id"
    for locale, longest in (("id", 160), ("en", 160), ("ru", 70)):
        prefix = "" if locale == "id" else f"/{locale}"
        for text in (
            short.news(locale, programme="rusal-2026", page=f"{page}{prefix}/akun/"),
            short.code(locale, digits="000000", purpose="sign_in").short,
        ):
            assert len(text) <= longest
            assert GSM.fullmatch(text) or locale == "ru"


@pytest.mark.parametrize("channel", ["email", "telegram", "whatsapp"])
def test_without_a_gateway_messages_are_files_that_their_owner_reads(at, chance, settings, tmp_path, channel):
    settings.CHANNELS = {channel: "files"}
    settings.MESSAGES_DIR = tmp_path / "outbox"
    route = gateways.Route(channel, "87654321")
    said = gateways.Said("Judul", "Isi panjang", "Isi")
    assert [gateways.send(route, said, message="<1@rantau>") for _ in range(2)] == ["files", "files"]
    (file,) = settings.MESSAGES_DIR.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert "87654321" not in file.name
    assert file.read_text().splitlines()[:4] == [f"{channel}: 87654321", "Judul", "", "Isi panjang"]


def test_without_gateway_and_folder_messages_stand_on_the_terminal(settings, capsys):
    settings.CHANNELS = {"sms": "console"}
    assert gateways.send(gateways.Route("sms", PHONE), gateways.Said("J", "Isi", "Pendek"), message="<1>") == "console"
    assert capsys.readouterr().out.startswith(f"sms: {PHONE}\nJ\n\nPendek\n")


def test_a_setting_that_no_gateway_understands_is_a_failure(settings):
    settings.CHANNELS = {"sms": "tidakada://{to}"}
    with pytest.raises(gateways.Undelivered) as caught:
        gateways.send(gateways.Route("sms", PHONE), gateways.Said("J", "Isi", "Pendek"), message="<1>")
    assert caught.value.code == "address"


def test_nobody_made_up_is_told_anything_by_a_gateway(at, chance, open_ways):
    w = real(at, chance, "ani")
    person = by_phone(w)
    Person.objects.filter(pk=person.pk).update(rehearsal=True)
    tell(w)
    assert (work(), open_ways.taken, states()) == (["SUCCESSFUL"], [], [])


# --- quiet hours ---------------------------------------------------------------------------------------------------------
def asleep(now):
    """Return quiet hours in which an instant lies in Jakarta, with the morning at midnight."""
    hour = now.astimezone(actions.ZoneInfo("Asia/Jakarta")).hour
    return (hour, 0) if hour else (24, 1)


def test_at_night_a_message_waits_in_the_queue_for_the_morning_and_is_sent_then_once(at, chance, open_ways, settings):
    w = real(at, chance, "ani")
    by_phone(w)
    about = tell(w)
    settings.QUIET_HOURS = asleep(timezone.now())
    assert work() == ["SUCCESSFUL"]
    told = Delivery.objects.get()
    assert (told.state, told.attempts, open_ways.taken) == ("queued", 0, [])
    waiting = DBTaskResult.objects.get(status="READY")
    assert (waiting.run_after, waiting.args_kwargs["args"]) == (told.not_before, ["verified", about.pk])
    assert dt.timedelta(0) < told.not_before - timezone.now() <= 24 * HOUR
    DBTaskResult.objects.filter(status="SUCCESSFUL").update(status="READY")
    assert (work(), DBTaskResult.objects.filter(status="READY").count()) == (["SUCCESSFUL"], 1)
    settings.QUIET_HOURS = (0, 0)
    DBTaskResult.objects.filter(pk=waiting.pk).update(run_after=timezone.now())
    assert (work(), states()) == (["SUCCESSFUL"], [("sms", "sent", 1, "")])
    assert len(open_ways.taken) == 1


def test_what_is_urgent_waits_for_no_morning_and_each_zone_has_its_own(at, chance, settings):
    w = real(at, chance, "ani")
    settings.QUIET_HOURS = (21, 7)
    person = w.people["ani"].person
    told = actions.begin(entry=1, kind="verified", person=person, scope=w.scope)
    night = dt.datetime(2026, 6, 1, 22, tzinfo=actions.ZoneInfo("Asia/Jakarta"))
    assert actions.wakes(told, at=night) == night + 9 * HOUR
    person.zone = "Europe/Moscow"
    assert actions.wakes(told, at=night) == night
    assert actions.wakes(told, at=night + 4 * HOUR) == night + 13 * HOUR
    told.kind = "call_up"
    assert actions.wakes(told, at=night + 4 * HOUR) == night + 4 * HOUR


def test_a_failed_message_that_waits_for_the_morning_goes_on_counting(at, chance, open_ways, settings):
    w = real(at, chance, "ani")
    by_phone(w)
    open_ways.refuse = True
    tell(w)
    work()
    after_its_wait()
    settings.QUIET_HOURS = asleep(timezone.now())
    assert work() == ["SUCCESSFUL"]
    assert len(DBTaskResult.objects.get(status="READY").worker_ids) == 1
    assert states() == [("sms", "failed", 1, "gateway")]


# --- officers ------------------------------------------------------------------------------------------------------------
def test_an_officer_sees_how_many_failed_and_tries_again_by_an_entry_that_names_nobody(at, chance, open_ways):
    w = real(at, chance, "ani", "budi")
    person = by_phone(w)
    open_ways.refuse = True
    tell(w)
    work()
    Delivery.objects.update(attempts=7)
    seen = queries.desk(w.coordinator, w.programme, at=at)
    (row,) = seen.rows
    assert {key: row[key] for key in ("state", "kind", "channel", "number", "persons")} == {
        "state": "failed",
        "kind": "verified",
        "channel": "sms",
        "number": 1,
        "persons": 1,
    }
    assert (seen.failed, seen.operator, seen.jobs) == (1, False, [])
    entries = Entry.objects.count()
    with pytest.raises(Refusal) as caught:
        actions.try_again(programme=w.programme, person=w.verifier, at=at)
    assert (caught.value.code, Entry.objects.count(), states()) == (
        "role.missing",
        entries,
        [("sms", "failed", 7, "gateway")],
    )
    open_ways.refuse = False
    assert actions.try_again(programme=w.programme, person=w.coordinator, at=at) == 1
    last = Entry.objects.order_by("pk").last()
    assert (last.action, last.subject, last.facts) == ("messages.again", f"programme:{w.scope}", {"deliveries": 1})
    assert (work(), states()) == (["SUCCESSFUL"], [("sms", "sent", 1, "")])
    assert [path for path, _said in open_ways.taken] == [f"/sms/{person.phone}"]
    with pytest.raises(Refusal) as caught:
        actions.try_again(programme=w.programme, person=w.coordinator, at=at)
    assert caught.value.code == "messages.none"


def test_trying_again_queues_what_has_no_job_left_and_leaves_a_waiting_one_alone(at, chance, open_ways):
    w = real(at, chance, "ani", "budi")
    for name in ("ani", "budi"):
        by_phone(w, name)
        tell(w, name)
    open_ways.refuse = True
    work()
    gone, kept = DBTaskResult.objects.order_by("enqueued_at")
    gone.delete()
    DBTaskResult.objects.filter(pk=kept.pk).update(status="READY")
    assert actions.try_again(programme=w.programme, person=w.coordinator, at=at) == 2
    assert sorted(job.args_kwargs["args"] for job in DBTaskResult.objects.ready()) == sorted(
        ["verified", entry] for entry in Delivery.objects.values_list("entry", flat=True)
    )
