"""What the pages of the way to departure say in words: refusals, states of documents, phases, fields, gaps, reasons."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "paper.missing": _(
        "Something that is asked of this document is not filled in. Each field says what belongs there."
    ),
    "paper.long": _("This is too long: at most %(longest)s letters."),
    "paper.result": _("Choose the result as the letter says it: fit, fit with limits, or not fit."),
    "paper.dates": _("A date cannot be right: %(day)s. Compare it with the document."),
    "paper.ends": _(
        "The document ends on %(day)s, too early to leave with it. Ask the office that issues it for a new one."
    ),
    "paper.no_file": _("There is no scan yet. Take a photo of the document or choose a PDF."),
    "paper.source": _("Name the source that confirmed it: which office, when, and how."),
    "paper.visa": _(
        "No issued visa is recorded here for this person. It is confirmed when the host state's answer is here."
    ),
    "paper.reason": _("Choose a reason from the list: the person reads it."),
    "paper.note": _("The note has room for %(longest)s letters."),
    "paper.need": _("Health and police papers open only to the office that needs them now for this person."),
    "paper.unread": _(
        "Open this paper first: what nobody has looked at cannot be decided. Your look is put on record."
    ),
}
"""One sentence for each refusal code of documents on the way, with what can be done."""

DOUBTS = {
    "required": _("This date is missing. Copy it from the document."),
    "future": _("The document was issued after today (%(day)s)? Compare it with the document."),
    "order": _("It would end (%(day)s) before it was issued. Compare both dates with the document."),
    "over": _("It has ended on %(day)s. A document that still holds is needed."),
    "before_departure": _("It ends on %(day)s, before the day of departure. A document that holds longer is needed."),
}
"""Why a date cannot be right or does not last, beside its field."""

WAYS = {
    "preparing": (
        pgettext_lazy("way", "Preparing to leave"),
        "now",
        _("You have a seat. Until you leave, your documents are gathered and you are prepared."),
    ),
    "cleared": (
        pgettext_lazy("way", "May leave"),
        "good",
        _("Everything that is checked before departure is there. Keep your documents together."),
    ),
    "refused": (
        pgettext_lazy("way", "Cannot leave"),
        "none",
        _("Your way to departure has ended. The reason stands here; it is no verdict on you."),
    ),
    "withdrawn": (
        pgettext_lazy("way", "Withdrawn"),
        "none",
        _("You gave your seat up. Nothing is asked of you any more."),
    ),
    "departed": (
        pgettext_lazy("way", "On the way"),
        "now",
        _("You have left home. Some documents are due within hours or days of your arrival; they stand below."),
    ),
    "arrived": (
        pgettext_lazy("way", "Arrived"),
        "good",
        _("Your arrival is reported. What has to be done there, and by when, stands below."),
    ),
    "home": (pgettext_lazy("way", "Home again"), "good", _("You are home again. Nothing is asked of you any more.")),
}
"""Where somebody stands on their way: a label, its tone, what it means to them."""

REFUSED = {
    "visa": _("The host state gave no visa."),
    "medical": _("An examination says that you cannot take part."),
    "false_document": _("A document was found not to be genuine."),
    "not_prepared": _("The preparation was not taken part in."),
}
"""Why a person who accepted a seat cannot leave, as they read it."""

STATES = {
    "late": (pgettext_lazy("paper", "Late"), "bad"),
    "returned": (pgettext_lazy("paper", "Sent back, to be mended"), "bad"),
    "expired": (pgettext_lazy("paper", "Has ended"), "bad"),
    "asked": (pgettext_lazy("paper", "Not given yet"), "wait"),
    "given": (pgettext_lazy("paper", "Form valid"), "part"),
    "seen": (pgettext_lazy("paper", "Seen by an officer"), "good"),
    "confirmed": (pgettext_lazy("paper", "Confirmed by its source"), "good"),
    "waived": (pgettext_lazy("paper", "Not needed of this person"), "none"),
    "there": (pgettext_lazy("paper", "Handed in"), "good"),
}
"""How a document stands, worst first, and the tone of it; `there` is all that a school learns of one that is given."""

TRUTHS = (_("its form is valid"), _("an officer has seen it"), _("its source has confirmed it"))
"""The three states of truth, in their order."""

PHASES = {
    "candidate": (_("Candidate"), _("Before departure. A candidate is not yet anybody's student or worker.")),
    "student": (
        _("Student"),
        _("From departure to the beginning of work. A student abroad is no migrant worker (PMI) in Indonesian law."),
    ),
    "worker_abroad": (
        _("Worker abroad"),
        _("Who works abroad for pay is a migrant worker (PMI): the placement documents of the law are due."),
    ),
    "worker_at_home": (_("Worker at home"), _("Who works in Indonesia is no migrant worker, whoever employs them.")),
    "former": (_("Home again"), _("After coming home for good.")),
}
"""The legal phases with what each means in law."""

STANDINGS = {
    "law": _("required by law"),
    "practice": _("published practice of an office or a university"),
    "reference": _("rule of another programme, taken as a reference"),
    "reading": _("our reading; nobody has announced it"),
}
"""What a document's rule is."""

