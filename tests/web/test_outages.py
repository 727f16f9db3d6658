"""Pages of outages: an operator records, a second person confirms, everybody reads what moved and nobody's name."""

from typing import Any

import pytest

from rantau.allocation.actions import deadlines
from rantau.engine.flow import Role
from rantau.programmes.models import Outage, Programme
from tests.selection.build import HOUR, World, officer, world

pytestmark = pytest.mark.django_db
SENT = {"from_on_0": 5, "from_on_1": 5, "from_on_2": 2026, "from_clock": "20.00"} | {
    "until_on_0": 5,
    "until_on_1": 5,
    "until_on_2": 2026,
    "until_clock": "23:30",
    "what": "Kabel <b>putus</b>.",
}


@pytest.fixture
def played(at, chance) -> World:
    """Return a programme with an operator, two days after it opened: 6 May, 10:00 WIB."""
    w = world(at, chance, "ani", "budi")
    w.staff["helper"] = officer("helper", Role.OPERATOR, w.scope, at, chance)
    for name, state in {"ani": "called", "budi": "lapsed"}.items():
        w.people[name].state, w.people[name].file_by = state, w.at - 10 * HOUR
        w.people[name].save()
    return w


def test_an_operator_records_a_second_person_confirms_and_everybody_reads_what_moved(visit: Any, played: World):
    answer = visit(played.helper, "outage_desk", played.scope, data=SENT, post=True)
    assert (answer.status_code, answer.url) == (302, f"/en/program/{played.scope}/meja/gangguan/")
    outage = Outage.objects.get()
    assert [f"{one:%d %H:%M}" for one in (outage.from_at, outage.until_at)] == ["05 13:00", "05 16:30"]
    page = visit(played.helper, "outage_desk", played.scope).words
    assert ("another person confirms it" in page, "move the deadlines" in page) == (True, False)
    assert "No outage has moved a deadline" in visit(None, "outages", played.scope).words
    assert "move the deadlines" in visit(played.coordinator, "outage_desk", played.scope).words
    assert visit(played.coordinator, "outage_confirm", played.scope, outage.ref, post=True).status_code == 302
    deadlines.take(programme=Programme.objects.get(pk=played.programme.pk), at=played.at)
    page = visit(None, "outages", played.scope).words
    assert "Kabel &lt;b&gt;putus&lt;/b&gt;." in visit(None, "outages", played.scope).content.decode()
    assert "Moved to Wednesday, 6 May 2026, 23:59 WIB: Days for handing in documents: <b>1</b>" in " ".join(
        page.replace("<p>", "").replace("</p>", "").replace('<ul class="plain">', "").replace("<li>", "").split()
    )
    assert "Counted as too late before the outage was known:" in page
    assert "Registrations that had ended without documents" in page
    assert [name for name in ("Petugas", "Nama ani", played.people["ani"].code) if name in page] == []
    assert "When our service was down" in visit(None, "programme", played.scope).words


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"until_clock": "19:00"}, "An outage ends after it begins"),
        ({"until_on_0": 7}, "is over now"),
        ({"from_clock": "2000"}, "Write the time like 09:00."),
        ({"what": ""}, "Write what happened."),
    ],
)
def test_what_is_no_outage_is_asked_again_and_leaves_nothing(visit: Any, played: World, changed, words):
    answer = visit(played.helper, "outage_desk", played.scope, data=SENT | changed, post=True)
    assert (answer.status_code, words in answer.words, Outage.objects.count()) == (422, True, 0)


def test_the_same_outage_twice_is_said_and_a_discarded_one_can_be_recorded_again(visit: Any, played: World):
    visit(played.helper, "outage_desk", played.scope, data=SENT, post=True)
    again = visit(played.helper, "outage_desk", played.scope, data=SENT, post=True)
    assert (again.status_code, "recorded already" in again.words) == (422, True)
    visit(played.helper, "outage_discard", played.scope, Outage.objects.get().ref, post=True)
    assert visit(played.helper, "outage_desk", played.scope, data=SENT, post=True).status_code == 302
    assert sorted(Outage.objects.values_list("state", flat=True)) == ["discarded", "recorded"]
