"""Reports that money was asked: made in two taps by the person alone, answered by protection officers within seven days.

The ledger does not say who reported: the report itself stands as the actor of what its person does.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from rantau.departure.models import Charge, Clearance
from rantau.departure.queries import costs
from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.reasons import CHARGE_ANSWERS
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import lock
from rantau.ledger.steps import take
from rantau.people import access as people
from rantau.people import queries
from rantau.people.models import Person
from rantau.people.vault import seal_text
from rantau.programmes.models import Intake
from rantau.programmes.queries import deadline

DAYS = 7
"""Within how many days a report is answered: our own promise, for no law we know of gives a number for it."""
ASKERS = ("school", "officer", "agent", "employer", "provider", "other", "unknown")
"""Who may have asked for money."""
LONGEST = 2000
OWNER, SYSTEM = frozenset({Role.OWNER}), frozenset({Role.SYSTEM})


@dataclass(frozen=True)
class Told:
    """What a person tells of a report beside the item: all of it may be left out. `amount` is in the smallest unit."""

    amount: int | None = None
    currency: str = ""
    asked_by: str = "unknown"
    paid: bool = False
    note: str = ""


@transaction.atomic
def report(*, clearance: Clearance, item: str, person: Person, at: dt.datetime, chance: Chance) -> Charge:
    """Report that money was asked for an item of the cost table, or for something else (`other`).

    The item's class is kept as it is on this day.

    :raises Refusal: `charge.own` for anybody but the person, `charge.item`
    """
    lock(clearance.chain)
    if clearance.application.person_id != person.pk:
        raise Refusal("charge.own")
    charge = _new(clearance, item, at, chance)
    take(charge, "report", actor=charge.ref, roles=OWNER, at=at, item=item, kind=charge.cost_kind)
    return charge


def open_for(*, clearance: Clearance, item: str, amount: int, currency: str, at: dt.datetime, chance: Chance) -> Charge:
    """Open a report as the system, for money that an office recorded as paid by a person; inside the caller's transaction."""
    charge = _new(clearance, item, at, chance, amount=amount, currency=currency, paid=True)
    actor = queries.system().ref
    take(charge, "report", actor=actor, roles=SYSTEM, at=at, item=item, kind=charge.cost_kind)
    return charge


def _new(clearance: Clearance, item: str, at: dt.datetime, chance: Chance, **given: object) -> Charge:
    programme = clearance.application.intake.programme
    if item != costs.OTHER and item not in costs.items(programme):
        raise Refusal("charge.item", item=item)
    by = deadline(at, DAYS)
    return Charge.objects.create(
        ref=codes.reference(chance),
        code=codes.draw("U", chance),
        clearance=clearance,
        item=item,
        cost_kind=costs.kind(programme, item),
        asked_by="unknown",
        reported_at=at,
        answer_by=by,
        remind_at=by,
        **given,
    )


@transaction.atomic
def tell(*, charge: Charge, told: Told, person: Person, at: dt.datetime, chance: Chance) -> Charge:
    """Tell more of a report that is not answered yet; what is written is sealed by the person's key.

    :raises Refusal: `charge.own`, `charge.asker`, `charge.long`, `step.*`
    """
    lock(charge.chain)
    if charge.clearance.application.person_id != person.pk:
        raise Refusal("charge.own")
    if told.asked_by not in ASKERS:
        raise Refusal("charge.asker")
    if len(told.note) > LONGEST:
        raise Refusal("charge.long", longest=LONGEST)
    take(charge, "tell", actor=charge.ref, roles=OWNER, at=at, paid=told.paid)
    charge.amount, charge.currency = told.amount, told.currency if told.amount else ""
    charge.asked_by, charge.paid = told.asked_by, told.paid
    charge.note = seal_text(person, "charge.note", told.note.strip(), chance=chance)
    charge.save(update_fields=["amount", "currency", "asked_by", "paid", "note"])
    return charge


@transaction.atomic
def answer(*, charge: Charge, answer: str, note: str, reply: str, person: Person, at: dt.datetime) -> Charge:
    """Answer a report: what became of it (one of `CHARGE_ANSWERS`), words for its person, and what the other side says.

    :raises Refusal: `charge.answer`, `charge.note` without words for the person, `charge.reply` where money that was paid
        is called unlawful and the other side has not been heard, `role.missing`, `step.*`
    """
    lock(charge.chain)
    scope = charge.clearance.application.intake.programme.code
    roles = people.require(person, Role.PROTECTION, scope=scope, at=at)
    charge.refresh_from_db()
    if answer not in CHARGE_ANSWERS:
        raise Refusal("charge.answer")
    if not note.strip():
        raise Refusal("charge.note")
    if answer == "unlawful" and charge.paid and not reply.strip():
        raise Refusal("charge.reply")
    take(charge, "answer", actor=person.ref, roles=roles, at=at, answer=answer, kind=charge.cost_kind)
    charge.answer, charge.answer_note, charge.reply = answer, note.strip(), reply.strip()
    charge.answered_at = at
    charge.save(update_fields=["answer", "answer_note", "reply", "answered_at"])
    return charge


@transaction.atomic
def reopen(*, charge: Charge, person: Person, at: dt.datetime) -> Charge:
    """Open an answered report again, once, because its person is not satisfied; seven days begin anew.

    :raises Refusal: `charge.own`, `charge.reopened`, `step.*`
    """
    lock(charge.chain)
    charge.refresh_from_db()
    if charge.clearance.application.person_id != person.pk:
        raise Refusal("charge.own")
    if charge.reopened_at:
        raise Refusal("charge.reopened")
    take(charge, "reopen", actor=charge.ref, roles=OWNER, at=at)
    charge.reopened_at, charge.answer_by = at, deadline(at, DAYS)
    charge.remind_at = charge.answer_by
    charge.save(update_fields=["reopened_at", "answer_by", "remind_at"])
    return charge


def due(*, intake: Intake, at: dt.datetime) -> int:
    """Remind of every report that is not answered in time, and every seven days after that. Idempotent."""
    late = Charge.objects.filter(clearance__application__intake=intake, state="reported", remind_at__lt=at)
    actor, found = queries.system().ref, list(late.select_related("clearance__application__intake").order_by("pk"))
    for charge in found:
        take(charge, "remind", actor=actor, roles=SYSTEM, at=at)
        charge.remind_at = deadline(at, DAYS)
        charge.save(update_fields=["remind_at"])
    return len(found)
