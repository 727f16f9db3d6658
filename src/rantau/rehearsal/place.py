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


def place(stage: Stage) -> list[Any]:
    """Play every allocation the programme has rules for, in the same weeks; return their published runs, oldest first."""
    allocations = _announce(stage)
    if not allocations:
        return []
    with stage.day():
        for allocation in allocations:
            _wish(stage, allocation)
    with stage.day():
        for allocation in allocations:
            _judge(stage, allocation)
    stage.after(max(allocation.wishes_until for allocation in allocations))
    with stage.day(hours=1):
        deadlines.due(intake=stage.intake, at=stage.at)
    for number in range(1, ROUNDS + 1):
        _round(stage, number)
    coordinator, scope = stage.coordinator(), stage.programme.code
    with stage.day():
        for allocation in access.desk(coordinator, scope=scope, at=stage.at):
            deciding.finish(allocation=allocation, person=coordinator, at=stage.at)
    found = list(access.visible(stage.programme))
    return [run for allocation in found for run in reversed(queries.runs(allocation))]


def _announce(stage: Stage) -> list[Any]:
    announced = []
    with stage.day(hours=2):
        for kind in KINDS:
            try:
                queries.possible(stage.intake, kind)
            except Refusal as refusal:
                if refusal.code not in ("placing.undivided", "placing.unpublished"):
                    raise
                continue
            announced.append(
                wishing.announce(
                    intake=stage.intake, kind=kind, person=stage.coordinator(), at=stage.at, chance=stage.chance
                )
            )
    return announced


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


def _round(stage: Stage, number: int) -> None:
    """Decide and publish by two hands, then let people answer: most accept, some wait for better, one gives up."""
    first, second = stage.staff[Role.COORDINATOR][:2]
    scope = stage.programme.code
    with stage.day(hours=2):
        for allocation in access.desk(first, scope=scope, at=stage.at):
            deciding.decide(allocation=allocation, person=first, at=stage.at)
    with stage.day():
        for allocation in access.desk(second, scope=scope, at=stage.at):
            deciding.publish(allocation=allocation, person=second, at=stage.at, chance=stage.chance)
    with stage.day():
        for allocation in access.visible(stage.programme):
            _answer(stage, allocation, gives_up=number == 1 and allocation.kind == "field")
    _fill(stage)
    until = max(allocation.answers_until for allocation in access.visible(stage.programme))
    stage.after(until)
    with stage.day(hours=2):
        deadlines.due(intake=stage.intake, at=stage.at)


def _answer(stage: Stage, allocation: Any, *, gives_up: bool) -> None:
    offered = list(queries.offered(allocation))
    for number, place in enumerate(offered):
        wished = queries.wishes(allocation, place.application)
        says = "accept" if not wished or place.place == wished[0] else "wait"
        if gives_up and number == len(offered) - 1:
            says = "decline"
        deciding.answer(place=place, says=says, person=place.application.person, at=stage.at)


def _fill(stage: Stage) -> None:
    """Let the reserve answer the seats that became free, until each is answered; then who left has left."""
    while offered := list(applications.by_state(stage.intake, "offered")):
        with stage.day():
            for application in offered:
                offers.answer(application=application, accepts=True, person=application.person, at=stage.at)
