"""Reading allocations: rules, the people to place, lists, places and their reasons, what waits, what is published."""

from typing import Any

from django.db.models import QuerySet

from rantau.allocation.models import Allocation, Exemption, Place, Run, Wishes
from rantau.applications.models import Application
from rantau.engine import allocation as engine
from rantau.engine.placing import Rules, Wisher, barred
from rantau.engine.placing import rules as rules_of
from rantau.engine.shape import parse
from rantau.people import vault
from rantau.people.models import Person
from rantau.programmes.models import Intake
from rantau.programmes.queries import terms
from rantau.selection import queries as selection

SEATED = ("offered", "waiting", "accepted")
"""States in which a place is held."""

EXEMPTING = "exemption"
"""The purpose under which the reason of a request is sealed."""


def rules(allocation: Allocation) -> Rules:
    """Return the rules as announced."""
    return Rules.read(allocation.rules)


def possible(intake: Intake, kind: str) -> Rules:
    """Return the rules that would be announced now.

    :raises Refusal: `placing.undivided`, `placing.unpublished`
    """
    return rules_of(terms(intake.version), kind)


def titles(allocation: Allocation) -> dict[str, Any]:
    """Return the titles of the places by code (engine Text)."""
    programme = terms(allocation.intake.version)
    rows = programme.fields if allocation.kind == "field" else programme.postings
    return {row.code: row.title for row in rows}


def of(intake: Intake, kind: str) -> Allocation | None:
    """Return an intake's allocation of a kind, or None before it is announced."""
    found = Allocation.objects.select_related("intake__programme", "intake__version")
    return found.filter(intake=intake, kind=kind).first()


def ranks(allocation: Allocation) -> dict[str, int]:
    """Return everybody's rank in the published final round by publication code, 1 the best; empty before it."""
    final = selection.round_of(allocation.intake, "final")
    if final is None or final.state != "published":
        return {}
    return {outcome.code: outcome.rank for outcome in selection.decision(final).outcomes if outcome.rank}


def may_wish(application: Application) -> bool:
    """Return whether a person takes part: seated, offered a seat, or in the reserve that may be called."""
    return application.state in ("accepted", "offered", "reserve")


def wishes(allocation: Allocation, application: Application) -> tuple[str, ...]:
    """Return a person's list: what they said here, else the wishes of their registration for fields, else nothing.

    A place from which they are exempt is never on it.
    """
    said = Wishes.objects.filter(allocation=allocation, application=application).first()
    exempt = requests(allocation, application).filter(state="granted").values_list("place", flat=True)
    return _list(allocation, said.list if said else None, application.wishes, set(exempt))


def _list(allocation: Allocation, said: list[str] | None, registered: list[str], exempt: set[str]) -> tuple[str, ...]:
    if said is not None:
        return tuple(code for code in said if code not in exempt)
    if allocation.kind != "field":
        return ()
    known = {place.code for place in rules(allocation).places}
    return tuple(code for code in registered if code in known - exempt)


def wishers(allocation: Allocation) -> list[tuple[Application, Wisher]]:
    """Return the people to place now, best first: those with an accepted seat and no declined place.

    The order is that of the final round; who got a seat without a rank there (a correction) stands behind it, by code.
    """
    intake = allocation.intake
    final = selection.round_of(intake, "final")
    if final is None or final.state != "published":
        return []
    order = {outcome.code: at for at, outcome in enumerate(selection.decision(final).outcomes, start=1)}
    marks: dict[str, dict[str, int]] = {row["code"]: row["marks"] for row in final.rows}
    places = {place.application_id: place for place in Place.objects.filter(allocation=allocation)}
    lists = dict(Wishes.objects.filter(allocation=allocation).values_list("application", "list"))
    exempt: dict[int, set[str]] = {}
    for exemption in Exemption.objects.filter(allocation=allocation, state="granted"):
        exempt.setdefault(exemption.application_id, set()).add(exemption.place)
    found = []
    for application in _seated(intake):
        place = places.get(application.pk)
        code, free_of = application.listing.code, exempt.get(application.pk, set())
        if place is not None and place.state not in SEATED:
            continue
        wisher = Wisher(
            code=code,
            rank=order[code],
            marks=marks[code],
            wishes=_list(allocation, lists.get(application.pk), application.wishes, free_of),
            exempt=frozenset(free_of),
            held=place.place if place else None,
            answer="accept" if place and place.state == "accepted" else "wait",
        )
        found.append((application, wisher))
    return sorted(found, key=lambda pair: pair[1].rank)


