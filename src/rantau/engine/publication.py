"""The published file of a round: what stands in it, how it is built, and how anyone computes it again."""

import hashlib
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from .canonical import Frozen, digest
from .canonical import dump as dump
from .recount import PUBLIC_REASONS as PUBLIC_REASONS
from .recount import SHOWN, differences, outcome_leaves
from .recount import seed as seed
from .refusal import Refusal
from .seal import leaf, outcome_salt, root, stamp
from .selection import Outcome, Row, Rules, decide
from .shape import Shape, fit, hashed, named, parse, signature, text, whole
from .shape import Unreadable as Unreadable

FORMAT = "rantau.round/1"

OUTCOMES = ("selected", "reserve", "unsuccessful")

STANDING: Shape = {"outcome": OUTCOMES, "rank": (whole, None)}

LIST_SHAPE: Shape = {"programme": named, "intake": named, "kind": ("provisional", "final"), "rehearsal?": True}

BASE: Shape = {
    "format": FORMAT,
    "audience": ("public", "audit"),
    **LIST_SHAPE,
    "rules": {
        "seats": whole,
        "reserve": whole,
        "criteria": [{"code": text, "maximum": whole, "weight": whole, "pass_mark": (whole, None)}],
        "tie_break": [text],
    },
    "freeze": {
        "root": hashed,
        "rows": whole,
        "rules": hashed,
        "source": {"name": text, "planned": text, "substitutes": [text]},
    },
    "seed": text,
    "draw": {"name": text, "value": text, "evidence": ("", hashed), "why": text},
    "outcomes": {"root": hashed, "rows": whole},
    "checkpoint": {"chain": text, "length": whole, "hash": hashed},
    "counts": {"tested": whole, "ranked": whole, "changed_marks": whole, "objections": whole, "upheld": whole},
    "seal": hashed,
    "signature?": {"algorithm": "ed25519", "key": hashed, "value": signature},
}

FINAL: Shape = {
    "lot_root": hashed,
    "corrects": hashed,
    "differences": [{"code": named, "from": (None, STANDING), "to": (None, STANDING)}],
}

ROW: Shape = {"code": named, "total?": whole, "step": text, "leaf": hashed, "outcome_salt": text, **STANDING}

PUBLIC_ROW: Shape = {**ROW, "reason": PUBLIC_REASONS, "marks?": {"*": whole}, "salt?": text}

AUDIT_ROW: Shape = {**ROW, "reason": text, "marks": {"*": whole}, "salt": text, "subject": text}


