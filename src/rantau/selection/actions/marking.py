"""Marks: enter and lock one's own, declare a conflict, change a locked one only by a second person."""

import datetime as dt

from django.db import transaction

from rantau.applications.models import Application
from rantau.coordination.queries import barred_schools
from rantau.engine import codes
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.programme import Criterion
from rantau.engine.refusal import Refusal
from rantau.ledger import actions as ledger
from rantau.ledger.steps import take, take_all
from rantau.people import access as people
from rantau.people.models import Person
from rantau.selection import queries
from rantau.selection.models import Conflict, Duty, Mark, Sitting

from . import examining


def _criterion(application: Application, code: str) -> Criterion:
    found = {c.code: c for c in queries.criteria(application.intake) if c.kind != "report"}
    if code not in found:
        raise Refusal("mark.criterion", known=sorted(found))
    return found[code]


def _fits(rule: Criterion, value: int) -> None:
    if not 0 <= value <= rule.maximum:
        raise Refusal("mark.range", value=value, maximum=rule.maximum)
    if rule.kind == "interview" and value % 100:
        raise Refusal("mark.whole", value=value)


@transaction.atomic
def enter(*, sitting: Sitting, criterion: str, value: int, person: Person, at: dt.datetime, chance: Chance) -> Mark:
    """Enter or correct one's own unlocked mark, in hundredths; an interview is marked in whole points by its descriptors.

    :raises Refusal: `role.missing`, `mark.criterion`, `mark.absent`, `mark.range`, `mark.whole`, `mark.locked`,
        `mark.conflict`, `mark.enough` when as many others as are needed marked it, `mark.not_assigned` where two judge in
        rotating pairs and the piece is not among one's own
    """
    application = sitting.application
    people.require(person, Role.EXAMINER, scope=application.intake.programme.code, at=at)
    rule = _criterion(application, criterion)
    if sitting.state != "attended" or criterion not in sitting.session.criteria:
        raise Refusal("mark.absent", piece=sitting.piece)
    _fits(rule, value)
    if _in_conflict(application, person, at=at):
        raise Refusal("mark.conflict", piece=sitting.piece)
    given = {m.examiner_id: m for m in Mark.objects.filter(application=application, criterion=criterion)}
    mark = given.get(person.pk)
    if mark is None:
        _may_begin(sitting, rule, person, given=len(given))
        return Mark.objects.create(
            ref=codes.reference(chance),
            application=application,
            criterion=criterion,
            examiner=person,
            value=value,
            at=at,
        )
    if mark.state != "draft":
        raise Refusal("mark.locked", piece=sitting.piece)
    mark.value, mark.at = value, at
    mark.save(update_fields=["value", "at"])
    return mark


def _in_conflict(application: Application, person: Person, *, at: dt.datetime) -> bool:
    if application.person_id == person.pk or application.conflicts.filter(person=person).exists():
        return True
    schools = barred_schools(person, scope=application.intake.programme.code, at=at)
    return schools.filter(school=application.school_id).exists()


def _may_begin(sitting: Sitting, rule: Criterion, person: Person, *, given: int) -> None:
    if rule in queries.doubles(sitting.application.intake):
        asked = Duty.objects.filter(sitting=sitting, criterion=rule.code, examiner=person)
        if not asked.exclude(part="third", why="").exists():
            raise Refusal("mark.not_assigned", piece=sitting.piece)
    elif given >= queries.room(sitting.application, rule):
        raise Refusal("mark.enough", piece=sitting.piece)


@transaction.atomic
def enter_all(
    *,
    sittings: list[Sitting],
    criterion: str,
    values: dict[str, int],
    person: Person,
    at: dt.datetime,
    chance: Chance,
) -> dict[str, Refusal]:
    """Enter many of one's own marks by piece code; a refused one leaves the others, and is returned by its piece."""
    refused = {}
    for sitting in sittings:
        if sitting.piece not in values:
            continue
        try:
            enter(
                sitting=sitting, criterion=criterion, value=values[sitting.piece], person=person, at=at, chance=chance
            )
        except Refusal as refusal:
            refused[sitting.piece] = refusal
    return refused


