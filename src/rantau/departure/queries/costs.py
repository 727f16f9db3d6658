"""Reading money: the items of the cost table with their class, what was paid by whom, what was reported, the promise kept."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from rantau.agreements.access import ROLES
from rantau.departure import access
from rantau.departure import queries as departure
from rantau.departure.models import Charge, Clearance, Expense
from rantau.engine.flow import Role
from rantau.engine.programme import Cost
from rantau.engine.refusal import Refusal
from rantau.people import access as people
from rantau.people import queries as holding
from rantau.people.models import Person
from rantau.people.vault import unseal_text
from rantau.programmes.models import Intake, Programme
from rantau.programmes.queries import day

OTHER = "other"
"""What is no item of the cost table."""
PARTICIPANT = "participant"
"""The payer who is no office."""
FEW = 5
"""Fewer people than this are not told apart in what everybody reads."""
CLASSES = ("training", "placement", "personal", "")
"""Classes of cost in their order; the empty one is what nobody has said."""


def items(programme: Programme) -> dict[str, Cost]:
    """Return the rows of a programme's cost table by code."""
    return {one.code: one for one in departure.rules_of(programme).costs}


def class_of(cost: Cost) -> str:
    """Return the class of an item: training, placement, personal, or empty where nobody has said."""
    return cost.kind if isinstance(cost.kind, str) else (cost.kind.value or "")


def kind(programme: Programme, item: str) -> str:
    """Return the class of an item by its code; what is no item has none."""
    found = items(programme).get(item)
    return class_of(found) if found else ""


# --- reports -----------------------------------------------------------------------------------------------------------
def own(clearance: Clearance) -> QuerySet[Charge]:
    """Return the reports of a person, newest first."""
    return clearance.charges.order_by("-reported_at", "-pk")


def words(charge: Charge) -> str:
    """Return what a person wrote of a report; call it only for them and for protection officers."""
    return unseal_text(charge.clearance.application.person, "charge.note", charge.note)


def by_ref(ref: str) -> Charge:
    """Return a report by its reference, for messages about it."""
    found = Charge.objects.select_related("clearance__application__intake__programme__version")
    return found.select_related("clearance__application__person").get(ref=ref)


def protectors(charge: Charge, *, at: dt.datetime) -> list[Person]:
    """Return the protection officers of a report's programme."""
    scope = charge.clearance.application.intake.programme.code
    grants = holding.holders(Role.PROTECTION.value, scope=scope)
    found = {one.person.pk: one.person for one in grants if one.holds(scope=scope, at=at) and one.person.is_active}
    return list(found.values())


class Reports(NamedTuple):
    """How many reports of one class are open and how many answered."""

    open: int
    answered: int

    @property
    def all(self) -> int:
        """Return how many there are."""
        return self.open + self.answered


def reports(programme: Programme) -> dict[str, Reports]:
    """Return the numbers of reports by class, with all classes."""
    found = Charge.objects.filter(clearance__application__intake__programme=programme)
    counted = Counter(found.values_list("cost_kind", "state"))
    return {one: Reports(counted[one, "reported"], counted[one, "answered"]) for one in CLASSES}


# --- expenses ----------------------------------------------------------------------------------------------------------
def payers(person: Person, programme: Programme, *, at: dt.datetime) -> list[str]:
    """Return the payers whose expenses a person records: every office to the coordinator, else the offices of the person's
    kind; participants to all of them.

    :raises Refusal: `role.missing`
    """
    held = people.require(person, *access.SPENDERS, scope=programme.code, at=at)
    offices = [one for one in departure.rules_of(programme).offices if one.kind != "press"]
    if Role.COORDINATOR not in held:
        offices = [one for one in offices if ROLES.get(one.kind) in held]
    return [one.code for one in offices] + [PARTICIPANT]


def expenses(person: Person, programme: Programme, *, at: dt.datetime) -> QuerySet[Expense]:
    """Return what was paid, newest first: all to coordinator and ministry, to an employer what its own offices paid.

    :raises Refusal: `role.missing`
    """
    allowed = payers(person, programme, at=at)
    found = Expense.objects.filter(intake__programme=programme).select_related(
        "clearance", "intake__programme__version", "correction"
    )
    found = found.order_by("-on", "-pk")
    if people.roles(person, scope=programme.code, at=at) & {Role.COORDINATOR, Role.MINISTRY}:
        return found
    return found.filter(payer__in=set(allowed) - {PARTICIPANT})


def expense(person: Person, programme: Programme, ref: str, *, at: dt.datetime) -> Expense:
    """Return one expense, or raise DoesNotExist.

    :raises Refusal: `role.missing`
    """
    return expenses(person, programme, at=at).get(ref=ref)


class Sum(NamedTuple):
    """What one payer paid for one item in one currency; `few` says that payments for fewer than five people are left out."""

    item: str
    payer: str
    currency: str
    amount: int
    few: bool


def sums(programme: Programme) -> list[Sum]:
    """Return the sums of what was paid, by item, payer and currency, in the order of the cost table.

    What was paid for fewer than five people, each by name, is left out of a sum and said to be: nobody is told apart.
    """
    order = {code: number for number, code in enumerate(items(programme))}
    groups: dict[tuple[str, str, str], list[Expense]] = defaultdict(list)
    for one in Expense.objects.filter(intake__programme=programme).order_by("pk"):
        groups[one.item, one.payer, one.currency].append(one)
    found = [_sum(*key, rows) for key, rows in groups.items()]
    kept = [one for one in found if one.amount or one.few]
    return sorted(kept, key=lambda one: (order.get(one.item, len(order)), one.payer, one.currency))


def _sum(item: str, payer: str, currency: str, rows: Iterable[Expense]) -> Sum:
    all_, by_person = 0, Counter[int]()
    for one in rows:
        if one.clearance_id is None:
            all_ += one.amount
        else:
            by_person[one.clearance_id] += one.amount
    paid = {key: amount for key, amount in by_person.items() if amount}
    few = 0 < len(paid) < FEW
    return Sum(item, payer, currency, all_ + (0 if few else sum(paid.values())), few)


# --- the promise -------------------------------------------------------------------------------------------------------
class Broken(NamedTuple):
    """Money that a participant paid for training: the day of the answer, and what the other side says to it."""

    on: dt.date
    reply: str


def paid_for_training(programme: Programme, *, at: dt.datetime) -> Broken | None:
    """Return what shows that a participant paid for training, or None: an answered report alone does.

    A report that nobody has answered shows nothing, nor does one where money was asked and not paid, where nothing could be
    found out, or where it was given back.
    """
    found = Charge.objects.filter(
        clearance__application__intake__programme=programme,
        cost_kind="training",
        paid=True,
        state="answered",
        answer="unlawful",
        answered_at__lte=at,
    )
    first = found.order_by("answered_at", "pk").first()
    return Broken(day(first.answered_at), first.reply) if first and first.answered_at else None


def current(programme: Programme) -> Intake:
    """Return the intake whose money is recorded: the programme's newest.

    :raises Refusal: `expense.intake`
    """
    found = programme.intakes.select_related("programme__version").order_by("-opens_at", "-pk").first()
    if found is None:
        raise Refusal("expense.intake")
    return found
