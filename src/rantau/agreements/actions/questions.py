"""Asking an office by when it answers, proposing an answer with its source, and deciding on it as a second person."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from rantau.agreements import access
from rantau.agreements.answering import answered
from rantau.agreements.models import Answer, Asked
from rantau.agreements.queries import questions
from rantau.engine import codes
from rantau.engine import programme as engine
from rantau.engine.chance import Chance
from rantau.engine.programme_answering import Origin, origin, source_of
from rantau.engine.programme_difference import difference, touched
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import append, lock
from rantau.ledger.steps import take
from rantau.people.models import Person
from rantau.programmes import actions as programmes
from rantau.programmes.models import Programme, Version
from rantau.programmes.queries import day, get, terms, typed

LONGEST = 1000
"""Characters of the reason why an answer is not taken."""


@transaction.atomic
def ask(*, programme: Programme, about: str, due_on: dt.date, person: Person, at: dt.datetime) -> Asked:
    """Set the day by which an office is asked to answer; the newest day counts, earlier ones stay in the history.

    :raises Refusal: `role.missing`, `question.unknown`, `question.due` for a day that has passed
    """
    access.deciding(person, programme, at=at)
    questions.asked(programme, about)
    if due_on < day(at):
        raise Refusal("question.due", due=due_on)
    append(
        chain=programme.chain,
        actor=person.ref,
        subject=f"programme:{programme.code}",
        action="ask",
        at=at,
        facts={"about": about, "due": due_on.isoformat()},
    )
    return Asked.objects.create(programme=programme, about=about, due_on=due_on, person=person, at=at)


def propose(
    *,
    programme: Programme,
    about: str,
    values: Mapping[str, Any],
    title: str,
    address: str,
    on: dt.date | None,
    person: Person,
    at: dt.datetime,
    chance: Chance,
) -> Answer:
    """Propose an answer: plain values by path, all or some of what the question asks, and where they are written.

    For the office that owes the answer, or that acts under its joint name, by a mandate; a coordinator records what an
    office has published. The programme stays as it is until a second person approves.

    :raises Refusal: `question.unknown`, `mandate.missing`, `answer.source`, `answer.empty`, `answer.paths`,
        `answer.invalid` (problems), `answer.open` while another answer to the question waits
    """
    programme = get(programme.code)
    asked, paths = questions.asked(programme, about)
    office, roles = access.answering(person, programme, asked.office, at=at)
    where = origin(title=title, address=address, on=on, today=day(at))
    _fillable(values, paths)
    base = programme.version
    assert base is not None
    text, assumptions = answered(base.text, base.assumptions, office=office, values=values, where=where)
    source = source_of(where, office=office, known=typed(base.text).sources)
    with transaction.atomic():
        lock(programme.chain)
        if Answer.objects.filter(programme=programme, about=about, state="proposed").exists():
            raise Refusal("answer.open", about=about)
        answer = Answer.objects.create(
            ref=codes.reference(chance),
            programme=programme,
            about=about,
            office=office,
            person=person,
            base=base,
            values=dict(values),
            source=source.plain(),
            text=text,
            assumptions=assumptions,
            proposed_at=at,
        )
        proposed = engine.digest(typed(text, assumptions))
        take(answer, "propose", actor=person.ref, roles=roles, at=at, about=about, office=office, digest=proposed)
    return answer


def approve(*, answer: Answer, person: Person, at: dt.datetime) -> Answer:
    """Make an answer part of the programme as another person than who proposed it: a new version, one entry for each.

    Where the programme has changed since, the answer is written into the newest version, unless that version already says
    something at the same place.

    :raises Refusal: `answer.stale` (paths), `answer.invalid` (problems), `step.role`, `step.state`, `step.same_person`
    """
    programme = get(answer.programme.code)
    base = programme.version
    assert base is not None
    text, assumptions = answer.text, answer.assumptions
    if answer.state == "proposed" and base.pk != answer.base_id:
        text, assumptions = _rebased(answer, base)
    became = engine.digest(typed(text, assumptions))
    with transaction.atomic():
        lock(programme.chain)
        programme.refresh_from_db(fields=["version", "clock_at"])
        if answer.state == "proposed" and programme.version_id != base.pk:
            raise Refusal("answer.stale", paths=list(answer.values))
        roles = access.decides(person, programme, at=at)
        take(answer, "approve", actor=person.ref, roles=roles, at=at, about=answer.about, digest=became)
        answer.base, answer.text, answer.assumptions, answer.decided_at = base, text, assumptions, at
        answer.save(update_fields=["base", "text", "assumptions", "decided_at"])
        programmes.store(text=text, assumptions=assumptions, clock_at=programme.clock_at, person=person, at=at)
    return answer


@transaction.atomic
def refuse(*, answer: Answer, reason: str, person: Person, at: dt.datetime) -> Answer:
    """Leave the programme as it is, with a reason that the office reads.

    :raises Refusal: `answer.reason` (longest), `step.role`, `step.state`, `step.same_person`
    """
    reason = reason.strip()
    if not reason or len(reason) > LONGEST:
        raise Refusal("answer.reason", longest=LONGEST)
    roles = access.decides(person, answer.programme, at=at)
    take(answer, "refuse", actor=person.ref, roles=roles, at=at, about=answer.about)
    answer.reason, answer.decided_at = reason, at
    answer.save(update_fields=["reason", "decided_at"])
    return answer


@transaction.atomic
def take_back(*, answer: Answer, person: Person, at: dt.datetime) -> Answer:
    """Take a proposal back before it is decided, as who proposed it or for the office that it speaks for.

    :raises Refusal: `mandate.missing`, `step.state`
    """
    lock(answer.chain)
    roles = access.taking_back(person, answer, at=at)
    take(answer, "take_back", actor=person.ref, roles=roles, at=at, about=answer.about)
    answer.decided_at = at
    answer.save(update_fields=["decided_at"])
    return answer


def _fillable(values: Mapping[str, Any], paths: tuple[str, ...]) -> None:
    if not values:
        raise Refusal("answer.empty")
    if strange := sorted(set(values) - set(paths)):
        raise Refusal("answer.paths", paths=strange)


def _rebased(answer: Answer, base: Version) -> tuple[str, str]:
    """Return an answer written into a newer version than it was proposed for.

    :raises Refusal: `answer.stale`, `answer.invalid`
    """
    moved = difference(terms(answer.base), terms(base))
    if stale := [path for path in answer.values if touched(moved, path)]:
        raise Refusal("answer.stale", paths=stale)
    where = Origin.read({name: answer.source[name] for name in Origin.model_fields})
    return answered(base.text, base.assumptions, office=answer.office, values=answer.values, where=where)
