"""Reading applications: tasks, findings, timelines, queues, the call, the funnel's first half."""

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import Avg, Q, QuerySet

from rantau.coordination.queries import nominator_declared
from rantau.engine import eligibility, identity
from rantau.engine import programme as engine
from rantau.engine.canonical import digest
from rantau.engine.flows import APPLICATION
from rantau.engine.reasons import REQUIRED_DOCUMENTS
from rantau.engine.scoring import call
from rantau.ledger import queries as ledger
from rantau.people import queries as people
from rantau.people.models import Consent, Person
from rantau.programmes.models import Intake
from rantau.programmes.queries import day, now, terms

from . import access
from .models import Application, Attachment, Favour, Nomination, SchoolClaim

CLAIM_LASTS = dt.timedelta(minutes=30)
"""How long a verifier keeps a file before another may take it."""

SAMPLE = 10
"""One of so many verified files is checked by a second officer; which, follows from the file's reference."""

TASKS = ("birth", "name", "identity", "school", "study", "average", "home", "wishes")
"""The pages of a registration in order, one thing each; `wishes` only where a programme splits people over fields."""


def subject(application: Application) -> str:
    """Return the application's ledger subject."""
    return f"application:{application.ref}"


def asks_wishes(intake: Intake) -> bool:
    """Return whether the programme splits people over fields, and wishes are asked."""
    return terms(intake.version).fields_split.value is True


def by_ref(ref: str) -> Application:
    """Return the application that a ledger subject names, for what no person asks for: messages."""
    return Application.objects.select_related("intake__programme", "intake__version", "person").get(ref=ref)


def nomination_by_ref(ref: str) -> Nomination:
    """Return the nomination that a ledger subject names; its person is None once the invitation ended."""
    return Nomination.objects.select_related("intake__programme", "intake__version", "person").get(ref=ref)


def claim_by_ref(ref: str) -> SchoolClaim:
    """Return the unlisted school that a ledger subject names."""
    return SchoolClaim.objects.select_related("application__intake__programme", "application__person").get(ref=ref)


def nominators(nomination: Nomination, *, at: dt.datetime) -> list[Person]:
    """Return who acts for the school of an invitation: the link is theirs to pass on."""
    scope = nomination.intake.programme.code
    grants = people.holders("school", scope=scope).filter(organisation=nomination.school_id)
    found = {one.person_id: one.person for one in grants if one.holds(scope=scope, at=at)}
    return [person for person in found.values() if person.is_active]


def waiting_until(intake: Intake, until: dt.datetime) -> QuerySet[Application]:
    """Return the intake's applications of which something is asked, or to which something is open, until this instant."""
    asked = Q(state__in=("called", "returned"), file_by=until) | Q(state="offered", answer_by=until)
    asked |= Q(state="ineligible", objection_until=until, objection=None)
    asked |= Q(state__in=("draft", "guardian"), intake__closes_at=until)
    found = Application.objects.filter(asked, intake=intake)
    return found.select_related("intake__programme", "intake__version", "person").order_by("pk")


def invited_until(intake: Intake, until: dt.datetime) -> QuerySet[Nomination]:
    """Return the intake's invitations that wait for an answer until this instant."""
    found = Nomination.objects.filter(intake=intake, state="invited", lives_until=until)
    return found.select_related("intake__programme", "intake__version").order_by("pk")


def tasks(application: Application) -> dict[str, bool]:
    """Return the registration's pages in order, and whether each is done."""
    person = application.person
    done = {
        "birth": person.birth_on is not None,
        "name": bool(person.name),
        "identity": bool(person.nik_index),
        "school": application.school_id is not None or SchoolClaim.objects.filter(application=application).exists(),
        "study": bool(application.major and application.graduated),
        "average": application.average is not None,
        "home": bool(application.province and application.regency),
        "wishes": bool(application.wishes),
    }
    asked = TASKS if asks_wishes(application.intake) else TASKS[:-1]
    return {task: done[task] for task in asked}


def school_claim(application: Application) -> SchoolClaim | None:
    """Return the unlisted school that the person named, if they did."""
    return SchoolClaim.objects.filter(application=application).first()


def answers(application: Application) -> eligibility.Answers:
    """Return the answers that eligibility looks at."""
    return eligibility.Answers(
        birth_on=people.identity(application.person).birth_on,
        graduated=application.graduated,
        major=application.major or None,
        average=application.average,
    )


def requirements(intake: Intake) -> tuple[eligibility.Requirement, ...]:
    """Return the intake's requirements, published, assumed or unpublished."""
    return tuple(eligibility.Requirement.read(plain) for plain in engine.requirements(terms(intake.version)))


