"""Whom a person wants told when something happens: named, changed and taken back by that person alone."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from rantau.departure import access
from rantau.departure.models import Clearance, Kin
from rantau.departure.queries.family import subject
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.reasons import KIN_EVENTS
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import append, lock
from rantau.people import contacts, vault
from rantau.people import queries as people
from rantau.people.models import Person
from rantau.programmes.models import Intake

ENDED = ("refused", "withdrawn")
"""States in which a person leaves for nowhere: nobody has to be told of anything any more."""


@transaction.atomic
def name(
    *,
    clearance: Clearance,
    called: str,
    phone: str,
    of: Iterable[str],
    wording: str,
    person: Person,
    at: dt.datetime,
    chance: Chance,
) -> Kin:
    """Name who is to be told, or somebody else in their place; `of` are events, `wording` the digest of what was agreed to.

    :raises Refusal: `role.missing` for everybody but the owner, `kin.ended`, `kin.events` for none or one not in the list,
        `contact.phone`
    """
    lock(clearance.chain)
    _owner(clearance, person, at)
    if clearance.state in ENDED:
        raise Refusal("kin.ended")
    wanted = set(of)
    if not wanted or not wanted <= set(KIN_EVENTS):
        raise Refusal("kin.events")
    told = [event for event in KIN_EVENTS if event in wanted]
    sealed = {
        "name": vault.seal(person, "kin_name", called.encode(), chance=chance),
        "phone": vault.seal(person, "kin_phone", contacts.phone(phone).encode(), chance=chance),
    }
    kept, _ = Kin.objects.update_or_create(clearance=clearance, defaults={**sealed, "of": told, "given_at": at})
    _record(clearance, person, "name", at, {"of": told, "wording": wording})
    return kept


@transaction.atomic
def take_back(*, clearance: Clearance, person: Person, at: dt.datetime) -> None:
    """Forget whom the person named: nobody is told of anything from then on; possible at any moment.

    :raises Refusal: `role.missing` for everybody but the owner, `kin.unnamed`
    """
    lock(clearance.chain)
    _owner(clearance, person, at)
    gone, _ = Kin.objects.filter(clearance=clearance).delete()
    if not gone:
        raise Refusal("kin.unnamed")
    _record(clearance, person, "take_back", at, {})


@transaction.atomic
def due(*, intake: Intake, at: dt.datetime) -> int:
    """Forget whom people named whose way has ended before they left: what it was for is over. Idempotent."""
    ended = list(
        Clearance.objects.filter(application__intake=intake, state__in=ENDED, kin__isnull=False).order_by("pk")
    )
    if not ended:
        return 0
    lock(intake.chain)
    Kin.objects.filter(clearance__in=ended).delete()
    for one in ended:
        _record(one, people.system(), "end", at, {})
    return len(ended)


def _owner(clearance: Clearance, person: Person, at: dt.datetime) -> None:
    if Role.OWNER not in access.roles(person, clearance, at=at):
        raise Refusal("role.missing", roles=["owner"])


def _record(clearance: Clearance, person: Person, action: str, at: dt.datetime, facts: dict[str, object]) -> None:
    append(chain=clearance.chain, actor=person.ref, subject=subject(clearance), action=action, at=at, facts=dict(facts))
