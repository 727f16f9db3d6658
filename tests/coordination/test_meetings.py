"""Meetings: who reads them, who takes which step, what becomes of their decisions."""

import datetime as dt

import pytest

from rantau.agreements.models import Duty
from rantau.coordination import access, queries
from rantau.coordination.actions import meetings
from rantau.coordination.actions.meetings import Decided
from rantau.coordination.calendar import Event, calendar
from rantau.coordination.models import Decision, Meeting
from rantau.engine.canonical import canonical
from rantau.engine.flow import Role
from rantau.ledger.models import Entry
from rantau.programmes.queries import instant
from tests.agreements import build as agreements
from tests.build import person
from tests.coordination import build
from tests.coordination.build import DAY, DECISION, HOUR, NOTED, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return agreements.world()


def approve(w, meeting, who):
    return meetings.approve(meeting=meeting, person=who, at=w.at, chance=w.chance)


def readable(w, who):
    return list(access.meetings(who, w.programme, at=w.at).values_list("code", flat=True))


def test_from_the_call_to_a_duty(w):
    meeting = build.minuted(w)
    approve(w, meeting, w.of("rusal", "draft"))
    duty = Duty.objects.get()
    assert (meeting.state, meeting.minuted_by, meeting.approved_by) == ("approved", "kp2mi", "rusal")
    assert (duty.office, duty.origin, duty.due_at) == (
        "rusal",
        f"{meeting.code}/1",
        instant(DECISION.due_on, 23, 59, 59),
    )
    assert duty.what == {"id": DECISION.text["id"], "en": DECISION.text["en"], "ru": DECISION.text["id"]}
    assert duty.wanted == dict.fromkeys(("id", "en", "ru"), DECISION.wanted)
    assert list(Decision.objects.order_by("number").values_list("duty", flat=True)) == [duty.pk, None]
    assert [(one.office, one.mandate is not None) for one in meeting.attendances.order_by("pk")] == [
        ("kp2mi", True),
        ("rusal", True),
    ]


def test_the_ledger_holds_codes_and_digests_and_no_word_of_the_minutes(w):
    meeting = build.minuted(w)
    approve(w, meeting, w.of("rusal", "draft"))
    entries = Entry.objects.filter(subject=f"meeting:{meeting.ref}").order_by("position")
    assert list(entries.values_list("action", flat=True)) == ["plan", "hold", "minute", "approve"]
    assert entries[2].facts["digest"] == entries[3].facts["digest"]
    told = b"".join(canonical(entry.facts) for entry in Entry.objects.exclude(subject__startswith="mandate:")).decode()
    written = ("Rapat kerja", "Gedung", "rahasia", "jadwal", "Moskow")
    assert [words for words in written if words.lower() in told.lower()] == []


def test_only_invited_offices_coordinators_and_auditors_read_a_meeting(w):
    theirs = build.called(w, "kedubes-rusia", title="Visa").code
    secret = build.called(w, "rusal", title="Sikap terhadap kedutaan").code
    auditor = person(at=w.at, chance=w.chance, role=Role.AUDITOR, scope=w.programme.code)
    assert readable(w, w.of("kedubes-rusia", "sign")) == [theirs]
    assert readable(w, w.of("rusal", "sign")) == [secret]
    assert readable(w, w.of("kemenperin", "draft")) == []
    assert readable(w, w.of("kp2mi", "legal")) == readable(w, w.desk[0]) == readable(w, auditor) == [secret, theirs]
    with pytest.raises(Meeting.DoesNotExist):
        access.meeting(w.of("kedubes-rusia", "draft"), w.programme, secret, at=w.at)


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.HOST_MISSION, Role.VERIFIER])
def test_a_role_alone_opens_no_meeting(w, role):
    build.called(w)
    who = person(at=w.at, chance=w.chance, role=role, scope=w.programme.code)
    with refused("role.missing"):
        access.meetings(who, w.programme, at=w.at)


def test_a_mandate_that_is_over_opens_nothing(w):
    build.called(w)
    with refused("role.missing"):
        access.meetings(w.of("rusal", "draft"), w.programme, at=w.at + 400 * DAY)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"offices": ("kp2mi",)}, "meeting.invited"),
        ({"offices": ("pers",)}, "meeting.invited"),
        ({"offices": ("nobody",)}, "meeting.invited"),
        ({"title": " "}, "meeting.title"),
        ({"place": ""}, "meeting.title"),
        ({"held_at": agreements.AT}, "meeting.past"),
        ({"lasts": 721}, "meeting.lasts"),
        ({"lasts": 0}, "meeting.lasts"),
    ],
)
def test_what_is_no_call(w, changed, code):
    with refused(code):
        build.called(w, **changed)


def test_nobody_calls_for_an_office_they_do_not_act_for(w):
    with refused("meeting.office", office="kp2mi"):
        build.called(w, person=w.of("rusal", "draft"))
    with refused("meeting.office"):
        build.called(w, office="", person=w.of("rusal", "draft"))


