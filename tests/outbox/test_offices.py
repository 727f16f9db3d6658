"""Letters to offices: those who act for them by a mandate are told, each once, and nobody of a rehearsal."""

import datetime as dt

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from rantau.agreements.actions import deadlines, duties, mandates
from rantau.agreements.models import Agreement, Duty, Mandate, Side
from rantau.coordination.actions import meetings
from rantau.coordination.models import Meeting
from rantau.ledger.actions import append
from rantau.ledger.models import Head
from rantau.outbox import actions
from rantau.outbox.handlers import HANDLERS, OFFICES
from rantau.outbox.models import Delivery
from rantau.people.models import Person
from rantau.programmes.models import Programme
from tests.agreements import build
from tests.agreements.build import World
from tests.outbox.build import work

pytestmark = pytest.mark.django_db
AFTER = dt.timedelta(seconds=1)


def real() -> World:
    """Return a programme that is no rehearsal; everybody's address says who they are; nothing is queued."""
    w = build.world()
    Programme.objects.update(rehearsal=False, clock_at=None)
    Head.objects.update(quiet=False)
    w.programme.refresh_from_db()
    for person in Person.objects.exclude(is_system=True):
        person.email = f"{person.name.replace(' ', '.').lower()}@example.com"
        person.save()
    return w


def told() -> list[tuple[str, str]]:
    """Run the worker and return (kind, address) of what is new, sorted."""
    before = set(Delivery.objects.values_list("pk", flat=True))
    mail.outbox.clear()
    assert set(work()) <= {"SUCCESSFUL"}
    new = Delivery.objects.exclude(pk__in=before).select_related("person")
    assert sorted(one.to[0] for one in mail.outbox) == sorted(one.person.email for one in new)
    return sorted((one.kind, one.person.email.partition("@")[0]) for one in new)


def hands(kind: str, *names: str) -> list[tuple[str, str]]:
    """Return what is told to these people."""
    return sorted((kind, name) for name in names)


def entry(w: World, subject: str) -> object:
    """Append one entry about a record."""
    return append(chain=w.programme.chain, actor=w.desk[0].ref, subject=subject, action="told", at=w.at)


def test_a_version_on_the_table_is_told_to_those_who_answer_it_on_every_side():
    w = real()
    build.tabled(w)
    assert told() == hands("tabled", *(f"{office}.draft" for office in build.OFFICES))


def test_each_person_is_told_once_however_many_mandates_they_hold_and_however_often_the_job_runs():
    w = real()
    build.mandate(w, w.of("kp2mi", "draft"), "kp2mi", ("accept",))
    build.tabled(w)
    assert told().count(("tabled", "kp2mi.draft")) == 1
    DBTaskResult.objects.update(status="READY")
    assert told() == []


def test_who_is_silent_and_who_drafted_are_told_when_the_answer_is_late():
    w = real()
    agreement = build.tabled(w)
    for office in ("kp2mi", "rusal"):
        build.accept_all(w, agreement, office)
    told()
    due = max(side.reply_by for side in agreement.sides.all())
    deadlines.take(programme=w.programme, at=due + AFTER, reached={})
    silent = agreement.sides.filter(state="reading").exclude(part="consulted").values_list("office", flat=True)
    assert "kedubes-rusia" in silent
    acting = [f"{office}.draft" for office in silent if office in build.OFFICES]
    assert told() == hands("reply_late", *acting, "kp2mi.draft")


def test_everybody_who_acts_for_a_side_is_told_of_the_signature_and_of_the_end():
    w = real()
    agreement = build.in_force(w)
    concluded = {name for kind, name in told() if kind == "concluded"}
    sides = set(agreement.sides.values_list("office", flat=True)) & set(build.OFFICES)
    assert concluded == {f"{office}.{power}" for office in sides for power in ("draft", "legal", "approve", "sign")}
    build.approving.terminate(
        agreement=agreement,
        person=w.of("rusal", "sign"),
        at=w.at,
        reason="Rahasia pihak.",
        ends_on=w.at.date(),
    )
    assert {(kind, name) for kind, name in told()} == {("terminated", name) for name in concluded}


def owed(w: World, **given: object) -> Duty:
    """Return the employer's first duty of an agreement in force, with nothing queued."""
    agreement = build.in_force(w)
    told()
    return agreement.duties.filter(office="rusal", **given).order_by("due_at", "pk")[0]


