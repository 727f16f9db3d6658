"""A small programme of two seats and two in reserve, its officers, and its applicants: the fewest rows a round needs."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from rantau.applications.models import Application
from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.ledger.models import Entry, Head
from rantau.ledger.steps import take
from rantau.people import actions as people
from rantau.people.models import Person
from rantau.programmes import actions as programmes
from rantau.programmes.models import Intake, Programme
from rantau.selection import access, queries
from rantau.selection.actions import marking, objections, rounds, sessions
from rantau.selection.models import Conflict, Duty, Evidence, Listing, Mark, Objection, Round, Session, Sitting
from tests.kept import kept

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
SMALL = {
    "seats = { value = 24,": "seats = { value = 2,",
    "seats = { value = 9,": "seats = { value = 1,",
    "seats = { value = 7,": "seats = { value = 1,",
    "seats = { value = 5,": "seats = { value = 0,",
    "seats = { value = 3,": "seats = { value = 0,",
    "reserve = { value = 6,": "reserve = { value = 2,",
    "required = { value = true,": "required = { value = false,",
}
TESTS = ("care_test", "employer_interview")


def small_programme() -> str:
    """Return the invented programme with few seats."""
    text = Path("programmes/contoh-jepang.toml").read_text()
    for old, new in SMALL.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@dataclass
class World:
    """A closed intake, who works on it, and the instant at which it stands."""

    intake: Intake
    at: dt.datetime
    chance: Chance
    staff: dict[str, Person]
    people: dict[str, Application] = field(default_factory=dict)

    @property
    def programme(self) -> Programme:
        """Return the programme."""
        return self.intake.programme

    @property
    def scope(self) -> str:
        """Return the code on which roles are held."""
        return self.programme.code

    def later(self, by: dt.timedelta) -> dt.datetime:
        """Let time pass, on the programme's own clock too."""
        self.at += by
        Programme.objects.filter(pk=self.programme.pk).update(clock_at=self.at)
        return self.at

    def __getattr__(self, name: str) -> Person:
        try:
            return self.__dict__["staff"][name]
        except KeyError:
            raise AttributeError(name) from None


STAFF = {
    "coordinator": Role.COORDINATOR,
    "second": Role.COORDINATOR,
    "verifier": Role.VERIFIER,
    "other_verifier": Role.VERIFIER,
    "examiner": Role.EXAMINER,
    "colleague": Role.EXAMINER,
    "third": Role.EXAMINER,
    "auditor": Role.AUDITOR,
}


@kept
def world(at: dt.datetime, chance: Chance, *applicants: str, text: str = "") -> World:
    """Return a closed intake with its officers and verified applicants, each with an average of 80."""
    system = people.ensure_system(at=at, chance=chance)
    programme = programmes.store(text=text or small_programme(), person=system, at=at, clock_at=at)
    staff = {name: officer(name, role, programme.code, at, chance) for name, role in STAFF.items()}
    intake = programmes.plan_intake(
        programme=programme, opens_at=at, closes_at=at + DAY, person=staff["coordinator"], at=at, chance=chance
    )
    programmes.open_intake(intake=intake, person=staff["coordinator"], at=at)
    programmes.close_intake(intake=intake, person=staff["coordinator"], at=at + 2 * DAY)
    Head.objects.update(quiet=False)
    made = World(intake=intake, at=at, chance=chance, staff=staff)
    made.later(2 * DAY)
    for name in applicants:
        made.people[name] = applicant(made, name)
    return made


def officer(name: str, role: Role, scope: str, at: dt.datetime, chance: Chance) -> Person:
    """Return a person with a role on a programme."""
    person = people.register(at=at, chance=chance, name=f"Petugas {name}", email=f"{name}@example.org")
    people.grant(to=person, role=role, scope=scope, at=at, person=person)
    return person


def applicant(w: World, name: str, *, average: int = 8000, step: str = "verify") -> Application:
    """Return an application that the verifier decided; with `step` `refuse`, or `exclude` by the coordinator before the
    call, it is ineligible and may be objected to."""
    actor, role = (w.coordinator, Role.COORDINATOR) if step == "exclude" else (w.verifier, Role.VERIFIER)
    phone = f"+6281234567{89 + len(w.people) // 12}"  # as many as may share one
    owner = people.register(at=w.at, chance=w.chance, name=f"Nama {name}", phone=phone)
    application = Application.objects.create(
        ref=codes.reference(w.chance),
        code=codes.draw("A", w.chance),
        intake=w.intake,
        person=owner,
        state="submitted" if step == "exclude" else "filed",
        created_at=w.at,
        submitted_at=w.at,
        average=average,
        major="nursing-assistance",
        province="Provinsi Rahasia",
        regency="Kabupaten Rahasia",
        reason="" if step == "verify" else "other_major",
        objection_until=None if step == "verify" else w.at + 3 * DAY,
    )
    take(application, step, actor=actor.ref, roles=frozenset({role}), at=w.at)
    return application


def session(w: World, *criteria: str, seats: int = 20, person: str = "coordinator") -> Session:
    """Return a session for some criteria, an hour from now."""
    return sessions.plan(
        intake=w.intake,
        criteria=list(criteria or TESTS),
        place="Balai Latihan",
        starts_at=w.at + HOUR,
        seats=seats,
        travel="unpublished",
        person=w.staff[person],
        at=w.at,
        chance=w.chance,
    )


