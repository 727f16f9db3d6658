"""What every refusal is in words: one sentence a code, with what can be done about it."""

import datetime as dt
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from rantau.engine.refusal import Refusal

from .verification.sentences import REFUSALS as DESKS

REFUSALS = {
    **DESKS,
    "step.role": _("You do not have the role for this step."),
    "role.missing": _("You do not have the role for this page."),
    "step.state": _("This is no longer possible: the record has moved on. Load the page again to see where it is."),
    "step.late": _("The deadline for this step was %(until)s."),
    "step.early": _("This step is possible only after %(after)s."),
    "step.same_person": _("A second person has to do this: you took part in what is being checked."),
    "programme.assumptions": _("Assumptions belong to a rehearsal; a real programme is never stored with them."),
    "intake.dates": _("Registration has to end after it opens, and not in the past."),
    "intake.unpublished": _("Registration cannot open: %(missing)s are not published yet."),
    "intake.publisher": _("Registration of a real programme cannot open while no authority publishes this site."),
    "clock.real": _("A real programme has real time."),
    "clock.back": _("A rehearsal's time runs forward only; it is %(now)s there."),
    "recovery.self": _("You cannot mend your own access; ask two other officers."),
    "recovery.unknown": _("This one-time word is not known or was used already."),
    "guardian.agreed": _("The agreement was given already; nothing more is needed."),
}


def refusal_sentence(refusal: Refusal) -> str:
    """Return the sentence for a refusal in the reader's language."""
    return str(REFUSALS[refusal.code]) % {key: fact(value) for key, value in refusal.facts.items()}


def fact(value: Any) -> str:
    """Return a fact as it is read: instants in the programme's zone with its name, lists with commas."""
    if isinstance(value, dt.datetime):
        return f"{formats.date_format(timezone.localtime(value), 'l, j F Y, H:i')} WIB"
    if isinstance(value, dt.date):
        return formats.date_format(value, "l, j F Y")
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return str(value)
