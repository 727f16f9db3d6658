"""Writing an agreement: the first draft from a template, an office's working copy, putting a version on the table."""

import datetime as dt
import json
from collections.abc import Sequence

from django.db import transaction

from rantau.agreements import access, queries, wording
from rantau.agreements.models import Agreement, Annex, Draft, Mandate, Side, Working
from rantau.engine import codes
from rantau.engine.canonical import canonical, digest
from rantau.engine.chance import Chance
from rantau.engine.clauses import Clause, Template
from rantau.engine.clauses import draft as drafted
from rantau.engine.programme import Programme as Terms
from rantau.engine.refusal import Refusal
from rantau.engine.reminding import soon
from rantau.ledger.actions import append, lock
from rantau.ledger.steps import take, take_all
from rantau.people.models import Person
from rantau.programmes.models import Programme
from rantau.programmes.queries import deadline, terms

PARTS = ("signs", "agrees", "consulted")
REPLY = 30
"""Days a party has to answer a version, where who tables it names no other number."""


@transaction.atomic
def draft(
    *,
    programme: Programme,
    kind: str,
    person: Person,
    at: dt.datetime,
    chance: Chance,
    annex_of: Agreement | None = None,
    renews: Agreement | None = None,
) -> Agreement:
    """Write the first draft of an agreement from its template and the programme; only the writing office sees it.

    :raises Refusal: `mandate.missing`, `agreement.drafter` for an office that would not sign, `agreement.parties` where
        the programme names no office of a kind that has to sign
    """
    lock(programme.chain)
    mandate = access.require(person, programme, "draft", at=at)
    known, template = terms(programme.version), wording.template(kind)
    parts = _parts(template, known)
    missing = [one for one in template.signs if not any(part == one for _, part, _ in parts)]
    if missing:
        raise Refusal("agreement.parties", missing=missing)
    if not any(office == mandate.office and part == "signs" for office, _, part in parts):
        raise Refusal("agreement.drafter", office=mandate.office)
    agreement = _made(template, programme, mandate, at=at, chance=chance, annex_of=annex_of, renews=renews)
    for position, (office, _, part) in enumerate(parts):
        Side.objects.create(
            ref=codes.reference(chance), agreement=agreement, office=office, part=part, position=position
        )
    first = _store(agreement, drafted(template, known, wording.say_for(known)), mandate, at=at, note="")
    take(
        agreement,
        "draft",
        actor=person.ref,
        roles=access.role(known, mandate.office),
        at=at,
        kind=kind,
        office=mandate.office,
        text=first.digest,
    )
    return agreement


def _made(
    template: Template,
    programme: Programme,
    mandate: Mandate,
    *,
    at: dt.datetime,
    chance: Chance,
    **linked: Agreement | None,
) -> Agreement:
    return Agreement.objects.create(
        ref=codes.reference(chance),
        code=codes.draw("M", chance),
        programme=programme,
        kind=template.kind,
        title=template.title.plain(),
        years=template.years,
        drafted_by=mandate.office,
        drafted_at=at,
        **linked,
    )


def _parts(template: Template, known: Terms) -> list[tuple[str, str, str]]:
    """Return (office, its kind, its part) for everybody the template names, in the order of the parts."""
    return [
        (office.code, office.kind, part)
        for part in PARTS
        for kind in getattr(template, part)
        for office in known.offices
        if office.kind == kind
    ]


def _store(agreement: Agreement, clauses: Sequence[Clause], mandate: Mandate, *, at: dt.datetime, note: str) -> Draft:
    plain = [clause.plain() for clause in clauses]
    newest = queries.newest(agreement)
    return Draft.objects.create(
        agreement=agreement,
        number=newest.number + 1 if newest else 1,
        clauses=canonical(plain),
        digest=digest(plain),
        version=agreement.programme.version,
        office=mandate.office,
        person=mandate.person,
        note=note,
        made_at=at,
    )


