# ruff: noqa: E701, E731 (a formula or a guard is one line here, so that the whole can be read in one sitting)
# fmt: off
"""Check a published round, or one person's proof: python3 verify.py ROUND.json | PROOF.json [ROUND.json].

VERIFIED (exit 0), or DIFFERENT and the path of the first value that is not what the other values make it (exit 1), or
on stderr why it cannot be read (exit 2). Standard library only; a signature is checked by ed25519.py beside this file.
"""
import hashlib
import hmac
import json
import re
import runpy
import sys
from fractions import Fraction
from pathlib import Path

# What the formats allow: a test, one text of several, [each], or {key: what}; "key?" may be missing.
text = lambda v: type(v) is str
name = lambda v: text(v) and v != "" and "|" not in v
whole = lambda v: type(v) is int and v >= 0
count = lambda v: v is None or whole(v)
digits = lambda v, n=64: text(v) and re.fullmatch(f"[0-9a-f]{{{n}}}", v) is not None
marked = lambda v: type(v) is dict and all(map(whole, v.values()))
standing = lambda v: v is None or fit(v, PLACE)
known = lambda v: text(v) and re.fullmatch("(?!(first|total|lot|gate)$)[a-z][a-z0-9_]*", v) is not None
above_zero = lambda v: whole(v) and v > 0
PLACES = ("selected", "within_seats"), ("reserve", "within_reserve"), ("unsuccessful", "below_cut")
PLACE = {"outcome": tuple(outcome for outcome, _ in PLACES), "rank": count}
REASON = (*(reason for _, reason in PLACES), "not_ranked")
SHOWN = PLACE | {"code": name, "total?": whole, "step": text, "reason": REASON}
PUBLIC = SHOWN | {"leaf": digits, "outcome_salt": text, "marks?": marked, "salt?": text}
AUDIT = SHOWN | {"leaf": digits, "outcome_salt": text, "marks": marked, "salt": text, "subject": text, "reason": text}
LIST = {"programme": name, "intake": name, "kind": ("provisional", "final"), "rehearsal?": lambda v: v is True}
CRITERION = {"code": known, "maximum": above_zero, "weight": above_zero, "pass_mark": count}
SOURCE = {"name": text, "planned": text, "substitutes": [text]}
FILE = LIST | {
    "format": ("rantau.round/1",), "audience": ("public", "audit"), "seed": text, "seal": digits,
    "rules": {"seats": above_zero, "reserve": whole, "criteria": [CRITERION], "tie_break": [text]},
    "freeze": {"root": digits, "rows": whole, "rules": digits, "source": SOURCE},
    "draw": {"name": text, "value": text, "evidence": lambda v: v == "" or digits(v), "why": text},
    "outcomes": {"root": digits, "rows": whole}, "checkpoint": {"chain": text, "length": whole, "hash": digits},
    "counts": dict.fromkeys(("tested", "ranked", "changed_marks", "objections", "upheld"), whole),
    "signature?": {"algorithm": ("ed25519",), "key": digits, "value": lambda v: digits(v, 128)},
}
CHANGES = {"lot_root": digits, "corrects": digits, "differences": [{"code": name, "from": standing, "to": standing}]}
PROOF = LIST | {"format": ("rantau.proof/1",), "row": SHOWN, "salt": text, "index": whole, "size": whole,
                "path": [digits], "root": digits}
