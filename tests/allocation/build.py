"""A programme of four seats, two fields and three postings after its final round: the fewest rows an allocation needs."""

import datetime as dt
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from rantau.allocation.actions import deadlines, deciding, wishing
from rantau.allocation.models import Allocation, Exemption, Place, Run, Wishes
from rantau.applications.models import Application
from rantau.engine import allocation as engine
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.instance import read
from rantau.engine.shape import parse
from rantau.selection.actions import offers
from rantau.selection.models import Listing
from tests.kept import kept
from tests.selection import build as selection
from tests.selection.build import HOUR, World, officer, unchanged

SIX = {"ani": 9000, "budi": 8500, "citra": 8000, "dedi": 6500, "eka": 6000, "fajar": 5600}
"""People by their practical mark, the order of the final round; the first four are seated, the others in reserve."""

FIELDS = {"lansia": 2, "anak": 2}
POSTINGS = {"osaka": 2, "sendai": 1, "sapporo": 1}
"""Places with their seats. Osaka asks for a practical mark of 70."""

FEW = {
    "seats = { value = 24,": "seats = { value = 4,",
    "seats = { value = 9,": "seats = { value = 2,",
    "seats = { value = 7,": "seats = { value = 1,",
    "seats = { value = 5,": "seats = { value = 1,",
    "seats = { value = 3,": "seats = { value = 0,",
    "reserve = { value = 6,": "reserve = { value = 2,",
    "required = { value = true,": "required = { value = false,",
    "fields_split = { value = false,": "fields_split = { value = true,",
}


def fact(value: str) -> str:
    """Return a value of the invented programme as TOML."""
    return f'{{ value = {value}, assumed = true, model = "rekaan" }}'


def programme(
    *,
    fields: str = "merit_wishes",
    postings: str = "merit_wishes",
    least: dict[str, int] | None = None,
    more: dict[str, str] | None = None,
) -> str:
    """Return the invented programme with few seats, divided by these mechanisms; `least` says how many a place must have
    at least, `more` replaces further text."""
    rows = ", ".join(f'{{ code = "{code}", seats = {seats} }}' for code, seats in (least or {}).items())
    divided = "".join(
        f'[[fields]]\ncode = "{code}"\ntitle.id = "Bidang {code}"\ntitle.en = "Field {code}"\n'
        f'title.ru = "Направление {code}"\nseats = {fact(str(seats))}\n\n'
        for code, seats in FIELDS.items()
    )
    changes = FEW | {
        'fields = { value = "merit_wishes",': f'fields = {{ value = "{fields}",',
        'postings = { value = "merit_wishes",': f'postings = {{ value = "{postings}",',
        "least = { value = [],": f"least = {{ value = [{rows}],",
        '[[postings]]\ncode = "osaka"': f'{divided}[[postings]]\ncode = "osaka"',
    }
    text = Path("programmes/contoh-jepang.toml").read_text()
    for old, new in (changes | (more or {})).items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@kept
def finished(at: dt.datetime, chance: Chance, text: str = "", **marks: int) -> World:
    """Return a world after its final round, seats offered and nobody's answer in yet; a protection officer too."""
    w = selection.world(at, chance, *(marks or SIX), text=text or programme())
    w.staff["protector"] = officer("protector", Role.PROTECTION, w.scope, at, chance)
    selection.examined(w, **(marks or SIX))
    selection.provisional(w)
    selection.final(w)
    refresh(w)
    return w


@kept
def seated(at: dt.datetime, chance: Chance, text: str = "", **marks: int) -> World:
    """Return a world after its final round in which everybody who was offered a seat took it."""
    w = finished(at, chance, text, **marks)
    take_seats(w)
    return w


def refresh(w: World) -> None:
    """Read everybody's application anew."""
    w.intake.refresh_from_db()
    for name, application in w.people.items():
        w.people[name] = Application.objects.select_related("intake__programme", "intake__version", "person").get(
            pk=application.pk
        )


@kept
def take_seats(w: World) -> list[str]:
    """Let everybody who is offered a seat in the programme accept it; return their names."""
    refresh(w)
    found = [name for name, application in w.people.items() if application.state == "offered"]
    for name in found:
        owner = w.people[name].person
        offers.answer(application=w.people[name], accepts=True, person=owner, at=w.at)
    return found


def announce(w: World, kind: str = "field") -> Allocation:
    """Announce who is divided by what rules, and open the lists."""
    return wishing.announce(intake=w.intake, kind=kind, person=w.coordinator, at=w.at, chance=w.chance)


def again(allocation: Allocation) -> Allocation:
    """Return an allocation as it is stored now."""
    return Allocation.objects.select_related("intake__programme", "intake__version").get(pk=allocation.pk)


def wish(w: World, allocation: Allocation, name: str, *places: str) -> Wishes:
    """Keep somebody's list."""
    application = w.people[name]
    return wishing.wish(
        allocation=allocation, application=application, places=places, person=application.person, at=w.at
    )