def test_a_meeting_is_not_held_before_its_time_nor_by_nobody(w):
    meeting, who = build.called(w), w.of("rusal", "draft")
    with refused("step.early"):
        meetings.hold(meeting=meeting, offices=["rusal"], person=who, at=meeting.held_at)
    with refused("meeting.nobody"):
        meetings.hold(meeting=meeting, offices=[], person=who, at=w.at + 2 * DAY)
    with refused("meeting.invited"):
        meetings.hold(meeting=meeting, offices=["rusal", "kemenperin"], person=who, at=w.at + 2 * DAY)
    with refused("meeting.office"):
        meetings.hold(meeting=meeting, offices=["rusal"], person=w.of("kemenperin", "draft"), at=w.at + 2 * DAY)


def test_an_office_may_come_before_anybody_holds_its_mandate(w):
    meeting = build.held(w, "kp2mi", "esdm")
    found = meeting.attendances.order_by("pk").values_list("office", "mandate__office")
    assert list(found) == [("kp2mi", "kp2mi"), ("esdm", None)]


@pytest.mark.parametrize(
    ("minutes", "decision", "code"),
    [
        (" ", NOTED, "meeting.empty"),
        ("Notula", Decided(text={"en": "In English alone"}), "decision.words"),
        ("Notula", Decided(text={"id": "A"}, office="rusal", wanted="Surat"), "decision.day"),
        ("Notula", Decided({"id": "A"}, "rusal", dt.date(2026, 1, 27), "Surat"), "decision.day"),
        ("Notula", Decided({"id": "A"}, "rusal", dt.date(2026, 1, 28), " "), "decision.evidence"),
        ("Notula", Decided({"id": "A"}, "nobody", dt.date(2026, 1, 28), "Surat"), "meeting.owner"),
    ],
)
def test_minutes_that_are_not_complete_are_not_handed_in(w, minutes, decision, code):
    meeting = build.held(w)
    with refused(code):
        meetings.minute(meeting=meeting, minutes=minutes, decisions=[decision], person=w.of("rusal", "draft"), at=w.at)


def test_a_draft_binds_nobody_and_is_written_over(w):
    meeting = build.held(w)
    entries, who = Entry.objects.count(), w.of("rusal", "draft")
    for decisions in ([Decided(text={}, office="rusal")], [DECISION]):
        meetings.draft(meeting=meeting, minutes="Se", decisions=decisions, language="id", person=who, at=w.at)
    assert (meeting.state, Entry.objects.count(), Duty.objects.count()) == ("held", entries, 0)
    assert list(meeting.decisions.values_list("number", "wanted")) == [(1, DECISION.wanted)]
    with refused("meeting.language"):
        meetings.draft(meeting=meeting, minutes="", decisions=[], language="fr", person=who, at=w.at)


def test_an_office_does_not_approve_its_own_minutes(w):
    meeting = build.minuted(w)
    for who in (w.of("kp2mi", "draft"), w.of("kp2mi", "sign")):
        with refused("meeting.same_office"):
            approve(w, meeting, who)
    with refused("meeting.office"):
        approve(w, meeting, w.of("kemenperin", "draft"))
    assert approve(w, meeting, w.desk[0]).approved_by == ""


def test_who_wrote_the_minutes_does_not_approve_them_for_another_office(w):
    writer = w.of("kp2mi", "draft")
    agreements.mandate(w, writer, "rusal")
    meeting = build.minuted(w)
    with refused("step.same_person"):
        approve(w, meeting, writer)


def test_a_coordinator_s_minutes_are_approved_by_an_office(w):
    meeting = build.minuted(w, "rusal", office="")
    with refused("meeting.same_office"):
        approve(w, meeting, w.desk[1])
    assert approve(w, meeting, w.of("rusal", "legal")).approved_by == "rusal"


def test_minutes_are_opened_again_and_what_is_approved_stands(w):
    meeting = build.minuted(w)
    meetings.reopen(meeting=meeting, person=w.of("rusal", "draft"), at=w.at)
    again = [Decided(text={"id": "Diubah."})]
    writer = w.of("rusal", "draft")
    meetings.minute(meeting=meeting, minutes="Notula baru", decisions=again, person=writer, at=w.at)
    approve(w, meeting, w.of("kp2mi", "draft"))
    assert (meeting.minuted_by, Duty.objects.count()) == ("rusal", 0)
    with refused("step.state"):
        meetings.reopen(meeting=meeting, person=writer, at=w.at)
    with refused("meeting.not_held"):
        meetings.draft(meeting=meeting, minutes="", decisions=[], language="id", person=writer, at=w.at)