def findings(application: Application, *, at: dt.datetime) -> tuple[eligibility.Finding, ...]:
    """Return what the rules and the identity numbers' forms say about the answers, errors first."""
    kept = people.identity(application.person)
    found = list(eligibility.check(answers(application), requirements(application.intake), on=day(at)))
    if kept.nik:
        found += identity.nik(kept.nik, birth_on=kept.birth_on, female=None)
    if kept.nisn:
        found += identity.nisn(kept.nisn, birth_on=kept.birth_on)
    if application.school and application.school.npsn:
        found += identity.npsn(application.school.npsn)
    if same_person(application).exists():
        found.append(
            eligibility.Finding(
                code="identity.same_nik", severity="warning", rule="one_application", source="", facts={}
            )
        )
    order = {"error": 0, "warning": 1, "unknown": 2}
    return tuple(sorted(found, key=lambda finding: order[finding.severity]))


def interested_school(application: Application, *, at: dt.datetime) -> bool:
    """Return whether the nominator of a file's school declared that a relative takes part: the officer looks twice."""
    found = Nomination.objects.filter(intake=application.intake, person=application.person, state="accepted")
    scope = application.intake.programme.code
    nominations = found.select_related("invited_by")
    return any(nominator_declared(nomination.invited_by, scope=scope, at=at) for nomination in nominations)


def same_person(application: Application) -> QuerySet[Application]:
    """Return other submitted applications of the intake with the same NIK."""
    others = people.same_nik(application.person)
    return Application.objects.filter(intake=application.intake, person__in=others).exclude(
        state__in=("draft", "guardian")
    )


def documents(application: Application) -> dict[str, Attachment | None]:
    """Return the attachment in force for each required document, or None where it is missing."""
    current = {a.kind: a for a in application.attachments.filter(replaced_at=None).select_related("file__owner")}
    return {kind: current.get(kind) for kind in REQUIRED_DOCUMENTS}


def timeline(application: Application) -> list[dict[str, Any]]:
    """Return what happened, oldest first: {"step", "at", "facts"}; who did it is not the candidate's business."""
    return [{"step": e.action, "at": e.at, "facts": e.facts} for e in _steps(application)]


def _steps(application: Application) -> QuerySet[Any]:
    """Return the entries that moved the application: what is noted beside its state is neither told nor dated here."""
    moves = [step.name for step in APPLICATION.steps if not step.name.startswith("remind")]
    return ledger.history(subject(application)).filter(action__in=moves)


def public_state(code: str) -> dict[str, Any]:
    """Return what a receipt's code shows to anybody: state, since when, and the programme; nothing of the person.

    Raises DoesNotExist for an unknown code and for one that was never submitted.
    """
    found = Application.objects.select_related("intake__programme").exclude(submitted_at=None).get(code=code)
    last = _steps(found).last()
    return {"state": found.state, "since": last.at if last else found.submitted_at, "programme": found.intake.programme}


def assisted(person: Person, *, scope: str) -> QuerySet[Application]:
    """Return the applications an officer filled in for people who were present, newest first."""
    found = Application.objects.filter(assisted_by=person, intake__programme__code=scope).select_related(
        "person", "school"
    )
    return found.order_by("-created_at")


def invitation(secret: str) -> Nomination:
    """Return the invitation that a link's secret opens, or raise DoesNotExist."""
    found = Nomination.objects.select_related("person", "school", "intake__programme", "intake__version")
    return found.get(secret=digest(secret))


def time_of_guardian(person: Person, *, at: dt.datetime) -> dt.datetime:
    """Return the time that counts where a guardian answers: a rehearsal's own while a registration in one waits for them."""
    waiting = Application.objects.filter(person=person, state="guardian").select_related("intake__programme").first()
    return now(waiting.intake.programme, at) if waiting else at


def quota_left(intake: Intake, school: Any) -> int:
    """Return how many more pupils a school may nominate."""
    quota = terms(intake.version).nomination.school_quota.value or 0
    used = Nomination.objects.filter(intake=intake, school=school, state__in=("invited", "accepted")).count()
    return max(quota - used, 0)


def pupils(*, intake: Intake, school: Any) -> list[dict[str, Any]]:
    """Return a school's pupils, who need something first: {"person", "nomination", "application", "missing", "told"}.

    Pupils are those it invited and those who named it themselves. `missing` are pages of the registration or kinds of
    document; `told` is whether the pupil agreed that the school learns the result.
    """
    invited = Nomination.objects.filter(intake=intake, school=school).exclude(person=None).select_related("person")
    by_person = {nomination.person_id: nomination for nomination in invited}
    found = Application.objects.filter(intake=intake, school=school).select_related("person", "intake__version")
    own = list(found.order_by("code"))
    attached = set(Attachment.objects.filter(application__in=own, replaced_at=None).values_list("application", "kind"))
    agreed = Consent.objects.filter(scope=intake.programme.code, purpose="school_result", withdrawn_at=None)
    told = set(
        agreed.filter(person__in=[application.person_id for application in own]).values_list("person", flat=True)
    )
    rows = [
        {
            "person": application.person,
            "nomination": by_person.pop(application.person_id, None),
            "application": application,
            "missing": _missing(application, {kind for pk, kind in attached if pk == application.pk}),
            "told": application.person_id in told,
        }
        for application in own
    ]
    rows += [
        {"person": nomination.person, "nomination": nomination, "application": None, "missing": [], "told": False}
        for nomination in by_person.values()
        if nomination.state == "invited"
    ]
    return sorted(rows, key=lambda row: (not row["missing"] and row["application"] is not None, row["person"].name))


