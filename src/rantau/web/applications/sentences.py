"""What the candidates' area says in words: refusals, states, steps, reasons, tasks, documents, findings."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "intake.closed": _("Registration is open from %(opens)s to %(closes)s, and only then."),
    "application.exists": _("You have a registration already. One person registers once; open it from the start page."),
    "application.not_assisted": _("You can fill in only registrations that you started for somebody present."),
    "application.incomplete": _("Some questions have no answer yet. Open your registration; it shows which."),
    "nomination.staff": _(
        "You are signed in as an officer of this programme. Sign out, then pass the link on to the pupil."
    ),
    "nomination.required": _("This programme takes only those whom their school has nominated. Ask your school."),
    "consent.missing": _("Without the consent marked as needed the registration cannot be sent."),
    "identity.form": _("The %(number)s does not have the right form. Compare it with the card, digit by digit."),
    "wishes.invalid": _("The order of the fields cannot be read. Give each field a different number."),
    "document.unasked": _("Documents are asked only from those who are called, and this is not the time for them."),
    "document.missing": _("A document is still missing. The page of documents shows which."),
    "nomination.quota": _("The school's quota of %(quota)s nominations is used up."),
    "nomination.exists": _("This pupil is nominated already."),
    "nomination.school": _("You can nominate only pupils of your own school."),
    "nomination.password": _("Choose a password, or sign in before you accept."),
    "intake.still_open": _("Registration runs until %(closes)s. Nobody is called before it has ended."),
    "calling.nobody": _("There is nobody to call: no registration waits."),
    "objection.closed": _("An objection is possible once, in its window. There is no open window for you now."),
    "objection.empty": _("Write what the officer did wrong."),
    "objection.answer": _("An objection is decided with a reason. Write it for the person to read."),
    "objection.correction": _("An upheld objection against a mark needs the corrected mark."),
    "mark.criterion": _("Choose the test whose mark you mean."),
    "reason.empty": _("Write the reason; it is kept with the correction."),
    "round.not_final": _("A seat is added only after the final result is published."),
}
"""One sentence for each refusal code of applications, objections and offers, with what can be done."""

STATES = {
    "draft": pgettext_lazy("state", "Not sent yet"),
    "guardian": pgettext_lazy("state", "Waits for a parent or guardian"),
    "submitted": pgettext_lazy("state", "Sent"),
    "called": pgettext_lazy("state", "Called: documents are asked"),
    "not_called": pgettext_lazy("state", "Not called this time"),
    "filed": pgettext_lazy("state", "Documents handed in, being checked"),
    "returned": pgettext_lazy("state", "Documents need mending"),
    "lapsed": pgettext_lazy("state", "Ended: documents were not handed in in time"),
    "ineligible": pgettext_lazy("state", "A requirement is not met"),
    "verified": pgettext_lazy("state", "Documents checked and right"),
    "selected": pgettext_lazy("state", "Selected"),
    "reserve": pgettext_lazy("state", "On the reserve list"),
    "unsuccessful": pgettext_lazy("state", "No seat this time"),
    "offered": pgettext_lazy("state", "A seat is offered"),
    "accepted": pgettext_lazy("state", "Seat accepted"),
    "declined": pgettext_lazy("state", "Seat declined"),
    "silent": pgettext_lazy("state", "No answer in time: the seat went on"),
    "withdrawn": pgettext_lazy("state", "Withdrawn"),
    "released": pgettext_lazy("state", "Cannot leave: the seat went on"),
}
"""Every state of an application, short, as anybody with the receipt may read it."""

MISSING = {
    "opening.seats": _("How many seats there are is not announced."),
    "opening.eligibility": _("Who may register (age, year of graduation, course, average, health) is not announced."),
    "opening.types": _("Which tests decide is not announced."),
    "opening.weights": _("How much each test counts is not announced."),
    "opening.knock_outs": _("Below which marks nobody goes on is not announced."),
    "opening.tie_break": _("What decides between equal totals is not announced."),
    "opening.reserve": _("The length of the reserve list is not announced."),
}
"""What keeps an intake from opening: all of it has to stand in the notice (PermenPANRB 6/2024 art. 22)."""

STEPS = {
    "ask_guardian": _("A parent's or guardian's agreement was asked for"),
    "guardian_agree": _("A parent or guardian agreed"),
    "submit": _("Registration sent"),
    "withdraw": _("Registration withdrawn"),
    "exclude": _("A requirement was found not to be met"),
    "call": _("Called for documents and tests"),
    "pass_over": _("Not among those called"),
    "file": _("Documents handed in"),
    "lapse": _("The time for documents ended"),
    "verify": _("Documents found right"),
    "return": _("Documents sent back to be mended"),
    "refuse": _("An officer found that a requirement is not met"),
    "confirm": _("A second officer checked the documents too"),
    "reopen": _("A second officer opened the documents again"),
    "reinstate": _("Objection upheld: the registration goes on"),
    "recall": _("Objection upheld: called for documents"),
    "select": _("Selected in the final result"),
    "reserve": _("Placed on the reserve list"),
    "leave": _("No seat in the final result"),
    "offer": _("A seat was offered"),
    "seat": _("An error was corrected: an extra seat was offered"),
    "accept": _("Seat accepted"),
    "decline": _("Seat declined"),
    "silence": _("No answer by the deadline: counted as declined"),
    "forgo": _("Field declined, and the seat with it"),
    "release": _("Found that leaving is not possible; the seat went on"),
    "forfeit": _("No answer about the field by the deadline: the seat went on"),
}
"""Every step of an application, as its timeline names it."""

REASONS = {
    "unreadable": _("A document cannot be read. Photograph it again in daylight; every letter must be sharp."),
    "wrong_document": _("A different paper was sent than the one asked for."),
    "incomplete_document": _("A page or a side of a document is missing."),
    "answer_differs": _("An answer differs from the document."),
    "not_own_document": _("A document names somebody else."),
    "too_young": _("You are younger than the programme or the law allows."),
    "too_old": _("You are older than the programme allows."),
    "graduation_year": _("Your year of graduation lies outside the years the programme takes."),
    "other_major": _("Your course of study is not among those the programme takes."),
    "average_too_low": _("Your report average is below the one the programme asks for."),
    "duplicate": _("A second registration of the same person was found."),
    "false_document": _("A document was found not to be genuine."),
    "requirement": _("A published requirement is not met."),
}
"""The officers' reasons, as they are told to the person."""

