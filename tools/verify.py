# ruff: noqa: E731 (a formula is one line here, so that the whole file can be read in one sitting)
"""Check a published selection round: python3 verify.py ROUND.json (standard library only, no network).

VERIFIED (exit 0), or DIFFERENT and the path of the first value that is not what the other values make it (exit 1), or
on stderr why it is no "rantau.round/1" (exit 2). A second, separate reading of docs/rules.md; see docs/verify.md.
"""

import hashlib
import hmac
import json
import re
import sys
from fractions import Fraction

# What the format allows: a test, one text of several, [each], or {key: what}; "key?" may be missing.
text = lambda v: type(v) is str
name = lambda v: text(v) and v != "" and "|" not in v
whole = lambda v: type(v) is int and v >= 0
count = lambda v: v is None or whole(v)
sha256 = lambda v: text(v) and re.fullmatch("[0-9a-f]{64}", v) is not None
marked = lambda v: type(v) is dict and all(map(whole, v.values()))
PLACE = {"outcome": ("selected", "reserve", "unsuccessful"), "rank": count}
ROW = {"code": name, "total?": whole, "step": text, "leaf": sha256, **PLACE}
REASONS = ("within_seats", "within_reserve", "below_cut", "not_ranked")
PUBLIC = ROW | {"reason": REASONS, "marks?": marked, "salt?": text}
AUDIT = ROW | {"reason": text, "marks": marked, "salt": text, "subject": text}
CRITERION = {"code": text, "maximum": whole, "weight": whole, "pass_mark": count}
FILE = {
    "format": ("rantau.round/1",), "kind": ("provisional", "final"), "audience": ("public", "audit"),
    "rehearsal?": lambda v: v is True, "programme": name, "intake": name, "seed": text, "seal": sha256,
    "rules": {"seats": whole, "reserve": whole, "criteria": [CRITERION], "tie_break": [text]},
    "freeze": {"root": sha256, "rows": whole, "rules": sha256, "source": {"name": text, "planned": text}},
    "draw": {"name": text, "value": text, "evidence": lambda v: v == "" or sha256(v)},
    "checkpoint": {"chain": text, "length": whole, "hash": sha256},
    "counts": dict.fromkeys(("tested", "ranked", "changed_marks", "objections", "upheld"), whole),
}  # fmt: skip
CHANGE = {"code": name, "from": lambda v: v is None or fit(v, PLACE), "to": lambda v: v is None or fit(v, PLACE)}
FINAL = {"lot_root": sha256, "corrects": sha256, "differences": [CHANGE]}
PLACES = ("selected", "within_seats"), ("reserve", "within_reserve"), ("unsuccessful", "below_cut")