def _seated(intake: Intake) -> list[Application]:
    found = Application.objects.filter(intake=intake, state="accepted").exclude(listing=None)
    applications = list(found.select_related("listing", "person"))
    for application in applications:
        application.intake = intake
    return applications


def pending(allocation: Allocation) -> dict[str, int]:
    """Return what a decision still waits for: requests undecided, seats offered and not answered, places not answered."""
    seats = Application.objects.filter(intake=allocation.intake, state__in=("selected", "offered")).count()
    asked = Exemption.objects.filter(allocation=allocation, state="asked").count()
    open_ = Place.objects.filter(allocation=allocation, state="offered").count()
    found = {"exemptions": asked, "seats": seats, "answers": open_}
    return {key: count for key, count in found.items() if count}


def open_places(allocation: Allocation, application: Application) -> dict[str, str]:
    """Return for each place why it is not open to a person, or the empty text where it is."""
    final = selection.round_of(allocation.intake, "final")
    code = application.listing.code if hasattr(application, "listing") else ""
    marks: dict[str, int] = next((row["marks"] for row in final.rows if row["code"] == code), {}) if final else {}
    granted = Exemption.objects.filter(allocation=allocation, application=application, state="granted")
    person = Wisher(code=code, rank=0, marks=marks, wishes=(), exempt=frozenset(e.place for e in granted))
    return {place.code: barred(place, person) for place in rules(allocation).places}


def place_of(allocation: Allocation, application: Application) -> Place | None:
    """Return where a person goes, or None while nobody said."""
    return Place.objects.filter(allocation=allocation, application=application).first()


def offered(allocation: Allocation) -> QuerySet[Place]:
    """Return the places that wait for an answer, in a fixed order."""
    found = Place.objects.filter(allocation=allocation, state="offered").order_by("application__listing__code")
    return found.select_related("application__person", "application__listing", "allocation__intake__programme")


def place_by_ref(ref: str) -> Place:
    """Return the place that a ledger subject names, for what no person asks for: messages."""
    found = Place.objects.select_related("application__person", "allocation__intake__programme")
    return found.select_related("allocation__intake__version", "application__intake__programme").get(ref=ref)


def requests(allocation: Allocation, application: Application) -> QuerySet[Exemption]:
    """Return a person's own requests for exemption, newest first."""
    return Exemption.objects.filter(allocation=allocation, application=application).order_by("-pk")


def reason(exemption: Exemption) -> str:
    """Return why an exemption was asked for; callers have checked that the reader may see it."""
    return vault.unseal_text(exemption.application.person, EXEMPTING, exemption.why)


def runs(allocation: Allocation) -> list[Run]:
    """Return the published runs, newest first."""
    return list(allocation.runs.exclude(published_at=None).order_by("-number"))


def run(allocation: Allocation, number: int) -> Run:
    """Return a published run, or raise DoesNotExist."""
    return allocation.runs.exclude(published_at=None).get(number=number)


def newest(allocation: Allocation) -> Run | None:
    """Return the newest run, published or not."""
    return allocation.runs.order_by("-number").first()


def result(run_: Run) -> dict[str, Any]:
    """Return a run's result as plain data."""
    return engine.read(bytes(run_.result))


def instance(run_: Run) -> dict[str, Any]:
    """Return a run's instance as plain data."""
    found: dict[str, Any] = parse(bytes(run_.instance))
    return found


def own(allocation: Allocation, application: Application) -> dict[str, Any]:
    """Return a person's own page of an allocation.

    Keys: allocation, rules, wishes, barred (place → why or empty), place (Place or None), run (newest published or
    None), code, lines (one a wish: opening, code, facts), requests.
    """
    published = runs(allocation)
    code = application.listing.code if hasattr(application, "listing") else ""
    lines = result(published[0])["reasons"].get(code, []) if published else []
    return {
        "allocation": allocation,
        "rules": rules(allocation),
        "wishes": wishes(allocation, application),
        "barred": open_places(allocation, application),
        "place": place_of(allocation, application),
        "run": published[0] if published else None,
        "code": code,
        "lines": lines,
        "requests": list(requests(allocation, application)),
    }


def of_person(person: Person, application: Application) -> list[dict[str, Any]]:
    """Return every announced allocation that concerns a person's application, as `own` does."""
    if application.person_id != person.pk:
        return []
    found = Allocation.objects.filter(intake=application.intake).exclude(state="new").order_by("announced_at")
    rows = [own(allocation, application) for allocation in found.select_related("intake__programme", "intake__version")]
    return [row for row in rows if may_wish(application) or row["place"] is not None]
