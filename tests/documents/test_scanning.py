"""What a virus scanner says: refused at once, kept unscanned while it is silent, shut away when it says so later."""

import datetime as dt

import pytest

from rantau.documents import actions, checks, queries, scanning
from rantau.documents.models import File
from rantau.engine.refusal import Refusal
from rantau.people import actions as people
from rantau.people.models import Key

from .clamd import HARM, listening
from .paper import page, pdf, saved

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(hours=6)


@pytest.fixture
def daemon(settings):
    """Return a scanner that is configured and answers."""
    with listening() as found:
        settings.CLAMAV = found.address
        yield found


@pytest.fixture
def keep(at, chance):
    """Return a function that keeps a document of Siti's."""
    siti = people.register(at=at, chance=chance, name="Siti")
    return lambda data: actions.store(owner=siti, data=data, at=at, chance=chance)


def harmful() -> bytes:
    """Return a photo with something in it."""
    return saved(page(), comment=HARM)


def test_the_scanner_reads_what_was_sent_over_both_kinds_of_socket(settings, tmp_path):
    data = harmful() + bytes(200_000)
    for path in ("", str(tmp_path / "clamd.ctl")):
        with listening(path) as found:
            settings.CLAMAV = found.address
            assert [scanning.scan(data), scanning.scan(b"paper"), found.asked] == [
                "infected",
                "clean",
                [data, b"paper"],
            ]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"INSTREAM size limit exceeded. ERROR\0", "unscanned"),
        (b"stream: OK", "silent"),
        (b"stream: Uji FOUND", "silent"),
        (b"", "silent"),
        (b"stream: OKE\0", "unscanned"),
    ],
)
def test_half_an_answer_is_none(daemon, answer, said):
    daemon.answer = answer
    assert scanning.scan(b"paper") == said


def test_what_is_clean_is_kept_as_scanned(daemon, keep, at):
    file = keep(pdf())
    assert (file.scan, file.scanned_at, daemon.asked) == ("clean", at, [pdf()])


def test_what_is_infected_is_refused_and_leaves_nothing(daemon, keep):
    with pytest.raises(Refusal) as raised:
        keep(harmful())
    assert (raised.value.code, raised.value.facts, File.objects.count()) == ("file.infected", {}, 0)


def test_without_a_scanner_and_with_a_silent_one_it_is_kept_unscanned(settings, keep, tmp_path):
    for address in ("", f"unix:{tmp_path}/nobody", "tcp://127.0.0.1:9"):
        settings.CLAMAV = address
        file = keep(pdf())
        assert (file.scan, file.scanned_at) == ("unscanned", None)
    assert actions.scan_waiting(file.stored_at) == 0


def test_what_waits_is_scanned_later_and_shut_away_when_harmful(settings, keep, at, chance):
    lost = actions.store(owner=people.register(at=at, chance=chance), data=pdf(), at=at, chance=chance)
    Key.objects.filter(person=lost.owner).delete()
    good, bad = keep(pdf(1)), keep(pdf(2))
    with listening() as found:
        settings.CLAMAV = found.address
        found.answer = b""
        assert actions.scan_waiting(at + LATER) == 0
        found.answer = b"stream: Uji.Coba FOUND\0"
        File.objects.filter(pk=good.pk).update(scan="clean")
        assert actions.scan_waiting(at + LATER) == 1
        File.objects.filter(pk=good.pk).update(scan="unscanned")
        found.answer = None
        assert (actions.scan_waiting(at + LATER), actions.scan_waiting(at + 2 * LATER)) == (1, 0)
    states = File.objects.order_by("pk").values_list("scan", "scanned_at")
    assert list(states) == [("unscanned", None), ("clean", at + LATER), ("infected", at + LATER)]
    assert queries.content(File.objects.get(pk=good.pk)) == checks.prepare(pdf(1)).data
    with pytest.raises(Refusal) as raised:
        queries.content(File.objects.get(pk=bad.pk))
    assert (raised.value.code, raised.value.facts) == ("file.quarantined", {})
