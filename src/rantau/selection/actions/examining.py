"""Who judges which piece: pairs dealt after attendance, a third asked by rule, another examiner where one may not judge."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from rantau.applications.models import Application
from rantau.coordination.queries import barred_schools
from rantau.engine.examiners import pairs
from rantau.engine.flow import Role
from rantau.engine.programme import Criterion
from rantau.engine.refusal import Refusal
from rantau.engine.scoring import settle
from rantau.ledger import actions as ledger
from rantau.people import access as people
from rantau.people import queries as register
from rantau.people.models import Person
from rantau.programmes.models import Intake
from rantau.selection import queries
from rantau.selection.models import Duty, Mark, Session, Sitting
from rantau.selection.queries import marks as reading


@transaction.atomic
def assign(*, session: Session, examiners: list[Person], person: Person, at: dt.datetime) -> int:
    """Deal a session's pieces to rotating pairs, name each third, have the anchors marked by all; return how many pieces.

    Pairs follow from the session's code, so nobody chooses whom to judge; whoever declared a conflict with a person, or
    ties to their school, never gets their piece. Pieces that have a pair keep it; who is no longer among the examiners, or
    may not judge a piece any more, gives back what they have not locked, and places left empty are filled.

    :raises Refusal: `role.missing`, `examiners.none` when no test here is judged by two, `examiners.attendance` until
        everybody's attendance is recorded, `examiners.few`, `scoring.pairing`
    """
    scope = session.intake.programme.code
    people.require(person, Role.COORDINATOR, scope=scope, at=at)
    for examiner in examiners:
        people.require(examiner, Role.EXAMINER, scope=scope, at=at)
    tests = [c for c in queries.doubles(session.intake) if c.code in session.criteria]
    if not tests:
        raise Refusal("examiners.none")
    sittings = list(session.sittings.select_related("application").order_by("piece"))
    came = [s for s in sittings if s.state == "attended"]
    if not came or any(s.state == "assigned" for s in sittings):
        raise Refusal("examiners.attendance")
    if len(set(examiners)) < 2:
        raise Refusal("examiners.few")
    ledger.lock(session.intake.chain)
    barred = frozenset((s.piece, who.ref) for who in examiners for s in came if _barred(s, who, at=at))
    _leave(came, [test.code for test in tests], examiners, barred)
    return sum(_deal(session, came, test, examiners, barred, person=person, at=at) for test in tests)


def _leave(came: list[Sitting], tests: list[str], examiners: list[Person], barred: frozenset[tuple[str, str]]) -> None:
    """Take back what those who no longer examine here, or may not judge a piece any more, have not locked."""
    held = Duty.objects.filter(sitting__in=came, criterion__in=tests).select_related("sitting", "examiner")
    for duty in held:
        if duty.examiner not in examiners or (duty.sitting.piece, duty.examiner.ref) in barred:
            _give_back(duty)


def _give_back(duty: Duty) -> bool:
    """Take a duty away with the mark that is not locked yet; return whether it was: a locked mark counts and stays."""
    own = Mark.objects.filter(
        application=duty.sitting.application_id, criterion=duty.criterion, examiner=duty.examiner_id
    )
    if own.exclude(state="draft").exists():
        return False
    own.delete()
    duty.delete()
    return True


def _barred(sitting: Sitting, examiner: Person, *, at: dt.datetime) -> bool:
    application, scope = sitting.application, sitting.session.intake.programme.code
    if application.person_id == examiner.pk or application.conflicts.filter(person=examiner).exists():
        return True
    return barred_schools(examiner, scope=scope, at=at).filter(school=application.school_id).exists()


def _deal(
    session: Session,
    came: list[Sitting],
    test: Criterion,
    examiners: list[Person],
    barred: frozenset[tuple[str, str]],
    *,
    person: Person,
    at: dt.datetime,
) -> int:
    rule = queries.marking(session.intake)
    assert rule is not None
    held = Duty.objects.filter(sitting__in=came, criterion=test.code)
    dealt = set(held.values_list("sitting", flat=True))
    anchors = held.filter(why="anchor").values("sitting").distinct().count()
    fresh = {s.piece: s for s in came if s.pk not in dealt}
    by_ref = {who.ref: who for who in examiners}
    left = max(rule.anchors - anchors, 0)
    plan = pairs(fresh, by_ref, left, seed=f"{session.code}|{test.code}", barred=barred)
    made, rows = [], []
    for one in plan:
        sitting = fresh[one.piece]
        parts = [(ref, "pair", "") for ref in one.pair]
        parts += [(one.third, "third", "anchor" if one.others else "")] if one.third else []
        parts += [(ref, "anchor", "anchor") for ref in one.others if ref != one.third]
        made += [Duty(sitting=sitting, criterion=test.code, examiner=by_ref[r], part=p, why=w) for r, p, w in parts]
        rows.append((sitting, {"pair": list(one.pair), "third": one.third or "", "anchor": bool(one.others)}))
    Duty.objects.bulk_create(made, batch_size=500)
    _note(session.intake, rows, test.code, "examiners", actor=person.ref, at=at)
    for sitting in came:
        if sitting.pk in dealt:
            _fill(sitting, test.code, examiners, person=person, at=at)
    return len(fresh)


def _note(
    intake: Intake,
    rows: Iterable[tuple[Sitting, dict[str, Any]]],
    criterion: str,
    action: str,
    *,
    actor: str,
    at: dt.datetime,
) -> None:
    """Write one entry a piece: who judges it is part of the record, as random references."""
    found = [(f"sitting:{s.ref}", action, {"criterion": criterion, **facts}) for s, facts in rows]
    if found:
        ledger.extend(ledger.lock(intake.chain), found, actor=actor, at=at)


def _fill(sitting: Sitting, criterion: str, examiners: list[Person], *, person: Person, at: dt.datetime) -> None:
    """Give the empty places of a piece to the least busy who may judge it: the third moves into the pair first."""
    duties = list(Duty.objects.filter(sitting=sitting, criterion=criterion).select_related("examiner"))
    third = next((d for d in duties if d.part == "third"), None)
    if sum(d.part == "pair" for d in duties) < 2 and third is not None:
        third.part, third.why = "pair", ""
        third.save(update_fields=["part", "why"])
        third = None
    busy = Counter(
        Duty.objects.filter(sitting__session=sitting.session_id, criterion=criterion).values_list("examiner", flat=True)
    )
    anchor = any(d.why == "anchor" for d in duties)
    for part in ["pair"] * (2 - sum(d.part == "pair" for d in duties)) + ["third"] * (third is None):
        taken = {
            d.examiner_id for d in Duty.objects.filter(sitting=sitting, criterion=criterion, part__in=("pair", "third"))
        }
        able = [who for who in examiners if who.pk not in taken and not _barred(sitting, who, at=at)]
        if not able:
            continue
        chosen = min(able, key=lambda who: (busy[who.pk], who.ref))
        busy[chosen.pk] += 1
        why = "anchor" if anchor and part == "third" else ""
        Duty.objects.update_or_create(
            sitting=sitting, criterion=criterion, examiner=chosen, defaults={"part": part, "why": why}
        )
        facts = {part: [chosen.ref] if part == "pair" else chosen.ref}
        _note(sitting.session.intake, [(sitting, facts)], criterion, "examiners", actor=person.ref, at=at)


def release(*, application: Application, examiner: Person, at: dt.datetime) -> None:
    """Take somebody's duties on a person's pieces away, and give them to others of the same session."""
    held = Duty.objects.filter(sitting__application=application, examiner=examiner).select_related("sitting__session")
    for duty in list(held):
        duty.delete()
        _pass_on(duty, person=examiner, at=at)


def _pass_on(duty: Duty, *, person: Person, at: dt.datetime) -> None:
    others = Duty.objects.filter(sitting__session=duty.sitting.session_id, criterion=duty.criterion)
    known = Person.objects.filter(pk__in=others.values("examiner")).order_by("pk")
    _fill(duty.sitting, duty.criterion, list(known), person=person, at=at)


@transaction.atomic
def step_aside(*, intake: Intake, examiner: Person, at: dt.datetime) -> int:
    """Give an examiner's unlocked pieces of schools to which they declared ties to others of the same session; how many."""
    ledger.lock(intake.chain)
    schools = barred_schools(examiner, scope=intake.programme.code, at=at)
    of = {"sitting__session__intake": intake, "sitting__application__school__in": schools}
    held = Duty.objects.filter(examiner=examiner, **of).select_related("sitting__session__intake__programme")
    drafts = Mark.objects.filter(examiner=examiner, state="draft", application__intake=intake)
    drafts.filter(application__school__in=schools).delete()
    given = [duty for duty in held.select_related("sitting__application") if _give_back(duty)]
    for duty in given:
        _pass_on(duty, person=examiner, at=at)
    return len(given)


