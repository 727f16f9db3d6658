"""What schools and the pupils they invite do: invite within the quota, accept, decline, cancel, lapse."""

import datetime as dt

from django.db import transaction

from rantau.applications import queries
from rantau.applications.models import Application, Nomination
from rantau.engine import codes, identity
from rantau.engine.canonical import digest
from rantau.engine.chance import Chance, below
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.engine.reminding import soon
from rantau.ledger.steps import take, take_all
from rantau.people import access as people_access
from rantau.people import actions as people
from rantau.people import queries as people_queries
from rantau.people import vault
from rantau.people.models import Organisation, Person
from rantau.programmes.models import Intake, Programme
from rantau.programmes.queries import deadline, terms
from rantau.programmes.queries import intake as newest_intake

from .registration import start

DAYS = 7
"""How long an invitation lives where the programme does not say."""

UNSENT = ("draft", "guardian")
"""States of a registration whose answers are still their person's to write."""


@transaction.atomic
def invite(
    *,
    intake: Intake,
    school: Organisation,
    person: Person,
    name: str,
    nisn: str,
    contact: str,
    at: dt.datetime,
    chance: Chance,
) -> tuple[Nomination, str]:
    """Invite one pupil within the school's quota; return the nomination and the secret of the invitation's link.

    `contact` is an E.164 number or an e-mail address. Nothing else is known of the pupil until they accept.

    :raises Refusal: `intake.closed`, `nomination.quota`, `nomination.exists`, `identity.form`, `nomination.school`, `step.role`
    """
    if intake.state != "open" or not intake.opens_at <= at <= intake.closes_at:
        raise Refusal("intake.closed", opens=intake.opens_at, closes=intake.closes_at)
    schools = people_access.organisations(person, Role.SCHOOL, scope=intake.programme.code, at=at)
    if school not in schools:
        raise Refusal("nomination.school")
    if queries.quota_left(intake, school) < 1:
        raise Refusal("nomination.quota", quota=terms(intake.version).nomination.school_quota.value or 0)
    if any(f.severity == "error" for f in identity.nisn(nisn, birth_on=None)):
        raise Refusal("identity.form", number="nisn")
    known = Nomination.objects.filter(intake=intake, person__nisn_index=vault.blind("nisn", nisn))
    if known.filter(state__in=("invited", "accepted")).exists():
        raise Refusal("nomination.exists")
    reached = {"email": contact} if "@" in contact else {"phone": contact}
    pupil = people.register(at=at, chance=chance, name=name, rehearsal=intake.programme.rehearsal, **reached)
    people.keep_identity(person=pupil, chance=chance, nisn=nisn)
    secret, lives = codes.reference(chance), deadline(at, terms(intake.version).nomination.days.value or DAYS)
    nomination = Nomination.objects.create(
        ref=codes.reference(chance),
        intake=intake,
        school=school,
        person=pupil,
        secret=digest(secret),
        invited_by=person,
        invited_at=at,
        lives_until=lives,
        remind_at=soon(at, lives),
    )
    roles = people_access.roles(person, scope=intake.programme.code, at=at)
    take(nomination, "invite", actor=person.ref, roles=roles, at=at, school=school.npsn)
    return nomination, secret


@transaction.atomic
def invite_visitor(*, programme: Programme, at: dt.datetime, chance: Chance) -> str:
    """Let a made-up school with quota left invite whoever visits a rehearsal; return the secret of the link.

    :raises Refusal: `clock.real` for a real programme, `nomination.quota` when every school's quota is used
    """
    intake = newest_intake(programme)
    if not programme.rehearsal or intake is None:
        raise Refusal("clock.real")
    for grant in people_queries.holders(Role.SCHOOL, scope=programme.code):
        if grant.organisation is not None and queries.quota_left(intake, grant.organisation):
            _, secret = invite(
                intake=intake,
                school=grant.organisation,
                person=grant.person,
                name="Pengunjung Peragaan",
                nisn=f"00000{below(100_000, chance):05d}",
                contact=f"pengunjung-{codes.reference(chance).lower()}@peragaan.invalid",
                at=at,
                chance=chance,
            )
            return secret
    raise Refusal("nomination.quota", quota=0)


