"""From a programme's fields or postings and the people of an intake to the instance that an allocation is decided from."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

from .canonical import Frozen
from .known import Unpublished
from .programme import Programme
from .refusal import Refusal

KINDS = ("field", "posting")

TRUTHFUL = ("merit_wishes", "applicant_proposing_da", "exact")
"""Mechanisms under which no list but the honest one can help: lists have no length, and look-ahead reads no wishes."""


class Place(Frozen):
    """A field or a posting: seats at most and at least, and the marks (hundredths, by criterion) it asks for."""

    code: str
    capacity: int
    minimum: int
    needs: dict[str, int]


class Rules(Frozen):
    """How the people of an intake are divided: what is divided, by which mechanism, among which places."""

    kind: Literal["field", "posting"]
    mechanism: str
    seats: int
    places: tuple[Place, ...]

    @property
    def truthful(self) -> bool:
        """Return whether it may be promised that an honest list is the best one."""
        return self.mechanism in TRUTHFUL


class Wisher(Frozen):
    """A person to place: publication code, rank of the final round, marks, wishes, exemptions, and the seat held.

    `answer` is what they said of the seat they hold: `accept` keeps it, `wait` keeps it and hopes for a better one.
    """

    code: str
    rank: int
    marks: dict[str, int]
    wishes: tuple[str, ...]
    exempt: frozenset[str] = frozenset()
    held: str | None = None
    answer: Literal["accept", "wait"] = "wait"

    def list(self) -> tuple[str, ...]:
        """Return the wishes that count in this round: above the seat held, none where it was accepted."""
        if self.held is None:
            return self.wishes
        if self.answer == "accept" or self.held not in self.wishes:
            return ()
        return self.wishes[: self.wishes.index(self.held)]


def rules(programme: Programme, kind: str) -> Rules:
    """Return the rules by which people are divided among fields (`field`) or postings (`posting`).

    :raises Refusal: `placing.undivided` where everybody studies every field or there is nothing to divide among;
        `placing.unpublished` (missing: paths) while seats, mechanism, minima, needs or windows are unknown
    """
    rows = programme.fields if kind == "field" else programme.postings
    if kind not in KINDS or not rows or (kind == "field" and programme.fields_split.value is False):
        raise Refusal("placing.undivided", kind=kind)
    part = "fields" if kind == "field" else "postings"
    mechanism = programme.placing.fields if kind == "field" else programme.placing.postings
    facts: dict[str, Any] = {
        **({"fields_split": programme.fields_split} if kind == "field" else {}),
        "seats": programme.seats,
        f"placing.{part}": mechanism,
        "placing.least": programme.placing.least,
        "placing.needs": programme.placing.needs,
        **{f"{part}.{row.code}.seats": row.seats for row in rows},
        "windows.wish_days": programme.windows.wish_days,
        "windows.place_days": programme.windows.place_days,
    }
    missing = tuple(path for path, fact in facts.items() if isinstance(fact, Unpublished) or fact.value is None)
    if missing:
        raise Refusal("placing.unpublished", missing=missing)
    least = {row.code: row.seats for row in programme.placing.least.value or ()}
    needs: dict[str, dict[str, int]] = {}
    for need in programme.placing.needs.value or ():
        needs.setdefault(need.code, {})[need.criterion] = need.mark
    places = tuple(
        Place(
            code=row.code, capacity=row.seats.value or 0, minimum=least.get(row.code, 0), needs=needs.get(row.code, {})
        )
        for row in rows
    )
    return Rules.model_validate(
        {"kind": kind, "mechanism": mechanism.value, "seats": programme.seats.value, "places": places}
    )


def barred(place: Place, person: Wisher) -> str:
    """Return why a place is not open to a person, `exempt` or `needs:<criterion>`, or the empty text where it is."""
    if place.code in person.exempt:
        return "exempt"
    for criterion in sorted(place.needs):
        if person.marks.get(criterion, -1) < place.needs[criterion]:
            return f"needs:{criterion}"
    return ""


def minima(places: Sequence[Place], people: int) -> dict[str, int]:
    """Return how many each place must have of so many people: its minimum, or its share where all minima are too many.

    Shares are given one after the other to the place with the largest minimum / (2 x given + 1) (Sainte-Laguë), of equal
    ones to the first by code. This is announced with the rules: nobody decides it once people are missing.
    """
    asked = {place.code: place.minimum for place in places}
    if sum(asked.values()) <= people:
        return asked
    given = dict.fromkeys(asked, 0)
    for _ in range(people):
        given[max(sorted(given), key=lambda code: Fraction(asked[code], 2 * given[code] + 1))] += 1
    return given


def instance(rules: Rules, people: Iterable[Wisher], *, about: Mapping[str, Any]) -> dict[str, Any]:
    """Return the instance of a round: the final round's order for everyone, each place listing those it is open to.

    `about` says what is decided (programme, intake, kind, run, the final round's file) and is bound by the digest.
    """
    ranked = sorted(people, key=lambda person: person.rank)
    least, openings = minima(rules.places, len(ranked)), []
    for place in rules.places:
        row: dict[str, Any] = {"id": place.code, "capacity": place.capacity}
        if least[place.code]:
            row["minimum"] = least[place.code]
        open_to = [one.code for one in ranked if not barred(place, one) or one.held == place.code]
        if len(open_to) < len(ranked):
            row["priority"] = open_to
        openings.append(row)
    applicants = [
        {"id": one.code, "prefs": list(one.list())} | ({"held": one.held} if one.held else {}) for one in ranked
    ]
    return {
        "format": "rantau.instance/1",
        "about": dict(about),
        "applicants": sorted(applicants, key=lambda row: str(row["id"])),
        "openings": openings,
        "caps": [{"id": "seats", "openings": [place.code for place in rules.places], "capacity": rules.seats}],
        "merit_order": [one.code for one in ranked],
    }
