"""The same seed plays the same story, byte for byte; another seed another one; the seats are always filled."""

import json

import pytest
from django.db import transaction

from rantau.engine.canonical import canonical
from rantau.ledger.models import Entry
from rantau.rehearsal.play import play
from tests.rehearsal import conftest
from tests.rehearsal.conftest import rantau, rehearse
from tests.selection.build import small_programme


def story(seed: int) -> tuple[bytes, dict[str, bytes], list[tuple]]:
    """Play a small programme, forget it, and return its report, what it published and its ledger."""
    with transaction.atomic():
        played = play(text=small_programme(), assumptions="", applicants=40, seed=seed)
        entries = list(Entry.objects.order_by("chain", "position").values_list("chain", "position", "at", "hash"))
        transaction.set_rollback(True)
    return canonical(played.report), played.files, entries


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_report_round_and_ledger():
    report, files, entries = story(3)
    assert story(3) == (report, files, entries)
    assert set(files) == {
        "round.json",
        *(f"posting-{n}.{part}.json" for n in (1, 2) for part in ("instance", "result")),
    }
    assert json.loads(report)["funnel"]["accepted"] == 2
    assert len(entries) > 100


@pytest.mark.slow
def test_the_command_replays_byte_for_byte(played, tmp_path):
    assert rehearse(tmp_path).returncode == 0
    for name in ("report.json", *conftest.PUBLISHED):
        assert (tmp_path / name).read_bytes() == (played.out / name).read_bytes()
    again = rehearse(tmp_path, 160, 8, "--force")
    assert again.returncode == 0
    assert (tmp_path / "round.json").read_bytes() != (played.out / "round.json").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("applicants", "seed"), [(300, 1), (300, 2), (300, 2026), (301, 7), (500, 7), (500, 11), (1200, 7), (1200, 42)]
)
def test_fifty_accept_whatever_the_seed_and_the_number(applicants, seed, tmp_path):
    assert rehearse(tmp_path, applicants, seed).returncode == 0
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["applicants"], report["seed"], report["funnel"]["accepted"]) == (applicants, seed, 50)
    assert rantau("verify", str(tmp_path / "round.json")).stdout == "VERIFIED\n"
    conftest.check_allocations(tmp_path)
    assert rantau("ledger", "verify", out=tmp_path).returncode == 0
