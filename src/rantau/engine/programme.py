"""The programme as a typed value: what an announcement offers, what it leaves open, what an intake needs of it."""

import calendar
import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from .canonical import Frozen
from .canonical import digest as canonical_digest
from .known import (
    Assumed,
    Code,
    Contested,
    Count,
    Country,
    Fact,
    Money,
    Month,
    Published,
    Ruled,
    Text,
    Unpublished,
    Words,
)
from .programme_choosing import Criterion as Criterion
from .programme_choosing import Hundredths, Placing, Selection
from .programme_choosing import Marking as Marking
from .programme_departure import Departing, DocumentRule, Topic
from .programme_plan import Days, Milestone, Windows
from .promises import Claim
from .refusal import Refusal

AnyFact: TypeAlias = Unpublished | Published[Any] | Contested[Any] | Assumed[Any]
Age = Annotated[int, Field(ge=15, le=70)]
Year = Annotated[int, Field(ge=1990, le=2100)]
CostKind = Literal["training", "placement", "personal"]


class Office(Frozen):
    """Who says, owes or does something; an office acts, never a named person.

    `members` are the offices that act together under this name: each of them may answer for it.
    """

    code: Code
    name: Text
    kind: Literal[
        "ministry",
        "partner_ministry",
        "employer",
        "home_mission",
        "host_mission",
        "school",
        "partner",
        "language_provider",
        "technical_provider",
        "press",
    ]
    members: tuple[Code, ...] = ()


class Source(Frozen):
    """Where something is written; `on` is left out where the page carries no date."""

    key: Code
    title: Words
    address: Words
    on: dt.date | None = None


class Phase(Frozen):
    """One stretch of the programme."""

    code: Code
    kind: Literal["language", "technical", "work"]
    title: Text
    months: Fact[Annotated[int, Field(ge=1, le=120)]]
    place: Fact[Words]


class StudyField(Frozen):
    """One field of study."""

    code: Code
    title: Text
    seats: Fact[Count]


class Contract(Frozen):
    """The work promised after training."""

    years: Fact[Annotated[int, Field(ge=1, le=40)]]
    occupation: Fact[Text]
    employer: Fact[Words]
    site: Fact[Words]
    leaving_early: Fact[Text]


class Pay(Frozen):
    """What is said about pay; `in_rupiah` is how the sources convert the ceiling, never our own conversion."""

    ceiling: Fact[Money]
    at_grade: Fact[Annotated[int, Field(ge=1, le=20)]]
    gross_or_net: Fact[Literal["gross", "net"]]
    in_rupiah: Fact[Money]
    base: Fact[Money]
    by_grade: Fact[tuple[Money, ...]]
    stipend: Fact[Money]
    at_home: Fact[Money]


class Posting(Frozen):
    """A place of work after training and how many serve there."""

    code: Code
    title: Text
    country: Country
    seats: Fact[Count]
    place: Fact[Text]


class Nomination(Frozen):
    """What schools do: whether one must name a candidate, how many it may name, how many days a nomination lives."""

    required: Fact[bool]
    school_quota: Fact[Count]
    days: Fact[Days]


class EmployerStage(Frozen):
    """The employer's part in the selection as a declared stage: codes of criteria, none if it takes no part."""

    criteria: tuple[str, ...]


class Dates(Frozen):
    """The dates of an announcement: days, or months where only a month was said."""

    meeting: Fact[dt.date]
    recruitment: Fact[Month]
    departure: Fact[Month]
    departs_on: Fact[dt.date]


class Cost(Frozen):
    """One item of cost: its class, whether it is free for the participant, the office that pays, the official fee.

    Classes: training (promised free), placement (zero by law, UU 18/2017 art. 30), personal. `paid_at` says where a lawful
    fee is paid, so that nobody pays it anywhere else. What a row says itself, without a fact, stands under its `sources`.
    """

    code: Code
    title: Text
    kind: Ruled[CostKind]
    free: Fact[bool]
    payer: Fact[Annotated[Code, Field(json_schema_extra={"of": "offices"})]]
    fee: Ruled[Money]
    paid_at: Ruled[Text]
    basis: Text | None = None
    sources: tuple[Words, ...] = ()


