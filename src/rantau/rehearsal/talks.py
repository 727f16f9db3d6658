"""The chapter before the intake: talks, drafts, comments, a party that answers late, approvals, signatures, first duties."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from rantau.agreements import queries
from rantau.agreements.access import ROLES
from rantau.agreements.actions import approving, deadlines, drafting, duties, mandates, negotiating, questions
from rantau.agreements.queries import boards, desks
from rantau.departure import queries as departure
from rantau.engine.chance import seeded
from rantau.engine.clauses import Clause
from rantau.engine.flow import Role
from rantau.people import actions as people
from rantau.programmes import queries as programmes

from . import coordinate
from .stage import Stage, talks_begin

FUNCTIONS = (
    ("lawyer", "Biro hukum", ("legal",)),
    ("head", "Pimpinan unit", ("approve",)),
    ("second", "Sekretariat", ("approve",)),
    ("signatory", "Penanda tangan", ("sign",)),
)
"""Who there is in an office beside its negotiator: what they are called, and what their mandate covers."""

DESKS = {"ministry": ("Direktorat", "Sekretariat Jenderal"), "employer": ("Direksi",)}
"""The approval chains of this story; other offices approve at one desk."""

COMMENTS = {
    "employer": ("contract", "Mohon sebut bahwa masa lima tahun dihitung sejak hari pertama bekerja."),
    "home_mission": ("protection", "KBRI meminta kunjungan dapat dilakukan tanpa pemberitahuan lebih dari satu hari."),
}
ADDED = {
    "id": "Masa lima tahun dihitung sejak hari pertama bekerja.",
    "en": "The five years are counted from the first day of work.",
    "ru": "Пятилетний срок исчисляется с первого рабочего дня.",
}


@dataclass(frozen=True)
class Table:
    """Who sits at the table: offices by code with their kind, and for each the person of each power."""

    kinds: dict[str, str]
    people: dict[tuple[str, str], Any]

    def of(self, kind: str) -> str:
        """Return the first office of a kind."""
        return next(office for office, other in self.kinds.items() if other == kind)

    def may(self, office: str, power: str, number: int = 0) -> Any:
        """Return who may do something for an office; `number` counts the desks of its chain."""
        return self.people[office, f"{power}{number or ''}"]


ANSWER = {"contract.employer": "Badan hukum peragaan (rekaan)"}
"""What the employer answers in this story: by path, made up, and saying so."""


def talk(stage: Stage, *, seed: str, slip: int = 0, seal: Any = None) -> Table:
    """Play from the first meeting to the signatures; one party answers `slip` days later than it does anyway.

    Return who sits at the table, for the chapters in which duties fall due.

    Its chance is its own, so that the story after it is the same whether it was told or not. With a `seal` the signed
    texts are sealed.
    """
    start, own = talks_begin(stage.terms), replace(stage, chance=seeded(f"{seed}|talks"))
    assert start is not None  # who calls has asked
    own.at = programmes.instant(start, 9)
    with own.day():
        table = _mandates(own)
    coordinate.meet(own, table.people, coordinate.FIRST, on=start + dt.timedelta(days=3))
    memorandum = _tabled(own, table, "mou", start + dt.timedelta(days=7))
    proposal = _tabled(own, table, "technical_proposal", start + dt.timedelta(days=8))
    _comments(own, table, memorandum, start + dt.timedelta(days=12))
    _rewritten(own, table, memorandum, start + dt.timedelta(days=16))
    _settled(own, table, memorandum, start + dt.timedelta(days=17))
    _answered(own, table, start + dt.timedelta(days=18))
    proposal = _redrafted(own, table, proposal, start + dt.timedelta(days=20))
    for agreement in (memorandum, proposal):
        _agree(own, table, agreement, ("ministry", "employer", "partner_ministry"), start + dt.timedelta(days=22))
    coordinate.meet(own, table.people, coordinate.WORKING, on=start + dt.timedelta(days=30))
    coordinate.ask(own, table.people, on=start + dt.timedelta(days=33))
    coordinate.declare(own, on=start + dt.timedelta(days=34))
    _silence(own, memorandum)
    _agree(own, table, proposal, ("host_mission",), start + dt.timedelta(days=39 + slip))
    _sign(own, table, proposal, seal, start + dt.timedelta(days=44 + slip))
    _agree(own, table, memorandum, ("host_mission",), start + dt.timedelta(days=46 + slip))
    _sign(own, table, memorandum, seal, start + dt.timedelta(days=60 + slip))
    sharing = _tabled(own, table, "data_sharing", start + dt.timedelta(days=63 + slip))
    _agree(own, table, sharing, tuple(sorted(set(table.kinds.values()))), start + dt.timedelta(days=70 + slip))
    _sign(own, table, sharing, seal, start + dt.timedelta(days=77 + slip))
    coordinate.meet(own, table.people, coordinate.FOLLOW_UP, on=start + dt.timedelta(days=82 + slip))
    own.until(start + dt.timedelta(days=85 + slip))
    keep_up(own, table)
    stage.at, stage.programme, stage.terms = own.at, own.programme, own.terms
    return table


def _mandates(stage: Stage) -> Table:
    first, second = stage.staff[Role.COORDINATOR][:2]
    on, kinds, found = programmes.day(stage.at), {}, {}
    used: dict[str, int] = {}
    for office in stage.terms.offices:
        if office.kind not in ROLES:
            continue
        kinds[office.code] = office.kind
        staff = stage.staff.get(ROLES[office.kind], [])
        number = used[office.kind] = used.get(office.kind, -1) + 1
        negotiator = staff[number] if number < len(staff) else _person(stage, office, "negotiator", "Perunding")
        hands = [("", "Perunding", ("draft", "accept", "answer"), negotiator)]
        hands += [(code, title, powers, _person(stage, office, code, title)) for code, title, powers in FUNCTIONS]
        for _, title, powers, person in hands:
            mandate = mandates.record(
                of=person,
                programme=stage.programme,
                office=office.code,
                powers=powers,
                capacity=f"{title} (peragaan)",
                basis="Surat tugas peragaan nomor 1, rekaan",
                from_on=on,
                until_on=on + dt.timedelta(days=730),
                person=first,
                at=stage.at,
                chance=stage.chance,
            )
            mandates.confirm(mandate=mandate, person=second, at=stage.at)
        found |= {(office.code, power): negotiator for power in ("draft", "accept", "answer")}
        by_code = {code: person for code, _, _, person in hands}
        found |= {
            (office.code, "legal"): by_code["lawyer"],
            (office.code, "approve"): by_code["head"],
            (office.code, "approve1"): by_code["second"],
            (office.code, "sign"): by_code["signatory"],
        }
    return Table(kinds=kinds, people=found)


def _person(stage: Stage, office: Any, function: str, title: str) -> Any:
    address = f"{office.code}-{function}.{stage.programme.code}@peragaan.invalid"
    name = f"{title} {office.name.id} (peragaan)"
    return people.register(at=stage.at, chance=stage.chance, name=name[:150], email=address, rehearsal=True)


def _tabled(stage: Stage, table: Table, kind: str, on: dt.date) -> Any:
    stage.until(on)
    who = table.may(table.of("ministry"), "draft")
    with stage.day(hours=1):
        agreement = drafting.draft(programme=stage.programme, kind=kind, person=who, at=stage.at, chance=stage.chance)
        drafting.table(agreement=agreement, person=who, at=stage.at, days=21)
    return agreement


def _comments(stage: Stage, table: Table, agreement: Any, on: dt.date) -> None:
    stage.until(on)
    with stage.day(hours=1):
        for kind, (clause, text) in COMMENTS.items():
            if kind in table.kinds.values() and clause in queries.digests(queries.newest(agreement)):
                negotiating.comment(
                    agreement=agreement,
                    number=1,
                    clause=clause,
                    text=text,
                    person=table.may(table.of(kind), "accept"),
                    at=stage.at,
                    chance=stage.chance,
                )


def _settled(stage: Stage, table: Table, agreement: Any, on: dt.date) -> None:
    """Let the drafter answer what was said about the text."""
    stage.until(on)
    who = table.may(table.of("ministry"), "accept")
    for line in desks.lines(agreement, queries.newest(agreement)):
        for comment in line.comments:
            with stage.day(hours=1):
                answer = "Terima kasih; dimuat dalam versi ini atau dibicarakan pada pertemuan berikutnya."
                negotiating.settle(comment=comment, answer=answer, person=who, at=stage.at)


def _rewritten(stage: Stage, table: Table, agreement: Any, on: dt.date) -> None:
    """Let the employer write what it asked for into the text and put it on the table again."""
    stage.until(on)
    who = table.may(table.of("employer"), "draft")
    old = next(one for one in queries.clauses(queries.newest(agreement)) if one.code == COMMENTS["employer"][0])
    words = {at: f"{said} {ADDED[at]}" for at, said in old.text.plain().items()}
    new = Clause.read(old.plain() | {"text": words})
    with stage.day(hours=1):
        drafting.put(agreement=agreement, clause=new, after="", person=who, at=stage.at)
        note = "Menurut komentar kami pada versi 1."
        drafting.table(agreement=agreement, person=who, at=stage.at, note=note, days=21)


def _answered(stage: Stage, table: Table, on: dt.date) -> None:
    """Let the employer answer an open question, and a second person make it part of the programme two days later."""
    stage.until(on)
    asked = [question for question in stage.terms.questions() if set(question.paths) & set(ANSWER)]
    for question in asked:
        with stage.day(hours=48):
            answer = questions.propose(
                programme=stage.programme,
                about=question.about,
                values={path: ANSWER[path] for path in question.paths if path in ANSWER},
                title="Peragaan: jawaban pemberi kerja (rekaan)",
                address="https://peragaan.invalid/jawaban",
                on=programmes.day(stage.at),
                person=table.may(table.of("employer"), "answer"),
                at=stage.at,
                chance=stage.chance,
            )
        with stage.day(hours=1):
            questions.approve(answer=answer, person=stage.coordinator(), at=stage.at)
    stage.programme = programmes.get(stage.programme.code)
    stage.terms = programmes.terms(stage.programme.version)


def _redrafted(stage: Stage, table: Table, agreement: Any, on: dt.date) -> Any:
    """Let the text that writes itself follow the answer, and put it on the table again where that changes anything."""
    stage.until(on)
    who, found = table.may(table.of("ministry"), "draft"), queries.of(stage.programme).get(pk=agreement.pk)
    with stage.day(hours=1):
        working = drafting.redraft(agreement=found, person=who, at=stage.at)
        if queries.clauses(working) == queries.clauses(queries.newest(found)):
            drafting.discard(agreement=found, person=who, at=stage.at)
        else:
            note = "Menurut jawaban atas pertanyaan terbuka."
            drafting.table(agreement=found, person=who, at=stage.at, note=note, days=21)
    return found


def _agree(stage: Stage, table: Table, agreement: Any, kinds: tuple[str, ...], on: dt.date) -> None:
    """Let sides of some kinds accept every clause and take the text through their desks, a day a desk."""
    stage.until(on)
    for side in agreement.sides.exclude(part="consulted").order_by("position"):
        if table.kinds[side.office] in kinds:
            _through(stage, table, agreement, side.office)


def _through(stage: Stage, table: Table, agreement: Any, office: str) -> None:
    draft = queries.newest(agreement)
    desks = DESKS.get(table.kinds[office], ("Pimpinan",))
    with stage.day(hours=4):
        at = stage.at
        negotiating.accept(
            agreement=agreement,
            number=draft.number,
            clauses=list(queries.digests(draft)),
            person=table.may(office, "accept"),
            at=at,
        )
        drafting.chain(agreement=agreement, desks=desks, person=table.may(office, "draft"), at=at)
        approving.clear(agreement=agreement, person=table.may(office, "legal"), at=at)
    for number, _ in enumerate(desks):
        with stage.day(hours=2):
            approving.approve(agreement=agreement, person=table.may(office, "approve", number), at=stage.at)


def _silence(stage: Stage, agreement: Any) -> None:
    """Let the day pass by which the slowest party had to answer: it is reminded, and the board says that it is late."""
    last = max(side.reply_by for side in agreement.sides.all())
    stage.after(last)
    deadlines.due(programme=stage.programme, at=stage.at, reached={})


def _sign(stage: Stage, table: Table, agreement: Any, seal: Any, on: dt.date) -> None:
    stage.until(on)
    for side in agreement.sides.filter(part="signs").order_by("position"):
        with stage.day(hours=1):
            approving.sign(
                agreement=agreement,
                person=table.may(side.office, "sign"),
                at=stage.at,
                chance=stage.chance,
                seal=seal,
            )


def keep_up(stage: Stage, table: Table) -> None:
    """Let what is due by now be done with evidence, but for a few that are excused and a few that stay late."""
    deadlines.due(programme=stage.programme, at=stage.at, reached=departure.reached(stage.programme, at=stage.at))
    reader = stage.coordinator()
    rows = [one for one in boards.owed(reader, stage.programme, at=stage.at) if one.standing in ("late", "soon")]
    with stage.day(hours=1):
        for number, one in enumerate(rows):
            duty = one.duty
            if number % 5 == 3 and not duty.excused_by:
                reason = "Peragaan: digabung dengan kewajiban lain."
                duties.excuse(duty=duty, reason=reason, person=reader, at=stage.at)
            elif number % 5 != 4 and duty.office in table.kinds:
                duties.show(
                    duty=duty,
                    evidence="Peragaan: surat dikirim dan diterima.",
                    address=f"Surat peragaan {duty.code}",
                    person=table.may(duty.office, "answer"),
                    at=stage.at,
                )