# The formulas of docs/rules.md.
canonical = lambda v: json.dumps(v, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
digest = lambda data: hashlib.sha256(data).hexdigest()
number = lambda file, row: hmac.digest(file["seed"].encode(), row["code"].encode(), "sha256")[:16]
lot = lambda file, row: (-int.from_bytes(number(file, row), "big"), row["code"])
part = lambda c, row: Fraction(100 * c["weight"] * row["marks"][c["code"]], c["maximum"])
total = lambda rules, row: round(sum(part(c, row) for c in rules["criteria"]))  # exact, then half to even
ties = lambda file, row: [(code, -row["marks"][code]) for code in file["rules"]["tie_break"]]
order = lambda file, row: [("total", -total(file["rules"], row)), *ties(file, row), ("lot", lot(file, row))]
step = lambda file, above, row: next(a for a, b in zip(order(file, above), order(file, row), strict=True) if a != b)[0]
mark = lambda c, row: row["marks"].get(c["code"], -1)
failed = lambda c, row: ("absent:" if mark(c, row) < 0 else "below_pass:") + c["code"]
gate = lambda rules, row: next((failed(c, row) for c in rules["criteria"] if mark(c, row) < (c["pass_mark"] or 0)), "")
place = lambda rules, rank: PLACES[(rank > rules["seats"]) + (rank > rules["seats"] + rules["reserve"])]
need = lambda condition, why: same(condition, why, 2)


class Verdict(Exception):
    """An exit code and what to say: 1 and the path of a difference, 2 and why the file cannot be read."""


def same(condition, what, code=1):
    if not condition:
        raise Verdict(code, what)


def fit(value, shape, path=""):
    if isinstance(shape, dict):
        need(type(value) is dict and all(key in value for key in shape if key[-1] != "?"), f"{path}: a key is missing")
        for key, item in value.items():
            need(key[-1:] != "?" and (key in shape or key + "?" in shape), f"{path}.{key}: not known")
            fit(item, shape.get(key, shape.get(key + "?")), f"{path}.{key}")
    elif isinstance(shape, list):
        need(type(value) is list, f"{path}: no list")
        for i, item in enumerate(value):
            fit(item, shape[0], f"{path}[{i}]")
    else:
        need(text(value) and value in shape if isinstance(shape, tuple) else shape(value), f"{path}: not allowed")
    return True


def read(data):
    no = lambda text: need(False, f"{text} is no whole number")
    once = lambda pairs: need(len(dict(pairs)) == len(pairs), "a key appears twice") or dict(pairs)
    try:
        canonical(file := json.loads(data.decode(), object_pairs_hook=once, parse_float=no, parse_constant=no))
    except (ValueError, RecursionError) as error:
        raise Verdict(2, f"not JSON in UTF-8: {error}") from error
    need(type(file) is dict and file.get("format") == "rantau.round/1", "the format is not rantau.round/1")
    rows = {"rows": [AUDIT if file.get("audience") == "audit" else PUBLIC]}
    fit(file, FILE | rows | (FINAL if file.get("kind") == "final" else {}))
    for c in (criteria := file["rules"]["criteria"]):
        need(re.fullmatch("(?!(first|total|lot|gate)$)[a-z][a-z0-9_]*", c["code"]), "rules: no name for a criterion")
        need(c["weight"] > 0 and c["maximum"] >= max(1, c["pass_mark"] or 0), "rules: a criterion cannot be")
    need(file["rules"]["seats"] > 0 and sum(c["weight"] for c in criteria) == 100, "rules: seats or weights")
    for codes in (known := [c["code"] for c in criteria]), file["rules"]["tie_break"]:
        need(len(set(codes)) == len(codes) and set(codes) <= set(known), "rules: codes")
    return file


def tree(hashes):
    if len(hashes) < 2:
        return hashes[0] if hashes else hashlib.sha256().digest()
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + tree(hashes[:split]) + tree(hashes[split:])).digest()


def check_audit(file):
    rules, rows = file["rules"], file["rows"]
    ranked = sorted((row for row in rows if not gate(rules, row)), key=lambda row: order(file, row))
    others = sorted((row for row in rows if gate(rules, row)), key=lambda row: row["code"])
    for i, row in enumerate(ranked + others):
        parts = row["code"], None, None, "unsuccessful", gate(rules, row), "gate"
        if i < len(ranked):
            above = step(file, ranked[i - 1], row) if i else "first"
            parts = row["code"], i + 1, total(rules, row), *place(rules, i + 1), above
        for key, value in zip(("code", "rank", "total", "outcome", "reason", "step"), parts, strict=True):
            same(rows[i].get(key) == value, f"rows[{i}].{key}")


