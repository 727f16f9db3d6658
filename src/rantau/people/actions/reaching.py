"""Where messages reach a person, and the one-time codes by which they show that a contact is theirs."""

import datetime as dt
import hmac

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from rantau.engine import codes
from rantau.engine.chance import Chance, below
from rantau.engine.refusal import Refusal
from rantau.people import contacts, vault
from rantau.people.models import Code, Contact, Person
from rantau.people.queries import grants_now, index, routes_confirmed, signing_in

LIVES = dt.timedelta(minutes=10)
TRIES = 5
"""Wrong guesses that a code bears: then it opens nothing any more."""

CONTACTS = 6
"""Contacts a person may have."""

LIMITS = ((dt.timedelta(minutes=15), 3), (dt.timedelta(days=1), 10))
"""How many codes a person may have sent to one address within a while. Nothing counts by the address of a network: a whole
school asks from behind one."""

ADDRESS = 30
"""How many codes one phone or mailbox is sent in a day, whoever asks: several people may share it."""

KEPT = dt.timedelta(days=2)
"""How long a code's row is kept: as long as the limits count it, and a day more."""


# --- contacts ------------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_contact(*, person: Person, channel: str, typed: str, at: dt.datetime, chance: Chance) -> Contact:
    """Keep a contact that is still to be confirmed, behind the others; the same one again is returned as it is.

    :raises Refusal: `contact.closed`, `contact.phone`, `contact.email`, `contact.telegram`, `contact.many`
    """
    if not settings.CHANNELS.get(channel):
        raise Refusal("contact.closed")
    address = contacts.address(channel, typed)
    own = list(_own(person))
    known = next((one for one in own if one.index == index(channel, address)), None)
    if known:
        return known
    if len(own) >= CONTACTS:
        raise Refusal("contact.many", limit=CONTACTS)
    return Contact.objects.create(
        ref=codes.reference(chance),
        person=person,
        channel=channel,
        address=vault.seal(person, "contact", address.encode(), chance=chance),
        index=index(channel, address),
        order=1 + max((one.order for one in own), default=0),
        added_at=at,
    )


@transaction.atomic
def prefer_contact(*, contact: Contact) -> Contact:
    """Let messages try this contact first.

    :raises Refusal: `contact.unconfirmed`
    """
    if contact.confirmed_at is None:
        raise Refusal("contact.unconfirmed")
    others = [one for one in _own(contact.person) if one.pk != contact.pk]
    for order, one in enumerate([contact, *others], 1):
        Contact.objects.filter(pk=one.pk).update(order=order)
    contact.order = 1
    return contact


@transaction.atomic
def remove_contact(*, contact: Contact) -> None:
    """Delete a contact; codes under way to it open nothing any more."""
    Code.objects.filter(contact=contact).update(sealed=None)
    contact.delete()


def set_zone(*, person: Person, zone: str) -> Person:
    """Set whose clock says when it is night for a person.

    :raises Refusal: `zone.unknown`
    """
    if zone not in contacts.ZONES:
        raise Refusal("zone.unknown")
    person.zone = zone
    person.save(update_fields=["zone"])
    return person


def _own(person: Person) -> QuerySet[Contact]:
    """Return a person's contacts in their order, the person locked: two additions at once count each other."""
    Person.objects.select_for_update().get(pk=person.pk)
    return Contact.objects.filter(person=person).order_by("order", "pk")


# --- codes ---------------------------------------------------------------------------------------------------------------
@transaction.atomic
def ask_code(*, contact: Contact, at: dt.datetime, chance: Chance) -> Code:
    """Draw a code by which a contact is confirmed.

    :raises Refusal: `code.wait` with the instant from which another one is possible
    """
    Person.objects.select_for_update().get(pk=contact.person_id)
    room(contact, at=at)
    return _draw([contact], purpose="confirm", at=at, chance=chance)[0]


def room(contact: Contact, *, at: dt.datetime) -> None:
    """Return if another code may be sent to a contact.

    :raises Refusal: `code.wait`
    """
    sent = Code.objects.filter(index=contact.index, made_at__lte=at)
    own = sent.filter(person_id=contact.person_id)
    for rows, (within, limit) in (*((own, one) for one in LIMITS), (sent, (LIMITS[-1][0], ADDRESS))):
        last = list(rows.filter(made_at__gt=at - within).order_by("-made_at").values_list("made_at", flat=True)[:limit])
        if len(last) == limit:
            raise Refusal("code.wait", until=last[-1] + within)


