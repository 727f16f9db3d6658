"""What milestones say in words: refusals, with each milestone by its name, and what was done."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from rantau.engine.refusal import Refusal
from rantau.programmes import queries as programmes
from rantau.web.ui import values

REFUSALS = {
    "intake.conditions": _(
        "Registration cannot open yet. What has to come first is not reached: %(missing)s. The page of milestones says what"
        " each waits for, and who owes it."
    ),
    "milestone.unknown": _("%(milestone)s is no milestone of this programme."),
    "milestone.shown": _(
        "Nobody records “%(milestone)s” by hand: it is shown by an agreement in force or by our own records."
    ),
    "milestone.reached": _(
        "“%(milestone)s” was reached already: %(on)s. If that is wrong, a second officer withdraws it first."
    ),
    "milestone.future": _("%(on)s has not come yet. Record only what has happened."),
    "milestone.before": _("What comes before it was not reached by that day: %(missing)s."),
}
"""One sentence for each refusal code of milestones, with what can be done."""

DONE = {
    "reach": _("Recorded. Everybody sees it now, with its evidence."),
    "withdraw": _("Withdrawn. The milestone counts as not reached; the record of both stays."),
}
"""What a page says after something was done."""


def named(refusal: Refusal, programme: Any) -> dict[str, Any]:
    """Return a refusal's facts; those of milestones with the names that the programme gives them."""
    found = dict(refusal.facts)
    if refusal.code not in REFUSALS or programme is None or programme.version is None:
        return found
    titles = {row.code: values.text(row.title)[0] for row in programmes.terms(programme.version).milestones}
    if "milestone" in found:
        found["milestone"] = titles.get(found["milestone"], found["milestone"])
    if "missing" in found:
        found["missing"] = [titles.get(code, code) for code in found["missing"]]
    return found