@transaction.atomic
def lock(*, marks: list[Mark], person: Person, at: dt.datetime) -> list[Mark]:
    """Lock one's own marks: from then on they count, and the other examiner's become visible.

    Where two judge and the rule does not let their marks stand, the third examiner is asked.

    :raises Refusal: `mark.not_own`, `step.*`
    """
    if any(mark.examiner_id != person.pk for mark in marks):
        raise Refusal("mark.not_own")
    if marks:
        roles = people.roles(person, scope=marks[0].application.intake.programme.code, at=at)
        rows = [(m, "lock", {"criterion": m.criterion, "value": m.value}) for m in marks]
        take_all(rows, actor=person.ref, roles=roles, at=at)
        examining.call_thirds(marks=marks, at=at)
    return marks


@transaction.atomic
def dispute(*, mark: Mark, proposed: int, reason: str, person: Person, at: dt.datetime) -> Mark:
    """Propose another value for a locked mark, with a reason; a second person decides.

    :raises Refusal: `mark.range`, `mark.whole`, `reason.empty`, `step.*`
    """
    _fits(_criterion(mark.application, mark.criterion), proposed)
    if not reason.strip():
        raise Refusal("reason.empty")
    roles = people.roles(person, scope=mark.application.intake.programme.code, at=at)
    take(mark, "dispute", actor=person.ref, roles=roles, at=at, criterion=mark.criterion, proposed=proposed)
    mark.proposed, mark.reason = proposed, reason.strip()
    mark.save(update_fields=["proposed", "reason"])
    return mark


@transaction.atomic
def settle(*, mark: Mark, agrees: bool, person: Person, at: dt.datetime) -> Mark:
    """Decide a proposed change as the second person; an agreed change is counted in the published result.

    :raises Refusal: `step.same_person`, `step.*`
    """
    roles = people.roles(person, scope=mark.application.intake.programme.code, at=at)
    take(
        mark,
        "change" if agrees else "keep",
        actor=person.ref,
        roles=roles,
        at=at,
        value=mark.proposed if agrees else mark.value,
    )
    if agrees and mark.proposed is not None:
        mark.value, mark.changed = mark.proposed, mark.changed + 1
    mark.proposed = None
    mark.save(update_fields=["value", "changed", "proposed"])
    examining.call_thirds(marks=[mark], at=at)
    return mark


@transaction.atomic
def correct(*, mark: Mark, value: int, objection: str, person: Person, at: dt.datetime, barred: frozenset[str]) -> Mark:
    """Correct a locked mark because an objection against it was upheld; counted in the published result.

    :raises Refusal: `mark.range`, `mark.whole`, `step.same_person`, `step.*`
    """
    _fits(_criterion(mark.application, mark.criterion), value)
    roles = people.roles(person, scope=mark.application.intake.programme.code, at=at)
    take(mark, "correct", actor=person.ref, roles=roles, at=at, barred=barred, value=value, objection=objection)
    mark.value, mark.changed = value, mark.changed + 1
    mark.save(update_fields=["value", "changed"])
    examining.call_thirds(marks=[mark], at=at)
    return mark


@transaction.atomic
def declare_conflict(*, application: Application, person: Person, at: dt.datetime) -> Conflict:
    """Declare a conflict of interest with a person: their pieces disappear from one's lists, unlocked marks too.

    What one should have judged goes to another examiner of the session.

    :raises Refusal: `role.missing`, `conflict.late` when one's mark counts already
    """
    people.require(person, Role.EXAMINER, Role.VERIFIER, scope=application.intake.programme.code, at=at)
    ledger.lock(application.intake.chain)
    own = Mark.objects.filter(application=application, examiner=person)
    if own.exclude(state="draft").exists():
        raise Refusal("conflict.late")
    own.delete()
    made = Conflict.objects.get_or_create(person=person, application=application, defaults={"at": at})[0]
    examining.release(application=application, examiner=person, at=at)
    return made
