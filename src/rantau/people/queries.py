"""Reading people: identities unsealed for those who may, schools by place, who signs in as whom, how to reach them."""

import datetime as dt
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import Q, QuerySet

from rantau.engine import codes
from rantau.engine.canonical import Frozen, digest
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal

from . import access, contacts, vault
from .models import Code, Consent, Contact, Grant, Guardian, Organisation, Person, Recovery

MENDERS = (Role.SCHOOL, Role.VERIFIER, Role.COORDINATOR, Role.OPERATOR)
"""Who may mend lost access, two of them together (`engine.flows.STAFF`)."""


class Identity(Frozen):
    """What a person's sealed columns hold; empty texts and None where nothing is kept."""

    nik: str
    nisn: str
    birth_on: dt.date | None


def identity(person: Person) -> Identity:
    """Return a person's sealed identity; callers have checked that the reader may see it."""
    born = vault.unseal_text(person, "birth_on", person.birth_on)
    return Identity(
        nik=vault.unseal_text(person, "nik", person.nik),
        nisn=vault.unseal_text(person, "nisn", person.nisn),
        birth_on=dt.date.fromisoformat(born) if born else None,
    )


def system() -> Person:
    """Return the one system person, who takes the steps that nobody clicks."""
    return Person.objects.get(is_system=True)


def by_reference(ref: str) -> Person:
    """Return a person by reference."""
    return Person.objects.get(ref=ref)


def exactly(typed: str) -> Person:
    """Return the one person with exactly this e-mail, phone number or reference: people are never searched.

    :raises Refusal: `contact.phone`, `contact.email`, `person.unknown`, `person.several` where a family shares a number
    """
    text = typed.strip()
    found = list(Person.objects.filter(ref=text.upper(), is_active=True, is_system=False))
    found = found or signing_in(contacts.contact(text))
    if not found:
        raise Refusal("person.unknown")
    if len(found) > 1:
        raise Refusal("person.several", number=len(found))
    return found[0]


SHARED = 12
"""How many persons may share one phone or address: each sign-in tries the password against every one of them."""


def signing_in(login: str) -> list[Person]:
    """Return the persons whom a login means, oldest first: E.164, a lower-case address or a registration code.

    A phone may be shared: the password decides among them.
    """
    found = Person.objects.filter(is_active=True, is_system=False).order_by("pk")
    if login.startswith("+"):
        return list(found.filter(phone=login)[:SHARED])
    if "@" in login:
        return list(found.filter(email=login)[:SHARED])
    return list(found.filter(handles__value=login)[:SHARED])


def room(login: str) -> None:
    """Return if one more person may have this phone or address.

    :raises Refusal: `contact.full`
    """
    if login and len(signing_in(login)) >= SHARED:
        raise Refusal("contact.full", limit=SHARED)


def opened_by(login: str, password: str) -> list[Person]:
    """Return the persons of a login whom this password lets in: several where a family shares phone and password.

    A login that nobody has costs the same as a wrong password.
    """
    candidates = signing_in(login)
    if not candidates:
        make_password(password)
    return [person for person in candidates if person.check_password(password)]


def schools(*, province: str = "", regency: str = "", text: str = "", limit: int = 50) -> QuerySet[Organisation]:
    """Return schools by place and by words in their name or their NPSN."""
    found = Organisation.objects.filter(kind="school")
    if province:
        found = found.filter(province=province)
    if regency:
        found = found.filter(regency=regency)
    for word in text.split():
        found = found.filter(Q(name__icontains=word) | Q(npsn=word))
    return found.order_by("name", "npsn")[:limit]


def school(npsn: str) -> Organisation:
    """Return a school by NPSN."""
    return Organisation.objects.get(kind="school", npsn=npsn)


def provinces() -> list[str]:
    """Return the provinces in which schools are known."""
    found = Organisation.objects.filter(kind="school").exclude(province="")
    return list(found.order_by("province").values_list("province", flat=True).distinct())


def regencies(province: str) -> list[str]:
    """Return the regencies of a province in which schools are known."""
    found = Organisation.objects.filter(kind="school", province=province)
    return list(found.order_by("regency").values_list("regency", flat=True).distinct())


def same_nik(person: Person) -> QuerySet[Person]:
    """Return other persons with the same NIK."""
    return Person.objects.filter(nik_index=person.nik_index).exclude(nik_index="").exclude(pk=person.pk)


