"""Whatever is done to the ledger behind its back is found, and the first broken entry named."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from rantau.engine.canonical import digest
from rantau.ledger import actions, queries
from rantau.ledger.models import Entry, Head
from tests.ledger.build import AT, append, chain, rehash, triggers_away

pytestmark = pytest.mark.django_db
ONE, OTHER = "intake:uji-1-1", "intake:uji-2-1"


@pytest.fixture(autouse=True)
def two_chains() -> None:
    """Hold two chains of five entries each, and one that is empty."""
    for code in ("uji-1", "uji-2", "uji-3"):
        chain(code=code)
    for number in range(5):
        append(ONE, number=number)
        append(OTHER, number=number)


def at(position: int, name: str = ONE):
    """Return the entry at a position, to be tampered with."""
    return Entry.objects.filter(chain=name, position=position)


def broken(position: int, name: str = ONE) -> list[str]:
    """Return the one fault of a chain that breaks at a position."""
    return [f"{name} entry {position}: does not follow from what is before it"]


def test_untouched_chains_hold():
    assert list(queries.faults()) == []


@pytest.mark.parametrize(
    "forged",
    [
        {"facts": {"number": 7}},
        {"actor": "SOMEBODY"},
        {"subject": "thing:2"},
        {"action": "unseen"},
        {"at": dt.datetime(2026, 5, 4, 4, tzinfo=dt.UTC)},
        {"previous": "0" * 64},
        {"hash": "0" * 64},
        {"position": 9},
        {"chain": "intake:uji-3-1"},
    ],
    ids=lambda forged: next(iter(forged)),
)
def test_a_changed_column_is_found_where_it_was_changed(forged):
    with triggers_away():
        at(2).update(**forged)
    assert next(queries.faults()) == broken(2)[0]


def test_each_broken_chain_is_named_with_its_first_broken_entry():
    with triggers_away():
        at(3).update(action="forged")
        at(1).update(action="forged")
        at(4, OTHER).update(action="forged")
    assert list(queries.faults()) == broken(1) + broken(4, OTHER)


def test_an_entry_with_a_new_hash_breaks_the_one_behind_it():
    with triggers_away():
        at(2).update(action="forged")
        entry = at(2).get()
        at(2).update(hash=digest(actions.body(entry)))
    assert list(queries.faults()) == broken(3)


@pytest.mark.parametrize("position", [0, 2])
def test_a_removed_entry_is_found(position):
    with triggers_away():
        at(position).delete()
    assert list(queries.faults()) == broken(position)


def test_a_removed_tail_is_found():
    with triggers_away():
        Entry.objects.filter(chain=ONE, position__gte=3).delete()
    assert list(queries.faults()) == [f"{ONE} entry 3: the head says 5 entries, the chain holds 3"]


def test_an_exchange_of_two_entries_is_found():
    with triggers_away():
        at(1).update(position=99)
        at(2).update(position=1)
        at(99).update(position=2)
    assert list(queries.faults()) == broken(1)


@pytest.mark.parametrize("forged", [{"hash": "0" * 64}, {"length": 4}], ids=["hash", "length"])
def test_a_head_that_was_tampered_with_is_found(forged):
    Head.objects.filter(name=ONE).update(**forged)
    said = forged.get("length", 5)
    assert list(queries.faults()) == [f"{ONE} entry 5: the head says {said} entries, the chain holds 5"]


def test_a_chain_without_a_head_is_found():
    Head.objects.filter(name=ONE).delete()
    assert list(queries.faults()) == [f"{ONE} entry 0: its chain has no head"]


@pytest.mark.parametrize("same", ["previous", "position"])
def test_a_fork_cannot_be_stored(same):
    fork = Entry(
        chain=ONE, position=5, at=AT, actor="", subject="", action="", facts={}, previous="f" * 64, hash="f" * 64
    )
    setattr(fork, same, getattr(at(2).get(), same))
    with pytest.raises(IntegrityError), transaction.atomic():
        fork.save()
    assert list(queries.faults()) == []


def test_history_rewritten_consistently_holds_in_itself_and_not_against_a_checkpoint():
    full = {point["chain"]: point for point in queries.checkpoints()}[ONE]
    short = queries.checkpoint(ONE)
    assert full == {**short, "trail": "".join(e.hash[:8] for e in queries.entries(ONE))}
    append(ONE, number=5)
    with triggers_away():
        at(2).update(facts={"number": 7})
        rehash(ONE, 2)
    assert list(queries.faults()) == []
    assert list(queries.faults_against(full)) == [f"{ONE} entry 2: rewritten since it was published"]
    assert list(queries.faults_against(short)) == [
        f"{ONE} entry 4: it, or one before it, was rewritten since it was published"
    ]


def test_an_entry_rewritten_after_the_checkpoint_is_no_fault_of_it():
    full, short = next(p for p in queries.checkpoints() if p["chain"] == ONE), queries.checkpoint(ONE)
    append(ONE, number=5)
    append(ONE, number=6)
    with triggers_away():
        at(5).update(action="forged")
        rehash(ONE, 5)
    assert list(queries.faults_against(full)) == list(queries.faults_against(short)) == []


def test_a_tail_cut_off_with_its_head_is_missed_by_the_checkpoint():
    points = next(p for p in queries.checkpoints() if p["chain"] == ONE), queries.checkpoint(ONE)
    with triggers_away():
        Entry.objects.filter(chain=ONE, position__gte=3).delete()
    Head.objects.filter(name=ONE).update(length=3, hash=at(2).get().hash)
    assert list(queries.faults()) == []
    for point in points:
        assert list(queries.faults_against(point)) == [f"{ONE} entry 3: published, and gone since"]


@pytest.mark.parametrize("trail", [True, False], ids=["with trail", "without trail"])
def test_a_checkpoint_holds_while_the_chain_grows(trail):
    points = queries.checkpoints() if trail else [queries.checkpoint(name) for name in (ONE, OTHER, "intake:uji-3-1")]
    for name in (ONE, OTHER, "intake:uji-3-1"):
        append(name, number=5)
    assert [list(queries.faults_against(point)) for point in points] == [[], [], []]


def test_a_forged_checkpoint_of_an_empty_chain_is_told_apart():
    point = queries.checkpoint("intake:uji-3-1")
    assert point["length"] == 0
    assert list(queries.faults_against({**point, "hash": "0" * 64})) == [
        "intake:uji-3-1 entry 0: it, or one before it, was rewritten since it was published"
    ]


def test_a_chain_that_is_gone_is_named():
    assert list(queries.faults_against({"chain": "intake:no", "length": 1, "hash": "0" * 64})) == [
        "intake:no: there is no such chain"
    ]


def test_checkpoints_come_by_name():
    assert [point["chain"] for point in queries.checkpoints()] == [ONE, OTHER, "intake:uji-3-1"]