def call_thirds(*, marks: list[Mark], at: dt.datetime) -> int:
    """Ask the third examiner of every piece whose pair has locked marks that the rule does not let stand; how many."""
    asked = 0
    for application, criterion in sorted({(m.application_id, m.criterion) for m in marks}):
        found = Duty.objects.filter(sitting__application=application, criterion=criterion, sitting__state="attended")
        duties = list(found.select_related("sitting__session__intake__version", "sitting__session__intake__programme"))
        if duties:
            asked += _call_third(duties, at=at)
    return asked


def _call_third(duties: list[Duty], *, at: dt.datetime) -> int:
    sitting, code = duties[0].sitting, duties[0].criterion
    intake = sitting.session.intake
    rule, test = queries.marking(intake), next(c for c in queries.criteria(intake) if c.code == code)
    third = next((d for d in duties if d.part == "third" and not d.why), None)
    pair = [d.examiner_id for d in duties if d.part == "pair"]
    locked = Mark.objects.filter(application=sitting.application_id, criterion=code, examiner__in=pair)
    values = list(locked.exclude(state="draft").values_list("value", flat=True))
    if rule is None or third is None or len(values) < 2:
        return 0
    gate = test.pass_mark if isinstance(test.pass_mark, int) else None
    if not settle(values, tolerance=rule.tolerance, gate=gate).needs_third:
        return 0
    why = "apart" if settle(values, tolerance=rule.tolerance).needs_third else "gate"
    return _ask(third, why, actor=register.system().ref, at=at)


