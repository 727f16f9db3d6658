"""What a candidate, or an officer beside them, does: start, keep answers, submit, attach, file, withdraw."""

import datetime as dt
from typing import Any

from django.db import transaction

from rantau.applications import access, queries
from rantau.applications.models import Application, Attachment, SchoolClaim
from rantau.documents import actions as documents
from rantau.documents.models import File
from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.engine.eligibility import is_minor
from rantau.engine.flow import Role
from rantau.engine.flows import STAFF
from rantau.engine.reasons import PURPOSES, REQUIRED_DOCUMENTS
from rantau.engine.refusal import Refusal
from rantau.ledger.steps import take
from rantau.people import access as people_access
from rantau.people import actions as people
from rantau.people import queries as people_queries
from rantau.people.models import Person
from rantau.programmes.models import Intake
from rantau.programmes.queries import day, terms

IDENTITY = ("name", "nik", "nisn", "birth_on")
ANSWERS = ("graduated", "major", "average", "province", "regency", "wishes")


@transaction.atomic
def start(
    *, intake: Intake, person: Person, at: dt.datetime, chance: Chance, owner: Person | None = None
) -> Application:
    """Start a registration for oneself, or as an officer for `owner`, who is present.

    :raises Refusal: `intake.closed`, `application.exists`, `role.missing`, `nomination.required`
    """
    owner = owner or person
    if intake.state != "open" or not intake.opens_at <= at <= intake.closes_at:
        raise Refusal("intake.closed", opens=intake.opens_at, closes=intake.closes_at)
    if owner.pk != person.pk:
        people_access.require(person, *map(Role, STAFF.split()), scope=intake.programme.code, at=at)
    if Application.objects.filter(intake=intake, person=owner).exists():
        raise Refusal("application.exists")
    nominated = owner.nominations.filter(intake=intake, state="accepted").select_related("school").first()
    if terms(intake.version).nomination.required.value and nominated is None:
        raise Refusal("nomination.required")
    application = Application.objects.create(
        ref=codes.reference(chance),
        code=codes.draw("A", chance),
        intake=intake,
        person=owner,
        created_at=at,
        assisted_by=person if owner.pk != person.pk else None,
        school=nominated.school if nominated else None,
    )
    people.add_handle(person=owner, value=application.code)
    return application


@transaction.atomic
def start_for(*, intake: Intake, person: Person, name: str, phone: str, at: dt.datetime, chance: Chance) -> Application:
    """Start a registration for somebody present who has no account; they set a password later, by two officers.

    :raises Refusal: as `start`
    """
    people_access.require(person, *map(Role, STAFF.split()), scope=intake.programme.code, at=at)
    owner = people.register(at=at, chance=chance, name=name, phone=phone, rehearsal=intake.programme.rehearsal)
    return start(intake=intake, person=person, owner=owner, at=at, chance=chance)


def _hands(application: Application, person: Person, at: dt.datetime) -> frozenset[Role]:
    """Return the roles a person writes with; an officer keeps theirs where they fill in, though they may not judge it."""
    roles = access.roles(person, application, at=at)
    if application.assisted_by_id == person.pk:
        held = people_access.roles(person, scope=application.intake.programme.code, at=at)
        roles |= held & frozenset(map(Role, STAFF.split()))
    return roles


def _writable(application: Application, person: Person, at: dt.datetime) -> frozenset[Role]:
    roles = _hands(application, person, at)
    if not roles & {Role.OWNER, *map(Role, STAFF.split())}:
        raise Refusal("role.missing", roles=[Role.OWNER.value])
    if Role.OWNER not in roles and application.assisted_by_id != person.pk:
        raise Refusal("application.not_assisted")
    until = application.file_by if application.state == "returned" else application.intake.closes_at
    if until and at > until:
        raise Refusal("step.late", until=until)
    return roles


@transaction.atomic
def keep(*, application: Application, person: Person, at: dt.datetime, chance: Chance, **answers: Any) -> Application:
    """Keep one page's answers as a draft: any of name, nik, nisn, birth_on, school (Organisation), graduated, major,
    average, province, regency, wishes.

    A birth date under 18 without a guardian's agreement is not kept, nor anything else: the registration then waits in
    the state `guardian` and the contact alone stays. A file that came back (`returned`) can be corrected too, except wishes.

    :raises Refusal: `step.state` outside a draft or a returned file, `step.late`, `application.not_assisted`, `wishes.invalid`
    """
    roles = _writable(application, person, at)
    if application.state not in ("draft", "returned") or (application.state == "returned" and "wishes" in answers):
        raise Refusal("step.state", flow="application", step="keep", state=application.state)
    owner = application.person
    born = answers.get("birth_on") or people_queries.identity(owner).birth_on
    minor = application.state == "draft" and born is not None and is_minor(born, day(at))
    if minor and not people_queries.guardian_agreed(owner):
        people.ask_guardian(person=owner, at=at, chance=chance)
        take(application, "ask_guardian", actor=person.ref, roles=roles, at=at)
        return application
    kept = {key: answers[key] for key in IDENTITY if key in answers}
    if kept:
        people.keep_identity(person=owner, chance=chance, **kept)
    _check_wishes(application, answers.get("wishes"))
    for key in ANSWERS:
        if key in answers:
            setattr(application, key, answers[key])
    if answers.get("school") is not None:
        application.school = answers["school"]
        SchoolClaim.objects.filter(application=application).delete()
    application.save()
    return application


def _check_wishes(application: Application, wishes: list[str] | None) -> None:
    if wishes is None:
        return
    known = {field.code for field in terms(application.intake.version).fields}
    if not queries.asks_wishes(application.intake) or len(set(wishes)) != len(wishes) or not set(wishes) <= known:
        raise Refusal("wishes.invalid", known=sorted(known))


