"""The monthly note for those at home: written by one person, shared by a link for a while, taken back at any moment.

A note is nobody's business but its writer's: no entry of the ledger, no message and no count tells that there is one.
"""

import datetime as dt

from django.db import transaction

from rantau.departure.models import Clearance, Note
from rantau.departure.queries.family import LINKS, links_left
from rantau.engine import codes
from rantau.engine.canonical import digest
from rantau.engine.chance import Chance
from rantau.engine.refusal import Refusal
from rantau.people import vault
from rantau.people.models import Person
from rantau.programmes.queries import day

LENGTH = 500
"""Characters that a note may have: a screen of a small phone."""

LIVES = dt.timedelta(days=60)
"""How long a link shows a note."""

WRITING = ("preparing", "cleared", "departed", "arrived")
"""States of a way in which its person writes."""


@transaction.atomic
def write(*, clearance: Clearance, text: str, person: Person, at: dt.datetime, chance: Chance) -> Note:
    """Write this month's note or write it anew; a link that showed the older words is taken back.

    :raises Refusal: `role.missing` for everybody but the person, `note.ended`, `note.empty`, `note.long`
    """
    _own(clearance, person)
    if clearance.state not in WRITING:
        raise Refusal("note.ended")
    words = text.strip()
    if not words:
        raise Refusal("note.empty")
    if len(words) > LENGTH:
        raise Refusal("note.long", found=len(words), limit=LENGTH)
    month = day(at).replace(day=1)
    note = Note.objects.filter(clearance=clearance, month=month).first()
    note = note or Note(ref=codes.reference(chance), clearance=clearance, month=month)
    note.text = vault.seal(person, f"note:{note.ref}", words.encode(), chance=chance)
    note.written_at = at
    _unshare(note)
    note.save()
    return note


@transaction.atomic
def share(*, note: Note, named: bool, person: Person, at: dt.datetime, chance: Chance) -> str:
    """Return the secret of a link that shows the note for a while; an older link to it stops.

    `named` says whether the link shows the writer's first name.

    :raises Refusal: `role.missing` for everybody but the person, `note.gone`, `note.links` when the year's are used up
    """
    _own(note.clearance, person)
    if note.text is None:
        raise Refusal("note.gone")
    if not links_left(person, at=at):
        raise Refusal("note.links", limit=LINKS)
    secret = codes.reference(chance)
    note.secret, note.named, note.shared_until = digest(secret), named, at + LIVES
    note.links = [*note.links, day(at).isoformat()]
    note.save(update_fields=["secret", "named", "shared_until", "links"])
    return secret


@transaction.atomic
def take_back(*, note: Note, person: Person) -> Note:
    """Let the link show nothing any more; the note stays the person's own. A second time nothing happens.

    :raises Refusal: `role.missing` for everybody but the person
    """
    _own(note.clearance, person)
    _unshare(note)
    note.save(update_fields=["secret", "named", "shared_until"])
    return note


@transaction.atomic
def throw_away(*, note: Note, person: Person) -> Note:
    """Destroy the words of a note, and its link with them.

    :raises Refusal: `role.missing` for everybody but the person
    """
    _own(note.clearance, person)
    note.text = None
    _unshare(note)
    note.save(update_fields=["text", "secret", "named", "shared_until"])
    return note


def _own(clearance: Clearance, person: Person) -> None:
    """Let nobody pass but the person, and one of their requests at a time."""
    if clearance.application.person_id != person.pk:
        raise Refusal("role.missing", roles=["owner"])
    Person.objects.select_for_update().get(pk=person.pk)


def _unshare(note: Note) -> None:
    note.secret, note.named, note.shared_until = "", False, None
