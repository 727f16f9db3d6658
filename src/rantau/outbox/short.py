"""What fits into one SMS: 160 characters in Indonesian and English, 70 in Russian, and nothing that others should read."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from .gateways import Said


def news(locale: str, *, programme: str, page: str) -> str:
    """Return that there is news, of which programme by its code, and where to read it; what it is stands there alone."""
    with translation.override(locale):
        return _("%(programme)s: news on your page. We never ask for money. %(page)s") % {
            "programme": programme,
            "page": page,
        }


def code(locale: str, *, digits: str, purpose: str) -> Said:
    """Return a one-time code as a message; the subject, which others may see, does not hold it."""
    with translation.override(locale):
        brief = _("Rantau code: %(digits)s. It holds for 10 minutes. Tell it to nobody.") % {"digits": digits}
        why = (
            _("Somebody, probably you, wants to receive messages at this address.")
            if purpose == "confirm"
            else _("Somebody, probably you, is signing in.")
        )
        nothing = _("If it was not you, do nothing: without the code nothing happens.")
        never = _("Nobody from the programme ever asks you for this code or for money.")
        text = "\n\n".join((brief, why, nothing, never, settings.SITE)) + "\n"
        return Said(subject=_("Your one-time code"), text=text, short=brief)