class Major(Frozen):
    """A vocational school's course of study, as a person chooses it from a list."""

    code: Annotated[Code, Field(max_length=48)]
    title: Text


class Eligibility(Frozen):
    """Who may take part; `min_average` is in hundredths of a report mark out of 100."""

    school_type: Fact[Words]
    min_age: Fact[Age]
    max_age: Fact[Age]
    graduated_from: Fact[Year]
    graduated_to: Fact[Year]
    majors: Fact[Annotated[tuple[Major, ...], Field(min_length=1)]]
    min_average: Fact[Hundredths]
    health: Fact[Text]


class Ask(Frozen):
    """The question that stands for unpublished values: every value whose path is `about` or lies under it.

    `before` names the milestone before which people need the answer.
    """

    about: Words
    office: Code
    text: Text
    before: Code | None = None


class Question(Frozen):
    """A question still open: the unpublished values it stands for, the office that owes the answer, the words.

    `due` is the day before the first day on which what needs the answer was announced to come; None where none was.
    """

    about: str
    paths: tuple[str, ...]
    office: Code
    text: Text
    before: Code | None = None
    due: dt.date | None = None


class Programme(Frozen):
    """What a partner and a ministry offer, as data. A stored version never changes and is known by its digest."""

    code: Code
    kind: Literal["real", "example"]
    title: Text
    summary: Text
    home_country: Country
    host_country: Country
    seats: Fact[Annotated[int, Field(ge=1, le=10_000_000)]]
    fields_split: Fact[bool]
    posting_rule: Fact[Text]
    employer_stage: Fact[EmployerStage]
    women_all_tasks: Fact[bool]
    offices: Annotated[tuple[Office, ...], Field(min_length=1)]
    sources: tuple[Source, ...] = ()
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]
    fields: tuple[StudyField, ...] = ()
    postings: tuple[Posting, ...] = ()
    contract: Contract
    pay: Pay
    nomination: Nomination
    dates: Dates
    costs: tuple[Cost, ...] = ()
    eligibility: Eligibility
    selection: Selection
    placing: Placing
    windows: Windows
    departing: Departing
    documents: tuple[DocumentRule, ...] = ()
    preparation: tuple[Topic, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    asks: tuple[Ask, ...] = ()
    claims: tuple[Claim, ...] = ()

    def questions(self) -> tuple[Question, ...]:
        """Return the open questions in the order of the file, each with the unpublished values it stands for."""
        paths = [path for path, fact in known_values(self) if isinstance(fact, Unpublished)]
        found = [(ask, tuple(path for path in paths if ask_for(self.asks, path) == ask)) for ask in self.asks]
        return tuple(
            Question(
                about=ask.about,
                paths=own,
                office=ask.office,
                text=ask.text,
                before=ask.before,
                due=self._due(ask.before),
            )
            for ask, own in found
            if own
        )

    def announced(self, milestone: Milestone) -> tuple[dt.date, dt.date] | None:
        """Return the first and the last day on which a milestone was said to come, or None where nobody said."""
        value = getattr(self.dates, milestone.announced).value if milestone.announced else None
        if isinstance(value, dt.date):
            return value, value
        if value is None:
            return None
        year, month = int(value[:4]), int(value[5:])
        return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])

    def _due(self, before: str | None) -> dt.date | None:
        span = next((self.announced(row) for row in self.milestones if row.code == before), None)
        return span[0] - dt.timedelta(days=1) if span else None


def ask_for(asks: tuple[Ask, ...], path: str) -> Ask | None:
    """Return the ask that stands for a path: the one about it, else about the nearest part it lies in."""
    near = [ask for ask in asks if path == ask.about or path.startswith(ask.about + ".")]
    return max(near, key=lambda ask: len(ask.about), default=None)