@transaction.atomic
def accept(
    *, nomination: Nomination, at: dt.datetime, chance: Chance, password: str = "", person: Person | None = None
) -> Application:
    """Accept an invitation, with a new password or as somebody already signed in; the registration starts with the school set.

    What somebody has sent already stays as it was sent: neither its school nor their number is written over.

    :raises Refusal: `step.state`, `step.late`, `nomination.password`, `nomination.staff`, as `registration.start`
    """
    pupil = nomination.person
    if pupil is None:
        raise Refusal("step.state", flow="nomination", step="accept", state=nomination.state)
    if person is None and not password:
        raise Refusal("nomination.password")
    owner = person or pupil
    if people_access.roles(owner, scope=nomination.intake.programme.code, at=at):
        raise Refusal("nomination.staff")
    take(nomination, "accept", actor=owner.ref, roles=frozenset({Role.OWNER}), at=at)
    if person is not None and person.pk != pupil.pk:
        kept = people_queries.identity(pupil)
        nomination.person = person
        nomination.save(update_fields=["person"])
        if not person.applications.exclude(state__in=UNSENT).exists():
            people.keep_identity(person=person, chance=chance, nisn=kept.nisn)
        people.forget(person=pupil)
    else:
        people.set_password(person=pupil, password=password)
    _spend(nomination)
    existing = Application.objects.filter(intake=nomination.intake, person=owner).first()
    if existing:
        if existing.state in UNSENT:
            existing.school = nomination.school
            existing.save(update_fields=["school"])
        return existing
    return start(intake=nomination.intake, person=owner, at=at, chance=chance)


@transaction.atomic
def decline(*, nomination: Nomination, at: dt.datetime) -> Nomination:
    """Decline an invitation; what the school wrote about the pupil is destroyed at once.

    :raises Refusal: `step.state`, `step.late`
    """
    pupil = nomination.person
    actor = pupil.ref if pupil else people_queries.system().ref
    take(nomination, "decline", actor=actor, roles=frozenset({Role.OWNER}), at=at)
    return _destroy(nomination)


@transaction.atomic
def cancel(*, nomination: Nomination, person: Person, at: dt.datetime) -> Nomination:
    """Take an unanswered invitation back; its personal data is destroyed.

    :raises Refusal: `nomination.school` for another school's, `step.role`, `step.state`
    """
    scope = nomination.intake.programme.code
    if nomination.school not in people_access.organisations(person, Role.SCHOOL, scope=scope, at=at):
        raise Refusal("nomination.school")
    roles = people_access.roles(person, scope=scope, at=at)
    take(nomination, "cancel", actor=person.ref, roles=roles, at=at)
    return _destroy(nomination)


@transaction.atomic
def due(*, intake: Intake, at: dt.datetime) -> int:
    """Remind of invitations; let those that nobody answered lapse and destroy their personal data. Idempotent."""
    actor, roles = people_queries.system().ref, frozenset({Role.SYSTEM})
    waiting = Nomination.objects.filter(intake=intake, state="invited").order_by("pk")
    asked = list(waiting.filter(remind_at__lt=at, lives_until__gte=at))
    take_all([(one, "remind", {}) for one in asked], actor=actor, roles=roles, at=at)
    Nomination.objects.filter(pk__in=[one.pk for one in asked]).update(remind_at=None)
    late = list(waiting.filter(lives_until__lt=at))
    for nomination in late:
        take(nomination, "lapse", actor=actor, roles=roles, at=at)
        _destroy(nomination)
    return len(asked) + len(late)


def _destroy(nomination: Nomination) -> Nomination:
    pupil, nomination.person = nomination.person, None
    nomination.save(update_fields=["person"])
    _spend(nomination)
    if pupil is not None:
        people.forget(person=pupil)
    return nomination


def _spend(nomination: Nomination) -> None:
    nomination.secret = ""
    nomination.save(update_fields=["secret"])
