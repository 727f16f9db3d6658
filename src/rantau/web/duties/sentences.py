"""What refusals about mandates and duties say, each with what can be done."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "mandate.missing": _(
        "You hold no mandate that covers this. A coordinator records mandates, a second officer confirms them."
    ),
    "mandate.self": _("Nobody records a mandate for themselves. Ask another officer."),
    "mandate.office": _("This office cannot be party to an agreement of this programme: %(office)s."),
    "mandate.powers": _("Choose at least one of the powers that a mandate may cover."),
    "mandate.dates": _("The last day (%(ends)s) comes before the first (%(begins)s)."),
    "grant.apart": _(
        "This person holds a role that must never come together with this office (%(roles)s). Who acts for the host "
        "country's embassy reaches nothing that protects or tells of a person."
    ),
    "person.unknown": _(
        "Nobody has signed up with exactly this e-mail, number or reference. Ask the person what they signed up with."
    ),
    "person.several": _("%(number)s people share this number or address. Ask the person for their reference."),
    "duty.office": _("This is no office of the programme: %(office)s."),
    "duty.date": _("A duty cannot be due in the past (%(on)s)."),
    "duty.evidence": _("Write what was done and where it can be seen: an address, or the number of a document."),
    "duty.reason": _("Write the reason: the office that owes the duty reads it."),
    "duty.self": _("Nobody judges a duty of their own office. Another party or a coordinator does."),
}
"""One sentence for each refusal code of mandates and duties."""
