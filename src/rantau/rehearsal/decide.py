"""The last chapter: freeze, draw, publish, objections, the final round, offers, and the reserve moving up."""

import datetime as dt
from typing import Any

from rantau.applications import queries as applications
from rantau.applications.actions import registration
from rantau.engine.chance import below, happens
from rantau.engine.flow import Role
from rantau.selection import access, queries
from rantau.selection.actions import objections, offers, rounds

from . import examine
from .cast import Character
from .stage import Stage

SOURCE = "Sepuluh lemparan dadu sepuluh sisi di depan saksi (peragaan)"
SUBSTITUTES = ("Sepuluh lemparan dadu pada hari kerja berikutnya, di tempat yang sama (peragaan)",)


def rank(stage: Stage) -> Any:
    """Freeze, draw, decide and publish the provisional round."""
    coordinator = stage.coordinator()
    stage.after(stage.at)
    planned = stage.at + dt.timedelta(days=1)
    round_ = rounds.freeze(
        intake=stage.intake,
        source=SOURCE,
        substitutes=SUBSTITUTES,
        planned_at=planned,
        person=coordinator,
        at=stage.at,
        chance=stage.chance,
    )
    stage.at = planned + dt.timedelta(hours=1)
    value = " ".join(str(below(10, stage.chance)) for _ in range(10))
    record = f"Berita acara peragaan. {SOURCE}: {value}\n".encode()
    rounds.draw(round_=round_, value=value, evidence=record, person=coordinator, at=stage.at)
    rounds.run(round_=round_, person=coordinator, at=stage.at)
    rounds.publish(round_=round_, person=coordinator, at=stage.at)
    stage.after(stage.at)
    return round_


def hear(stage: Stage, provisional: Any, behind: dict[str, Character]) -> None:
    """Let six people just below the cut object to a mark; another officer upholds every third, third examiners look."""
    judge, scope = stage.staff[Role.COORDINATOR][1], stage.programme.code
    criterion = next(c for c in queries.criteria(stage.intake) if c.kind == "practical")
    decided = queries.decision(provisional).outcomes
    below_cut = [o.code for o in decided if o.outcome == "reserve"][:6]
    marks = access.locked_marks(judge, scope=scope, at=stage.at).filter(criterion=criterion.code)
    with stage.day():
        by_code = {row.code: application for application, row in queries.rows(stage.intake)}
        for number, code in enumerate(below_cut):
            application = by_code[code]
            objection = objections.lodge(
                application=application,
                person=application.person,
                criterion=criterion.code,
                text="Nilai praktik saya salah disalin dari lembar penilaian.",
                at=stage.at,
                chance=stage.chance,
            )
            mark = marks.filter(application=application).earliest("pk")
            upheld = number % 3 == 0
            objections.decide(
                objection=objection,
                upheld=upheld,
                answer="Lembar penilaian dibaca ulang oleh petugas lain.",
                mark=mark if upheld else None,
                value=min(mark.value + 400, criterion.maximum) if upheld else None,
                person=judge,
                at=stage.at,
            )
        withdrawn = next((by_code[o.code] for o in decided if o.outcome == "unsuccessful" and o.rank), None)
        if withdrawn is not None:
            registration.withdraw(application=withdrawn, person=withdrawn.person, at=stage.at)
    examine.thirds(stage, behind)


def conclude(stage: Stage, provisional: Any) -> Any:
    """Publish the final round once the window is over, then play the offers until every seat is answered."""
    coordinator = stage.coordinator()
    stage.after(provisional.objections_until)
    with stage.day(hours=2):
        final = rounds.freeze_final(intake=stage.intake, person=coordinator, at=stage.at, chance=stage.chance)
        rounds.run(round_=final, person=coordinator, at=stage.at)
        rounds.publish(round_=final, person=coordinator, at=stage.at)
    while offered := list(applications.by_state(stage.intake, "offered")):
        with stage.day():
            for application in offered:
                roll = below(1000, stage.chance)
                if roll < 940:
                    accepts = not happens(60, stage.chance)
                    offers.answer(application=application, accepts=accepts, person=application.person, at=stage.at)
        silent = [a.answer_by for a in applications.by_state(stage.intake, "offered") if a.answer_by]
        if silent:
            stage.after(max(silent))
            with stage.day():
                offers.due(intake=stage.intake, at=stage.at)
        stage.progress("offers", queries.funnel(stage.intake)["accepted"], queries.rules(stage.intake).seats)
    return final
