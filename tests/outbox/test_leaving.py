"""Who is told of a step on the way out and home: the person, or those who act on it, once, and never why."""

import pytest
from django.core import mail

from rantau.departure.actions import clearing, groups, homeward
from rantau.ledger import queries as ledger
from rantau.outbox.handlers import HANDLERS
from rantau.people.models import Person
from rantau.programmes.models import Programme
from tests.departure import build, leaving
from tests.departure.build import DAY, way

pytestmark = pytest.mark.django_db
SECRET = ("Catatan rahasia", "illness", "visa ditolak", "Ulitsa", "Nama ")


@pytest.fixture
def w(at, chance):
    """Return four people on their way in a programme that is no rehearsal, everybody with an address."""
    made = build.world(at, chance)
    everybody = {**{name: one.person for name, one in made.people.items()}, **made.staff}
    for name, person in everybody.items():
        Person.objects.filter(pk=person.pk).update(email=f"{name}@example.com")
    Programme.objects.update(rehearsal=False)
    build.begin(made)
    return made


def told(w, kind, subject):
    """Run the handler of a kind for the newest entry of a subject, and return who was written to."""
    mail.outbox.clear()
    HANDLERS[kind](ledger.history(subject).last())
    assert [word for word in SECRET for one in mail.outbox if word in one.subject + one.body] == []
    return sorted(one.to[0].partition("@")[0] for one in mail.outbox)


def test_a_group_tells_those_in_it_and_those_who_join(w):
    found = leaving.group(w, "ani", announced=True)
    assert told(w, "group", f"group:{found.ref}") == ["ani"]
    assert "Terminal" not in mail.outbox[0].body
    groups.put(group=found, clearances=[way(w, "budi")], person=w.coordinator, at=w.at)
    assert told(w, "group", f"group:{found.ref}") == ["budi"]
    groups.cancel(group=found, person=w.coordinator, at=w.at)
    assert told(w, "group_cancelled", f"group:{found.ref}") == ["ani", "budi"]


def test_a_visa_tells_the_embassy_once_and_its_answer_the_person(w):
    leaving.ready(w, "ani", "budi")
    asked = leaving.visa(w, "ani", "budi", issued=False)
    assert sorted(name for one in asked for name in told_first(w, one)) == ["host_mission"]
    clearing.refuse(clearance=way(w, "citra"), reason="visa", note="visa ditolak", person=w.coordinator, at=w.at)
    assert told(w, "released", f"application:{w.people['citra'].ref}") == ["citra"]


def told_first(w, visa):
    """Return who is told that a visa was asked: its entry is the one before what was shown."""
    mail.outbox.clear()
    HANDLERS["visa_asked"](ledger.history(f"visa:{visa.ref}").first())
    return [one.to[0].partition("@")[0] for one in mail.outbox]


def test_a_missing_arrival_tells_those_who_look_for_people(w):
    leaving.departed(w, "ani", "budi")
    leaving.arrived(w, "ani")
    mail.outbox.clear()
    HANDLERS["arrived"](ledger.history(f"clearance:{way(w, 'ani').ref}").get(action="arrive"))
    assert [one.to for one in mail.outbox] == [["home_mission@example.com"]]
    w.later(DAY)
    leaving.due(w)
    care = ["coordinator", "home_mission", "protector", "second"]
    assert told(w, "arrival_missing", f"clearance:{way(w, 'budi').ref}") == care
    home = homeward.open_way(
        clearance=way(w, "budi"),
        reason="illness",
        note="Catatan rahasia",
        person=w.home_mission,
        at=w.at,
        chance=w.chance,
    )
    assert told(w, "homeward", f"homeward:{home.ref}") == sorted([*care, "budi"])
