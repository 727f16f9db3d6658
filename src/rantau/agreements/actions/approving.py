"""The way inside each office: legal review, the desks of its chain, the signature; each by another person."""

import datetime as dt

from django.db import transaction

from rantau.agreements import access, papers, queries
from rantau.agreements.actions import duties
from rantau.agreements.models import Agreement, Approval, Draft, Mandate, Side
from rantau.engine.chance import Chance
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import lock
from rantau.ledger.steps import take
from rantau.people.models import Person
from rantau.programmes import actions as programmes
from rantau.programmes import queries as programme_queries
from rantau.programmes.models import Programme
from rantau.programmes.queries import day, instant, terms


@transaction.atomic
def clear(*, agreement: Agreement, person: Person, at: dt.datetime, note: str = "") -> Side:
    """Record the legal review of one's office: nothing in law stands against the version.

    :raises Refusal: `mandate.missing`, `agreement.chain` while the office has named no desks, `step.*`
    """
    side, mandate, draft = _acting(agreement, person, "legal", at=at)
    if not side.desks:
        raise Refusal("agreement.chain")
    return _step(side, "clear", draft, mandate, at=at, note=note)


@transaction.atomic
def approve(*, agreement: Agreement, person: Person, at: dt.datetime, note: str = "") -> Side:
    """Approve as the next desk of one's office; with the last desk of the last office the agreement is agreed.

    :raises Refusal: `mandate.missing`, `step.*` (`step.same_person` for who reviewed or approved this version before)
    """
    side, mandate, draft = _acting(agreement, person, "approve", at=at)
    passed = queries.approvals(side, draft)
    done = sum(one.step == "endorse" for one in passed)
    step = "endorse" if done + 1 < len(side.desks) else "approve"
    desk = side.desks[done] if done < len(side.desks) else ""
    _step(side, step, draft, mandate, at=at, note=note, desk=desk)
    others = agreement.sides.exclude(part="consulted")
    if all(one.state == "approved" for one in others):
        roles = access.role(terms(agreement.programme.version), mandate.office)
        take(agreement, "agree", actor=person.ref, roles=roles, at=at, number=draft.number, text=draft.digest)
    return side


@transaction.atomic
def send_back(*, agreement: Agreement, person: Person, at: dt.datetime, reason: str) -> Side:
    """Send the version back to one's own negotiators, with the reason; other offices stay where they are.

    :raises Refusal: `mandate.missing`, `agreement.text` without a reason, `agreement.closed` once all have agreed, `step.*`
    """
    if not reason.strip():
        raise Refusal("agreement.text")
    lock(agreement.chain)
    agreement.refresh_from_db(fields=["state"])
    if agreement.state != "tabled":
        raise Refusal("agreement.closed", state=agreement.state)
    for power in ("legal", "approve", "sign"):
        try:
            side, mandate = access.side(person, agreement, power, at=at)
            break
        except Refusal:
            continue
    else:
        raise Refusal("mandate.missing", power="approve", office="")
    draft = queries.newest(agreement)
    assert draft is not None
    return _step(side, "send_back", draft, mandate, at=at, note=reason.strip())


def _acting(agreement: Agreement, person: Person, power: str, *, at: dt.datetime) -> tuple[Side, Mandate, Draft]:
    lock(agreement.chain)
    agreement.refresh_from_db()
    side, mandate = access.side(person, agreement, power, at=at)
    draft = queries.newest(agreement)
    assert draft is not None  # no agreement is without a draft
    if side.part == "consulted":
        raise Refusal("agreement.consulted")
    return side, mandate, draft


def _step(
    side: Side, step: str, draft: Draft, mandate: Mandate, *, at: dt.datetime, note: str = "", desk: str = ""
) -> Side:
    """Take one step of a side by a mandate; who did one of its steps on this version before takes no other."""
    roles = access.role(terms(side.agreement.programme.version), side.office)
    passed = frozenset(one.person.ref for one in queries.approvals(side, draft)) if step != "send_back" else frozenset()
    take(
        side,
        step,
        actor=mandate.person.ref,
        roles=roles,
        at=at,
        barred=passed,
        number=draft.number,
        office=side.office,
    )
    Approval.objects.create(
        side=side,
        draft=draft,
        step=step,
        desk=desk,
        person=mandate.person,
        capacity=mandate.capacity,
        note=note.strip(),
        at=at,
    )
    return side


