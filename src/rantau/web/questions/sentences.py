"""What questions and answers say in words: refusals, states, the name of every value, and how each is typed."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "question.unknown": _(
        "Nothing is asked here any more: the question was answered, or this programme never asked it. Load the list again."
    ),
    "question.due": _("%(due)s has passed already. Set a day that lies ahead."),
    "answer.open": _(
        "An answer to this question waits for a second person already. It has to be decided or taken back first."
    ),
    "answer.empty": _("The answer is empty. Fill in at least one value."),
    "answer.paths": _("This question does not ask for %(paths)s."),
    "answer.value": _("What was typed at %(path)s cannot be understood."),
    "answer.invalid": _("The programme would contradict itself with these values. Nothing was changed."),
    "answer.source": _("An answer needs a source: a title, an https address or the number of a document, and its day."),
    "answer.stale": _(
        "The programme has changed since this was proposed, at the same place: %(paths)s. Refuse the answer with that"
        " reason, and ask for a new one."
    ),
    "answer.reason": _("Write a reason of at most %(longest)s characters. The office reads it."),
}
"""One sentence for each refusal code of questions and answers, with what can be done."""

DONE = {
    "propose": _("The answer is kept. It becomes part of the programme when a second person approves it."),
    "approve": _("Approved. The programme has a new version, and everybody sees the answer with its source."),
    "refuse": _("The programme stays as it was. The office reads your reason."),
    "take_back": _("The answer is taken back. The question is open as before."),
    "ask": _("The day is set. Everybody sees it with the question."),
}
"""What a page says after something was done."""

STATES = {
    "proposed": (pgettext_lazy("answer", "waits for a second person"), "now"),
    "approved": (pgettext_lazy("answer", "part of the programme"), "good"),
    "refused": (pgettext_lazy("answer", "not taken"), "none"),
    "taken_back": (pgettext_lazy("answer", "taken back by the office"), "none"),
}
"""Where an answer stands, with its tone."""

KINDS = {
    "answered": _("answered"),
    "changed": _("changed"),
    "withdrawn": _("said no more"),
    "added": _("new"),
    "removed": _("removed"),
}
"""What becomes of a value, beside before and after."""

WRONG = {
    "yes_no": _("Choose yes or no."),
    "number": _("Write a whole number, without points or commas."),
    "hundredths": _("Write points with at most two decimals, for example 75 or 75.5."),
    "month": _("Write the month like 2026-09."),
    "day": _("Write the day, the month and the year."),
    "words": _("Write it in a few words."),
    "text": _("Write it in Indonesian at least; other languages are optional."),
    "money": _(
        "Write the amount without separators, for example 90000 or 90000.50, and the currency with three letters, for"
        " example RUB. Rupiah have no decimals."
    ),
    "amounts": _("Write one amount in a line with its currency, for example 90000 RUB."),
    "choice": _("Choose one from the list."),
    "codes": _("Write codes, with commas between them."),
    "table": _("This cannot be read. Write it as in the pattern, in the form of programme files (TOML)."),
    "rows": _("This cannot be read. Write each row as in the pattern, in the form of programme files (TOML)."),
}
"""How each kind of value is typed, where it was not."""

BOUNDS = _("Write a whole number from %(least)s to %(most)s.")

SOURCE = {
    "title": _("Write what it is called: the title of the letter, the page or the regulation."),
    "address": _("Write an address that begins with https://, or the number of the document."),
    "day": _("Write the day on which it was said. It cannot lie ahead."),
}
"""What is wrong with a source, by its part."""

CHOICES = {
    "training": _("training, promised free"),
    "placement": _("placement, free by law"),
    "personal": _("personal need"),
    "gross": _("before tax"),
    "net": _("after tax"),
    "merit_wishes": _("by the order of the result, each gets the best free wish"),
    "applicant_proposing_da": _("deferred acceptance, people propose"),
    "opening_proposing_da": _("deferred acceptance, places propose"),
    "exact": _("by the order of the result, with minima kept"),
}
"""Words of a choice that a programme file writes as a code."""

LANGUAGES = {"id": _("in Indonesian"), "en": _("in English"), "ru": _("in Russian")}

PLACES = {
    "seats": pgettext_lazy("value", "Seats"),
    "fields_split": _("Whether each participant studies one field only"),
    "posting_rule": _("The rule by which people go to Russia or Indonesia"),
    "employer_stage": _("The employer's part in the selection"),
    "women_all_tasks": _("Whether women may do every task"),
    "phases.*.months": pgettext_lazy("value", "%(row)s: months"),
    "phases.*.place": pgettext_lazy("value", "%(row)s: place"),
    "fields.*.seats": pgettext_lazy("value", "%(row)s: seats"),
    "postings.*.seats": pgettext_lazy("value", "%(row)s: seats"),
    "postings.*.place": pgettext_lazy("value", "%(row)s: place"),
    "contract.years": _("Years of the contract"),
    "contract.occupation": _("Occupation"),
    "contract.employer": _("The legal entity that signs the contract"),
    "contract.site": _("The plant or site"),
    "contract.leaving_early": _("What follows when somebody stops early"),
    "pay.ceiling": _("Highest pay in a month"),
    "pay.at_grade": _("The grade of the highest pay"),
    "pay.gross_or_net": _("Pay before or after tax"),
    "pay.in_rupiah": _("The highest pay as the sources convert it"),
    "pay.base": _("Pay in the first month"),
    "pay.by_grade": _("Pay at each grade"),
    "pay.stipend": _("Stipend in a month of study"),
    "pay.at_home": _("Pay in Indonesia"),
    "nomination.required": _("Whether a school has to nominate"),
    "nomination.school_quota": _("How many a school may nominate"),
    "nomination.days": _("Days in which a pupil answers a nomination"),
    "dates.meeting": _("First meeting"),
    "dates.recruitment": _("Month of recruitment"),
    "dates.departure": _("Month of departure"),
    "dates.departs_on": _("Day of departure"),
    "costs.*.free": _("%(row)s: free for the participant"),
    "costs.*.payer": _("%(row)s: who pays"),
    "costs.*.kind": _("%(row)s: class of cost"),
    "costs.*.fee": _("%(row)s: official fee"),
    "costs.*.paid_at": _("%(row)s: where it is paid"),
    "documents.*.due.length": _("%(row)s: how many days or hours before or after"),
    "documents.*.valid": _("%(row)s: for how many months it is valid"),
    "preparation.*.hours": _("%(row)s: hours of lessons"),
    "departing.attendance": _("The least share of the preparation's hours, in percent"),
    "departing.reserve_days": _("Days before departure until which the reserve is called"),
    "departing.return_payer": _("Who pays the way home"),
    "eligibility.school_type": _("Type of school"),
    "eligibility.min_age": _("Youngest age"),
    "eligibility.max_age": _("Oldest age"),
    "eligibility.graduated_from": _("Earliest year of leaving school"),
    "eligibility.graduated_to": _("Latest year of leaving school"),
    "eligibility.majors": _("Courses at the vocational school"),
    "eligibility.min_average": _("Lowest average report mark, in points of 100"),
    "eligibility.health": _("Health"),
    "selection.call_ratio": _("How many are called for each seat"),
    "selection.criteria": _("Tests, with weights and pass marks"),
    "selection.tie_break": _("What decides between equal totals, by codes of tests"),
    "selection.reserve": _("People in reserve"),
    "selection.marking": _("How work is judged twice"),
    "placing.fields": _("The rule by which people are divided among fields"),
    "placing.postings": _("The rule by which people are divided among places of work"),
    "placing.least": _("How many each place must have at least"),
    "placing.needs": _("What each place asks for"),
    "windows.registration_days": _("Days to register"),
    "windows.file_days": _("Days to hand in documents"),
    "windows.return_days": _("Days to mend documents"),
    "windows.objection_days": _("Days to object"),
    "windows.reannounce_days": _("Days until the result is announced again"),
    "windows.offer_days": _("Days to answer an offer"),
    "windows.wish_days": _("Days to give a list of wishes"),
    "windows.place_days": _("Days to answer a place"),
    "milestones.*.days": _("%(row)s: days of work"),
}
"""Every value that may be unpublished, by its path; `*` stands for a row, which lends its title."""
