"""Reading agreements: versions as clauses, who accepted what, who stands where, what anybody may know."""

import hashlib
import json
from functools import lru_cache

from django.db.models import QuerySet

from rantau.agreements.models import Agreement, Approval, Draft, Side, Working
from rantau.engine.clauses import Clause, clause_digest
from rantau.programmes.models import Programme


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def newest(agreement: Agreement) -> Draft | None:
    """Return an agreement's newest version; None only while the very first is being made."""
    return agreement.drafts.select_related("agreement").order_by("-number").first()


def version(agreement: Agreement, number: int) -> Draft:
    """Return a version by number, or raise DoesNotExist."""
    return agreement.drafts.select_related("agreement").get(number=number)


def clauses(text: Draft | Working) -> tuple[Clause, ...]:
    """Return a version's, or a working copy's, clauses."""
    return _read(bytes(text.clauses))


@lru_cache(maxsize=64)
def _read(data: bytes) -> tuple[Clause, ...]:
    return tuple(Clause.read(one) for one in json.loads(data))


def digests(text: Draft | Working) -> dict[str, str]:
    """Return the digest of what is accepted with each clause, by the clause's code."""
    return {clause.code: clause_digest(clause) for clause in clauses(text)}


def accepted(side: Side, draft: Draft) -> frozenset[str]:
    """Return the codes of the clauses of a version that a side has accepted in these words."""
    wanted = digests(draft)
    rows = side.acceptances.values_list("clause", "digest")
    return frozenset(code for code, digest in rows if wanted.get(code) == digest)


def of(programme: Programme, *states: str) -> QuerySet[Agreement]:
    """Return a programme's agreements, in these states where any are named, oldest first."""
    found = Agreement.objects.filter(programme=programme).select_related("programme__version").order_by("pk")
    return found.filter(state__in=states) if states else found


def approvals(side: Side, draft: Draft) -> list[Approval]:
    """Return what a side's desks did with a version since it was last sent back, oldest first."""
    rows = list(side.approvals.filter(draft=draft).select_related("person").order_by("pk"))
    last = max((number for number, one in enumerate(rows) if one.step == "send_back"), default=-1)
    return rows[last + 1 :]


def returned(side: Side, draft: Draft) -> Approval | None:
    """Return what sent a version back to a side's negotiators, while they have it; its reason is for that office alone."""
    if side.state != "reading":
        return None
    return side.approvals.filter(draft=draft, step="send_back").order_by("pk").last()


def notice(agreement: Agreement) -> Approval | None:
    """Return the notice by which a signatory ends an agreement before its time, with the reason; None where nobody did."""
    return Approval.objects.filter(side__agreement=agreement, step="give_notice").select_related("side").last()
