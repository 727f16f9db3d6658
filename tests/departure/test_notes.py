"""The monthly note: sealed, one a month, shared by a link that its writer can take back, and on nobody else's record."""

import datetime as dt

import pytest
from django.core.exceptions import ObjectDoesNotExist

from rantau.departure.actions import notes
from rantau.departure.models import Clearance, Note
from rantau.departure.queries import family
from rantau.engine.canonical import digest
from rantau.ledger.models import Entry
from rantau.people.models import Person
from rantau.programmes.queries import day
from tests.departure import build

pytestmark = pytest.mark.django_db
WORDS = "Bu, saya sehat. Asramanya hangat."


def write(w, text=WORDS, who="ani", person=None):
    return notes.write(
        clearance=build.way(w, who), text=text, person=person or w.people[who].person, at=w.at, chance=w.chance
    )


def share(w, note, *, named=False, who="ani"):
    return notes.share(note=note, named=named, person=w.people[who].person, at=w.at, chance=w.chance)


def put(w, state, who="ani"):
    Clearance.objects.filter(application=w.people[who]).update(state=state)


def unknown(w, secret):
    with pytest.raises(ObjectDoesNotExist):
        family.shared(secret, at=w.at)


def test_a_note_is_sealed_and_neither_the_ledger_nor_a_message_knows_of_it(at, chance):
    w = build.world(at, chance)
    before = build.everything()
    secret = share(w, write(w, f"  {WORDS}\n"), named=True)
    row = Note.objects.get()
    assert not any(part in bytes(row.text) for part in (b"Bu,", b"sehat", b"hangat"))
    assert (row.month, row.secret) == (day(w.at).replace(day=1), digest(secret))
    after = build.everything()
    assert {key for key, found in after.items() if found != before.get(key)} == {"Note"}
    assert not Entry.objects.filter(subject__contains=row.ref).exists()


def test_a_link_shows_the_words_the_month_and_a_name_only_where_it_was_wanted(at, chance):
    w = build.world(at, chance)
    Person.objects.filter(pk=w.people["ani"].person_id).update(name="Ani Rahasia")
    note = write(w)
    assert family.shared(share(w, note), at=w.at) == (note.month, WORDS, "", True)
    assert family.shared(share(w, note, named=True), at=w.at) == (note.month, WORDS, "Ani", True)


def test_a_link_ends_by_itself_by_its_writer_and_by_other_words(at, chance):
    w = build.world(at, chance)
    note = write(w)
    first = share(w, note)
    second = share(w, note)
    unknown(w, first)  # a note has one link at a time
    notes.take_back(note=note, person=w.people["ani"].person)
    unknown(w, second)
    assert (Note.objects.get().secret, Note.objects.get().shared_until) == ("", None)
    third = share(w, note)
    write(w, "Lain.")
    unknown(w, third)
    fourth = share(w, Note.objects.get())
    assert family.notes(build.way(w, "ani"), at=w.at)[0].shared_until == w.at + dt.timedelta(days=60)
    w.later(dt.timedelta(days=60))
    assert family.shared(fourth, at=w.at).text == "Lain."
    w.later(dt.timedelta(seconds=1))
    unknown(w, fourth)
    assert family.notes(build.way(w, "ani"), at=w.at)[0].shared_until is None
    unknown(w, "")


def test_with_the_words_or_the_persons_key_the_link_is_gone(at, chance):
    w = build.world(at, chance)
    secret = share(w, write(w))
    notes.throw_away(note=Note.objects.get(), person=w.people["ani"].person)
    unknown(w, secret)
    assert (Note.objects.get().text, family.notes(build.way(w, "ani"), at=w.at)) == (None, [])
    secret = share(w, write(w))
    assert family.shared(secret, at=w.at).text == WORDS
    w.people["ani"].person.key.delete()
    unknown(w, secret)


def test_one_note_a_month_and_twenty_links_a_year_also_after_words_were_thrown_away(at, chance):
    w = build.world(at, chance)
    for _ in range(2):
        write(w)
    assert Note.objects.count() == 1
    for left in range(20, 0, -1):
        assert family.links_left(w.people["ani"].person, at=w.at) == left
        share(w, Note.objects.get())
    notes.throw_away(note=Note.objects.get(), person=w.people["ani"].person)
    note = write(w)
    with build.refused("note.links", limit=20):
        share(w, note)
    assert family.links_left(w.people["budi"].person, at=w.at) == 20
    w.later(dt.timedelta(days=366))
    share(w, write(w))
    assert [one.month.year for one in family.notes(build.way(w, "ani"), at=w.at)] == [w.at.year, w.at.year - 1]


def test_what_cannot_be_written_or_is_somebody_elses_changes_nothing(at, chance):
    w = build.world(at, chance)
    note = write(w)
    secret = share(w, note)
    for code, facts, text in [
        ("note.empty", {}, " \n "),
        ("note.long", {"found": 501, "limit": 500}, "x" * 501),
    ]:
        with build.refused(code, **facts):
            write(w, text)
    for person in (w.people["budi"].person, w.coordinator, w.protector, w.home_mission):
        for act in (
            lambda who: write(w, "Palsu", person=who),
            lambda who: notes.share(note=note, named=True, person=who, at=w.at, chance=w.chance),
            lambda who: notes.take_back(note=note, person=who),
            lambda who: notes.throw_away(note=note, person=who),
        ):
            with build.refused("role.missing", roles=["owner"]):
                act(person)
    put(w, "home")
    with build.refused("note.ended"):
        write(w)
    assert family.shared(secret, at=w.at).text == WORDS
    assert family.note(build.way(w, "ani"), note.ref) == note
    with pytest.raises(ObjectDoesNotExist):
        family.note(build.way(w, "budi"), note.ref)


def test_a_thrown_away_note_cannot_be_shared(at, chance):
    w = build.world(at, chance)
    note = notes.throw_away(note=write(w), person=w.people["ani"].person)
    with build.refused("note.gone"):
        share(w, note)
