"""How items, payers and numbers of the cost table are told to everybody."""

from typing import Any

from django.utils.translation import gettext, ngettext

from rantau.departure.queries import costs
from rantau.web.ui import values

from .sentences import ASKED, CLASSES, OTHER, PARTICIPANT


def items(programme: Any) -> dict[str, str]:
    """Return the names of a programme's items by code, and of what is none."""
    return {code: values.text(one.title)[0] for code, one in costs.items(programme).items()} | {costs.OTHER: str(OTHER)}


def payers(terms: Any) -> dict[str, str]:
    """Return the names of everybody who may have paid, by code."""
    return {one.code: values.text(one.name)[0] for one in terms.offices} | {costs.PARTICIPANT: str(PARTICIPANT)}


def few(number: int) -> str:
    """Return a number of reports as everybody reads it: fewer than five are not told apart."""
    if not number:
        return "0"
    if number < costs.FEW:
        return gettext("fewer than %(few)s") % {"few": costs.FEW}
    return values.number(number)


def reported(found: costs.Reports) -> str:
    """Return the reports of one class in words for everybody."""
    if not found.all:
        return gettext("no report")
    words = ngettext("%(all)s report", "%(all)s reports", found.all) % {"all": few(found.all)}
    standing = gettext("open: %(open)s, answered: %(answered)s")
    return f"{words} ({standing % {'open': few(found.open), 'answered': few(found.answered)}})"


def row(cost: Any, terms: Any) -> dict[str, Any]:
    """Return an item as its page shows it: class, payer, fee, where it is paid; None is what no fact stands for.

    `unknown` names what nobody has announced of it, `owed` the offices that owe the answers.
    """
    offices = {one.code: one for one in terms.offices}
    known = {one.key: one for one in terms.sources}
    facts = {name: getattr(cost, name) for name in ASKED}
    open_ = {name: one for name, one in facts.items() if getattr(one, "status", "") == "unpublished"}
    owed = dict.fromkeys(one.owes for one in open_.values())
    return {
        "cost": cost,
        "class": CLASSES[costs.class_of(cost)],
        "kind": costs.class_of(cost),
        "assumed": getattr(cost.kind, "status", "") == "assumed",
        "payer": offices.get(cost.payer.value) if cost.payer.value else None,
        "fee": None if hasattr(cost.fee, "status") else cost.fee,
        "paid_at": None if hasattr(cost.paid_at, "status") else cost.paid_at,
        "said": {"on": getattr(cost.payer, "on", None), "sources": _sources(cost.payer, known)},
        "unknown": [ASKED[name] for name in open_],
        "owed": [offices[code] for code in owed if code in offices],
        "sources": [known[key] for key in cost.sources if key in known],
    }


def _sources(fact: Any, known: dict[str, Any]) -> list[Any]:
    return [known[key] for key in getattr(fact, "sources", ()) if key in known]
