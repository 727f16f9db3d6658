"""What the words of one kind of message are made of."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Words(NamedTuple):
    """One kind of message: what happened, what is next, what is next when a day is set for it (`%(by)s`), whose code."""

    happened: Any
    following: Any
    by: Any = ""
    label: Any = _("Registration: %(code)s")


AGREEMENT = _("Agreement: %(code)s")
DUTY = _("Duty: %(code)s")
DEPARTURE = _("Departure: %(code)s")
HOME = _("Way home: %(code)s")
REPORT = _("Report: %(code)s")
MEETING = _("Meeting: %(code)s")
PAGE = _("Your page shows everything, also what you can do now.")
