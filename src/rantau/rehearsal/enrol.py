"""The first chapter: schools invite, young people register, some err, some are late."""

import datetime as dt
from typing import Any

from rantau.applications.actions import nominating, registration
from rantau.engine.canonical import digest
from rantau.engine.chance import below, happens
from rantau.engine.refusal import Refusal
from rantau.people import actions as people
from rantau.people import queries as people_queries
from rantau.programmes import actions as programmes
from rantau.programmes import queries as programme_queries

from .cast import Character, character
from .stage import Stage

CONSENTS = {"selection": digest("peragaan: selection"), "school_result": digest("peragaan: school_result")}


def reach_conditions(stage: Stage) -> None:
    """Let everything that registration waits for be reached on the day it opens, without the story of the talks."""
    by = {row.code: row.by for row in stage.terms.milestones}
    for code in programme_queries.unmet(stage.programme, at=stage.at):
        by_hand = by[code] == "hand"
        (programmes.reach if by_hand else programmes.mark)(
            programme=stage.programme,
            milestone=code,
            on=programme_queries.day(stage.at),
            note="Peragaan: tercapai menurut cerita.",
            person=stage.coordinator() if by_hand else people_queries.system(),
            at=stage.at,
            chance=stage.chance,
        )


def open_intake(stage: Stage) -> None:
    """Plan and open the intake for as many days as the programme announces, once its conditions are reached."""
    reach_conditions(stage)
    opens_at = programme_queries.instant(programme_queries.day(stage.at), 8)
    closes_at = programme_queries.deadline(opens_at, stage.days("registration_days"))
    coordinator = stage.coordinator()
    stage.intake = programmes.plan_intake(
        programme=stage.programme,
        opens_at=opens_at,
        closes_at=closes_at,
        person=coordinator,
        at=stage.at,
        chance=stage.chance,
    )
    stage.at = opens_at
    programmes.open_intake(intake=stage.intake, person=coordinator, at=stage.at)


def characters(stage: Stage, count: int) -> list[Character]:
    """Draw everybody who will appear."""
    rules = stage.terms.eligibility
    majors, ages = (
        tuple(major.code for major in rules.majors.value or ()),
        (rules.min_age.value or 18, rules.max_age.value or 24),
    )
    opens = programme_queries.day(stage.at)
    return [character(n, majors=majors, opens=opens, ages=ages, chance=stage.chance) for n in range(1, count + 1)]


def register_all(stage: Stage, everybody: list[Character]) -> dict[str, Character]:
    """Let everybody register on a day of their own; return who is behind each registration code."""
    span = max(stage.days("registration_days") - 1, 1)
    calendar: dict[int, list[Character]] = {}
    for one in everybody:
        calendar.setdefault(below(span, stage.chance), []).append(one)
    invited = _invite(stage, [one for one in everybody if one.fate == "straight"])
    behind: dict[str, Character] = {}
    done = 0
    for number in range(span):
        with stage.day() as morning:
            nominating.due(intake=stage.intake, at=morning)
            for order, one in enumerate(calendar.get(number, [])):
                at = morning + dt.timedelta(seconds=30 * order)
                application = None if one.fate == "late" else _register(stage, one, invited.pop(one.number, None), at)
                if application is not None:
                    behind[application.code] = one
                done += 1
        stage.progress("registration", done, len(everybody))
    with stage.day():
        stage.after(stage.intake.closes_at)
        for one in (one for one in everybody if one.fate == "late"):
            _too_late(stage, one)
        nominating.due(intake=stage.intake, at=stage.at)
        programmes.close_intake(intake=stage.intake, person=stage.coordinator(), at=stage.at)
    return behind


def _account(stage: Stage, one: Character, at: dt.datetime) -> Any:
    address = f"peserta-{one.number:05d}@{stage.programme.code}.invalid"
    return people.register(at=at, chance=stage.chance, email=address, rehearsal=True)


def _invite(stage: Stage, good: list[Character]) -> dict[int, Any]:
    """Let each school invite its best within the quota; return the open invitations by character."""
    quota = stage.terms.nomination.school_quota.value or 0
    best = sorted(good, key=lambda one: (-one.average, one.number))
    pairs = zip(best, [school for school in stage.schools[:24] for _ in range(min(quota, 3))], strict=False)
    found = {}
    with stage.day(hours=1):
        for one, school in pairs:
            nomination, _ = nominating.invite(
                intake=stage.intake,
                school=school,
                person=stage.headmasters[school.npsn],
                name=one.name,
                nisn=f"{one.birth_on.year % 1000:03d}00{one.number:05d}",
                contact=f"peserta-{one.number:05d}@{stage.programme.code}.invalid",
                at=stage.at,
                chance=stage.chance,
            )
            found[one.number] = nomination
    return found


def _register(stage: Stage, one: Character, nomination: Any, at: dt.datetime) -> Any:
    person = _account(stage, one, at)
    chance, intake = stage.chance, stage.intake
    if nomination is not None and at > nomination.lives_until:
        nomination = None
    if nomination is not None and happens(150, chance):
        nominating.decline(nomination=nomination, at=at)
        nomination = None
    if nomination is not None and happens(850, chance):
        application = nominating.accept(nomination=nomination, person=person, at=at, chance=chance)
    else:  # an invitation nobody answers lapses on its day
        application = registration.start(intake=intake, person=person, at=at, chance=chance)
    _answer(stage, one, application, person, at)
    if application.state == "draft" and one.fate != "drafts":
        registration.submit(application=application, person=person, consents=CONSENTS, at=at)
    if one.fate == "withdraws":
        registration.withdraw(application=application, person=person, at=at + dt.timedelta(minutes=10))
    return application


def _answer(stage: Stage, one: Character, application: Any, person: Any, at: dt.datetime) -> None:
    """Answer page by page, as on the phone; a guardian agrees where one is needed and to be had."""

    def keep(**answers: Any) -> None:
        registration.keep(application=application, person=person, at=at, chance=stage.chance, **answers)

    keep(birth_on=one.birth_on)
    if application.state == "guardian":
        secret = registration.guardian_link(application=application, person=person, at=at, chance=stage.chance)
        if one.fate == "orphan":
            return
        registration.guardian_agrees(secret=secret, name="Wali Peragaan", relation="parent", at=at, chance=stage.chance)
        application.state = "draft"
        keep(birth_on=one.birth_on)
    if one.fate == "drafts":
        return
    school = application.school or stage.schools[one.place % len(stage.schools)]
    number = one.number - 1 if one.fate == "duplicate" and one.number > 1 else one.number
    keep(name=one.name, nik=f"{one.nik[:12]}{number % 9999 + 1:04d}")
    keep(school=school)
    keep(major=one.major, graduated=one.graduated, average=one.average)
    keep(province=school.province, regency=school.regency)
    if stage.terms.fields_split.value:
        fields = [field.code for field in stage.terms.fields]
        turn = below(len(fields), stage.chance)
        keep(wishes=fields[turn:] + fields[:turn])


def _too_late(stage: Stage, one: Character) -> None:
    person = _account(stage, one, stage.at)
    try:
        registration.start(intake=stage.intake, person=person, at=stage.at, chance=stage.chance)
    except Refusal as refusal:
        if refusal.code != "intake.closed":
            raise
        stage.counts["late"] = stage.counts.get("late", 0) + 1