Name = Annotated[str, Field(pattern=r"^[^|]+$")]
Whole = Annotated[int, Field(ge=0)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Source(Frozen):
    """The source of chance named before the draw, the instant planned for it as text, and what is used, in this order,
    should it be missing."""

    name: str
    planned: str
    substitutes: tuple[str, ...] = ()


class Draw(Frozen):
    """What was drawn: the source's name, the value as text, the evidence's SHA-256 or nothing, and, for a substitute,
    why every source named before it was missing."""

    name: str
    value: str
    evidence: Hash | Literal[""]
    why: str = ""


class Checkpoint(Frozen):
    """A ledger chain's head: its name, how many entries it has, and the hash of the last."""

    chain: str
    length: Whole
    hash: Hash


class Header(Frozen):
    """Everything a published round says that its rows and rules do not: who, the draw, the ledger, three counts."""

    programme: Name
    intake: Name
    rehearsal: bool
    source: Source
    draw: Draw
    checkpoint: Checkpoint
    changed_marks: Whole
    objections: Whole
    upheld: Whole


class Entry(Frozen):
    """One frozen row: publication code and marks (hundredths; none = absent), its salt, the subject's ledger ref."""

    code: Name
    marks: dict[str, int]
    salt: str
    subject: str

    @property
    def leaf(self) -> str:
        """Return the leaf that commits to code and marks."""
        return leaf(self.salt, {"code": self.code, "marks": self.marks})


class Verdict(Frozen):
    """Whether a file is what its own values make it; `path` names the first value that is not."""

    ok: bool
    path: str


def freeze(entries: Sequence[Entry], rules: Rules) -> dict[str, Any]:
    """Return what is published before the draw: Merkle root over the rows by code, their number, the rules' digest."""
    leaves = [entry.leaf for entry in sorted(entries, key=lambda entry: entry.code)]
    return {"root": root(leaves), "rows": len(leaves), "rules": digest(rules)}


def seal_outcomes(
    entries: Sequence[Entry],
    outcomes: Sequence[Outcome],
    *,
    programme: str,
    intake: str,
    kind: Literal["provisional", "final"],
    rehearsal: bool,
) -> dict[str, Any]:
    """Return what is published before the rows: Merkle root over the outcomes in their order, and their number."""
    by_code = {entry.code: entry for entry in entries}
    rows = [_row(outcome, by_code[outcome.code], "public") for outcome in outcomes]
    of = {"programme": programme, "intake": intake, "kind": kind, **({"rehearsal": True} if rehearsal else {})}
    return _sealed(of, rows)


def build(
    header: Header,
    entries: Sequence[Entry],
    rules: Rules,
    *,
    audience: Literal["public", "audit"],
    provisional: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the file of a round: provisional, or final when the provisional public file is given.

    The final file is decided by the seed of the provisional list (one draw per intake) and lists every code whose
    outcome or rank changed. `from` or `to` is None where a code was, or is, not in the list.

    :raises Refusal: those of `selection.decide` and `check_draw`;
        `publication.not_provisional` when `provisional` is no provisional public file;
        `publication.other_round` (field) when it differs in programme, intake, rehearsal, rules, source or draw
    """
    check_draw(header.source, header.draw)
    if provisional:
        _same_round(header, rules, provisional)
    frozen = {**freeze(entries, rules), "source": header.source.plain()}
    lot_root = provisional["freeze"]["root"] if provisional else frozen["root"]
    key = seed(header.programme, header.intake, header.draw.value, lot_root)
    outcomes = decide([Row(code=entry.code, marks=entry.marks) for entry in entries], rules, seed=key).outcomes
    by_code = {entry.code: entry for entry in entries}
    file: dict[str, Any] = {
        "format": FORMAT,
        "kind": "final" if provisional else "provisional",
        "audience": audience,
        "programme": header.programme,
        "intake": header.intake,
        "rules": rules.plain(),
        "freeze": frozen,
        "seed": key,
        "draw": header.draw.plain(),
        "checkpoint": header.checkpoint.plain(),
        "counts": _counts(header, outcomes),
        "rows": [_row(outcome, by_code[outcome.code], audience) for outcome in outcomes],
        **({"rehearsal": True} if header.rehearsal else {}),
    }
    file["outcomes"] = _sealed(file, file["rows"])
    if provisional:
        file |= {"lot_root": lot_root, "corrects": hashlib.sha256(dump(provisional)).hexdigest()}
        file["differences"] = _differences(provisional["rows"], file["rows"])
    return {**file, "seal": stamp(file)}


def check_draw(source: Source, draw: Draw) -> None:
    """Return when a draw is from the planned source, or from a substitute written down before, with the reason.

    :raises Refusal: `publication.source` (name, planned) for any other source; `publication.why` (name, planned) for a
        substitute without a reason, or a reason without a substitute
    """
    if draw.name not in (source.name, *source.substitutes):
        raise Refusal("publication.source", name=draw.name, planned=source.name)
    if (draw.name != source.name) != bool(draw.why.strip()):
        raise Refusal("publication.why", name=draw.name, planned=source.name)


def read(data: bytes) -> dict[str, Any]:
    """Return a published file from its bytes, in exactly the shape of its kind and audience.

    :raises Unreadable: not UTF-8 JSON, an unknown format, or a value that does not fit
    """
    file = parse(data)
    if type(file) is not dict or file.get("format") != FORMAT:
        raise Unreadable("format", f"is not {FORMAT}")
    row = AUDIT_ROW if file.get("audience") == "audit" else PUBLIC_ROW
    fit(file, {**BASE, "rows": [row], **(FINAL if file.get("kind") == "final" else {})})
    return file


def verify(data: bytes) -> Verdict:
    """Return whether everything in a published file that can be computed again comes out as published.

    :raises Unreadable: when the bytes are no such file
    """
    file = read(data)
    try:
        rules = Rules.read(file["rules"])
    except ValidationError as error:
        raise Unreadable("rules", str(error.errors()[0]["msg"])) from error
    path = next(differences(file, rules), "")
    return Verdict(ok=not path, path=path)


def _counts(header: Header, outcomes: Sequence[Outcome]) -> dict[str, int]:
    ranked = sum(outcome.rank is not None for outcome in outcomes)
    counted = {"changed_marks": header.changed_marks, "objections": header.objections, "upheld": header.upheld}
    return {"tested": len(outcomes), "ranked": ranked, **counted}


def _row(outcome: Outcome, entry: Entry, audience: str) -> dict[str, Any]:
    """Return a row: everything for auditors; for the public no reason that touches a person, marks of those chosen."""
    row = outcome.plain() | {"leaf": entry.leaf, "outcome_salt": outcome_salt(entry.salt)}
    if outcome.rank is None:
        del row["total"]
    if audience == "audit":
        return row | {"marks": dict(entry.marks), "salt": entry.salt, "subject": entry.subject}
    if outcome.rank is None:
        row["reason"] = "not_ranked"
    return row | ({"marks": dict(entry.marks), "salt": entry.salt} if outcome.outcome in SHOWN else {})


def _sealed(of: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"root": root(outcome_leaves(of, rows)), "rows": len(rows)}


def _same_round(header: Header, rules: Rules, provisional: dict[str, Any]) -> None:
    if [provisional.get(key) for key in ("format", "kind", "audience")] != [FORMAT, "provisional", "public"]:
        raise Refusal("publication.not_provisional")
    pairs = {
        "programme": (header.programme, provisional["programme"]),
        "intake": (header.intake, provisional["intake"]),
        "rehearsal": (header.rehearsal, "rehearsal" in provisional),
        "rules": (rules.plain(), provisional["rules"]),
        "source": (header.source.plain(), provisional["freeze"]["source"]),
        "draw": (header.draw.plain(), provisional["draw"]),
    }
    for field, (ours, theirs) in pairs.items():
        if ours != theirs:
            raise Refusal("publication.other_round", field=field)


def _differences(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[dict[str, Any]]:
    old, new = ({row["code"]: {key: row[key] for key in STANDING} for row in rows} for rows in (before, after))
    codes = sorted(old.keys() | new.keys())
    return [{"code": c, "from": old.get(c), "to": new.get(c)} for c in codes if old.get(c) != new.get(c)]
