"""What a side does with the version on the table: accept its clauses one by one, say what is wrong, answer what others say."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from rantau.agreements import access, queries
from rantau.agreements.models import Acceptance, Agreement, Comment, Draft, Side
from rantau.engine import codes as identifiers
from rantau.engine.chance import Chance
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import append, lock
from rantau.ledger.steps import take
from rantau.people.models import Person
from rantau.programmes.queries import terms


def on_table(agreement: Agreement, number: int) -> Draft:
    """Return the newest version while it is on the table, if it is the one the reader answered.

    :raises Refusal: `agreement.closed`, `agreement.newer` when another version was tabled meanwhile
    """
    agreement.refresh_from_db(fields=["state"])
    newest = queries.newest(agreement)
    if agreement.state != "tabled" or newest is None:
        raise Refusal("agreement.closed", state=agreement.state)
    if newest.number != number:
        raise Refusal("agreement.newer", number=newest.number)
    return newest


@transaction.atomic
def accept(*, agreement: Agreement, number: int, clauses: Sequence[str], person: Person, at: dt.datetime) -> Side:
    """Accept clauses of the version on the table; with the last one the side agrees to the whole.

    :raises Refusal: `mandate.missing`, `agreement.consulted`, `agreement.closed`, `agreement.newer`, `agreement.clause`
    """
    lock(agreement.chain)
    side, mandate = access.side(person, agreement, "accept", at=at)
    if side.part == "consulted":
        raise Refusal("agreement.consulted")
    draft = on_table(agreement, number)
    if side.state != "reading":
        raise Refusal("agreement.closed", state=side.state)
    digests = queries.digests(draft)
    unknown = sorted(set(clauses) - set(digests))
    if unknown:
        raise Refusal("agreement.clause", clause=unknown[0])
    before = queries.accepted(side, draft)
    fresh = [code for code in digests if code in clauses and code not in before]
    Acceptance.objects.bulk_create(
        [Acceptance(side=side, clause=code, digest=digests[code], person=person, at=at) for code in fresh]
    )
    if fresh:
        append(
            chain=agreement.chain,
            actor=person.ref,
            subject=f"side:{side.ref}",
            action="accept",
            at=at,
            facts={"office": side.office, "clauses": {code: digests[code] for code in fresh}},
        )
    if before | set(fresh) == set(digests):
        roles = access.role(terms(agreement.programme.version), mandate.office)
        take(side, "agree", actor=person.ref, roles=roles, at=at, number=draft.number)
    return side


@transaction.atomic
def take_back(*, agreement: Agreement, number: int, clause: str, person: Person, at: dt.datetime) -> Side:
    """Take the acceptance of one clause back while the side has not agreed to the whole.

    :raises Refusal: as `accept`
    """
    lock(agreement.chain)
    side, _ = access.side(person, agreement, "accept", at=at)
    draft = on_table(agreement, number)
    if side.state != "reading":
        raise Refusal("agreement.closed", state=side.state)
    digest = queries.digests(draft).get(clause)
    if not digest or not side.acceptances.filter(clause=clause, digest=digest).delete()[0]:
        raise Refusal("agreement.clause", clause=clause)
    append(
        chain=agreement.chain,
        actor=person.ref,
        subject=f"side:{side.ref}",
        action="take_back",
        at=at,
        facts={"office": side.office, "clause": clause},
    )
    return side


@transaction.atomic
def comment(
    *, agreement: Agreement, number: int, clause: str, text: str, person: Person, at: dt.datetime, chance: Chance
) -> Comment:
    """Say something about a clause on behalf of one's office; who is consulted may, too.

    :raises Refusal: `mandate.missing`, `agreement.closed`, `agreement.newer`, `agreement.clause`, `agreement.text`
    """
    lock(agreement.chain)
    side, _ = access.side(person, agreement, "accept", at=at)
    draft = on_table(agreement, number)
    if clause not in queries.digests(draft):
        raise Refusal("agreement.clause", clause=clause)
    if not text.strip():
        raise Refusal("agreement.text")
    made = Comment.objects.create(
        ref=identifiers.reference(chance),
        draft=draft,
        clause=clause,
        side=side,
        person=person,
        text=text.strip(),
        at=at,
    )
    append(
        chain=agreement.chain,
        actor=person.ref,
        subject=f"agreement:{agreement.ref}",
        action="comment",
        at=at,
        facts={"office": side.office, "clause": clause, "number": draft.number},
    )
    return made


@transaction.atomic
def settle(*, comment: Comment, answer: str, person: Person, at: dt.datetime) -> Comment:
    """Answer a comment of another office and close it, or close one's own.

    :raises Refusal: `mandate.missing`, `agreement.settled`, `agreement.text`
    """
    agreement = comment.draft.agreement
    lock(agreement.chain)
    side, _ = access.side(person, agreement, "accept", at=at)
    comment.refresh_from_db(fields=["settled_at"])
    if comment.settled_at:
        raise Refusal("agreement.settled")
    if not answer.strip() and comment.side_id != side.pk:
        raise Refusal("agreement.text")
    comment.settled_at, comment.answer, comment.settled_by = at, answer.strip(), side.office
    comment.save(update_fields=["settled_at", "answer", "settled_by"])
    append(
        chain=agreement.chain,
        actor=person.ref,
        subject=f"agreement:{agreement.ref}",
        action="settle",
        at=at,
        facts={"office": side.office, "clause": comment.clause},
    )
    return comment
