"""Who acts for which office, and who sees which agreement: by a mandate in force, and nothing else."""

import datetime as dt

from django.db.models import Q, QuerySet

from rantau.engine.flow import Role
from rantau.engine.programme import Programme as Terms
from rantau.engine.refusal import Refusal
from rantau.people import access as people
from rantau.people.models import Person
from rantau.programmes.models import Programme
from rantau.programmes.queries import day, terms

from .models import Agreement, Annex, Answer, Comment, Draft, Duty, Mandate, Side

POWERS = ("draft", "accept", "legal", "approve", "sign", "answer")
"""What a mandate may cover: drafting, accepting clauses and commenting, legal review, approval, signing, answering
questions and showing duties done."""

ROLES = {
    "ministry": Role.MINISTRY,
    "partner_ministry": Role.PARTNER,
    "employer": Role.EMPLOYER,
    "home_mission": Role.HOME_MISSION,
    "host_mission": Role.HOST_MISSION,
    "language_provider": Role.LANGUAGE_PROVIDER,
    "technical_provider": Role.TECHNICAL_PROVIDER,
}
"""The role in which an office of each kind is party to an agreement."""

READERS = (Role.COORDINATOR, Role.AUDITOR, Role.INSPECTOR)
"""Who reads every agreement of a programme without acting for an office."""


def mandates(person: Person, programme: Programme, *, at: dt.datetime) -> list[Mandate]:
    """Return the person's mandates in force on a programme."""
    if not person.is_authenticated:
        return []
    found = Mandate.objects.filter(programme=programme, person=person, state="in_force").order_by("pk")
    return [mandate for mandate in found if mandate.holds(day(at))]


def require(person: Person, programme: Programme, power: str, *, office: str = "", at: dt.datetime) -> Mandate:
    """Return the mandate by which a person may do something, for one office or for any that gives the power.

    :raises Refusal: `mandate.missing`
    """
    for mandate in mandates(person, programme, at=at):
        if power in mandate.powers and office in ("", mandate.office):
            return mandate
    raise Refusal("mandate.missing", power=power, office=office)


def role(terms_: Terms, office: str) -> frozenset[Role]:
    """Return the role in which an office acts in an agreement; none for the press and for joint names."""
    kind = next((one.kind for one in terms_.offices if one.code == office), "")
    return frozenset({ROLES[kind]}) if kind in ROLES else frozenset()


def offices(person: Person, programme: Programme, *, at: dt.datetime) -> frozenset[str]:
    """Return the codes of the offices a person acts for, and of the joint names these act under."""
    return acting(programme, {mandate.office for mandate in mandates(person, programme, at=at)})


def acting(programme: Programme, own: set[str]) -> frozenset[str]:
    """Return offices with the joint names that they act under."""
    joint = {one.code for one in terms(programme.version).offices if own & set(one.members)} if own else set()
    return frozenset(own | joint)


def reads_all(person: Person, programme: Programme, *, at: dt.datetime) -> bool:
    """Return whether a person reads everything here without acting for an office."""
    return bool(people.roles(person, scope=programme.code, at=at) & set(READERS))


def visible(person: Person, programme: Programme, *, at: dt.datetime) -> QuerySet[Agreement]:
    """Return the agreements a person may read in full: their office's own drafts and all in which it has a side.

    What is in force anybody may read. What was never tabled is seen by the office that wrote it alone.
    """
    found = Agreement.objects.filter(programme=programme).select_related("programme__version").order_by("pk")
    if reads_all(person, programme, at=at):
        return found.exclude(tabled_at=None)
    own = offices(person, programme, at=at)
    sided = Side.objects.filter(office__in=own).values("agreement")
    public = found.filter(state__in=PUBLIC)
    return (
        public | found.filter(tabled_at=None, drafted_by__in=own) | found.exclude(tabled_at=None).filter(pk__in=sided)
    )


PUBLIC = ("in_force", "ended")
"""States in which anybody may read the words of an agreement."""


def get(person: Person, programme: Programme, code: str, *, at: dt.datetime) -> Agreement:
    """Return one agreement, or raise DoesNotExist where the person may not read it."""
    return visible(person, programme, at=at).get(code=code)


def inside(person: Person, agreement: Agreement, *, at: dt.datetime) -> bool:
    """Return whether a person who may read an agreement sees how it is negotiated: its sides, or who reads everything."""
    if reads_all(person, agreement.programme, at=at):
        return True
    own = offices(person, agreement.programme, at=at)
    return agreement.drafted_by in own or agreement.sides.filter(office__in=own).exists()


def versions(person: Person, agreement: Agreement, *, at: dt.datetime) -> QuerySet[Draft]:
    """Return the versions of an agreement a person was allowed to fetch that they may read, oldest first.

    Everybody else than its sides reads the newest alone. A first draft that was rewritten before it was tabled stays with
    the office that wrote it.
    """
    found = agreement.drafts.select_related("agreement", "version").order_by("number")
    newest = found.last()
    if not inside(person, agreement, at=at):
        return found.filter(pk=newest.pk) if newest else found
    second = found.filter(number=2).first()
    rewritten = second is not None and second.made_at == agreement.tabled_at
    if rewritten and agreement.drafted_by not in offices(person, agreement.programme, at=at):
        return found.exclude(number=1)
    return found


