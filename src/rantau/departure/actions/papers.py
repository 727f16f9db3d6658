"""Documents on the way: given with what is typed of them, seen, confirmed by their source, sent back, waived, watched."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from rantau.departure import access, queries
from rantau.departure.models import Clearance, Paper, Visa
from rantau.documents import actions as documents
from rantau.documents import queries as files
from rantau.documents.models import File
from rantau.engine import codes, required
from rantau.engine.chance import Chance, seeded
from rantau.engine.flow import Role
from rantau.engine.phase import ahead
from rantau.engine.programme_departure import DocumentRule
from rantau.engine.reasons import PAPER_RETURNS, RESULTS
from rantau.engine.refusal import Refusal
from rantau.ledger.actions import append, lock
from rantau.ledger.steps import take, take_all
from rantau.people import queries as people
from rantau.people import vault
from rantau.people.models import Person
from rantau.programmes.models import Intake
from rantau.programmes.queries import day, deadline, instant

from .beginning import LATECOMER_DAYS, SYSTEM, ask, set_days

LONGEST = 160
"""Characters of a number, a name, a source's words."""
LONGEST_NOTE = 300


def give(
    *,
    paper: Paper,
    person: Person,
    at: dt.datetime,
    chance: Chance,
    data: bytes | None = None,
    prepared: File | None = None,
    issued_on: dt.date | None = None,
    expires_on: dt.date | None = None,
    number: str = "",
    details: Mapping[str, str] | None = None,
) -> Paper:
    """Give a document: its scan, and what its rule asks to be typed; its form is then valid, and nothing more is known.

    Number and details (consenter, village_head, result) are sealed by the person's key. `prepared` is a stored file, for
    rehearsals. What was given of the same document before gives way.

    :raises Refusal: `paper.missing` (fields), `paper.result`, `paper.long`, `paper.dates` (field, doubt, day), `paper.ends`
        (doubt, day), `paper.no_file`, `step.*`, and as `documents.actions.store`
    """
    rule = queries.rule(paper.clearance, paper.kind)
    given = required.Given(issued_on=issued_on, expires_on=expires_on)
    typed = {"number": number.strip(), **{key: value.strip() for key, value in (details or {}).items()}}
    _check_typed(rule, typed, given, paper.clearance, at)
    roles = access.hands(person, paper.clearance, at=at)
    paper.flow.check("give", state=paper.state, roles=roles, at=at, instants={})
    if data is None and prepared is None:
        raise Refusal("paper.no_file")
    owner = paper.clearance.application.person
    file = prepared or documents.store(owner=owner, data=data or b"", at=at, chance=chance)
    return _give(paper, rule, file, given, typed, person=person, roles=roles, at=at, chance=chance)


def _check_typed(
    rule: DocumentRule, typed: Mapping[str, str], given: required.Given, clearance: Clearance, at: dt.datetime
) -> None:
    lacks = [name for name in rule.asks if not (typed.get(name) or getattr(given, name, None))]
    if lacks:
        raise Refusal("paper.missing", fields=lacks)
    if any(len(value) > LONGEST for value in typed.values()):
        raise Refusal("paper.long", longest=LONGEST)
    if typed.get("result", RESULTS[0]) not in RESULTS:
        raise Refusal("paper.result")
    departs = queries.events(clearance)["departure"]
    departs_on = departs.date() if departs and rule.due.event == "departure" else None
    for doubt in required.doubts(rule, given, on=day(at), departs_on=departs_on):
        if doubt.code in ("over", "before_departure"):
            raise Refusal("paper.ends", doubt=doubt.code, day=doubt.day)
        raise Refusal("paper.dates", field=doubt.field, doubt=doubt.code, day=doubt.day)


@transaction.atomic
def _give(
    paper: Paper,
    rule: DocumentRule,
    file: File,
    given: required.Given,
    typed: Mapping[str, str],
    *,
    person: Person,
    roles: frozenset[Role],
    at: dt.datetime,
    chance: Chance,
) -> Paper:
    lock(paper.chain)
    owner = paper.clearance.application.person
    take(paper, "give", actor=person.ref, roles=roles, at=at, kind=paper.kind, turn=paper.turn)
    end = required.ends(rule, given)
    inside = {key: value for key, value in typed.items() if key != "number" and value}
    paper.file, paper.given_at, paper.issued_on, paper.expires_on = file, at, given.issued_on, end
    paper.expires_at = instant(end, 23, 59, 59) if end else None
    paper.number = vault.seal_text(owner, f"paper:{paper.ref}:number", typed["number"], chance=chance)
    text = json.dumps(inside, sort_keys=True) if inside else ""
    paper.details = vault.seal_text(owner, f"paper:{paper.ref}:details", text, chance=chance)
    paper.seen_at = paper.confirmed_at = None
    paper.confirmed_from = paper.reason = paper.note = ""
    paper.save()
    before = Paper.objects.filter(clearance=paper.clearance, kind=paper.kind, turn__lt=paper.turn)
    older = list(before.exclude(state__in=(*queries.GONE, "asked")).order_by("pk"))
    _by_system(older, "replace", paper.clearance, at=at)
    if rule.kind == "visa":  # its end is what an extension is reckoned from
        ask(clearance=paper.clearance, at=at)
    return paper