def consents(person: Person, *, scope: str) -> dict[str, Consent]:
    """Return the consents in force, by purpose."""
    return {c.purpose: c for c in person.consents.filter(scope=scope, withdrawn_at=None)}


def history_of_consents(person: Person) -> list[Consent]:
    """Return every consent a person ever gave, newest first, the withdrawn too."""
    return list(person.consents.select_related("assisted_by").order_by("-given_at", "-pk"))


def guardian_of(secret: str) -> Person:
    """Return the person whose guardian holds this secret, or raise DoesNotExist."""
    return Person.objects.select_related("guardian").get(guardian__secret=digest(secret))


def guardian(person: Person) -> Guardian | None:
    """Return what is known of a guardian's agreement, or None when nobody was asked."""
    return Guardian.objects.filter(person=person).first()


class Account(NamedTuple):
    """What a person's account page shows."""

    grants: list[Grant]
    consents: list[Consent]
    guardian: Guardian | None


def account(person: Person, *, at: dt.datetime) -> Account:
    """Return a person's roles in force, every consent they ever gave, and their guardian's agreement."""
    return Account(grants_now(person, at=at), history_of_consents(person), guardian(person))


def grants_now(person: Person, *, at: dt.datetime) -> list[Grant]:
    """Return a person's grants in force on whatever programme, by programme and role."""
    found = person.grants.select_related("organisation").order_by("scope", "role", "pk")
    return [held for held in found if held.holds(scope=held.scope, at=at)]


def recoverable(code: str, *, person: Person, scope: str, at: dt.datetime) -> Person:
    """Return the person who has a registration code of a programme, for its officer who may mend lost access; or raise
    DoesNotExist: another programme's officers mend its people.

    :raises Refusal: `role.missing`
    """
    access.require(person, *MENDERS, scope=scope, at=at)
    return Person.objects.get(applications__code=code, applications__intake__programme__code=scope, is_active=True)


def holders(role: str, *, scope: str) -> QuerySet[Grant]:
    """Return the grants of a role on a programme, with their persons."""
    return (
        Grant.objects.filter(role=role, scope__in=("*", scope)).select_related("person", "organisation").order_by("pk")
    )


def recoveries_for(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Recovery]:
    """Return the recoveries under way on a programme, for an officer who may mend lost access.

    A school sees those of its own pupils and those that it opened itself: other schools' pupils are not named to it.

    :raises Refusal: `role.missing`
    """
    return recoveries(scope=scope, at=at).filter(_mended(person, scope=scope, at=at))


def _mended(person: Person, *, scope: str, at: dt.datetime) -> Q:
    """Return which recoveries an officer sees."""
    held = access.require(person, *MENDERS, scope=scope, at=at)
    if held & frozenset(MENDERS) != {Role.SCHOOL}:
        return Q()
    schools = access.organisations(person, Role.SCHOOL, scope=scope, at=at)
    pupils = Person.objects.filter(applications__school__in=schools, applications__intake__programme__code=scope)
    return Q(opened_by=person) | Q(person__in=pupils)


def recovery_scope(word: str) -> str:
    """Return the programme under which a one-time word was given, or an empty text: its time is the one that counts."""
    secret = vault.blind("recovery", codes.read(word) or "")
    found = Recovery.objects.filter(secret=secret).exclude(secret="").values_list("scope", flat=True)
    return found.first() or ""


def recoveries(*, scope: str, at: dt.datetime) -> QuerySet[Recovery]:
    """Return the open and approved recoveries of a programme, oldest first."""
    live = Recovery.objects.filter(scope=scope, state__in=("open", "approved"), lives_until__gte=at)
    return live.select_related("person", "opened_by").order_by("opened_at", "pk")


def recovery(ref: str, *, person: Person, scope: str, at: dt.datetime) -> Recovery:
    """Return a recovery that an officer sees, over or not, by reference, or raise DoesNotExist.

    :raises Refusal: `role.missing`
    """
    found = Recovery.objects.filter(_mended(person, scope=scope, at=at), scope=scope)
    return found.select_related("person", "opened_by").get(ref=ref)


def guardian_agreed(person: Person) -> bool:
    """Return whether a parent or guardian has agreed."""
    return Guardian.objects.filter(person=person).exclude(agreed_at=None).exists()


def recoveries_past(*, scope: str, at: dt.datetime) -> QuerySet[Recovery]:
    """Return a programme's recoveries whose 48 hours are over and that nobody closed yet."""
    past = Recovery.objects.filter(scope=scope, state__in=("open", "approved"), lives_until__lt=at)
    return past.select_related("person").order_by("pk")


