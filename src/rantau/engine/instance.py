"""What an allocation is decided from: people with wishes, openings with orders and seats, caps over sets of openings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .canonical import digest
from .orders import Order, Ties
from .shape import Shape, Unreadable, fit, join, text, whole

LARGEST = (1 << 40) - 1
"""The largest score, either sign: 40 bits beside a 24-bit place fit one machine word on the compiled path."""


def _named(value: Any) -> bool:
    return text(value) and value != ""


def _score(value: Any) -> bool:
    return type(value) is int and -LARGEST <= value <= LARGEST


TIES: Shape = [(_named, [_named])]
SEATS: Shape = [{"type": _named, "seats": whole}]
ABOUT: Shape = {"rehearsal?": True, "*": lambda value: type(value) in (str, int)}
SHAPE: Shape = {
    "format?": "rantau.instance/1",
    "about?": ABOUT,
    "applicants": [
        {
            "id": _named,
            "prefs": [_named],
            "types?": [_named],
            "scores?": {"*": _score},
            "score?": _score,
            "held?": _named,
        }
    ],
    "openings": [
        {
            "id": _named,
            "capacity": whole,
            "minimum?": whole,
            "priority?": TIES,
            "choice?": {"rule": ("responsive", "reserve_soft", "cap_hard"), "reserves?": SEATS, "caps?": SEATS},
        }
    ],
    "caps?": [{"id": _named, "openings": [_named], "capacity": whole, "minimum?": whole, "priority?": TIES}],
    "merit_order?": TIES,
    "tie_break?": [_named],
    "seed?": text,
}


@dataclass(frozen=True, slots=True)
class Opening:
    """Seats of one kind: how many at most and (for `exact`) at least, and seats reserved for or capped by type."""

    id: str
    path: str
    capacity: int
    minimum: int
    rule: str
    seats: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit over a set of openings, by their numbers."""

    id: str
    path: str
    capacity: int
    minimum: int
    openings: frozenset[int]


@dataclass(frozen=True, slots=True)
class Instance:
    """An allocation to decide. People, openings and caps are sorted by id; everything else speaks of their numbers.

    `orders` and `cap_orders` are None where none is given; `common` is the merit order, else the order of `score`.
    `wishes` end with the place held, if any: below it nobody can fall. `rehearsal` is carried into the result.
    """

    people: tuple[str, ...]
    wishes: tuple[tuple[int, ...], ...]
    held: tuple[int | None, ...]
    types: tuple[frozenset[str], ...]
    openings: tuple[Opening, ...]
    orders: tuple[Order | None, ...]
    caps: tuple[Cap, ...]
    cap_orders: tuple[Order | None, ...]
    common: Order | None
    rehearsal: bool
    digest: str


def read(plain: Any) -> Instance:
    """Return the instance that plain JSON data describes; the order of rows in it never matters.

    :raises Unreadable: with the path of the first value that cannot be used, and why
    """
    fit(plain, SHAPE)
    applicants, openings, caps = plain["applicants"], plain["openings"], plain.get("caps", [])
    people = _numbers(applicants, "applicants")
    places = _numbers(openings, "openings")
    _numbers([*openings, *caps], "openings", parts=("openings", "caps"), first=len(openings))
    _check_applicants(applicants, places)
    listed = {person: at for at, person in enumerate(_ids(plain.get("tie_break", []), people, "tie_break"))}
    ties = Ties(sorted(people), listed, plain.get("seed"))
    rows = sorted(range(len(applicants)), key=lambda i: applicants[i]["id"])
    wishes = [[places[wish] for wish in applicants[i]["prefs"]] for i in rows]
    held = [places[applicants[i]["held"]] if "held" in applicants[i] else None for i in rows]
    common = _common(plain, people, ties)
    seats = sorted(range(len(openings)), key=lambda i: openings[i]["id"])
    limits = sorted(range(len(caps)), key=lambda i: caps[i]["id"])
    scored = _scored(applicants, places, people)
    return Instance(
        people=tuple(sorted(people)),
        wishes=tuple(tuple(w) if h is None else (*w, h) for w, h in zip(wishes, held, strict=True)),
        held=tuple(held),
        types=tuple(frozenset(applicants[i].get("types", [])) for i in rows),
        openings=tuple(_opening(openings[i], f"openings[{i}]") for i in seats),
        orders=tuple(_order(openings[i], f"openings[{i}]", people, ties, scored) for i in seats),
        caps=tuple(_cap(caps[i], f"caps[{i}]", places) for i in limits),
        cap_orders=tuple(_order(caps[i], f"caps[{i}]", people, ties, None) for i in limits),
        common=common,
        rehearsal=plain.get("about", {}).get("rehearsal", False),
        digest=digest(_sorted(plain)),
    )


def _numbers(rows: Sequence[Any], path: str, parts: tuple[str, ...] = (), first: int = 0) -> dict[str, int]:
    """Return each id's number in sorted order; ids are unique, those of openings and caps among each other too."""
    seen: set[str] = set()
    for i, row in enumerate(rows):
        where = f"{parts[1]}[{i - first}]" if parts and i >= first else f"{path}[{i}]"
        if row["id"] in seen:
            raise Unreadable(f"{where}.id", f"{row['id']} appears twice")
        seen.add(row["id"])
    return {name: number for number, name in enumerate(sorted(seen))}


