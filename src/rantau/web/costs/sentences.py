"""What money says in words: refusals, classes of cost, who asked, what became of a report."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "amount.unreadable": _("This amount cannot be read. Write it like 1500000, Rp1.500.000, 1,5 juta or 250 USD."),
    "charge.own": _("Only the person who was asked for money reports it and reads the report."),
    "charge.item": _("%(item)s is no item of this programme's cost table."),
    "charge.asker": _("Choose from the list who asked, or leave “I do not know”."),
    "charge.long": _("There is room for %(longest)s characters. Leave out what can be told later."),
    "charge.answer": _("Choose one of the answers."),
    "charge.note": _("Write a sentence for the person who reported: what you found, and what happens now."),
    "charge.reply": _(
        "The other side has to be heard before paid money is called unlawful: write what it says, or that it was asked and"
        " did not answer. Name nobody; everybody can read it."
    ),
    "charge.reopened": _(
        "This report was opened again once already. Call the complaint line if it is still not right."
    ),
    "expense.payer": _(
        "You record what your own office paid; for another office its own people do, or the coordinator."
    ),
    "expense.person": _("Nobody on the way to departure has this code. It begins with D- and stands on the board."),
    "expense.whose": _(
        "If a participant paid, write whose code it is: a report is opened for them where it must be free."
    ),
    "expense.day": _("Only what was paid already is recorded. Check the day."),
    "expense.evidence": _("Write what shows it: a receipt's number, a letter, a transfer. Name nobody."),
    "expense.corrected": _("This row is a correction, or was corrected already."),
    "expense.intake": _("No intake of this programme is planned yet, so nothing can have been paid."),
}
"""One sentence for each refusal code of money, with what can be done."""

CLASSES = {
    "training": _("Training: promised free"),
    "placement": _("Placement: free by law"),
    "personal": _("Personal item"),
    "": _("which class: not announced"),
}
ASKERS = {
    "school": _("somebody of my school"),
    "officer": _("an officer"),
    "agent": _("an agent or broker"),
    "employer": _("somebody of the employer"),
    "provider": _("somebody of the training centre"),
    "other": _("somebody else"),
    "unknown": _("I do not know, or do not want to say"),
}
ANSWERS = {
    "repaid": _("The money was given back"),
    "unlawful": _("It may not be asked; it was passed on to those who can punish it"),
    "lawful": _("It is a fee that this site names, paid at the office it names"),
    "unproven": _("Nothing more could be found out"),
}
OTHER = _("Something else")
PARTICIPANT = _("a participant")
ASKED = {
    "kind": _("its class"),
    "free": _("whether it is free"),
    "payer": _("who pays"),
    "fee": _("the official fee"),
    "paid_at": _("where it is paid"),
}
"""What a cost table says of each item, as it is named where nobody has announced it."""