def sign(
    *, agreement: Agreement, person: Person, at: dt.datetime, chance: Chance, seal: papers.Seal | None = None
) -> Agreement:
    """Sign for one's office, in the capacity of the mandate; the last signature puts the agreement in force.

    Where the site has a seal, the PDF is sealed once for each signature. It is typeset before anything is locked.

    :raises Refusal: `mandate.missing`, `agreement.consulted`, `agreement.no_signatory`, `agreement.changed` when another
        office signed meanwhile, `step.*`
    """
    before = agreement.sealed
    side, mandate = access.side(person, agreement, "sign", at=at)
    name = f"{side.office}: {mandate.capacity}"
    sealed = papers.sealed(agreement, office=side.office, name=name, at=at, seal=seal) if seal else None
    with transaction.atomic():
        side, mandate, draft = _acting(agreement, person, "sign", at=at)
        if side.part != "signs":
            raise Refusal("agreement.no_signatory")
        if agreement.state != "agreed":
            raise Refusal("agreement.closed", state=agreement.state)
        if agreement.sealed != before:
            raise Refusal("agreement.changed")
        _step(side, "sign", draft, mandate, at=at)
        if sealed:
            agreement.sealed = sealed
            agreement.save(update_fields=["sealed"])
        if all(one.state == "signed" for one in agreement.sides.filter(part="signs")):
            _conclude(agreement, draft, mandate, at=at, chance=chance)
    return agreement


def _conclude(agreement: Agreement, draft: Draft, mandate: Mandate, *, at: dt.datetime, chance: Chance) -> None:
    roles, actor = access.role(terms(agreement.programme.version), mandate.office), mandate.person.ref
    take(agreement, "conclude", actor=actor, roles=roles, at=at, number=draft.number, text=draft.digest)
    on = day(at)
    try:
        last = on.replace(year=on.year + agreement.years)
    except ValueError:  # 29 February
        last = on.replace(year=on.year + agreement.years, day=28)
    agreement.signed_at = agreement.starts_at = at
    agreement.ends_at = instant(last - dt.timedelta(days=1), 23, 59, 59)
    agreement.save(update_fields=["signed_at", "starts_at", "ends_at"])
    take(agreement, "start", actor=actor, roles=roles, at=at, until=str(day(agreement.ends_at)))
    duties.begin(agreement, draft, actor=actor, roles=roles, at=at, chance=chance)
    _reach(agreement.programme, person=mandate.person, at=at, chance=chance)


def _reach(programme: Programme, *, person: Person, at: dt.datetime, chance: Chance) -> None:
    """Record the milestones that agreements in force have reached, where everything before them is reached too."""
    waiting = [
        (code, agreement)
        for agreement in queries.of(programme, "in_force")
        for code in programme_queries.agreed(programme, agreement.kind)
    ]
    after = {row.code: row.after for row in terms(programme.version).milestones}
    known = programme_queries.reached(programme, at=at)
    while ready := [(code, one) for code, one in waiting if code not in known and set(after[code]) <= set(known)]:
        for code, one in ready:
            on = max([day(one.starts_at or at), *(known[before] for before in after[code])])
            programmes.mark(
                programme=programme, milestone=code, on=on, note=one.code, person=person, at=at, chance=chance
            )
        known = programme_queries.reached(programme, at=at)


@transaction.atomic
def terminate(*, agreement: Agreement, person: Person, at: dt.datetime, reason: str, ends_on: dt.date) -> Agreement:
    """Give notice by the hand of a signatory, with the reason: the agreement is in force until the end of that day.

    How many days of notice there have to be is said in the agreement itself; its open duties end with it.

    :raises Refusal: `mandate.missing`, `agreement.no_signatory`, `agreement.text`, `agreement.notice` for a day that is past
        or after the end it has, `step.*`
    """
    side, mandate, draft = _acting(agreement, person, "sign", at=at)
    if side.part != "signs":
        raise Refusal("agreement.no_signatory")
    if not reason.strip():
        raise Refusal("agreement.text")
    ends_at = instant(ends_on, 23, 59, 59)
    if ends_on < day(at) or (agreement.ends_at and ends_at > agreement.ends_at):
        raise Refusal("agreement.notice", first=day(at), last=agreement.ends_at and day(agreement.ends_at))
    roles = access.role(terms(agreement.programme.version), side.office)
    take(agreement, "give_notice", actor=person.ref, roles=roles, at=at, office=side.office, ends=ends_on.isoformat())
    Approval.objects.create(
        side=side, draft=draft, step="give_notice", person=person, capacity=mandate.capacity, note=reason.strip(), at=at
    )
    agreement.ends_at = ends_at
    agreement.save(update_fields=["ends_at"])
    return agreement