@transaction.atomic
def look_again(*, intake: Intake, person: Person, at: dt.datetime) -> int:
    """Ask a third examiner to look at every piece of those whose outcome hangs on the examiners' severities; how many.

    Statistics ask, people decide: the third's mark counts with the pair's, the two closest of three.

    :raises Refusal: `role.missing`, `round.exists` after the freeze, `round.pending` while marks are missing,
        `examiners.vacant` where nobody is named as a third
    """
    people.require(person, Role.COORDINATOR, scope=intake.programme.code, at=at)
    ledger.lock(intake.chain)
    if queries.round_of(intake, "provisional"):
        raise Refusal("round.exists")
    waiting = {name: count for name, count in queries.pending(intake).items() if name != "again"}
    if waiting:
        raise Refusal("round.pending", waiting=[f"{name}: {count}" for name, count in waiting.items()])
    applications = queries.ranked_applications(intake)
    asked = 0
    for one in reading.otherwise(intake, applications, queries.rules(intake)):
        for piece in one.pieces:
            if piece.counted.third:
                continue
            if piece.third is None:
                raise Refusal("examiners.vacant", piece=piece.sitting.piece)
            if piece.third.why != "again":
                asked += _ask(piece.third, "again", actor=person.ref, at=at)
    return asked


def _ask(third: Duty, why: str, *, actor: str, at: dt.datetime) -> int:
    third.why = why
    third.save(update_fields=["why"])
    facts = {"third": third.examiner.ref, "why": why}
    sitting = third.sitting
    _note(sitting.session.intake, [(sitting, facts)], third.criterion, "third", actor=actor, at=at)
    return 1
