"""Whose turn it is in an agreement: the next step of the person who reads, in one sentence, with the day and the page."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from rantau.agreements import queries
from rantau.agreements.queries import desks
from rantau.programmes.queries import day
from rantau.web.ui.values import plain_day

from .reading import names

TURNS = {
    "table": _(
        "Read the draft, change what has to be changed, and put it on the table. Only your office sees it so far."
    ),
    "drafting": _("Your office is writing this draft. Somebody with a mandate to draft puts it on the table."),
    "accept": _(
        "Read version %(number)s and answer for your office: accept, comment, or write what should stand instead."
    ),
    "returned": _("Your own office sent version %(number)s back. Read why, and answer it anew."),
    "chain": _("Your office has accepted every clause. Name the desks that have to approve it, in their order."),
    "clear": _("Do the legal review of version %(number)s for your office."),
    "approve": _("Approve version %(number)s as the next desk of your office: %(desk)s."),
    "sign": _("Every party has approved version %(number)s. Sign it for your office."),
    "comment": _("Your office is asked for its view of version %(number)s. Comment on the clauses that concern you."),
    "read": _("Somebody else of your office answers version %(number)s. You can read it."),
    "inside": _("Your office has accepted version %(number)s; other hands in it go on."),
    "others": _("Your office is done with version %(number)s. Others are not yet: %(offices)s."),
    "signatures": _("Signatures are missing of: %(offices)s."),
    "watch": _("You read along. The parties have not finished yet: %(offices)s."),
    "force": _("In force until %(until)s."),
    "over": _("Nothing more is to be done here."),
}
"""What comes next for the person who reads, by its code."""

PAGES = {
    "table": ("agreement_table", _("See what goes on the table")),
    "chain": ("agreement_desks", _("Name the desks")),
    "clear": ("agreement_clear", _("Record the legal review")),
    "approve": ("agreement_approve", _("Approve")),
    "sign": ("agreement_sign", _("See what you sign")),
}
"""The page of each step that has one of its own, and what its button says."""


@dataclass(frozen=True)
class Turn:
    """The next step of one person: its code, its sentence, by when, and whether that person has to take it."""

    code: str
    words: str
    until: dt.datetime | None
    mine: bool

    @property
    def page(self) -> tuple[str, Any] | None:
        """Return the name of the page where it is done, and the words of its button."""
        return PAGES.get(self.code)


def turn(request: HttpRequest, agreement: Any, *, may: frozenset[str]) -> Turn:
    """Return what comes next for the person who reads an agreement; `may` is what `desks.possible` says."""
    draft = queries.newest(agreement)
    stands = desks.standings(agreement, draft, at=request.at)
    acting = desks.acting(request.user, agreement, at=request.at)
    side = acting[0] if acting else None
    code, mine = _code(agreement, side, may, returned=side is not None and queries.returned(side, draft) is not None)
    waits = [one for one in stands if _waits(agreement, one.side)]
    facts = {
        "number": draft.number,
        "desk": desks.next_desk(side, draft) if code == "approve" else "",
        "offices": names(one.office for one in waits),
        "until": plain_day(day(agreement.ends_at)) if agreement.ends_at else "",
    }
    until = side.reply_by if side is not None and agreement.state == "tabled" and side.state == "reading" else None
    return Turn(code, str(TURNS[code]) % facts, until, mine)


def _waits(agreement: Any, side: Any) -> bool:
    if side.part == "consulted":
        return False
    if agreement.state == "agreed":
        return bool(side.part == "signs" and side.state != "signed")
    return side.state not in ("approved", "signed")


def _code(agreement: Any, side: Any, may: frozenset[str], *, returned: bool) -> tuple[str, bool]:
    """Return the code of what comes next, and whether the reader has to do it."""
    if agreement.state == "draft":
        return ("table", True) if "table" in may else ("drafting", False)
    if agreement.state == "tabled":
        return _answering(side, may, returned=returned)
    if agreement.state == "agreed":
        return ("sign", True) if "sign" in may else ("signatures", False)
    return ("force", False) if agreement.state == "in_force" else ("over", False)


def _answering(side: Any, may: frozenset[str], *, returned: bool) -> tuple[str, bool]:
    if side is None:
        return "watch", False
    if "accept" in may:
        return ("returned" if returned else "accept"), True
    if "chain" in may and side.state == "agreed" and not side.desks:
        return "chain", True
    for step in ("clear", "approve"):
        if step in may:
            return step, True
    if side.part == "consulted":
        return ("comment", True) if "comment" in may else ("read", False)
    if side.state == "approved":
        return "others", False
    return ("read" if side.state == "reading" else "inside"), False