@transaction.atomic
def see(*, paper: Paper, person: Person, at: dt.datetime) -> Paper:
    """Say that an officer has seen the document and that what was typed stands in it.

    :raises Refusal: `paper.need`, `paper.unread` for a health or police paper that they have not opened, `step.*`
    """
    _look_step(paper, "see", person, at)
    paper.seen_at = at
    paper.save(update_fields=["seen_at"])
    return paper


@transaction.atomic
def confirm(*, paper: Paper, source: str, person: Person, at: dt.datetime) -> Paper:
    """Say that the document's own source confirmed it: which source, when and how, in words.

    :raises Refusal: `paper.source`, `paper.long`, `paper.visa` for a visa that the host state has not issued here,
        `paper.need`, `paper.unread`, `step.*`
    """
    if not source.strip():
        raise Refusal("paper.source")
    if len(source.strip()) > LONGEST:
        raise Refusal("paper.long", longest=LONGEST)
    rule = queries.rule(paper.clearance, paper.kind)
    issued = Visa.objects.filter(clearance=paper.clearance, state="issued")
    if rule.kind == "visa" and rule.due.event == "departure" and not issued.exists():
        raise Refusal("paper.visa")
    _look_step(paper, "confirm", person, at)
    paper.confirmed_at, paper.confirmed_from = at, source.strip()
    paper.seen_at = paper.seen_at or at
    paper.save(update_fields=["confirmed_at", "confirmed_from", "seen_at"])
    return paper


@transaction.atomic
def send_back(*, paper: Paper, reason: str, note: str, person: Person, at: dt.datetime) -> Paper:
    """Send a document back with a reason from the list; the person has days to mend it, also after its day.

    :raises Refusal: `paper.reason`, `paper.note` (longest), `paper.need`, `paper.unread`, `step.*`
    """
    if reason not in PAPER_RETURNS:
        raise Refusal("paper.reason")
    if len(note.strip()) > LONGEST_NOTE:
        raise Refusal("paper.note", longest=LONGEST_NOTE)
    _look_step(paper, "return", person, at, reason=reason)
    paper.reason, paper.note = reason, note.strip()
    soonest = deadline(at, LATECOMER_DAYS)
    set_days(paper, max(paper.due_at, soonest) if paper.due_at else soonest, at=at)
    paper.expires_at = None
    paper.save(update_fields=["reason", "note", "due_at", "remind_at", "late_at", "expires_at"])
    return paper


@transaction.atomic
def waive(*, paper: Paper, note: str, person: Person, at: dt.datetime) -> Paper:
    """Say that a document is not needed of this person, and why.

    :raises Refusal: `reason.empty`, `paper.note` (longest), `step.*`
    """
    if not note.strip():
        raise Refusal("reason.empty")
    if len(note.strip()) > LONGEST_NOTE:
        raise Refusal("paper.note", longest=LONGEST_NOTE)
    _step(paper, "waive", person, at)
    paper.note = note.strip()
    paper.save(update_fields=["note"])
    return paper


def _look_step(paper: Paper, name: str, person: Person, at: dt.datetime, **facts: Any) -> None:
    """Take a step that says something of what is in a paper: a health or police paper by who needs it and has opened it."""
    if queries.rule(paper.clearance, paper.kind).sensitive:
        _needing(paper, person, at)
        if not queries.looked(paper, person):
            raise Refusal("paper.unread")
    _step(paper, name, person, at, **facts)


def _step(paper: Paper, name: str, person: Person, at: dt.datetime, **facts: Any) -> None:
    roles = access.roles(person, paper.clearance, at=at) - {Role.OWNER}
    take(paper, name, actor=person.ref, roles=roles, at=at, kind=paper.kind, **facts)


def read(*, paper: Paper, person: Person, at: dt.datetime) -> bytes:
    """Return a document's bytes for an officer who needs them; a look at a health or police paper is on record.

    Who may see which was settled by `access.paper`; here only specific data narrows it further.

    :raises Refusal: `paper.need` for a health or police paper where another office has to do with the person now,
        `paper.no_file`, `file.quarantined`
    """
    if paper.file is None:
        raise Refusal("paper.no_file")
    _noted(paper, person, at)
    return files.content(paper.file)


