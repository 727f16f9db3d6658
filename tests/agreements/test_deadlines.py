"""What time does: reminders, lateness and escalation once each, sides that stay silent, agreements that end."""

import argparse
import datetime as dt

import pytest

from rantau.agreements.actions import deadlines, duties
from rantau.agreements.models import Duty, Side
from rantau.agreements.queries import boards
from rantau.cli.database import due
from rantau.ledger.models import Entry
from rantau.people import queries as people
from rantau.programmes import actions as programmes
from rantau.programmes import queries
from rantau.programmes.models import Programme, Version
from tests import build as fewest
from tests.agreements import build
from tests.agreements.build import AT, DAY

pytestmark = pytest.mark.django_db
AFTER = dt.timedelta(seconds=1)


@pytest.fixture
def w():
    return build.world()


def only(agreement, **given):
    """Return one duty of an agreement; all others go."""
    duty = agreement.duties.filter(**given).order_by("due_at", "pk")[0]
    Duty.objects.exclude(pk=duty.pk).delete()
    return duty


def steps(subject):
    return list(Entry.objects.filter(subject=subject).order_by("position").values_list("action", flat=True))


def real(w):
    """Let the programme be announced, not played: its time is real."""
    Programme.objects.filter(pk=w.programme.pk).update(rehearsal=False, clock_at=None)


def played(w, at):
    """Let the programme's own time be an instant."""
    Programme.objects.filter(pk=w.programme.pk).update(clock_at=at)


@pytest.mark.parametrize("kind", ["real", "played"])
def test_due_reminds_marks_as_late_and_escalates_once_each(w, kind):
    duty = only(build.in_force(w), office="rusal", term="mission-access")
    subject = f"duty:{duty.ref}"
    if kind == "real":
        real(w)
    moments = [duty.remind_at, duty.due_at, duty.escalate_at]
    found = []
    for moment in moments:
        for at in (moment, moment + AFTER, moment + AFTER):
            played(w, at) if kind == "played" else None
            taken = due.take_all(at if kind == "real" else AT)
            found.append((taken, boards.standing(duty.__class__.objects.get(pk=duty.pk), at=at)))
    assert found == [
        *((0, "soon"), (1, "soon"), (0, "soon")),
        *((0, "soon"), (1, "late"), (0, "late")),
        *((0, "late"), (1, "late"), (0, "late")),
    ]
    assert steps(subject) == ["owe", "remind", "overdue", "escalate"]


def test_a_late_run_takes_the_steps_in_order_and_does_not_remind_of_what_is_past(w):
    duty = only(build.in_force(w), office="rusal", term="mission-access")
    at = duty.escalate_at + 100 * DAY
    assert deadlines.take(programme=_at(w, at), at=AT, reached={}) == 2
    assert steps(f"duty:{duty.ref}") == ["owe", "overdue", "escalate"]
    assert deadlines.take(programme=_at(w, at), at=AT, reached={}) == 0


def _at(w, at):
    played(w, at)
    return Programme.objects.get(pk=w.programme.pk)


def test_a_played_programme_waits_for_its_own_time(w):
    duty = only(build.in_force(w), office="rusal", term="mission-access")
    assert due.take_all(duty.escalate_at + 100 * DAY) == 0
    duty.refresh_from_db()
    assert (duty.state, duty.reminded_at) == ("open", None)


def test_what_was_done_or_excused_in_time_is_left_in_peace(w):
    agreement = build.in_force(w)
    Duty.objects.exclude(term__in=["contact-employer", "contact-ministry"]).delete()
    done, excused = agreement.duties.get(office="rusal"), agreement.duties.get(office="kp2mi")
    duties.show(duty=done, evidence="Dikirim.", address="Surat 7", person=w.of("rusal", "answer"), at=w.at)
    duties.excuse(duty=excused, reason="Digabung.", person=w.desk[0], at=w.at)
    assert deadlines.take(programme=_at(w, w.at + 365 * DAY), at=AT, reached={}) == 0
    assert steps(f"duty:{done.ref}") == ["owe", "show"]
    assert steps(f"duty:{excused.ref}") == ["owe", "excuse"]


