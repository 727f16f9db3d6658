"""The sentences of the pages for those at home: refusals, events, months."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "kin.unnamed": _("This person has named nobody at home who is to be told."),
    "kin.untold": _("This person did not agree that anybody at home is told of this."),
    "kin.at_home": _("This person has not left home yet. Whom they want told is read only of people abroad."),
    "kin.ended": _("Your way to departure has ended, so nobody has to be told of anything."),
    "kin.events": _("Choose from the list what your family may be told, at least one."),
}
"""Every refusal of these pages."""
