"""What of a published round can be computed again, computed again: the paths where the file says otherwise."""

from collections.abc import Iterator
from typing import Any

from .canonical import digest
from .scoring import total
from .seal import leaf, outcome_salt, root, stamp
from .selection import Row, Rules, compare, decide, gate, lot_order, place

PUBLIC_REASONS = ("within_seats", "within_reserve", "below_cut", "not_ranked")
OUTCOME = ("code", "rank", "total", "outcome", "step", "reason")
"""What the seal of the outcomes binds of a row; `total` only where the row has a rank."""
LIST = ("programme", "intake", "kind", "rehearsal")
"""What it binds of the list, beside the number of rows; `rehearsal` only where it is one."""
SHOWN = ("selected", "reserve")
"""Outcomes whose marks and salt stand in the public file."""


def differences(file: dict[str, Any], rules: Rules) -> Iterator[str]:
    """Yield the path of each value that is not what the file's other values make it; the first is meant to be read.

    The file has the right shape. A later check may lean on what an earlier one found in order.
    """
    yield from _commitments(file["rows"], rules)
    yield from _freeze(file, rules)
    if file["audience"] == "audit":
        yield from _decided(file, rules)
    else:
        yield from _order(file, rules)
    yield from _outcomes(file)
    yield from _counts(file)
    if file["kind"] == "final":
        yield from _changes(file, rules)
    if file["seal"] != stamp(file):
        yield "seal"


def seed(programme: str, intake: str, value: str, lot_root: str) -> str:
    """Return the seed of an intake's one draw: programme, intake, drawn value and the provisional list's root."""
    return f"{programme}|{intake}|{value}|{lot_root}"


def shown_outcome(row: dict[str, Any]) -> dict[str, Any]:
    """Return what the public file says of a row's outcome; why a row has no rank is no part of it for auditors either."""
    shown = {key: row[key] for key in OUTCOME if key in row}
    return shown | ({"reason": "not_ranked"} if row["rank"] is None else {})


def outcome_leaf(of: dict[str, Any], rows: int, shown: dict[str, Any], salt: str) -> str:
    """Return the leaf of an outcome in a list of so many rows; `of` holds what LIST names of the list."""
    return leaf(salt, {**{key: of[key] for key in LIST if key in of}, "rows": rows, **shown})


def outcome_leaves(of: dict[str, Any], rows: list[dict[str, Any]]) -> list[str]:
    """Return the leaves of the outcomes of published rows, in the order of the rows."""
    return [outcome_leaf(of, len(rows), shown_outcome(row), row["outcome_salt"]) for row in rows]


def _commitments(rows: list[dict[str, Any]], rules: Rules) -> Iterator[str]:
    maxima = {c.code: c.maximum for c in rules.criteria}
    seen: set[str] = set()
    for i, row in enumerate(rows):
        if row["code"] in seen:
            yield f"rows[{i}].code"
        seen.add(row["code"])
        for criterion, mark in sorted(row.get("marks", {}).items()):
            if mark > maxima.get(criterion, -1):
                yield f"rows[{i}].marks.{criterion}"
        open_row = {"code": row["code"], "marks": row.get("marks")}
        if "marks" in row and "salt" in row and row["leaf"] != leaf(row["salt"], open_row):
            yield f"rows[{i}].leaf"
        if "salt" in row and row["outcome_salt"] != outcome_salt(row["salt"]):
            yield f"rows[{i}].outcome_salt"


def _freeze(file: dict[str, Any], rules: Rules) -> Iterator[str]:
    leaves = [row["leaf"] for row in sorted(file["rows"], key=lambda row: str(row["code"]))]
    if file["freeze"]["root"] != root(leaves):
        yield "freeze.root"
    if file["freeze"]["rows"] != len(leaves):
        yield "freeze.rows"
    if file["freeze"]["rules"] != digest(rules):
        yield "freeze.rules"
    yield from _draw(file["freeze"]["source"], file["draw"])
    lot_root = file["lot_root"] if file["kind"] == "final" else file["freeze"]["root"]
    if file["seed"] != seed(file["programme"], file["intake"], file["draw"]["value"], lot_root):
        yield "seed"


