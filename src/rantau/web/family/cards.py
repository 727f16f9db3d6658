"""What the page of a person's way says of those at home, short: this month's note, and whom to tell."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from rantau.departure.actions import kin, notes
from rantau.departure.queries import family
from rantau.programmes.queries import day
from rantau.web.applications.pages import address


def own(clearance: Any, *, person: Any, at: dt.datetime) -> dict[str, Any]:
    """Return the tasks of the card: each with label, words, tone, address and hint; none for anybody but the person."""
    application = clearance.application
    if application.person_id != person.pk:
        return {"tasks": []}
    month = day(at).replace(day=1)
    note = next((one for one in family.notes(clearance, at=at) if one.month == month), None)
    named = family.named(clearance)
    tasks = []
    if clearance.state in notes.WRITING or note:
        words, tone = _note(note)
        tasks.append(
            {
                "label": _("A note for those at home"),
                "url": address("own_notes", application),
                "words": words,
                "tone": tone,
                "hint": _("Only if you like. Nobody sees it before you share it."),
            }
        )
    if clearance.state not in kin.ENDED or named:
        tasks.append(
            {
                "label": _("Whom at home to tell"),
                "url": address("own_kin", application),
                "words": _("named") if named else _("nobody named"),
                "tone": "good" if named else "none",
                "hint": "" if named else _("Without it nobody at home is called, whatever happens."),
            }
        )
    return {"tasks": tasks}


def _note(note: family.Written | None) -> tuple[Any, str]:
    if note is None:
        return _("none this month"), "none"
    return (_("shared"), "good") if note.shared_until else (_("written, not shared"), "wait")
