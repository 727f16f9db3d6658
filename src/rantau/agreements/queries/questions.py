"""Every question of a programme: what is still open, by when, what was proposed, what was answered and by whom."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from rantau.agreements import access
from rantau.agreements.models import Answer, Asked
from rantau.engine.known import Unpublished
from rantau.engine.programme import Ask, Office, ask_for, known_values
from rantau.engine.programme import Programme as Terms
from rantau.engine.programme_difference import Changed, difference
from rantau.engine.refusal import Refusal
from rantau.people.models import Person
from rantau.programmes.models import Programme, Version
from rantau.programmes.queries import day, terms, typed


@dataclass(frozen=True)
class Standing:
    """One question: its values that are open and those assumed for a rehearsal, when it is due, its answers.

    `due` is None while nobody set a day and none was announced; `over` counts the days since, 0 before. `set_at` says when
    somebody set the day. `answers` are those that the reader may see, oldest first.
    """

    ask: Ask
    office: Office
    open: tuple[str, ...]
    assumed: tuple[str, ...]
    due: dt.date | None
    set_at: dt.datetime | None
    over: int
    answers: tuple[Answer, ...]

    @property
    def proposed(self) -> Answer | None:
        """Return the answer that waits for a second person, if the reader may see it."""
        return next((answer for answer in self.answers if answer.state == "proposed"), None)

    @property
    def approved(self) -> list[Answer]:
        """Return the answers that became part of the programme, oldest first."""
        return [answer for answer in self.answers if answer.state == "approved"]


@dataclass(frozen=True)
class Owed:
    """An office and its questions: how many are open, how many of them past their day, how many have an answer."""

    office: Office
    rows: list[Standing]
    open: int
    over: int
    answered: int


@dataclass(frozen=True)
class Desk:
    """What somebody who acts for an office, decides or reads sees: questions, those they may answer, answers by state."""

    owed: list[Owed]
    may: frozenset[str]
    waiting: list[Answer]
    decided: list[Answer]
    decides: bool


def public(programme: Programme) -> QuerySet[Answer]:
    """Return the answers that anybody may read: those that became part of the programme."""
    found = Answer.objects.filter(programme=programme, state="approved")
    return found.select_related("base").order_by("decided_at", "pk")


def standing(programme: Programme, answers: Iterable[Answer], *, at: dt.datetime) -> list[Standing]:
    """Return every question that has an open or assumed value or an answer, in the order of the file.

    `answers` are those that the reader may see.
    """
    now, today = terms(programme.version), day(at)
    offices = {office.code: office for office in now.offices}
    unsaid = {path: fact.status for path, fact in known_values(now) if fact.status in ("unpublished", "assumed")}
    announced = {question.about: question.due for question in _file(programme).questions()}
    asked = {row.about: row for row in Asked.objects.filter(programme=programme).order_by("at", "pk")}
    given = list(answers)
    found = []
    for ask in now.asks:
        own = {path: status for path, status in unsaid.items() if ask_for(now.asks, path) == ask}
        open_ = tuple(path for path, status in own.items() if status == "unpublished")
        own_answers = tuple(answer for answer in given if answer.about == ask.about)
        if not own and not own_answers:
            continue
        set_ = asked.get(ask.about)
        due = set_.due_on if set_ else announced.get(ask.about)
        found.append(
            Standing(
                ask=ask,
                office=offices[ask.office],
                open=open_,
                assumed=tuple(path for path in own if path not in open_),
                due=due,
                set_at=set_.at if set_ else None,
                over=max((today - due).days, 0) if due and open_ else 0,
                answers=own_answers,
            )
        )
    return found


def by_office(rows: Iterable[Standing], offices: Iterable[Office]) -> list[Owed]:
    """Return questions under the office that owes the answer, offices in the order given, none without a question."""
    found = [(office, [row for row in rows if row.office.code == office.code]) for office in offices]
    return [
        Owed(
            office=office,
            rows=own,
            open=sum(bool(row.open) for row in own),
            over=sum(row.over > 0 for row in own),
            answered=sum(bool(row.approved) for row in own),
        )
        for office, own in found
        if own
    ]


def desk(person: Person, programme: Programme, *, at: dt.datetime) -> Desk:
    """Return the questions that concern a person, with the answers that they may read.

    :raises Refusal: `mandate.missing` for who acts for no office here
    """
    given = list(access.answers(person, programme, at=at))
    decides = bool(access.decides(person, programme, at=at))
    rows = standing(programme, given, at=at)
    if not decides and not access.reads_all(person, programme, at=at):
        own = access.offices(person, programme, at=at)
        rows = [row for row in rows if row.office.code in own]
    return Desk(
        owed=by_office(rows, terms(programme.version).offices),
        may=frozenset(row.ask.about for row in rows if _may(person, programme, row.office.code, at=at)),
        waiting=[one for one in given if one.state == "proposed"],
        decided=[one for one in reversed(given) if one.state != "proposed"],
        decides=decides,
    )


def takes_back(person: Person, answer: Answer, *, at: dt.datetime) -> bool:
    """Return whether a person may take an answer back now."""
    try:
        access.taking_back(person, answer, at=at)
    except Refusal:
        return False
    return answer.state == "proposed"


def _may(person: Person, programme: Programme, office: str, *, at: dt.datetime) -> bool:
    try:
        access.answering(person, programme, office, at=at)
    except Refusal:
        return False
    return True


def asked(programme: Programme, about: str) -> tuple[Ask, tuple[str, ...]]:
    """Return a question and the values that an answer may fill: those that the programme's own file leaves open.

    What a rehearsal assumes stays open in the file: an answer takes the assumption's place.

    :raises Refusal: `question.unknown`
    """
    file = _file(programme)
    found = next((ask for ask in file.asks if ask.about == about), None)
    paths = tuple(
        path for path, fact in known_values(file) if isinstance(fact, Unpublished) and ask_for(file.asks, path) == found
    )
    if found is None or not paths:
        raise Refusal("question.unknown", about=about)
    return found, paths


def waiting(programme: Programme, about: str) -> Answer | None:
    """Return the answer to a question that waits for a second person, or None."""
    return Answer.objects.filter(programme=programme, about=about, state="proposed").first()


def proposed_terms(answer: Answer) -> Terms:
    """Return the programme as it would be, or became, with an answer."""
    return typed(answer.text, answer.assumptions)


def changes(answer: Answer) -> tuple[Changed, ...]:
    """Return what an answer changes in the version it was written for, but for the new source, which it names itself."""
    found = difference(terms(answer.base), proposed_terms(answer))
    return tuple(change for change in found if not change.path.startswith("sources."))


def version(answer: Answer) -> Version | None:
    """Return the stored version that an approved answer became."""
    found = Version.objects.filter(programme_id=answer.programme_id, text=answer.text, assumptions=answer.assumptions)
    return found.order_by("-pk").first() if answer.state == "approved" else None


def _file(programme: Programme) -> Terms:
    """Return a programme's own file, without a rehearsal's assumptions."""
    assert programme.version is not None
    return typed(programme.version.text)
