"""Rounds: freeze list and rules, draw the seed from the source named before, decide, publish; once more as final."""

import datetime as dt
import hashlib
import re

from django.db import transaction

from rantau.applications.models import Application
from rantau.engine import codes, publication
from rantau.engine.canonical import digest
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.recount import seed
from rantau.engine.refusal import Refusal
from rantau.engine.selection import Row, Rules, decide
from rantau.ledger import queries as ledger
from rantau.ledger.steps import take, take_all
from rantau.people import access as people
from rantau.people.models import Person
from rantau.programmes.models import Intake
from rantau.programmes.queries import deadline, terms
from rantau.selection import queries
from rantau.selection.models import Listing, Objection, Round

from . import offers

STEPS = {"selected": "select", "reserve": "reserve", "unsuccessful": "leave"}
LONGEST = 200
"""Characters of what a source gave: the seed made of it is stored and published."""


def _roles(person: Person, intake: Intake, at: dt.datetime) -> frozenset[Role]:
    return people.roles(person, scope=intake.programme.code, at=at)


@transaction.atomic
def freeze(
    *, intake: Intake, source: str, planned_at: dt.datetime, person: Person, at: dt.datetime, chance: Chance
) -> Round:
    """Freeze the list and the rules for the provisional round and name the source of chance drawn later.

    Publication codes and salts are drawn here, for everybody verified; the Merkle root binds every row before the draw.

    :raises Refusal: `round.exists`, `round.pending` (what is still open), `round.source`, `round.nobody`, `role.missing`
    """
    people.require(person, Role.COORDINATOR, scope=intake.programme.code, at=at)
    if queries.round_of(intake, "provisional"):
        raise Refusal("round.exists")
    waiting = queries.pending(intake)
    if intake.state != "closed" or waiting:
        raise Refusal("round.pending", waiting=[f"{key}: {count}" for key, count in waiting.items()])
    if not source.strip() or "|" in source or planned_at <= at:
        raise Refusal("round.source", planned=planned_at)
    listed = queries.ranked_applications(intake)
    if not listed:
        raise Refusal("round.nobody")
    _list(listed, chance)
    round_ = Round.objects.create(
        ref=codes.reference(chance),
        intake=intake,
        kind="provisional",
        rules=queries.rules(intake).plain(),
        source={"name": source.strip(), "planned": planned_at.isoformat()},
    )
    return _frozen(round_, person=person, at=at)


def _list(applications: list[Application], chance: Chance) -> None:
    """Draw a publication code and a salt for each."""
    Listing.objects.bulk_create(
        (Listing(application=a, code=codes.draw("R", chance), salt=codes.reference(chance)) for a in applications),
        batch_size=500,
    )


def _frozen(round_: Round, *, person: Person, at: dt.datetime) -> Round:
    entries = [
        publication.Entry(code=row.code, marks=row.marks, salt=a.listing.salt, subject=f"application:{a.ref}")
        for a, row in queries.rows(round_.intake)
    ]
    frozen = publication.freeze(entries, Rules.read(round_.rules))
    roles = _roles(person, round_.intake, at)
    take(
        round_, "freeze", actor=person.ref, roles=roles, at=at, kind=round_.kind, source=round_.source["name"], **frozen
    )
    round_.root, round_.frozen_at, round_.rows = frozen["root"], at, [entry.plain() for entry in entries]
    round_.save()
    return round_


def _entries(round_: Round) -> list[publication.Entry]:
    """Return the rows as frozen: what people and officers did since then comes in the final round."""
    return [publication.Entry.read(row) for row in round_.rows]


@transaction.atomic
def draw(*, round_: Round, value: str, evidence: str, person: Person, at: dt.datetime) -> Round:
    """Record what the named source gave, with the SHA-256 of the kept evidence (or nothing); the seed follows from it.

    :raises Refusal: `round.early` before the planned instant, `round.value`, `round.evidence`, `step.*`
    """
    planned = dt.datetime.fromisoformat(round_.source["planned"])
    if at < planned:
        raise Refusal("round.early", planned=planned)
    if not value.strip() or "|" in value or len(value.strip()) > LONGEST:
        raise Refusal("round.value", longest=LONGEST)
    if evidence and not re.fullmatch("[0-9a-f]{64}", evidence):
        raise Refusal("round.evidence")
    drawn = {"name": round_.source["name"], "value": value.strip(), "evidence": evidence}
    roles = _roles(person, round_.intake, at)
    take(round_, "draw", actor=person.ref, roles=roles, at=at, value=drawn["value"], evidence=evidence)
    round_.draw = drawn
    round_.seed = seed(round_.intake.programme.code, round_.intake.code, drawn["value"], round_.root)
    round_.save()
    return round_


