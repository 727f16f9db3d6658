"""The second chapter: the best are called, papers come in, officers verify, err, and are corrected."""

import datetime as dt
from typing import Any

from rantau.applications import queries as applications
from rantau.applications.actions import calling, registration, verification
from rantau.engine.chance import happens, pick
from rantau.engine.flow import Role
from rantau.engine.reasons import REQUIRED_DOCUMENTS
from rantau.engine.refusal import Refusal
from rantau.selection import queries as selection
from rantau.selection.actions import objections

from .cast import Character
from .stage import Stage

BAD_FILE = b"MZ this is a program and no photo"


def call(stage: Stage) -> None:
    """Call the best, pass over the rest, exclude those the rules exclude."""
    with stage.day():
        calling.call(intake=stage.intake, person=stage.coordinator(), at=stage.at)


def verify_all(stage: Stage, behind: dict[str, Character]) -> None:
    """Let papers come in and officers work until nothing waits; wrong refusals are objected to and undone."""
    called = list(applications.by_state(stage.intake, "called"))
    with stage.day(hours=8):
        for number, application in enumerate(called, 1):
            if not happens(25, stage.chance):
                _send(stage, application)
            stage.progress("documents", number, len(called))
    wrongly: list[Any] = []
    for _ in range(3):  # at most two returns a file
        with stage.day():
            _work(stage, behind, wrongly)
        with stage.day():
            for application in applications.by_state(stage.intake, "returned"):
                if not happens(60, stage.chance):
                    _send(stage, application)
    with stage.day():
        _work(stage, behind, wrongly, final=True)
        _sample(stage)
        _work(stage, behind, wrongly, final=True)
        _object(stage, wrongly)
    _lapse(stage)


def _send(stage: Stage, application: Any) -> None:
    person = application.person
    if happens(30, stage.chance):
        try:
            registration.attach(
                application=application, person=person, kind="photo", data=BAD_FILE, at=stage.at, chance=stage.chance
            )
        except Refusal as refusal:
            if refusal.code != "file.type":
                raise
            stage.counts["bad_files"] = stage.counts.get("bad_files", 0) + 1
    for kind in REQUIRED_DOCUMENTS:
        paper = stage.papers[kind]
        registration.attach(
            application=application, person=person, kind=kind, prepared=paper, at=stage.at, chance=stage.chance
        )
    registration.file(application=application, person=person, at=stage.at)


def _work(stage: Stage, behind: dict[str, Character], wrongly: list[Any], *, final: bool = False) -> None:
    """Let the verifiers empty the queue, four minutes a file."""
    clock = dict.fromkeys(stage.staff[Role.VERIFIER], stage.at)
    idle: set[Any] = set()
    while len(idle) < len(clock):
        for officer in clock:
            if officer in idle:
                continue
            try:
                application = verification.claim(person=officer, scope=stage.programme.code, at=clock[officer])
            except Refusal as refusal:
                if refusal.code != "queue.empty":
                    raise
                idle.add(officer)
                continue
            clock[officer] += dt.timedelta(minutes=4)
            verdict, reason = _verdict(stage, behind[application.code], final)
            if reason == "requirement":
                wrongly.append(application)
            verification.decide(
                application=application, person=officer, verdict=verdict, reason=reason, at=clock[officer]
            )


def _verdict(stage: Stage, one: Character, final: bool) -> tuple[str, str]:
    if one.fate == "duplicate":
        return "refuse", "duplicate"
    if final:
        return "verify", ""
    if happens(90, stage.chance):
        return "return", pick(("unreadable", "incomplete_document", "answer_differs"), stage.chance)
    if happens(30, stage.chance):
        return "refuse", "requirement"  # an officer's error: nothing is wrong with the file
    return "verify", ""


def _sample(stage: Stage) -> None:
    """Let second officers check the sample; one in thirty is opened again."""
    scope = stage.programme.code
    for officer in stage.staff[Role.VERIFIER]:
        for application in applications.sample(officer, scope=scope, at=stage.at):
            agrees = not happens(33, stage.chance)
            verification.check_sample(application=application, person=officer, agrees=agrees, at=stage.at)


def _object(stage: Stage, wrongly: list[Any]) -> None:
    """Let everybody who was refused by error object where they still can; another officer puts it right."""
    judge = stage.staff[Role.COORDINATOR][1]
    for application in wrongly:
        application.refresh_from_db()
        if selection.may_object(application, at=stage.at) != "verification":
            continue
        objection = objections.lodge(
            application=application,
            person=application.person,
            text="Berkas saya memenuhi syarat; petugas keliru membaca.",
            at=stage.at,
            chance=stage.chance,
        )
        objections.decide(
            objection=objection,
            upheld=True,
            answer="Petugas keliru; berkas memenuhi syarat.",
            person=judge,
            at=stage.at + dt.timedelta(hours=1),
        )


def _lapse(stage: Stage) -> None:
    late = [a.file_by for a in applications.by_state(stage.intake, "called", "returned") if a.file_by]
    if late:
        stage.after(max(late))
    with stage.day():
        calling.due(intake=stage.intake, at=stage.at)
