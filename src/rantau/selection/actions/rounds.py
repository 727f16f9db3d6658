"""Rounds: freeze list and rules, draw the seed from the source named before, decide, publish; once more as final."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction

from rantau.applications.models import Application
from rantau.engine import codes, publication
from rantau.engine.canonical import digest
from rantau.engine.chance import Chance
from rantau.engine.flow import Role
from rantau.engine.recount import seed
from rantau.engine.refusal import Refusal
from rantau.engine.reminding import soon
from rantau.engine.selection import Row, Rules, decide
from rantau.ledger import queries as ledger
from rantau.ledger import signing
from rantau.ledger.steps import take, take_all
from rantau.people import access as people
from rantau.people.models import Person
from rantau.programmes.models import Intake
from rantau.programmes.queries import deadline, terms
from rantau.selection import queries
from rantau.selection.models import Evidence, Listing, Objection, Round

from . import offers

STEPS = {"selected": "select", "reserve": "reserve", "unsuccessful": "leave"}
LONGEST = 200
"""Characters of what a source gave: the seed made of it is stored and published."""
NOTICE = dt.timedelta(hours=24)
"""How long before the draw its source is public: time for anybody to copy the root and to come and watch."""
EVIDENCE = 8 * 1024 * 1024
"""Bytes of the evidence, which is kept and published as it is."""


def _roles(person: Person, intake: Intake, at: dt.datetime) -> frozenset[Role]:
    return people.roles(person, scope=intake.programme.code, at=at)


@transaction.atomic
def freeze(
    *,
    intake: Intake,
    source: str,
    substitutes: Sequence[str],
    planned_at: dt.datetime,
    person: Person,
    at: dt.datetime,
    chance: Chance,
) -> Round:
    """Freeze the list and the rules for the provisional round and name the source of chance drawn later.

    Publication codes and salts are drawn here, for everybody verified; the Merkle root binds every row before the draw.
    `substitutes` says what is used, in this order, should the source be missing: then nobody has to choose.

    :raises Refusal: `round.exists`, `round.pending` (what is still open), `round.source`, `round.substitutes`,
        `round.soon` less than 24 hours before the draw, `round.nobody`, `role.missing`
    """
    people.require(person, Role.COORDINATOR, scope=intake.programme.code, at=at)
    if queries.round_of(intake, "provisional"):
        raise Refusal("round.exists")
    waiting = queries.pending(intake)
    if intake.state != "closed" or waiting:
        raise Refusal("round.pending", waiting=[f"{key}: {count}" for key, count in waiting.items()])
    named = _source(source, substitutes)
    if planned_at < at + NOTICE:
        raise Refusal("round.soon", earliest=at + NOTICE)
    listed = queries.ranked_applications(intake)
    if not listed:
        raise Refusal("round.nobody")
    _list(listed, chance)
    round_ = Round.objects.create(
        ref=codes.reference(chance),
        intake=intake,
        kind="provisional",
        rules=queries.rules(intake).plain(),
        source={**named, "planned": planned_at.isoformat()},
    )
    return _frozen(round_, person=person, at=at)


def _source(name: str, substitutes: Sequence[str]) -> dict[str, Any]:
    named = [one.strip() for one in (name, *substitutes)]
    if not named[0] or "|" in named[0]:
        raise Refusal("round.source")
    if len(named) < 2 or not all(named) or "|" in "".join(named) or len(set(named)) < len(named):
        raise Refusal("round.substitutes")
    return {"name": named[0], "substitutes": named[1:]}


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
    source = {"source": round_.source["name"], "planned": round_.source["planned"]}
    others = {"substitutes": round_.source["substitutes"]}
    take(round_, "freeze", actor=person.ref, roles=roles, at=at, kind=round_.kind, **source, **others, **frozen)
    round_.root, round_.frozen_at, round_.rows = frozen["root"], at, [entry.plain() for entry in entries]
    round_.save()
    return round_


def _entries(round_: Round) -> list[publication.Entry]:
    """Return the rows as frozen: what people and officers did since then comes in the final round."""
    return [publication.Entry.read(row) for row in round_.rows]


@transaction.atomic
def draw(
    *,
    round_: Round,
    value: str,
    evidence: bytes,
    source: str = "",
    why: str = "",
    person: Person,
    at: dt.datetime,
) -> Round:
    """Record what a source gave, with the evidence; the seed follows from it.

    `source` is the planned one (or nothing), or one of its substitutes; then `why` says why those before it were missing.

    :raises Refusal: `round.early` before the planned instant, `round.value`, `round.evidence`, `publication.source`,
        `publication.why`, `step.*`
    """
    planned = dt.datetime.fromisoformat(round_.source["planned"])
    if at < planned:
        raise Refusal("round.early", planned=planned)
    if not value.strip() or "|" in value or len(value.strip()) > LONGEST:
        raise Refusal("round.value", longest=LONGEST)
    if len(evidence) > EVIDENCE:
        raise Refusal("round.evidence", limit=EVIDENCE // 1024 // 1024)
    drawn = publication.Draw(
        name=source.strip() or round_.source["name"],
        value=value.strip(),
        evidence=hashlib.sha256(evidence).hexdigest() if evidence else "",
        why=why.strip(),
    )
    publication.check_draw(publication.Source.read(round_.source), drawn)
    facts = {"source": drawn.name, "value": drawn.value, "evidence": drawn.evidence}
    take(round_, "draw", actor=person.ref, roles=_roles(person, round_.intake, at), at=at, **facts)
    round_.draw, round_.drawn_at = drawn.plain(), at
    round_.seed = seed(round_.intake.programme.code, round_.intake.code, drawn.value, round_.root)
    round_.save()
    if evidence:
        Evidence.objects.create(round=round_, data=evidence)
    return round_


def run(*, round_: Round, person: Person, at: dt.datetime) -> Round:
    """Decide the frozen round and seal the outcomes; the rows kept at the freeze must still give its root.

    The seal goes into the ledger and is public at once, before any row is: no outcome can be changed after it.

    :raises Refusal: `round.changed` when a kept row is not what was frozen, `step.*`
    """
    entries, rules = _entries(round_), Rules.read(round_.rules)
    if publication.freeze(entries, rules)["root"] != round_.root:
        raise Refusal("round.changed")
    decided = decide([Row(code=e.code, marks=e.marks) for e in entries], rules, seed=round_.seed)
    intake = round_.intake
    sealed = publication.seal_outcomes(
        entries,
        decided.outcomes,
        programme=intake.programme.code,
        intake=intake.code,
        kind=round_.kind,
        rehearsal=intake.programme.rehearsal,
    )
    facts = {"decision": digest(decided), "cut": decided.cut, "outcomes": sealed["root"]}
    with transaction.atomic():
        take(round_, "decide", actor=person.ref, roles=_roles(person, intake, at), at=at, **facts)
        round_.decision, round_.decided_at, round_.outcomes = decided.plain(), at, sealed["root"]
        round_.save(update_fields=["decision", "decided_at", "outcomes"])
    return round_


@transaction.atomic
def publish(*, round_: Round, person: Person, at: dt.datetime) -> Round:
    """Publish a decided round: both files are made and signed once, and never again.

    Provisional: objections are open until the announced day. Final: every outcome becomes a step, seats are offered; a
    seat of somebody who withdrew since the freeze goes to the next in the reserve.

    :raises Refusal: `round.changed` when the rows no longer give the root of the freeze or the seal of the outcomes,
        `round.pending` when a listed file was reopened since the final freeze, `step.*`
    """
    intake = round_.intake
    windows = terms(intake.version).windows
    made = _files(round_)
    files = {audience: publication.dump(file) for audience, file in made.items()}
    roles = _roles(person, intake, at)
    fingerprint = hashlib.sha256(files["public"]).hexdigest()
    take(round_, "publish", actor=person.ref, roles=roles, at=at, kind=round_.kind, file=fingerprint)
    if {(f["freeze"]["root"], f["outcomes"]["root"]) for f in made.values()} != {(round_.root, round_.outcomes)}:
        raise Refusal("round.changed")
    round_.public, round_.audit, round_.published_at = files["public"], files["audit"], at
    if round_.kind == "provisional":
        round_.objections_until = deadline(at, windows.objection_days.value or 0)
    round_.save()
    if round_.kind == "final":
        _apply(round_, person=person, roles=roles, at=at)
    return round_


def _files(round_: Round) -> dict[str, dict[str, Any]]:
    """Return both files of a decided round, signed where the office has a key."""
    header, entries, rules = _header(round_), _entries(round_), Rules.read(round_.rules)
    before, files = None, {}
    if round_.kind == "final":
        before = publication.read(queries.public_bytes(round_.intake, "provisional"))
    for audience in ("public", "audit"):
        file = publication.build(header, entries, rules, audience=audience, provisional=before)
        files[audience] = signing.sign(file, settings.SIGNING_KEY) if settings.SIGNING_KEY else file
    return files


def _header(round_: Round) -> publication.Header:
    intake = round_.intake
    objections = Objection.objects.filter(application__intake=intake)
    return publication.Header(
        programme=intake.programme.code,
        intake=intake.code,
        rehearsal=intake.programme.rehearsal,
        source=publication.Source.read(round_.source),
        draw=publication.Draw.read(round_.draw),
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
        application.answer_by, application.remind_at = until, soon(at, until)
    take_all([(a, "offer", {"from_reserve": False}) for a in chosen], actor=person.ref, roles=roles, at=at)
    Application.objects.bulk_update(chosen, ["answer_by", "remind_at"], batch_size=500)
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
        drawn_at=provisional.drawn_at,
        seed=provisional.seed,
    )
    _frozen(final, person=person, at=at)
    take(final, "draw", actor=person.ref, roles=_roles(person, intake, at), at=at, value=final.draw["value"], same=True)
    return final
