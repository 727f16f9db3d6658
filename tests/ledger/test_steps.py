"""A step is taken whole or not at all, alone or with many others, and writes who did what."""

import datetime as dt

import pytest
from django_tasks_db.models import DBTaskResult

from rantau.applications.models import Application
from rantau.engine.canonical import digest
from rantau.engine.flow import Role
from rantau.ledger import actions, queries
from rantau.ledger.models import Entry, Head
from rantau.ledger.steps import BATCH, take, take_all
from rantau.people.models import Person
from tests.ledger.build import (
    AT,
    COORDINATOR,
    DAY,
    OFFICER,
    SYSTEM,
    VERIFIER,
    append,
    chain,
    everything,
    refused,
    unchanged,
)

pytestmark = pytest.mark.django_db
INSTANT = dt.timedelta(microseconds=1)


def states() -> list[str]:
    """Return the stored states of all applications."""
    return list(Application.objects.order_by("pk").values_list("state", flat=True))


def jobs() -> list[list]:
    """Return the arguments of the queued jobs."""
    return [job.args_kwargs["args"] for job in DBTaskResult.objects.order_by("enqueued_at")]


def test_a_step_changes_the_record_writes_its_entry_moves_the_head_and_queues_its_job():
    on = chain("submitted")
    [record] = on.applications
    entry = take(record, "call", actor=OFFICER, roles=COORDINATOR, at=AT, rank=4)
    stored = Entry.objects.get()
    assert stored == entry
    assert actions.body(stored) == {
        "chain": on.name,
        "position": 0,
        "at": "2026-05-04T03:00:00.000000+00:00",
        "actor": OFFICER,
        "subject": f"application:{record.ref}",
        "action": "call",
        "facts": {"from": "submitted", "to": "called", "rank": 4},
        "previous": digest({"chain": on.name}),
    }
    assert stored.hash == digest(actions.body(stored))
    assert (record.state, states()) == ("called", ["called"])
    assert queries.checkpoint(on.name) == {"chain": on.name, "length": 1, "hash": stored.hash}
    assert jobs() == [["called", stored.pk]]
    assert list(queries.faults()) == []


def test_a_later_step_follows_from_the_earlier_one():
    on = chain("filed")
    [record] = on.applications
    first = take(record, "return", actor=OFFICER, roles=VERIFIER, at=AT)
    record.file_by = AT + DAY
    second = take(record, "file", actor="OWNER", roles=frozenset({Role.OWNER}), at=AT + INSTANT)
    assert second.previous == first.hash
    assert list(queries.history(f"application:{record.ref}")) == [first, second]
    assert list(queries.entries(on.name)) == [first, second]
    assert queries.actors(f"application:{record.ref}", "file", "return") == {OFFICER, "OWNER"}
    assert queries.actors(f"application:{record.ref}", "verify") == frozenset()


def test_the_stored_state_decides_and_not_the_one_in_memory():
    on = chain("filed")
    stale = Application.objects.get()
    take(on.applications[0], "verify", actor=OFFICER, roles=VERIFIER, at=AT)
    assert stale.state == "filed"
    with refused("step.state", flow="application", step="refuse", state="verified"):
        take(stale, "refuse", actor=OFFICER, roles=VERIFIER, at=AT)


def test_a_wrong_role_is_refused():
    [record] = chain("filed").applications
    with refused("step.role", flow="application", step="verify"):
        take(record, "verify", actor=OFFICER, roles=COORDINATOR, at=AT)
    assert record.state == "filed"


def test_after_its_deadline_a_step_is_refused():
    [record] = chain("draft").applications
    closes_at = record.intake.closes_at
    with refused("step.late", flow="application", step="submit", until=closes_at):
        take(record, "submit", actor="OWNER", roles=frozenset({Role.OWNER}), at=closes_at + INSTANT)


def test_before_its_time_a_step_is_refused():
    [record] = chain("called").applications
    record.file_by = AT + DAY
    with refused("step.early", flow="application", step="lapse", after=record.file_by):
        take(record, "lapse", actor="SYSTEM", roles=SYSTEM, at=record.file_by)
    assert take(record, "lapse", actor="SYSTEM", roles=SYSTEM, at=record.file_by + INSTANT).action == "lapse"


def test_the_first_officer_is_no_second_officer():
    [record] = chain("filed").applications
    take(record, "verify", actor=OFFICER, roles=VERIFIER, at=AT)
    with refused("step.same_person", flow="application", step="confirm"):
        take(record, "confirm", actor=OFFICER, roles=VERIFIER, at=AT)
    assert take(record, "confirm", actor="SECOND", roles=VERIFIER, at=AT).actor == "SECOND"


def test_who_did_it_last_counts_and_who_did_it_before_does_not():
    [record] = chain("filed").applications
    take(record, "verify", actor=OFFICER, roles=VERIFIER, at=AT)
    take(record, "reopen", actor="SECOND", roles=VERIFIER, at=AT)
    take(record, "verify", actor="SECOND", roles=VERIFIER, at=AT)
    with refused("step.same_person", flow="application", step="confirm"):
        take(record, "confirm", actor="SECOND", roles=VERIFIER, at=AT)
    assert take(record, "confirm", actor=OFFICER, roles=VERIFIER, at=AT).actor == OFFICER


def test_whoever_took_part_is_barred():
    [record] = chain("filed").applications
    with refused("step.same_person", flow="application", step="verify"):
        take(record, "verify", actor=OFFICER, roles=VERIFIER, at=AT, barred=frozenset({OFFICER}))
    assert take(record, "verify", actor="SECOND", roles=VERIFIER, at=AT, barred=frozenset({OFFICER})).actor == "SECOND"


