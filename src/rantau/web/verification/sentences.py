"""What schools', verifiers' and inspectors' desks say in words: refusals, verdicts, reasons, findings, favours, states."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

REFUSALS = {
    "queue.empty": _("No file waits for you now. Files of your own school or regency go to other officers."),
    "queue.taken": _("Another officer has taken this file. Take the next one."),
    "queue.not_claimed": _("You do not hold this file any more. Take it again from the queue before you decide it."),
    "reason.missing": _("Choose a reason from the list that belongs to the decision."),
    "sample.not_in": _("This file is not in the sample."),
    "favour.kind": _("Choose how you were approached: one of the buttons."),
    "nomination.quota": _("The school has used its quota of %(quota)s invitations. Cancel one that has no answer yet."),
    "nomination.exists": _("A pupil with this NISN has an invitation already."),
    "nomination.school": _("You can invite and cancel only for your own school."),
    "intake.closed": _("Registration is open from %(opens)s to %(closes)s; outside it nobody can be invited."),
    "identity.form": _(
        "The %(number)s does not have the right form: a NISN has 10 digits, a NIK 16. Compare digit by digit."
    ),
    "contact.phone": _("This telephone number cannot be one. Write it like 0812 3456 7890."),
    "contact.email": _("This e-mail address cannot be one. Write it like nama@contoh.id."),
    "contact.full": _("%(limit)s people share this contact already. Ask the pupil for another one."),
    "table.unreadable": _("The file cannot be read. Save it as XLSX or as CSV in UTF-8 and hand it in again."),
    "table.large": _("The file is too big when it is unpacked. Hand it in in parts."),
    "table.empty": _("The sheet is empty. The first row holds the headings, the rows below it the data."),
    "table.columns": _("These columns are missing in the first row: %(missing)s. Take the headings from the template."),
    "table.long": _("The sheet has more than %(limit)s rows. Hand it in in parts."),
}
"""One sentence for each refusal code these desks show, with what can be done."""

VERDICTS = {"verify": _("Right"), "return": _("Return"), "refuse": _("Refuse")}
DECIDED = {"verify": _("found right"), "return": _("returned"), "refuse": _("refused")}
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
    "home": _("home"),
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

ENDED = {"declined": _("declined"), "cancelled": _("cancelled by the school"), "lapsed": _("not answered in time")}
"""How an invitation ended whose data is gone."""

STATES = {
    "invited": (_p("school", "Waits for the pupil's answer"), "wait"),
    "draft": (_p("school", "Is filling in the registration"), "part"),
    "guardian": (_p("school", "Waits for a parent's or guardian's agreement"), "part"),
    "submitted": (_p("school", "Registered"), "good"),
    "called": (_p("school", "Called: documents are asked"), "part"),
    "filed": (_p("school", "Documents are being checked"), "good"),
    "returned": (_p("school", "Documents came back to be mended"), "bad"),
    "lapsed": (_p("school", "Documents were not handed in in time"), "none"),
}
"""What a school may know of its pupil on the way, and the tone of the status."""

RESULTS = {
    "not_called": (_p("school", "Not called this time"), "none"),
    "ineligible": (_p("school", "A requirement is not met"), "none"),
    "verified": (_p("school", "In the selection"), "good"),
    "selected": (_p("school", "Selected"), "good"),
    "reserve": (_p("school", "On the reserve list"), "part"),
    "unsuccessful": (_p("school", "No seat this time"), "none"),
    "offered": (_p("school", "Has an offer"), "good"),
    "accepted": (_p("school", "Accepted the seat"), "good"),
    "declined": (_p("school", "Declined the seat"), "none"),
    "silent": (_p("school", "Did not answer the offer"), "none"),
    "withdrawn": (_p("school", "Withdrew"), "none"),
}
"""What a school learns only if its pupil agreed."""

UNTOLD = (_p("school", "Past the school's part; the result is the pupil's to tell"), "none")

_UNPUBLISHED = _("The programme does not say which %(rule)s it asks for: nothing to check yet.")
_UNANSWERED = _("No answer was given about: %(rule)s.")

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
        "The NIK carries the birth date %(found)s, the answer says %(expected)s (day, month, year). Look at the card."
    ),
    "nik.sex": _("The NIK says %(found)s. The number is for life: look at the card."),
    "nisn.digits": _("The NISN holds something that is no digit."),
    "nisn.length": _("The NISN has %(found)s digits and should have %(expected)s."),
    "nisn.birth": _("The NISN begins with %(found)s, the year of birth would give %(expected)s. Look at the diploma."),
    "npsn.digits": _("The school's number (NPSN) holds something that is no digit."),
    "npsn.length": _("The school's number (NPSN) has %(found)s digits and should have %(expected)s."),
    "npsn.region": _("The school's number (NPSN) begins with %(found)s, which is no region."),
    "identity.same_nik": _("Another registration of this intake has the same NIK."),
}
"""What a check found, as an officer reads it."""


def finding(found: dict[str, Any]) -> str:
    """Return a finding in words; averages are hundredths and read as points."""
    code, facts = found["code"], dict(found["facts"])
    if code.startswith("min_average"):
        facts |= {key: f"{facts[key] / 100:.2f}" for key in ("given", "needed") if key in facts}
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
