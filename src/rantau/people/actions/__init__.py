"""Everything that can be done to persons, their identity, roles, consents and access."""

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from rantau.engine import codes
from rantau.engine.canonical import digest
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.engine.reminding import soon
from rantau.ledger.actions import lock
from rantau.ledger.steps import take
from rantau.people import access, vault
from rantau.people.models import Consent, Grant, Guardian, Handle, Organisation, Person, Recovery
from rantau.people.queries import grants_now, recoveries, room, system

RECOVERY_LIVES = dt.timedelta(hours=48)
APART = {Role.HOST_MISSION: frozenset(Role) - {Role.HOST_MISSION, Role.OWNER, Role.SYSTEM}}
"""Roles that never come together: who acts for the host mission acts for nobody else, and so reaches nothing that protects
or tells of a person, in whatever room another role opens later."""

LOCKED = "!"
"""What stands where a password would: nothing that is typed ever matches it."""


@transaction.atomic
def register(
    *,
    at: dt.datetime,
    chance: Chance,
    phone: str = "",
    email: str = "",
    name: str = "",
    password: str = "",
    locale: str = "id",
    rehearsal: bool = False,
) -> Person:
    """Create a person with their own data key; without a password nobody can sign in as them yet.

    `phone` is E.164 or empty, `email` in lower case or empty (see `contacts`).

    :raises Refusal: `contact.full` when as many persons as can sign in by one contact have it already
    """
    room(phone)
    room(email)
    person = Person(ref=codes.reference(chance), phone=phone, email=email, name=name, locale=locale, joined_at=at)
    person.rehearsal = rehearsal
    person.password = make_password(password) if password else LOCKED
    person.save()
    vault.new_key(person, chance=chance)
    return person


@transaction.atomic
def ensure_system(*, at: dt.datetime, chance: Chance) -> Person:
    """Return the system person, made on first use."""
    if not Person.objects.filter(is_system=True).exists():
        Person.objects.create(ref=codes.reference(chance), name="Rantau", password=LOCKED, is_system=True, joined_at=at)
    return system()


@transaction.atomic
def keep_identity(
    *,
    person: Person,
    chance: Chance,
    name: str | None = None,
    nik: str | None = None,
    nisn: str | None = None,
    birth_on: dt.date | None = None,
) -> Person:
    """Keep what is given of a person's identity, sealed; what is None stays as it is.

    Nothing of a person under 18 comes here before a guardian agreed: whoever asks for a birth date sees to that.
    """
    if name is not None:
        person.name = name
    if nik is not None:
        person.nik, person.nik_index = vault.seal_text(person, "nik", nik, chance=chance), vault.blind("nik", nik)
    if nisn is not None:
        person.nisn, person.nisn_index = vault.seal_text(person, "nisn", nisn, chance=chance), vault.blind("nisn", nisn)
    if birth_on is not None:
        person.birth_on = vault.seal_text(person, "birth_on", birth_on.isoformat(), chance=chance)
    person.save(update_fields=["name", "nik", "nik_index", "nisn", "nisn_index", "birth_on"])
    return person


def set_password(*, person: Person, password: str) -> Person:
    """Set a person's password."""
    person.set_password(password)
    person.save(update_fields=["password"])
    return person


def add_handle(*, person: Person, value: str) -> Handle:
    """Let a person sign in by a code as well; the same code again changes nothing.

    :raises Refusal: `handle.taken` when it is another person's
    """
    handle, _ = Handle.objects.get_or_create(value=value, defaults={"person": person})
    if handle.person_id != person.pk:
        raise Refusal("handle.taken")
    return handle


@transaction.atomic
def grant(
    *,
    to: Person,
    role: Role,
    scope: str,
    at: dt.datetime,
    person: Person,
    organisation: Organisation | None = None,
    from_at: dt.datetime | None = None,
    until_at: dt.datetime | None = None,
) -> Grant:
    """Give a role on a programme (its code) or on all (`*`), from now on or from a later instant.

    :raises Refusal: `grant.apart` for a role that must not come together with one the person holds
    """
    apart(to, role, scope=scope, at=at)
    begins = max(at, from_at) if from_at else at
    return Grant.objects.create(
        person=to,
        role=role,
        scope=scope,
        organisation=organisation,
        from_at=begins,
        until_at=until_at,
        given_by=person.ref,
    )