def test_a_doubted_duty_is_late_and_escalated_again(w):
    duty = only(build.in_force(w), office="rusal", term="contact-employer")
    late = duty.escalate_at + AFTER
    deadlines.take(programme=_at(w, late), at=AT, reached={})
    duty.refresh_from_db()
    duties.show(duty=duty, evidence="Dikirim.", address="Surat 7", person=w.of("rusal", "answer"), at=late)
    duties.doubt(duty=duty, reason="Tanpa tanggal.", person=w.desk[0], at=late)
    assert deadlines.take(programme=_at(w, late), at=AT, reached={}) == 2
    taken = ["owe", "overdue", "escalate", "show", "doubt", "overdue", "escalate"]
    assert steps(f"duty:{duty.ref}") == taken
    assert deadlines.take(programme=_at(w, late), at=AT, reached={}) == 0


def test_a_duty_before_a_milestone_gets_its_day_when_the_milestone_has_one(w):
    duty = only(build.in_force(w), office="rusal", term="mission-access")
    day = duty.due_at
    Duty.objects.update(due_at=None, remind_at=None, escalate_at=None)
    assert boards.owed(w.desk[0], w.programme, at=w.at)[0].standing == "waiting"
    assert deadlines.take(programme=_at(w, w.at), at=AT, reached={}) == 1
    assert steps(f"duty:{duty.ref}") == ["owe", "begin"]
    assert deadlines.take(programme=_at(w, w.at), at=AT, reached={}) == 0
    duty.refresh_from_db()
    assert (duty.due_at, duty.remind_at, duty.escalate_at) == (day, day - duties.REMIND, day + duties.ESCALATE)


def test_silent_sides_are_reminded_of_once_and_those_who_answered_or_are_consulted_never(w):
    agreement = build.tabled(w)
    build.accept_all(w, agreement, "rusal")
    reply = agreement.sides.get(office="rusal").reply_by
    silent = agreement.sides.filter(state="reading").exclude(part="consulted")
    assert deadlines.take(programme=_at(w, reply), at=AT, reached={}) == silent.count()  # before the day, once
    assert deadlines.take(programme=_at(w, reply), at=AT, reached={}) == 0
    assert deadlines.take(programme=_at(w, reply + AFTER), at=AT, reached={}) == silent.count() > 1
    assert deadlines.take(programme=_at(w, reply + 9 * DAY), at=AT, reached={}) == 0
    reminded = set(agreement.sides.exclude(reminded_at=None).values_list("office", flat=True))
    assert reminded == set(silent.values_list("office", flat=True))
    for side in Side.objects.all():
        assert steps(f"side:{side.ref}").count("remind") == (side.office in reminded)


def test_an_agreement_ends_after_its_last_day_and_its_open_duties_with_it(w):
    agreement = build.in_force(w)
    assert agreement.ends_at == dt.datetime(2031, 1, 26, 16, 59, 59, tzinfo=dt.UTC)
    Duty.objects.update(remind_at=None, due_at=None, escalate_at=None, waits_for="")
    deadlines.take(programme=_at(w, agreement.ends_at), at=AT, reached={})
    agreement.refresh_from_db()
    assert agreement.state == "in_force"
    deadlines.take(programme=_at(w, agreement.ends_at + AFTER), at=AT, reached={})
    agreement.refresh_from_db()
    assert agreement.state == "ended"
    assert set(agreement.duties.values_list("state", flat=True)) == {"ended"}


def test_what_fails_in_one_programme_is_said_and_stops_no_other(w, capsys):
    only(build.in_force(w), office="rusal", term="mission-access")
    Duty.objects.update(due_at=None)
    real(w)
    text = fewest.RUSAL.read_text().replace('code = "rusal-2026"', 'code = "zzz-baik"')
    other = programmes.store(text=text, person=people.system(), at=AT)
    late = {"office": "rusal", "what": {}, "wanted": {}, "state": "open", "due_at": AT}
    duty = Duty.objects.create(programme=other, ref="d", code="D-1", **late)
    Version.objects.filter(programme=w.programme).update(text="rusak")
    assert [one.code for one in queries.all_programmes()] == [w.programme.code, "zzz-baik"]
    options = argparse.Namespace(at=(AT + AFTER).isoformat(), sweep=False)
    assert due.run(options) == 1
    said = capsys.readouterr()
    assert said.out == "1 steps\n"
    assert said.err.startswith(f"{w.programme.code}: programme.invalid Traceback (most recent call last):\n")
    duty.refresh_from_db()
    assert duty.state == "late"
    Duty.objects.exclude(pk=duty.pk).delete()
    assert (due.run(options), capsys.readouterr()) == (0, ("0 steps\n", ""))
