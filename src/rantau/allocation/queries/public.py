"""What anybody may read of an allocation: the rules, how many wished what, where people go, the reserve, the files."""

import hashlib
from collections import Counter
from typing import Any

from rantau.allocation.models import Allocation, Place, Run

from . import SEATED, instance, result, rules, runs, titles


def told(allocation: Allocation) -> dict[str, Any]:
    """Return the public page of an allocation.

    Keys: allocation, rules, titles, runs (see `published`, newest first), answers (state → people).
    """
    answers = Counter(Place.objects.filter(allocation=allocation).values_list("state", flat=True))
    return {
        "allocation": allocation,
        "rules": rules(allocation),
        "titles": titles(allocation),
        "runs": [published(run) for run in runs(allocation)],
        "answers": dict(sorted(answers.items())),
        "seated": sum(answers[state] for state in SEATED),
    }


def published(run: Run) -> dict[str, Any]:
    """Return one run: number, published_at, mechanism, certificate, places (code, capacity, how many wanted it most,
    placed, cut-off, reserve), codes (code → place), unfilled minima, and the SHA-256 of both files."""
    given, decided = instance(run), result(run)
    assignment: dict[str, str | None] = decided["assignment"]
    most = [[*row["prefs"], row.get("held")][0] for row in given["applicants"]]
    first = Counter(place for place in most if place)
    placed = Counter(place for place in assignment.values() if place)
    wanted: dict[str, list[str]] = {}
    for person in given["merit_order"]:
        for line in decided["reasons"].get(person, []):
            if line["code"] not in ("PLACED", "NOT_REACHED", "NOT_ELIGIBLE"):
                wanted.setdefault(line["opening"], []).append(person)
    return {
        "number": run.number,
        "published_at": run.published_at,
        "mechanism": decided["mechanism"],
        "certificate": decided["certificate"],
        "places": [
            {
                "code": row["id"],
                "capacity": row["capacity"],
                "minimum": row.get("minimum", 0),
                "first": first[row["id"]],
                "placed": placed[row["id"]],
                "cutoff": decided["cutoffs"][row["id"]]["*"],
                "reserve": wanted.get(row["id"], []),
            }
            for row in given["openings"]
        ],
        "codes": [(person, assignment[person]) for person in given["merit_order"]],
        "unfilled": decided.get("unfilled_minimum", {}),
        "files": {
            name: hashlib.sha256(bytes(data)).hexdigest()
            for name, data in (("instance", run.instance), ("result", run.result))
        },
    }
