"""Small rounds for the engine's tests: entries, a header, and the files built from them."""

import hashlib

from rantau.engine.publication import Checkpoint, Draw, Entry, Header, Source, build
from rantau.engine.selection import Criterion, Rules
from rantau.ledger.signing import sign

HASH = hashlib.sha256(b"evidence").hexdigest()

SIGNING_KEY = hashlib.sha256(b"signing key of the tests").hexdigest()

SOURCE = Source(name="dice", planned="2026-06-01T03:00:00Z", substitutes=("beacon", "earthquakes"))

RULES = Rules(
    seats=2,
    reserve=2,
    criteria=(
        Criterion(code="written", maximum=10000, weight=40, pass_mark=5000),
        Criterion(code="practical", maximum=10000, weight=40, pass_mark=6000),
        Criterion(code="interview", maximum=2000, weight=20, pass_mark=None),
    ),
    tie_break=("practical", "written"),
)

MARKS = {
    "R-A": (9000, 9000, 1800),
    "R-B": (8000, 8000, 1600),
    "R-C": (8000, 8000, 1600),
    "R-D": (7000, 9000, 1600),
    "R-E": (6000, 6500, 1000),
    "R-F": (6500, 6000, 1000),
    "R-G": (6500, 6000, 1000),
    "R-H": (4900, 9900, 2000),
    "R-I": (9900, None, 2000),
}


def entry(code: str, *marks: int | None) -> Entry:
    """Return an entry with marks in the order of RULES; None is absent."""
    given = {c.code: mark for c, mark in zip(RULES.criteria, marks, strict=True) if mark is not None}
    return Entry(code=code, marks=given, salt=f"salt-{code}", subject=f"subject-{code}")


def header(**changes: object) -> Header:
    """Return the header of a rehearsal's round."""
    given: dict[str, object] = {
        "programme": "rusal-2026-peragaan",
        "intake": "2026",
        "rehearsal": True,
        "source": SOURCE,
        "draw": Draw(name="dice", value="4-2-6-1-1-5", evidence=HASH),
        "checkpoint": Checkpoint(chain="rusal-2026-peragaan/2026", length=41, hash=HASH),
        "changed_marks": 1,
        "objections": 3,
        "upheld": 1,
    }
    return Header(**{**given, **changes})


ENTRIES = tuple(entry(code, *marks) for code, marks in MARKS.items())
"""The round as frozen first."""

CORRECTED = (*(e for e in ENTRIES if e.code != "R-E"), entry("R-E", 9500, 9500, 2000), entry("R-J", 5000, 6000, 0))
"""The round after objections: R-E was marked wrongly, R-J was kept out by an officer's error."""


def files() -> dict[str, dict]:
    """Return the four files of the round by `kind audience`, signed."""
    provisional = {a: sign(build(header(), ENTRIES, RULES, audience=a), SIGNING_KEY) for a in ("public", "audit")}
    corrected = {
        a: build(header(), CORRECTED, RULES, audience=a, provisional=provisional["public"]) for a in provisional
    }
    final = {a: sign(file, SIGNING_KEY) for a, file in corrected.items()}
    return {f"{file['kind']} {file['audience']}": file for file in (*provisional.values(), *final.values())}
