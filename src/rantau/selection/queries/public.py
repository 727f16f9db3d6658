"""What anybody may read of a selection, before a round, after it, and what an auditor reads beyond that."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.conf import settings

from rantau.engine.canonical import digest
from rantau.engine.flow import Role
from rantau.engine.selection import Rules
from rantau.ledger import queries as ledger
from rantau.ledger import signing
from rantau.people import access as people
from rantau.people.models import Person
from rantau.programmes.models import Intake
from rantau.selection.models import Mark, Round

from . import published, round_of


def announced(intake: Intake) -> dict[str, Any] | None:
    """Return what of an intake's lot is fixed already, step by step, or None before the freeze; keys as in `lot`."""
    round_ = round_of(intake, "provisional")
    return lot(round_) if round_ else None


def lot(round_: Round) -> dict[str, Any]:
    """Return what is fixed of a provisional round's lot.

    Keys: root, rows, rules (digest), source, substitutes, planned, frozen_at; drawn_at and draw (empty before it is
    drawn); decided_at and outcomes (the seal, empty before); published_at; state.
    """
    return {
        "root": round_.root,
        "rows": len(round_.rows),
        "rules": digest(Rules.read(round_.rules)),
        "source": round_.source["name"],
        "substitutes": round_.source.get("substitutes", []),
        "planned": dt.datetime.fromisoformat(round_.source["planned"]),
        "frozen_at": round_.frozen_at,
        "drawn_at": round_.drawn_at,
        "draw": round_.draw,
        "decided_at": round_.decided_at,
        "outcomes": round_.outcomes,
        "published_at": round_.published_at,
        "state": round_.state,
    }


def sealed(intake: Intake) -> Round | None:
    """Return the round whose outcomes are sealed and not published yet, or None."""
    return Round.objects.filter(intake=intake, state="decided").only("kind", "outcomes", "decided_at").first()


def signing_key() -> dict[str, str] | None:
    """Return the public key that signs published files now, with its fingerprint, or None where nothing is signed."""
    if not settings.SIGNING_KEY:
        return None
    key = signing.public_key(settings.SIGNING_KEY)
    return {"key": key, "fingerprint": signing.fingerprint(key)}


def results(intake: Intake) -> list[dict[str, Any]]:
    """Return the published rounds, newest first: {"round", "file", "digest", "size"}; the file as anybody reads it."""
    rounds = Round.objects.filter(intake=intake, state="published").order_by("-published_at").defer("audit")
    return [_result(round_) for round_ in rounds]


def _result(round_: Round) -> dict[str, Any]:
    data = bytes(round_.public or b"")
    return {
        "round": round_,
        "file": json.loads(data),
        "digest": hashlib.sha256(data).hexdigest(),
        "size": len(data),
    }


def audit_bytes(person: Person, intake: Intake, kind: str, *, at: dt.datetime) -> bytes:
    """Return a published round's audit file for an auditor or coordinator, or raise DoesNotExist.

    :raises Refusal: `role.missing`
    """
    people.require(person, Role.AUDITOR, Role.COORDINATOR, scope=intake.programme.code, at=at)
    return bytes(published(intake, kind).audit or b"")


def auditing(person: Person, intake: Intake, *, at: dt.datetime) -> dict[str, Any]:
    """Return an auditor's room: rounds, the chain's checkpoint, its faults, and every change of a locked mark.

    :raises Refusal: `role.missing`
    """
    people.require(person, Role.AUDITOR, Role.COORDINATOR, scope=intake.programme.code, at=at)
    actions = ("dispute", "change", "keep", "correct")
    history = ledger.entries(intake.chain).filter(action__in=actions, subject__startswith="mark:")
    return {
        "rounds": list(Round.objects.filter(intake=intake, state="published").order_by("published_at").defer("public")),
        "checkpoint": ledger.checkpoint(intake.chain),
        "faults": list(ledger.faults()),
        "changes": list(history),
        "changed": Mark.objects.filter(application__intake=intake, changed__gt=0).count(),
        "marks": Mark.objects.filter(application__intake=intake).exclude(state="draft").count(),
    }
