"""The chapter after the seats: wishes among fields and postings, a few hardships, the decision, answers, one more round."""

from typing import Any

from rantau.allocation import access, queries
from rantau.allocation.actions import deadlines, deciding, wishing
from rantau.applications import queries as applications
from rantau.engine.chance import below, happens
from rantau.engine.flow import Role
from rantau.engine.placing import KINDS
from rantau.engine.refusal import Refusal
from rantau.selection.actions import offers

from .stage import Stage

HARDSHIPS = ("Merawat orang tua yang sakit seorang diri.", "Pengobatan rutin yang hanya ada di rumah sakit asal.")
ROUNDS = 2


def place(stage: Stage, *, open_end: bool = False) -> list[Any]:
    """Play every allocation the programme has rules for, one after the other; return the published runs, oldest first.

    With `open_end` the story stops while the last places are being answered, for visitors to answer themselves.
    """
    kinds = [kind for kind in KINDS if _divides(stage, kind)]
    for kind in kinds:
        allocation = _wishes(stage, kind)
        stop = open_end and kind == kinds[-1]
        for number in range(1, (1 if stop else ROUNDS) + 1):
            _decide(stage, allocation)
            _answers(stage, allocation, gives_up=number == 1 and kind == "field", some=stop)
            if not stop:
                _silence(stage, kind)
        if not stop:
            _settle(stage)
            with stage.day():
                deciding.finish(allocation=_now(stage, kind), person=stage.coordinator(), at=stage.at)
    return [run for allocation in access.visible(stage.programme) for run in reversed(queries.runs(allocation))]


def _divides(stage: Stage, kind: str) -> bool:
    try:
        queries.possible(stage.intake, kind)
    except Refusal as refusal:
        if refusal.code not in ("placing.undivided", "placing.unpublished"):
            raise
        return False
    return True


def _now(stage: Stage, kind: str) -> Any:
    """Return the allocation of a kind as it stands."""
    return access.get(stage.programme, kind)


def _wishes(stage: Stage, kind: str) -> Any:
    """Announce, let people wish and ask to be exempt, decide the hardships, and wait until the lists close."""
    with stage.day(hours=2):
        allocation = wishing.announce(
            intake=stage.intake, kind=kind, person=stage.coordinator(), at=stage.at, chance=stage.chance
        )
    with stage.day():
        _wish(stage, allocation)
    with stage.day():
        _judge(stage, allocation)
    stage.after(allocation.wishes_until)
    with stage.day(hours=1):
        deadlines.due(intake=stage.intake, at=stage.at)
    return allocation


def _wish(stage: Stage, allocation: Any) -> None:
    """Let most give a list; a few ask not to be sent abroad; some leave the list of their registration as it is."""
    places = [place.code for place in queries.rules(allocation).places]
    for state in ("accepted", "reserve"):
        for number, application in enumerate(applications.by_state(stage.intake, state)):
            if allocation.kind == "field" and happens(300, stage.chance):
                continue
            first = 0 if happens(600, stage.chance) else below(len(places), stage.chance)
            wished = [*places[first:], *places[:first]]
            wishing.wish(
                allocation=allocation, application=application, places=wished, person=application.person, at=stage.at
            )
            if allocation.kind == "posting" and state == "accepted" and number % 17 == 5:
                wishing.ask_exemption(
                    allocation=allocation,
                    application=application,
                    place=places[0],
                    why=HARDSHIPS[number % len(HARDSHIPS)],
                    person=application.person,
                    at=stage.at,
                    chance=stage.chance,
                )


def _judge(stage: Stage, allocation: Any) -> None:
    """Let a protection officer decide the hardships: two of three are granted."""
    officer = stage.staff[Role.PROTECTION][0]
    asked = access.exemptions(officer, scope=stage.programme.code, at=stage.at).filter(
        allocation=allocation, state="asked"
    )
    for number, exemption in enumerate(asked):
        grants = number % 3 != 2
        wishing.judge(
            exemption=exemption,
            grants=grants,
            answer="Surat keterangan dilihat petugas." if grants else "Keadaan ini tidak menghalangi penempatan.",
            person=officer,
            at=stage.at,
        )


def _decide(stage: Stage, allocation: Any) -> None:
    """Decide by one coordinator's hand and publish by another's."""
    first, second = stage.staff[Role.COORDINATOR][:2]
    _settle(stage)
    with stage.day(hours=2):
        deciding.decide(allocation=_now(stage, allocation.kind), person=first, at=stage.at)
    with stage.day():
        deciding.publish(allocation=_now(stage, allocation.kind), person=second, at=stage.at, chance=stage.chance)


def _answers(stage: Stage, allocation: Any, *, gives_up: bool, some: bool) -> None:
    """Let people answer: most accept, some wait for better, one gives up; with `some` every third has not said yet."""
    _settle(stage)
    with stage.day():
        offered = list(queries.offered(allocation))
        for number, place in enumerate(offered):
            wished = queries.wishes(allocation, place.application)
            says = "accept" if not wished or place.place == wished[0] else "wait"
            if gives_up and number == len(offered) - 1:
                says = "decline"
            if not (some and number % 3 == 0):
                deciding.answer(place=place, says=says, person=place.application.person, at=stage.at)
    _fill(stage)


def _silence(stage: Stage, kind: str) -> None:
    """Wait until the day of the answers is over and take what is due."""
    stage.after(_now(stage, kind).answers_until)
    with stage.day(hours=2):
        deadlines.due(intake=stage.intake, at=stage.at)


def _settle(stage: Stage) -> None:
    """Let seats that became free meanwhile be taken, and places of people who left be empty, before anything is decided."""
    _fill(stage)
    with stage.day(hours=1):
        deadlines.due(intake=stage.intake, at=stage.at)


def _fill(stage: Stage) -> None:
    """Let the reserve answer the seats that became free, until each is answered; then who left has left."""
    while offered := list(applications.by_state(stage.intake, "offered")):
        with stage.day():
            for application in offered:
                offers.answer(application=application, accepts=True, person=application.person, at=stage.at)
