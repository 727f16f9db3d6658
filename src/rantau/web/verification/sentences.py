"""What schools', verifiers' and inspectors' desks say in words: refusals, verdicts, reasons, findings, favours, states."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rantau.web.ui import values

INTERESTED_SCHOOL = _("The school declared an interest: a relative of who nominated takes part in this programme.")

REFUSALS = {
    "queue.empty": _("No file waits for you now. Files of your own school or regency go to other officers."),
    "queue.taken": _("Another officer has taken this file. Take the next one."),
    "queue.not_claimed": _("You do not hold this file any more. Take it again from the queue before you decide it."),
    "reason.missing": _("Choose a reason from the list that belongs to the decision."),
    "sample.not_in": _("This file is not in the sample."),
    "favour.kind": _("Choose how you were approached: one of the buttons."),
    "table.unreadable": _("The file cannot be read. Save it as XLSX or as CSV in UTF-8 and hand it in again."),
    "table.large": _("The file is too big when it is unpacked. Hand it in in parts."),
    "table.empty": _("The sheet is empty. The first row holds the headings, the rows below it the data."),
    "table.columns": _("These columns are missing in the first row: %(missing)s. Take the headings from the template."),
    "table.long": _("The sheet has more than %(limit)s rows. Hand it in in parts."),
}
"""One sentence for each refusal code these desks show, with what can be done."""

VERDICTS = {
    "verify": pgettext_lazy("verdict", "Right"),
    "return": pgettext_lazy("verdict", "Return"),
    "refuse": pgettext_lazy("verdict", "Refuse"),
}
DECIDED = {
    "verify": pgettext_lazy("file", "found right"),
    "return": pgettext_lazy("file", "returned"),
    "refuse": pgettext_lazy("file", "refused"),
}
KEYS = {"verify": "v", "return": "k", "refuse": "t"}

RETURN = {
    "unreadable": _("A document cannot be read"),
    "wrong_document": _("Another paper than the one asked for"),
    "incomplete_document": _("A page or a side is missing"),
    "answer_differs": _("The answer differs from the document"),
    "not_own_document": _("The document names somebody else"),
}
"""Why a file goes back, as the officer chooses it and the person reads it."""

REFUSE = {
    "too_young": _("Under the lowest age"),
    "too_old": _("Over the highest age"),
    "graduation_year": _("Year of graduation outside the programme's years"),
    "other_major": _("A major that the programme does not take"),
    "average_too_low": _("Report average below the programme's lowest"),
    "duplicate": _("The same person registered twice"),
    "false_document": _("A document is false"),
    "requirement": _("Another published requirement, named in the note"),
}
"""Why an application cannot go on."""

REASONS = {"verify": {}, "return": RETURN, "refuse": REFUSE}

FAVOURS = {
    "call": _("Called or wrote"),
    "visit": _("Came in person"),
    "gift": _("Offered a gift or money"),
    "superior": _("Asked through my superior"),
    "other": _("In another way"),
}
"""How a request for favour reached somebody."""

TASKS = {
    "birth": _("date of birth"),
    "name": _("name"),
    "identity": _("identity numbers"),
    "school": _("school"),
    "study": _("major and year"),
    "average": _("report average"),
    "home": pgettext_lazy("where somebody lives", "home"),
    "wishes": _("order of fields"),
}
DOCUMENTS = {
    "identity_card": _("Identity card"),
    "diploma": _("Diploma"),
    "report": _("Report, semesters 1–5"),
    "photo": _("Photo"),
}
MISSING = {**TASKS, **DOCUMENTS}
"""What a registration can still need."""

ENDED = {
    "declined": pgettext_lazy("invitation", "declined"),
    "cancelled": pgettext_lazy("invitation", "cancelled by the school"),
    "lapsed": pgettext_lazy("invitation", "not answered in time"),
}
"""How an invitation ended whose data is gone."""

STATES = {
    "invited": (pgettext_lazy("school", "Waits for the pupil's answer"), "wait"),
    "draft": (pgettext_lazy("school", "Is filling in the registration"), "part"),
    "guardian": (pgettext_lazy("school", "Waits for a parent's or guardian's agreement"), "part"),
    "submitted": (pgettext_lazy("school", "Registered"), "good"),
    "called": (pgettext_lazy("school", "Called: documents are asked"), "part"),
    "filed": (pgettext_lazy("school", "Documents are being checked"), "good"),
    "returned": (pgettext_lazy("school", "Documents came back to be mended"), "bad"),
    "lapsed": (pgettext_lazy("school", "Documents were not handed in in time"), "none"),
}
"""What a school may know of its pupil on the way, and the tone of the status."""

RESULTS = {
    "not_called": (pgettext_lazy("school", "Not called this time"), "none"),
    "ineligible": (pgettext_lazy("school", "A requirement is not met"), "none"),
    "verified": (pgettext_lazy("school", "In the selection"), "good"),
    "selected": (pgettext_lazy("school", "Selected"), "good"),
    "reserve": (pgettext_lazy("school", "On the reserve list"), "part"),
    "unsuccessful": (pgettext_lazy("school", "No seat this time"), "none"),
    "offered": (pgettext_lazy("school", "Has an offer"), "good"),
    "accepted": (pgettext_lazy("school", "Accepted the seat"), "good"),
    "declined": (pgettext_lazy("school", "Declined the seat"), "none"),
    "silent": (pgettext_lazy("school", "Did not answer the offer"), "none"),
    "withdrawn": (pgettext_lazy("school", "Withdrew"), "none"),
    "released": (pgettext_lazy("school", "Cannot leave"), "none"),
}
"""What a school learns only if its pupil agreed."""

UNTOLD = (pgettext_lazy("school", "Past the school's part; the result is the pupil's to tell"), "none")

_UNPUBLISHED = _("Not published yet, so nothing to check: %(rule)s.")
_UNANSWERED = _("No answer to check: %(rule)s.")

RULES = {
    "min_age": _("lowest age"),
    "max_age": _("highest age"),
    "graduated_from": _("earliest year of graduation"),
    "graduated_to": _("latest year of graduation"),
    "majors": _("majors"),
    "min_average": _("lowest average"),
    "departs_on": _("day of departure"),
    "departure_age": _("age at departure"),
}

FINDINGS = {
    "min_age": _("Age %(given)s, the lowest is %(needed)s."),
    "max_age": _("Age %(given)s, the highest is %(needed)s."),
    "graduated_from": _("Graduated in %(given)s, the earliest year is %(needed)s."),
    "graduated_to": _("Graduated in %(given)s, the latest year is %(needed)s."),
    "majors": _("Major %(given)s is none of: %(needed)s."),
    "min_average": _("Report average %(given)s, the lowest is %(needed)s of 100."),
    "departure_age": _("Under %(needed)s on the day of departure (%(on)s): nobody under age departs."),
    "departure_age.unpublished": _(
        "Age %(given)s, and the day of departure is not published: nobody under %(needed)s departs."
    ),
    "departure_age.depends": _("Comes of age (%(needed)s) within the month of departure: it depends on the day."),
    "nik.digits": _("The NIK holds something that is no digit."),
    "nik.length": _("The NIK has %(found)s digits and should have %(expected)s."),
    "nik.region": _("The NIK begins with %(found)s, which is no province. The number is for life: look at the card."),
    "nik.serial": _("The NIK ends in %(found)s, which is not given out. Look at the card."),
    "nik.date": _("The NIK carries %(found)s where a birth date stands. The number is for life: look at the card."),
    "nik.birth": _(
        "The NIK carries the birth date %(found)s, the answer gives %(expected)s (ddmmyy). Look at the card."
    ),
    "nik.sex": _("The NIK is written for the other sex. The number is for life: look at the card."),
    "nisn.digits": _("The NISN holds something that is no digit."),
    "nisn.length": _("The NISN has %(found)s digits and should have %(expected)s."),
    "nisn.birth": _("The NISN begins with %(found)s, the year of birth would give %(expected)s. Look at the diploma."),
    "npsn.digits": _("The school's number (NPSN) holds something that is no digit."),
    "npsn.length": _("The school's number (NPSN) has %(found)s digits and should have %(expected)s."),
    "npsn.region": _("The school's number (NPSN) begins with %(found)s, which is no region."),
    "identity.same_nik": _("Another registration of this intake has the same NIK."),
}
"""What a check found, as an officer reads it."""


def finding(found: Any, *, majors: dict[str, str]) -> str:
    """Return a finding in words: averages are hundredths and read as points, majors by their titles, days as days."""
    code, facts = found.code, dict(found.facts)
    if code == "min_average":
        facts |= {key: values.points(facts[key]) for key in ("given", "needed")}
    if code == "majors":
        facts |= {key: ", ".join(majors.get(one, one) for one in facts[key].split(", ")) for key in ("given", "needed")}
    if code == "departure_age":
        facts["on"] = values.plain_day(dt.date.fromisoformat(facts["on"]))
    if code in FINDINGS:
        return str(FINDINGS[code]) % facts
    rule, _dot, ending = code.partition(".")
    return str(_UNPUBLISHED if ending == "unpublished" else _UNANSWERED) % {"rule": RULES[rule]}


def school_state(row: dict[str, Any], *, lapsed: bool) -> tuple[Any, str]:
    """Return a pupil's state in words a school may read, and its tone; a result only where the pupil agreed."""
    if row["application"] is None:
        return (ENDED["lapsed"], "none") if lapsed else STATES["invited"]
    state = row["application"].state
    if state in STATES:
        return STATES[state]
    return RESULTS[state] if row["told"] else UNTOLD
