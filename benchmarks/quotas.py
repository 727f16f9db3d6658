"""Measure selections under floors and caps, each beside a NumPy sort of the same scores in the same run."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from rantau.engine.chance import Chance, below, happens, seeded
from rantau.engine.quotas import Instance, Selection, choose, read

SEATS, PROVINCES, EASTERN, SCHOOLS, FIELDS = 50, 38, 8, 400, 5


def rows() -> list[tuple[str, float, float]]:
    """Return what was measured: its name, the seconds it took, and those of sorting the scores."""
    measured = [("50 of 100,000, nested", nested(100_000)), ("50 of 2,000, overlapping", overlapping(2_000))]
    return [(name, timed(lambda i=instance: chosen(i)), sorting(instance)) for name, instance in measured]


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


def sorting(instance: Instance) -> float:
    """Return the seconds of sorting the scores."""
    scores = np.array([person.score for person in instance.candidates])
    return timed(lambda: np.sort(scores))


def timed(work: Callable[[], Any], times: int = 3) -> float:
    """Return the seconds of the shortest of some runs."""
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        found.append(time.perf_counter() - begin)
    return min(found)


if __name__ == "__main__":
    for name, seconds, plain in rows():
        print(f"{name}: {seconds:.2f} s, {seconds / plain:,.0f} times the sort")  # noqa: T201