def _ids(names: Iterable[str], known: Mapping[str, int], path: str) -> list[int]:
    seen: dict[str, int] = {}
    for i, name in enumerate(names):
        if name not in known:
            raise Unreadable(f"{path}[{i}]", f"{name} is not known")
        if name in seen:
            raise Unreadable(f"{path}[{i}]", f"{name} appears twice")
        seen[name] = known[name]
    return list(seen.values())


def _check_applicants(applicants: Sequence[Any], places: Mapping[str, int]) -> None:
    for i, row in enumerate(applicants):
        path = f"applicants[{i}]"
        _ids(row["prefs"], places, f"{path}.prefs")
        types = row.get("types", [])
        _ids(types, dict.fromkeys(types, 0), f"{path}.types")
        if "held" in row and row["held"] not in places:
            raise Unreadable(f"{path}.held", f"{row['held']} is not known")
        if row.get("held") in row["prefs"]:
            at = row["prefs"].index(row["held"])
            raise Unreadable(f"{path}.prefs[{at}]", f"{row['held']} is held already; it stands last by itself")
        for opening in sorted(row.get("scores", {})):
            if opening not in places:
                raise Unreadable(join(f"{path}.scores", opening), f"{opening} is not known")


def _common(plain: Any, people: Mapping[str, int], ties: Ties) -> Order | None:
    applicants = plain["applicants"]
    with_score = [i for i, row in enumerate(applicants) if "score" in row]
    if 0 < len(with_score) < len(applicants):
        missing = next(i for i, row in enumerate(applicants) if "score" not in row)
        raise Unreadable(f"applicants[{missing}].score", "is missing, though others have one")
    if "merit_order" in plain:
        return ties.order(_groups(plain["merit_order"], people, "merit_order"), "merit_order")
    if with_score:
        return ties.by_score({people[row["id"]]: row["score"] for row in applicants}, "tie_break")
    return None


def _scored(
    applicants: Sequence[Any], places: Mapping[str, int], people: Mapping[str, int]
) -> dict[str, dict[int, int]] | None:
    if not any("scores" in row for row in applicants):
        return None
    found: dict[str, dict[int, int]] = {name: {} for name in places}
    for row in applicants:
        for opening, score in row.get("scores", {}).items():
            found[opening][people[row["id"]]] = score
    return found


def _groups(ties: Sequence[Any], people: Mapping[str, int], path: str) -> list[list[int]]:
    seen: set[int] = set()
    groups = []
    for i, tied in enumerate(ties):
        where = f"{path}[{i}]"
        one = type(tied) is str
        if one and tied not in people:
            raise Unreadable(where, f"{tied} is not known")
        members = _ids([tied] if one else tied, people, where)
        for j, person in enumerate(members):
            if person in seen:
                raise Unreadable(where if one else f"{where}[{j}]", f"{tied if one else tied[j]} appears twice")
            seen.add(person)
        if members:
            groups.append(members)
    return groups


def _order(
    row: Any, path: str, people: Mapping[str, int], ties: Ties, scored: Mapping[str, Mapping[int, int]] | None
) -> Order | None:
    if "priority" in row:
        return ties.order(_groups(row["priority"], people, f"{path}.priority"), f"{path}.priority")
    return ties.by_score(scored[row["id"]], "tie_break") if scored is not None else None


def _opening(row: Any, path: str) -> Opening:
    choice = row.get("choice", {"rule": "responsive"})
    rule = choice["rule"]
    for key, owner in (("reserves", "reserve_soft"), ("caps", "cap_hard")):
        if key in choice and rule != owner:
            raise Unreadable(f"{path}.choice.{key}", f"belongs to {owner}")
    key = "caps" if rule == "cap_hard" else "reserves"
    parts = choice.get(key, [])
    _ids([part["type"] for part in parts], {part["type"]: 0 for part in parts}, f"{path}.choice.{key}")
    seats = {part["type"]: part["seats"] for part in parts}
    if rule == "reserve_soft" and sum(seats.values()) > row["capacity"]:
        raise Unreadable(f"{path}.choice.reserves", f"reserve {sum(seats.values())} of {row['capacity']} seats")
    return Opening(row["id"], path, row["capacity"], _minimum(row, path), rule, seats)


def _cap(row: Any, path: str, places: Mapping[str, int]) -> Cap:
    inside = frozenset(_ids(row["openings"], places, f"{path}.openings"))
    return Cap(row["id"], path, row["capacity"], _minimum(row, path), inside)


def _minimum(row: Any, path: str) -> int:
    minimum: int = row.get("minimum", 0)
    if minimum > row["capacity"]:
        raise Unreadable(f"{path}.minimum", f"asks for {minimum} of {row['capacity']} seats")
    return minimum


def _sorted(plain: Any) -> Any:
    """Return the instance with everything sorted that has no order of its own, so that equal instances hash equally."""

    def ties(groups: Sequence[Any]) -> list[list[str]]:
        return [[tied] if type(tied) is str else sorted(tied) for tied in groups if tied]

    def choice(given: Any) -> Any:
        return {k: sorted(v, key=lambda part: str(part["type"])) if k != "rule" else v for k, v in given.items()}

    order: dict[str, Callable[[Any], Any]] = {
        "priority": ties,
        "types": sorted,
        "openings": sorted,
        "choice": choice,
    }
    lists = {
        key: sorted(
            ({k: order[k](v) if k in order else v for k, v in row.items()} for row in plain.get(key, [])),
            key=lambda row: str(row["id"]),
        )
        for key in ("applicants", "openings", "caps")
    }
    return plain | lists | ({"merit_order": ties(plain["merit_order"])} if "merit_order" in plain else {})
