"""A programme file is stored once, as a version that is known by its digest and bound in the ledger."""

import pytest

from rantau.engine.canonical import digest
from rantau.engine.refusal import Refusal
from rantau.ledger import queries as ledger
from rantau.ledger.models import Head
from rantau.programmes import actions, queries
from rantau.programmes.models import Version
from tests.engine.programmes import ASSUMED, EXAMPLE, RUSAL, rehearsed, rusal
from tests.programmes.build import AT, DAY, LATER, PUBLISHED, everything, programme, refused, system

pytestmark = pytest.mark.django_db


def digests() -> list[str]:
    """Return the versions that were put in force, oldest first."""
    return [entry.facts["digest"] for entry in ledger.history("programme:rusal-2026")]


def test_a_file_becomes_a_version_known_by_its_digest():
    stored = programme()
    assert (stored.code, stored.kind, stored.rehearsal, stored.clock_at) == ("rusal-2026", "real", False, None)
    version = stored.version
    assert (version.text, version.assumptions, version.stored_at) == (RUSAL, "", AT)
    assert version.digest == digest(rusal())
    assert queries.terms(version) == rusal()
    [entry] = ledger.history("programme:rusal-2026")
    assert (entry.chain, entry.actor, entry.action, entry.facts) == (
        "programme:rusal-2026",
        system().ref,
        "version",
        {"digest": version.digest},
    )


def test_the_same_file_again_changes_nothing():
    stored = programme()
    before = everything()
    assert actions.store(text=RUSAL, person=system(), at=AT + DAY) == stored
    assert everything() == before


def test_a_file_that_reads_the_same_is_the_same_version():
    stored = programme()
    before = everything()
    assert actions.store(text=RUSAL + "\n# a remark\n", person=system(), at=AT + DAY) == stored
    assert everything() == before


def test_another_file_is_another_version_and_the_first_stays_as_it_was():
    stored = programme()
    first = stored.version
    again = actions.store(text=LATER, person=system(), at=AT + DAY)
    assert again == stored
    assert [v.text for v in Version.objects.order_by("pk")] == [RUSAL, LATER]
    assert queries.terms(queries.get("rusal-2026").version).windows.registration_days.value == 30
    assert queries.terms(first).windows.registration_days.value is None
    assert digests() == [first.digest, again.version.digest]


def test_going_back_to_an_earlier_version_makes_no_new_one_and_is_written_down():
    first = programme().version
    later = actions.store(text=LATER, person=system(), at=AT + DAY).version
    assert actions.store(text=RUSAL, person=system(), at=AT + 2 * DAY).version == first
    assert Version.objects.count() == 2
    assert digests() == [first.digest, later.digest, first.digest]


def test_a_rehearsal_is_a_programme_of_its_own_with_a_clock_and_a_quiet_chain():
    real, played = programme(), programme(rehearsal=True)
    assert (played.code, played.kind, played.rehearsal, played.clock_at) == ("rusal-2026-peragaan", "real", True, AT)
    assert played.pk != real.pk
    assert played.version.digest == digest(rehearsed())
    assert queries.terms(played.version) == rehearsed()
    assert dict(Head.objects.values_list("name", "quiet")) == {
        "programme:rusal-2026": False,
        "programme:rusal-2026-peragaan": True,
    }


def test_assumptions_belong_to_a_rehearsal():
    with refused("programme.assumptions"):
        actions.store(text=RUSAL, person=system(), at=AT, assumptions=ASSUMED)


@pytest.mark.parametrize("text", ["not = toml = at all", 'code = "x"', ""])
def test_a_file_with_problems_is_not_stored(text):
    system()
    before = everything()
    with pytest.raises(Refusal) as caught:
        actions.store(text=text, person=system(), at=AT)
    assert caught.value.code == "programme.invalid"
    assert caught.value.facts["problems"]
    assert everything() == before


def test_real_programmes_come_first_and_the_front_is_the_first_of_them():
    assert queries.front() is None
    played = programme(rehearsal=True)
    example = actions.store(text=EXAMPLE, person=system(), at=AT)
    assert queries.front() is None
    second = actions.store(text=RUSAL, person=system(), at=AT, position=1)
    assert queries.front() == second
    assert list(queries.all_programmes()) == [example, second, played]
    assert list(queries.rehearsals()) == [played]
    assert queries.get("rusal-2026-peragaan") == played


def test_a_real_programme_has_real_time_and_a_rehearsal_its_own():
    assert queries.now(programme(), AT + DAY) == AT + DAY
    assert queries.now(programme(rehearsal=True), AT + DAY) == AT


def test_the_published_file_of_these_tests_is_a_real_one():
    assert queries.typed(PUBLISHED).kind == "real"


def test_names_for_people_who_read_the_database():
    stored = programme()
    assert str(stored) == "rusal-2026"
    assert str(stored.version) == f"{stored.pk}:{stored.version.digest[:12]}"