def details(*, paper: Paper, person: Person, at: dt.datetime) -> dict[str, str]:
    """Return what is sealed of a document (number, details) for an officer who needs it; as `read`, with the same record.

    :raises Refusal: `paper.need`
    """
    _noted(paper, person, at)
    return queries.sealed(paper)


def _noted(paper: Paper, person: Person, at: dt.datetime) -> None:
    if not queries.rule(paper.clearance, paper.kind).sensitive:
        return
    subject, facts = f"paper:{paper.ref}", {"kind": paper.kind, "role": _needing(paper, person, at).value}
    append(chain=paper.chain, actor=person.ref, subject=subject, action="read", at=at, facts=facts)


def _needing(paper: Paper, person: Person, at: dt.datetime) -> Role:
    """Return the role in which an officer has to do with a person now, or refuse: a verifier before they left, then the
    home mission."""
    needed = Role.HOME_MISSION if paper.clearance.state in access.ABROAD else Role.VERIFIER
    if needed not in access.roles(person, paper.clearance, at=at):
        raise Refusal("paper.need")
    return needed


# --- what nobody clicks ---------------------------------------------------------------------------------------------------
@transaction.atomic
def due(*, intake: Intake, at: dt.datetime) -> int:
    """Remind, tell what is late, let end what has ended, ask for what ends soon. Idempotent; returns how many steps."""
    lock(intake.chain)
    system = people.system().ref
    open_ = Paper.objects.filter(clearance__application__intake=intake).select_related(
        "clearance__application__intake__programme__version", "clearance__application__person", "clearance__group"
    )
    taken = 0
    ends: dict[str, dict[str, None]] = {"overdue": {"late_at": None, "remind_at": None}, "remind": {"remind_at": None}}
    for step, cleared in ends.items():  # what is late is not soon any more
        rows = list(open_.filter(state="asked", **{f"{next(iter(cleared))}__lt": at}).order_by("pk"))
        take_all([(one, step, {"kind": one.kind}) for one in rows], actor=system, roles=SYSTEM, at=at)
        Paper.objects.filter(pk__in=[one.pk for one in rows]).update(**cleared)
        taken += len(rows)
    holding = open_.filter(state__in=("given", "seen", "confirmed"))
    ended = list(holding.filter(expires_at__lt=at).order_by("pk"))
    take_all([(one, "expire", {"kind": one.kind}) for one in ended], actor=system, roles=SYSTEM, at=at)
    return taken + len(ended) + _renew([*ended, *holding.filter(expires_on__lte=_watched(at))], at)


def _watched(at: dt.datetime) -> dt.date:
    return day(at) + dt.timedelta(days=required.WATCH)


def _renew(ending: list[Paper], at: dt.datetime) -> int:
    """Ask anew for documents that end within the watch, each once, while the person's phase still asks for them."""
    new = []
    for paper in ending:
        clearance = paper.clearance
        rule = next((one for one in queries.terms(clearance).documents if one.code == paper.kind), None)
        newer = Paper.objects.filter(clearance=clearance, kind=paper.kind, turn__gt=paper.turn)
        if rule is None or clearance.state in access.LEFT or newer.exists() or not _renewed(rule, clearance, at):
            continue
        ref = codes.reference(seeded(f"paper|{clearance.ref}|{rule.code}|{paper.turn + 1}"))
        again = Paper(ref=ref, clearance=clearance, kind=rule.code, turn=paper.turn + 1, asked_at=at)
        set_days(again, _renew_by(rule, paper), at=at)
        new.append(again)
    Paper.objects.bulk_create(new)
    rows = [(one, "ask_again", {"kind": one.kind, "turn": one.turn}) for one in new]
    take_all(rows, actor=people.system().ref, roles=SYSTEM, at=at)
    return len(new)


def _renewed(rule: DocumentRule, clearance: Clearance, at: dt.datetime) -> bool:
    """Return whether a document is renewed by a turn of its own: not a first visa whose extension has a rule."""
    if rule.phase not in ahead(queries.phase(clearance, at=at)):
        return False
    extended = any(one.due.event == "visa_end" for one in queries.terms(clearance).documents)
    return not (rule.kind == "visa" and rule.due.event != "visa_end" and extended)


def _renew_by(rule: DocumentRule, paper: Paper) -> dt.datetime | None:
    """Return until when the new one is due: the day the old one ends, for an extension as its rule says."""
    assert paper.expires_on is not None
    end = instant(paper.expires_on).astimezone(queries.ZONE)
    if rule.due.event == "visa_end":
        return required.due(rule, {"visa_end": end})
    return instant(paper.expires_on, 23, 59, 59)


def _by_system(papers: list[Paper], step: str, clearance: Clearance, *, at: dt.datetime) -> None:
    for one in papers:
        one.clearance = clearance
    rows = [(one, step, {"kind": one.kind}) for one in papers]
    take_all(rows, actor=people.system().ref, roles=SYSTEM, at=at)