SIDES = {
    ("before", "departure"): _("Before departure"),
    ("after", "departure"): _("After departure"),
    ("before", "arrival"): _("Before arrival"),
    ("after", "arrival"): _("After arrival"),
    ("before", "visa_end"): _("Before the visa ends"),
    ("after", "visa_end"): _("After the visa has ended"),
    ("before", "work"): _("Before work begins"),
    ("after", "work"): _("After work has begun"),
}
"""On which side of which event a document is due."""

FIELDS = {
    "number": (_("Number of the document"), _("As printed on it, with every letter.")),
    "issued_on": (_("Issued on"), _("As printed, for example 31 5 2026.")),
    "expires_on": (_("Valid until"), _("As printed, for example 31 5 2031.")),
    "consenter": (_("Who agrees"), _("Full name of the parent, guardian, husband or wife who signed.")),
    "village_head": (_("Head of the village"), _("Name of the village head (kepala desa, lurah) who signed.")),
    "result": (_("Result"), _("As the letter says it. Limits and reasons stay in the letter alone.")),
}
"""What is typed of a document: its label and what helps to copy it."""

RESULTS = {"fit": _("Fit"), "limited": _("Fit with limits"), "unfit": _("Not fit")}
"""What an examination concludes."""

RETURNS = {
    "unreadable": _("A document cannot be read"),
    "wrong_document": _("Another paper than the one asked for"),
    "incomplete_document": _("A page or a side is missing"),
    "answer_differs": _("What was typed differs from the document"),
    "not_own_document": _("The document names somebody else"),
    "expired": _("The document has ended"),
    "other_name": _("The name is spelled otherwise than in the registration"),
    "not_stamped": _("A stamp or a signature is missing"),
}
"""Why a document goes back, as the officer chooses it and the person reads it."""

KEYS = {"see": "v", "confirm": "s", "return": "k", "waive": "t"}

DONE = {
    "see": _("Seen."),
    "confirm": _("Confirmed by its source."),
    "return": _("Sent back; the person is told."),
    "waive": _("Not needed; the reason is kept."),
}
"""What an officer's decision did."""

ROLES = {
    "verifier": pgettext_lazy("who looked", "an officer who checks documents"),
    "home_mission": pgettext_lazy("who looked", "the mission of the home country"),
}
"""Who looked at a health or police paper."""

GAPS = {
    "document.missing": _("%(about)s: missing"),
    "document.unseen": _("%(about)s: waits for an officer"),
    "document.ends": _("%(about)s: ends before the departure"),
    "topic.missing": _("%(about)s: no lesson yet"),
    "topic.begun": _("%(about)s: hours are missing"),
    "topic.again": _("%(about)s: to be taken again"),
    "visa.missing": _("No visa yet"),
    "visa.refused": _("The visa was refused"),
    "visa.ends": _("The visa ends"),
    "group.missing": _("No departure group yet"),
    "group.unmet": _("Nobody is named who meets the group"),
}
"""What is missing, as officers and the person read it."""
