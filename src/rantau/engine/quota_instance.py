"""What a selection under floors and caps is asked: candidates, seats and the rule, read strictly."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from .shape import Shape, Unreadable, fit, text, whole

Counting = Literal["one_to_all", "one_to_one"]
Mode = Literal["hard", "soft"]

NAMED_AT_MOST = 10
"""How many people with equal scores a message names."""


class Candidate(NamedTuple):
    """One person: identifier, score as a whole number (higher is better), and every group he or she belongs to."""

    id: str
    score: int
    groups: tuple[str, ...] = ()


class Quota(NamedTuple):
    """So many places of a group: at least for a floor, at most for a cap."""

    group: str
    seats: int


@dataclass(frozen=True, slots=True)
class Rule:
    """Floors and caps, how a person counts for floors, and whether floors must hold or are filled as far as possible.

    `one_to_all`: a person counts for every floor of his or her groups; `one_to_one`: each person fills one reserved
    place at most. Caps always count everybody in their group.
    """

    floors: tuple[Quota, ...] = ()
    caps: tuple[Quota, ...] = ()
    counting: Counting = "one_to_all"
    mode: Mode = "hard"


@dataclass(frozen=True, slots=True)
class Instance:
    """A selection to make; `lot_seed` orders people with equal scores by the lot."""

    candidates: tuple[Candidate, ...]
    seats: int
    rule: Rule
    lot_seed: str | None


def name(value: Any) -> bool:
    """Return whether a value is text that is not empty."""
    return type(value) is str and value != ""


def score(value: Any) -> bool:
    """Return whether a value is a whole number of either sign."""
    return type(value) is int


def candidate(value: Any) -> bool:
    """Return whether a value has the shape of a candidate, without the path of what has not: of many, in little time."""
    return (
        type(value) is dict
        and value.keys() <= {"id", "score", "groups"}
        and name(value.get("id"))
        and score(value.get("score"))
        and type(value.get("groups", [])) is list
        and all(map(name, value.get("groups", ())))
    )


CANDIDATE: Shape = {"id": name, "score": score, "groups?": [name]}

QUOTA: Shape = {"group": name, "seats": whole}

INSTANCE: Shape = {
    "candidates": [CANDIDATE],
    "seats": whole,
    "rule?": {
        "floors?": [QUOTA],
        "caps?": [QUOTA],
        "counting?": ("one_to_all", "one_to_one"),
        "mode?": ("hard", "soft"),
    },
    "seed?": text,
}


def read(plain: Any) -> Instance:
    """Return the instance that plain JSON data describes; nothing is converted and nothing unknown is passed over.

    :raises Unreadable: with the path of what does not fit: a wrong type, an unknown key, an identifier or a group
        twice, a negative number of seats, equal scores without a seed
    """
    listed = plain.get("candidates") if type(plain) is dict else None
    sound = type(listed) is list and all(map(candidate, listed))
    fit({**plain, "candidates": []} if sound else plain, INSTANCE)
    people, rule = plain["candidates"], plain.get("rule", {})
    _once(((f"candidates[{i}].id", person["id"]) for i, person in enumerate(people)), "another candidate")
    for i, person in enumerate(people):
        groups = person.get("groups", ())
        if len(set(groups)) != len(groups):
            _once(((f"candidates[{i}].groups[{j}]", group) for j, group in enumerate(groups)), "this person")
    for part in ("floors", "caps"):
        named = ((f"rule.{part}[{i}].group", quota["group"]) for i, quota in enumerate(rule.get(part, ())))
        _once(named, f"another of the {part}")
    if "seed" not in plain:
        _ties(people)
    quotas = {part: tuple(Quota(**quota) for quota in rule.get(part, ())) for part in ("floors", "caps")}
    candidates = tuple(Candidate(person["id"], person["score"], tuple(person.get("groups", ()))) for person in people)
    return Instance(
        candidates=candidates, seats=plain["seats"], rule=Rule(**(rule | quotas)), lot_seed=plain.get("seed")
    )


def _once(found: Iterable[tuple[str, str]], owner: str) -> None:
    seen: set[str] = set()
    for path, value in found:
        if value in seen:
            raise Unreadable(path, f"{value!r} is what {owner} has already")
        seen.add(value)


def _ties(people: list[dict[str, Any]]) -> None:
    times = Counter(person["score"] for person in people)
    tied = sorted((-person["score"], person["id"]) for person in people if times[person["score"]] > 1)
    if tied:
        more = f" and {len(tied) - NAMED_AT_MOST} more" if len(tied) > NAMED_AT_MOST else ""
        names = ", ".join(code for _, code in tied[:NAMED_AT_MOST])
        raise Unreadable("seed", f"is missing, and equal scores need the lot: {names}{more}")
