"""What the browser's server shows: the real programme, and a rehearsal that was played up to a chapter."""

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402

from rantau.applications import queries as applications  # noqa: E402
from rantau.applications.actions import registration  # noqa: E402
from rantau.cli import django_setup  # noqa: E402
from rantau.engine.flow import Role  # noqa: E402
from rantau.engine.reasons import REQUIRED_DOCUMENTS  # noqa: E402
from rantau.people import actions as people  # noqa: E402
from rantau.programmes import actions as programmes  # noqa: E402
from rantau.rehearsal import check, decide, enrol, examine, place, stage  # noqa: E402

FILES = Path(__file__).resolve().parents[2] / "programmes"
OPENS = dt.date(2026, 5, 4)
APPLICANTS = 70
PASSWORD = "tiga kata pendek"
CHAPTERS = ("open", "called", "filed", "examined", "seated", "played")


def built() -> stage.Stage:
    """Return the rehearsal of the first programme, its registration open."""
    made = stage.build(
        text=(FILES / "rusal-2026.toml").read_text("utf-8"),
        assumptions=(FILES / "rusal-2026.assumptions.toml").read_text("utf-8"),
        seed="browser",
        opens=OPENS,
        position=1,
    )
    enrol.open_intake(made)
    return made


def play(made: stage.Stage, chapter: str) -> None:
    """Play on to the end of a chapter, by the rehearsal's own story."""
    behind = enrol.register_all(made, enrol.characters(made, APPLICANTS))
    check.call(made)
    if chapter == "called":
        return
    if chapter == "filed":
        for application in applications.by_state(made.intake, "called"):
            _hand_in(made, application)
        return
    check.verify_all(made, behind)
    examine.examine(made, behind)
    made.after(made.at)
    if chapter in ("seated", "played"):
        provisional = decide.rank(made)
        decide.hear(made, provisional, behind)
        decide.conclude(made, provisional)
    if chapter == "played":
        place.place(made, open_end=True)


def _hand_in(made: stage.Stage, application: Any) -> None:
    for kind in REQUIRED_DOCUMENTS:
        registration.attach(
            application=application,
            person=application.person,
            kind=kind,
            prepared=made.papers[kind],
            at=made.at,
            chance=made.chance,
        )
    registration.file(application=application, person=application.person, at=made.at)


def _known(made: stage.Stage) -> dict[str, str]:
    """Give the first of every office, a second coordinator and one candidate a password; return addresses by role."""
    persons = {role.value: found[0] for role, found in made.staff.items()}
    persons["second"] = made.staff[Role.COORDINATOR][1]
    candidates = applications.by_state(made.intake, "verified", "accepted", "filed", "called")
    if candidates:
        persons[Role.OWNER.value] = candidates[0].person
    people.lend_password(persons=list(persons.values()), password=PASSWORD)
    return {role: person.email for role, person in persons.items()}


def main(chapter: str) -> int:
    """Fill an empty database up to a chapter, and write who can sign in."""
    django_setup.migrate()
    made = built()
    if chapter != "open":
        play(made, chapter)
    programmes.set_clock(programme=made.programme, clock_at=made.at + dt.timedelta(hours=1))
    system = people.ensure_system(at=made.at, chance=made.chance)
    programmes.store(text=(FILES / "rusal-2026.toml").read_text("utf-8"), person=system, at=made.at)
    (settings.VAR / "people.json").write_text(json.dumps(_known(made)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
