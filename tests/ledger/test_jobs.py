"""The one task finds its handler in the table that settings name, and hands it the entry."""

import pytest
from django_tasks_db.models import DBTaskResult

from rantau.ledger import jobs
from rantau.ledger.models import Entry
from tests.ledger.build import append, chain

pytestmark = pytest.mark.django_db
handled: list[tuple[str, Entry]] = []
HANDLERS = {"receipt": lambda entry: handled.append(("receipt", entry))}


@pytest.fixture(autouse=True)
def table(settings):
    """Name our own table for the time of a test."""
    settings.RANTAU_HANDLERS = "tests.ledger.test_jobs.HANDLERS"
    jobs.handlers.cache_clear()
    handled.clear()
    yield
    jobs.handlers.cache_clear()


def test_a_job_runs_its_handler_as_often_as_it_is_delivered():
    entry = append(chain().name)
    jobs.deliver.call("receipt", entry.pk)
    jobs.deliver.call("receipt", entry.pk)
    assert handled == [("receipt", entry), ("receipt", entry)]


def test_a_kind_without_a_handler_is_a_bug():
    entry = append(chain().name)
    with pytest.raises(KeyError, match="receit"):
        jobs.deliver.call("receit", entry.pk)


def test_an_entry_queues_a_job_for_each_kind_it_emits():
    name = chain().name
    entries = [append(name), append(name), append(name)]
    jobs.queue(entries, [("receipt",), (), ("receipt", "offer")])
    queued = [job.args_kwargs["args"] for job in DBTaskResult.objects.order_by("enqueued_at")]
    assert queued == [["receipt", entries[0].pk], ["receipt", entries[2].pk], ["offer", entries[2].pk]]


def test_entries_and_what_they_emit_come_in_pairs():
    with pytest.raises(ValueError, match="shorter"):
        jobs.queue([append(chain().name)], [])
