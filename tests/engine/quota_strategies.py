"""Made-up selections for properties: few people, few groups, few scores, so that quotas bite and ties are common."""

from hypothesis import strategies as st

from rantau.engine.chance import below, happens, seeded

WAYS = [(counting, mode) for counting in ("one_to_all", "one_to_one") for mode in ("hard", "soft")]
NESTED = ([], ["a"], ["a", "b"], ["a", "b", "c"], ["a", "d"], ["e"])
"""What a person's groups may be so that all are nested or disjoint: c in b in a, d in a, e apart."""


@st.composite
def instances(draw, counting="one_to_all", mode="hard", nested=False, floors=3, tied=True, most=6):
    """Return an instance as JSON data; `nested` groups, so many `floors` at most, and scores `tied` now and then."""
    names = "abcde" if nested else "abcd"
    groups = st.sampled_from(NESTED) if nested else st.lists(st.sampled_from(names), unique=True)
    count = draw(st.integers(0, most))
    scores = st.integers(0, 3) if tied else st.integers(0, 50)
    found = draw(st.lists(scores, min_size=count, max_size=count, unique=not tied))
    people = [{"id": f"p{i}", "score": score, "groups": draw(groups)} for i, score in enumerate(found)]
    rule = {"counting": counting, "mode": mode}
    for part, limit in (("floors", floors), ("caps", 3)):
        named = draw(st.lists(st.sampled_from(names), unique=True, max_size=limit))
        rule[part] = [{"group": group, "seats": draw(st.integers(0, 3))} for group in named]
    return {
        "candidates": people,
        "seats": draw(st.integers(0, 5)),
        "rule": rule,
        "seed": draw(st.text("xy", max_size=2)),
    }


def many(people, counting, mode, *, across=False, seed="many"):
    """Return an instance of many people with floors that cross; schools lie inside provinces or `across` them."""
    chance, candidates = seeded(seed), []
    for i in range(people):
        school = below(12, chance)
        province = below(4, chance) if across else school % 4
        groups = [f"school:{school}", f"province:{province}", *(g for g in ("female", "low") if happens(300, chance))]
        candidates.append({"id": f"p{i:03}", "score": below(60, chance), "groups": groups})
    floors = {"female": 5, "low": 4, "province:3": 2, "school:0": 1}
    caps = {f"province:{n}": 5 for n in range(4)} | {f"school:{n}": 2 for n in range(12)}
    parts = {"floors": floors, "caps": caps}
    rule = {part: [{"group": group, "seats": seats} for group, seats in found.items()] for part, found in parts.items()}
    return {
        "candidates": candidates,
        "seats": 14,
        "rule": {**rule, "counting": counting, "mode": mode},
        "seed": seed,
    }
