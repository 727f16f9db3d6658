"""What was paid for an item of the cost table, by whom: recorded by offices, corrected by a row against it, never changed."""

import datetime as dt

from django.db import transaction

from rantau.departure.models import Clearance, Expense
from rantau.departure.queries import costs
from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import append, lock
from rantau.people.models import Person
from rantau.programmes.models import Intake
from rantau.programmes.queries import day

from . import charges

FREE = ("training", "placement")
"""Classes that cost a participant nothing: promised for the first, law for the second."""


@transaction.atomic
def record(
    *,
    intake: Intake,
    item: str,
    payer: str,
    amount: int,
    currency: str,
    on: dt.date,
    evidence: str,
    person: Person,
    at: dt.datetime,
    chance: Chance,
    whose: str = "",
) -> Expense:
    """Record what was paid, for one person by the code of their way or for all; `amount` is in the smallest unit.

    What a participant paid for training or placement opens a report at once.

    :raises Refusal: `charge.item`, `expense.payer` for an office whose expenses the person does not record,
        `expense.person` for a code that nobody has, `expense.whose` where a participant paid and is not named,
        `expense.day`, `expense.evidence`, `role.missing`
    """
    lock(intake.chain)
    programme = intake.programme
    if payer not in costs.payers(person, programme, at=at):
        raise Refusal("expense.payer")
    if item not in costs.items(programme):
        raise Refusal("charge.item", item=item)
    if on > day(at):
        raise Refusal("expense.day")
    if not evidence.strip():
        raise Refusal("expense.evidence")
    clearance = _named(intake, payer, whose)
    expense = Expense.objects.create(
        ref=codes.reference(chance),
        intake=intake,
        clearance=clearance,
        item=item,
        payer=payer,
        amount=amount,
        currency=currency,
        on=on,
        evidence=evidence.strip(),
        recorded_at=at,
    )
    _append(expense, "record", person, at)
    if clearance and payer == costs.PARTICIPANT and costs.kind(programme, item) in FREE:
        charges.open_for(clearance=clearance, item=item, amount=amount, currency=currency, at=at, chance=chance)
    return expense


def _named(intake: Intake, payer: str, whose: str) -> Clearance | None:
    if not whose and payer == costs.PARTICIPANT:
        raise Refusal("expense.whose")
    if not whose:
        return None
    code = codes.read(whose) or whose
    found = Clearance.objects.select_related("application__intake__programme__version", "application__person")
    clearance = found.filter(application__intake=intake, code=code).first()
    if clearance is None:
        raise Refusal("expense.person")
    return clearance


@transaction.atomic
def correct(*, expense: Expense, evidence: str, person: Person, at: dt.datetime, chance: Chance) -> Expense:
    """Take back an expense that was recorded wrongly, by a row against it with its reason; both stay.

    :raises Refusal: `expense.payer`, `expense.corrected` where nothing is left to take back, `expense.evidence`,
        `role.missing`
    """
    lock(expense.intake.chain)
    if expense.payer not in costs.payers(person, expense.intake.programme, at=at):
        raise Refusal("expense.payer")
    if not evidence.strip():
        raise Refusal("expense.evidence")
    if expense.corrects_id or Expense.objects.filter(corrects=expense).exists():
        raise Refusal("expense.corrected")
    same = {name: getattr(expense, name) for name in ("intake", "clearance", "item", "payer", "currency", "on")}
    against = Expense.objects.create(
        **same,
        ref=codes.reference(chance),
        amount=-expense.amount,
        evidence=evidence.strip(),
        recorded_at=at,
        corrects=expense,
    )
    _append(against, "correct", person, at)
    return against


def _append(expense: Expense, action: str, person: Person, at: dt.datetime) -> None:
    facts = {name: getattr(expense, name) for name in ("item", "payer", "amount", "currency")}
    subject, chain = f"expense:{expense.ref}", expense.intake.chain
    append(chain=chain, actor=person.ref, subject=subject, action=action, at=at, facts=facts | {"on": str(expense.on)})
