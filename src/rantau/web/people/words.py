"""What people pages call things: relations, roles, purposes of consent, and where each role's desk is."""

from typing import Any, NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from rantau.web.ui.values import plain_day

RELATIONS = (
    ("mother", _("the mother")),
    ("father", _("the father")),
    ("guardian", _("the guardian (wali)")),
)
ROLES = {
    "school": _("School"),
    "verifier": _("Verifier"),
    "examiner": _("Examiner"),
    "coordinator": _("Coordinator"),
    "ministry": _("Ministry"),
    "employer": _("Employer"),
    "language_provider": _("Language provider"),
    "technical_provider": _("Technical provider"),
    "home_mission": _("Embassy of Indonesia"),
    "host_mission": _("Embassy of the host country"),
    "protection": _("Protection officer"),
    "partner": _("Partner ministry"),
    "auditor": _("Auditor"),
    "inspector": _("Inspector"),
    "operator": _("Operator"),
    "system": _("System"),
}
DESKS = {
    "school": ("nominations", "lessons_today", "papers_board"),
    "verifier": ("verification", "papers_board", "recovery"),
    "examiner": ("marking",),
    "coordinator": (
        "desk",
        "leaving_desk",
        "papers_board",
        "lessons_today",
        "expenses",
        "agreements",
        "duties",
        "mandates",
        "recovery",
        "messages_desk",
    ),
    "inspector": ("favours",),
    "auditor": ("audit", "allocations", "agreements"),
    "protection": ("arrivals", "homewards", "charges", "exemptions"),
    "operator": ("recovery", "mandates", "messages_desk", "exchange"),
    "ministry": ("agreements", "duties", "lessons_today", "expenses"),
    "employer": ("agreements", "duties", "expenses"),
    **dict.fromkeys(("language_provider", "technical_provider"), ("lessons_today",)),
    "partner": ("agreements", "duties"),
    "home_mission": ("arrivals", "papers_board", "homewards", "agreements", "duties"),
    "host_mission": ("visa_list", "agreements", "duties"),
}
"""Addresses by name, each of a programme: what a role opens."""
DESK_NAMES = {
    "papers_board": _("Documents of people on their way"),
    "nominations": _("Nominations"),
    "verification": _("Queue of documents"),
    "marking": _("Marking"),
    "desk": _("The journey"),
    "favours": _("Requests for favour"),
    "audit": _("The auditors' room"),
    "recovery": _("Lost access"),
    "allocations": _("Who goes where"),
    "exemptions": _("Requests for exemption"),
    "agreements": _("Agreements"),
    "duties": _("Who owes what by when"),
    "mandates": _("Who may act for the offices"),
    "messages_desk": _("Messages"),
    "leaving_desk": _("The way to departure"),
    "arrivals": _("Arrivals"),
    "homewards": _("Coming home"),
    "visa_list": _("Visas that were asked"),
    "exchange": _("Exchange with the ministry's system"),
    "lessons_today": _("Lessons today"),
    "expenses": _("What was paid"),
    "charges": _("Reports that money was asked"),
}
PURPOSES = {
    "selection": _("Your answers and documents are used to select participants of this programme"),
    "school_result": _("Your school is told your result"),
    "statistics": _("Your answers are counted in figures that name nobody"),
    "visa": _("The host country's embassy is shown your name and code when a visa is asked for you"),
}


class Desk(NamedTuple):
    """One role on one programme, and the links that it opens."""

    role: Any
    scope: str
    organisation: str
    links: list[tuple[Any, str]]


def person(who: Any) -> str:
    """Return how a person is told from others who share a phone: by name, else by the day they signed up."""
    return who.name or now("signed up on %(day)s, without a name") % {"day": plain_day(who.joined_at.date())}


def desks(grants: list[Any], programmes: list[str]) -> list[Desk]:
    """Return the desks that grants open; a grant on everything opens one for each programme."""
    found = []
    for grant in grants:
        for scope in programmes if grant.scope == "*" else [grant.scope]:
            links = [
                (DESK_NAMES[name], address) for name in DESKS.get(grant.role, ()) if (address := _address(name, scope))
            ]
            found.append(Desk(ROLES[grant.role], scope, str(grant.organisation or ""), links))
    return found


def _address(name: str, scope: str) -> str:
    try:
        return reverse(name, args=[scope])
    except NoReverseMatch:
        return ""


def consents(given: list[Any]) -> list[dict[str, Any]]:
    """Return consents as rows for a page."""
    return [{"consent": consent, "words": PURPOSES.get(consent.purpose, consent.purpose)} for consent in given]