@transaction.atomic
def claim_school(
    *, application: Application, person: Person, name: str, place: str, npsn: str, at: dt.datetime, chance: Chance
) -> SchoolClaim:
    """Say that one's school is not in the list; a coordinator reviews it while the registration goes on.

    :raises Refusal: as `keep`
    """
    roles = _writable(application, person, at)
    if application.state != "draft":
        raise Refusal("step.state", flow="application", step="keep", state=application.state)
    SchoolClaim.objects.filter(application=application).delete()
    application.school = None
    application.save(update_fields=["school"])
    claim = SchoolClaim.objects.create(
        ref=codes.reference(chance), application=application, name=name, place=place, npsn=npsn, asked_at=at
    )
    take(claim, "ask", actor=person.ref, roles=roles, at=at)
    return claim


@transaction.atomic
def guardian_link(*, application: Application, person: Person, at: dt.datetime, chance: Chance) -> str:
    """Return a fresh secret for the guardian's link; an older one stops working.

    :raises Refusal: `role.missing`, `step.state` when no guardian is waited for
    """
    _writable(application, person, at)
    if application.state != "guardian":
        raise Refusal("step.state", flow="application", step="guardian_link", state=application.state)
    return people.ask_guardian(person=application.person, at=at, chance=chance)


@transaction.atomic
def guardian_agrees(*, secret: str, name: str, relation: str, at: dt.datetime, chance: Chance) -> Person:
    """Record a guardian's agreement by their link; every registration that waited for it is a draft again.

    :raises Refusal: `guardian.agreed`, `step.late`
    """
    person = people_queries.guardian_of(secret)
    people.guardian_agrees(person=person, name=name, relation=relation, at=at, chance=chance)
    actor, roles = people_queries.system().ref, frozenset({Role.SYSTEM})
    for application in Application.objects.filter(person=person, state="guardian").select_related("intake"):
        take(application, "guardian_agree", actor=actor, roles=roles, at=at)
    return person


@transaction.atomic
def submit(*, application: Application, person: Person, consents: dict[str, str], at: dt.datetime) -> Application:
    """Submit: every page answered, consents given (purpose → digest of its wording); findings are frozen with it.

    A finding never refuses by itself: an officer looks at it.

    :raises Refusal: `application.incomplete`, `consent.missing`, `identity.form` for a NIK that cannot be one, `step.*`
    """
    roles = _hands(application, person, at)
    missing = [task for task, done in queries.tasks(application).items() if not done]
    if missing:
        raise Refusal("application.incomplete", missing=missing)
    lacking = [purpose for purpose, needed in PURPOSES.items() if needed and purpose not in consents]
    if lacking:
        raise Refusal("consent.missing", purposes=lacking)
    found = queries.findings(application, at=at)
    wrong = [f for f in found if f.severity == "error" and f.code.startswith(("nik.", "nisn."))]
    if wrong:
        raise Refusal("identity.form", number=wrong[0].code.split(".")[0])
    assisted = application.assisted_by if application.assisted_by_id == person.pk else None
    take(application, "submit", actor=person.ref, roles=roles, at=at, assisted=bool(assisted))
    people.consent(
        person=application.person,
        purposes=consents,
        scope=application.intake.programme.code,
        at=at,
        assisted_by=assisted,
    )
    application.findings = [f.plain() for f in found]
    application.submitted_at = at
    application.save(update_fields=["findings", "submitted_at"])
    return application


@transaction.atomic
def withdraw(*, application: Application, person: Person, at: dt.datetime) -> Application:
    """Withdraw at any time before the journey ends.

    :raises Refusal: `step.role`, `step.state`
    """
    take(application, "withdraw", actor=person.ref, roles=access.roles(person, application, at=at), at=at)
    return application


def attach(
    *,
    application: Application,
    person: Person,
    kind: str,
    at: dt.datetime,
    chance: Chance,
    data: bytes = b"",
    prepared: File | None = None,
) -> Attachment:
    """Attach a document that was asked for; it replaces the one of its kind. `prepared` is a file stored before.

    :raises Refusal: `document.unasked` outside the time for documents, `step.late`, `file.*` for what cannot be read
    """
    roles = _hands(application, person, at)
    if kind not in REQUIRED_DOCUMENTS or application.state not in ("called", "returned"):
        raise Refusal("document.unasked", kind=kind)
    if not roles & {Role.OWNER, *map(Role, STAFF.split())}:
        raise Refusal("role.missing", roles=[Role.OWNER.value])
    if application.file_by and at > application.file_by:
        raise Refusal("step.late", until=application.file_by)
    stored = prepared or documents.store(owner=application.person, data=data, at=at, chance=chance)
    with transaction.atomic():
        application.attachments.filter(kind=kind, replaced_at=None).update(replaced_at=at)
        return Attachment.objects.create(application=application, kind=kind, file=stored, attached_at=at)


@transaction.atomic
def file(*, application: Application, person: Person, at: dt.datetime) -> Application:
    """Hand in the documents for verification; one in quarantine is as good as none.

    :raises Refusal: `document.missing`, `step.*`
    """
    current = queries.documents(application)
    missing = [kind for kind, there in current.items() if there is None or there.file.scan == "infected"]
    if missing:
        raise Refusal("document.missing", missing=missing)
    take(application, "file", actor=person.ref, roles=_hands(application, person, at), at=at)
    application.filed_at, application.claimed_by, application.claimed_at = at, None, None
    application.save(update_fields=["filed_at", "claimed_by", "claimed_at"])
    return application