# The formulas of docs/rules.md.
canonical = lambda v: json.dumps(v, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
digest = lambda data: hashlib.sha256(data).hexdigest()
leaf = lambda salt, v: hashlib.sha256(b"\x00" + salt.encode() + b"\n" + canonical(v)).digest()
node = lambda left, right: hashlib.sha256(b"\x01" + left + right).digest()
half = lambda size: 1 << (size - 1).bit_length() - 1
tree = lambda h: node(tree(h[: half(len(h))]), tree(h[half(len(h)) :])) if h[1:] else [*h, hashlib.sha256().digest()][0]
lot = lambda f, r: (-int(hmac.new(f["seed"].encode(), r["code"].encode(), "sha256").hexdigest()[:32], 16), r["code"])
part = lambda c, row: Fraction(100 * c["weight"] * row["marks"][c["code"]], c["maximum"])
total = lambda rules, row: round(sum(part(c, row) for c in rules["criteria"]))  # exact, then half to even
ties = lambda file, row: [(code, -row["marks"][code]) for code in file["rules"]["tie_break"]]
order = lambda file, row: [("total", -total(file["rules"], row)), *ties(file, row), ("lot", lot(file, row))]
step = lambda file, above, row: next(a for a, b in zip(order(file, above), order(file, row), strict=True) if a != b)[0]
mark = lambda c, row: row["marks"].get(c["code"], -1)
failed = lambda c, row: ("absent:" if mark(c, row) < 0 else "below_pass:") + c["code"]
gate = lambda rules, row: next((failed(c, row) for c in rules["criteria"] if mark(c, row) < (c["pass_mark"] or 0)), "")
place = lambda rules, rank: PLACES[(rank > rules["seats"]) + (rank > rules["seats"] + rules["reserve"])]
pick = lambda v, keys: {key.strip("?"): v[key.strip("?")] for key in keys if key.strip("?") in v}
public = lambda row: pick(row, SHOWN) | ({"reason": "not_ranked"} if row["rank"] is None else {})
outcome = lambda of, rows, row, salt: leaf(salt, {"rows": rows} | pick(of, LIST) | public(row))
need = lambda condition, why: same(condition, why, 2)

class Verdict(Exception): """An exit code and what to say: 1 and a path that differs, 2 and why it cannot be read."""

def same(condition, what, code=1):
    if not condition: raise Verdict(code, what)

def agree(file, part, **values):
    for key, value in values.items(): same(file[part][key] == value, f"{part}.{key}")

def fit(value, shape, path=""):
    if isinstance(shape, dict):
        need(type(value) is dict and all(key in value for key in shape if key[-1] != "?"), f"{path}: a key is missing")
        for key, item in value.items():
            need(key[-1:] != "?" and (key in shape or key + "?" in shape), f"{path}.{key}: not known")
            fit(item, shape.get(key, shape.get(key + "?")), f"{path}.{key}")
    elif isinstance(shape, list):
        need(type(value) is list and all(fit(item, shape[0], f"{path}[]") for item in value), f"{path}: no list")
    else: need(text(value) and value in shape if isinstance(shape, tuple) else shape(value), f"{path}: not allowed")
    return True

def read(data):
    no = lambda text: need(False, f"{text} is no whole number")
    once = lambda pairs: need(len(dict(pairs)) == len(pairs), "a key appears twice") or dict(pairs)
    try:
        canonical(file := json.loads(data.decode(), object_pairs_hook=once, parse_float=no, parse_constant=no))
    except (ValueError, RecursionError) as error: need(False, f"not JSON in UTF-8: {error}")
    need(type(file) is dict and file.get("format") in ("rantau.round/1", "rantau.proof/1"), "the format is not known")
    if file["format"] == "rantau.proof/1": return fit(file, PROOF) and file
    rows = {"rows": [AUDIT if file.get("audience") == "audit" else PUBLIC]}
    fit(file, FILE | rows | (CHANGES if file.get("kind") == "final" else {}))
    criteria, parting = file["rules"]["criteria"], file["rules"]["tie_break"]
    codes, weights = {c["code"] for c in criteria}, [c["weight"] for c in criteria]
    need(all(c["maximum"] >= (c["pass_mark"] or 0) for c in criteria) and sum(weights) == 100, "rules: criteria")
    need(len(codes) == len(criteria) and len({*parting}) == len(parting) and {*parting} <= codes, "rules: codes")
    return file

def check_audit(file):
    rules, keys = file["rules"], ("code", "rank", "total", "outcome", "reason", "step")
    rows = sorted(file["rows"], key=lambda row: (1, row["code"]) if gate(rules, row) else (0, order(file, row)))
    for i, row in enumerate(rows):
        parts = row["code"], None, None, "unsuccessful", gate(rules, row), "gate"
        if not gate(rules, row):
            above = step(file, rows[i - 1], row) if i else "first"
            parts = row["code"], i + 1, total(rules, row), *place(rules, i + 1), above
        for key, value in zip(keys, parts, strict=True): same(file["rows"][i].get(key) == value, f"rows[{i}].{key}")

def check_public(file):
    rules = file["rules"]
    for i, row in enumerate(file["rows"]):
        at, ranked, has, above = f"rows[{i}].", "total" in row, "marks" in row, file["rows"][i - 1] if i else None
        outcome, reason = place(rules, i + 1) if ranked else ("unsuccessful", "not_ranked")
        same(row["rank"] == (i + 1 if ranked else None), at + "rank")
        for key, value in ("outcome", outcome), ("reason", reason): same(row[key] == value, at + key)
        for key in "marks", "salt": same((key in row) == (outcome != "unsuccessful"), at + key)
        if ranked:
            same(not has or not gate(rules, row), at + "rank")
            same(not has or row["total"] == total(rules, row), at + "total")
            same(row["total"] <= (above.get("total", -1) if above else 10000), at + "total")
            tied = above and row["total"] == above["total"]
            same(not tied or not has or order(file, above) < order(file, row), at + "code")
            same(not tied or has or row["step"] != "lot" or lot(file, above) < lot(file, row), at + "code")
            allowed = [step(file, above, row)] if tied and has else [*rules["tie_break"], "lot"] if tied else None
            same(row["step"] in (allowed or ["total" if above else "first"]), at + "step")
        same(ranked or row["step"] == "gate", at + "step")
        same(ranked or not above or "total" in above or above["code"] < row["code"], at + "code")

def check_changes(file):
    now = {row["code"]: pick(row, PLACE) for row in file["rows"]}
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
    rows, counts, frozen, draw, seen = (*(file[key] for key in ("rows", "counts", "freeze", "draw")), {})
    most = {c["code"]: c["maximum"] for c in file["rules"]["criteria"]}
    for i, row in enumerate(rows):
        same(seen.setdefault(row["code"], i) == i, f"rows[{i}].code")
        for c, mark in sorted(row.get("marks", {}).items()): same(mark <= most.get(c, -1), f"rows[{i}].marks.{c}")
        if "salt" in row:
            opened = leaf(row["salt"], pick(row, ("code", "marks"))).hex()
            same("marks" not in row or row["leaf"] == opened, f"rows[{i}].leaf")
            same(row["outcome_salt"] == digest(b"outcome\n" + row["salt"].encode())[:32], f"rows[{i}].outcome_salt")
    leaves = [bytes.fromhex(row["leaf"]) for row in sorted(rows, key=lambda row: row["code"])]
    agree(file, "freeze", root=tree(leaves).hex(), rows=len(rows), rules=digest(canonical(file["rules"])))
    sources = [frozen["source"]["name"], *frozen["source"]["substitutes"]]
    for i, one in enumerate(sources[1:]): same(one not in sources[: i + 1], f"freeze.source.substitutes[{i}]")
    same(draw["name"] in sources, "draw.name")
    same((draw["name"] == sources[0]) == (draw["why"].strip() == ""), "draw.why")
    parts = file["programme"], file["intake"], draw["value"], file.get("lot_root", frozen["root"])
    same(file["seed"] == "|".join(parts), "seed")
    check_audit(file) if file["audience"] == "audit" else check_public(file)
    root = tree([outcome(file, len(rows), row, row["outcome_salt"]) for row in rows]).hex()
    agree(file, "outcomes", root=root, rows=len(rows))
    agree(file, "counts", tested=len(rows), ranked=sum("total" in row for row in rows))
    same(counts["upheld"] <= counts["objections"], "counts.upheld")
    check_changes(file) if file["kind"] == "final" else None
    same(file["seal"] == digest(canonical({k: v for k, v in file.items() if k not in ("seal", "signature")})), "seal")
    if "signature" in file and (beside := Path(__file__).with_name("ed25519.py")).exists():
        same(runpy.run_path(str(beside))["holds"](file["signature"], f"{file['format']} {file['seal']}"), "signature")

def climb(found, index, size, path):
    same((path == []) == (size == 1), "path")
    if size == 1: return found
    left, beside = half(size), bytes.fromhex(path[-1])
    if index < left: return node(climb(found, index, left, path[:-1]), beside)
    return node(beside, climb(found, index - left, size - left, path[:-1]))

def check_proof(proof, roots):
    index, size = proof["index"], proof["size"]
    same(index < size and proof["row"]["rank"] in (None, index + 1), "index")
    found = climb(outcome(proof, size, proof["row"], proof["salt"]), index, size, proof["path"]).hex()
    same(found == proof["root"] and roots <= {found}, "root")

def main(paths, code=0, said="VERIFIED"):
    try:
        files = [read(Path(path).read_bytes()) for path in paths]
        roots = {file["outcomes"]["root"] for file in files if "rows" in file}
        for file in files: check(file) if "rows" in file else check_proof(file, roots)
    except (OSError, Verdict) as error: code, said = error.args if isinstance(error, Verdict) else (2, error)
    print(f"DIFFERENT {said}" if code == 1 else said, file=sys.stderr if code == 2 else sys.stdout)
    return code

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if len(sys.argv) > 1 else print(__doc__, file=sys.stderr) or 2)