@transaction.atomic
def put(*, agreement: Agreement, clause: Clause, after: str, person: Person, at: dt.datetime) -> Working:
    """Write a clause into the office's working copy: in the place of the one with its code, else behind `after`.

    :raises Refusal: `mandate.missing`, `agreement.consulted`, `agreement.closed`, `agreement.stale` when another office
        tabled a newer version since the copy was begun
    """
    working = _working(agreement, person, at=at)
    clauses = list(queries.clauses(working))
    codes_ = [one.code for one in clauses]
    if clause.code in codes_:
        clauses[codes_.index(clause.code)] = clause
    else:
        clauses.insert(codes_.index(after) + 1 if after in codes_ else len(clauses), clause)
    return _keep(working, clauses, at=at)


@transaction.atomic
def remove(*, agreement: Agreement, code: str, person: Person, at: dt.datetime) -> Working:
    """Take a clause out of the office's working copy.

    :raises Refusal: as `put`; `agreement.empty` for the last clause
    """
    working = _working(agreement, person, at=at)
    rest = [one for one in queries.clauses(working) if one.code != code]
    if not rest:
        raise Refusal("agreement.empty")
    return _keep(working, rest, at=at)


@transaction.atomic
def redraft(*, agreement: Agreement, person: Person, at: dt.datetime) -> Working:
    """Fill the office's working copy from the template and the programme as it is known now.

    What was written by hand in the copy is replaced: the difference to the version on the table is shown before it is
    tabled.

    :raises Refusal: as `put`
    """
    working = _working(agreement, person, at=at)
    known = terms(agreement.programme.version)
    return _keep(working, drafted(wording.template(agreement.kind), known, wording.say_for(known)), at=at)


@transaction.atomic
def discard(*, agreement: Agreement, person: Person, at: dt.datetime) -> None:
    """Throw the office's working copy away.

    :raises Refusal: `mandate.missing`
    """
    lock(agreement.chain)
    side, _ = access.side(person, agreement, "draft", at=at)
    Working.objects.filter(agreement=agreement, office=side.office).delete()


def _keep(working: Working, clauses: Sequence[Clause], *, at: dt.datetime) -> Working:
    working.clauses, working.saved_at = canonical([one.plain() for one in clauses]), at
    working.save(update_fields=["clauses", "saved_at"])
    return working


def _working(agreement: Agreement, person: Person, *, at: dt.datetime) -> Working:
    lock(agreement.chain)
    agreement.refresh_from_db(fields=["state"])
    side, _ = _writer(agreement, person, at=at)
    newest = queries.newest(agreement)
    assert newest is not None  # no agreement is without a draft
    working, _ = Working.objects.get_or_create(
        agreement=agreement,
        office=side.office,
        defaults={"base": newest, "clauses": bytes(newest.clauses), "saved_at": at},
    )
    if working.base_id != newest.pk:
        raise Refusal("agreement.stale", number=newest.number)
    return working


def _writer(agreement: Agreement, person: Person, *, at: dt.datetime) -> tuple[Side, Mandate]:
    """Return the side that may write now: before it is tabled the drafting office alone, then who signs or agrees."""
    side, mandate = access.side(person, agreement, "draft", at=at)
    if side.part == "consulted" or (agreement.state == "draft" and side.office != agreement.drafted_by):
        raise Refusal("agreement.consulted")
    if agreement.state not in ("draft", "tabled", "agreed") or side.state == "signed":
        raise Refusal("agreement.closed", state=agreement.state)
    return side, mandate


@transaction.atomic
def table(*, agreement: Agreement, person: Person, at: dt.datetime, note: str = "", days: int = REPLY) -> Draft:
    """Put the office's working copy, or the first draft, before all sides as the version to be answered by a day.

    Whatever the sides had approved starts again; clauses whose words are as before stay accepted.

    :raises Refusal: `mandate.missing`, `agreement.consulted`, `agreement.closed`, `agreement.stale`,
        `agreement.same` when nothing changed, `agreement.signing` once somebody signed
    """
    lock(agreement.chain)
    agreement.refresh_from_db(fields=["state"])
    side, mandate = _writer(agreement, person, at=at)
    sides = list(agreement.sides.order_by("pk"))
    if any(one.state == "signed" for one in sides):
        raise Refusal("agreement.signing")
    version = _promote(agreement, side, mandate, at=at, note=note)
    first = agreement.state == "draft"
    roles = access.role(terms(agreement.programme.version), side.office)
    facts = {"number": version.number, "text": version.digest, "office": side.office}
    take(agreement, "table" if first else "table_again", actor=person.ref, roles=roles, at=at, **facts)
    if first:
        agreement.tabled_at = at
        agreement.save(update_fields=["tabled_at"])
    reply = deadline(at, days)
    for one in sides:
        one.reply_by, one.prompt_at, one.reminded_at, one.agreement = reply, soon(at, reply), None, agreement
    Side.objects.bulk_update(sides, ["reply_by", "prompt_at", "reminded_at"])
    step = "invite" if first else "reopen"
    take_all([(one, step, {"number": version.number}) for one in sides], actor=person.ref, roles=roles, at=at)
    return version