def comment(person: Person, agreement: Agreement, ref: str, *, at: dt.datetime) -> Comment:
    """Return a comment on an agreement that the person was allowed to fetch, or raise DoesNotExist outside its sides."""
    found = Comment.objects.filter(draft__agreement=agreement).select_related("side", "draft__agreement__programme")
    return (found if inside(person, agreement, at=at) else found.none()).get(ref=ref)


def side(person: Person, agreement: Agreement, power: str, *, at: dt.datetime) -> tuple[Side, Mandate]:
    """Return the side for which a person may act with a power, and the mandate; the first office where they hold several.

    :raises Refusal: `mandate.missing`
    """
    sides = {one.office: one for one in agreement.sides.select_related("agreement__programme")}
    for mandate in mandates(person, agreement.programme, at=at):
        if power in mandate.powers and mandate.office in sides:
            return sides[mandate.office], mandate
    raise Refusal("mandate.missing", power=power, office="")


def signing(person: Person, agreement: Agreement, *, at: dt.datetime) -> Mandate | None:
    """Return the mandate by which a person signs an agreement for one of its signatories, or None."""
    signs = set(agreement.sides.filter(part="signs").values_list("office", flat=True))
    held = mandates(person, agreement.programme, at=at)
    return next((one for one in held if "sign" in one.powers and one.office in signs), None)


def annex(person: Person, agreement: Agreement, number: int) -> Annex:
    """Return an annex of an agreement that the person was allowed to fetch."""
    return agreement.annexes.get(number=number)


def duties(person: Person, programme: Programme, *, at: dt.datetime) -> QuerySet[Duty]:
    """Return the duties a person may see: of agreements their office has a side in, its own, those it may excuse, and all
    for readers.

    :raises Refusal: `mandate.missing` for who acts for no office here
    """
    found = Duty.objects.filter(programme=programme).select_related("programme", "agreement").order_by("due_at", "pk")
    if reads_all(person, programme, at=at):
        return found
    own = offices(person, programme, at=at)
    if not own:
        raise Refusal("mandate.missing", power="answer", office="")
    sided = Side.objects.filter(office__in=own).values("agreement")
    return found.filter(agreement__in=sided) | found.filter(office__in=own) | found.filter(excused_by__in=own)


def desk(person: Person, programme: Programme, *, at: dt.datetime) -> QuerySet[Mandate]:
    """Return the mandates of a programme to who records and confirms them, or audits.

    :raises Refusal: `role.missing`
    """
    wanted = (Role.COORDINATOR, Role.OPERATOR, Role.AUDITOR)
    people.require(person, *wanted, scope=programme.code, at=at)
    return Mandate.objects.filter(programme=programme).select_related("person", "programme").order_by("office", "pk")


def decides(person: Person, programme: Programme, *, at: dt.datetime) -> frozenset[Role]:
    """Return the roles in which a person approves or refuses answers: whoever acts for the ministry by mandates needs one
    that covers approval."""
    held = people.roles(person, scope=programme.code, at=at) & {Role.COORDINATOR, Role.MINISTRY}
    now = terms(programme.version)
    own = [one for one in mandates(person, programme, at=at) if Role.MINISTRY in role(now, one.office)]
    if own and not any("approve" in one.powers for one in own):
        held -= {Role.MINISTRY}
    return held


def deciding(person: Person, programme: Programme, *, at: dt.datetime) -> frozenset[Role]:
    """Return the roles in which a person decides on answers.

    :raises Refusal: `role.missing`
    """
    roles = decides(person, programme, at=at)
    if not roles:
        raise Refusal("role.missing", roles=[Role.COORDINATOR.value, Role.MINISTRY.value])
    return roles


def taking_back(person: Person, answer: Answer, *, at: dt.datetime) -> frozenset[Role]:
    """Return the roles in which a person takes an answer back: their own, or one that their office gave.

    :raises Refusal: `mandate.missing`
    """
    office, roles = answering(person, answer.programme, answer.office, at=at)
    if person.pk != answer.person_id and Role.COORDINATOR in roles:
        raise Refusal("mandate.missing", power="answer", office=office)
    return roles


def answering(person: Person, programme: Programme, office: str, *, at: dt.datetime) -> tuple[str, frozenset[Role]]:
    """Return for which office a person answers what an office is asked, and the role: a mandate goes before a role.

    The members of a joint office answer for it; a coordinator records what an office published.

    :raises Refusal: `mandate.missing`
    """
    now = terms(programme.version)
    members = next((one.members for one in now.offices if one.code == office), ())
    for mandate in mandates(person, programme, at=at):
        if "answer" in mandate.powers and mandate.office in (office, *members):
            return mandate.office, role(now, mandate.office)
    if Role.COORDINATOR not in people.roles(person, scope=programme.code, at=at):
        raise Refusal("mandate.missing", power="answer", office=office)
    return office, frozenset({Role.COORDINATOR})


def answers(person: Person, programme: Programme, *, at: dt.datetime) -> QuerySet[Answer]:
    """Return the answers a person may read, decided or not: to what their office owes or said; all for who decides or reads
    everything.

    :raises Refusal: `mandate.missing` for who acts for no office here
    """
    found = Answer.objects.filter(programme=programme).select_related("programme__version", "base").order_by("pk")
    if reads_all(person, programme, at=at) or decides(person, programme, at=at):
        return found
    own = offices(person, programme, at=at)
    if not own:
        raise Refusal("mandate.missing", power="answer", office="")
    owed = [ask.about for ask in terms(programme.version).asks if ask.office in own]
    return found.filter(Q(about__in=owed) | Q(office__in=own))
