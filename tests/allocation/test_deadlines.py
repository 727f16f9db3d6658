"""Steps nobody clicks: taken once, in the programme's own time, for every intake; and reading changes nothing."""

import datetime as dt

import pytest

from rantau.allocation import access, queries
from rantau.allocation.actions import deadlines
from rantau.allocation.models import Allocation, Place
from rantau.allocation.queries import public
from rantau.ledger.models import Entry
from rantau.programmes import actions as programmes
from rantau.programmes.models import Programme
from tests.allocation.build import (
    again,
    announce,
    answer,
    ask,
    due,
    everything,
    finished,
    placed,
    published,
    refresh,
    seated,
    wish,
)
from tests.selection.build import DAY, HOUR

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)
BOTH = {name: ("anak", "lansia") for name in ("ani", "budi", "citra", "dedi")}


def test_lists_close_once_their_day_is_over_and_only_once(at, chance):
    w = seated(at, chance)
    allocation = announce(w)
    wish(w, allocation, "ani", "anak")
    w.later(allocation.remind_at - w.at)
    before = everything()
    assert due(w) == 0
    assert everything() == before
    w.later(allocation.wishes_until - w.at)
    assert (due(w), again(allocation).remind_at) == (1, None)
    before = everything()
    assert due(w) == 0
    assert everything() == before
    w.later(SECOND)
    assert (due(w), again(allocation).state) == (1, "closed")
    entry = Entry.objects.get(action="close", subject__startswith="allocation:")
    assert (entry.facts, entry.at) == ({"from": "open", "to": "closed", "lists": 1}, w.at)
    before = everything()
    assert due(w) == 0
    assert everything() == before


def test_silence_is_counted_once_its_day_is_over_and_only_once(at, chance):
    w = seated(at, chance)
    allocation = published(w, **BOTH)
    answer(w, allocation, "ani", "wait")
    w.later(Place.objects.filter(state="offered")[0].remind_at - w.at)
    before = everything()
    assert due(w) == 0
    assert everything() == before
    w.later(allocation.answers_until - w.at)
    assert due(w) == 3  # reminded: not ani, who has said that she waits
    assert set(Place.objects.filter(remind_at=None).values_list("application__person__name", flat=True)) == {
        w.people[name].person.name for name in ("budi", "citra", "dedi")
    }
    before = everything()
    assert due(w) == 0
    assert everything() == before
    w.later(SECOND)
    assert due(w) == 3
    assert {name: state for name, (_, state) in placed(w, allocation).items()} == {
        "ani": "waiting",
        "budi": "silent",
        "citra": "silent",
        "dedi": "silent",
    }
    before = everything()
    assert due(w) == 0
    assert everything() == before


def test_a_rehearsal_is_taken_to_its_own_time_and_a_real_programme_to_the_real_one(at, chance):
    w = seated(at, chance)
    allocation = announce(w)
    late = allocation.wishes_until + DAY
    refresh(w)
    assert deadlines.take(programme=w.programme, at=late) == 0  # its own clock stands before
    assert again(allocation).state == "open"
    Programme.objects.update(clock_at=None)
    refresh(w)
    assert deadlines.take(programme=w.programme, at=allocation.wishes_until) == 1  # who has not wished is reminded
    assert deadlines.take(programme=w.programme, at=late) == 1
    assert again(allocation).state == "closed"


def test_what_comes_before_an_allocation_is_taken_too(at, chance):
    w = finished(at, chance)
    allocation = announce(w)
    w.later(allocation.wishes_until - w.at + HOUR)
    assert due(w) == 7  # four seats unanswered, two of the reserve called, the lists closed
    w.later(8 * DAY)
    assert (due(w), due(w)) == (2, 0)


def test_an_older_intake_is_not_forgotten_when_the_next_one_opens(at, chance):
    w = seated(at, chance)
    allocation, postings = announce(w), announce(w, "posting")
    refresh(w)
    programmes.plan_intake(
        programme=w.programme,
        opens_at=w.at + DAY,
        closes_at=w.at + 2 * DAY,
        person=w.coordinator,
        at=w.at,
        chance=w.chance,
    )
    w.later(allocation.wishes_until - w.at + HOUR)
    assert due(w) == 2
    assert [again(one).state for one in (allocation, postings)] == ["closed", "closed"]


def test_nothing_is_due_where_nothing_was_announced(at, chance):
    w = seated(at, chance)
    w.later(99 * DAY)
    assert due(w) == 0
    Programme.objects.create(code="kosong", kind="example", clock_at=at)
    assert deadlines.take(programme=Programme.objects.get(code="kosong"), at=at) == 0


def test_reading_changes_nothing(at, chance):
    w = seated(at, chance)
    fields = published(w, **BOTH)
    postings = announce(w, "posting")
    ask(w, postings, "ani", "osaka")
    w.later(99 * DAY)
    refresh(w)
    before = everything()
    for allocation in Allocation.objects.select_related("intake__programme", "intake__version"):
        for application in w.people.values():
            queries.own(allocation, application)
            queries.of_person(application.person, application)
        queries.wishers(allocation)
        queries.pending(allocation)
        queries.titles(allocation)
        public.told(allocation)
    assert queries.pending(fields) == {"answers": 4}
    assert queries.pending(postings) == {"exemptions": 1}
    list(access.visible(w.programme))
    list(access.desk(w.auditor, scope=w.scope, at=w.at))
    list(access.exemptions(w.protector, scope=w.scope, at=w.at))
    assert everything() == before