def apart(to: Person, role: Role, *, scope: str, at: dt.datetime) -> None:
    """Return if a person may hold a role beside those they hold, now or later, where the scopes meet.

    :raises Refusal: `grant.apart` with the roles in the way
    """
    grants = Grant.objects.filter(person=to).exclude(until_at__lte=at)
    held = {Role(one.role) for one in grants if scope in ("*", one.scope) or one.scope == "*"}
    barred = APART.get(role, frozenset()) | {one for one, others in APART.items() if role in others}
    if held & barred:
        raise Refusal("grant.apart", roles=sorted(one.value for one in held & barred))


@transaction.atomic
def revoke(*, of: Person, role: Role, scope: str, at: dt.datetime) -> int:
    """End a person's role on a programme at once; return how many grants ended."""
    held = Grant.objects.filter(person=of, role=role, scope=scope).filter(Q(until_at=None) | Q(until_at__gt=at))
    return held.update(until_at=at)


@transaction.atomic
def consent(
    *, person: Person, purposes: dict[str, str], scope: str, at: dt.datetime, assisted_by: Person | None = None
) -> list[Consent]:
    """Record consents, each with the digest of its wording; one already in force for the same purpose is kept."""
    return [
        Consent.objects.get_or_create(
            person=person,
            purpose=purpose,
            scope=scope,
            withdrawn_at=None,
            defaults={"text": text, "given_at": at, "assisted_by": assisted_by},
        )[0]
        for purpose, text in purposes.items()
    ]


@transaction.atomic
def withdraw_consent(*, person: Person, purpose: str, scope: str, at: dt.datetime) -> Consent:
    """Withdraw a consent; that it was given stays on record.

    :raises Refusal: `consent.none` when none is in force
    """
    given = Consent.objects.select_for_update().filter(person=person, purpose=purpose, scope=scope, withdrawn_at=None)
    consent = given.first()
    if consent is None:
        raise Refusal("consent.none")
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    return consent


@transaction.atomic
def ask_guardian(*, person: Person, at: dt.datetime, chance: Chance) -> str:
    """Ask for a guardian's agreement and return the secret of the link; asking again replaces it."""
    secret = codes.reference(chance)
    Guardian.objects.update_or_create(
        person=person,
        defaults={"secret": digest(secret), "asked_at": at, "agreed_at": None, "name": None, "relation": ""},
    )
    person.is_minor = True
    person.save(update_fields=["is_minor"])
    return secret


@transaction.atomic
def guardian_agrees(*, person: Person, name: str, relation: str, at: dt.datetime, chance: Chance) -> Guardian:
    """Record the guardian's agreement, the name sealed with the young person's key.

    :raises Refusal: `guardian.agreed` if it was given before
    """
    guardian = Guardian.objects.select_for_update().get(person=person)
    if guardian.agreed_at:
        raise Refusal("guardian.agreed")
    guardian.name = vault.seal_text(person, "guardian", name, chance=chance)
    guardian.relation, guardian.agreed_at = relation, at
    guardian.save()
    return guardian


@transaction.atomic
def open_recovery(*, of: Person, scope: str, chain: str, person: Person, at: dt.datetime, chance: Chance) -> Recovery:
    """Start mending lost access: a first officer has seen the person and their card.

    Only those without a role are mended this way: two officers must not be able to become a third.

    :raises Refusal: `step.role`, `recovery.self`, `recovery.staff`, `recovery.open` when one is under way
    """
    lock(chain)
    if of.pk == person.pk:
        raise Refusal("recovery.self")
    if of.is_system or grants_now(of, at=at):
        raise Refusal("recovery.staff")
    if recoveries(scope=scope, at=at).filter(person=of).exists():
        raise Refusal("recovery.open")
    recovery = Recovery.objects.create(
        ref=codes.reference(chance),
        person=of,
        scope=scope,
        chain=chain,
        opened_at=at,
        opened_by=person,
        lives_until=at + RECOVERY_LIVES,
        remind_at=soon(at, at + RECOVERY_LIVES),
    )
    take(recovery, "open", actor=person.ref, roles=access.roles(person, scope=scope, at=at), at=at)
    return recovery


