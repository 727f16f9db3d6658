"""Reading people: identities unsealed for those who may, schools by place, who signs in as whom."""

import datetime as dt

from django.db.models import Q, QuerySet

from rantau.engine.canonical import Frozen, digest

from . import vault
from .models import Consent, Grant, Guardian, Handle, Organisation, Person, Recovery


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


def signing_in(typed: str, *, limit: int = 12) -> list[Person]:
    """Return the persons whom a typed phone number, e-mail address or registration code may mean.

    A phone may be shared: the password decides among them. `typed` is E.164, an address or a code.
    """
    found = Person.objects.filter(is_active=True, is_system=False)
    if typed.startswith("+"):
        return list(found.filter(phone=typed).order_by("pk")[:limit])
    if "@" in typed:
        return list(found.filter(email__iexact=typed).order_by("pk")[:limit])
    return list(found.filter(pk__in=Handle.objects.filter(value=typed).values("person"))[:limit])


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


def guardian_of(secret: str) -> Person:
    """Return the person whose guardian holds this secret, or raise DoesNotExist."""
    return Person.objects.get(guardian__secret=digest(secret))


def holders(role: str, *, scope: str) -> QuerySet[Grant]:
    """Return the grants of a role on a programme, with their persons."""
    return (
        Grant.objects.filter(role=role, scope__in=("*", scope)).select_related("person", "organisation").order_by("pk")
    )


def recoveries(*, scope: str, at: dt.datetime) -> QuerySet[Recovery]:
    """Return the open and approved recoveries of a programme, oldest first."""
    live = Recovery.objects.filter(scope=scope, state__in=("open", "approved"), lives_until__gte=at)
    return live.select_related("person", "opened_by").order_by("opened_at")


def guardian_agreed(person: Person) -> bool:
    """Return whether a parent or guardian has agreed."""
    return Guardian.objects.filter(person=person).exclude(agreed_at=None).exists()
