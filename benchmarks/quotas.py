"""Measure selections under floors and caps, each beside a NumPy sort of the same scores in the same run."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from measured import Measured, computed

from rantau.engine.chance import Chance, below, happens, seeded
from rantau.engine.quotas import Instance, Selection, choose, read

SEATS, PROVINCES, EASTERN, SCHOOLS, FIELDS = 50, 38, 8, 400, 5


def measured() -> list[Measured]:
    """Return what selections take, each beside the sort of its scores."""
    found = []
    for name, instance in (
        ("50 of 100,000, nested", nested(100_000)),
        ("50 of 2,000, overlapping", overlapping(2_000)),
    ):
        scores = np.array([person.score for person in instance.candidates])
        ours, sort = computed(lambda i=instance: chosen(i)), computed(lambda s=scores: np.sort(s), 5)
        found.append(Measured(name, f"numpy.sort of the {len(scores):,} scores", 1, ours, 1, sort))
    return found


def nested(people: int) -> Instance:
    """Return an instance whose schools lie inside provinces and whose eastern provinces lie inside the east."""
    chance, candidates = seeded("nested"), []
    for n in range(people):
        school = below(SCHOOLS, chance)
        groups = [f"school:{school}", f"province:{school % PROVINCES}"]
        groups += ["east"] if school % PROVINCES < EASTERN else []
        candidates.append({"id": f"p{n:06}", "score": below(10_000, chance), "groups": groups})
    floors = {"east": 12} | {f"province:{n}": 1 for n in range(PROVINCES)}
    caps = {f"province:{n}": 4 for n in range(PROVINCES)} | {f"school:{n}": 2 for n in range(SCHOOLS)}
    return instance_of(candidates, floors, caps)


def overlapping(people: int) -> Instance:
    """Return an instance in which women, low incomes, provinces, schools and fields cross, and the scarce score less."""
    chance = seeded("overlapping")
    candidates = [_crossing(n, chance) for n in range(people)]
    floors = {f"field:{n}": SEATS // FIELDS for n in range(FIELDS)} | {"female": 15, "low income": 10}
    floors |= {f"province:{n}": 1 for n in range(EASTERN)}
    caps = {f"province:{n}": 4 for n in range(PROVINCES)} | {f"school:{n}": 2 for n in range(SCHOOLS)}
    return instance_of(candidates, floors, caps)


def _crossing(number: int, chance: Chance) -> dict[str, Any]:
    school, score = below(SCHOOLS, chance), 4_000 + below(6_000, chance)
    groups = [f"school:{school}", f"province:{school % PROVINCES}", f"field:{below(FIELDS, chance)}"]
    for group, per_thousand, less in (("female", 200, 500), ("low income", 250, 800)):
        if happens(per_thousand, chance):
            groups.append(group)
            score -= less
    return {"id": f"p{number:06}", "score": score - 600 * (school % PROVINCES < EASTERN), "groups": groups}


def instance_of(candidates: list[dict[str, Any]], floors: Mapping[str, int], caps: Mapping[str, int]) -> Instance:
    """Return the instance of candidates under floors and caps by group."""
    parts = {"floors": floors, "caps": caps}
    rule = {part: [{"group": group, "seats": n} for group, n in seats.items()] for part, seats in parts.items()}
    return read({"candidates": candidates, "seats": SEATS, "rule": rule, "seed": "bench"})


def chosen(instance: Instance) -> Selection:
    """Return the selection; where floors cannot hold there is nothing to measure."""
    result = choose(instance)
    assert isinstance(result, Selection)
    assert len(result.selected) == SEATS
    return result
