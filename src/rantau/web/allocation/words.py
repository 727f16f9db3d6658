"""A division as pages show it: its rules, reasons and unpublished parts in words, from what the queries found."""

from collections.abc import Iterable, Mapping
from typing import Any

from rantau.engine.placing import Place, Rules
from rantau.engine.programme import Programme
from rantau.selection import queries as selection
from rantau.web.ui.values import points, text

from .sentences import ASSUMED, BARRED, LINES, MECHANISMS, UNKNOWN

Titles = Mapping[str, str]
"""The titles of places by code, in the reader's language."""


def titled(titles: Mapping[str, Any]) -> dict[str, str]:
    """Return titles in the reader's language."""
    return {code: text(title)[0] for code, title in titles.items()}


def places_of(terms: Programme, kind: str) -> dict[str, str]:
    """Return the titles of a programme's fields or postings in the reader's language."""
    return titled({row.code: row.title for row in (terms.fields if kind == "field" else terms.postings)})


def ruled(rules: Rules, titles: Titles, terms: Programme) -> dict[str, Any]:
    """Return the rules as a page shows them: mechanism in words, and for each place seats, minimum and needs."""
    tests = _tests(terms)
    return {
        "mechanism": MECHANISMS[rules.mechanism],
        "truthful": rules.truthful,
        "seats": rules.seats,
        "assumed": [words for part, words in ASSUMED.items() if _assumed(rules, terms, part)],
        "least": any(place.minimum for place in rules.places),
        "needs": any(place.needs for place in rules.places),
        "places": [
            {
                "title": titles[place.code],
                "capacity": place.capacity,
                "minimum": place.minimum,
                "needs": [
                    {"test": tests[code][0], "mark": place.needs[code], "maximum": tests[code][1]}
                    for code in sorted(place.needs)
                ],
            }
            for place in rules.places
        ],
    }


def _assumed(rules: Rules, terms: Programme, part: str) -> bool:
    """Return whether a part of the rules is assumed: nobody announced it."""
    rows: Iterable[Any] = terms.fields if rules.kind == "field" else terms.postings
    facts: dict[str, Iterable[Any]] = {
        "rule": [terms.placing.fields if rules.kind == "field" else terms.placing.postings],
        "seats": [row.seats for row in rows],
        "least": [terms.placing.least] if any(place.minimum for place in rules.places) else [],
        "needs": [terms.placing.needs] if any(place.needs for place in rules.places) else [],
    }
    return any(fact.status == "assumed" for fact in facts[part])


def _tests(terms: Programme) -> dict[str, tuple[str, int]]:
    """Return each test's title and maximum in hundredths."""
    return {row.code: (text(row.title)[0], row.maximum) for row in terms.selection.criteria.value or ()}


def unknown(terms: Programme, missing: Iterable[str]) -> list[dict[str, Any]]:
    """Return what is not published, in words, with the office that owes the answer where one does."""
    offices = {office.code: office.name for office in terms.offices}
    found = []
    for path in missing:
        fact, words = _fact(terms, path)
        found.append({"words": words, "office": offices.get(getattr(fact, "owes", ""))})
    return found


def _fact(terms: Programme, path: str) -> tuple[Any, Any]:
    """Return the fact at a path of the programme, and what it is called."""
    if path in UNKNOWN:
        fact: Any = terms
        for name in path.split("."):
            fact = getattr(fact, name)
        return fact, UNKNOWN[path]
    part, code, _seats = path.split(".")
    row = next(row for row in getattr(terms, part) if row.code == code)
    return row.seats, text(row.title)[0]


def shut(place: Place, barred: Mapping[str, str]) -> str:
    """Return why nobody, or not this person, can go to a place: `seats`, else why it is barred, else nothing."""
    return barred[place.code] if place.capacity else "seats"


def _full(key: str, yours: int | None, cutoff: int | None, *, known: bool) -> str:
    """Return which sentence says that a place is full: by rank, kept from before, or before somebody without a rank."""
    if not known or (yours is not None and (cutoff is None or cutoff > yours)):
        return "kept"
    return "unranked" if yours is None else key


class Reasons:
    """The reasons of one person in words: titles, ranks of the final result, minima of the run, own marks,
    and why places are barred."""

    def __init__(
        self,
        own: Mapping[str, Any],
        titles: Titles,
        terms: Programme,
        *,
        ranks: Mapping[str, int],
        least: Mapping[str, int],
    ) -> None:
        self.own, self.titles, self.terms = own, titles, terms
        self.ranks, self.least = ranks, least
        self.rules: dict[str, Place] = {place.code: place for place in own["rules"].places}

    def barred(self, application: Any) -> list[dict[str, str]]:
        """Return each place that is not open to the person, and why."""
        marks = self._marks(application)
        found = []
        for code, place in self.rules.items():
            if why := shut(place, self.own["barred"]):
                key, facts = self._why(code, why, marks)
                found.append({"title": self.titles[code], "words": str(BARRED[key]) % facts})
        return found

    def lines(self, application: Any) -> list[dict[str, Any]]:
        """Return one sentence a wish, in the order of the list."""
        marks = self._marks(application)
        return [
            {"code": line["code"], "placed": line["code"] == "PLACED", "words": self._line(line, marks)}
            for line in self.own["lines"]
        ]

    def _marks(self, application: Any) -> dict[str, int]:
        found = selection.own_result(application)
        return found["marks"] if found else {}

    def _line(self, line: Mapping[str, Any], marks: Mapping[str, int]) -> str:
        key: str = line["code"]
        facts: dict[str, Any] = {"place": self.titles[line["opening"]]}
        if key == "NOT_ELIGIBLE":
            why = self.own["barred"].get(line["opening"], "")
            if why:
                key, more = self._why(line["opening"], why, marks)
                facts |= more
        elif key in ("BELOW_CUTOFF", "CAP_FULL"):
            yours, cutoff = self.ranks.get(self.own["code"]), self.ranks.get(line.get("last", ""))
            facts |= {"yours": yours, "cutoff": cutoff}
            key = _full(key, yours, cutoff, known="last" in line)
        elif key == "FLOOR_NEEDS":
            needy = [code for code in line["at"].split("+") if code in self.rules]
            facts["needy"] = ", ".join(self.titles[code] for code in needy)
            facts["minimum"] = ", ".join(str(self.least[code]) for code in needy)
        return str(LINES[key]) % facts

    def _why(self, code: str, why: str, marks: Mapping[str, int]) -> tuple[str, dict[str, Any]]:
        """Return which sentence says why a place is barred, and its facts."""
        reason, _colon, criterion = why.partition(":")
        if reason != "needs":
            return reason, {"place": self.titles[code]}
        test, maximum = _tests(self.terms)[criterion]
        facts = {
            "place": self.titles[code],
            "needed": points(self.rules[code].needs[criterion]),
            "test": test,
            "maximum": points(maximum),
        }
        mark = marks.get(criterion)
        return ("unmarked", facts) if mark is None else ("needs", facts | {"mark": points(mark)})