def known_values(programme: Programme) -> Iterator[tuple[str, AnyFact]]:
    """Yield every value that may be unknown with its path, rows by code: `fields.transport.seats`."""
    yield from _walk(programme, "")


def _walk(value: Any, path: str) -> Iterator[tuple[str, AnyFact]]:
    if isinstance(value, Unpublished | Published | Contested | Assumed):
        yield path, value
        yield from _walk(value.value, path)
    elif isinstance(value, Frozen):
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _walk(item, f"{path}.{getattr(item, 'code', number)}")


def digest(programme: Programme) -> str:
    """Return the SHA-256 of a programme's canonical bytes: the name of this version."""
    return canonical_digest(programme)


def opening_problems(programme: Programme, *, rehearsal: bool = False) -> tuple[str, ...]:
    """Return the codes why an intake cannot open, in a fixed order; none means it can.

    Seats, eligibility, types of test, weights, knock-outs and tie-break must stand in the notice (PermenPANRB 6/2024
    art. 22). In a real programme an assumed value counts as unpublished, except in a rehearsal.
    """
    strict = programme.kind == "real" and not rehearsal

    def said(fact: AnyFact) -> bool:
        return fact.value is not None and not (strict and isinstance(fact, Assumed))

    criteria = programme.selection.criteria.value or ()
    types = said(programme.selection.criteria)
    needs = {
        "seats": said(programme.seats),
        "eligibility": all(said(getattr(programme.eligibility, name)) for name in Eligibility.model_fields),
        "types": types,
        "weights": types and not any(isinstance(row.weight, Unpublished) for row in criteria),
        "knock_outs": types and not any(isinstance(row.pass_mark, Unpublished) for row in criteria),
        "tie_break": said(programme.selection.tie_break),
        "reserve": said(programme.selection.reserve),
    }
    return tuple(f"opening.{name}" for name, met in needs.items() if not met)


def selection_rules(programme: Programme) -> dict[str, Any]:
    """Return the plain rules for the selection: seats, reserve, criteria (code, maximum, weight, pass mark), tie-break.

    :raises Refusal: `programme.unpublished` while any of them is unknown, with the codes of what is missing
    """
    asked = {
        "opening.seats",
        "opening.types",
        "opening.weights",
        "opening.knock_outs",
        "opening.tie_break",
        "opening.reserve",
    }
    missing = tuple(code for code in opening_problems(programme, rehearsal=True) if code in asked)
    if missing:
        raise Refusal("programme.unpublished", missing=missing)
    selection = programme.selection
    return {
        "seats": programme.seats.value,
        "reserve": selection.reserve.value,
        "criteria": [
            {"code": row.code, "maximum": row.maximum, "weight": row.weight, "pass_mark": row.pass_mark}
            for row in selection.criteria.value or ()
        ],
        "tie_break": list(selection.tie_break.value or ()),
    }


def requirements(programme: Programme) -> tuple[dict[str, Any], ...]:
    """Return the plain rules for the eligibility check: code, value (None while unknown), status, source.

    The source is the keys of what is published, the model of what is assumed, the office that owes what is unpublished.
    A contested value is no rule: it counts as unpublished here.
    """
    names = ("min_age", "max_age", "graduated_from", "graduated_to", "majors", "min_average")
    facts = {name: getattr(programme.eligibility, name) for name in names} | {"departs_on": programme.dates.departs_on}
    return tuple(
        {
            "code": code,
            "value": _plain(fact.value),
            "status": "unpublished" if fact.value is None else fact.status,
            "source": source_of(fact),
        }
        for code, fact in facts.items()
    )


def source_of(fact: AnyFact) -> str:
    """Return where a value comes from in one line: source keys, the model, or the office that owes it."""
    if isinstance(fact, Unpublished):
        return fact.owes
    if isinstance(fact, Assumed):
        return fact.model
    if isinstance(fact, Published):
        return ", ".join(fact.sources)
    return ", ".join(key for version in fact.versions for key in version.sources)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return [row.code for row in value] if isinstance(value, tuple) else value
