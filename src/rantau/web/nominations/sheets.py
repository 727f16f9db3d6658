"""A school's invitations as a sheet: the template, and what becomes of an uploaded one row by row."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from rantau.applications.actions import nominating
from rantau.engine.chance import Chance
from rantau.engine.refusal import Refusal
from rantau.people import contacts
from rantau.web import tables

NAME = tables.Column("nama", _("Name"), width=34)
NISN = tables.Column("nisn", _("NISN"), digits=True, width=16)
CONTACT = tables.Column("kontak", _("Telephone or e-mail"), width=30)
COLUMNS = (NAME, NISN, CONTACT)
LONGEST_NAME = 120
FIELDS = {"identity.form": NISN, "nomination.exists": NISN, "contact.phone": CONTACT, "contact.email": CONTACT}
"""The column that a refusal speaks of."""


def template() -> bytes:
    """Return an empty sheet with the headings, digits kept as text, and how to fill it in."""
    lines = [
        (str(NAME.label), str(_("As in the school register."))),
        (str(NISN.label), str(_("10 digits, typed as text."))),
    ]
    lines.append((str(CONTACT.label), str(_("The pupil's own or the family's, for example 0812 3456 7890."))))
    return tables.write(COLUMNS, [], title=str(_("Invitations")), notes=(str(_("How to fill in")), lines))


def invite_all(
    data: bytes, *, intake: Any, school: Any, person: Any, at: dt.datetime, chance: Chance
) -> tables.Outcome:
    """Invite every pupil of a sheet whose row is right; `done` holds (nomination, secret) of each.

    Pupils who have an invitation already are left as they are, so the mended sheet can be handed in again.

    :raises Refusal: as `tables.read`
    """
    rows, problems = tables.read(data, COLUMNS)
    outcome = tables.Outcome(problems=problems)
    for row in rows:
        cells = row.cells
        if not 0 < len(cells["nama"]) <= LONGEST_NAME:
            outcome.problem(row, NAME, _("Write the pupil's name, at most 120 letters."))
            continue
        try:
            made = nominating.invite(
                intake=intake,
                school=school,
                person=person,
                name=cells["nama"],
                nisn=cells["nisn"],
                contact=contacts.contact(cells["kontak"]),
                at=at,
                chance=chance,
            )
        except Refusal as refusal:
            if refusal.code == "nomination.exists":
                outcome.before += 1
            else:
                outcome.refuse(row, FIELDS.get(refusal.code), refusal)
            continue
        outcome.done.append(made)
    outcome.problems.sort(key=lambda problem: problem.row)
    return outcome