def check_public(file):
    rules, above = file["rules"], None
    for i, row in enumerate(file["rows"]):
        at, ranked, has = f"rows[{i}].", "total" in row, "marks" in row
        outcome, reason = place(rules, i + 1) if ranked else ("unsuccessful", "not_ranked")
        for key, value in ("rank", i + 1 if ranked else None), ("outcome", outcome), ("reason", reason):
            same(row[key] == value, at + key)
        for key in "marks", "salt":
            same((key in row) == (outcome != "unsuccessful"), at + key)
        if ranked:
            same(not has or not gate(rules, row), at + "rank")
            same(not has or row["total"] == total(rules, row), at + "total")
            same(row["total"] <= (above.get("total", -1) if above else 10000), at + "total")
            tied = above and row["total"] == above["total"]
            same(not tied or not has or order(file, above) < order(file, row), at + "code")
            same(not tied or has or row["step"] != "lot" or lot(file, above) < lot(file, row), at + "code")
            allowed = [step(file, above, row)] if tied and has else [*rules["tie_break"], "lot"] if tied else None
            same(row["step"] in (allowed or ["total" if above else "first"]), at + "step")
        else:
            same(row["step"] == "gate", at + "step")
            same(not above or "total" in above or above["code"] < row["code"], at + "code")
        above = row


def check_changes(file):
    now = {row["code"]: {"outcome": row["outcome"], "rank": row["rank"]} for row in file["rows"]}
    ranks, last = {code: standing["rank"] for code, standing in now.items()}, ""
    for i, change in enumerate(file["differences"]):
        at, old = f"differences[{i}].", change["from"]
        same(change["code"] > last, at + "code")
        same(change["to"] == now.get(change["code"]), at + "to")
        same(old != change["to"], at + "from")
        was = old and (place(file["rules"], old["rank"])[0] if old["rank"] else "unsuccessful")
        same(not old or old["outcome"] == was, at + "from.outcome")
        last, ranks[change["code"]] = change["code"], old and old["rank"]
    known = sorted(rank for rank in ranks.values() if rank is not None)
    same(known == [i + 1 for i in range(len(known))], "differences")


def check(file):
    rows, frozen, counts, seen = file["rows"], file["freeze"], file["counts"], {}
    maxima = {c["code"]: c["maximum"] for c in file["rules"]["criteria"]}
    for i, row in enumerate(rows):
        same(seen.setdefault(row["code"], i) == i, f"rows[{i}].code")
        for criterion, mark in sorted(row.get("marks", {}).items()):
            same(mark <= maxima.get(criterion, -1), f"rows[{i}].marks.{criterion}")
        if "marks" in row and "salt" in row:
            opened = row["salt"].encode() + b"\n" + canonical({"code": row["code"], "marks": row["marks"]})
            same(row["leaf"] == digest(b"\x00" + opened), f"rows[{i}].leaf")
    leaves = [bytes.fromhex(row["leaf"]) for row in sorted(rows, key=lambda row: row["code"])]
    same(frozen["root"] == tree(leaves).hex(), "freeze.root")
    same(frozen["rows"] == len(rows), "freeze.rows")
    same(frozen["rules"] == digest(canonical(file["rules"])), "freeze.rules")
    same(file["draw"]["name"] == frozen["source"]["name"], "draw.name")
    parts = file["programme"], file["intake"], file["draw"]["value"], file.get("lot_root", frozen["root"])
    same(file["seed"] == "|".join(parts), "seed")
    check_audit(file) if file["audience"] == "audit" else check_public(file)
    same(counts["tested"] == len(rows), "counts.tested")
    same(counts["ranked"] == sum("total" in row for row in rows), "counts.ranked")
    same(counts["upheld"] <= counts["objections"], "counts.upheld")
    if file["kind"] == "final":
        check_changes(file)
    same(file["seal"] == digest(canonical({k: v for k, v in file.items() if k != "seal"})), "seal")


def main(path):
    try:
        with open(path, "rb") as source:
            check(read(source.read()))
        code, said = 0, "VERIFIED"
    except OSError as error:
        code, said = 2, error
    except Verdict as verdict:
        code, said = verdict.args
    print(f"DIFFERENT {said}" if code == 1 else said, file=sys.stderr if code == 2 else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else print(__doc__, file=sys.stderr) or 2)