def sat(w: World, *criteria: str, absent: tuple[str, ...] = ()) -> dict[str, Sitting]:
    """Call everybody to one session and record who came; return the sittings by name."""
    planned = session(w, *criteria, seats=max(20, len(w.people)))
    called = sessions.assign(session=planned, person=w.coordinator, at=w.at, chance=w.chance)
    names = {application.pk: name for name, application in w.people.items()}
    by_name = {names[s.application_id]: s for s in called}
    w.later(2 * HOUR)
    come = [s for name, s in by_name.items() if name not in absent]
    missed = [s for name, s in by_name.items() if name in absent]
    sessions.record(sittings=come, came=True, person=w.coordinator, at=w.at)
    sessions.record(sittings=missed, came=False, person=w.coordinator, at=w.at)
    return by_name


def mark(w: World, sitting: Sitting, criterion: str, value: int, *examiners: str, lock: bool = True) -> list[Mark]:
    """Enter one value by each examiner (one, or the two of an interview), and lock it."""
    made = []
    for name in examiners or (("examiner", "colleague") if criterion == "employer_interview" else ("examiner",)):
        person = w.staff[name]
        entered = marking.enter(
            sitting=sitting, criterion=criterion, value=value, person=person, at=w.at, chance=w.chance
        )
        if lock:
            marking.lock(marks=[entered], person=person, at=w.at)
        made.append(entered)
    return made


@kept
def examined(w: World, **values: int) -> dict[str, Sitting]:
    """Test everybody: the practical mark given by name (hundredths), two points in the interview, all locked."""
    absent = tuple(name for name in w.people if name not in values)
    sittings = sat(w, absent=absent)
    for name, value in values.items():
        mark(w, sittings[name], "care_test", value)
        mark(w, sittings[name], "employer_interview", 200)
    return sittings


def frozen(w: World) -> Round:
    """Freeze the provisional round with a source a day ahead."""
    return rounds.freeze(
        intake=w.intake,
        source="dadu",
        substitutes=["koin"],
        planned_at=w.at + DAY,
        person=w.coordinator,
        at=w.at,
        chance=w.chance,
    )


@kept
def provisional(w: World) -> Round:
    """Freeze, draw, run and publish the provisional round."""
    round_ = frozen(w)
    w.later(2 * DAY)
    rounds.draw(round_=round_, value="4-2-6", evidence=b"berita acara", person=w.coordinator, at=w.at)
    rounds.run(round_=round_, person=w.coordinator, at=w.at)
    return rounds.publish(round_=round_, person=w.coordinator, at=w.at)


@kept
def final(w: World) -> Round:
    """Freeze, run and publish the final round after the window for objections."""
    provisional_round = queries.published(w.intake, "provisional")
    w.later(provisional_round.objections_until - w.at + HOUR)
    round_ = rounds.freeze_final(intake=w.intake, person=w.coordinator, at=w.at, chance=w.chance)
    rounds.run(round_=round_, person=w.coordinator, at=w.at)
    return rounds.publish(round_=round_, person=w.coordinator, at=w.at)


def objected(w: World, name: str, criterion: str = "care_test") -> Objection:
    """Lodge somebody's objection against a mark, or against the verification that refused them."""
    application = w.people[name]
    return objections.lodge(
        application=application,
        person=application.person,
        text="Nilai saya tertukar.",
        at=w.at,
        chance=w.chance,
        criterion=criterion,
    )


def sitting_of(w: World, person: str, sitting: Sitting) -> Sitting:
    """Return a sitting as an officer gets it."""
    return access.sittings(w.staff[person], scope=w.scope, at=w.at).get(pk=sitting.pk)


def outcomes(round_: Round, w: World) -> list[tuple[str, str]]:
    """Return (name, outcome) in the order of the published list."""
    codes_ = {x.code: x.application_id for x in Listing.objects.all()}
    names = {a.pk: name for name, a in w.people.items()}
    return [(names[codes_[o.code]], o.outcome) for o in queries.decision(round_).outcomes]


def states(w: World) -> dict[str, str]:
    """Return the state of everybody's application as stored."""
    stored = dict(Application.objects.values_list("pk", "state"))
    return {name: stored[a.pk] for name, a in w.people.items()}


def everything() -> dict[str, Any]:
    """Return all that a refused action must leave as it was: records, entries, heads, jobs."""
    records = (Application, Session, Sitting, Duty, Mark, Conflict, Round, Evidence, Listing, Objection)
    found: dict[str, Any] = {m.__name__: list(m.objects.order_by("pk").values()) for m in records}
    for row in found["Round"]:
        row["public"], row["audit"] = bytes(row["public"] or b""), bytes(row["audit"] or b"")
    for row in found["Evidence"]:
        row["data"] = bytes(row["data"])
    heads = list(Head.objects.order_by("pk").values())
    return found | {"entries": Entry.objects.count(), "heads": heads, "jobs": DBTaskResult.objects.count()}


@contextmanager
def unchanged(look: Callable[[], Any], code: str, **facts: Any) -> Iterator[None]:
    """Expect a refusal with this code and these facts among its own; what `look` sees stays as it was."""
    before = look()
    with pytest.raises(Refusal) as caught:
        yield
    assert caught.value.code == code
    assert {key: caught.value.facts.get(key) for key in facts} == facts
    assert look() == before


def refused(code: str, **facts: Any) -> AbstractContextManager[None]:
    """Expect a refusal that leaves nothing behind."""
    return unchanged(everything, code, **facts)
