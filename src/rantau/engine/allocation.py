"""Who goes where: people, wishes, openings and caps in, the outcome with its reasons and its certificate out."""

from collections.abc import Iterator
from typing import Any

from .canonical import digest
from .canonical import dump as dump
from .certificate import certify, faults
from .explain import cutoffs, reasons
from .instance import Instance
from .levels import Levels
from .mechanisms import default, levels_of, place, serial
from .serial import Served
from .shape import Shape, Unreadable, fit, join, parse, text

FORMAT = "rantau.allocation/1"

SHAPE: Shape = {
    "format": FORMAT,
    "rehearsal?": True,
    "mechanism": text,
    "assignment": {"*": (text, None)},
    "reasons": {"*": [{"*": lambda value: type(value) in (str, int)}]},
    "cutoffs": {"*": {"*": {"*": (text, None)}}},
    "certificate": {"*": lambda value: type(value) in (str, int, bool)},
    "unfilled_minimum?": {"*": lambda value: type(value) is int},
    "digest": text,
}


def allocate(instance: Instance, mechanism: str | None = None) -> dict[str, Any]:
    """Return the result: places by id, a reason for every wish, cut-offs, the certificate, and its own digest.

    :raises Unreadable: where the rules do not fit the mechanism, with the path
    :raises Infeasible: where `exact` cannot meet the minima
    """
    name = default(instance) if mechanism is None else mechanism
    levels = levels_of(instance, name)
    return _result(levels, place(levels, name), name)


def _result(levels: Levels, served: Served, mechanism: str) -> dict[str, Any]:
    instance = levels.instance
    result = {
        "format": FORMAT,
        **({"rehearsal": True} if instance.rehearsal else {}),
        "mechanism": mechanism,
        "assignment": {
            person: None if at is None else instance.openings[at].id
            for person, at in zip(instance.people, served.places, strict=True)
        },
        "reasons": reasons(levels, served, nested=not serial(instance, mechanism)),
        "cutoffs": cutoffs(levels, served.places),
        "certificate": certify(levels, served.places, mechanism),
    }
    taken = levels.taken(served.places)
    unfilled = {
        level.name: level.minimum - n for level, n in zip(levels.levels, taken, strict=True) if n < level.minimum
    }
    if unfilled:
        result["unfilled_minimum"] = unfilled
    return {**result, "digest": digest(result)}


def read(data: bytes) -> dict[str, Any]:
    """Return a result from its bytes.

    :raises Unreadable: not JSON in UTF-8, another format, or a value that does not fit
    """
    result = parse(data)
    if type(result) is not dict or result.get("format") != FORMAT:
        raise Unreadable("format", f"is not {FORMAT}")
    fit(result, SHAPE)
    return result


def verify(result: dict[str, Any], instance: Instance) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a result, each as a path and why: first by its certificate, then by running the rules again.

    The certificate looks at the places alone (valid, nobody passed over, best for applicants); the run compares the rest.

    :raises Unreadable: where the result names no mechanism that the instance has rules for
    """
    mechanism, assignment = result["mechanism"], result["assignment"]
    levels = levels_of(instance, mechanism)
    strange = list(_strange(instance, assignment))
    yield from strange
    if not strange:
        numbers = {row.id: number for number, row in enumerate(instance.openings)}
        places = [None if (at := assignment[person]) is None else numbers[at] for person in instance.people]
        yield from faults(levels, places, mechanism)
    again = allocate(instance, mechanism)
    yield from ((path, "is not what the rules make it") for path in _differences(again, result, ""))


def _strange(instance: Instance, assignment: dict[str, str | None]) -> Iterator[tuple[str, str]]:
    """Yield people whom the assignment misses, people it makes up, and openings that are not there."""
    openings, known = {row.id for row in instance.openings}, set(instance.people)
    for person in sorted(assignment.keys() | known):
        path = join("assignment", person)
        if person not in assignment:
            yield path, "is missing"
        elif person not in known:
            yield path, "is nobody the instance knows"
        elif assignment[person] is not None and assignment[person] not in openings:
            yield path, f"{assignment[person]} is no opening the instance knows"


def _differences(ours: Any, theirs: Any, path: str) -> Iterator[str]:
    """Yield the paths at which two values differ, in the order of ours."""
    if type(ours) is dict and type(theirs) is dict:
        for key in [*ours, *sorted(theirs.keys() - ours.keys())]:
            if key not in ours or key not in theirs:
                yield join(path, key)
            else:
                yield from _differences(ours[key], theirs[key], join(path, key))
    elif type(ours) is list and type(theirs) is list and len(ours) == len(theirs):
        for at, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from _differences(one, other, f"{path}[{at}]")
    elif type(ours) is not type(theirs) or ours != theirs:
        yield path