@transaction.atomic
def ask_sign_in(*, login: str, at: dt.datetime, chance: Chance) -> list[Code]:
    """Draw codes for those whom a login means and who may sign in by one; return one code for each address to be told.

    Nobody is refused: whether a login exists, has a confirmed contact or has asked too often is never said. Who holds an
    office signs in with a password: a stolen number must not be an office.
    """
    meant: dict[str, list[Contact]] = {}
    for person in signing_in(login):
        confirmed = [] if grants_now(person, at=at) else routes_confirmed(person)
        for contact in confirmed[:1]:
            Person.objects.select_for_update().get(pk=person.pk)
            try:
                room(contact, at=at)
            except Refusal:
                continue
            meant.setdefault(contact.index, []).append(contact)
    return [_draw(shared, purpose="sign_in", at=at, chance=chance)[0] for shared in meant.values()]


def _draw(shared: list[Contact], *, purpose: str, at: dt.datetime, chance: Chance) -> list[Code]:
    """Keep one code for everybody who shares an address, sealed for the first; earlier ones open nothing any more."""
    digits = f"{below(10**6, chance):06}"
    made = []
    for contact in shared:
        earlier = Code.objects.filter(person_id=contact.person_id, purpose=purpose, lives_until__gt=at)
        (earlier.filter(contact=contact) if purpose == "confirm" else earlier).update(lives_until=at, sealed=None)
        ref = codes.reference(chance)
        made.append(
            Code.objects.create(
                ref=ref,
                person=contact.person,
                contact=contact,
                index=contact.index,
                purpose=purpose,
                digest=vault.blind("code", f"{ref}:{digits}"),
                sealed=None if made else vault.seal(contact.person, "code", digits.encode(), chance=chance),
                made_at=at,
                lives_until=at + LIVES,
            )
        )
    return made


def _opened(live: QuerySet[Code], typed: str, *, at: dt.datetime) -> list[Code]:
    """Return the codes that were typed. Each look costs a try, which is kept before anything is compared."""
    digits = "".join(typed.split())
    found = []
    for code in live.filter(used_at=None, lives_until__gt=at).order_by("person_id", "pk"):
        left = Code.objects.filter(pk=code.pk, tries__lt=TRIES, used_at=None)
        if left.update(tries=F("tries") + 1) and hmac.compare_digest(
            vault.blind("code", f"{code.ref}:{digits}"), code.digest
        ):
            found.append(code)
    return found


def _use(opened: list[Code], *, at: dt.datetime) -> bool:
    """Burn codes; return whether they were still whole."""
    rows = Code.objects.filter(pk__in=[code.pk for code in opened], used_at=None)
    return rows.update(used_at=at, sealed=None) == len(opened) > 0


def confirm_contact(*, contact: Contact, typed: str, at: dt.datetime) -> Contact:
    """Confirm a contact by the code that was sent to it.

    :raises Refusal: `code.wrong` for a code that is wrong, over, used or guessed at too often
    """
    live = Code.objects.filter(contact=contact, purpose="confirm")
    if not _use(_opened(live, typed, at=at), at=at):
        raise Refusal("code.wrong")
    contact.confirmed_at = at
    contact.save(update_fields=["confirmed_at"])
    return contact


def sign_in(*, login: str, typed: str, at: dt.datetime, who: str = "") -> list[Person]:
    """Return the person whom a login and its code let in, the code then used; several where a family shares an address.

    With several nothing is used yet: `who` (a reference) says which of them it is. A login that nobody has, a wrong code
    and one guessed at too often read the same.

    :raises Refusal: `code.wrong`
    """
    persons = signing_in(login)
    live = Code.objects.filter(person__in=persons, purpose="sign_in", contact__confirmed_at__isnull=False)
    opened = _opened(live.select_related("person"), typed, at=at)
    meant = [code.person for code in opened if not grants_now(code.person, at=at)]
    chosen = [person for person in meant if person.ref == who] or meant
    if not chosen or (len(chosen) == 1 and not _use(opened, at=at)):
        raise Refusal("code.wrong")
    return chosen


def handed_over(*, code: Code) -> None:
    """Forget a code's digits once a gateway has taken them; its digest is enough from then on."""
    Code.objects.filter(pk=code.pk).update(sealed=None)


def drop_codes(*, at: dt.datetime) -> int:
    """Delete the codes that no limit counts any more, and return how many."""
    return Code.objects.filter(made_at__lt=at - KEPT).delete()[0]
