"""What coordination says in words: refusals, milestones by name, states of meetings, trades, wrong rows, interests."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rantau.engine.refusal import Refusal
from rantau.programmes import queries as programmes
from rantau.web.ui import values

REFUSALS = {
    "meeting.office": _("You act for no office that takes part in this meeting."),
    "meeting.invited": _(
        "Invite the offices that have to be there, besides your own at least one. Only offices that can be party to an"
        " agreement are invited."
    ),
    "meeting.title": _("Write what the meeting is about and where it is held."),
    "meeting.past": _("The meeting has to be in the future. Check the day and the time."),
    "meeting.lasts": _("A meeting lasts at least one minute and at most %(longest)s."),
    "meeting.nobody": _("Mark at least one office that was there. If nobody came, cancel the meeting."),
    "meeting.not_held": _("Minutes can be written after the meeting was held and until they are handed in."),
    "meeting.language": _("Minutes are written in Indonesian, English or Russian."),
    "meeting.owner": _("%(office)s is no office of this programme."),
    "meeting.empty": _("The minutes are still empty. Write what was discussed before you hand them in."),
    "meeting.same_office": _("Your office wrote these minutes. Another invited office approves them."),
    "decision.words": _("Decision %(number)s has no words in the language of the minutes."),
    "decision.day": _("Decision %(number)s has an owner, so it needs a day by which it is done, not before %(since)s."),
    "decision.evidence": _("Decision %(number)s has an owner, so it needs the evidence that will show it done."),
    "demand.wrong": _("This demand cannot be entered: %(field)s, %(problem)s."),
    "demand.same": _("Your ministry asks for this already: %(demand)s. Change the number of places there."),
    "demand.taken": _("This sheet was taken or put away already."),
    "demand.columns": _("No column gives these yet: %(missing)s. Choose them first."),
    "demand.rows": _(
        "Nothing was taken: %(wrong)s rows are wrong, and you asked for all or none. Mend them in the sheet and hand it"
        " in again, or take the right ones."
    ),
    "demand.nothing": _("The sheet has no row that can be taken. Nothing was changed."),
    "interest.kind": _("Choose one of the kinds."),
    "interest.school": _("Write the NPSN of the school to which you have ties."),
    "interest.organisation": _("Write whom it concerns, or a few words in the note."),
    "interest.long": _("The note has room for %(longest)s characters."),
    "interest.stands": _(
        "Something that you declared this year still stands, so “nothing” is not true now. It ends with its year."
    ),
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
"""One sentence for each refusal code of milestones, meetings, demand and declarations, with what can be done."""

DONE = {
    "reach": _("Recorded. Everybody sees it now, with its evidence."),
    "withdraw": _("Withdrawn. The milestone counts as not reached; the record of both stays."),
}
"""What a page says after something was done."""

MEETINGS = {
    "planned": (pgettext_lazy("meeting", "planned"), "wait"),
    "past": (_("its time is over; not recorded yet"), "part"),
    "held": (_("held, no minutes yet"), "part"),
    "minuted": (_("minutes wait for another office"), "now"),
    "approved": (_("minutes approved"), "good"),
    "cancelled": (pgettext_lazy("meeting", "cancelled"), "none"),
}
"""A meeting's state in words, with its tone; `past` is planned and its time is over."""

LANGUAGES = (("id", _("Indonesian")), ("en", _("English")), ("ru", _("Russian")))

TRADES = {
    "welder": _("Welder"),
    "fitter": _("Fitter (steel, pipes)"),
    "electrician": _("Electrician"),
    "instrument": _("Instrument technician"),
    "machinist": _("Machinist"),
    "mechanic": _("Mechanic"),
    "operator": _("Operator of heavy machines"),
    "scaffolder": _("Scaffolder"),
    "smelter": _("Smelting and casting"),
    "inspector": _("Inspector of welds and quality"),
    "other": _("Other trade"),
}
"""The trades we count by."""

FIELDS = {
    "project": _("Project"),
    "trade": pgettext_lazy("trade", "Trade"),
    "grade": _("Grade or level"),
    "year": _("Year"),
    "places": pgettext_lazy("demand", "Places"),
    "region": _("Region"),
    "note": _("Note"),
}
"""The columns of a demand."""

PROBLEMS = {
    ("project", "missing"): _("The project is missing."),
    ("trade", "missing"): _("The trade is missing."),
    ("year", "missing"): _("The year is missing."),
    ("places", "missing"): _("The number of places is missing."),
    ("year", "form"): _("The year is one number from 2026 to 2060, for example 2028."),
    ("places", "form"): _("The places are a whole number of people, for example 12."),
    ("project", "long"): _("The project is longer than 200 letters."),
    ("trade", "long"): _("The trade is longer than 120 letters."),
    ("grade", "long"): _("The grade is longer than 60 letters."),
    ("region", "long"): _("The region is longer than 120 letters."),
    ("note", "long"): _("The note is longer than 500 letters."),
    ("project", "twice"): _("A row above asks for the same project, trade, grade, year and region."),
}
"""What is wrong with a row, by field and problem."""

SKIPPED = {
    "numbers": _("numbers of the columns"),
    "heading": _("the heading again"),
    "total": _("a total"),
    "section": _("a title inside the table"),
    "empty": _("nothing in the columns that count"),
}
"""Why a row of a sheet was left out."""

INTERESTS = {
    "none": _("Nothing to declare"),
    "relative": _("A relative takes part or wants to"),
    "school": _("Ties to a school: I teach there, own it, or somebody close does"),
    "employer": _("Ties to an employer or provider of the programme"),
    "gift": _("A gift or favour was offered or received"),
    "other": _("Something else"),
}
"""The kinds of interest as they are asked."""

SHORT = {
    "none": pgettext_lazy("interest", "nothing"),
    "relative": pgettext_lazy("interest", "relative"),
    "school": pgettext_lazy("interest", "school"),
    "employer": pgettext_lazy("interest", "employer"),
    "gift": pgettext_lazy("interest", "gift"),
    "other": pgettext_lazy("interest", "something else"),
}
"""The kinds of interest in one word."""


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