def run(*, round_: Round, person: Person, at: dt.datetime) -> Round:
    """Decide the frozen round; the rows kept at the freeze must still give its root.

    :raises Refusal: `round.changed` when a kept row is not what was frozen, `step.*`
    """
    entries, rules = _entries(round_), Rules.read(round_.rules)
    if publication.freeze(entries, rules)["root"] != round_.root:
        raise Refusal("round.changed")
    decided = decide([Row(code=e.code, marks=e.marks) for e in entries], rules, seed=round_.seed)
    with transaction.atomic():
        take(
            round_,
            "decide",
            actor=person.ref,
            roles=_roles(person, round_.intake, at),
            at=at,
            decision=digest(decided),
            cut=decided.cut,
        )
        round_.decision = decided.plain()
        round_.save(update_fields=["decision"])
    return round_


@transaction.atomic
def publish(*, round_: Round, person: Person, at: dt.datetime) -> Round:
    """Publish a decided round: both files are made once and never again.

    Provisional: objections are open until the announced day. Final: every outcome becomes a step, seats are offered; a
    seat of somebody who withdrew since the freeze goes to the next in the reserve.

    :raises Refusal: `round.pending` when a listed file was reopened since the final freeze, `step.*`
    """
    intake = round_.intake
    windows = terms(intake.version).windows
    header = _header(round_)
    entries, rules = _entries(round_), Rules.read(round_.rules)
    before = None
    if round_.kind == "final":
        before = publication.read(queries.public_bytes(intake, "provisional"))
    files = {
        audience: publication.dump(publication.build(header, entries, rules, audience=audience, provisional=before))
        for audience in ("public", "audit")
    }
    roles = _roles(person, intake, at)
    take(
        round_,
        "publish",
        actor=person.ref,
        roles=roles,
        at=at,
        kind=round_.kind,
        file=hashlib.sha256(files["public"]).hexdigest(),
    )
    round_.public, round_.audit, round_.published_at = files["public"], files["audit"], at
    if round_.kind == "provisional":
        round_.objections_until = deadline(at, windows.objection_days.value or 0)
    round_.save()
    if round_.kind == "final":
        _apply(round_, person=person, roles=roles, at=at)
    return round_


def _header(round_: Round) -> publication.Header:
    intake = round_.intake
    objections = Objection.objects.filter(application__intake=intake)
    return publication.Header(
        programme=intake.programme.code,
        intake=intake.code,
        rehearsal=intake.programme.rehearsal,
        source=publication.Source(**round_.source),
        draw=publication.Draw(**round_.draw),
        checkpoint=publication.Checkpoint(**ledger.checkpoint(intake.chain)),
        changed_marks=queries.changed_marks(intake),
        objections=objections.count(),
        upheld=objections.filter(state="upheld").count(),
    )


def _apply(round_: Round, *, person: Person, roles: frozenset[Role], at: dt.datetime) -> None:
    listed = queries.listed(round_)
    reopened = sum(a.state not in ("verified", "withdrawn") for a in listed.values())
    if reopened:
        raise Refusal("round.pending", waiting=[f"files: {reopened}"])
    by_code = {code: a for code, a in listed.items() if a.state == "verified"}
    outcomes = [o for o in queries.decision(round_).outcomes if o.code in by_code]
    rows = [(by_code[o.code], STEPS[o.outcome], {"rank": o.rank}) for o in outcomes]
    take_all(rows, actor=person.ref, roles=roles, at=at)
    until = deadline(at, terms(round_.intake.version).windows.offer_days.value or 0)
    chosen = [by_code[o.code] for o in outcomes if o.outcome == "selected"]
    for application in chosen:
        application.answer_by = until
    take_all([(a, "offer", {"from_reserve": False}) for a in chosen], actor=person.ref, roles=roles, at=at)
    Application.objects.bulk_update(chosen, ["answer_by"], batch_size=500)
    offers.fill(intake=round_.intake, at=at)


@transaction.atomic
def freeze_final(*, intake: Intake, person: Person, at: dt.datetime, chance: Chance) -> Round:
    """Freeze the one final round when the objections are decided: corrected marks, the same codes, the same seed.

    Those whom an officer's error had kept out get their publication code here.

    :raises Refusal: `round.exists`, `round.not_provisional`, `round.window` while objections may be lodged,
        `round.pending`, `role.missing`
    """
    people.require(person, Role.COORDINATOR, scope=intake.programme.code, at=at)
    provisional = queries.round_of(intake, "provisional")
    if provisional is None or provisional.state != "published" or provisional.objections_until is None:
        raise Refusal("round.not_provisional")
    if queries.round_of(intake, "final"):
        raise Refusal("round.exists")
    until = queries.objections_end(provisional)
    if at <= until:
        raise Refusal("round.window", until=until)
    waiting = queries.pending(intake)
    if waiting:
        raise Refusal("round.pending", waiting=[f"{key}: {count}" for key, count in waiting.items()])
    _list([a for a in queries.ranked_applications(intake) if not hasattr(a, "listing")], chance)
    final = Round.objects.create(
        ref=codes.reference(chance),
        intake=intake,
        kind="final",
        rules=provisional.rules,
        source=provisional.source,
        draw=provisional.draw,
        seed=provisional.seed,
    )
    _frozen(final, person=person, at=at)
    take(final, "draw", actor=person.ref, roles=_roles(person, intake, at), at=at, value=final.draw["value"], same=True)
    return final