def _promote(agreement: Agreement, side: Side, mandate: Mandate, *, at: dt.datetime, note: str) -> Draft:
    newest = queries.newest(agreement)
    assert newest is not None
    working = Working.objects.filter(agreement=agreement, office=side.office).first()
    changed = working is not None and bytes(working.clauses) != bytes(newest.clauses)
    if working is not None and working.base_id != newest.pk:
        raise Refusal("agreement.stale", number=newest.number)
    if not changed and agreement.state != "draft":
        raise Refusal("agreement.same")
    if working is None or not changed:
        return newest
    clauses = [Clause.read(one) for one in json.loads(bytes(working.clauses))]
    working.delete()
    return _store(agreement, clauses, mandate, at=at, note=note)


@transaction.atomic
def chain(*, agreement: Agreement, desks: Sequence[str], person: Person, at: dt.datetime) -> Side:
    """Say which desks of one's own office approve the agreement, in order; before anything is approved there.

    :raises Refusal: `mandate.missing`, `agreement.desks` for none, more than six, or once the legal review is done
    """
    lock(agreement.chain)
    side, _ = access.side(person, agreement, "draft", at=at)
    names = [name.strip() for name in desks if name.strip()]
    if not 1 <= len(names) <= 6 or side.state not in ("new", "reading", "agreed"):
        raise Refusal("agreement.desks", limit=6)
    side.desks = names
    side.save(update_fields=["desks"])
    append(
        chain=agreement.chain,
        actor=person.ref,
        subject=f"side:{side.ref}",
        action="chain",
        at=at,
        facts={"desks": len(names)},
    )
    return side


@transaction.atomic
def annex(*, agreement: Agreement, title: str, data: bytes, type_: str, person: Person, at: dt.datetime) -> Annex:
    """Add a paper to an agreement that is not signed yet; `data` has been checked by who took it in.

    :raises Refusal: `mandate.missing`, `agreement.consulted`, `agreement.closed`, `agreement.annexes` for more than twelve,
        `agreement.signing` once an office has approved it
    """
    lock(agreement.chain)
    agreement.refresh_from_db(fields=["state"])
    side, _ = _writer(agreement, person, at=at)
    if agreement.sides.filter(state__in=["cleared", "approved", "signed"]).exists():
        raise Refusal("agreement.signing")
    number = agreement.annexes.count() + 1
    if number > 12:
        raise Refusal("agreement.annexes", limit=12)
    made = Annex.objects.create(
        agreement=agreement,
        number=number,
        title=title,
        type=type_,
        data=data,
        digest=queries.sha256(data),
        office=side.office,
        added_at=at,
    )
    append(
        chain=agreement.chain,
        actor=person.ref,
        subject=f"agreement:{agreement.ref}",
        action="annex",
        at=at,
        facts={"number": number, "sha256": made.digest, "office": side.office},
    )
    return made


@transaction.atomic
def withdraw(*, agreement: Agreement, person: Person, at: dt.datetime) -> Agreement:
    """Take an agreement off the table that nobody has signed.

    :raises Refusal: `mandate.missing`, `agreement.drafter`, `step.state`
    """
    lock(agreement.chain)
    side, _ = access.side(person, agreement, "draft", at=at)
    if side.office != agreement.drafted_by:
        raise Refusal("agreement.drafter", office=side.office)
    take(
        agreement,
        "withdraw",
        actor=person.ref,
        roles=access.role(terms(agreement.programme.version), side.office),
        at=at,
    )
    return agreement