@transaction.atomic
def approve_recovery(*, recovery: Recovery, person: Person, at: dt.datetime, chance: Chance) -> str:
    """Approve as the second officer and return the one-time word that the person types to set a new password.

    :raises Refusal: `recovery.staff` for somebody who was given a role since, `step.role`, `step.same_person`, `step.late`
    """
    roles = access.roles(person, scope=recovery.scope, at=at)
    take(recovery, "approve", actor=person.ref, roles=roles, at=at, barred=frozenset({recovery.person.ref}))
    if grants_now(recovery.person, at=at):
        raise Refusal("recovery.staff")
    word = codes.draw("P", chance)
    recovery.secret = vault.blind("recovery", word)
    recovery.save(update_fields=["secret"])
    return word


@transaction.atomic
def use_recovery(*, word: str, password: str, at: dt.datetime) -> Person:
    """Set a new password by the one-time word; every session opened with the old one ends.

    The entry names the person as actor: whoever holds the word acts as them.

    :raises Refusal: `recovery.unknown`, `step.late`
    """
    secret = vault.blind("recovery", codes.read(word) or "")
    recovery = Recovery.objects.select_related("person").filter(secret=secret, state="approved").exclude(secret="")
    found = recovery.first()
    if found is None:
        raise Refusal("recovery.unknown")
    take(found, "use", actor=found.person.ref, roles=frozenset({Role.SYSTEM}), at=at)
    return set_password(person=found.person, password=password)


@transaction.atomic
def lapse_recovery(*, recovery: Recovery, person: Person, at: dt.datetime) -> Recovery:
    """Close a recovery that nobody approved or used in time.

    :raises Refusal: `step.role`, `step.state`, `step.early`
    """
    take(recovery, "lapse", actor=person.ref, roles=access.roles(person, scope=recovery.scope, at=at), at=at)
    return recovery


@transaction.atomic
def remind_recovery(*, recovery: Recovery, person: Person, at: dt.datetime) -> Recovery:
    """Remind the second officer of a recovery that nobody has approved yet, once.

    :raises Refusal: `step.role`, `step.state`, `step.early`
    """
    take(recovery, "remind", actor=person.ref, roles=access.roles(person, scope=recovery.scope, at=at), at=at)
    recovery.remind_at = None
    recovery.save(update_fields=["remind_at"])
    return recovery


@transaction.atomic
def load_schools(*, rows: list[dict[str, str]]) -> tuple[int, int]:
    """Create or correct schools from clean rows (npsn, name, ownership, province, regency, district).

    Idempotent; returns (created, changed).
    """
    columns = ("name", "ownership", "province", "regency", "district")
    known = {o.npsn: o for o in Organisation.objects.filter(kind="school")}
    fresh, changed = [], []
    for row in rows:
        school = known.get(row["npsn"])
        if school is None:
            fresh.append(Organisation(code=f"npsn-{row['npsn']}", kind="school", **row))
        elif any(getattr(school, c) != row[c] for c in columns):
            for c in columns:
                setattr(school, c, row[c])
            changed.append(school)
    Organisation.objects.bulk_create(fresh, batch_size=500)
    Organisation.objects.bulk_update(changed, columns, batch_size=500)
    return len(fresh), len(changed)


def keep_organisation(*, code: str, kind: str, name: str, province: str = "", regency: str = "") -> Organisation:
    """Create or correct an office, provider or employer."""
    columns = {"kind": kind, "name": name, "province": province, "regency": regency}
    return Organisation.objects.update_or_create(code=code, defaults=columns)[0]


def lend_password(*, persons: list[Person], password: str) -> None:
    """Give one password to several made-up persons of a rehearsal: hashed once, because a hash takes a third of a second.

    :raises Refusal: `person.real` for anybody who is not made up
    """
    if any(not person.rehearsal for person in persons):
        raise Refusal("person.real")
    Person.objects.filter(pk__in=[person.pk for person in persons]).update(password=make_password(password))


@transaction.atomic
def forget(*, person: Person) -> None:
    """Destroy a person who never took part: their key, contact and row.

    :raises Refusal: `person.takes_part` when an application or grant is theirs
    """
    if person.applications.exists() or person.grants.exists():
        raise Refusal("person.takes_part")
    person.delete()
