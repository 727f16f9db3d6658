"""Duties: begun by an agreement in force or a meeting, shown done with evidence, doubted, excused, reminded of, late."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from rantau.agreements import access, queries
from rantau.agreements.models import Agreement, Draft, Duty
from rantau.engine import codes
from rantau.engine import duties as engine
from rantau.engine.chance import Chance, seeded
from rantau.engine.clauses import DutyTerm
from rantau.engine.flow import Role
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import lock
from rantau.ledger.steps import take, take_all
from rantau.people import access as people
from rantau.people import queries as people_queries
from rantau.people.models import Person
from rantau.programmes import queries as programmes
from rantau.programmes.models import Programme
from rantau.programmes.queries import day, instant, terms

REMIND = dt.timedelta(days=14)
"""How long before its day an office is reminded of a duty."""

ESCALATE = dt.timedelta(days=14)
"""How long after its day a duty that is still open goes to the coordinator and the other sides."""

RENEW_DAYS = 180
"""How long before an agreement ends its signatories owe a word on its renewal."""

RENEWAL = {
    "what": {
        "id": "Menyatakan apakah perjanjian ini diperpanjang, diubah, atau dibiarkan berakhir.",
        "en": "Say whether this agreement is renewed, changed, or left to end.",
        "ru": "Сообщить, будет ли соглашение продлено, изменено или прекращено.",
    },
    "wanted": {
        "id": "Surat kepada pihak lain, dengan tanggal.",
        "en": "A letter to the other side, with its date.",
        "ru": "Письмо другой стороне с датой.",
    },
}
SYSTEM = frozenset({Role.SYSTEM})


def begin(
    agreement: Agreement, draft: Draft, *, actor: str, roles: frozenset[Role], at: dt.datetime, chance: Chance
) -> list[Duty]:
    """Make a duty of every term of an agreement that has just come into force, and the alarm before it ends."""
    assert agreement.ends_at is not None
    made, ends = [], day(agreement.ends_at)
    for clause in queries.clauses(draft):
        for term in clause.duties:
            dates = _dates(agreement, term, at=at, reached={})
            made += [
                _made(agreement, clause.code, term, owner, number, on, at=at, chance=chance)
                for owner in _owners(agreement, term)
                for number, on in enumerate(dates, 1)
            ]
    for side in agreement.sides.filter(part="signs").order_by("position"):
        made.append(_renewal(agreement, side.office, ends, chance=chance))
    _owe(made, actor=actor, roles=roles, at=at)
    return made


def _owe(made: list[Duty], *, actor: str, roles: frozenset[Role], at: dt.datetime) -> None:
    Duty.objects.bulk_create(made)
    rows = [(one, "owe", {"office": one.office, "due": str(one.due_at and day(one.due_at))}) for one in made]
    take_all(rows, actor=actor, roles=roles, at=at)


def _dates(
    agreement: Agreement, term: DutyTerm, *, at: dt.datetime, reached: Mapping[str, dt.date]
) -> tuple[dt.date | None, ...]:
    """Return the days on which a term is owed, by what is known at an instant.

    What is owed before a milestone looks at the day it was reached, else announced, else planned; what is owed after
    one waits until it is reached.
    """
    assert agreement.starts_at is not None
    assert agreement.ends_at is not None
    programme = agreement.programme
    known, days_ = terms(programme.version), programmes.reached(programme, at=at) | dict(reached)
    days = {row.code: days_.get(row.code) for row in known.milestones}
    if term.timing.before:
        plan = programmes.plan(programme, at=at)
        for row in known.milestones:
            announced = known.announced(row)
            days[row.code] = days[row.code] or (announced[0] if announced else plan.row(row.code).planned)
    return engine.dates(term, starts=day(agreement.starts_at), ends=day(agreement.ends_at), milestones=days)


def _owners(agreement: Agreement, term: DutyTerm) -> list[str]:
    """Return the offices that owe a term: the one of that code, else the sides of that kind."""
    kinds = {one.code: one.kind for one in terms(agreement.programme.version).offices}
    if term.owner in kinds:
        return [term.owner]
    sides = agreement.sides.order_by("position").values_list("office", flat=True)
    return [office for office in sides if kinds.get(office) == term.owner]


def _made(
    agreement: Agreement,
    clause: str,
    term: DutyTerm,
    owner: str,
    number: int,
    on: dt.date | None,
    *,
    at: dt.datetime,
    chance: Chance,
) -> Duty:
    kinds = {one.kind: one.code for one in reversed(terms(agreement.programme.version).offices)}
    return Duty(
        **_numbered(chance),
        programme=agreement.programme,
        agreement=agreement,
        clause=clause,
        term=term.code,
        number=number,
        office=owner,
        excused_by=kinds.get(term.excused_by or "", ""),
        what=term.what.plain(),
        wanted=term.evidence.plain(),
        waits_for=term.timing.before or term.timing.after or "",
        **_clock(max(on, day(at)) if on else None),
    )


def _renewal(agreement: Agreement, office: str, ends: dt.date, *, chance: Chance) -> Duty:
    return Duty(
        **_numbered(chance),
        programme=agreement.programme,
        agreement=agreement,
        term="renewal",
        office=office,
        **RENEWAL,
        **_clock(ends - dt.timedelta(days=RENEW_DAYS)),
    )


def _numbered(chance: Chance) -> dict[str, str]:
    return {"ref": codes.reference(chance), "code": codes.draw("D", chance)}


def _clock(on: dt.date | None) -> dict[str, dt.datetime | None]:
    due = instant(on, 23, 59, 59) if on else None
    return {
        "due_at": due,
        "remind_at": due - REMIND if due else None,
        "escalate_at": due + ESCALATE if due else None,
    }


@transaction.atomic
def owe(
    *,
    programme: Programme,
    office: str,
    what: dict[str, str],
    wanted: dict[str, str],
    due_on: dt.date,
    person: Person,
    roles: frozenset[Role],
    at: dt.datetime,
    chance: Chance,
    origin: str = "",
    excused_by: str = "",
) -> Duty:
    """Make a duty that no clause names: what a meeting decided; `origin` is the decision's code.

    :raises Refusal: `duty.office`, `duty.date` for a day that is past, `step.role`
    """
    lock(programme.chain)
    if office not in {one.code for one in terms(programme.version).offices}:
        raise Refusal("duty.office", office=office)
    if due_on < day(at):
        raise Refusal("duty.date", on=due_on)
    duty = Duty.objects.create(
        **_numbered(chance),
        programme=programme,
        origin=origin,
        office=office,
        excused_by=excused_by,
        what=what,
        wanted=wanted,
        **_clock(due_on),
    )
    take(duty, "owe", actor=person.ref, roles=roles, at=at, office=office, due=str(due_on), origin=origin)
    return duty


@transaction.atomic
def show(*, duty: Duty, evidence: str, address: str, person: Person, at: dt.datetime) -> Duty:
    """Show that a duty of one's office was done: what was done, and where the evidence can be seen.

    :raises Refusal: `mandate.missing`, `duty.evidence` without words or place, `step.*`
    """
    _own(duty, person, at=at)
    if not evidence.strip() or not address.strip():
        raise Refusal("duty.evidence")
    roles = access.role(terms(duty.programme.version), duty.office) or _joint(duty)
    take(
        duty,
        "show",
        actor=person.ref,
        roles=roles,
        at=at,
        office=duty.office,
        late=bool(duty.due_at and at > duty.due_at),
    )
    duty.evidence, duty.address, duty.done_at, duty.reason = evidence.strip(), address.strip(), at, ""
    duty.save(update_fields=["evidence", "address", "done_at", "reason"])
    return duty


def _own(duty: Duty, person: Person, *, at: dt.datetime) -> None:
    lock(duty.chain)
    own = [one for one in access.mandates(person, duty.programme, at=at) if "answer" in one.powers]
    if duty.office not in access.acting(duty.programme, {one.office for one in own}):
        raise Refusal("mandate.missing", power="answer", office=duty.office)


def _joint(duty: Duty) -> frozenset[Role]:
    """Return the role in which a joint name acts: that of its first member."""
    known = terms(duty.programme.version)
    members = next((one.members for one in known.offices if one.code == duty.office), ())
    return access.role(known, members[0]) if members else frozenset()


@transaction.atomic
def doubt(*, duty: Duty, reason: str, person: Person, at: dt.datetime) -> Duty:
    """Say that the evidence of a duty does not show it: it is open again, late and escalated again if its days have passed.

    :raises Refusal: `duty.reason`, `mandate.missing`, `step.*`
    """
    roles = _judging(duty, person, at=at)
    if not reason.strip():
        raise Refusal("duty.reason")
    take(duty, "doubt", actor=person.ref, roles=roles, at=at)
    duty.reason, duty.done_at, duty.escalated_at = reason.strip(), None, None
    duty.save(update_fields=["reason", "done_at", "escalated_at"])
    return duty


@transaction.atomic
def excuse(*, duty: Duty, reason: str, person: Person, at: dt.datetime) -> Duty:
    """Release an office from a duty, with the reason: the office the clause names, else the coordinator; never itself.

    :raises Refusal: `duty.reason`, `duty.self`, `mandate.missing`, `step.*`
    """
    roles = _judging(duty, person, at=at)
    if not reason.strip():
        raise Refusal("duty.reason")
    take(duty, "excuse", actor=person.ref, roles=roles, at=at)
    duty.reason = reason.strip()
    duty.save(update_fields=["reason"])
    return duty


def _judging(duty: Duty, person: Person, *, at: dt.datetime) -> frozenset[Role]:
    """Return the role in which somebody judges a duty of another office.

    :raises Refusal: `duty.self`, `mandate.missing`
    """
    lock(duty.chain)
    own = access.offices(person, duty.programme, at=at)
    if duty.office in own:
        raise Refusal("duty.self")
    if not duty.excused_by:
        held = people.roles(person, scope=duty.programme.code, at=at) & {Role.COORDINATOR}
        if held:
            return held
    elif duty.excused_by in own:
        return access.role(terms(duty.programme.version), duty.excused_by)
    raise Refusal("mandate.missing", power="answer", office=duty.excused_by)


def cease(agreement: Agreement, *, at: dt.datetime) -> int:
    """End the open duties of an agreement that ended before its time, and return how many."""
    open_ = list(Duty.objects.filter(agreement=agreement, state__in=["open", "late"]).order_by("pk"))
    for duty in open_:
        duty.reason = "agreement.ended"
    Duty.objects.bulk_update(open_, ["reason"])
    take_all([(one, "cease", {}) for one in open_], actor=people_queries.system().ref, roles=SYSTEM, at=at)
    return len(open_)


def due(programme: Programme, *, at: dt.datetime, reached: Mapping[str, dt.date]) -> int:
    """Give days to duties whose milestone got one, remind, mark as late, escalate; idempotent. Returns the steps taken."""
    open_ = Duty.objects.filter(programme=programme, state__in=["open", "late"]).select_related("agreement__programme")
    waiting = open_.filter(due_at=None).exclude(waits_for="").order_by("pk")
    begun = sum(_begin_waiting(duty, at=at, reached=reached) for duty in waiting)
    rows = [row for duty in open_.order_by("pk") for row in _ripe(duty, at)]
    for step, field in (("remind", "reminded_at"), ("escalate", "escalated_at")):
        Duty.objects.filter(pk__in=[one.pk for one, name, _ in rows if name == step]).update(**{field: at})
    take_all(rows, actor=people_queries.system().ref, roles=SYSTEM, at=at)
    return begun + len(rows)


def _begin_waiting(duty: Duty, *, at: dt.datetime, reached: Mapping[str, dt.date]) -> int:
    """Give a waiting duty its day where its milestone has one now, and make the rest of a repeated one.

    Their codes follow from the reference of the first, which chance made.
    """
    term = _term(duty)
    dates = _dates(duty.agreement, term, at=at, reached=reached) if term and duty.agreement else ()
    if not term or not dates or dates[0] is None:
        return 0
    first = max(dates[0], day(at))
    for name, value in _clock(first).items():
        setattr(duty, name, value)
    duty.save(update_fields=["due_at", "remind_at", "escalate_at"])
    system, chance = people_queries.system().ref, seeded(f"duty:{duty.ref}")
    take(duty, "begin", actor=system, roles=SYSTEM, at=at, office=duty.office, due=first.isoformat())
    assert duty.agreement is not None
    rest = [
        _made(duty.agreement, duty.clause, term, duty.office, number, on, at=at, chance=chance)
        for number, on in enumerate(dates[1:], 2)
    ]
    _owe(rest, actor=system, roles=SYSTEM, at=at)
    return 1 + len(rest)


def _term(duty: Duty) -> DutyTerm | None:
    draft = queries.newest(duty.agreement) if duty.agreement else None
    found = (
        [term for clause in queries.clauses(draft) if clause.code == duty.clause for term in clause.duties]
        if draft
        else []
    )
    return next((term for term in found if term.code == duty.term), None)


def _ripe(duty: Duty, at: dt.datetime) -> list[tuple[Any, str, dict[str, Any]]]:
    """Return the next step of a duty that time takes: one at a time, so that a late run takes them in order."""
    if duty.state == "open" and duty.due_at and at > duty.due_at:
        return [(duty, "overdue", {"office": duty.office})]
    if duty.state == "open" and duty.remind_at and at > duty.remind_at and not duty.reminded_at:
        return [(duty, "remind", {"office": duty.office})]
    if duty.state == "late" and duty.escalate_at and at > duty.escalate_at and not duty.escalated_at:
        return [(duty, "escalate", {"office": duty.office})]
    return []
