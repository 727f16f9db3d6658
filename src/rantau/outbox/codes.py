"""One-time codes on their way: asked for, handed to a gateway by a task of their own, shown instead where nobody is real."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from rantau.engine.chance import Chance
from rantau.people import queries
from rantau.people.actions import reaching

from . import short
from .gateways import send

FIRST = 50
"""The priority of a code: whoever waits for one goes before letters."""


@task(priority=FIRST)
def send_code(ref: str) -> None:
    """Hand a code to the gateway of its contact at once, by night too, and forget its digits; nothing if it is over.

    The queue holds the code's reference alone. A code that comes late is no code: it is never sent after its ten minutes.
    """
    code = queries.code(ref)
    if code is None or code.contact is None or code.person.rehearsal or code.lives_until <= timezone.now():
        return
    said = short.code(code.person.locale, digits=queries.digits(code), purpose=code.purpose)
    send(queries.route(code.contact), said, message=f"<code.{ref}@rantau>")
    reaching.handed_over(code=code)


@transaction.atomic
def add(*, person: Any, channel: str, typed: str, at: dt.datetime, chance: Chance) -> tuple[Any, str]:
    """Add a contact and send it a code; return the contact, and the digits where they are shown instead of sent.

    :raises Refusal: `contact.closed`, `contact.phone`, `contact.email`, `contact.telegram`, `contact.many`, `code.wait`
    """
    contact = reaching.add_contact(person=person, channel=channel, typed=typed, at=at, chance=chance)
    return contact, "" if contact.confirmed_at else ask(contact=contact, at=at, chance=chance)


@transaction.atomic
def ask(*, contact: Any, at: dt.datetime, chance: Chance) -> str:
    """Send a code that confirms a contact; return its digits where they are shown instead.

    :raises Refusal: `code.wait`
    """
    return _out([reaching.ask_code(contact=contact, at=at, chance=chance)])


@transaction.atomic
def ask_sign_in(*, login: str, at: dt.datetime, chance: Chance) -> str:
    """Send a code to those whom a login means and who may sign in by one; never say whether there is anybody."""
    return _out(reaching.ask_sign_in(login=login, at=at, chance=chance))


def _out(codes: Iterable[Any]) -> str:
    """Queue each code of somebody real; of somebody made up return the digits, in a demo alone."""
    shown = ""
    for code in codes:
        if not code.person.rehearsal:
            send_code.enqueue(code.ref)
        elif settings.DEMO:
            shown = queries.digits(code)
    return shown