def test_the_owner_is_told_before_and_after_and_then_everybody_at_the_table():
    w = real()
    duty = owed(w)
    Duty.objects.exclude(pk=duty.pk).update(remind_at=None, due_at=None, waits_for="")
    Duty.objects.filter(pk=duty.pk).update(remind_at=w.at + build.DAY)
    deadlines.take(programme=w.programme, at=w.at + build.DAY + AFTER, reached={})
    assert told() == [("duty_soon", "rusal.draft")]
    deadlines.take(programme=w.programme, at=duty.due_at + AFTER, reached={})
    assert told() == [("duty_late", "rusal.draft")]
    deadlines.take(programme=w.programme, at=duty.escalate_at + AFTER, reached={})
    sides = set(duty.agreement.sides.values_list("office", flat=True)) & set(build.OFFICES)
    assert told() == hands("duty_escalated", "panitia.1", "panitia.2", *(f"{office}.draft" for office in sides))


def test_the_owner_is_told_that_the_evidence_is_doubted_and_nothing_of_why():
    w = real()
    duty = owed(w, excused_by="")
    duties.show(duty=duty, evidence="Dikirim.", address="Surat 7", person=w.of("rusal", "answer"), at=w.at)
    duties.doubt(duty=duty, reason="Surat rahasia.", person=w.desk[0], at=w.at)
    assert told() == [("duty_doubted", "rusal.draft")]
    body = mail.outbox[0].body.replace(w.programme.code, "")
    assert [part for part in ("ahasia", "Surat 7", "Dikirim", "rusal", "Panitia") if part in body] == []


def test_a_mandate_that_was_ended_since_or_has_run_out_is_told_nothing():
    w = real()
    duty = owed(w)
    subject = f"duty:{duty.ref}"
    held = Mandate.objects.get(person=w.of("rusal", "answer"))
    HANDLERS["duty_late"](entry(w, subject))
    Mandate.objects.filter(pk=held.pk).update(until_on=dt.date(2026, 1, 26))
    HANDLERS["duty_late"](entry(w, subject))
    Mandate.objects.filter(pk=held.pk).update(until_on=dt.date(2027, 1, 20))
    mandates.end(mandate=held, person=w.desk[0], at=w.at)
    HANDLERS["duty_late"](entry(w, subject))
    assert Delivery.objects.filter(kind="duty_late").count() == 1


def test_an_answer_is_told_to_those_who_decide_but_not_to_who_proposed_it():
    w = real()
    answer = build_answer(w)
    HANDLERS["answered"](entry(w, f"answer:{answer.ref}"))
    ministry = [f"kp2mi.{power}" for power in ("draft", "legal", "approve", "sign")]
    assert sorted(one.to[0].partition("@")[0] for one in mail.outbox) == sorted(["panitia.2", *ministry])


def build_answer(w: World) -> object:
    """Return an answer that a coordinator proposed."""
    return w.programme.answers.create(
        ref="answer",
        about="pay.base",
        office="rusal",
        person=w.desk[0],
        base=w.programme.version,
        values={},
        source={},
        text="",
        proposed_at=w.at,
    )


def called(w: World, *offices: str) -> Meeting:
    """Return a meeting that a coordinator calls."""
    return meetings.plan(
        programme=w.programme,
        title="Rapat rahasia",
        held_at=w.at + build.DAY,
        place="Ruang rahasia",
        offices=offices,
        person=w.desk[0],
        at=w.at,
        chance=w.chance,
    )


def test_a_meeting_is_told_to_the_invited_and_its_minutes_to_those_who_may_approve_them():
    w = real()
    told()
    meeting = called(w, "rusal", "kp2mi")
    both = [f"{office}.{power}" for office in ("rusal", "kp2mi") for power in ("draft", "legal", "approve", "sign")]
    desk = ["panitia.1", "panitia.2"]
    assert told() == hands("meeting_planned", *both, *desk)
    Meeting.objects.filter(pk=meeting.pk).update(minuted_by="rusal")
    HANDLERS["minutes_written"](entry(w, f"meeting:{meeting.ref}"))
    read = [one.to[0].partition("@")[0] for one in mail.outbox[-6:]]
    assert sorted(read) == sorted([*(name for name in both if name.startswith("kp2mi")), *desk])


def test_who_has_not_answered_is_reminded_before_the_day_and_never_after_it():
    w = real()
    agreement = build.tabled(w)
    build.accept_all(w, agreement, "rusal")
    told()
    side = agreement.sides.get(office="rusal")
    assert deadlines.take(programme=w.programme, at=side.prompt_at, reached={}) == 0
    assert deadlines.take(programme=w.programme, at=side.prompt_at + AFTER, reached={}) == 2
    assert deadlines.take(programme=w.programme, at=side.prompt_at + AFTER, reached={}) == 0
    assert told() == hands("reply_soon", "kp2mi.draft", "kedubes-rusia.draft")


