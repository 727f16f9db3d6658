"""An agreement as a printed document: its clauses numbered, its parties, where it can be checked; and its seals."""

import datetime as dt
from functools import cache
from pathlib import Path

from django.conf import settings

from rantau.engine.clauses import Clause
from rantau.engine.known import Text
from rantau.engine.programme import Programme as Terms
from rantau.paper import sealing, typeset, word
from rantau.paper.sealing import Seal as Seal
from rantau.paper.values import Clause as Printed
from rantau.paper.values import Paper, Signatory, Status, Table, Words, alike
from rantau.programmes.queries import day, terms

from . import queries, wording
from .models import Agreement, Draft

STATUS: dict[str, Status] = {"agreed": "agreed", "signed": "signed", "in_force": "in_force", "ended": "ended"}
"""How far an agreement is, as its paper says it; whatever is on the way there is a draft."""


def paper(agreement: Agreement, draft: Draft) -> Paper:
    """Return a version of an agreement as a document to be printed."""
    known = terms(agreement.programme.version)
    newest = queries.newest(agreement)
    current = newest is not None and newest.pk == draft.pk
    sides = frozenset(agreement.sides.values_list("office", flat=True))
    return Paper(
        kind=agreement.kind,
        title=words(Text(**agreement.title)),
        subtitle=words(known.title),
        code=agreement.code,
        version=str(draft.number),
        digest=draft.digest,
        on=day(draft.made_at),
        parties=tuple(
            _name(known, side.office) for side in agreement.sides.exclude(part="consulted").order_by("position")
        ),
        clauses=tuple(printed(clause, number, known, sides) for number, clause in enumerate(queries.clauses(draft), 1)),
        annexes=tuple(
            _annex(annex.number, annex.title, annex.digest) for annex in agreement.annexes.order_by("number")
        ),
        signatories=tuple(_signatories(agreement, known, draft)),
        status=STATUS.get(agreement.state, "draft") if current else "draft",
        rehearsal=agreement.programme.rehearsal,
        official=bool(settings.PUBLISHER),
        address=f"{settings.SITE}/program/{agreement.programme.code}/perjanjian/{agreement.code}/",
    )


def printed(clause: Clause, number: int, known: Terms, sides: frozenset[str]) -> Printed:
    """Return one clause as it is printed: its words, its rows, what it makes somebody owe."""
    table = None
    if clause.table:
        head, *rows = (tuple(words(cell) for cell in row) for row in clause.table)
        table = Table(head=head, rows=tuple(rows))
    return Printed(
        number=str(number),
        title=words(clause.title),
        text=words(clause.text),
        items=(*(words(row) for row in clause.rows), *(wording.duty(term, known, sides) for term in clause.duties)),
        table=table,
    )


def words(text: Text) -> Words:
    """Return a text by language, without the languages it is not written in."""
    return {at: said for at, said in text.plain().items() if said}


def _name(known: Terms, office: str) -> Words:
    return next((words(one.name) for one in known.offices if one.code == office), alike(office))


def _annex(number: int, title: str, digest: str) -> Printed:
    return Printed(number=str(number), title=alike(title), text=alike(f"SHA-256 {digest}"))


def _signatories(agreement: Agreement, known: Terms, draft: Draft) -> list[Signatory]:
    signed = {
        one.side_id: one
        for side in agreement.sides.filter(part="signs")
        for one in queries.approvals(side, draft)
        if one.step == "sign"
    }
    found = []
    for side in agreement.sides.filter(part="signs").order_by("position"):
        one = signed.get(side.pk)
        found.append(
            Signatory(
                party=_name(known, side.office),
                capacity=one.capacity if one else "",
                on=day(one.at) if one else None,
            )
        )
    return found


def pdf(agreement: Agreement, draft: Draft, *, languages: tuple[str, ...] = ("id", "ru")) -> bytes:
    """Return a version typeset as PDF, without seals.

    :raises Refusal: `paper.glyphs` for characters that cannot be printed
    """
    return typeset.pdf(paper(agreement, draft), languages=languages)


def docx(agreement: Agreement, draft: Draft, *, languages: tuple[str, ...] = ("id", "ru")) -> bytes:
    """Return a version as DOCX, to be worked on.

    :raises Refusal: `paper.glyphs` for characters that cannot be printed
    """
    return word.docx(paper(agreement, draft), languages=languages)


def sealed(agreement: Agreement, *, office: str, name: str, at: dt.datetime, seal: Seal) -> bytes:
    """Return the agreed text with one seal more, that of an office's signature.

    :raises Refusal: `paper.glyphs`, `seal.changed`, `seal.taken`
    """
    draft = queries.newest(agreement)
    assert draft is not None  # no agreement is without a draft
    base = bytes(agreement.sealed) if agreement.sealed else pdf(agreement, draft)
    reason = f"{agreement.code} v{draft.number} SHA-256 {draft.digest[:16]}"
    return sealing.seal(base, by=seal, field=f"sign-{office}", name=name, reason=reason, at=at)


def own_seal() -> Seal | None:
    """Return the site's seal for printed documents, or None where it has none.

    :raises Refusal: `seal.broken_key`
    """
    return _opened(str(settings.PAPER_SEAL), settings.PAPER_SEAL_PASSPHRASE) if settings.PAPER_SEAL else None


@cache
def _opened(path: str, passphrase: str) -> Seal:
    return sealing.open_seal(Path(path).read_bytes(), passphrase=passphrase)