def ask(w: World, allocation: Allocation, name: str, place: str, why: str = "Ibu saya sakit keras.") -> Exemption:
    """Ask for somebody's exemption from a place."""
    application = w.people[name]
    return wishing.ask_exemption(
        allocation=allocation,
        application=application,
        place=place,
        why=why,
        person=application.person,
        at=w.at,
        chance=w.chance,
    )


def judge(w: World, exemption: Exemption, grants: bool = True, person: str = "protector") -> Exemption:
    """Grant or refuse an exemption."""
    found = Exemption.objects.select_related("allocation__intake__programme", "application__person").get(
        pk=exemption.pk
    )
    return wishing.judge(exemption=found, grants=grants, answer="Sudah diperiksa.", person=w.staff[person], at=w.at)


def due(w: World) -> int:
    """Take every step of the programme that is due and return how many."""
    refresh(w)
    taken = deadlines.take(programme=w.programme, at=w.at)
    refresh(w)
    return taken


def close(w: World, allocation: Allocation) -> Allocation:
    """Let the day of the lists pass, and close them."""
    w.later(allocation.wishes_until - w.at + HOUR)
    due(w)
    return again(allocation)


def decide(w: World, allocation: Allocation, person: str = "coordinator") -> Run:
    """Run the decision."""
    return deciding.decide(allocation=again(allocation), person=w.staff[person], at=w.at)


def publish(w: World, allocation: Allocation, person: str = "second") -> Run:
    """Publish the newest run by another officer's hand."""
    return deciding.publish(allocation=again(allocation), person=w.staff[person], at=w.at, chance=w.chance)


def run(w: World, allocation: Allocation) -> Run:
    """Decide and publish."""
    decide(w, allocation)
    return publish(w, allocation)


def answer(w: World, allocation: Allocation, name: str, says: str, person: str = "") -> Place:
    """Answer somebody's place, by their own hand unless said otherwise."""
    found = Place.objects.select_related("allocation__intake__programme", "allocation__intake__version")
    place = found.select_related("application__intake__programme", "application__intake__version").get(
        allocation=allocation, application=w.people[name]
    )
    owner = w.staff[person] if person else place.application.person
    answered = deciding.answer(place=place, says=says, person=owner, at=w.at)
    refresh(w)
    return answered


def answers(w: World, allocation: Allocation, **says: str) -> None:
    """Answer the places of everybody named; with nobody named, let everybody who is asked accept."""
    asked = {name: "accept" for name, (_, state) in placed(w, allocation).items() if state == "offered"}
    for name, said in (says or asked).items():
        answer(w, allocation, name, said)


def past(w: World, allocation: Allocation) -> None:
    """Let the day of the answers pass, and count silence."""
    w.later(again(allocation).answers_until - w.at + HOUR)
    due(w)


def placed(w: World, allocation: Allocation) -> dict[str, tuple[str, str]]:
    """Return (place, state) by name, for everybody who was ever given a place."""
    names = {application.pk: name for name, application in w.people.items()}
    found = Place.objects.filter(allocation=allocation)
    return dict(sorted((names[place.application_id], (place.place, place.state)) for place in found))


@kept
def published(w: World, kind: str = "field", **wishes: tuple[str, ...]) -> Allocation:
    """Announce, wish by name, close, decide and publish the first run."""
    allocation = announce(w, kind)
    for name, places in wishes.items():
        wish(w, allocation, name, *places)
    close(w, allocation)
    run(w, allocation)
    return again(allocation)


def result(run_: Run) -> dict[str, Any]:
    """Return a run's result as plain data."""
    return engine.read(bytes(run_.result))


def given(run_: Run) -> dict[str, Any]:
    """Return a run's instance as plain data."""
    found: dict[str, Any] = parse(bytes(run_.instance))
    return found


def names(w: World) -> dict[str, str]:
    """Return everybody's name by publication code."""
    listed = Listing.objects.values_list("application", "code")
    by_pk = {application.pk: name for name, application in w.people.items()}
    return {code: by_pk[pk] for pk, code in listed}


def assert_verifies(run_: Run) -> None:
    """Assert that both files of a run are canonical, that the rules give the same bytes again, and nothing is wrong."""
    instance, decided = given(run_), result(run_)
    assert engine.dump(instance) == bytes(run_.instance)
    assert list(engine.verify(decided, read(instance))) == []
    assert engine.dump(engine.allocate(read(instance), decided["mechanism"])) == bytes(run_.result)


def everything() -> dict[str, Any]:
    """Return all that a refused action must leave as it was."""
    found = selection.everything()
    for model in (Allocation, Wishes, Exemption, Run, Place):
        rows = list(model.objects.order_by("pk").values())
        found[model.__name__] = [
            {key: bytes(value) if isinstance(value, memoryview) else value for key, value in row.items()}
            for row in rows
        ]
    return found


def refused(code: str, **facts: Any) -> AbstractContextManager[None]:
    """Expect a refusal that leaves nothing behind."""
    return unchanged(everything, code, **facts)