def test_a_misspelt_step_leaves_nothing_behind():
    [record] = chain("filed").applications
    with unchanged(LookupError, "application has no step 'verfy'"):
        take(record, "verfy", actor=OFFICER, roles=VERIFIER, at=AT)


def test_a_loop_and_a_bulk_write_the_same_entries_states_and_jobs():
    rows = [("call", {"rank": 1}), ("pass_over", {}), ("exclude", {"reason": "age"})]
    one, other = (
        chain("submitted", "submitted", "submitted"),
        chain("submitted", "submitted", "submitted", code="uji-2"),
    )
    for record, (name, facts) in zip(one.applications, rows, strict=True):
        take(record, name, actor=OFFICER, roles=COORDINATOR, at=AT, **facts)
    looped = jobs()
    steps = [(record, name, facts) for record, (name, facts) in zip(other.applications, rows, strict=True)]
    written = take_all(steps, actor=OFFICER, roles=COORDINATOR, at=AT)

    def plain(name: str) -> list[dict]:
        drop = {"chain", "subject", "previous"}
        return [{k: v for k, v in actions.body(e).items() if k not in drop} for e in queries.entries(name)]

    assert plain(one.name) == plain(other.name)
    assert list(queries.entries(other.name)) == written
    assert [e.subject for e in written] == [f"application:{record.ref}" for record in other.applications]
    assert (
        [kind for kind, _ in looped]
        == [kind for kind, _ in jobs()[len(looped) :]]
        == [
            "called",
            "not_called",
            "ineligible",
        ]
    )
    assert [record.state for record in other.applications] == ["called", "not_called", "ineligible"]
    assert states() == ["called", "not_called", "ineligible"] * 2
    assert list(queries.faults()) == []


def test_one_refusal_among_many_leaves_everything_as_it_was():
    on = chain("submitted", "submitted", "draft")
    with refused("step.state", flow="application", step="call", state="draft"):
        take_all([(r, "call", {}) for r in on.applications], actor=OFFICER, roles=COORDINATOR, at=AT)
    assert [record.state for record in on.applications] == ["submitted", "submitted", "draft"]


def test_more_records_than_a_batch():
    on = chain()
    people = Person.objects.bulk_create(Person(ref=f"P{n}", joined_at=AT) for n in range(BATCH + 2))
    Application.objects.bulk_create(
        Application(ref=p.ref, code=p.ref, intake=on.intake, person=p, state="submitted", created_at=AT) for p in people
    )
    records = Application.objects.select_related("intake__programme")
    take_all([(r, "pass_over", {}) for r in records], actor=OFFICER, roles=COORDINATOR, at=AT)
    assert states() == ["not_called"] * (BATCH + 2)
    assert Head.objects.get(name=on.name).length == BATCH + 2
    assert list(queries.faults()) == []


def test_nothing_to_do_writes_nothing():
    before = everything()
    assert take_all([], actor=OFFICER, roles=COORDINATOR, at=AT) == []
    assert everything() == before


@pytest.mark.parametrize("mixed", ["chain", "model", "twice"])
def test_many_steps_are_of_distinct_records_of_one_model_in_one_chain(mixed):
    on = chain("submitted", "submitted")
    first, second = on.applications
    other = {"chain": chain("submitted", code="uji-2").applications[0], "model": on.intake, "twice": first}[mixed]
    with unchanged(ValueError, "distinct records of one model in one chain"):
        take_all([(r, "call", {}) for r in (first, second, other)], actor=OFFICER, roles=COORDINATOR, at=AT)


def test_a_quiet_chain_queues_no_jobs():
    [record] = chain("submitted", quiet=True).applications
    take(record, "call", actor=OFFICER, roles=COORDINATOR, at=AT)
    assert states() == ["called"]
    assert jobs() == []


def test_a_rollback_takes_the_jobs_with_it():
    on = chain("submitted")
    with unchanged(KeyError, "thought better of it"):
        take(on.applications[0], "call", actor=OFFICER, roles=COORDINATOR, at=AT)
        assert jobs() == [["called", Entry.objects.get().pk]]
        raise KeyError("thought better of it")


def test_an_entry_names_nobody_by_key():
    on = chain("submitted")
    [record] = on.applications
    entry = take(record, "call", actor=record.person.ref, roles=COORDINATOR, at=AT)
    assert (entry.actor, entry.subject) == ("uji-1-P1", "application:uji-1-S1")
    assert actions.body(entry).keys() == {
        *("chain", "position", "at", "actor", "subject", "action", "facts", "previous"),
    }
    assert entry.facts == {"from": "submitted", "to": "called"}


def test_a_plain_entry_carries_its_facts_or_none():
    on = chain()
    assert append(on.name, "published", digest="ab").facts == {"digest": "ab"}
    assert actions.append(chain=on.name, actor=OFFICER, subject="thing:1", action="seen", at=AT).facts == {}
    assert str(Head.objects.get(name=on.name)) == "intake:uji-1-1 (2)"
    assert str(queries.entries(on.name)[1]) == "intake:uji-1-1#1 seen"


def test_a_float_among_the_facts_is_no_entry():
    on = chain()
    with unchanged(TypeError, "a float has no canonical form"):
        append(on.name, share=0.5)


def test_a_chain_is_opened_once():
    on = chain(quiet=True)
    append(on.name)
    actions.open_chain(on.name, quiet=False)
    assert Head.objects.values_list("length", "quiet").get(name=on.name) == (1, True)


def test_an_entry_is_the_same_instant_in_every_zone():
    on = chain()
    entry = append(on.name)
    jakarta = dt.timezone(dt.timedelta(hours=7))
    entry.at = AT.astimezone(jakarta)
    assert digest(actions.body(entry)) == entry.hash