TASKS = {
    "birth": _("Date of birth"),
    "name": _("Your name"),
    "identity": _("NIK and NISN"),
    "school": _("Your school"),
    "study": _("Course of study and year of graduation"),
    "average": _("Report average"),
    "home": _("Where you live"),
    "wishes": _("Fields in the order of your wish"),
}
"""The pages of a registration as the task list names them."""

DOCUMENTS = {
    "identity_card": _("Identity card (KTP)"),
    "diploma": _("Diploma (ijazah)"),
    "report": _("School report (rapor)"),
    "photo": _("Photo of your face"),
}
"""The documents asked from those who are called."""

DOCUMENT_HINTS = {
    "identity_card": _("The front side, with all four corners in the picture."),
    "diploma": _("The front side of the original, with all four corners in the picture."),
    "report": _("All pages with marks. A PDF may hold several pages."),
    "photo": _("From the front, in daylight, nothing before the face."),
}

NUMBERS = {"nik": "NIK", "nisn": "NISN", "npsn": "NPSN"}

FINDINGS = {
    "min_age": _("You are %(given)s years old; the programme takes people from %(needed)s."),
    "max_age": _("You are %(given)s years old; the programme takes people up to %(needed)s."),
    "graduated_from": _("You graduated in %(given)s; the programme takes those who graduated from %(needed)s on."),
    "graduated_to": _("You graduate in %(given)s; the programme takes those who graduated by %(needed)s."),
    "majors": _("Your course is %(given)s; the programme takes: %(needed)s."),
    "min_average": _("Your average is %(given)s of 100; the programme asks for at least %(needed)s."),
    "departure_age": _("On the day of departure you would be %(given)s; by law nobody under %(needed)s departs."),
    "departure_age.unpublished": _(
        "You are %(given)s now, and the day of departure is not announced. By law nobody under %(needed)s departs."
    ),
    "min_age.unpublished": _("The lowest age is not announced."),
    "max_age.unpublished": _("The highest age is not announced."),
    "graduated_from.unpublished": _("The earliest year of graduation is not announced."),
    "graduated_to.unpublished": _("The latest year of graduation is not announced."),
    "majors.unpublished": _("Which courses of study are taken is not announced."),
    "min_average.unpublished": _("The lowest report average is not announced."),
    "departs_on.unpublished": _("The day of departure is not announced."),
    "nik.digits": _("A NIK has digits only. Leave out letters, dots and spaces."),
    "nik.length": _("A NIK has 16 digits; this has %(found)s. Compare it with the card, four digits at a time."),
    "nik.region": _("The first two digits (%(found)s) are no province that we know."),
    "nik.serial": _("The last four digits are 0000; a NIK ends with 0001 or more."),
    "nik.date": _("The middle six digits (%(found)s) are no date."),
    "nik.birth": _("The date in the NIK (%(found)s) differs from the date of birth you gave (%(expected)s)."),
    "nik.sex": _("The NIK is written for another sex than the one given."),
    "nisn.digits": _("A NISN has digits only. Leave out letters, dots and spaces."),
    "nisn.length": _("A NISN has 10 digits; this has %(found)s."),
    "nisn.birth": _("The first three digits of the NISN (%(found)s) differ from your year of birth (%(expected)s)."),
}
"""What a check found, in words; `.unanswered` findings and those about other people are never told here."""

TRAVEL = {
    "programme": _("The programme pays the way there and back."),
    "school": _("Your school pays the way there and back."),
    "own": _("You pay the way there and back yourself. Nobody may ask for any other money."),
    "unpublished": _("Who pays the way there is not announced yet."),
}

SITTINGS = {
    "assigned": _("Please come"),
    "attended": _("You were there"),
    "missed": _("You were recorded as absent"),
}

OUTCOME_REASONS = {
    "within_seats": _("Your rank lies within the seats."),
    "within_reserve": _("Your rank lies behind the seats, within the reserve list."),
    "below_cut": _("Your rank lies behind the seats and the reserve list."),
    "absent": _("There is no mark for: %(criterion)s. Only who took every test has a rank."),
    "below_pass": _("The mark is below the pass mark in: %(criterion)s. Only who passed every test has a rank."),
}

PARTINGS = {
    "first": _("You stand first; nobody is above you."),
    "total": _("The person right above you has a higher total."),
    "lot": _("You and the person right above you have equal marks everywhere; the public lot decided."),
    "gate": _("Without a mark in every test, or below a pass mark, there is no rank."),
    "criterion": _("You and the person right above you have the same total; this mark decided: %(criterion)s."),
}

CONSENTS = {
    "selection": _(
        "My answers and documents are used to decide who is selected for this programme. The programme's officers see "
        "them. The result is published under a code, without my name."
    ),
    "school_result": _("My school may learn how my registration ended."),
    "statistics": _("My answers may be counted in statistics, where no single person can be recognised."),
}
"""The wordings of consent, one a purpose; what is kept is the digest of the words that were shown."""
