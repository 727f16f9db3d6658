"""What each role comes for, told to a visitor who wants to try it."""

from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

ROLES = {
    "candidate": (_("Candidate"), _("Register; later see the own marks, place and reason")),
    "school": (_("School"), _("Name the best leavers within the quota, see what is missing")),
    "verifier": (_("Verifier"), _("Clear the queue: answer beside document, three keys")),
    "examiner": (_("Examiner"), _("Mark pieces without knowing whose they are")),
    "coordinator": (_("Coordinator"), _("Run the selection, publish it, stand by it")),
    "ministry": (_("Ministry"), _("See what was promised and what happened")),
    "employer": (_("Employer"), _("See who comes, when, with which skill")),
    "language_provider": (_("Language provider"), _("Teach the language year")),
    "technical_provider": (_("Technical provider"), _("Teach the technical year")),
    "home_mission": (_("Embassy of Indonesia"), _("Know who is where and who needs help")),
    "host_mission": (_("Embassy of the host country"), _("Agreements and visas")),
    "protection": (_("Protection officer"), _("The next urgent case")),
    "partner": (_("Partner ministry"), _("Which skills return, and when")),
    "auditor": (_("Auditor"), _("Draw a sample, follow the trail")),
    "inspector": (_("Inspector"), _("See the requests for favour that were recorded")),
    "operator": (_("Operator"), _("Keep the machine running")),
}
"""A role's name and what the person comes for."""

SHOWN = 4
"""How many people of one role the list names."""


def cast(people: Any, titles: dict[str, Any]) -> tuple[list[Any], list[dict[str, Any]]]:
    """Return the candidates, and each rehearsal's roles in the order of `ROLES` with the people who play them.

    `titles` are those of the rehearsals by code; a role on all of them has none.
    """
    order = list(ROLES)
    held = [(grant, person) for person in people for grant in person.grants.all()]
    rows = sorted(held, key=lambda row: (row[0].scope, order.index(row[0].role), row[0].pk))
    found = []
    for scope, of_scope in groupby(rows, key=lambda row: row[0].scope):
        roles = []
        for role, of_role in groupby(of_scope, key=lambda row: row[0].role):
            name, task = ROLES[role]
            players = [{"person": person, "organisation": grant.organisation} for grant, person in of_role]
            roles.append({"role": name, "task": task, "players": players[:SHOWN], "more": len(players[SHOWN:])})
        found.append({"title": titles.get(scope), "roles": roles})
    return [person for person in people if not person.grants.all()], found