def test_a_day_that_passed_before_the_approval_counts_from_it(w):
    meeting = build.minuted(w)
    w.at = dt.datetime(2026, 3, 9, 3, tzinfo=dt.UTC)
    approve(w, meeting, w.of("rusal", "draft"))
    assert Duty.objects.get().due_at == instant(dt.date(2026, 3, 9), 23, 59, 59)


def steps(w, meeting, who):
    return queries.meetings.opened(who, meeting, at=w.at).steps


def test_what_each_may_do_now(w):
    meeting, caller, other = build.called(w), w.of("kp2mi", "draft"), w.of("rusal", "draft")
    auditor = person(at=w.at, chance=w.chance, role=Role.AUDITOR, scope=w.programme.code)
    assert steps(w, meeting, caller) == {"move", "cancel"}
    w.at += DAY + HOUR
    assert steps(w, meeting, other) == {"hold", "cancel"}
    meetings.hold(meeting=meeting, offices=["rusal"], person=other, at=w.at)
    assert steps(w, meeting, other) == {"minute"}
    meetings.minute(meeting=meeting, minutes="Notula", decisions=[], person=caller, at=w.at)
    assert (steps(w, meeting, caller), steps(w, meeting, other)) == ({"reopen"}, {"reopen", "approve"})
    assert steps(w, meeting, auditor) == set()
    approve(w, meeting, other)
    assert steps(w, meeting, caller) == set()


def test_a_moved_and_a_cancelled_meeting_replace_themselves_in_a_calendar(w):
    meeting, who = build.called(w), w.of("rusal", "draft")
    first = calendar([queries.meetings.event(meeting, page="https://contoh.invalid/rapat")])
    again = calendar([queries.meetings.event(meeting, page="https://contoh.invalid/rapat")])
    moved = meetings.move(
        meeting=meeting, held_at=meeting.held_at + DAY, place="Daring", lasts=90, person=who, at=w.at + HOUR
    )
    second = calendar([queries.meetings.event(moved)]).decode().split("\r\n")
    gone = calendar([queries.meetings.event(meetings.cancel(meeting=moved, person=who, at=w.at + 2 * HOUR))])
    assert first == again
    lines = first.decode().split("\r\n")
    assert (
        lines[4:-2]
        == [
            "BEGIN:VEVENT",
            "SUMMARY:Rapat kerja",
            "DTSTART:20260128T030000Z",
            "DTEND:20260128T040000Z",
            "DTSTAMP:20260127T030000Z",
            f"UID:{meeting.code}@rantau.invalid",
            "SEQUENCE:0",
            "LOCATION:Gedung A\\, Jakarta",
            "STATUS:CONFIRMED",
            "URL:https://contoh.invalid/rapat",
            "END:VEVENT",
            "END:VCALENDAR",
        ][:-1]
    )
    assert [line for line in second if line[:5] in ("DTSTA", "DTEND", "SEQUE")] == [
        "DTSTART:20260129T030000Z",
        "DTEND:20260129T043000Z",
        "DTSTAMP:20260127T040000Z",
        "SEQUENCE:1",
    ]
    assert b"STATUS:CANCELLED" in gone
    with refused("step.state"):
        meetings.move(meeting=moved, held_at=w.at + 2 * DAY, place="B", lasts=60, person=who, at=w.at)


def test_a_duty_is_an_instant_with_a_reminder():
    at = dt.datetime(2026, 3, 2, 16, 59, 59, tzinfo=dt.UTC)
    event = Event("D-1", "Jadwal", at, at - 30 * DAY, words="Jadwal yang ditandatangani", alarm=dt.timedelta(days=14))
    lines = calendar([event]).decode().split("\r\n")
    assert [line for line in lines if line.startswith(("DT", "TRIGGER", "DESCRIPTION"))] == [
        "DTSTART:20260302T165959Z",
        "DTSTAMP:20260131T165959Z",
        "DESCRIPTION:Jadwal yang ditandatangani",
        "DESCRIPTION:Jadwal",
        "TRIGGER:-P14D",
    ]


def test_a_duty_opens_to_its_office_and_not_to_another_that_was_there(w):
    meeting = build.minuted(w)
    approve(w, meeting, w.of("rusal", "draft"))
    code = Duty.objects.get().code
    found = {who: queries.meetings.opened(w.of(who, "draft"), meeting, at=w.at) for who in ("kp2mi", "rusal")}
    assert {who: set(one.duties) for who, one in found.items()} == {"kp2mi": set(), "rusal": {code}}
    assert found["kp2mi"].standings == {code: "due"}


def test_meetings_are_listed_by_month(w):
    for days in (1, 2, 40):
        build.called(w, held_at=w.at + days * DAY, title=str(days))
    found = queries.meetings.months(w.of("rusal", "sign"), w.programme, at=w.at)
    assert [(month, [one.title for one in rows]) for month, rows in found] == [
        (dt.date(2026, 3, 1), ["40"]),
        (dt.date(2026, 1, 1), ["1", "2"]),
    ]
