"""The fewest rows for an agreement: the played programme, two coordinators, a person with a mandate for each office."""

import datetime as dt
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from django_tasks_db.models import DBTaskResult

from rantau.agreements import queries
from rantau.agreements.access import POWERS, ROLES
from rantau.agreements.actions import approving, deadlines, drafting, mandates, negotiating
from rantau.agreements.models import Agreement, Approval, Duty, Mandate, Side
from rantau.engine import codes
from rantau.engine.chance import Chance, seeded
from rantau.engine.flow import Role
from rantau.ledger.models import Head
from rantau.people.models import Grant, Person
from rantau.programmes.models import Programme
from rantau.programmes.queries import instant, terms
from tests import build
from tests.kept import kept
from tests.selection.build import unchanged

AT = dt.datetime(2026, 1, 27, 3, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
GIVEN: dict[str, Any] = {
    "capacity": "Direktur",
    "basis": "SK 1/2026, 20 Januari 2026",
    "from_on": dt.date(2026, 1, 20),
    "until_on": dt.date(2027, 1, 20),
}
OFFICES = ("kp2mi", "rusal", "kedubes-rusia", "kbri-moskow", "kemenperin")


@dataclass
class World:
    """A programme with people who may act for its offices: for each office a negotiator, a lawyer, a head, a signatory."""

    programme: Programme
    chance: Chance
    at: dt.datetime
    desk: list[Person]
    people: dict[tuple[str, str], Person] = field(default_factory=dict)

    def of(self, office: str, power: str) -> Person:
        """Return who acts for an office with a power."""
        return self.people[office, power]


@kept
def world(*, rehearsal: bool = True) -> World:
    """Return a programme with mandates for five offices, each power in another hand where the house asks for it."""
    chance = seeded("agreements")
    programme = build.programme(at=AT, chance=chance, rehearsal=rehearsal)
    desk = [
        build.person(at=AT, chance=chance, role=Role.COORDINATOR, scope=programme.code, name=f"Panitia {number}")
        for number in (1, 2)
    ]
    made = World(programme=programme, chance=chance, at=AT, desk=desk)
    for office in OFFICES:
        for powers in (("draft", "accept", "answer"), ("legal",), ("approve",), ("sign",)):
            person = build.person(at=AT, chance=chance, name=f"{office} {powers[0]}")
            made.people |= {(office, power): person for power in powers}
    _given(made)
    return made


def _given(w: World) -> None:
    """Give everybody their mandate as if it had been recorded and confirmed, with the office's role."""
    kinds = {one.code: one.kind for one in terms(w.programme.version).offices}
    held: dict[tuple[str, Person], list[str]] = {}
    for (office, power), person in w.people.items():
        held.setdefault((office, person), []).append(power)
    Mandate.objects.bulk_create(
        Mandate(
            ref=codes.reference(w.chance),
            programme=w.programme,
            person=person,
            office=office,
            powers=[power for power in POWERS if power in powers],
            state="in_force",
            recorded_at=w.at,
            **GIVEN,
        )
        for (office, person), powers in held.items()
    )
    span = {"from_at": w.at, "until_at": instant(GIVEN["until_on"], 23, 59, 59), "given_by": w.desk[1].ref}
    Grant.objects.bulk_create(
        Grant(person=person, role=ROLES[kinds[office]], scope=w.programme.code, **span) for office, person in held
    )


def mandate(w: World, person: Person, office: str, powers: Any = POWERS, **changed: Any) -> Mandate:
    """Record and confirm a mandate."""
    given = GIVEN | changed
    made = mandates.record(
        of=person,
        programme=w.programme,
        office=office,
        powers=powers,
        person=w.desk[0],
        at=w.at,
        chance=w.chance,
        **given,
    )
    return mandates.confirm(mandate=made, person=w.desk[1], at=w.at)


def drafted(w: World, kind: str = "mou", office: str = "kp2mi") -> Agreement:
    """Return a first draft that an office wrote."""
    person = w.of(office, "draft")
    return drafting.draft(programme=w.programme, kind=kind, person=person, at=w.at, chance=w.chance)


@kept
def tabled(w: World, kind: str = "mou", office: str = "kp2mi") -> Agreement:
    """Return an agreement that an office has put on the table."""
    agreement = drafted(w, kind, office)
    drafting.table(agreement=agreement, person=w.of(office, "draft"), at=w.at)
    return agreement


def accept_all(w: World, agreement: Agreement, office: str) -> None:
    """Accept every clause for an office."""
    draft = queries.newest(agreement)
    assert draft is not None
    negotiating.accept(
        agreement=agreement,
        number=draft.number,
        clauses=list(queries.digests(draft)),
        person=w.of(office, "accept"),
        at=w.at,
    )


def approve_all(w: World, agreement: Agreement, office: str, desks: tuple[str, ...] = ("Sekretariat",)) -> None:
    """Take an office through its legal review and its desks; each desk is a person of its own."""
    drafting.chain(agreement=agreement, desks=desks, person=w.of(office, "draft"), at=w.at)
    approving.clear(agreement=agreement, person=w.of(office, "legal"), at=w.at)
    for number, _ in enumerate(desks):
        head = w.of(office, "approve")
        if number:
            head = build.person(at=AT, chance=w.chance, name=f"{office} desk {number}")
            mandate(w, head, office, ("approve",))
        approving.approve(agreement=agreement, person=head, at=w.at)


@kept
def agreed(w: World, kind: str = "mou") -> Agreement:
    """Return an agreement that every side has accepted and approved: only the signatures are missing."""
    agreement = tabled(w, kind)
    for side in agreement.sides.exclude(part="consulted").order_by("position"):
        accept_all(w, agreement, side.office)
        approve_all(w, agreement, side.office)
    agreement.refresh_from_db()
    return agreement


@kept
def in_force(w: World, kind: str = "mou") -> Agreement:
    """Return an agreement that was signed by everybody who signs."""
    agreement = agreed(w, kind)
    for side in agreement.sides.filter(part="signs").order_by("position"):
        approving.sign(agreement=agreement, person=w.of(side.office, "sign"), at=w.at, chance=w.chance)
    agreement.refresh_from_db()
    return agreement


def clause(agreement: Agreement, code: str) -> Any:
    """Return a clause of the newest version."""
    draft = queries.newest(agreement)
    assert draft is not None
    return next(one for one in queries.clauses(draft) if one.code == code)


def reworded(agreement: Agreement, code: str, more: str = "Ditambah.") -> Any:
    """Return a clause of the newest version with a sentence more."""
    old = clause(agreement, code)
    return old.model_copy(update={"text": old.text.model_copy(update={"id": f"{old.text.id} {more}"})})


def sides(agreement: Agreement) -> dict[str, str]:
    """Return the state of each side."""
    return dict(agreement.sides.order_by("position").values_list("office", "state"))


def due(w: World, at: dt.datetime, **reached: dt.date) -> int:
    """Move the programme's clock and take what is due; `reached` are milestones of which later areas know."""
    w.at = at
    Programme.objects.filter(pk=w.programme.pk).update(clock_at=at)
    w.programme.refresh_from_db()
    return deadlines.take(programme=w.programme, at=at, reached=reached)


def everything() -> dict[str, Any]:
    """Return all that a refused action about mandates, duties or agreements must leave as it was."""
    records = (Mandate, Grant, Duty, Side, Approval)
    found: dict[str, Any] = {model.__name__: list(model.objects.order_by("pk").values()) for model in records}
    states = list(Agreement.objects.order_by("pk").values_list("state", "ends_at"))
    heads = list(Head.objects.order_by("pk").values())
    return found | {"agreements": states, "heads": heads, "jobs": DBTaskResult.objects.count()}


def refused(code: str, **facts: Any) -> AbstractContextManager[None]:
    """Expect a refusal that leaves nothing behind."""
    return unchanged(everything, code, **facts)