def test_a_rehearsal_s_offices_are_never_told():
    w = real()
    Programme.objects.update(rehearsal=True)
    build.tabled(w)
    assert (set(work()), mail.outbox, Delivery.objects.count()) == ({"SUCCESSFUL"}, [], 0)
    Programme.objects.update(rehearsal=False)
    Head.objects.update(quiet=True)
    DBTaskResult.objects.all().delete()
    build.tabled(w, "technical_proposal")
    assert DBTaskResult.objects.count() == 0


def test_one_mailbox_that_fails_keeps_nobody_else_waiting(settings):
    w = real()
    settings.EMAIL_BACKEND = "tests.outbox.gateway.Picky"
    build.tabled(w)
    assert work() == ["FAILED"]
    readers = {f"{office}.draft@example.com" for office in build.OFFICES}
    sent = Delivery.objects.filter(state="sent")
    assert set(sent.values_list("person__email", flat=True)) == readers - {"kp2mi.draft@example.com"}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox.clear()
    job = DBTaskResult.objects.get()
    assert actions.retry(at=job.finished_at + dt.timedelta(minutes=5)) == 1
    assert (work(), [one.to for one in mail.outbox]) == (["SUCCESSFUL"], [["kp2mi.draft@example.com"]])


SECRET = ("Rahasia", "rahasia", "rusal", "Direktur", "SK 1/2026", "Panitia", "Peragaan")
LANGUAGES = {
    "id": "Kami tidak pernah meminta uang.",
    "en": "We never ask for money.",
    "ru": "Мы никогда не просим денег.",
}


@pytest.mark.parametrize("locale", LANGUAGES)
def test_every_kind_names_its_record_and_page_and_nothing_that_is_written_there(locale):
    w = real()
    agreement = build.in_force(w)
    duty = agreement.duties.filter(office="rusal").order_by("pk")[0]
    Duty.objects.update(evidence="Bukti rahasia", reason="Alasan rahasia")
    side, answer = agreement.sides.get(office="rusal"), build_answer(w)
    held = Mandate.objects.get(person=w.of("rusal", "answer"))
    meeting = called(w, "rusal", "kp2mi")
    Person.objects.update(locale=locale)
    told()
    at = "" if locale == "id" else f"/{locale}"
    here = f"http://127.0.0.1:8000{at}/program/{w.programme.code}/"
    kinds = {
        "reply_late": (f"side:{side.ref}", f"{here}perjanjian/{agreement.code}/", agreement.code),
        **dict.fromkeys(("reply_soon", "sent_back"), (f"side:{side.ref}", f"{here}perjanjian/{agreement.code}/", "")),
        **dict.fromkeys(("answer_approved", "answer_refused"), (f"answer:{answer.ref}", f"{here}meja/pertanyaan/", "")),
        **dict.fromkeys(("mandate_confirmed", "mandate_ended"), (f"mandate:{held.ref}", f"{here}mandat/", "")),
        "answered": (f"answer:{answer.ref}", f"{here}meja/jawaban/{answer.ref}/", ""),
    }
    for kind in OFFICES:
        Side.objects.filter(pk=side.pk).update(state="reading" if kind == "reply_soon" else "signed")
        Agreement.objects.filter(pk=agreement.pk).update(state="tabled" if kind == "reply_soon" else "in_force")
        known = (f"agreement:{agreement.ref}", f"{here}perjanjian/{agreement.code}/", agreement.code)
        if kind.startswith("duty"):
            known = (f"duty:{duty.ref}", f"{here}kewajiban/{duty.code}/", duty.code)
        if kind.startswith(("meeting", "minutes")):
            known = (f"meeting:{meeting.ref}", f"{here}koordinasi/rapat/{meeting.code}/", meeting.code)
        subject, page, code = kinds.get(kind, known)
        mail.outbox.clear()
        HANDLERS[kind](entry(w, subject))
        bodies = {one.body for one in mail.outbox}
        assert len(bodies) == 1, kind
        body = bodies.pop()
        assert f" {page}\n" in body, kind
        assert code in body, kind
        assert LANGUAGES[locale] in body, kind
        assert [secret for secret in SECRET if secret in body.replace(w.programme.code, "")] == [], kind