def _missing(application: Application, attached: set[str]) -> list[str]:
    """Return what a registration needs from the person: pages while it is a draft, documents once they are asked."""
    if application.state in ("draft", "guardian"):
        return [task for task, done in tasks(application).items() if not done]
    if application.state in ("called", "returned"):
        return [kind for kind in REQUIRED_DOCUMENTS if kind not in attached]
    return []


def ended_nominations(*, intake: Intake, school: Any) -> Counter[str]:
    """Return how many of a school's invitations ended in which state; whom they named is not kept."""
    ended = Nomination.objects.filter(intake=intake, school=school, person=None)
    return Counter(ended.values_list("state", flat=True))


def calling(intake: Intake) -> dict[str, list[Application]]:
    """Return what calling would do: {"exclude", "call", "pass_over"}; each person stays visible before it is done.

    Called are the best by report average up to the announced ratio, and everybody tied with the last of them.
    """
    waiting = Application.objects.filter(intake=intake, state="submitted").select_related(
        "intake__programme", "intake__version", "person"
    )
    rows = list(waiting.order_by("-average", "code"))
    excluded = [a for a in rows if any(f["severity"] == "error" for f in a.findings)]
    eligible = [a for a in rows if a not in excluded]
    rules = terms(intake.version)
    places = (rules.seats.value or 0) * (rules.selection.call_ratio.value or 1)
    called = call(tuple((a.code, a.average or 0) for a in eligible), places)
    return {
        "exclude": excluded,
        "call": [a for a in eligible if a.code in called],
        "pass_over": [a for a in eligible if a.code not in called],
    }


def queue(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Application]:
    """Return the filed applications a verifier may take now, oldest first: unclaimed, own, or with an expired claim."""
    free = Q(claimed_by=None) | Q(claimed_by=person) | Q(claimed_at__lt=at - CLAIM_LASTS)
    return access.judged(person, scope=scope, at=at).filter(free, state="filed").order_by("filed_at", "pk")


def claimed(person: Person, *, scope: str, at: dt.datetime) -> QuerySet[Application]:
    """Return the files that a verifier holds, claimed first first; who expired may lose theirs to another at any time."""
    held = access.judged(person, scope=scope, at=at).filter(claimed_by=person, state="filed")
    return held.order_by("claimed_at", "pk")


def pace(*, scope: str) -> int:
    """Return how many seconds a decided file took on average, 0 before the first."""
    decided = Application.objects.filter(intake__programme__code=scope, seconds__gt=0)
    return round(decided.aggregate(mean=Avg("seconds"))["mean"] or 0)


def decided_by(application: Application, person: Person, verdict: str) -> bool:
    """Return whether the last decision on a file is this verdict and this officer's."""
    last = ledger.history(subject(application)).filter(action__in=("verify", "return", "refuse")).last()
    return last is not None and (last.action, last.actor) == (verdict, person.ref)


def sample(person: Person, *, scope: str, at: dt.datetime) -> list[Application]:
    """Return the verified files that fall into the sample and that this officer, who did not verify them, may check."""
    verified = access.judged(person, scope=scope, at=at).filter(state="verified").order_by("filed_at", "pk")
    return [application for application in verified if samples(application, person)]


def samples(application: Application, person: Person) -> bool:
    """Return whether a file waits for a second officer's check and this officer did not verify it."""
    if application.state != "verified" or not in_sample(application):
        return False
    done = ledger.actors(subject(application), "confirm", "reopen")
    return not done and person.ref not in ledger.actors(subject(application), "verify")


def in_sample(application: Application) -> bool:
    """Return whether a second officer checks this file: decided by its random reference, not by anybody's choice."""
    return int(digest(application.ref)[:8], 16) % SAMPLE == 0


def school_claims(*, scope: str) -> QuerySet[SchoolClaim]:
    """Return the unlisted schools that wait for a coordinator, oldest first."""
    found = SchoolClaim.objects.filter(state="asked", application__intake__programme__code=scope)
    return found.select_related("application__intake__programme").order_by("asked_at")


def favours(*, scope: str) -> QuerySet[Favour]:
    """Return the recorded requests for favour, newest first: for the inspector alone."""
    return Favour.objects.filter(intake__programme__code=scope).select_related("person").order_by("-at")


def states(intake: Intake) -> Counter[str]:
    """Return how many applications are in each state."""
    return Counter(Application.objects.filter(intake=intake).values_list("state", flat=True))


def by_state(intake: Intake, *names: str) -> QuerySet[Application]:
    """Return the intake's applications in some states, in code order."""
    found = Application.objects.filter(intake=intake, state__in=names)
    return found.select_related("intake__programme", "intake__version", "person", "school").order_by("code")