def recoveries_unapproved(*, scope: str, at: dt.datetime) -> QuerySet[Recovery]:
    """Return a programme's recoveries of whose approval the second officer is to be reminded now."""
    found = Recovery.objects.filter(scope=scope, state="open", remind_at__lt=at, lives_until__gte=at)
    return found.select_related("person").order_by("pk")


def recovery_by_ref(ref: str) -> Recovery:
    """Return the recovery that a ledger subject names, for what no person asks for: messages."""
    return Recovery.objects.select_related("person", "opened_by").get(ref=ref)


def menders(recovery: Recovery, *, at: dt.datetime) -> list[Person]:
    """Return who is asked to approve a recovery as the second officer: coordinators and operators but for who opened it."""
    grants = [one for role in (Role.COORDINATOR, Role.OPERATOR) for one in holders(role.value, scope=recovery.scope)]
    held = {one.person.pk: one.person for one in grants if one.holds(scope=recovery.scope, at=at)}
    return [person for pk, person in held.items() if pk != recovery.opened_by_id and person.is_active]


def real_people() -> bool:
    """Return whether anybody here is not made up."""
    return Person.objects.filter(rehearsal=False, is_system=False).exists()


def demo_people() -> list[Person]:
    """Return the made-up persons a visitor may become: everybody with a role, and the first candidates by name."""
    made_up = Person.objects.filter(rehearsal=True).prefetch_related("grants__organisation")
    staff = list(made_up.filter(grants__isnull=False).distinct().order_by("pk"))
    return staff + list(made_up.filter(applications__state="accepted").order_by("pk")[:3])


def demo_candidate() -> Person | None:
    """Return a made-up candidate who was selected and accepted, if the rehearsal has one."""
    return Person.objects.filter(rehearsal=True, applications__state="accepted").order_by("pk").first()


def demo_person(ref: str) -> Person:
    """Return a made-up person by reference, or raise DoesNotExist: nobody real is ever signed in without a password."""
    return Person.objects.get(ref=ref, rehearsal=True, is_active=True, is_system=False)


# --- where messages reach a person ---------------------------------------------------------------------------------------
class Route(NamedTuple):
    """One way to reach a person: a channel and the address there."""

    channel: str
    address: str


def index(channel: str, address: str) -> str:
    """Return the keyed digest that all contacts with one address share."""
    return vault.blind("contact", f"{channel}:{address}")


def contacts_of(person: Person) -> list[Contact]:
    """Return a person's contacts, the preferred first, each with its `shown` address."""
    found = list(person.contacts.order_by("order", "pk"))
    for contact in found:
        contact.shown = vault.unseal_text(person, "contact", contact.address)
    return found


def contact(ref: str, *, person: Person) -> Contact:
    """Return a person's own contact with its `shown` address, or raise DoesNotExist."""
    found = Contact.objects.get(ref=ref, person=person)
    found.shown = vault.unseal_text(person, "contact", found.address)
    return found


def routes_confirmed(person: Person) -> list[Contact]:
    """Return a person's confirmed contacts on channels that are set up, the preferred first."""
    found = person.contacts.exclude(confirmed_at=None).order_by("order", "pk")
    return [one for one in found if settings.CHANNELS.get(one.channel)]


def routes(person: Person) -> list[Route]:
    """Return the ways to reach a person in the order in which they are tried.

    Who has confirmed none is told by the e-mail they sign in with, else by their phone on the first channel set up.
    """
    confirmed = routes_confirmed(person)
    if confirmed:
        return [route(one) for one in confirmed]
    if person.email:
        return [Route("email", person.email)] if settings.CHANNELS.get("email") else []
    usable = [channel for channel in ("whatsapp", "sms") if settings.CHANNELS.get(channel)]
    return [Route(channel, person.phone) for channel in usable] if person.phone else []


def route(contact: Contact) -> Route:
    """Return a contact as a way to reach its person."""
    return Route(contact.channel, vault.unseal_text(contact.person, "contact", contact.address))


def code(ref: str) -> Code | None:
    """Return a one-time code that can still be handed over, with its contact and person; None when it is over or gone."""
    return Code.objects.select_related("contact", "person").filter(ref=ref, used_at=None).exclude(sealed=None).first()


def digits(code: Code) -> str:
    """Return a code's digits while they are sealed, for whoever hands them over; empty afterwards."""
    return vault.unseal_text(code.person, "code", code.sealed)