def _draw(source: dict[str, Any], draw: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the source of the draw: each one named once, drawn from one of them, and why."""
    named = [source["name"], *source["substitutes"]]
    for i, name in enumerate(named[1:], 1):
        if name in named[:i]:
            yield f"freeze.source.substitutes[{i - 1}]"
    if draw["name"] not in named:
        yield "draw.name"
    if (draw["name"] != source["name"]) != bool(draw["why"].strip()):
        yield "draw.why"


def _decided(file: dict[str, Any], rules: Rules) -> Iterator[str]:
    rows = [Row(code=row["code"], marks=row["marks"]) for row in file["rows"]]
    for i, outcome in enumerate(decide(rows, rules, seed=file["seed"]).outcomes):
        expected = {"code": outcome.code, "rank": outcome.rank, "total": outcome.total, "outcome": outcome.outcome}
        expected |= {"reason": outcome.reason, "step": outcome.step}
        for key, value in expected.items():
            if file["rows"][i].get(key) != value:
                yield f"rows[{i}].{key}"


def _order(file: dict[str, Any], rules: Rules) -> Iterator[str]:
    above: dict[str, Any] | None = None
    for i, row in enumerate(file["rows"]):
        rank = i + 1 if "total" in row else None
        outcome, reason = place(i + 1, rules) if rank else ("unsuccessful", "not_ranked")
        for key, value in {"rank": rank, "outcome": outcome, "reason": reason}.items():
            if row[key] != value:
                yield f"rows[{i}].{key}"
        for key in ("marks", "salt"):
            if (key in row) != (outcome in SHOWN):
                yield f"rows[{i}].{key}"
        wrong = _ranked(above, row, file["seed"], rules) if rank else _unranked(above, row)
        if wrong:
            yield f"rows[{i}].{wrong}"
        above = row


def _unranked(above: dict[str, Any] | None, row: dict[str, Any]) -> str:
    if row["step"] != "gate":
        return "step"
    ordered = above is None or "total" in above or above["code"] < row["code"]
    return "" if ordered else "code"


def _ranked(above: dict[str, Any] | None, row: dict[str, Any], seed: str, rules: Rules) -> str:
    if "marks" in row:
        if gate(_row(row), rules):
            return "rank"
        if row["total"] != total(row["marks"], rules.criteria):
            return "total"
    if row["total"] > (10000 if above is None else above.get("total", -1)):
        return "total"
    if above is None or row["total"] < above["total"]:
        return "" if row["step"] == ("first" if above is None else "total") else "step"
    return _tied(above, row, seed, rules)


def _tied(above: dict[str, Any], row: dict[str, Any], seed: str, rules: Rules) -> str:
    """Return what is wrong with the lower of two rows with one total; its marks may be unknown."""
    if "marks" in row:
        step, better = compare(_row(above), _row(row), rules, seed=seed)
        if better < 0:
            return "code"
        return "" if row["step"] == step else "step"
    if row["step"] == "lot":
        return "" if lot_order(seed, above["code"]) < lot_order(seed, row["code"]) else "code"
    return "" if row["step"] in rules.tie_break else "step"


def _row(row: dict[str, Any]) -> Row:
    return Row(code=row["code"], marks=row["marks"])


def _outcomes(file: dict[str, Any]) -> Iterator[str]:
    if file["outcomes"]["root"] != root(outcome_leaves(file, file["rows"])):
        yield "outcomes.root"
    if file["outcomes"]["rows"] != len(file["rows"]):
        yield "outcomes.rows"


def _counts(file: dict[str, Any]) -> Iterator[str]:
    counts = file["counts"]
    if counts["tested"] != len(file["rows"]):
        yield "counts.tested"
    if counts["ranked"] != sum("total" in row for row in file["rows"]):
        yield "counts.ranked"
    if counts["upheld"] > counts["objections"]:
        yield "counts.upheld"


def _changes(file: dict[str, Any], rules: Rules) -> Iterator[str]:
    """Yield what is wrong with the differences: each change is one, and the ranks before it are 1, 2, 3 … again."""
    now = {row["code"]: {"outcome": row["outcome"], "rank": row["rank"]} for row in file["rows"]}
    before = {code: place["rank"] for code, place in now.items()}
    last = ""
    for i, change in enumerate(file["differences"]):
        path, code, old, new = f"differences[{i}]", change["code"], change["from"], change["to"]
        if code <= last:
            yield f"{path}.code"
        if new != now.get(code):
            yield f"{path}.to"
        if old == new:
            yield f"{path}.from"
        if old and old["outcome"] != (place(old["rank"], rules)[0] if old["rank"] else "unsuccessful"):
            yield f"{path}.from.outcome"
        before[code] = old and old["rank"]
        last = code
    ranks = sorted(rank for rank in before.values() if rank is not None)
    if ranks != list(range(1, len(ranks) + 1)):
        yield "differences"
