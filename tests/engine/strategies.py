"""Made-up rounds for properties: few rows, few marks, so that ties and gates are common."""

from dataclasses import dataclass

from hypothesis import strategies as st

from rantau.engine.publication import Entry, build
from rantau.engine.selection import Criterion, Row, Rules
from tests.engine.rounds import header

CODES = ("written", "practical", "interview")


@st.composite
def rules(draw):
    """Return rules of one to three criteria with small maxima."""
    weights = draw(st.sampled_from(((100,), (50, 50), (33, 67), (40, 40, 20), (33, 33, 34))))
    criteria = tuple(
        Criterion(
            code=code,
            maximum=draw(st.sampled_from((3, 4, 100))),
            weight=weight,
            pass_mark=draw(st.sampled_from((None, 0, 1, 2))),
        )
        for code, weight in zip(CODES, weights, strict=False)
    )
    tie_break = draw(st.lists(st.sampled_from(CODES[: len(criteria)]), unique=True))
    seats, reserve = draw(st.integers(1, 4)), draw(st.integers(0, 3))
    return Rules(seats=seats, reserve=reserve, criteria=criteria, tie_break=tuple(tie_break))


@st.composite
def marks(draw, rules_):
    """Return marks under rules; now and then one is absent."""
    absent = draw(st.sampled_from((None, None, None, *CODES)))
    return {c.code: draw(st.integers(0, min(c.maximum, 4))) for c in rules_.criteria if c.code != absent}


@st.composite
def decisions(draw, most=9):
    """Return (rows, rules, seed) of a round."""
    given = draw(rules())
    codes = draw(st.lists(st.text("ABC", min_size=1, max_size=3), unique=True, max_size=most))
    return tuple(Row(code=code, marks=draw(marks(given))) for code in codes), given, draw(st.text("xyz|", max_size=3))


@dataclass(frozen=True)
class Round:
    """A round before and after objections."""

    rules: Rules
    before: tuple[Entry, ...]
    after: tuple[Entry, ...]

    def files(self):
        """Return its four files."""
        first = [build(header(), self.before, self.rules, audience=a) for a in ("public", "audit")]
        last = [build(header(), self.after, self.rules, audience=a, provisional=first[0]) for a in ("public", "audit")]
        return [*first, *last]


@st.composite
def rounds(draw):
    """Return a round whose second list changes some marks, loses and gains codes."""
    given = draw(rules())
    pairs = []
    for _ in range(2):
        codes = draw(st.lists(st.text("ABC", min_size=1, max_size=2), unique=True, max_size=6))
        pairs.append(tuple(Entry(code=c, marks=draw(marks(given)), salt=c.lower(), subject=f"s{c}") for c in codes))
    return Round(rules=given, before=pairs[0], after=pairs[1])
